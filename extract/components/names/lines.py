"""The lines of a text: in what style each is set, and in which of them nothing is a name."""

from typing import NamedTuple

from spacy.tokens import Doc, Span

_UNNAMED = ("boilerplate", "published")


class Line(NamedTuple):
    """A line as token indices; `style` is capitals, title (`Ministers Sign a Deal`) or prose."""

    start: int
    end: int
    style: str


def find_lines(doc: Doc) -> list[Line]:
    """Return the lines of the document, without their line breaks."""
    breaks = [t.i for t in doc if t.is_space and "\n" in t.text]
    starts, ends = [0, *(i + 1 for i in breaks)], [*breaks, len(doc)]
    spans = zip(starts, ends, strict=True)
    return [Line(s, e, _style(doc[s:e])) for s, e in spans if s < e]


def _style(line: Span) -> str:
    words = [t for t in line if t.is_alpha and len(t) > 3]
    if len(words) < 3:
        return "prose"
    if sum(t.is_upper for t in words) >= 0.8 * len(words):
        return "capitals"
    titled = sum(t.text[0].isupper() for t in words) >= 0.75 * len(words)
    return "title" if titled and line[-1].text != "." else "prose"


def line_styles(doc: Doc, lines: list[Line]) -> list[str]:
    """Return the style of each token's line."""
    styles = ["prose"] * len(doc)
    for line in lines:
        styles[line.start : line.end] = [line.style] * (line.end - line.start)
    return styles


def unnamed_tokens(doc: Doc) -> set[int]:
    """Return the tokens of boilerplate and publication lines, where nothing is a name."""
    groups = [doc.spans[key] for key in _UNNAMED if key in doc.spans]
    return {i for group in groups for span in group for i in range(span.start, span.end)}
