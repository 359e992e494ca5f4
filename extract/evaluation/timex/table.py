"""Scores of time expressions as Markdown tables that also read well in a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from extract.evaluation.scores import Score
from extract.evaluation.table import HEADER, to_cells, to_markdown
from extract.evaluation.timex.marks import TYPES, MarkedTimex
from extract.evaluation.timex.results import (
    JudgedPhrase,
    PhraseEvaluation,
    TimexError,
    TimexEvaluation,
)
from extract.evaluation.timex.scores import ALL, CAUSES, WITH_VALUE
from extract.report import to_line

_TITLES = {ALL: "All types", "DATE": "DATE only", WITH_VALUE: "The dates that carry a value"}


def to_timex_tables(evaluation: TimexEvaluation | PhraseEvaluation, *, errors: int = 0) -> str:
    """Return the tables of an evaluation, with up to `errors` examples of each cause of error."""
    if isinstance(evaluation, PhraseEvaluation):
        tables = [_phrase_table(evaluation.phrases)]
        tables += [_phrase_errors(evaluation.phrases, errors)] if errors else []
    else:
        tables = [*_score_tables(evaluation.scores)]
        tables += _error_tables(evaluation.errors, errors) if errors else []
    return "\n".join(tables)


def _score_tables(views: Mapping[str, Mapping[str, Score]]) -> Iterator[str]:
    for view, title in _TITLES.items():
        rows = [(measure, *to_cells(score)) for measure, score in views.get(view, {}).items()]
        yield f"{title}\n\n{to_markdown(HEADER, rows)}"
    header = ("type", "gold", "predicted", "strict F1", "relaxed F1", "value F1")
    rows = [(type, *_type_cells(views[type])) for type in TYPES if type in views]
    yield f"Each type alone\n\n{to_markdown(header, rows)}"


def _type_cells(scores: Mapping[str, Score]) -> list[str]:
    relaxed = scores["relaxed"]
    f1s = (scores[measure].f1 for measure in ("strict", "relaxed", "value"))
    predicted = relaxed.tp + relaxed.fp
    if not relaxed.support + predicted:
        return ["0", "0", "-", "-", "-"]
    return [str(relaxed.support), str(predicted), *(f"{f1:.3f}" for f1 in f1s)]


def _error_tables(errors: Sequence[TimexError], most: int) -> Iterator[str]:
    counts = Counter(cause for error in errors for cause in error.causes)
    rows = [(cause, str(counts[cause])) for cause in CAUSES]
    yield f"Errors by cause, over all types\n\n{to_markdown(('cause', 'count'), rows)}"
    header = ("cause", "gold", "predicted", "text", "document")
    examples = [
        (cause, _show(error.gold), _show(error.predicted), _cell(error.context), error.document)
        for cause in CAUSES
        for error in [error for error in errors if cause in error.causes][:most]
    ]
    yield to_markdown(header, examples)


def _show(timex: MarkedTimex | None) -> str:
    if timex is None:
        return "-"
    return _cell(f"{timex.mark.text} = {timex.type} {timex.value or '(no value)'}")


def _cell(text: str) -> str:
    return to_line(text).strip().replace("|", "\\|")


def _phrase_table(phrases: Sequence[JudgedPhrase]) -> str:
    """Return one row a category, those in scope first; the sum is of those in scope."""
    ordered = sorted(phrases, key=_category)
    groups = [(key, list(group)) for key, group in groupby(ordered, key=_category)]
    rows = [_phrase_row(name, group, out_of_scope=out) for (out, name), group in groups]
    inside = [judged for judged in phrases if judged.phrase.in_scope]
    rows.append(_phrase_row("all in scope", inside, out_of_scope=False))
    return to_markdown(("category", "phrases", "found", "right", "accuracy", "scope"), rows)


def _category(judged: JudgedPhrase) -> tuple[bool, str]:
    return not judged.phrase.in_scope, judged.phrase.category


def _phrase_row(name: str, group: Sequence[JudgedPhrase], *, out_of_scope: bool) -> tuple[str, ...]:
    found = sum(judged.predicted is not None for judged in group)
    right = sum(judged.right for judged in group)
    share = f"{right / len(group):.3f}" if group else "-"
    scope = "out: no date" if out_of_scope else "in"
    return name, str(len(group)), str(found), str(right), share, scope


def _phrase_errors(phrases: Sequence[JudgedPhrase], most: int) -> str:
    """Return up to `most` wrong phrases of each category in scope."""
    wrong = [judged for judged in phrases if judged.phrase.in_scope and not judged.right]
    rows = [
        (category, *_phrase_cells(judged))
        for (_, category), group in groupby(sorted(wrong, key=_category), key=_category)
        for judged in list(group)[:most]
    ]
    return to_markdown(("category", "phrase", "date", "right", "predicted", "document"), rows)


def _phrase_cells(judged: JudgedPhrase) -> tuple[str, ...]:
    phrase, predicted = judged.phrase, judged.predicted
    right = [*sorted(phrase.values), *(f"{a}..{b}" for a, b in sorted(phrase.intervals, key=str))]
    found = f"{predicted.value} ({predicted.mark.text})" if predicted else "-"
    cells = (phrase.mark.text, phrase.dct or "-", ", ".join(right), found, phrase.document)
    return tuple(map(_cell, cells))
