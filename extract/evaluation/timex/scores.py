"""The scores of TempEval-3 for time expressions.

As UzZaman et al. define them (SemEval-2013 Task 1: TempEval-3, section 4.1) and their toolkit
counts them (`evaluate_entities.py`), over all documents together, S being the number of time
expressions that the system marks and G the number in the gold:

    strict    a pair with the same first and last character
    relaxed   a pair with at least one character in common
    type      a relaxed pair with the same type
    value     a relaxed pair with the same value, character by character

Precision is right / S, recall right / G, F1 = 2PR / (P + R). An attribute's F1 is therefore the
relaxed F1 times the attribute's accuracy over the relaxed pairs. Pairs are one to one: as many as
can be, then those that share most of their characters. Where a gold expression has no value (which
TimeML forbids, and GUM has), nothing predicted is right.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from extract.evaluation.align import assign
from extract.evaluation.gold import Mark
from extract.evaluation.scores import Counts
from extract.evaluation.timex.marks import TYPES, MarkedTimex

Pair = tuple[MarkedTimex | None, MarkedTimex | None]
Cause = Literal["missed", "spurious", "wrong span", "wrong type", "wrong value"]
Timexes = Sequence[MarkedTimex]

ALL, WITH_VALUE = "all types", "DATE with a value"
_PART_OF_DAY = re.compile(r"([\dX]{4}-[\dX]{2}-[\dX]{2})T(?:MO|MI|AF|EV|NI|DT)")
CAUSES: tuple[Cause, ...] = ("missed", "spurious", "wrong span", "wrong type", "wrong value")


def pair_timexes(gold: Timexes, predicted: Timexes) -> list[Pair]:
    """Return (gold, predicted) pairs: gold in text order, None where missed, then the spurious."""
    gold, predicted = sorted(gold, key=_place), sorted(predicted, key=_place)
    # A pair weighs 1, and all that the pairs share of their characters together less than 1.
    share = 1 + min(len(gold), len(predicted))
    weights = [[_weigh(g.mark, p.mark, share) for p in predicted] for g in gold]
    chosen = dict(assign(np.array(weights, dtype=float).reshape(len(gold), len(predicted))))
    taken = set(chosen.values())
    pairs: list[Pair] = [
        (g, predicted[chosen[row]] if row in chosen else None) for row, g in enumerate(gold)
    ]
    return pairs + [(None, p) for column, p in enumerate(predicted) if column not in taken]


def _weigh(gold: Mark, predicted: Mark, share: int) -> float:
    if not gold.overlaps(predicted):
        return 0.0
    common = min(gold.end, predicted.end) - max(gold.start, predicted.start)
    together = max(gold.end, predicted.end) - min(gold.start, predicted.start)
    return 1 + common / together / share


def _place(timex: MarkedTimex) -> tuple[Mark, str, str]:
    return timex.mark, timex.type, timex.value or ""


_RIGHT: dict[str, Callable[[MarkedTimex, MarkedTimex], bool]] = {
    "strict": lambda gold, found: gold.mark.same_place(found.mark),
    "relaxed": lambda gold, found: True,
    "type": lambda gold, found: gold.type == found.type,
    "value": lambda gold, found: gold.value is not None and gold.value == found.value,
}
MEASURES = tuple(_RIGHT)


def count_pairs(pairs: Sequence[Pair]) -> Counts:
    """Return a document's counts: a row a measure; a wrong pair is false on both sides."""
    both = [(g, p) for g, p in pairs if g is not None and p is not None]
    wanted = sum(g is not None for g, _ in pairs)
    found = sum(p is not None for _, p in pairs)
    right = [sum(is_right(g, p) for g, p in both) for is_right in _RIGHT.values()]
    return np.array([(n, found - n, wanted - n) for n in right], dtype=np.int64)


def _select_type(type: str, gold: Timexes, predicted: Timexes) -> list[Pair]:
    """Return the pairs among what both sides hold to be of a type."""
    return pair_timexes(
        [timex for timex in gold if timex.type == type],
        [timex for timex in predicted if timex.type == type],
    )


def _select_with_value(gold: Timexes, predicted: Timexes) -> list[Pair]:
    """Return the pairs of the dates that name days: those of the gold that carry such a value.

    `Thursday night` counts as its day, `recently` and `now` (`PAST_REF`) as no date, on both
    sides. What is predicted on a date without a value is neither right nor spurious.
    """
    unknown = [timex.mark for timex in gold if timex.type == "DATE" and timex.value is None]

    def counts(wanted: MarkedTimex | None, found: MarkedTimex | None) -> bool:
        if wanted is not None and wanted.value is not None:
            return True
        return found is not None and not any(mark.overlaps(found.mark) for mark in unknown)

    pairs = _select_type("DATE", _name_days(gold), _name_days(predicted))
    return [pair for pair in pairs if counts(*pair)]


def _name_days(timexes: Timexes) -> list[MarkedTimex]:
    days = [_to_day(timex) for timex in timexes]
    return [day for day in days if day.value is None or not day.value.endswith("_REF")]


def _to_day(timex: MarkedTimex) -> MarkedTimex:
    part = _PART_OF_DAY.fullmatch(timex.value or "") if timex.type == "TIME" else None
    return replace(timex, type="DATE", value=part[1]) if part else timex


def select_views(gold: Timexes, predicted: Timexes) -> dict[str, list[Pair]]:
    """Return the pairs of each table: all types, each type alone, the dates that carry a value."""
    return {
        ALL: pair_timexes(gold, predicted),
        **{type: _select_type(type, gold, predicted) for type in TYPES},
        WITH_VALUE: _select_with_value(gold, predicted),
    }


def find_causes(gold: MarkedTimex | None, predicted: MarkedTimex | None) -> list[Cause]:
    """Return what is wrong with a pair; a value is not judged where the gold has none."""
    if gold is None or predicted is None:
        return ["missed" if predicted is None else "spurious"]
    checks: dict[Cause, bool] = {
        "wrong span": gold.mark.same_place(predicted.mark),
        "wrong type": gold.type == predicted.type,
        "wrong value": gold.value in (None, predicted.value),
    }
    return [cause for cause, right in checks.items() if not right]
