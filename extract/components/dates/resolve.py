"""Read a match where it stands: by the tense of its clause, or by the dates around it."""

from dataclasses import replace
from datetime import date
from itertools import islice

from spacy.tokens import Doc, Span

from extract.components.dates.clock import at_daytime
from extract.components.dates.numbers import with_figures
from extract.components.dates.periods import Reading, move
from extract.components.dates.readers import READERS
from extract.components.dates.relative import context_after, narrated_in
from extract.components.dates.tense import find_tense
from extract.components.dates.words import BY_TEXT, Context, Expression, lexicon
from extract.rules import Match, RuleSet
from extract.vocabulary import NO_DATES

_QUARTER_REACH = 80  # tokens over which `a year earlier` still compares with a quarter
_BEFORE = 20  # how many durations and the like may stand between a date and the one before it
_STORY_REACH = 120  # tokens over which a narrative keeps its year
_CLOCK_REACH = 15  # tokens between a day and its time
_TENSED = frozenset(
    {"calendar", "clock", "day_of_month", "half", "holiday", "nth", "numeric"}
    | {"quarter", "range", "season", "shift", "week_of", "weekday"}
)
_BARE = (["day", "month"], ["month", "day"], ["month"])  # parts of a date without a year


def expression_of(doc: Doc, match: Match) -> Expression:
    """Return the words of a match in lower case; spelled-out years stand in figures."""
    words = tuple(t.lower_ for t in doc[match.start : match.end] if not t.is_space)
    spelled = match.rule.sets.get("spelled")
    return Expression(with_figures(words) if spelled else words, match.rule.sets)


def read(match: Match, words: Expression, context: Context) -> Reading | None:
    """Read a match by the reader that its rule names."""
    reading = READERS[match.rule.sets["read"]](words, context)
    return at_daytime(reading, words) if reading else None


def read_start(doc: Doc, match: Match, after: Match | None, context: Context) -> Reading | None:
    """Read `23 May` in `23 May to 2 June 2019`: the year stands at the end of the span."""
    if after is None or match.rule.sets.get("parts") not in _BARE:
        return None
    joint = [t.lower_ for t in doc[match.end : after.start]]
    if len(joint) != 1 or joint[0] not in (*lexicon("joint"), "or"):
        return None
    if "year" not in after.rule.sets.get("parts", ()):
        return None
    end, words = read(after, expression_of(doc, after), context), expression_of(doc, match)
    if end is None or end.earliest is None:
        return None
    start = Expression(words.words, {**words.sets, "year": "relative"})
    for base in (end.earliest, move(end.earliest, "year", -1)):
        reading = read(match, start, replace(context, base=base, anchor=BY_TEXT))
        if reading and reading.earliest and reading.earliest <= end.earliest:
            return reading
    return None


def resolve(
    doc: Doc,
    match: Match,
    context: Context,
    found: list[tuple[Span, Reading]],
    markers: RuleSet,
) -> Reading | None:
    """Read a match where it stands: by the tense of its clause, or by the dates before it."""
    words = expression_of(doc, match)
    near = islice(reversed(found), _BEFORE)
    before = next((pair for pair in near if pair[1].granularity not in NO_DATES), None)
    previous = before[1] if before else None
    if match.rule.sets.get("quarter") and context.base is not None:
        quarter = _quarter_before(match, found)
        if quarter:
            known = replace(context, base=quarter, anchor=BY_TEXT)
            return READERS["same_quarter"](words, known)
        if match.rule.sets["quarter"] == "only":
            return None
    if match.rule.sets["read"] == "clock" and before:
        context = _day_beside(doc, match, before, context)
    if match.rule.sets.get("anchor") == "text":
        return read(match, words, context_after(previous, words, context))
    if context.base is None or match.rule.sets["read"] not in _TENSED:
        return read(match, words, context)
    tense = find_tense(doc, match.start, match.end, markers)
    context = replace(context, tense=tense)
    if before and not context.ahead and match.rule.sets.get("parts") in _BARE:
        told = _narrate(doc, match, before, context) if "year" not in match.rule.sets else None
        if told is not None:
            return told
    return read(match, words, context)


def _narrate(
    doc: Doc, match: Match, before: tuple[Span, Reading], context: Context
) -> Reading | None:
    """Read `2 October` in the year of the date before it, where that tells of another time.

    A narrative goes on, and is not far: what would lie before that date is none of it.
    """
    span, previous = before
    between = doc[span.end : match.start]
    lasting = span.start > 0 and doc[span.start - 1].lower_ == "since"
    if lasting or len(between) > _STORY_REACH or any("\n" in token.text for token in between):
        return None
    if not narrated_in(previous, context.base):
        return None
    words = expression_of(doc, match)
    later = Expression(words.words, {**words.sets, "year": "relative"})
    found = read(match, later, replace(context, base=previous.earliest, anchor=BY_TEXT))
    if found is None or found.latest is None or previous.earliest is None:
        return None
    return found if found.latest >= previous.earliest else None


def _day_beside(doc: Doc, match: Match, before: tuple[Span, Reading], context: Context) -> Context:
    """Return the context of a clock time: the day that its line has just named, if it did."""
    span, day = before
    between = doc[span.end : match.start]
    if day.granularity not in ("day", "time") or day.earliest is None:
        return context
    if len(between) > _CLOCK_REACH or any("\n" in token.text for token in between):
        return context
    return replace(context, base=day.earliest, anchor=BY_TEXT)


def _quarter_before(match: Match, found: list[tuple[Span, Reading]]) -> date | None:
    """Return the first day of the quarter that the text tells of here, if it does."""
    for span, reading in reversed(found):
        if match.start - span.end > _QUARTER_REACH:
            return None
        if reading.granularity == "quarter" and reading.anchor != BY_TEXT:
            return reading.earliest
    return None
