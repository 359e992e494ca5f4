"""Times of day: `3 p.m.`, `noon Saturday`, and the part of a day beside its name.

`this morning` is `2025-07-03TMO` and still stands for that day. A clock time alone says nothing
of the day: its value takes that of the publication, as in TIMEX3, its days stay unknown.
"""

import re
from dataclasses import replace

from extract.components.dates.calendar import read_calendar
from extract.components.dates.periods import Reading
from extract.components.dates.relative import read_shift, read_weekday
from extract.components.dates.words import Context, Expression, lexicon

_TIME = re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.](\d\d))?(?![\d:])")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def read_clock(expression: Expression, context: Context) -> Reading | None:
    """Read a time of day, with the day that is named beside it or with that of publication."""
    time = _time(expression)
    if time is None:
        return None
    day = _day(expression, context)
    if day is not None:
        return replace(day, value=f"{day.value}{time}", granularity="time")
    value = context.base.isoformat() if context.base else "XXXX-XX-XX"
    return Reading(f"{value}{time}", None, None, "time", context.anchor if context.base else None)


def _time(expression: Expression) -> str | None:
    for word in ("noon", "midnight"):
        if word in expression.words:
            return str(lexicon("daytime")[word])
    found = _TIME.search(expression.text)
    if found is None:
        return None
    hour, half = int(found[1]), re.search(r"(?<![^\W\d])([ap])\.?m\b", expression.text)
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return f"T{hour:02}:{found[2] or '00'}"


def _day(expression: Expression, context: Context) -> Reading | None:
    if expression.values("weekday"):
        return read_weekday(expression, context)
    if expression.values("month"):
        words = expression.words[-2:]  # the month and its day
        return read_calendar(Expression(words, {"parts": ["month", "day"]}), context)
    for word, by in _NEAR.items():
        if word in expression.words:
            return read_shift(Expression(expression.words, {"unit": "day", "by": by}), context)
    return None


def at_daytime(reading: Reading, expression: Expression) -> Reading:
    """Return a day with the part of it that the words name: `Tuesday morning`, `tonight`."""
    times = expression.values("daytime")
    if not times or reading.granularity != "day":
        return reading
    return replace(reading, value=f"{reading.value}{times[0]}", granularity="time")
