"""Days that have a name: Christmas, Easter Monday, Thanksgiving, Ramadan.

`models/rules/dates/holidays.yaml` lists them, each with the form that `almanac.py` reads. Names
are compared by their letters and figures alone: `Eid al-Fitr` is `eid al fitr`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from extract.components.dates.almanac import find_holiday
from extract.components.dates.periods import Reading, unresolved
from extract.components.dates.words import Context, Expression, choose, lexicon

_YEAR = r"(?:19|20)\d\d"
_AROUND = range(-2, 3)
_JOINTS = frozenset({"of", "in", "the"})


def read_holiday(expression: Expression, context: Context) -> Reading | None:
    """Read a holiday: of the year beside it, else the last or the next by the tense."""
    form = _find_form(expression)
    if form is None:
        return None
    if years := expression.figures(_YEAR):
        return _first_of(find_holiday(form, years[0]))
    if context.base is None:
        return unresolved(f"XXXX-{form}" if re.fullmatch(r"\d\d-\d\d", form) else "XXXX-XX-XX")
    found = _choose(form, expression, context)
    return replace(found, anchor=context.anchor) if found else None


def _find_form(expression: Expression) -> str | None:
    words = expression.words[:-1] if "year" in expression.sets else expression.words
    kept = [w for w in words if w not in lexicon("direction") and not re.fullmatch(_YEAR, w)]
    name = _fold(" ".join(kept))
    return _forms().get(name) or _forms().get(name.removesuffix("day"))


@cache
def _forms() -> Mapping[str, str]:
    return {_fold(name): form for name, form in lexicon("holiday", "dates/holidays").items()}


def _fold(name: str) -> str:
    """Return the letters of a name, without the words that may stand in it or not."""
    return re.sub(r"[\W_]+", "", " ".join(w for w in name.split() if w not in _JOINTS))


def _first_of(readings: tuple[Reading, ...]) -> Reading | None:
    """Return the first of a year; one that comes in it again is an alternative."""
    if not readings:
        return None
    others = tuple((other.value, "came again in that year") for other in readings[1:])
    return replace(readings[0], alternatives=others)


def _choose(form: str, expression: Expression, context: Context) -> Reading | None:
    base, steps = context.base, expression.values("direction")
    if base is None:
        return None
    if steps and (steps[-1] == 0 or "year" in expression.sets):
        return _first_of(find_holiday(form, base.year + steps[-1]))
    readings = [r for step in _AROUND for r in find_holiday(form, base.year + step)]
    if steps and steps[-1] < 0:
        return next((r for r in reversed(readings) if r.latest and r.latest < base), None)
    if steps:
        return next((r for r in readings if r.earliest and r.earliest > base), None)
    return choose(readings, base, context.tense)
