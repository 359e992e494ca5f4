"""Examples in batches, and batches as tensors."""

import random
from collections.abc import Sequence

import torch
from torch import Tensor

from encoder_examples import IGNORED, Example

SORTED_TOGETHER = 4000  # examples of near lengths share a batch


def to_batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Return batches of at most so many pieces, padding included, in random order."""
    order = list(examples)
    rng.shuffle(order)
    batches: list[list[Example]] = []
    for at in range(0, len(order), SORTED_TOGETHER):
        batch: list[Example] = []
        for example in sorted(order[at : at + SORTED_TOGETHER], key=lambda e: len(e.window.pieces)):
            if batch and (len(batch) + 1) * len(example.window.pieces) > pieces:
                batches.append(batch)
                batch = []
            batch.append(example)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def collate(batch: list[Example]) -> dict[str, Tensor]:
    """Return the padded tensors of a batch; layers that no example has are left out.

    `pieces`, `features`: examples x pieces. `first`: examples x (words + 1), [CLS] before the
    words. Labels: examples x words, `IGNORED` where unknown.
    """
    tensors = {
        "pieces": _pad([e.window.pieces for e in batch], 0),
        "features": _pad([e.window.features for e in batch], 0),
        "first": _pad([[0, *e.window.first] for e in batch], 0),
    }
    for layer in ("names", "starts", "tags", "pos", "heads", "relations"):
        rows = [getattr(example, layer) for example in batch]
        if any(row is not None for row in rows):
            tensors[layer] = _pad(
                [row or [] for row in rows], IGNORED, tensors["first"].shape[1] - 1
            )
    return tensors


def _pad(rows: list[list[int]], value: int, length: int = 0) -> Tensor:
    length = max(length, *(len(row) for row in rows))
    return torch.tensor([row + [value] * (length - len(row)) for row in rows])
