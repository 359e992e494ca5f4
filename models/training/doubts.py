"""Doubts about silver names: where a first network surely disagrees, nothing is learnt.

After Northcutt et al. 2021 (confident learning, https://arxiv.org/abs/1911.00068): the silver
label of a span that the network rates otherwise with confidence is more often noise than knowledge.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import torch

from encoder_batches import collate, to_batches
from encoder_examples import Example
from encoder_material import Material
from encoder_network import Network
from encoder_scores import spans
from marked_texts import Marked

SURE = 0.7  # mean probability of the network's labels over the span
BATCH_PIECES = 4096


@torch.inference_mode()
def doubt(network: Network, material: Material) -> list[Marked]:
    """Return the silver texts, the spans surely rated otherwise marked as unsure."""
    network.eval()
    owners: dict[int, int] = {}
    examples = []
    for number, text in enumerate(material.silver):
        for example in material.to_examples(text):
            owners[id(example)] = number
            examples.append(example)
    unsure: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for batch in to_batches(examples, BATCH_PIECES, random.Random(0)):
        for example, words in zip(batch, _rate(network, batch, material.labels.names), strict=True):
            if words:
                unsure[owners[id(example)]] += words
    return [_with_doubts(text, unsure[n], material) for n, text in enumerate(material.silver)]


def _rate(
    network: Network, batch: list[Example], names: tuple[str, ...]
) -> Iterator[list[tuple[int, int]]]:
    """Yield, for each example, the first and last token of every doubted span."""
    tensors = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = network.read_words(tensors["pieces"], tensors["features"], tensors["first"])
        scores = network.score_names(words[:, 1:])
    sure, best = scores.float().softmax(-1).max(-1)
    for row, example in enumerate(batch):
        size = len(example.window.words)
        gold = spans(names[n] for n in example.names or ())
        found = spans(names[n] for n in best[row, :size].tolist())
        yield [
            (example.window.words[start], example.window.words[end - 1])
            for start, end, _ in gold ^ found
            if sure[row, start:end].mean() > SURE
        ]


def _with_doubts(text: Marked, tokens: list[tuple[int, int]], material: Material) -> Marked:
    if not tokens:
        return text
    doc = material.nlp.make_doc(text.text)
    unsure = [(doc[first].idx, doc[last].idx + len(doc[last])) for first, last in tokens]
    return replace(text, unsure=tuple(sorted(unsure)))
