"""Score dateparser's own search for dates beside ours, on TIMEX3 gold.

    python tests/benchmarks/dates_peer.py GOLD [GOLD ...]

GOLD is TimeML or JSONL, as for `pactwire evaluate --dates`. dateparser gives a moment for each
phrase, never how exact it is: its value is the day, so `May 2015` can never be right by value.
Both are told the day of publication. A table on stdout.
"""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dateparser.search import search_dates

from extract import load
from extract.evaluation.gold import Mark
from extract.evaluation.table import to_markdown
from extract.evaluation.timex import TimexEvaluation, evaluate_timexes, read_timex_gold
from extract.evaluation.timex.gold import TimexGold
from extract.evaluation.timex.marks import MarkedTimex, TimexDocument
from extract.evaluation.timex.predict import predict_timexes
from extract.evaluation.timex.scores import ALL, WITH_VALUE

HEADER = (
    "gold",
    "finder",
    "strict F1",
    "relaxed F1",
    "value F1",
    "dates: relaxed",
    "dates: value",
)


def search(document: TimexDocument) -> TimexDocument:
    """Return what dateparser finds in a text, at the first place that each phrase may have."""
    base = datetime.fromisoformat(document.dct[:10]) if document.dct else None
    settings = {"TIMEZONE": "UTC", **({"RELATIVE_BASE": base} if base else {})}
    found = search_dates(document.text, languages=["en"], settings=settings) or []
    return TimexDocument(document.id, document.sha256, tuple(_place(document.text, found)))


def _place(text: str, found: list[tuple[str, datetime]]) -> Iterator[MarkedTimex]:
    end = 0
    for phrase, moment in found:
        start = text.find(phrase, end)
        if start >= 0:
            end = start + len(phrase)
            yield MarkedTimex(Mark(start, end, phrase), "DATE", moment.date().isoformat())


def to_row(name: str, finder: str, scores: TimexEvaluation) -> tuple[str, ...]:
    """Return the row of a finder on a gold set."""
    whole, dates = scores.scores[ALL], scores.scores[WITH_VALUE]
    f1s = [whole["strict"], whole["relaxed"], whole["value"], dates["relaxed"], dates["value"]]
    return (name, finder, *(f"{score.f1:.3f}" for score in f1s))


def score(gold: TimexGold, finder: str) -> TimexEvaluation:
    """Return the scores of a finder."""
    if finder == "pactwire":
        found = list(predict_timexes(gold, load()))
    else:
        found = [search(document) for document in gold.documents]
    evaluation = evaluate_timexes(gold, found, resamples=1)
    if not isinstance(evaluation, TimexEvaluation):
        raise SystemExit("give documents with their time expressions, not phrases")
    return evaluation


def main() -> None:
    """Score both on each gold set, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    rows = [
        to_row(path.stem, finder, score(read_timex_gold(path), finder))
        for path in parser.parse_args().gold
        for finder in ("pactwire", "dateparser")
    ]
    print(to_markdown(HEADER, rows))


if __name__ == "__main__":
    main()
