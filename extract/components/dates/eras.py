"""Readers of the named spans of time: quarters, halves, seasons, decades and centuries."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date

from extract.components.dates.periods import (
    SEASONS,
    Reading,
    century_of,
    decade_of,
    half_of,
    move,
    quarter_of,
    season_of,
    unresolved,
)
from extract.components.dates.words import BY_TEXT, Context, Expression, choose
from extract.components.dates.years import full_year

_YEAR = r"[12]\d{3}"


def read_quarter(expression: Expression, context: Context) -> Reading | None:
    """Read a quarter; without a year, in the past the last that has ended."""
    named = [month // 3 for month in expression.values("month")]  # the June quarter
    number = expression.values("quarter") or named or _figure_beside("q", expression)
    number = number or ([4] if expression.sets.get("last") else [])
    if not number:
        return None
    month = 3 * number[0] - 2
    readings = [quarter_of(date(year, month, 1)) for year in _years(expression, context)]
    found = _pick(readings, f"XXXX-Q{number[0]}", expression, context)
    return _years_later(found, expression.sets.get("years", 0)) if found else None


def read_same_quarter(expression: Expression, context: Context) -> Reading | None:
    """Read `the quarter`: the one that the text told of (the base), or else the last that ended."""
    if context.base is None:
        return unresolved("PAST_REF")
    day = context.base if context.anchor == BY_TEXT else move(context.base, "quarter", -1)
    if day is None:
        return None
    found = replace(quarter_of(day), anchor=context.anchor)
    years = expression.figures(_YEAR)
    by = years[-1] - day.year if years else expression.sets.get("years", 0)
    return _years_later(found, by)


def _years_later(reading: Reading, by: int) -> Reading | None:
    if not by or reading.earliest is None:
        return reading
    day = move(reading.earliest, "year", by)
    return replace(quarter_of(day), anchor=reading.anchor) if day else None


def read_half(expression: Expression, context: Context) -> Reading | None:
    """Read a half-year."""
    number = expression.values("quarter") or _figure_beside("h", expression)
    before = (
        expression.words[: expression.words.index("half")] if "half" in expression.words else ()
    )
    if "last" in before or "latter" in before:
        number = [2]
    if not number or number[0] > 2:
        return None
    readings = [half_of(date(y, 6 * number[0] - 5, 1)) for y in _years(expression, context)]
    return _pick(readings, f"XXXX-H{number[0]}", expression, context)


def read_season(expression: Expression, context: Context) -> Reading | None:
    """Read a season: `this summer` is this year's, `last summer` the last that has ended."""
    seasons = expression.values("season")
    if not seasons:
        return None
    month, base = SEASONS[seasons[0]], context.base
    readings = [season_of(date(year, month, 1)) for year in _years(expression, context)]
    steps = expression.values("direction")
    if base and len(readings) > 1 and steps:
        if steps[-1] < 0:
            readings = [r for r in readings if r.latest and r.latest < base][-1:]
        elif steps[-1] > 0:
            readings = [r for r in readings if r.earliest and r.earliest > base][:1]
        else:
            year = base.year - (month == 12 and base.month < 6)
            readings = [season_of(date(year, month, 1))] if year >= MINYEAR else []
    return _pick(readings, f"XXXX-{seasons[0]}", expression, context)


def _figure_beside(letter: str, expression: Expression) -> list[int]:
    figures = rf"(?<![^\W\d_])(?:{letter}([1-4])(?!\d)|(?<!\d)([1-4]){letter})(?![^\W\d_])"
    return [int(found[1] or found[2]) for found in re.finditer(figures, expression.text)][:1]


def _told_year(expression: Expression, context: Context) -> int | None:
    """Return the year that the words give: `2024`, or as in Q3'24."""
    if figures := expression.figures(_YEAR):
        return figures[-1]
    short = re.search(r"['’](\d\d)$", expression.text)
    return full_year(int(short[1]), context.base) if short else None


def _years(expression: Expression, context: Context) -> Iterator[int]:
    """Yield the year that the words give, or the years around the base."""
    told = _told_year(expression, context)
    if told is not None:
        yield told
    elif context.base:
        steps = expression.values("direction")
        by = (steps[-1] if steps else 0) if "year" in expression.words else None
        around = (-2, -1, 0, 1, 2) if by is None else (by,)
        years = (context.base.year + step for step in around)
        yield from (year for year in years if MINYEAR <= year <= MAXYEAR)


def _pick(
    readings: list[Reading], form: str, expression: Expression, context: Context
) -> Reading | None:
    if _told_year(expression, context) is not None:
        return readings[0]
    if context.base is None:
        return unresolved(form)
    whole = expression.sets["read"] == "quarter"
    running = [r for r in readings if whole and _holds(r, context.base)]
    readings = running or readings  # nobody tells in a fourth quarter of that of a year ago
    found = (
        readings[0]
        if len(readings) == 1
        else choose(readings, context.base, context.tense, whole=whole)
    )
    return replace(found, anchor=context.anchor) if found else None


def _holds(reading: Reading, day: date) -> bool:
    return bool(reading.earliest and reading.latest and reading.earliest <= day <= reading.latest)


def read_decade(expression: Expression, context: Context) -> Reading | None:
    """Read a decade: `the 1990s`; `the nineties` and `the '90s` are those of the last century.

    `The 1800s` are the whole century; the 2000s are their first ten years.
    """
    years = expression.figures(r"[12]\d{3}")
    if years and years[0] % 100 == 0 and years[0] < 2000:
        return century_of(date(years[0], 1, 1))
    short = [1900 + figure for figure in expression.figures(r"\d0")]
    since = 1800 if "eighteen" in expression.words else 1900
    named = [since + figure for figure in expression.values("decade_name")]
    found = years or short or named
    return decade_of(date(found[0], 1, 1)) if found else None


def read_century(expression: Expression, context: Context) -> Reading | None:
    """Read a century: the 19th is the years 1800 to 1899, and its value `18`."""
    numbers = expression.values("ordinal") or expression.figures(r"\d{1,2}(?=st|nd|rd|th)")
    return century_of(date(100 * numbers[0] - 50, 1, 1)) if numbers else None
