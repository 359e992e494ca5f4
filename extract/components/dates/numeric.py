"""Dates in figures: where day and month may change places, the other reading is kept too.

What tells them apart, the surest first: the weekday beside it; the order of the whole document,
with its reason (`extract/press/orders.py`); the tense (what has been signed on 03/04/2020 in a text
of March 5 was signed on March 4); that one reading is near the day of publication.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from extract.components.dates.periods import Reading, day_of, make_day, month_of
from extract.components.dates.words import Context, Expression, lexicon
from extract.components.dates.years import full_year
from extract.press.orders import ASKED, DOTS, ORDER_NAMES

_Order = Literal["dmy", "mdy"]

_NEAR = timedelta(days=14)


def read_numeric(expression: Expression, context: Context) -> Reading | None:
    """Read a date in figures; its alternative says how it would be read, and why it is not."""
    text = expression.sets.get("day", expression.text)
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    match expression.sets.get("order"):
        case "my":
            return _month(figures[1], figures[0])
        case "ym":  # no term of years, as 2010-12 may be
            return _month(*figures) if figures[1] <= figures[0] % 100 else None
        case "ymd":
            return _day(*figures[:3])
    left, right, year = figures
    year = full_year(year, context.base) if year < 100 else year
    day_first, month_first = _day(year, right, left), _day(year, left, right)
    if day_first is None or month_first is None or left == right:
        return day_first or month_first
    readings: dict[_Order, Reading] = {"dmy": day_first, "mdy": month_first}
    order, reason = _tell_order(readings, expression, context)
    other: _Order = "mdy" if order == "dmy" else "dmy"
    said = f"{ORDER_NAMES[other]}; read {ORDER_NAMES[order]}: {reason}"
    return replace(readings[order], alternatives=((readings[other].value, said),))


def read_mixed(expression: Expression, context: Context) -> Reading | None:
    """Read figures around the name of a month: `31-Oct-74`, `2019/Sep/1`, `Feb13, 2014`."""
    figures = re.findall(r"\d+", expression.text)
    names = [w for w in re.findall(r"[^\W\d_]+", expression.text) if w in lexicon("month")]
    if len(figures) != 2 or not names:
        return None
    numbers = [int(figure) for figure in figures]
    day, year = reversed(numbers) if len(figures[0]) > 2 else numbers
    year = full_year(year, context.base) if year < 100 else year
    return _day(year, int(lexicon("month")[names[0]]), day)


def _tell_order(
    readings: Mapping[_Order, Reading], expression: Expression, context: Context
) -> tuple[_Order, str]:
    """Return the order to read by, and what told it."""
    weekdays = expression.values("weekday")
    if only := _only(readings, lambda day: day.isoweekday() in weekdays):
        return only, "the weekday beside it"
    if "." in expression.text and context.order_reason != ASKED:
        return "dmy", DOTS.reason
    if context.order != "auto":
        return context.order, context.order_reason
    base = context.base
    if base and context.tense == "past" and (only := _only(readings, lambda day: day <= base)):
        return only, "the other was still to come"
    if base and context.ahead and (only := _only(readings, lambda day: day >= base)):
        return only, "the other was over"
    if base and (only := _only(readings, lambda day: abs(day - base) <= _NEAR)):
        return only, "near the day of publication"
    return "dmy", "nothing decides"


def _only(readings: Mapping[_Order, Reading], holds: Callable[[date], bool]) -> _Order | None:
    """Return the one order of whose day something holds; None where it holds of both or none."""
    found = [order for order, reading in readings.items() if holds(_first(reading))]
    return found[0] if len(found) == 1 else None


def _first(reading: Reading) -> date:
    return reading.earliest or date.min


def _month(year: int, month: int) -> Reading | None:
    first = make_day(year, month, 1)
    return month_of(first) if first else None


def _day(year: int, month: int, day: int) -> Reading | None:
    found = make_day(year, month, day)
    return day_of(found) if found else None
