"""Quotations: which stretches of a text stand in quotation marks, across sentences."""

import re

from spacy.tokens import Doc

_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", "»": "«"}
_MARKS = re.compile(r'["“”„«»]|(?<![\w])‘|’(?!\w)')
_PARAGRAPH = re.compile(r"\n\s*\n")


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return the quoted stretches as character offsets, marks included, in order.

    A straight mark opens one or closes it; one that is never closed ends with its paragraph, as
    the press has it where the next paragraph goes on with the quotation.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)]:
        found += _in_paragraph(text, start, end)
        start = end
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text, start, end):
        mark = match[0]
        if opened is None:
            if mark == '"' or mark in _CLOSING:
                opened = match.start(), _CLOSING.get(mark, '"')
        elif mark in opened[1]:
            found.append((opened[0], match.end()))
            opened = None
    if opened is not None and opened[1] != "’":
        found.append((opened[0], end))
    return found


def is_quoted(doc: Doc, token: int, quotations: list[tuple[int, int]]) -> bool:
    """Tell whether a token stands in a quotation that says something: one with a verb."""
    place = doc[token].idx
    for start, end in quotations:
        if start <= place < end:
            span = doc.char_span(start, end, alignment_mode="contract")
            return span is not None and any(t.pos_ in {"VERB", "AUX"} for t in span)
    return False
