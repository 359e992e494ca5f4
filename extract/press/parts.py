"""Names the blocks of a text: front matter from the top, boilerplate from the end upward."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.press.blocks import Block, starts_lower
from extract.press.lexicon import LineRule, line_rules
from extract.press.published import IN_DATELINE, dates_within
from extract.press.titles import is_below_section, is_label, is_section, is_subhead, is_title

CharSpan = tuple[int, int]

_TOP_BLOCKS = 14  # front matter is no longer
_END_BLOCKS = 60  # nor is what a page leaves after a story
_MAX_LINE = 500  # no rule for a whole line looks at a longer one
_MAX_OPENING = 240  # what a dateline looks at
_MIN_GLUED_WORDS = 4  # a shorter title before text on its line may open a sentence
_MIN_HEADLINE_WORDS = 2
_MAX_UNKNOWN = 5
_MAX_ABOUT = 3  # paragraphs that a company gives to itself
_MAX_TOWN_WORDS = 3  # Rio de Janeiro
_RANK_DATELINE, _RANK_END, _RANK_HEADLINE = 3, 5, 6
_SPEAKER = re.compile(r"[A-Z][A-Z .’'-]{2,40}:\s")
_NO_WORD = re.compile(r"[\W_]+")
_CLOSING = re.compile(r"[)\]/]*")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that may be the publication's: the lowest rank wins.

    `block` is the number of the line that it fills, None where it stands in a dateline.
    """

    rank: int
    text: str
    where: str
    start: int
    end: int
    block: int | None


@dataclass(slots=True)
class Draft:
    """The parts of one text, as they are found; those in dictionaries by number of block."""

    headline: CharSpan | None = None
    subhead: CharSpan | None = None
    dateline: CharSpan | None = None
    byline: CharSpan | None = None
    place: str | None = None
    agency: str | None = None
    boilerplate: dict[int, CharSpan] = field(default_factory=dict)
    clocks: dict[int, CharSpan] = field(default_factory=dict)
    dates: list[Dated] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)


def read_top(title: str | None, blocks: Sequence[Block], draft: Draft) -> int:
    """Mark the front matter in the draft; return the number of the block that opens the story."""
    _mark_title(title, blocks, draft)
    for number, block in enumerate(blocks[:_TOP_BLOCKS]):
        if draft.headline and draft.headline[0] <= block.start < draft.headline[1]:
            if block.end > draft.headline[1]:
                return number  # the story goes on in the line of its title
        elif not _mark_front(number, blocks, draft):
            last = number + 1 == len(blocks)
            if _mark_dateline(block, blocks, draft) or last or not is_title(block.text):
                return number
            _mark_heading(number, blocks, draft)
    return min(_TOP_BLOCKS, len(blocks))


def read_headline_date(text: str, draft: Draft) -> None:
    """Take a date that closes the headline as the last resort for the publication date."""
    if draft.headline is None:
        return
    headline = text[slice(*draft.headline)]
    for rule in line_rules("headline_dates"):
        if found := _find(rule, headline):
            dated = Dated(_RANK_HEADLINE, found["date"], "in the headline", *draft.headline, None)
            draft.dates.append(dated)


def read_end(blocks: Sequence[Block], body: int, draft: Draft) -> None:
    """Mark the boilerplate that closes the text, and a date there; nothing down to the body.

    Lines that no rule knows are held back until a label above them, such as `Contact:`, takes
    them; without one they end the run.
    """
    held: list[int] = []
    unknown = 0
    for number in range(len(blocks) - 1, max(body, len(blocks) - _END_BLOCKS), -1):
        block = blocks[number]
        if number in draft.boilerplate:
            continue
        if _mark_date(number, block, draft, at_end=True) or _mark_dateline_line(block, draft):
            continue
        rule = _boilerplate_rule(block.text, "end")
        if rule or _NO_WORD.fullmatch(block.text[:_MAX_LINE]):
            held.append(number)
            if unknown <= (rule.takes if rule else 0):
                draft.boilerplate |= {n: (blocks[n].start, blocks[n].end) for n in held}
                held, unknown = [], 0
        elif is_label(block.text) and unknown < _MAX_UNKNOWN:
            held.append(number)
            unknown += 1
        elif (heading := _about_heading(number, blocks)) and heading > body and not unknown:
            held.extend(range(heading, number + 1))
            draft.boilerplate |= {n: (blocks[n].start, blocks[n].end) for n in held}
            held = []
        else:
            return


def read_middle(blocks: Sequence[Block], body: int, draft: Draft) -> None:
    """Mark single lines of the story that are unmistakably the page's."""
    for number in range(body, len(blocks)):
        if number not in draft.boilerplate:
            _mark_boilerplate(number, blocks, "middle", draft)


def _mark_title(title: str | None, blocks: Sequence[Block], draft: Draft) -> None:
    if not title:
        return
    wanted = " ".join(title.split())
    for block in blocks[:_TOP_BLOCKS]:
        opening = block.text[: 2 * len(title)]
        if " ".join(opening.split()) == wanted:
            draft.headline = (block.start, block.end)
            return
        rest = block.text[len(title) :]
        if not block.text.startswith(title) or not rest[:1].isspace():
            continue
        story = rest.lstrip()
        if len(title.split()) >= _MIN_GLUED_WORDS and not starts_lower(story):
            draft.headline = (block.start, block.start + len(title))
            draft.breaks.append(block.end - len(story))
            return


def _mark_heading(number: int, blocks: Sequence[Block], draft: Draft) -> None:
    # The name of a page's section, WORLD NEWS, is known by the longer headline below it.
    span = (blocks[number].start, blocks[number].end)
    text = blocks[number].text
    above = {(blocks[n].start, blocks[n].end): n for n in draft.sections}
    if draft.headline in (None, *above) and draft.subhead is None:
        if is_section(text):
            draft.sections.append(number)
        elif above and is_below_section(text):
            draft.boilerplate |= {n: section for section, n in above.items()}
            draft.headline = span
            return
    if draft.headline is None and len(text.split()) >= _MIN_HEADLINE_WORDS:
        draft.headline = span
    elif draft.headline and draft.subhead is None and is_subhead(text):
        draft.subhead = span


def _about_heading(number: int, blocks: Sequence[Block]) -> int | None:
    # `About Norwave`, and below it up to a few paragraphs, the first of which names Norwave.
    for above in range(number - 1, max(-1, number - 1 - _MAX_ABOUT), -1):
        rule = _boilerplate_rule(blocks[above].text, "about")
        found = _find(rule, blocks[above].text) if rule else None
        if found:
            return above if found["name"].casefold() in blocks[above + 1].text.casefold() else None
    return None


def _mark_front(number: int, blocks: Sequence[Block], draft: Draft) -> bool:
    block = blocks[number]
    if _mark_date(number, block, draft) or _mark_dateline_line(block, draft):
        return True
    if any(_find(rule, block.text) for rule in line_rules("clocks")):
        draft.clocks[number] = (block.start, block.end)
        return True
    if number in draft.boilerplate or _mark_boilerplate(number, blocks, "top", draft):
        return True
    if _NO_WORD.fullmatch(block.text[:_MAX_LINE]):
        draft.boilerplate[number] = (block.start, block.end)
        return True
    if any(_find(rule, block.text) for rule in line_rules("bylines")):
        draft.byline = draft.byline or (block.start, block.end)
        return True
    return False


def _mark_date(number: int, block: Block, draft: Draft, *, at_end: bool = False) -> bool:
    for rule in line_rules("published"):
        if found := _find(rule, block.text):
            rank = _RANK_END if at_end else rule.rank
            where = "at the end of the text" if at_end else "in the text"
            span = (block.start, block.end)
            draft.dates.append(Dated(rank, found["date"], where, *span, block=number))
            return True
    return False


def _mark_boilerplate(number: int, blocks: Sequence[Block], where: str, draft: Draft) -> bool:
    rule = _boilerplate_rule(blocks[number].text, where)
    if rule is None:
        return False
    draft.boilerplate[number] = (blocks[number].start, blocks[number].end)
    if "middle" in rule.where:  # a label that takes lines anywhere: Photo:
        for taken in range(number + 1, min(number + 1 + rule.takes, len(blocks))):
            if is_label(blocks[taken].text):
                draft.boilerplate[taken] = (blocks[taken].start, blocks[taken].end)
    return True


def _mark_dateline_line(block: Block, draft: Draft) -> bool:
    for rule in line_rules("datelines"):
        found = _find(rule, block.text) if rule.line else None
        if found:
            # Above a headline, `Geneva Talks, June 3` may be the headline itself.
            parts = found.groupdict()
            town = len(parts["place"].split(",")[0].split()) <= _MAX_TOWN_WORDS
            sure = town and (_YEAR.search(block.text) or parts.get("agency"))
            if draft.headline or sure or "date" not in parts:
                _set_dateline(block, found, (block.start, block.end), draft)
                return True
    return False


def _mark_dateline(block: Block, blocks: Sequence[Block], draft: Draft) -> bool:
    opening = block.text[:_MAX_OPENING]
    for rule in line_rules("datelines"):
        found = None if rule.line else rule.find(opening)
        if found is None or not any(letter.islower() for letter in block.text[found.end() :]):
            continue  # a heading in capitals is no story
        if "alone" in rule.where and (is_title(block.text) or _have_speakers(blocks)):
            continue
        parts = {name: part for name, part in found.groupdict().items() if part}
        end = max(found.end(name) for name in parts)
        end += len(_CLOSING.match(opening, end)[0])  # type: ignore[index]
        _set_dateline(block, found, (block.start, block.start + end), draft)
        draft.breaks.append(block.start + found.end())
        return True
    return False


def _have_speakers(blocks: Sequence[Block]) -> bool:
    return sum(_SPEAKER.match(block.text) is not None for block in blocks) > 1


def _set_dateline(block: Block, found: re.Match[str], span: CharSpan, draft: Draft) -> None:
    parts = found.groupdict()
    for written in dates_within(parts.get("date") or ""):
        draft.dates.append(Dated(_RANK_DATELINE, written, IN_DATELINE, *span, block=None))
    if draft.dateline is None:
        draft.dateline = span
        draft.place = parts.get("place")
        draft.agency = parts.get("agency") or parts.get("agency2")


def _boilerplate_rule(text: str, where: str) -> LineRule | None:
    rules = (rule for rule in line_rules("boilerplate") if where in rule.where)
    return next((rule for rule in rules if _find(rule, text)), None)


def _find(rule: LineRule, text: str) -> re.Match[str] | None:
    return rule.find(text) if len(text) <= _MAX_LINE else None
