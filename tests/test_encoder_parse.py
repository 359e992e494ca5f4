"""The parse of a window: starts that are known, roots and relations, and what is stored of them."""

import itertools

import numpy as np
import pytest

from extract.encoder.network import WindowScores
from extract.encoder.parse import (
    CONTINUES,
    STARTS,
    UNKNOWN,
    ChooseRelations,
    LabelSets,
    WindowParser,
)

LABELS = LabelSets(
    names=("O", "B-GPE", "I-GPE"),
    tags=("NN", "VBD"),
    pos=("NOUN", "VERB"),
    relations=("nsubj", "ROOT", "obj"),
)
WIDTH = 4


def draw_chooser(rng: np.random.Generator) -> ChooseRelations:
    weights = rng.normal(size=(2 * WIDTH, len(LABELS.relations)))

    def choose(dependents: np.ndarray, heads: np.ndarray) -> np.ndarray:
        return (np.concatenate([dependents, heads], axis=1) @ weights).argmax(1)

    return choose


def draw_scores(rng: np.random.Generator, size: int, *, starts: str = "") -> WindowScores:
    """Return random scores; `starts` gives the sign of each word's score: `+--+`."""
    signs = np.array([1 if sign == "+" else -1 for sign in starts.ljust(size, "-")])

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    return WindowScores(
        names=draw(size, len(LABELS.names)),
        tags=rng.integers(0, 2, size),
        pos=rng.integers(0, 2, size),
        starts=(np.abs(draw(size)) * signs).astype(np.float32),
        arcs=draw(size, size + 1),
        dependents=draw(size, WIDTH),
        heads=draw(size + 1, WIDTH),
    )


KNOWN = {"S": STARTS, "c": CONTINUES, ".": UNKNOWN}
KNOWN_STARTS = [
    ("+--+-", ".....", [0, 3], "the network decides where nothing is known"),
    ("-----", ".....", [0], "a window starts a sentence"),
    ("+----", "..S..", [0, 2], "one that is known"),
    ("+--+-", "...c.", [0], "one that is known to be none"),
    ("+-+-+", "S.ccS", [0, 4], "all are known"),
    ("+++++", ".cccc", [0], "one sentence"),
    ("-----", "SSSSS", [0, 1, 2, 3, 4], "a sentence a word"),
    ("-----", "c....", [0], "a window starts one also where the text was cut within it"),
]


@pytest.mark.parametrize(("scores", "known", "starts", "why"), KNOWN_STARTS)
def test_known_starts_stand(scores: str, known: str, starts: list[int], why: str) -> None:
    rng = np.random.default_rng(1)
    parse = WindowParser(LABELS, draw_chooser(rng))
    for _ in range(20):
        given = draw_scores(rng, len(scores), starts=scores)
        found = parse(given, np.array([KNOWN[sign] for sign in known]))
        bounds = [*starts, len(scores)]
        for start, end in itertools.pairwise(bounds):
            heads = found.heads[start:end]
            assert (heads == 0).sum() == 1, why
            assert all(head == 0 or start < head <= end for head in heads.tolist()), why


def test_a_root_and_nothing_else_is_sure_to_be_called_root() -> None:
    rng = np.random.default_rng(2)
    choose = draw_chooser(rng)
    parse = WindowParser(LABELS, choose)
    by_score, inner = 0, 0
    for size in range(1, 40):
        scores = draw_scores(rng, size)
        found = parse(scores, np.zeros(size, np.int64))
        root = LABELS.relations.index("ROOT")
        assert (found.relations[found.heads == 0] == root).all()
        chosen = choose(scores.dependents, scores.heads[found.heads])
        assert (found.relations == chosen)[found.heads != 0].all()
        inner += int((found.heads != 0).sum())
        by_score += int((chosen[found.heads == 0] != root).sum())
    assert by_score > 5, "the chooser alone says otherwise"
    assert inner > 500


def test_names_are_decoded() -> None:
    rng = np.random.default_rng(3)
    scores = draw_scores(rng, 3)
    scores.names[:] = [[0, 0, 9], [0, 1, 9], [5, 0, 9]]
    found = WindowParser(LABELS, draw_chooser(rng))(scores, np.zeros(3, np.int64))
    assert [LABELS.names[number] for number in found.names] == ["B-GPE", "I-GPE", "I-GPE"]
    assert found.tags is scores.tags and found.pos is scores.pos


def test_label_sets_round_trip() -> None:
    assert LabelSets.from_dict(LABELS.to_dict()) == LABELS
    assert all(isinstance(labels, list) for labels in LABELS.to_dict().values())
