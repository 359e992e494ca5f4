"""Compare the names found with those of a peer on the held-out sets of the model card.

    python tests/benchmarks/names_peer.py --data DATA_FOLDER

One Markdown table on stdout, progress on stderr: F1 of strict spans, with the sets and the scorer
of `models/training/score.py`. The pipelines are scored with `pactwire_names` (as the records have
the names) and, for press_en, without. The peer is compromise (npm): people(), organizations() and
places(), a process a set.

The peer marks names by other rules than the gold. So that it is treated fairly, its names are
first brought to those of the gold: no punctuation round a name, no possessive, no `the` (but The
Hague), no title before a person (the offices that this project knows, and courtesy titles); a title
alone is no name. The dot of a last abbreviation stays (`Corp.`), `Lagos, Nigeria` are two places,
`Washington, D.C.` is one. The peer has no label for buildings: one that it calls a place is wrong.
"""

import argparse
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import spacy
from pipeline_speed import NPM_FOLDER
from spacy.scorer import PRFScore
from speed.entrants import Entrant, fetch_compromise, find_pipelines

from extract.components.offices import office_words
from extract.evaluation.table import to_markdown

sys.path.append(str(Path(__file__).parents[2] / "models" / "training"))

from score import (
    MERGED,
    NER_SETS,
    Scores,
    add_facts,
    add_names,
    read_name_sets,
    score_names,
    to_name_facts,
)

Name = tuple[int, int, str]  # start and end in code points, label
Records = Sequence[Mapping[str, Any]]
Scorer = Callable[[Records], Scores]

RUNNER = Path(__file__).parent / "peers" / "compromise_spans.mjs"
LABELS = {"people": "PERSON", "organizations": "ORG", "places": "GPE"}  # GPE: scored merged only
GROUPS = {"PERSON": ("PERSON",), "ORG": ("ORG",), "all": ()} | MERGED  # the scorer asks for all
MEASURES = ("PERSON", "ORG", *MERGED)

_COURTESY = re.compile(
    "m(?:rs?|s|iss|x|essrs)|sir|dame|dr|prof(?:essor)?|rev|hon|honou?rable|gen|lt|col|maj|capt"
    "|sgt|adm|amb|sens|reps|pm|fm"
)
_LEADING = re.compile(r"^\W*(?:the\s+(?!hague\b))?\W*", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s)?[^\w.]*$", re.IGNORECASE)
_WORD = re.compile(r"[^\s-]+[\s-]*")
_PLACE = re.compile(r"(?:[^,]|,\s*(?=D\.?C\b))+")
_LOG = logging.getLogger(__name__)


def to_code_points(text: str, units: int) -> int:
    """Return the offset in code points of one in UTF-16 units, which is what JavaScript counts."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))


def to_names(text: str, found: Iterable[Mapping[str, Any]]) -> Iterator[Name]:
    """Yield what the peer found in a text as the gold would mark it; see the top of this file."""
    for each in found:
        start, end = (to_code_points(text, each[key]) for key in ("start", "end"))
        if text[start:end] != each["text"]:
            raise ValueError(f"the peer's {each['kind']} are not at {start} to {end}")
        label = LABELS[each["kind"]]
        for piece_start, piece_end in _split(text, start, end, label):
            trimmed = trim_name(text, piece_start, piece_end, label)
            if trimmed:
                yield *trimmed, label


def _split(text: str, start: int, end: int, label: str) -> list[tuple[int, int]]:
    if label != "GPE":
        return [(start, end)]
    return [piece.span() for piece in _PLACE.finditer(text, start, end)]


def trim_name(text: str, start: int, end: int, label: str) -> tuple[int, int] | None:
    """Return the name without what the gold leaves out of names; None where nothing is left."""
    name = text[start:end]
    end = start + _TRAILING.search(name).start()
    start += _LEADING.match(name).end()
    if label == "PERSON":
        words = _WORD.finditer(text, start, end)
        start = next((w.start() for w in words if not _is_title(w[0])), end)
    return (start, end) if start < end else None


def _is_title(word: str) -> bool:
    bare = word.strip(" \t\n-.,").lower()
    return bare in _offices() or _COURTESY.fullmatch(bare) is not None


@cache
def _offices() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in office_words())


def score_peer(entrant: Entrant, records: Records) -> Scores:
    """Return the scores of the peer, which reads all texts in one process."""
    records = [record for record in records if record.get("entities") is not None]
    texts = [record["text"] for record in records]
    scores: Scores = {}
    for record, names in zip(records, find_names(entrant, texts), strict=True):
        gold = ((e["start"], e["end"], e["label"]) for e in record["entities"])
        add_facts(scores, to_name_facts(gold, GROUPS), to_name_facts(names, GROUPS))
    return scores


def find_names(entrant: Entrant, texts: Sequence[str]) -> Iterator[list[Name]]:
    """Yield the names that the peer finds in each text."""
    node, _, folder = entrant.command
    ended = subprocess.run(
        (node, str(RUNNER), folder),
        input="".join(json.dumps(text) + "\n" for text in texts),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        raise SystemExit(
            f"Error: {RUNNER.name} ended with {ended.returncode}; its message is above"
        )
    answers = ended.stdout.removesuffix("\n").split("\n") if texts else []
    for text, answer in zip(texts, answers, strict=True):
        yield list(to_names(text, json.loads(answer)))


def list_contestants(*, npm: bool) -> Iterator[tuple[str, Scorer]]:
    """Yield the heading and the scorer of each contestant, its model loaded when it is its turn.

    The peer comes first: it is the quickest, and all else waits for nothing if it fails.
    """
    for entrant in fetch_compromise(NPM_FOLDER) if npm else []:
        yield entrant.label.partition(":")[0], partial(score_peer, entrant)
    for name, place in find_pipelines(["press_en", "press_en_fast"]).items():
        yield f"{name} in the records", partial(score_names, add_names(place))
        if name == "press_en":
            yield f"{name} alone", partial(score_names, spacy.load(place))


def to_rows(
    sets: Iterable[str], columns: Sequence[Mapping[str, Scores]]
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each measure of each set, the number of gold names last."""
    for name in sets:
        for measure in MEASURES:
            scores = [column[name].get(measure, PRFScore()) for column in columns]
            figures = (f"{100 * score.fscore:.1f}" for score in scores)
            yield Path(name).stem, measure, *figures, str(scores[0].tp + scores[0].fn)


def main() -> None:
    """Score every contestant on every set and print the table."""
    arguments = _parse()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    missing = [name for name in NER_SETS if not (arguments.data / name).is_file()]
    if missing:
        sys.exit(f"Error: {arguments.data} lacks {', '.join(missing)}; give the data folder")
    sets = dict(read_name_sets(arguments.data))
    columns: dict[str, dict[str, Scores]] = {}
    for label, score in list_contestants(npm=arguments.npm):
        columns[label] = {}
        for name, records in sets.items():
            columns[label][name] = score(records)
            _LOG.info("%s: %s: %d texts", label, name, len(records))
    if not columns:
        sys.exit("Error: no contestant; every one was left out, for the reasons above")
    labels = sorted(columns, key=lambda label: not label.startswith("press_en"))  # ours, then peers
    rows = list(to_rows(sets, [columns[label] for label in labels]))
    print(to_markdown(("set", "strict span F1", *labels, "support"), rows))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--npm", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
