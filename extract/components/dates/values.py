"""What days a value stands for: `2025-W27` is 30 June to 6 July 2025.

The values are those of TIMEX3, as `periods.py` writes them; one that names no days (`P3D`,
`PAST_REF`, `XXXX-05`, `BC0044`) has none. A part of a day counts as its day.
"""

import re
from collections.abc import Callable
from datetime import date

from extract.components.dates.periods import PERIODS, SEASONS, make_day
from extract.components.dates.years import fiscal_year_of


def _day(year: str, month: str | int = 1, day: str | int = 1) -> date:
    found = make_day(int(year), int(month), int(day))
    if found is None:
        raise ValueError(f"no day {year}-{month}-{day}")
    return found


def _monday(year: str, week: str) -> date:
    return date.fromisocalendar(int(year), int(week), 1)


# The form of a value, the period that it names, and how its figures give a day of that.
_FORMS: list[tuple[str, str, Callable[..., date]]] = [
    (r"(\d{4})-(\d\d)-(\d\d)", "day", _day),
    (r"(\d{4})-W(\d\d)", "week", _monday),
    (r"(\d{4})-W(\d\d)-WE", "weekend", _monday),
    (r"(\d{4})-(\d\d)", "month", _day),
    (r"(\d{4})-Q([1-4])", "quarter", lambda year, number: _day(year, 3 * int(number))),
    (r"(\d{4})-H([12])", "half", lambda year, number: _day(year, 6 * int(number))),
    (r"(\d{4})-(SP|SU|FA|WI)", "season", lambda year, name: _day(year, SEASONS[name])),
    (r"(\d{4})", "year", _day),
    (r"FY(\d{4})", "fiscal year", _day),
    (r"(\d{3})", "decade", lambda tens: _day(f"{tens}5")),
    (r"(\d\d)", "century", lambda hundreds: _day(f"{hundreds}50")),
]


def days_of(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of a value, None where it names none.

    Raises:
        ValueError: it has the form of a date, but no calendar has such a day.
    """
    value = value.partition("T")[0]
    for form, unit, find_day in _FORMS:
        if figures := re.fullmatch(form, value):
            period = {**PERIODS, "fiscal year": fiscal_year_of}[unit](find_day(*figures.groups()))
            if period.earliest is None or period.latest is None:
                return None
            return period.earliest, period.latest
    return None


def holds_its_value(value: str, earliest: str | None, latest: str | None) -> bool:
    """Tell whether an interval of ISO days holds those of its value, or both have none.

    Of an hour without a day, the day of the value is a guess: it has no interval. A length (`P3D`)
    may lie anywhere.
    """
    if value.startswith("P") and earliest is not None and latest is not None:
        return earliest <= latest and re.match(r"P[\dXT]", value) is not None
    try:
        days = days_of(value)
    except ValueError:
        return False
    if earliest is None or latest is None:
        return earliest == latest and (days is None or "T" in value)
    return days is not None and earliest <= days[0].isoformat() <= days[1].isoformat() <= latest
