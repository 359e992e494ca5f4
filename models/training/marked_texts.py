"""Texts with marked names for the encoder: read, joined to runs, varied for each epoch."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from corpora import LABELS, read_jsonl

# The conventions names are marked by; the shipped network speaks the first, our own.
OURS = "press"
SOURCES = (OURS, "gmb-clean", "uner-ewt", "gum", "redocred", "wikigold", "crossner-politics")
BY_HAND = ("ner/press-entities.train.jsonl", "agreements/press-gold.train.jsonl")
SILVER = "ner/press-mix.train.jsonl"
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
    where they are known.
    """

    id: str
    source: str
    text: str
    names: tuple[Name, ...]
    unsure: tuple[tuple[int, int], ...] = ()
    starts: tuple[int, ...] | None = None


def read_marked(path: Path) -> Iterator[Marked]:
    """Yield the texts of a JSONL file that have an entity layer."""
    for record in read_jsonl(path):
        if record.get("entities") is None:
            continue
        source = record["source"] if record.get("source") in SOURCES else OURS
        names = tuple(
            (e["start"], e["end"], e["label"]) for e in record["entities"] if e["label"] in LABELS
        )
        starts = (0,) if source in SINGLE_SENTENCES else None
        yield Marked(record["id"], source, record["text"], names, starts=starts)


def read_by_hand(data: Path) -> list[Marked]:
    """Return the passages marked by hand, by our own guideline."""
    return [text for name in BY_HAND for text in read_marked(data / name)]


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
