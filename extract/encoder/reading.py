"""What the reader makes of a trigger: is it an agreement, at what stage, which words play a part.

The reader is a small network over the vectors that the encoder leaves in `doc.tensor`: one more
layer, then a score for each pair of trigger and word (as in table filling, Miwa and Sasaki 2014,
https://aclanthology.org/D14-1200). It reads stretches of a text, the headline before them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc

from extract.vocabulary import STATUSES

PARTS = ("party", "signatory", "topic", "place", "date")
PART_LABELS = ("O", *(f"{mark}-{part}" for part in PARTS for mark in "BI"))
_NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "REFERENCE")
WORD_LABELS = ("O", *(f"{mark}-{name}" for name in _NAMES for mark in "BI"))
STRETCH = 260  # words that are read at a time
BEFORE, AFTER = 110, 50  # words that a trigger has around it at least, where the text has them
LONGEST_HEADLINE = 40  # words
FARTHEST_SENTENCE = 4
_STEPS = np.array([1, 2, 3, 5, 7, 10, 15, 21, 31, 51, 81])  # bounds of the classes of distance
DISTANCES = 2 * (len(_STEPS) + 1)
INPUTS = ("vectors", "labels", "triggers", "distances", "sentences")
OUTPUTS = ("chances", "statuses", "parts")

Trigger = tuple[int, int]  # tokens, the end exclusive


class Stretch(NamedTuple):
    """What the network reads at a time: n words of a Doc, t triggers among them.

    words      n token numbers
    labels     n, what each word names: a number into `WORD_LABELS`
    triggers   t x n, how much of each trigger a word is (its words share 1)
    distances  t x n, class of the distance between trigger and word
    sentences  t x n, sentences between both, shifted to 0..8
    numbers    the triggers' numbers, in the order in which they were given
    """

    words: NDArray[np.int64]
    labels: NDArray[np.int64]
    triggers: NDArray[np.float32]
    distances: NDArray[np.int64]
    sentences: NDArray[np.int64]
    numbers: list[int]


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one trigger; all are probabilities.

    chance    that it evokes an agreement
    statuses  10, in the order of `STATUSES`
    words     n token numbers; parts: n x 11, in the order of `PART_LABELS`
    """

    chance: float
    statuses: NDArray[np.float32]
    words: NDArray[np.int64]
    parts: NDArray[np.float32]

    @cached_property
    def _shares(self) -> NDArray[np.float32]:
        """Return n x 5: that a word is in each of `PARTS`."""
        return self.parts[:, 1::2] + self.parts[:, 2::2]

    def share(self, part: str, start: int, end: int) -> float:
        """Return the mean probability that the tokens [start, end) play a part; 0 if not read."""
        first, last = np.searchsorted(self.words, (start, end))
        if first == last:
            return 0.0
        return float(self._shares[first:last, PARTS.index(part)].mean())

    def overlap(self, part: str, start: int, end: int) -> float:
        """Return the expected Dice coefficient of [start, end) and what plays a part."""
        first, last = np.searchsorted(self.words, (start, end))
        column = self._shares[:, PARTS.index(part)]
        return float(2 * column[first:last].sum() / (last - first + column.sum() + 1e-6))

    def spans(self, part: str, *, above: float) -> Iterator[tuple[int, int]]:
        """Yield the token spans whose words play a part with at least this probability."""
        column = PARTS.index(part)
        inside = self._shares[:, column] >= above
        opens = self.parts[:, 1 + 2 * column] > self.parts[:, 2 + 2 * column]
        start = None
        for row in range(len(inside) + 1):
            ended = row == len(inside) or not inside[row] or opens[row] or self._breaks(row)
            if start is not None and ended:
                yield int(self.words[start]), int(self.words[row - 1]) + 1
                start = None
            if row < len(inside) and inside[row] and start is None:
                start = row

    def _breaks(self, row: int) -> bool:
        """Tell whether a stretch jumps here: from the headline to the text."""
        return row > 0 and bool(self.words[row] > self.words[row - 1] + 3)


def cut_stretches(doc: Doc, triggers: Sequence[Trigger]) -> Iterator[Stretch]:
    """Yield stretches that hold each trigger once, in text order."""
    words = np.array([token.i for token in doc if not token.is_space], np.int64)
    labels = label_words(doc)
    sentences = _number_sentences(doc)
    headline = [i for span in doc.spans.get("headline", ()) for i in range(span.start, span.end)]
    spots = [tuple(np.searchsorted(words, trigger).tolist()) for trigger in triggers]
    left = sorted((n for n, (a, b) in enumerate(spots) if a < b), key=lambda n: spots[n])
    while left:
        start, end = _bounds(spots[left[0]][0], len(words))
        held = [
            n for n in left if spots[n][1] <= end and (end == len(words) or _fits(spots[n], end))
        ]
        held = held or left[:1]
        left = [n for n in left if n not in set(held)]
        before = [i for i in headline[:LONGEST_HEADLINE] if i < words[start]]
        chosen = np.concatenate([np.intersect1d(before, words).astype(np.int64), words[start:end]])
        yield _to_stretch(chosen, labels, sentences, [triggers[n] for n in held], held)


def _bounds(first: int, count: int) -> tuple[int, int]:
    """Return the words of the stretch whose first trigger begins at a word."""
    end = min(count, max(0, first - BEFORE) + STRETCH)
    return max(0, end - STRETCH), end


def _fits(spot: tuple[int, int], end: int) -> bool:
    return spot[0] + AFTER <= end


def _to_stretch(
    words: NDArray[np.int64],
    labels: NDArray[np.int64],
    sentences: NDArray[np.int64],
    triggers: list[Trigger],
    numbers: list[int],
) -> Stretch:
    shares = np.zeros((len(triggers), len(words)), np.float32)
    distances = np.zeros(shares.shape, np.int64)
    apart = np.zeros(shares.shape, np.int64)
    for row, (start, end) in enumerate(triggers):
        first, last = np.searchsorted(words, (start, end))
        shares[row, first:last] = 1 / max(1, last - first)
        distances[row] = class_distances(np.arange(len(words)) - first)
        apart[row] = sentences[words] - sentences[words[min(first, len(words) - 1)]]
    apart = np.clip(apart, -FARTHEST_SENTENCE, FARTHEST_SENTENCE) + FARTHEST_SENTENCE
    return Stretch(words, labels[words], shares, distances, apart, numbers)


def class_distances(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the class of each distance in words: those before a trigger come second."""
    steps: NDArray[np.int64] = np.searchsorted(_STEPS, np.abs(distances), side="right")
    return steps + np.where(distances < 0, len(_STEPS) + 1, 0)


def label_words(doc: Doc) -> NDArray[np.int64]:
    """Return what each token names or stands for, a number into `WORD_LABELS`."""
    labels = np.zeros(len(doc), np.int64)
    spans = [(frame["span"], "DATE") for frame in doc._.dates or [] if frame["value"]]
    spans += [(frame["span"], "REFERENCE") for frame in doc._.references or []]
    spans += [((ent.start, ent.end), ent.label_) for ent in doc.ents]
    for (start, end), name in spans:
        if name in _NAMES:
            begin = 1 + 2 * _NAMES.index(name)
            labels[start:end] = begin + 1
            labels[start] = begin
    return labels


def _number_sentences(doc: Doc) -> NDArray[np.int64]:
    starts = [int(bool(token.is_sent_start)) for token in doc]
    numbers: NDArray[np.int64] = np.cumsum(starts)
    return numbers


def read_stretch(
    session: onnxruntime.InferenceSession, stretch: Stretch, tensor: NDArray[np.float16]
) -> Iterator[tuple[int, Reading]]:
    """Yield (number, reading) of each trigger of a stretch; `tensor` has the vectors of the Doc."""
    vectors = tensor[stretch.words].astype(np.float32)
    columns = (vectors, *stretch[1:5])
    given = dict(zip(INPUTS, columns, strict=True))
    chances, statuses, parts = session.run(OUTPUTS, given)
    for row, number in enumerate(stretch.numbers):
        yield number, Reading(float(chances[row]), statuses[row], stretch.words, parts[row])


def read_triggers(
    session: onnxruntime.InferenceSession, doc: Doc, triggers: Iterable[Trigger]
) -> list[Reading]:
    """Return the reading of each trigger, in their order."""
    given = list(triggers)
    found: dict[int, Reading] = {}
    tensor: Any = doc.tensor
    for stretch in cut_stretches(doc, given):
        found.update(read_stretch(session, stretch, tensor))
    return [found.get(number, _UNREAD) for number in range(len(given))]


_UNREAD = Reading(
    0.0,
    np.zeros(len(STATUSES), np.float32),
    np.zeros(0, np.int64),
    np.zeros((0, len(PART_LABELS)), np.float32),
)
