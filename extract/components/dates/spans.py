"""Readers of what is no date: how long (`P3D`), how often (`P1W`), now, once and some day.

They never say when something was agreed. A length that reaches from the day of publication has the
days that it covers, all others have none.
"""

import re
from dataclasses import replace

from extract.components.dates.numbers import count_of, has_half, is_vague, without_half
from extract.components.dates.periods import PERIODS, Reading, move
from extract.components.dates.words import Context, Expression, lexicon
from extract.vocabulary import Granularity

_FRACTION = re.compile(r"\d{1,2}\.\d")  # 2.5 years
# The code of TIMEX3, and how many of it the unit holds.
_CODES = {
    "second": ("T{}S", 1),
    "minute": ("T{}M", 1),
    "hour": ("T{}H", 1),
    "day": ("{}D", 1),
    "week": ("{}W", 1),
    "weekend": ("{}WE", 1),
    "fortnight": ("{}W", 2),
    "month": ("{}M", 1),
    "quarter": ("{}Q", 1),
    "year": ("{}Y", 1),
    "decade": ("{}Y", 10),
    "century": ("{}Y", 100),
}
_VAGUE = {"decade": "{}DE", "century": "{}CE"}  # how many tens of years, nobody can tell
_HALVES = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}


def read_duration(expression: Expression, context: Context) -> Reading | None:
    """Read `three days`, `the past few weeks`, `two and a half years`; X where nobody counted."""
    units = expression.values("span_unit")
    if not units:
        return None
    words = expression.words
    half, unit = has_half(words), units[0]
    end = next(i for i, word in enumerate(words) if word in lexicon("span_unit"))
    number = count_of(without_half(words[:end]))
    if fraction := next((word for word in words if _FRACTION.fullmatch(word)), None):
        return _mark(f"P{_CODES[unit][0].format(fraction)}", "duration")
    uncounted = number is None and not half
    if is_vague(words) or (uncounted and expression.values("plural_unit")):
        form = _VAGUE.get(unit, _CODES[unit][0])
        return _mark(f"P{form.format('X')}", "duration")
    counted = 1 if uncounted else number or 0
    length = _mark(_length(counted, unit, half=half), "duration")
    return length if half else _place(length, counted, unit, expression, context)


def _place(
    length: Reading, number: int, unit: str, expression: Expression, context: Context
) -> Reading:
    """Return a length that reaches from the base (`the next two years`) with the days it covers.

    These are the beginPoint and endPoint of TIMEX3.
    """
    steps = expression.values("direction")
    if context.base is None or not steps or not steps[-1] or unit not in PERIODS:
        return length
    far = move(context.base, unit, steps[-1] * number)
    near = move(context.base, "day", steps[-1])
    if far is None or near is None:
        return length
    first, last = sorted((far, near))
    return replace(length, earliest=first, latest=last, anchor=context.anchor)


def _length(number: int, unit: str, *, half: bool) -> str:
    form, times = _CODES[unit]
    if not half:
        return f"P{form.format(number * times)}"
    if times > 1:
        return f"P{form.format(number * times + times // 2)}"
    if unit not in _HALVES:
        return f"P{form.format(f'{number}.5')}"
    rest = _HALVES[unit]
    return f"P{form.format(number)}{rest}" if number else f"P{'T' * ('T' in form)}{rest}"


def read_set(expression: Expression, context: Context) -> Reading | None:
    """Read `every Tuesday` (`XXXX-WXX-2`), `each year` (`P1Y`), `daily`."""
    adverbs = expression.values("adverb")
    times = expression.values("daytime") + expression.values("daytimes")
    weekdays = expression.values("weekday") + expression.values("weekdays")
    if adverbs:
        value = adverbs[0]
    elif weekdays:
        value = f"XXXX-WXX-{weekdays[0]}{times[0] if times else ''}"
    elif months := expression.values("month"):
        value = f"XXXX-{months[0]:02}"
    elif seasons := expression.values("season"):
        value = f"XXXX-{seasons[0]}"
    elif times:
        value = f"XXXX-XX-XX{times[0]}"
    else:
        units = expression.values("span_unit")
        if not units:
            return None
        number = 2 if "other" in expression.words else count_of(expression.words) or 1
        value = _length(number, units[0], half=False)
    return _mark(value, "set")


def read_reference(expression: Expression, context: Context) -> Reading | None:
    """Read `now`, `recently`, `the future`: the rule says which."""
    return _mark(expression.sets["value"], "reference")


def _mark(value: str, granularity: Granularity) -> Reading:
    return Reading(value, None, None, granularity)
