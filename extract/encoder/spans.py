"""Scores of BIO labels to names: the best sequence in which every I follows its own B or I."""

import numpy as np
from numpy.typing import NDArray

_NEVER = np.float32("-inf")


class BioDecoder:
    """Finds the best legal sequence (Viterbi) for a set of BIO labels, `O` the first of them."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        """Work out which label may follow which."""
        allowed = [[_may_follow(before, label) for label in labels] for before in labels]
        self.moves = np.where(np.array(allowed), np.float32(0), _NEVER)
        self.first = np.where([label[0] != "I" for label in labels], np.float32(0), _NEVER)

    def __call__(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the label numbers of words x labels scores."""
        best: NDArray[np.int64] = scores.argmax(1)
        legal = self.first[best[0]] == 0 and (self.moves[best[:-1], best[1:]] == 0).all()
        return best if legal else self._search(scores)

    def _search(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        sums = scores[0] + self.first
        back = np.zeros(scores.shape, np.int64)
        for at in range(1, len(scores)):
            paths = sums[:, None] + self.moves
            back[at] = paths.argmax(0)
            sums = paths.max(0) + scores[at]
        best = np.empty(len(scores), np.int64)
        best[-1] = sums.argmax()
        for at in range(len(scores) - 1, 0, -1):
            best[at - 1] = back[at, best[at]]
        return best


def _may_follow(before: str, label: str) -> bool:
    return label[0] != "I" or before[1:] == label[1:]
