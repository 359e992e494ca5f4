"""The days that a holiday takes in a year.

A form says how they are found: `12-25` on the calendar, `11/4/4` the fourth Thursday of November
(`5/1/-1`: the last Monday of May), `easter` and `pascha` the Easter of the West and of the East,
`hijri 10-01` on the Islamic calendar (`hijri 09`: that whole month), `IN Holi` as the library
`holidays` has it for a country. ` -2` moves it by days, ` x8` has it last eight days.
Islamic days are those of Umm al-Qura: where the moon is sighted, they may be a day off.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.easter import (  # type: ignore[import-untyped]  # comes with dateparser
    EASTER_ORTHODOX,
    EASTER_WESTERN,
    easter,
)

from extract.components.dates.periods import Reading, day_of, make_day, move

if TYPE_CHECKING:
    from holidays import HolidayBase

_FORM = re.compile(r"(.+?)(?: ([+-]\d+))?(?: x(\d+))?")
_HIJRI_YEARS = range(1343, 1501)  # those of Umm al-Qura that were published or computed
_ONE_DAY = timedelta(days=1)
Days = Iterator[tuple[date, int]]  # the first day, and how many there are


@lru_cache(maxsize=4096)
def find_holiday(form: str, year: int) -> tuple[Reading, ...]:
    """Return what a form stands for in a year: the value is the first day.

    An Islamic day may come twice in a year; outside the years that its calendar knows, none does.
    """
    parts = _FORM.fullmatch(form)
    if parts is None or not MINYEAR <= year <= MAXYEAR:
        return ()
    found = (
        _lasting(move(first, "day", int(parts[2] or 0)), int(parts[3] or count))
        for first, count in _find_days(parts[1], year)
    )
    return tuple(reading for reading in found if reading)


def _lasting(first: date | None, count: int) -> Reading | None:
    last = move(first, "day", count - 1) if first else None
    if first is None or last is None:
        return None
    return replace(day_of(first), latest=last)


def _find_days(base: str, year: int) -> Days:
    for form, find in _CALENDARS:
        if parts := re.fullmatch(form, base):
            yield from find(year, *parts.groups())
            return


def _on_calendar(year: int, month: str, day: str) -> Days:
    if found := make_day(year, int(month), int(day)):
        yield found, 1


def _on_weekday(year: int, month: str, weekday: str, number: str) -> Days:
    first = date(year, int(month), 1)
    if int(number) > 0:
        days = (int(weekday) - first.isoweekday()) % 7 + 7 * (int(number) - 1)
        yield first + timedelta(days=days), 1
    elif after := move(first, "month", 1):
        last = after - _ONE_DAY
        yield last - timedelta(days=(last.isoweekday() - int(weekday)) % 7), 1


def _by_easter(year: int, church: str) -> Days:
    if 1583 <= year <= 4099:
        yield easter(year, EASTER_WESTERN if church == "easter" else EASTER_ORTHODOX), 1


def _by_hijri(year: int, month: str, day: str | None) -> Days:
    from hijridate import Hijri

    about = (year - 622) * 33 // 32
    for hijri_year in range(about - 1, about + 3):
        if hijri_year in _HIJRI_YEARS:
            hijri = Hijri(hijri_year, int(month), int(day or 1))
            first = date.fromordinal(hijri.to_gregorian().toordinal())
            if first.year == year:
                yield first, 1 if day else hijri.month_length()


def _by_country(year: int, country: str, name: str) -> Days:
    tables = [_table_of(country, number) for number in (year - 1, year)]
    days = [day for table in tables for day in sorted(table.get_named(name, lookup="exact"))]
    for day in days:
        if day.year == year and day - _ONE_DAY not in days:
            yield day, 1


@lru_cache(maxsize=512)
def _table_of(country: str, year: int) -> "HolidayBase":
    """Return the holidays of a country in a year, those on a weekend not moved."""
    import holidays

    with warnings.catch_warnings():  # of years for which it has no table
        warnings.simplefilter("ignore")
        known = holidays.country_holidays(country).supported_categories
        return holidays.country_holidays(
            country, years=year, expand=False, observed=False, categories=known, language="en_US"
        )


_CALENDARS: list[tuple[str, Callable[..., Days]]] = [
    (r"(\d\d)-(\d\d)", _on_calendar),
    (r"(\d+)/(\d)/(-?\d)", _on_weekday),
    (r"(easter|pascha)", _by_easter),
    (r"hijri (\d\d)(?:-(\d\d))?", _by_hijri),
    (r"([A-Z]{2}) (.+)", _by_country),
]
