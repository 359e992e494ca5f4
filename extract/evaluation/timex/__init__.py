"""How well predicted time expressions meet TIMEX3 gold.

gold, predictions → documents in one shape → pairs → counts → scores and errors.
"""

from collections.abc import Iterable

from extract.evaluation.gold import Mark
from extract.evaluation.match import Matched, match_documents
from extract.evaluation.scores import sum_up
from extract.evaluation.timex.gold import TimexGold, read_timex_gold, read_timex_predictions
from extract.evaluation.timex.marks import MarkedTimex, TimexDocument
from extract.evaluation.timex.phrases import MarkedPhrase, choose_prediction
from extract.evaluation.timex.predict import predict_timexes
from extract.evaluation.timex.results import (
    JudgedPhrase,
    PhraseEvaluation,
    TimexError,
    TimexEvaluation,
)
from extract.evaluation.timex.scores import (
    ALL,
    MEASURES,
    Pair,
    count_pairs,
    find_causes,
    select_views,
)

__all__ = [
    "PhraseEvaluation",
    "TimexEvaluation",
    "TimexGold",
    "evaluate_timexes",
    "predict_timexes",
    "read_timex_gold",
    "read_timex_predictions",
]

_AROUND = 30  # characters of context on each side of an error


def evaluate_timexes(
    gold: TimexGold,
    predicted: Iterable[TimexDocument],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> TimexEvaluation | PhraseEvaluation:
    """Score predictions against the gold, document by document, matched by id.

    The order of documents and of what is marked in them changes nothing. The intervals come from
    `resamples` bootstrap draws over documents.

    Raises:
        GoldError: two documents share an id, or a prediction was made from another text.
        PactwireError: scipy, of the extra `evaluate`, is not installed.
    """
    matched = match_documents(gold.documents, predicted)
    if gold.phrases is not None:
        return _judge(matched, gold.phrases)
    views = [
        select_views(document.timexes, found.timexes if found else ())
        for document, found in matched.pairs
    ]
    scores = {
        view: sum_up(
            [count_pairs(of_document[view]) for of_document in views],
            resamples=resamples,
            seed=seed,
            measures=MEASURES,
        )
        for view in (views[0] if views else ())
    }
    errors = [
        error
        for (document, _), of_document in zip(matched.pairs, views, strict=True)
        for pair in of_document[ALL]
        if (error := _describe(document, pair)).causes
    ]
    return TimexEvaluation(
        len(matched.pairs), matched.missing, matched.ignored, scores, tuple(errors)
    )


def _describe(document: TimexDocument, pair: Pair) -> TimexError:
    gold, predicted = pair
    context = _around(document.text, [timex.mark for timex in pair if timex])
    return TimexError(document.id, gold, predicted, tuple(find_causes(gold, predicted)), context)


def _around(text: str, marks: list[Mark]) -> str:
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    return text[max(0, first - _AROUND) : last + _AROUND]


def _judge(matched: Matched[TimexDocument], phrases: Iterable[MarkedPhrase]) -> PhraseEvaluation:
    found = {document.id: hit.timexes if hit else () for document, hit in matched.pairs}
    return PhraseEvaluation(
        len(matched.pairs),
        matched.missing,
        matched.ignored,
        tuple(_judge_phrase(phrase, found[phrase.document]) for phrase in phrases),
    )


def _judge_phrase(phrase: MarkedPhrase, found: tuple[MarkedTimex, ...]) -> JudgedPhrase:
    predicted = choose_prediction(phrase, found)
    return JudgedPhrase(phrase, predicted, phrase.is_right(predicted))
