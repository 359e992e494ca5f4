"""What comes out of scoring time expressions: figures, and the errors behind them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from extract.evaluation.scores import Score
from extract.evaluation.timex.marks import MarkedTimex
from extract.evaluation.timex.phrases import MarkedPhrase
from extract.evaluation.timex.scores import Cause


@dataclass(frozen=True, slots=True)
class TimexError:
    """A gold time expression beside the predicted one, one of which may be missing."""

    document: str
    gold: MarkedTimex | None
    predicted: MarkedTimex | None
    causes: tuple[Cause, ...]
    context: str


@dataclass(frozen=True, slots=True)
class TimexEvaluation:
    """The scores by view (all types, DATE, ..., DATE with a value) and measure, and the errors.

    `missing` names the gold documents without a prediction (scored as empty predictions),
    `ignored` counts the predictions without a gold document.
    """

    documents: int
    missing: tuple[str, ...]
    ignored: int
    scores: Mapping[str, Mapping[str, Score]]
    errors: tuple[TimexError, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, its keys always in the same order."""
        return {
            "documents": self.documents,
            "missing": list(self.missing),
            "ignored": self.ignored,
            "scores": {
                view: {measure: score.to_dict() for measure, score in scores.items()}
                for view, scores in self.scores.items()
            },
            "errors": [asdict(error) for error in self.errors],
        }


@dataclass(frozen=True, slots=True)
class JudgedPhrase:
    """A phrase beside what was found in its place."""

    phrase: MarkedPhrase
    predicted: MarkedTimex | None
    right: bool

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "document": self.phrase.document,
            "text": self.phrase.mark.text,
            "category": self.phrase.category,
            "in_scope": self.phrase.in_scope,
            "values": sorted(self.phrase.values),
            "intervals": sorted(map(list, self.phrase.intervals), key=str),
            "predicted": self.predicted.value if self.predicted else None,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class PhraseEvaluation:
    """Every phrase with its judgement; `documents` are the texts in which they stand."""

    documents: int
    missing: tuple[str, ...]
    ignored: int
    phrases: tuple[JudgedPhrase, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, its keys always in the same order."""
        return {
            "documents": self.documents,
            "missing": list(self.missing),
            "ignored": self.ignored,
            "phrases": [phrase.to_dict() for phrase in self.phrases],
        }
