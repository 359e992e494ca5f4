"""Which predicted agreement stands for which gold one.

One to one, by the assignment that maximises the summed similarity (ANNOTATION.md, Scoring).
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from extract.errors import PactwireError
from extract.evaluation.gold import Mark, MarkedAgreement, MarkedName

Pair = tuple[MarkedAgreement | None, MarkedAgreement | None]

_Item = TypeVar("_Item")
_ARTICLE = re.compile("(the|an|a) ")


def align(gold: Sequence[MarkedAgreement], predicted: Sequence[MarkedAgreement]) -> list[Pair]:
    """Return (gold, predicted) pairs: gold in text order, None where missed, then the spurious.

    The order in which the agreements are given changes nothing; equal similarity goes to the
    earlier trigger.

    Raises:
        PactwireError: scipy is not installed.
    """
    gold, predicted = sorted(gold, key=_order), sorted(predicted, key=_order)
    similarity = [[_similarity(g, p) for p in predicted] for g in gold]
    chosen = dict(assign(np.array(similarity, dtype=float).reshape(len(gold), len(predicted))))
    aligned = set(chosen.values())
    pairs: list[Pair] = [
        (g, predicted[chosen[row]] if row in chosen else None) for row, g in enumerate(gold)
    ]
    return pairs + [(None, p) for column, p in enumerate(predicted) if column not in aligned]


def count_matches(
    gold: Sequence[_Item], predicted: Sequence[_Item], same: Callable[[_Item, _Item], bool]
) -> int:
    """Return how many gold items can be paired off one to one with predicted ones."""
    table = [[float(same(g, p)) for p in predicted] for g in gold]
    return len(assign(np.array(table, dtype=float).reshape(len(gold), len(predicted))))


def same_party(gold: MarkedName, predicted: MarkedName) -> bool:
    """Tell whether the predicted name is the text of a gold mention, or a span is one."""
    if _fold(predicted.name) in {_fold(mention.text) for mention in gold.mentions}:
        return True
    return any(g.same_place(p) for g in gold.mentions for p in predicted.mentions)


def same_person(gold: MarkedName, predicted: MarkedName) -> bool:
    """Tell whether a mention of one overlaps a mention of the other."""
    return any(g.overlaps(p) for g in gold.mentions for p in predicted.mentions)


def _similarity(gold: MarkedAgreement, predicted: MarkedAgreement) -> float:
    """Return 1 for a trigger overlap plus the F1 of the party sets; 0 where both may not align."""
    shared = count_matches(gold.parties, predicted.parties, same_party)
    together = len(gold.parties) + len(predicted.parties)
    party_f1 = 2 * shared / together if together else 0.0
    if any(g.overlaps(p) for g in gold.triggers for p in predicted.triggers):
        return 1 + party_f1
    if any(sentence.holds(t) for sentence in predicted.evidence for t in gold.triggers):
        return party_f1
    return 0.0


def assign(similarity: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of the best assignment, without those of similarity zero."""
    if not similarity.any():
        return []
    rows, columns = _solver()(similarity, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if similarity[row, column] > 0]


def _solver() -> Callable[..., Any]:
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise PactwireError(
            "scoring needs scipy, which is not installed: pip install 'pactwire[evaluate]'"
        ) from error
    solver: Callable[..., Any] = linear_sum_assignment
    return solver


def _fold(text: str) -> str:
    """Return a name case-folded, its blanks evened out, without a leading article."""
    folded = " ".join(text.casefold().split())
    article = _ARTICLE.match(folded)
    return folded[article.end() :] if article else folded


def _order(agreement: MarkedAgreement) -> tuple[Any, ...]:
    """Return a key that depends on what is marked, not on the order in which it was listed."""
    date = agreement.date
    return (
        sorted(agreement.triggers),
        _names(agreement.parties),
        agreement.kind,
        agreement.status,
        (date.value, date.mention) if date else ("",),
        _names(agreement.signatories),
        _optional(agreement.place),
        _optional(agreement.topic),
        sorted(agreement.evidence),
    )


def _names(names: Sequence[MarkedName]) -> list[tuple[str, list[Mark]]]:
    return sorted((named.name, sorted(named.mentions)) for named in names)


def _optional(mark: Mark | None) -> tuple[Mark, ...]:
    return (mark,) if mark else ()
