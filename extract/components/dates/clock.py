"""Times of day: `3 p.m.`, `noon Saturday`, and the part of a day beside its name.

`this morning` is `2025-07-03TMO` and still stands for that day. A clock time alone says nothing
of the day: its value takes that of the publication, as in TIMEX3, its days stay unknown.
"""

import re
from dataclasses import replace

from extract.components.dates.periods import Reading
from extract.components.dates.words import Context, Expression, lexicon

UNNAMED_DAY = "XXXX-XX-XX"
_TIME = re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.]?(\d\d))?(?![\d:])")


def read_clock(expression: Expression, context: Context) -> Reading | None:
    """Read a time of day, with the day of publication or that of its line."""
    time = _time(expression)
    if time is None:
        return None
    value = context.base.isoformat() if context.base else UNNAMED_DAY
    return Reading(f"{value}{time}", None, None, "time", context.anchor if context.base else None)


def _time(expression: Expression) -> str | None:
    for word in ("noon", "midnight"):
        if word in expression.words:
            return str(lexicon("daytime")[word])
    numbers = lexicon("digit_word")  # three o'clock
    found = _TIME.search(" ".join(str(numbers.get(word, word)) for word in expression.words))
    if found is None:
        return None
    hour, half = int(found[1]), re.search(r"(?<![^\W\d])([ap])\.?m\b", expression.text)
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return f"T{hour:02}:{found[2] or '00'}"


def read_part_of_day(expression: Expression, context: Context) -> Reading | None:
    """Read `the night of`: the part of a day that is named after it, and nothing without that."""
    times = expression.values("daytime")
    return Reading(f"{UNNAMED_DAY}{times[0]}", None, None, "time") if times else None


def at_daytime(reading: Reading, expression: Expression) -> Reading:
    """Return a day with the part of it that the words name: `Tuesday morning`, `tonight`."""
    times = expression.values("daytime")
    named = reading.granularity == "day" or reading.value.startswith("XXXX-WXX-")
    if not times or not named or "T" in reading.value:
        return reading
    return replace(reading, value=f"{reading.value}{times[0]}", granularity="time")
