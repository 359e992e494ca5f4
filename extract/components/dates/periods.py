"""What a date expression stands for: a value, and the first and last day that it covers.

Values are ISO 8601 or TIMEX3: `2025-07-03`, `2025-W27`, `2025-07`, `2025-Q3`, `2025-SU`,
`2025-H2`, `2025`, `202` (a decade), `20` (a century). Everything here is arithmetic on
`datetime.date`; what falls outside the years 1 to 9999 is None.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from extract.vocabulary import Granularity

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a date expression; `alternatives` are (value, reason) of the others."""

    value: str
    earliest: date | None
    latest: date | None
    granularity: Granularity
    anchor: str | None = None
    alternatives: tuple[tuple[str, str], ...] = ()


def unresolved(value: str) -> Reading:
    """Return a date of which only the form is known: `XXXX-05-05`."""
    return Reading(value, None, None, "unresolved")


def day_of(day: date) -> Reading:
    """Return one day."""
    return Reading(day.isoformat(), day, day, "day")


def week_of(day: date) -> Reading:
    """Return the ISO week, Monday to Sunday, of a day."""
    year, week, weekday = day.isocalendar()
    first = day.toordinal() - weekday + 1
    last = min(first + 6, date.max.toordinal())
    return Reading(f"{year:04}-W{week:02}", date.fromordinal(first), date.fromordinal(last), "week")


def weekend_of(day: date) -> Reading:
    """Return Saturday and Sunday of the ISO week of a day."""
    week = week_of(day)
    first = min(day.toordinal() - day.weekday() + 5, date.max.toordinal())
    return Reading(f"{week.value}-WE", date.fromordinal(first), week.latest, "week")


def month_of(day: date) -> Reading:
    """Return the month of a day."""
    return _months(f"{day.year:04}-{day.month:02}", day.year, day.month, 1, "month")


def quarter_of(day: date) -> Reading:
    """Return the quarter of the calendar year of a day."""
    number = (day.month - 1) // 3
    return _months(f"{day.year:04}-Q{number + 1}", day.year, 3 * number + 1, 3, "quarter")


def half_of(day: date) -> Reading:
    """Return the half of the calendar year of a day."""
    number = (day.month - 1) // 6
    return _months(f"{day.year:04}-H{number + 1}", day.year, 6 * number + 1, 6, "half")


def season_of(day: date) -> Reading:
    """Return the northern season of a day; a winter is named after its December."""
    year = day.year if day.month > 2 else max(day.year - 1, MINYEAR)
    season = {first: name for name, first in SEASONS.items()}[(day.month // 3 * 3) or 12]
    return _months(f"{year:04}-{season}", year, SEASONS[season], 3, "season")


def year_of(day: date) -> Reading:
    """Return the year of a day."""
    return _months(f"{day.year:04}", day.year, 1, 12, "year")


def decade_of(day: date) -> Reading:
    """Return the decade of a day: `199` is 1990 to 1999."""
    number = day.year // 10
    return _years(f"{number:03}", 10 * number, 10, "decade")


def century_of(day: date) -> Reading:
    """Return the century of a day, as TIMEX3 counts: `19` is 1900 to 1999."""
    number = day.year // 100
    return _years(f"{number:02}", 100 * number, 100, "century")


PERIODS: dict[str, Callable[[date], Reading]] = {
    "day": day_of,
    "week": week_of,
    "weekend": weekend_of,
    "fortnight": week_of,
    "month": month_of,
    "quarter": quarter_of,
    "half": half_of,
    "season": season_of,
    "year": year_of,
    "decade": decade_of,
    "century": century_of,
}


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def move(day: date, unit: str, by: int) -> date | None:
    """Return the day `by` units away; a day that a shorter month lacks becomes its last one."""
    if unit in _DAYS:
        ordinal = day.toordinal() + by * _DAYS[unit]
        inside = date.min.toordinal() <= ordinal <= date.max.toordinal()
        return date.fromordinal(ordinal) if inside else None
    year, month = divmod(12 * day.year + day.month - 1 + by * _MONTHS[unit], 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(value: str, year: int, month: int, count: int, granularity: Granularity) -> Reading:
    first = date(year, month, 1)
    after = move(first, "month", count)
    last = after - timedelta(days=1) if after else date.max
    return Reading(value, first, last, granularity)


def _years(value: str, year: int, count: int, granularity: Granularity) -> Reading:
    last = min(year + count - 1, MAXYEAR)
    return Reading(value, date(max(year, MINYEAR), 1, 1), date(last, 12, 31), granularity)
