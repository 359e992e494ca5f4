"""Readers of dates that count from another day: weekdays, `last week`, `two years ago`."""

from dataclasses import replace
from datetime import date, timedelta

from extract.components.dates.amounts import amounts_of, move_by
from extract.components.dates.numbers import is_vague
from extract.components.dates.periods import PERIODS, Reading, move, unresolved, week_of
from extract.components.dates.words import BY_TEXT, Context, Expression

_YEARS = {"year": 1, "decade": 10, "century": 100}
_BESIDE = {"tomorrow": 1, "yesterday": -1}  # days from which is counted: `a week from tomorrow`
# `that day`, of which the text has not told.
_UNTOLD = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}
_LONG_AGO = timedelta(days=400)
_COARSER = {"fortnight": "week", "decade": "year", "century": "decade"}  # `a decade ago`: a year


def read_weekday(expression: Expression, context: Context) -> Reading | None:
    """Read a weekday: the last one up to the base, in the future tense the next from it on."""
    weekdays = expression.values("weekday")
    if not weekdays:
        return None
    weekday, by = weekdays[0], (expression.values("direction") or [None])[-1]
    if context.base is None:
        return unresolved(f"XXXX-WXX-{weekday}")
    if expression.sets.get("within") == "week":
        week = _first_day(move(context.base, "week", by or 0))
        return _anchored(move(week, "day", weekday - 1) if week else None, "day", context)
    future = by == 1 or (by != -1 and context.ahead) or (by == 0 and context.tense == "none")
    days = (weekday - context.base.isoweekday()) % 7 - (0 if future else 7)
    if days == -7 and by != -1:
        days = 0
    if days == 0 and by == 1:
        days = 7
    return _anchored(move(context.base, "day", days), "day", context)


def _first_day(day: date | None) -> date | None:
    return week_of(day).earliest if day else None


def read_shift(expression: Expression, context: Context) -> Reading | None:
    """Read `last week`, `later this year`, `today`: a period some steps away from the base's."""
    units, steps = expression.values("unit"), expression.values("direction")
    unit = expression.sets.get("unit") or (units[-1] if units else "day")
    by = expression.sets.get("by", steps[-1] if steps else 0)
    told_in_text = expression.sets.get("anchor") == "text"
    if context.base is None:
        return unresolved(_UNTOLD.get(unit, "XXXX") if told_in_text else _reference(by))
    ahead = context.ahead or (context.tense == "none" and "this" in expression.words)
    if unit == "weekend" and (by < 0 or (by == 0 and not ahead)):
        # On a Saturday the last weekend is the one that has begun, on a Friday the one before.
        day = move(context.base, "day", -5)
        return _anchored(move(day, "week", min(by + 1, 0)) if day else None, unit, context)
    return _anchored(move(context.base, unit, by), unit, context)


def read_count(expression: Expression, context: Context) -> Reading | None:
    """Read `two years ago`, `three days later`: as exact as the unit that is counted in."""
    sign = expression.sets["sign"]
    amounts = amounts_of(expression.words)
    if expression.values("unit") and (not amounts or is_vague(expression.words)):
        return Reading(_reference(sign), None, None, "reference")  # `months ago`
    if not amounts:
        return None
    if context.base is None:
        return unresolved(_reference(sign))
    year = context.base.year + sign * sum(n * _YEARS.get(unit, 0) for n, unit in amounts)
    if year < 1:
        return Reading(f"BC{1 - year:04}", None, None, "year", context.anchor)
    unit = amounts[-1][1]
    from_beside = sum(_BESIDE.get(word, 0) for word in expression.words)
    start = move(context.base, "day", from_beside)
    day = move_by(start, amounts, sign) if start else None
    return _anchored(day, _COARSER.get(unit, unit), context)


def _anchored(day: date | None, unit: str, context: Context) -> Reading | None:
    return replace(PERIODS[unit](day), anchor=context.anchor) if day else None


def _reference(by: int) -> str:
    return "PRESENT_REF" if by == 0 else "PAST_REF" if by < 0 else "FUTURE_REF"


def narrated_in(previous: Reading | None, base: date | None) -> bool:
    """Return whether the date before tells of another time than the publication's: a narrative.

    After `on 26 June 1950`, a bare `2 October` is of 1950. A year alone is not enough: it may
    be that of a treaty (`the 1957 accord was renewed in May`).
    """
    if (
        base is None
        or previous is None
        or previous.latest is None
        or previous.anchor not in (None, BY_TEXT)
    ):
        return False
    return previous.granularity in ("time", "day", "month") and base - previous.latest > _LONG_AGO


def context_after(previous: Reading | None, expression: Expression, context: Context) -> Context:
    """Return the context of an expression that counts from the date before it in the text.

    A date coarser than the unit that is counted in tells nothing: `in 1952 ... the next day`.
    """
    units = expression.values("span_unit") or ["month" if "parts" in expression.sets else "day"]
    if previous is None and expression.sets.get("sign") == -1:
        return context  # `two days earlier` with no date before it: earlier than the text
    if previous is None or previous.earliest is None or previous.latest is None:
        return replace(context, base=None, anchor=BY_TEXT)
    unit = PERIODS.get(units[0], PERIODS["day"])(previous.earliest)
    if unit.latest is None or previous.latest > unit.latest:
        return replace(context, base=None, anchor=BY_TEXT)
    return replace(context, base=previous.earliest, anchor=BY_TEXT)
