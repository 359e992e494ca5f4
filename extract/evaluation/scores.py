"""What is counted for a pair of agreements, and what the counts add up to.

A measure's counts are (true positives, false positives, false negatives). All are counted pair
by pair, a missed or a spurious agreement being a pair with nothing on one side.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, eq
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from extract.evaluation.align import Pair, count_matches, same_party, same_person
from extract.evaluation.gold import Mark, MarkedAgreement, MarkedName

Counts = npt.NDArray[np.int64]
Cause = Literal["missed", "spurious", "wrong_party", "wrong_status", "wrong_kind", "wrong_date"]

_Slot = TypeVar("_Slot")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's counts, with the bounds of the 95 % interval of its F1.

    A share of nothing is 0.0, as in scikit-learn; `tp + fp + fn == 0` tells it from a failure.
    """

    tp: int
    fp: int
    fn: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        """The share of the predicted that is right."""
        return self.tp / max(self.tp + self.fp, 1)

    @property
    def recall(self) -> float:
        """The share of the gold that is found."""
        return self.tp / max(self.support, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.tp / max(2 * self.tp + self.fp + self.fn, 1)

    @property
    def support(self) -> int:
        """How many the gold has."""
        return self.tp + self.fn

    def to_dict(self) -> dict[str, float | int]:
        """Return the figures by name, shares to four decimals."""
        shares = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "low": self.low,
            "high": self.high,
        }
        counts = {"tp": self.tp, "fp": self.fp, "fn": self.fn, "support": self.support}
        return {name: round(share, 4) for name, share in shares.items()} | counts


def _count_slot(
    gold: MarkedAgreement | None,
    predicted: MarkedAgreement | None,
    *,
    get: Callable[[MarkedAgreement], _Slot | None],
    same: Callable[[_Slot, _Slot], bool],
) -> tuple[int, int, int]:
    """Count a slot that holds one thing or nothing: what is filled is right or false."""
    wanted = get(gold) if gold else None
    found = get(predicted) if predicted else None
    if wanted is not None and found is not None and same(wanted, found):
        return 1, 0, 0
    return 0, int(found is not None), int(wanted is not None)


def _count_names(
    gold: MarkedAgreement | None,
    predicted: MarkedAgreement | None,
    *,
    get: Callable[[MarkedAgreement], Sequence[MarkedName]],
    same: Callable[[MarkedName, MarkedName], bool],
) -> tuple[int, int, int]:
    """Count a list of names, matched one to one."""
    wanted = get(gold) if gold else ()
    found = get(predicted) if predicted else ()
    right = count_matches(wanted, found, same)
    return right, len(found) - right, len(wanted) - right


def _whole(agreement: MarkedAgreement) -> MarkedAgreement:
    return agreement


def _is_aligned(gold: MarkedAgreement, predicted: MarkedAgreement) -> bool:
    return True


def _same_parties(gold: MarkedAgreement, predicted: MarkedAgreement) -> bool:
    """Tell whether every party of one is a party of the other."""
    right = count_matches(gold.parties, predicted.parties, same_party)
    return right == len(gold.parties) == len(predicted.parties)


def _same_record(gold: MarkedAgreement, predicted: MarkedAgreement) -> bool:
    return (
        _same_parties(gold, predicted)
        and gold.status == predicted.status
        and gold.date == predicted.date
    )


def _share_half(gold: Mark, predicted: Mark) -> bool:
    """Tell whether both have at least half of the words of the longer one in common."""
    wanted, found = _words(gold), _words(predicted)
    longer = max(len(wanted), len(found))
    return longer > 0 and 2 * len(wanted & found) >= longer


def _words(mark: Mark) -> set[tuple[int, int]]:
    matches = _WORD.finditer(mark.text)
    return {(mark.start + match.start(), mark.start + match.end()) for match in matches}


_COUNTERS: Mapping[str, Callable[..., tuple[int, int, int]]] = {
    "detection": partial(_count_slot, get=_whole, same=_is_aligned),
    "party": partial(_count_names, get=attrgetter("parties"), same=same_party),
    "status": partial(_count_slot, get=attrgetter("status"), same=eq),
    "kind": partial(_count_slot, get=attrgetter("kind"), same=eq),
    "date": partial(_count_slot, get=attrgetter("date"), same=eq),
    "signatory": partial(_count_names, get=attrgetter("signatories"), same=same_person),
    "place": partial(_count_slot, get=attrgetter("place"), same=Mark.overlaps),
    "topic": partial(_count_slot, get=attrgetter("topic"), same=_share_half),
    "record": partial(_count_slot, get=_whole, same=_same_record),
}
MEASURES = tuple(_COUNTERS)


def count_pairs(pairs: Sequence[Pair]) -> Counts:
    """Return a document's counts: a row a measure, in the order of `MEASURES`."""
    total = np.zeros((len(MEASURES), 3), dtype=np.int64)
    for gold, predicted in pairs:
        total += [count(gold, predicted) for count in _COUNTERS.values()]
    return total


def find_causes(gold: MarkedAgreement | None, predicted: MarkedAgreement | None) -> list[Cause]:
    """Return what is wrong with a pair: nothing where parties, status, kind and date are right."""
    if gold is None or predicted is None:
        return ["missed" if predicted is None else "spurious"]
    checks: dict[Cause, bool] = {
        "wrong_party": _same_parties(gold, predicted),
        "wrong_status": gold.status == predicted.status,
        "wrong_kind": gold.kind == predicted.kind,
        "wrong_date": gold.date == predicted.date,
    }
    return [cause for cause, right in checks.items() if not right]


def sum_up(
    counts: Sequence[Counts], *, resamples: int, seed: int, measures: Sequence[str] = MEASURES
) -> dict[str, Score]:
    """Return the score of each measure over documents, given in an order of their own (by id).

    The interval is the percentile bootstrap over documents: as many are drawn with replacement
    as there are, `resamples` times; draws in which a measure has nothing to count are left out.
    """
    table = np.stack(counts) if counts else np.zeros((0, len(measures), 3), dtype=np.int64)
    bounds = _bootstrap(table, resamples=resamples, seed=seed)
    totals = table.sum(axis=0).tolist()
    return {
        measure: Score(tp, fp, fn, low, high)
        for measure, (tp, fp, fn), (low, high) in zip(measures, totals, bounds, strict=True)
    }


def _bootstrap(table: Counts, *, resamples: int, seed: int) -> list[tuple[float, float]]:
    documents = len(table)
    if not documents or not resamples:
        return [(0.0, 0.0)] * table.shape[1]
    # How often each document is drawn says all that a resample of documents does.
    draws = np.random.default_rng(seed).multinomial(
        documents, np.full(documents, 1 / documents), size=resamples
    )
    sums = np.tensordot(draws, table, axes=1)  # resamples x measures x 3
    doubled = 2 * sums[..., 0]
    whole = doubled + sums[..., 1] + sums[..., 2]
    return [
        _percentiles(doubled[:, column][filled] / whole[:, column][filled])
        for column, filled in enumerate((whole > 0).T)
    ]


def _percentiles(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    if not values.size:
        return 0.0, 0.0
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
