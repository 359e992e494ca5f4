"""Trees out of scores of arcs: which are the best, and that each is a tree whatever the scores.

What `find_heads` guarantees: heads lie in the sentence, each sentence has one root, none a cycle.
Where each word's best head makes a tree already, it is that tree, the best of all. In a sentence
that must be mended the word with the best root score is the root, and the tree is the best of
those with that root; another root with a lower score of its own may allow a better tree.
"""

import itertools
import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from extract.encoder.trees import find_heads, find_tree

Floats = NDArray[np.float32]
Heads = NDArray[np.int64]


def is_tree(heads: tuple[int, ...]) -> bool:
    """Tell whether heads, counted from 1, have one root that every word reaches."""
    reached = set()
    for word in range(1, len(heads) + 1):
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1  # noqa: PLW2901
        reached.add(word)
    return heads.count(0) == 1 and reached == {0}


TREES = {
    size: np.array([h for h in itertools.product(range(size + 1), repeat=size) if is_tree(h)])
    for size in range(1, 6)
}


def test_there_are_as_many_trees_as_cayley_counts() -> None:
    assert {size: len(trees) for size, trees in TREES.items()} == {
        size: size ** (size - 1) for size in TREES
    }


def draw(rng: np.random.Generator, size: int) -> Floats:
    return rng.normal(size=(size, size + 1)).astype(np.float32)


def add_up(scores: Floats, heads: Heads) -> NDArray[np.float64]:
    """Return the score of each tree."""
    return scores.astype(np.float64)[np.arange(len(scores)), heads].sum(axis=-1)


def check(heads: Heads, starts: NDArray[np.bool_]) -> None:
    """Prove that heads are a tree in each sentence."""
    edges = [*np.flatnonzero(starts).tolist(), len(heads)]
    for start, end in itertools.pairwise(edges):
        own = heads[start:end]
        inside = np.where(own == 0, 0, own - start)
        assert ((own == 0) | ((inside > 0) & (inside <= end - start))).all(), "heads outside"
        assert is_tree(tuple(inside.tolist()))


# One sentence, against every tree there is


@pytest.mark.parametrize("size", TREES)
def test_the_tree_is_the_best_with_its_root(size: int) -> None:
    trees, rng = TREES[size], np.random.default_rng(size)
    for _ in range(200):
        scores = draw(rng, size)
        found = find_tree(scores)
        root = scores[:, 0].argmax()
        assert np.flatnonzero(found == 0).tolist() == [root]
        best = add_up(scores, trees[trees[:, root] == 0]).max()
        assert add_up(scores, found) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize("size", TREES)
def test_heads_that_are_the_best_tree_stand(size: int) -> None:
    trees, rng = TREES[size], np.random.default_rng(size)
    starts = np.arange(size) == 0
    untouched = 0
    for _ in range(200):
        scores = draw(rng, size)
        scores[:, 1:][np.eye(size, dtype=bool)] = 9  # tempting, but no word is its own head
        found = find_heads(scores, starts)
        check(found, starts)
        sums = add_up(scores, trees)
        best_heads = np.where(np.eye(size, size + 1, 1, dtype=bool), -9, scores).argmax(1)
        if is_tree(tuple(best_heads.tolist())):
            untouched += 1
            assert found.tolist() == best_heads.tolist() == trees[sums.argmax()].tolist()
    assert untouched > 20


BY_HAND = [
    ([[1, 9]], [0], "one word"),
    ([[3, 0, 0], [2, 1, 0]], [0, 1], "two roots: the better one stays"),
    ([[5, 0, 9, 0], [1, 9, 0, 0], [0, 0, 1, 0]], [0, 1, 2], "a cycle broken at its cheaper arc"),
    ([[0, 0, 9, 1], [0, 9, 0, 8], [5, 0, 1, 0]], [2, 3, 0], "a cycle entered from the root"),
    ([[8, 0, 9, 0], [7, 9, 0, 0], [9, 0, 0, 0]], [3, 1, 0], "the best root may stand last"),
]


@pytest.mark.parametrize(("scores", "heads", "why"), BY_HAND)
def test_trees_by_hand(scores: list[list[float]], heads: list[int], why: str) -> None:
    given = np.array(scores, np.float32)
    starts = np.arange(len(given)) == 0
    assert find_heads(given, starts).tolist() == heads, why


def test_a_deep_tree_stands_though_another_word_has_a_better_root_score() -> None:
    scores = np.eye(250, 251, dtype=np.float32) * 9
    scores[:, 0] = 5
    scores[0, 0] = 1
    assert find_heads(scores, np.arange(250) == 0).tolist() == list(range(250))


# Many sentences


@pytest.mark.parametrize("size", [1, 2, 7, 30, 100, 250])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 1.0])
def test_each_sentence_is_a_tree(size: int, share: float) -> None:
    rng = np.random.default_rng(size)
    for _ in range(10):
        starts = rng.random(size) < share
        starts[0] = True
        check(find_heads(draw(rng, size), starts), starts)


def test_a_sentence_does_not_hang_on_its_neighbours() -> None:
    rng = np.random.default_rng(8)
    scores, starts = draw(rng, 40), np.isin(np.arange(40), [0, 13, 14, 30])
    together = find_heads(scores, starts)
    for start, end in itertools.pairwise([0, 13, 14, 30, 40]):
        columns = [0, *range(start + 1, end + 1)]
        alone = find_heads(scores[start:end][:, columns], np.arange(end - start) == 0)
        assert np.where(alone == 0, 0, alone + start).tolist() == together[start:end].tolist()


def test_the_scores_are_left_as_they_were() -> None:
    scores = draw(np.random.default_rng(4), 20)
    before = scores.copy()
    find_heads(scores, np.arange(20) % 5 == 0)
    assert (scores == before).all()


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 60), st.integers(0, 2**32 - 1), st.integers(0, 37), st.integers(0, 3))
def test_coarse_scores_of_any_size(size: int, seed: int, power: int, kinds: int) -> None:
    """Few values make many ties and cycles; float32 ends at 3e38."""
    rng = np.random.default_rng(seed)
    values = np.array([0, 1, -1, 0.5][: kinds + 1]) * 10.0**power
    starts = rng.random(size) < rng.choice([0, 0.1, 0.4])
    starts[0] = True
    check(find_heads(rng.choice(values, (size, size + 1)).astype(np.float32), starts), starts)


def rings(size: int) -> Floats:
    """Return scores that pair neighbours, pairs of pairs and so on: a cycle within each cycle."""
    words = np.arange(size)
    apart = np.bitwise_xor.outer(words, words)
    scores = np.zeros((size, size + 1), np.float32)
    scores[:, 1:] = -np.floor(np.log2(np.maximum(apart, 1))) * 10
    scores[:, 0] = -1000
    return scores


def ring(size: int) -> Floats:
    """Return scores by which each word hangs on the next, and the last on the first."""
    scores = np.full((size, size + 1), -1, np.float32)
    scores[np.arange(size), np.roll(np.arange(size), -1) + 1] = 9
    return scores


ADVERSARIAL = [
    (np.zeros, "all equal"),
    (lambda shape: np.full(shape, -1e30), "all far below zero"),
    (lambda shape: rings(shape[0]), "cycles within cycles"),
    (lambda shape: ring(shape[0]), "one cycle of all words"),
    (lambda shape: np.eye(*shape, 1) * 1e6, "each word its own best head"),
    (lambda shape: np.eye(*shape) * 9, "each word on the one before"),
    (lambda shape: np.full(shape, 1) * (np.arange(shape[1]) == 0), "each word a root"),
    (lambda shape: np.full(shape, 1) * (np.arange(shape[1]) == shape[0]), "all on the last word"),
    (lambda shape: -1e6 * (np.arange(shape[1]) == 0) * np.ones(shape), "none a root"),
]


@pytest.mark.parametrize(("make", "why"), ADVERSARIAL, ids=[why for _, why in ADVERSARIAL])
@pytest.mark.parametrize("size", [1, 2, 3, 64, 250])
def test_adversarial_scores(
    make: Callable[[tuple[int, int]], NDArray[np.float64]], why: str, size: int
) -> None:
    scores = make((size, size + 1)).astype(np.float32)
    for every in (size, 50, 1):
        starts = np.arange(size) % every == 0
        check(find_heads(scores, starts), starts)


def test_the_time_of_a_long_sentence() -> None:
    """Print it (`pytest -s`): a window holds at most 192 words."""
    starts = np.arange(250) == 0
    cases = {"random": draw(np.random.default_rng(1), 250), "rings": rings(250), "ring": ring(250)}
    for name, scores in cases.items():
        began = time.perf_counter()
        check(find_heads(scores, starts), starts)
        print(f"250 words, {name}: {(time.perf_counter() - began) * 1000:.1f} ms")  # noqa: T201
