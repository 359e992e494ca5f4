"""Days that have a name: Christmas, Easter Monday, Thanksgiving.

`models/rules/dates/classes.yaml` says how each is found: `12-25` on the calendar, `easter-2` from
Easter, `11/4/4` the fourth Thursday of November (`5/1/-1`: the last Monday of May), `+1` a day on.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]  # comes with dateparser

from extract.components.dates.periods import Reading, day_of, make_day, move, unresolved
from extract.components.dates.words import Context, Expression, choose, lexicon

_YEAR = r"(?:19|20)\d\d"
_AROUND = range(-2, 3)
_NO_NAME = re.compile(rf"(?:{_YEAR}|\d{{4}}|,|of|the)")


def read_holiday(expression: Expression, context: Context) -> Reading | None:
    """Read a holiday: of the year beside it, else the last or the next by the tense."""
    steps = lexicon("direction")
    kept = [w for w in expression.words if w not in steps and not _NO_NAME.fullmatch(w)]
    form = lexicon("holiday").get(" ".join(kept).replace("’", "'").replace(" '", "'"))
    if form is None:
        return None
    if years := expression.figures(_YEAR):
        day = find_holiday(form, years[0])
        return day_of(day) if day else None
    if context.base is None:
        return unresolved(f"XXXX-{form}" if re.fullmatch(r"\d\d-\d\d", form) else "XXXX-XX-XX")
    found = _choose(list(_around(form, context.base)), expression, context)
    return replace(found, anchor=context.anchor) if found else None


def _choose(readings: list[Reading], expression: Expression, context: Context) -> Reading | None:
    base, steps = context.base, expression.values("direction")
    if base is None:
        return None
    days = base.isoformat()
    if steps and steps[-1] == 0:
        return next((r for r in readings if r.value.startswith(f"{base.year:04}-")), None)
    if steps:
        before = [r for r in readings if r.value < days]
        after = [r for r in readings if r.value > days]
        return next(iter(before[-1:] if steps[-1] < 0 else after), None)
    return choose(readings, base, context.tense)


def _around(form: str, base: date) -> Iterator[Reading]:
    for year in (base.year + step for step in _AROUND):
        day = find_holiday(form, year) if MINYEAR <= year <= MAXYEAR else None
        if day:
            yield day_of(day)


def find_holiday(form: str, year: int) -> date | None:
    """Return the day of a holiday in a year; Easter is computed from 1583 to 4099."""
    if fixed := re.fullmatch(r"(\d\d)-(\d\d)", form):
        return make_day(year, int(fixed[1]), int(fixed[2]))
    if moved := re.fullmatch(r"easter([+-]\d+)?", form):
        day = easter(year) if 1583 <= year <= 4099 else None
        return move(day, "day", int(moved[1] or 0)) if day else None
    if nth := re.fullmatch(r"(\d+)/(\d)/(-?\d)(\+\d)?", form):
        day = _nth_weekday(year, int(nth[1]), int(nth[2]), int(nth[3]))
        return move(day, "day", int(nth[4] or 0)) if day else None
    return None


def _nth_weekday(year: int, month: int, weekday: int, number: int) -> date | None:
    first = date(year, month, 1)
    if number < 0:
        after = move(first, "month", 1)
        if after is None:
            return None
        last = after - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
