"""Scores of a window to its parse: labels of words, sentence starts, heads and relations."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.encoder.network import WindowScores
from extract.encoder.spans import BioDecoder
from extract.encoder.trees import find_heads

# Dependents and heads, n x d each, to the number of the relation between each two.
ChooseRelations = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.int64]]

_NEVER = np.float32(-1e9)
UNKNOWN, STARTS, CONTINUES = 0, 1, -1  # what is known of a word beforehand, as in spaCy


@dataclass(frozen=True, slots=True)
class LabelSets:
    """The labels of each head of the network, in the order of its scores."""

    names: tuple[str, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    relations: tuple[str, ...]

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> "LabelSets":
        """Read them from plain lists."""
        return cls(**{head: tuple(labels) for head, labels in given.items()})

    def to_dict(self) -> dict[str, list[str]]:
        """Return them as plain lists."""
        return {head: list(labels) for head, labels in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class WindowParse:
    """The parse of a window: label numbers a word; `heads` counts words from 1, 0 is the root."""

    names: NDArray[np.int64]
    tags: NDArray[np.int64]
    pos: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]


class WindowParser:
    """Makes parses out of scores."""

    def __init__(self, labels: LabelSets, choose_relations: ChooseRelations) -> None:
        """Keep the labels and what the relations are chosen by."""
        self.choose_relations = choose_relations
        self.root = labels.relations.index("ROOT")
        self.decode_names = BioDecoder(labels.names)
        self.inside = np.array([name.startswith("I-") for name in labels.names])

    def __call__(self, scores: WindowScores, known_starts: NDArray[np.int64]) -> WindowParse:
        """Return the parse of a window; sentence starts that are known beforehand stand."""
        starts = (scores.starts > 0) & (known_starts != CONTINUES) | (known_starts == STARTS)
        starts[0] = True
        heads = find_heads(scores.arcs, starts)
        relations = self.choose_relations(scores.dependents, scores.heads[heads])
        relations[heads == 0] = self.root
        cut = (known_starts == STARTS)[:, None] & self.inside  # no name runs over such a start
        names = self.decode_names(np.where(cut, _NEVER, scores.names))
        return WindowParse(names, scores.tags, scores.pos, heads, relations)
