"""Readers of days and weeks that are counted within a period.

`the last Monday of March`, `the 5th of next month`, `the third week of 2027`, `Friday the 15th`,
`the week of June 6`. A week belongs to the month, and to the year, that holds its Thursday.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extract.components.dates.calendar import read_calendar
from extract.components.dates.periods import (
    Reading,
    day_of,
    make_day,
    move,
    unresolved,
    week_of,
    year_of,
)
from extract.components.dates.relative import read_shift
from extract.components.dates.words import Context, Expression, choose, lexicon

_THURSDAY = 4
_MONTHS_AROUND = range(-14, 15)


def read_nth(expression: Expression, context: Context) -> Reading | None:
    """Read `the last Monday of March 2014`, `third day of October`, `first week of next year`."""
    at = next(i for i, word in enumerate(expression.words) if word in ("of", "in"))
    counted = Expression(expression.words[:at], expression.sets)
    period = _read_period(Expression(expression.words[at + 1 :], expression.sets), context)
    numbers = counted.values("nth")
    if period is None or not numbers:
        return None
    if period.earliest is None or period.latest is None:
        return unresolved("XXXX-XX-XX")
    days = [
        period.earliest + timedelta(n) for n in range((period.latest - period.earliest).days + 1)
    ]
    weekdays, units = counted.values("weekday"), counted.values("unit")
    if weekdays or units == ["week"]:
        wanted = weekdays[0] if weekdays else _THURSDAY
        days = [day for day in days if day.isoweekday() == wanted]
    number = numbers[0]
    if not -len(days) <= number - (number > 0) < len(days):
        return None
    day = days[number - (number > 0)]
    return replace(week_of(day) if units == ["week"] else day_of(day), anchor=period.anchor)


def _read_period(words: Expression, context: Context) -> Reading | None:
    years = words.figures(r"[12]\d{3}")
    if words.values("month"):
        parts = ["month", "year"] if years else ["month"]
        return read_calendar(Expression(words.words, {"parts": parts}), context)
    if years:
        return year_of(date(years[0], 1, 1))
    return read_shift(Expression(words.words, {}), context)


def read_day_of_month(expression: Expression, context: Context) -> Reading | None:
    """Read `the 5th of this month`; `the 15th` and `Friday the 15th` of a month by the tense."""
    days = expression.figures(r"\d{1,2}(?=st|nd|rd|th|\b)") or expression.values("ordinal")
    if not days:
        return None
    if context.base is None:
        return unresolved(f"XXXX-XX-{days[0]:02}")
    steps = expression.values("direction")
    if steps:
        months = iter([steps[-1]])
    elif "month" in expression.words:
        months = iter([0])
    else:
        months = iter(_MONTHS_AROUND)
    weekdays = expression.values("weekday")
    fitting = [
        reading
        for reading in _days_of_months(days[0], months, context.base)
        if not weekdays or (reading.earliest and reading.earliest.isoweekday() in weekdays)
    ]
    found = choose(fitting, context.base, context.tense) if len(fitting) > 1 else None
    found = found or next(iter(fitting), None)
    return replace(found, anchor=context.anchor) if found else None


def _days_of_months(number: int, months: Iterator[int], base: date) -> Iterator[Reading]:
    for by in months:
        month = move(base.replace(day=1), "month", by)
        day = make_day(month.year, month.month, number) if month else None
        if day:
            yield day_of(day)


def read_week_of(expression: Expression, context: Context) -> Reading | None:
    """Read `the week of June 6`."""
    years = expression.figures(r"[12]\d{3}")
    parts = ["day", "month", "year"] if years else ["day", "month"]
    words = tuple(w for w in expression.words if w in lexicon("month") or re.match(r"\d", w))
    day = read_calendar(Expression(words, {"parts": parts}), context)
    if day is None or day.earliest is None:
        return day
    return replace(week_of(day.earliest), anchor=day.anchor)
