"""Readers of calendar dates in words, alone and from one to another.

Words go through dateparser, which is told everything: the language, which parts must be there,
and that nothing may be filled in from the clock.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

import dateparser

from extract.components.dates.periods import (
    Reading,
    day_of,
    make_day,
    month_of,
    move,
    unresolved,
    year_of,
)
from extract.components.dates.words import Context, Expression, choose, lexicon

_LEAP_YEAR = datetime(2000, 1, 1)  # the year of a date without one: it has a 29 February
_JOINT = re.compile(r"\s*[-–—/]\s*|\s+(?:to|until|till|through|thru|and)\s+")
_SEARCH = range(-8, 9)  # years around the base: 29 February comes back within eight


def read_calendar(expression: Expression, context: Context) -> Reading | None:
    """Read a day or a month in words; a missing year is chosen by the tense."""
    parts = tuple(expression.sets["parts"])
    words = [word for word in expression.words if word not in lexicon("weekday")]
    if "day" not in parts:
        words = [word for word in words if word in lexicon("month") or word.isdigit()]
    found = parse_calendar(_plain(words, parts), parts)
    if found is None:
        return None
    if "year" in parts:
        return day_of(found) if "day" in parts else month_of(found)
    if context.base is None:
        form = f"XXXX-{found.month:02}"
        return unresolved(f"{form}-{found.day:02}" if "day" in parts else form)
    candidates = list(_years_around(found, context.base, "day" in parts))
    reading = _choose_year(expression, candidates, context)
    return replace(reading, anchor=context.anchor) if reading else None


def _plain(words: list[str], parts: tuple[str, ...]) -> str:
    """Return the words as dateparser reads them best: `3rd of July, 2025` as `3 july 2025`."""
    ordinals = lexicon("ordinal") if "day" in parts else {}
    kept = [str(ordinals.get(word, word)).removesuffix(".") for word in words]
    kept = [word.zfill(4) if re.fullmatch(r"\d{3}", word) else word for word in kept]  # year 384
    return " ".join(word for word in kept if _is_part(word))


def _is_part(word: str) -> bool:
    return word in lexicon("month") or bool(re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", word))


@lru_cache(maxsize=4096)
def parse_calendar(text: str, parts: tuple[str, ...]) -> date | None:
    """Return the date in `text`, or None unless it gives exactly `parts`; cached, as it is slow."""
    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",  # of words: `3 july 2025`
            "PARSERS": ["absolute-time"],
            "PREFER_DATES_FROM": "current_period",
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": _LEAP_YEAR,
            "REQUIRE_PARTS": list(parts),
            "STRICT_PARSING": len(parts) == 3,
            "TIMEZONE": "UTC",
        },
    )
    return found.date() if found else None


def _years_around(found: date, base: date, whole_day: bool) -> Iterator[Reading]:
    for year in range(base.year + _SEARCH.start, base.year + _SEARCH.stop):
        day = make_day(year, found.month, found.day if whole_day else 1)
        if day:
            yield day_of(day) if whole_day else month_of(day)


def _choose_year(
    expression: Expression, candidates: list[Reading], context: Context
) -> Reading | None:
    base = context.base
    if base is None:
        return None
    by = expression.values("direction")[-1:] or [0]
    match expression.sets.get("year"):
        case "relative":
            year = f"{base.year + by[0]:04}"
            return next((c for c in candidates if c.value.startswith(year)), None)
        case "beside" if by[0]:
            month = month_of(base)
            before = [c for c in candidates if c.value < month.value]
            after = [c for c in candidates if c.value > month.value]
            return (after[0] if after else None) if by[0] > 0 else (before[-1] if before else None)
        case "beside":
            return next((c for c in candidates if c.value.startswith(f"{base.year:04}")), None)
    weekdays = expression.values("weekday")
    fitting = [c for c in candidates if c.earliest and c.earliest.isoweekday() in weekdays]
    if fitting:
        return min(fitting, key=lambda c: abs((c.earliest or base) - base))
    return choose(candidates, base, context.tense)


def read_range(expression: Expression, context: Context) -> Reading | None:
    """Read `June 3-5` or `2020-2024`: the value of its start, the days up to its end."""
    sides = [side for side in _JOINT.split(expression.text) if side]
    if len(sides) != 2:
        return None
    if expression.sets["of"] == "year":
        return _join(*(_read_years(sides)))
    left, right = (_numbers_of(side) for side in sides)
    for name in ("month", "year"):
        left.setdefault(name, right.get(name, ""))
        right.setdefault(name, left.get(name, ""))
    start, end = (_read_side(side, expression, context) for side in (left, right))
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        later = _year_later(end) if not left["year"] else None
        return _join(start, later)
    return _join(start, end)


def _numbers_of(side: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for word in re.findall(r"\d+|[^\W\d]+", side):
        if word in lexicon("month"):
            parts["month"] = word
        elif len(word) == 4 and word.isdigit():
            parts["year"] = word
        elif word.isdigit():
            parts["day"] = word
    return parts


def _read_side(side: dict[str, str], expression: Expression, context: Context) -> Reading | None:
    wanted = ("day", "month") if expression.sets["of"] == "day" else ("month",)
    if not all(side.get(name) for name in wanted):
        return None
    parts = (*wanted, "year") if side["year"] else wanted
    words = tuple(side[name] for name in parts)
    return read_calendar(Expression(words, {"parts": parts}), context)


def _read_years(sides: list[str]) -> tuple[Reading | None, Reading | None]:
    start, end = (int(re.sub(r"\D", "", side) or 0) for side in sides)
    if end < 100:
        end += start - start % 100 + (100 if end == 0 else 0)  # 1999-00
    if not 1000 <= start <= end < 2200:
        return None, None
    return year_of(date(start, 1, 1)), year_of(date(end, 1, 1))


def _year_later(reading: Reading) -> Reading | None:
    day = move(reading.earliest, "year", 1) if reading.earliest else None
    if day is None:
        return None
    return day_of(day) if reading.granularity == "day" else month_of(day)


def _join(start: Reading | None, end: Reading | None) -> Reading | None:
    if start is None or end is None:
        return None
    if start.earliest is None or end.latest is None:
        return start
    if end.latest < start.earliest:
        return None
    return replace(start, latest=end.latest)
