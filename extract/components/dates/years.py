"""Readers of years that stand alone: in figures, fiscal ones, and those before Christ."""

from dataclasses import replace
from datetime import date

from extract.components.dates.periods import Reading, make_day, move, unresolved, year_of
from extract.components.dates.words import Context, Expression


def read_year(expression: Expression, context: Context) -> Reading | None:
    """Read a year in figures."""
    years = expression.figures(r"\d{2,4}")
    return year_of(date(years[-1], 1, 1)) if years and years[-1] else None


def read_fiscal_year(expression: Expression, context: Context) -> Reading | None:
    """Read a fiscal year: `FY2024`, which may begin in April of the year before.

    Its months differ from country to country: the days are those that any of them may hold.
    """
    years = expression.figures(r"\d{4}|\d{2}")
    if not years:
        steps = (
            [expression.sets["by"]] if "by" in expression.sets else expression.values("direction")
        )
        if context.base is None:
            return unresolved("FYXXXX")
        found = move(context.base, "year", steps[-1] if steps else 0)
        return replace(fiscal_year_of(found), anchor=context.anchor) if found else None
    year = years[-1] if years[-1] > 99 else full_year(years[-1], context.base)
    day = make_day(year, 1, 1)
    return fiscal_year_of(day) if day else None


def fiscal_year_of(day: date) -> Reading:
    """Return the fiscal years, of whatever country, that bear the number of the year of a day."""
    first, last = make_day(day.year - 1, 4, 1), make_day(day.year + 1, 3, 31)
    return Reading(f"FY{day.year:04}", first or date.min, last or date.max, "year")


def read_bc_year(expression: Expression, context: Context) -> Reading | None:
    """Read a year before Christ: `BC0508`; Python's calendar has no such days."""
    years = expression.figures(r"\d{1,5}")
    return Reading(f"BC{years[0]:04}", None, None, "year") if years else None


def full_year(year: int, base: date | None) -> int:
    """Return the year of two figures, at most twenty years after the base (without one: 2049)."""
    last = base.year + 20 if base else 2049
    return last - (last - year) % 100
