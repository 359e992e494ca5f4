"""Texts with marked names for the encoder: read, joined to runs, varied for each epoch.

What was marked for this project on texts of the data folder is kept without the texts, in
`marked/newswire.jsonl`: which sentences or which stretch of a document, and where the names are.
"""

import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from corpora import LABELS, read_jsonl

BY_HAND = ("ner/press-entities.train.jsonl", "agreements/press-gold.train.jsonl")
SILVER = "ner/press-mix.train.jsonl"
TESTED = "agreements/press-gold.dev.jsonl"  # holds some sentences of the silver data
TELLING = 40  # characters; the same shorter text, `Thanks`, may stand anywhere
STAND_OFF = Path(__file__).parent / "marked" / "newswire.jsonl"
SINGLE_SENTENCES = {"gmb-clean", "uner-ewt", "wikigold"}
LONGEST_RUN = 6  # sentences
FARTHEST_NEIGHBOUR = 2  # cleaned sources have holes: sentence 7 may follow sentence 5
CAPITALS_SHARE, TITLES_SHARE = 0.03, 0.02
FOLDS = 5

Name = tuple[int, int, str]


@dataclass(frozen=True)
class Marked:
    """A text and the names in it as (start, end, label).

    `unsure` are spans that no label is learnt from. `starts` are the offsets of its sentences
    where they are known. `made_of` are the ids of the texts that it joins.
    """

    id: str
    source: str
    text: str
    names: tuple[Name, ...]
    unsure: tuple[tuple[int, int], ...] = ()
    starts: tuple[int, ...] | None = None
    made_of: tuple[str, ...] = ()


def read_marked(path: Path) -> Iterator[Marked]:
    """Yield the texts of a JSONL file that have an entity layer."""
    for record in read_jsonl(path):
        if record.get("entities") is None:
            continue
        source = record.get("source", "")
        names = tuple(
            (e["start"], e["end"], e["label"]) for e in record["entities"] if e["label"] in LABELS
        )
        starts = (0,) if source in SINGLE_SENTENCES else None
        yield Marked(record["id"], source, record["text"], names, starts=starts)


def read_by_hand(data: Path) -> list[Marked]:
    """Return the passages marked by hand, by our own guideline."""
    texts = [text for name in BY_HAND for text in read_marked(data / name)]
    return [*texts, *read_stand_off(STAND_OFF, data)]


def read_silver(data: Path, by_hand: Iterable[Marked]) -> list[Marked]:
    """Return the texts that programs marked, without those that are marked by hand.

    That is in the passages given, or in those that are reported on.
    """
    marked_again = {source for text in by_hand for source in text.made_of}
    tested = "\n".join(text.text for text in read_marked(data / TESTED))
    return [
        text
        for text in read_marked(data / SILVER)
        if text.id not in marked_again and (len(text.text) < TELLING or text.text not in tested)
    ]


def read_stand_off(path: Path, data: Path) -> Iterator[Marked]:
    """Yield the texts of the data folder that are marked by offsets in a file of their own.

    Each line: `file`, then the ids of its `sentences`, which a space joins, or a `document` with
    `start` and `end`; `crc32` of the text; `names` and `unsure` stretches, by its characters.
    Ends the program where a text is not the one that was marked.
    """
    records = list(read_jsonl(path))
    texts = {
        (name, found["id"]): found["text"]
        for name in sorted({record["file"] for record in records})
        for found in read_jsonl(data / name)
    }
    for record in records:
        ids = record.get("sentences", [record.get("document")])
        parts = [texts.get((record["file"], number), "")[slice(*_bounds(record))] for number in ids]
        if crc32(" ".join(parts).encode()) != record["crc32"]:
            sys.exit(f"Error: {data / record['file']}: not the text that {record['id']} marks")
        yield Marked(
            record["id"],
            record["file"],
            " ".join(parts),
            tuple((start, end, label) for start, end, label in record["names"]),
            tuple((start, end) for start, end in record.get("unsure", ())),
            starts=_starts(parts) if "sentences" in record else None,
            made_of=tuple(ids),
        )


def _bounds(record: dict[str, Any]) -> tuple[int | None, int | None]:
    return record.get("start"), record.get("end")


def _starts(sentences: list[str]) -> tuple[int, ...]:
    return tuple(accumulate((len(text) + 1 for text in sentences[:-1]), initial=0))


def is_held_out(text: Marked) -> bool:
    """Tell whether a passage belongs to the fifth that development runs are scored on."""
    return crc32(text.id.encode()) % FOLDS == 0


def join_runs(texts: Iterable[Marked], rng: random.Random) -> Iterator[Marked]:
    """Yield single sentences joined with their neighbours into runs of random length.

    Newswire is read in paragraphs: names are told by what stands around their sentence too.
    """
    run: list[Marked] = []
    length = 1
    for text in texts:
        if run and (len(run) == length or not _follows(run[-1], text)):
            yield _join(run, rng)
            run = []
        if not run:
            length = 1 if rng.random() < 0.4 else rng.randint(2, LONGEST_RUN)
        run.append(text)
    if run:
        yield _join(run, rng)


def _follows(before: Marked, after: Marked) -> bool:
    if before.starts is None or after.starts is None or before.source != after.source:
        return False
    numbers = [re.search(r"(\d+)$", text.id) for text in (before, after)]
    if not all(numbers):
        return False
    gap = int(numbers[1][1]) - int(numbers[0][1])
    return 0 < gap <= FARTHEST_NEIGHBOUR


def _join(run: list[Marked], rng: random.Random) -> Marked:
    if len(run) == 1:
        return run[0]
    text, names, unsure, starts = "", [], [], []
    for part in run:
        text += rng.choices((" ", "\n", "\n\n"), (16, 1, 3))[0] if text else ""
        at = len(text)
        starts.append(at)
        names += [(start + at, end + at, label) for start, end, label in part.names]
        unsure += [(start + at, end + at) for start, end in part.unsure]
        text += part.text
    return Marked(run[0].id, run[0].source, text, tuple(names), tuple(unsure), tuple(starts))


def vary_case(text: Marked, rng: random.Random) -> Marked:
    """Return the text, or now and then the same in capitals or in the case of a headline."""
    draw = rng.random()
    if draw < CAPITALS_SHARE:
        changed = text.text.upper()
    elif draw < CAPITALS_SHARE + TITLES_SHARE:
        changed = re.sub(r"\b[a-z]{4,}", lambda word: word[0].capitalize(), text.text)
    else:
        return text
    return replace(text, text=changed) if len(changed) == len(text.text) else text


def put_names(text: Marked, new: dict[int, str]) -> Marked:
    """Return the text with other words for some of its names, given by their number."""
    bounds = [0, *(edge for start, end, _ in text.names for edge in (start, end))]
    if any(a > b for a, b in pairwise(bounds)):
        return text  # nested or unordered names are left alone
    pieces, moved, at, length = [], [], 0, 0
    for number, (start, end, label) in enumerate(text.names):
        word = new.get(number, text.text[start:end])
        pieces += [text.text[at:start], word]
        length += start - at
        moved.append((length, length + len(word), label))
        length += len(word)
        at = end
    pieces.append(text.text[at:])
    return replace(text, text="".join(pieces), names=tuple(moved), unsure=(), starts=None)
