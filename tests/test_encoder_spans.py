"""Names out of scores: the best legal sequence of BIO labels."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.encoder.spans import BioDecoder

LABELS = ("O", "B-GPE", "I-GPE", "B-ORG", "I-ORG")
DECODE = BioDecoder(LABELS)

LEGAL = [
    ("B-GPE I-GPE I-GPE O", True, "a name of three words"),
    ("B-GPE B-GPE I-GPE", True, "two names side by side"),
    ("B-GPE B-ORG", True, "of two kinds"),
    ("I-GPE O", False, "nothing begins it"),
    ("O I-GPE", False, "nor here"),
    ("B-ORG I-GPE", False, "it goes on as another kind"),
    ("B-GPE I-GPE I-ORG", False, "so here"),
    ("B-GPE O I-GPE", False, "interrupted"),
]


def is_legal(sequence: tuple[str, ...]) -> bool:
    """Say it in another way than the code: every I goes on from a B or I of its kind."""
    pairs = zip(("O", *sequence), sequence, strict=False)
    return all(now[0] != "I" or before in (f"B{now[1:]}", now) for before, now in pairs)


def score(labels: str) -> NDArray[np.float32]:
    """Return scores whose best label of each word is the one given."""
    return np.array([[label == name for name in LABELS] for label in labels.split()], np.float32)


@pytest.mark.parametrize(("labels", "legal", "why"), LEGAL)
def test_a_legal_sequence_stands_and_no_other(labels: str, legal: bool, why: str) -> None:
    found = " ".join(LABELS[number] for number in DECODE(score(labels)))
    assert is_legal(tuple(labels.split())) is legal, why
    assert (found == labels) is legal, why
    assert is_legal(tuple(found.split())), why


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_none_is_better(size: int) -> None:
    everything = itertools.product(range(len(LABELS)), repeat=size)
    legal = np.array([s for s in everything if is_legal(tuple(LABELS[n] for n in s))])
    rng = np.random.default_rng(size)
    mended = 0
    for _ in range(100):
        scores = rng.normal(size=(size, len(LABELS))).astype(np.float32)
        sums = scores[np.arange(size), legal].sum(axis=1)
        found = DECODE(scores)
        assert found.tolist() == legal[sums.argmax()].tolist()
        mended += found.tolist() != scores.argmax(1).tolist()
    assert mended > 10, "the scores are to tempt it"


EXTREMES = [
    (np.zeros((9, 5)), "all equal"),
    (np.tile([0, 0, 1e6, 0, 0], (200, 1)), "inside without a beginning, for long"),
    (np.tile([-1e12, -1e12, 1e12, -1e12, -1e12], (3, 1)), "of any size"),
    (np.tile([-5e9, -5e9, -4e9, -5e9, -4e9], (3, 1)), "far below zero"),
]


@pytest.mark.parametrize(("scores", "why"), EXTREMES)
def test_extreme_scores_give_legal_sequences(scores: NDArray[np.float64], why: str) -> None:
    found = DECODE(scores.astype(np.float32))
    assert len(found) == len(scores)
    assert is_legal(tuple(LABELS[number] for number in found)), why
