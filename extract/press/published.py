"""Publication dates: how they are written, and where they were found.

No clock is asked: a year of two digits is 2000-2068 or 1969-1999 (as POSIX has it), and what
does not name a day, a month and a year is no date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import dateparser

from extract.article import Notice
from extract.press.lexicon import LineRule, line_rules
from extract.press.orders import ASKED, DOTS, ORDER_NAMES, DateOrder, Order

# A year outside is a slip or a placeholder (0001, 2999), whatever the day on which this runs.
_YEARS = range(1800, 2101)
_MAX_METADATA = 200
IN_DATELINE = "in the dateline"
# Seconds or milliseconds since 1970; what may also be a day and an hour (2025070312) is left.
_EPOCH = re.compile(r"(?!(?:19|20)\d\d[01]\d[0-3]\d[0-2]\d$)([1-9]\d{9})(\d{3})?")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication date: `value` an ISO 8601 day, `origin` where it stood and how it was read."""

    value: str
    origin: str
    in_dateline: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as read: the ISO day and, where its numbers had to be told apart, order and reason."""

    value: str
    how: str | None = None
    order: DateOrder | None = None
    ambiguous: bool = False


def read_date(text: str, order: Order) -> Reading | None:
    """Return the reading of a date that fills `text`; None where it is no possible day."""
    for rule in line_rules("dates"):
        if found := rule.regex.fullmatch(text):
            return _read(found, rule, order)
    return None


def read_metadata(published: str, order: Order) -> tuple[Reading, str] | None:
    """Return the first readable date in a metadata string and its text; None where none is.

    The day is the local one, as written: 2025-07-03T23:30:00+02:00 is July 3. A number of ten
    or thirteen digits is a time since 1970, whose day is that in UTC.
    """
    if found := _EPOCH.fullmatch(published.strip()):
        return _read_epoch(found)
    for written in dates_within(published[:_MAX_METADATA]):
        if reading := read_date(written, order):
            return reading, written
    return None


def _read_epoch(found: re.Match[str]) -> tuple[Reading, str] | None:
    day = datetime.fromtimestamp(int(found[1]), UTC).date()
    unit = "milliseconds" if found[2] else "seconds"
    reading = Reading(day.isoformat(), f"as {unit} since 1970, day in UTC")
    return (reading, found[0]) if day.year in _YEARS else None


def make_publication(reading: Reading, written: str, where: str) -> Publication:
    """Return the publication date with its origin spelt out: `03.07.25 in the text, read ...`."""
    how = f"read {reading.how}" if reading.how else None
    if where == "metadata":
        said = [where, f"{written} {how}"] if how else [where]
    else:
        said = [f"{written} {where}", *([how] if how else [])]
    return Publication(reading.value, ", ".join(said), where == IN_DATELINE)


def ambiguity(reading: Reading, written: str) -> tuple[Notice, ...]:
    """Return the notice of a date whose day and month nothing told apart, else nothing."""
    if not reading.ambiguous:
        return ()
    message = f"{written} may be day or month first; read as {reading.value}: set the date order"
    return (Notice("ambiguous_date", message),)


def dates_within(text: str) -> Iterator[str]:
    """Yield what is written like a full date in a short text, in order."""
    taken = 0
    candidates = sorted(
        (found.start(), -found.end(), found[0])
        for rule in line_rules("dates")
        for found in re.finditer(rf"(?<![\d.])(?:{rule.regex.pattern})", text, rule.regex.flags)
    )
    for start, minus_end, written in candidates:
        if start >= taken:
            taken = -minus_end
            yield written


def _read(found: re.Match[str], rule: LineRule, order: Order) -> Reading | None:
    year = _full_year(found["year"].lstrip("’"))
    if year not in _YEARS:
        return None
    if rule.reads == "numeric":
        return _read_numeric(year, found, order)
    month = int(found["month"]) if found["month"].isdigit() else found["month"]
    day = _day(year, month, int(found["day"]))
    return Reading(day) if day else None


def _read_numeric(year: int, found: re.Match[str], order: Order) -> Reading | None:
    first, second = int(found["first"]), int(found["second"])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first is None or month_first is None:
        only: DateOrder = "dmy" if day_first else "mdy"
        value = day_first or month_first
        return Reading(value, f"{ORDER_NAMES[only]}: the only reading", only) if value else None
    if day_first == month_first:
        return Reading(day_first)
    told = order if order.reason == ASKED or found["sep"] != "." else DOTS
    if told.value == "auto":
        return Reading(day_first, f"{ORDER_NAMES['dmy']}: nothing decides", ambiguous=True)
    value = day_first if told.value == "dmy" else month_first
    return Reading(value, f"{ORDER_NAMES[told.value]}: {told.reason}", told.value)


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) > 2:
        return number
    return number + (2000 if number <= 68 else 1900)


def _day(year: int, month: int | str, day: int) -> str | None:
    # dateparser is asked for names of months only: it turns 2025-13-04 into April 13.
    if isinstance(month, int):
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None
    settings = {
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "RELATIVE_BASE": datetime(year, 1, 1),
        "TIMEZONE": "UTC",  # else the machine's zone is asked for, which may have no name
    }
    parsed = dateparser.parse(f"{day} {month} {year}", languages=["en"], settings=settings)
    return parsed.date().isoformat() if parsed else None
