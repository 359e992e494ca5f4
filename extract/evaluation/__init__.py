"""How well predicted agreements meet the gold, by the scoring of ANNOTATION.md.

gold, predictions → documents in one shape → aligned pairs → counts → scores and errors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from extract.evaluation.align import align
from extract.evaluation.gold import (
    MarkedAgreement,
    MarkedDocument,
    from_record,
    read_gold,
    read_predictions,
)
from extract.evaluation.match import match_documents
from extract.evaluation.scores import Cause, Score, count_pairs, find_causes, sum_up

__all__ = [
    "Comparison",
    "Evaluation",
    "evaluate",
    "from_record",
    "read_gold",
    "read_predictions",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A gold agreement beside the predicted one aligned with it; one of both may be missing."""

    document: str
    gold: MarkedAgreement | None
    predicted: MarkedAgreement | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all gold documents, and every pair behind them.

    `missing` names the gold documents without a prediction (scored as empty predictions),
    `ignored` counts the predictions without a gold document.
    """

    documents: int
    missing: tuple[str, ...]
    ignored: int
    scores: Mapping[str, Score]
    comparisons: tuple[Comparison, ...]

    @property
    def errors(self) -> tuple[Comparison, ...]:
        """The pairs with something wrong, by document id and place in the text."""
        return tuple(pair for pair in self.comparisons if pair.causes)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, its keys always in the same order."""
        return {
            "documents": self.documents,
            "missing": list(self.missing),
            "ignored": self.ignored,
            "scores": {measure: score.to_dict() for measure, score in self.scores.items()},
            "errors": [asdict(pair) for pair in self.errors],
        }


def evaluate(
    gold: Iterable[MarkedDocument],
    predicted: Iterable[MarkedDocument],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Score predictions against the gold, document by document, matched by id.

    The order of documents, agreements and parties changes nothing. The intervals come from
    `resamples` bootstrap draws over documents.

    Raises:
        GoldError: two documents share an id, or a prediction was made from another text.
        PactwireError: scipy, of the extra `evaluate`, is not installed.
    """
    matched = match_documents(gold, predicted)
    counts, comparisons = [], []
    for document, found in matched.pairs:
        pairs = align(document.agreements, found.agreements if found else ())
        counts.append(count_pairs(pairs))
        comparisons += [Comparison(document.id, g, p, tuple(find_causes(g, p))) for g, p in pairs]
    return Evaluation(
        documents=len(matched.pairs),
        missing=matched.missing,
        ignored=matched.ignored,
        scores=sum_up(counts, resamples=resamples, seed=seed),
        comparisons=tuple(comparisons),
    )
