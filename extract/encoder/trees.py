"""Scores of arcs to dependency trees: one root a sentence, no cycle.

Most sentences are trees already where each word takes its best head; for the others the best
tree is found by the algorithm of Chu, Liu and Edmonds (McDonald et al. 2005,
https://aclanthology.org/H05-1066).
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Places = NDArray[np.int64]
FORBIDDEN = np.float32("-inf")


def find_heads(scores: Scores, starts: NDArray[np.bool_]) -> Places:
    """Return the head of each word, counted from 1, 0 for the root of a sentence.

    `scores`: words x (root and words). `starts` tells which words begin a sentence; heads lie
    within the sentence.
    """
    sentence: Places = np.cumsum(starts, dtype=np.int64)
    scores = scores.copy()
    scores[:, 1:][sentence[:, None] != sentence[None, :]] = FORBIDDEN
    np.fill_diagonal(scores[:, 1:], FORBIDDEN)
    heads: Places = scores.argmax(1)
    edges = [*np.flatnonzero(starts).tolist(), len(heads)]
    broken = _find_broken(heads, sentence)
    for number in range(len(edges) - 1):
        start, end = edges[number], edges[number + 1]
        if sentence[start] in broken:
            heads[start:end] = _mend(scores[start:end], start, end)
    return heads


def _find_broken(heads: Places, sentence: Places) -> set[int]:
    """Return the sentences that have not exactly one root, or words that never reach it."""
    reached = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    stray = set(sentence[reached[1:] != 0].tolist())
    numbers, roots = np.unique(sentence[heads == 0], return_counts=True)
    return stray | (set(sentence.tolist()) - set(numbers[roots == 1].tolist()))


def _mend(scores: Scores, start: int, end: int) -> Places:
    """Return the heads of the best tree of one sentence, as places in the window."""
    own = np.concatenate([scores[:, :1], scores[:, start + 1 : end + 1]], axis=1)
    heads = find_tree(own)
    return np.where(heads == 0, 0, heads + start)


def find_tree(scores: Scores) -> Places:
    """Return the heads of the best tree whose root has the best root score.

    `scores`: words x (root and words). To try every root changes 2 sentences in 100 and makes
    them no better.
    """
    size = len(scores)
    full = np.full((size + 1, size + 1), FORBIDDEN, np.float32)
    full[1:] = scores
    root = int(full[1:, 0].argmax()) + 1
    full[1:, 0] = FORBIDDEN
    full[root] = FORBIDDEN
    full[root, 0] = 0
    return _contract(full)[1:]


def _contract(scores: Scores) -> Places:
    """Return the best arborescence of a square matrix [dependent, head] whose root is node 0."""
    scores = scores.copy()
    np.fill_diagonal(scores, FORBIDDEN)
    heads: Places = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.flatnonzero(cycle)
    outside = np.flatnonzero(~cycle)
    gain = scores[inside] - scores[inside, heads[inside]][:, None]  # of breaking the cycle there
    size = len(outside)
    smaller = np.full((size + 1, size + 1), FORBIDDEN, np.float32)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size] = gain[:, outside].max(0)
    entry = inside[gain[:, outside].argmax(0)]
    smaller[:size, size] = scores[np.ix_(outside, inside)].max(1)
    exit_ = inside[scores[np.ix_(outside, inside)].argmax(1)]
    found = _contract(smaller)
    chosen = found[:size]
    heads[outside] = np.where(chosen == size, exit_, outside[np.minimum(chosen, size - 1)])
    heads[entry[found[size]]] = outside[found[size]]
    heads[0] = 0
    return heads


def _find_cycle(heads: Places) -> NDArray[np.bool_] | None:
    """Return the nodes of one cycle, or None where every node reaches node 0."""
    seen = np.zeros(len(heads), np.int64)
    for start in range(1, len(heads)):
        node = start
        while node != 0 and seen[node] == 0:
            seen[node] = start
            node = int(heads[node])
        if node != 0 and seen[node] == start:
            cycle = np.zeros(len(heads), np.bool_)
            while not cycle[node]:
                cycle[node] = True
                node = int(heads[node])
            return cycle
    return None
