"""Quick looks at a network in training, on the material set aside: no figures to report."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import torch

from corpora import read_sentences
from encoder_batches import collate, to_batches
from encoder_examples import IGNORED
from encoder_material import TREEBANKS, Material
from encoder_network import MASKED, Network
from encoder_training import outside_sentence

BATCH_PIECES = 4096


@torch.inference_mode()
def score_names(network: Network, material: Material) -> str:
    """Return token-level F1 of the names of the passages held out: a quick look, no figure."""
    network.eval()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    names = material.labels.names
    examples = [e for text in material.held_out for e in material.to_examples(text)]
    for batch in to_batches(examples, BATCH_PIECES, random.Random(0)):
        tensors = collate(batch)
        words = network.read_words(tensors["pieces"], tensors["features"], tensors["first"])[:, 1:]
        best = network.score_names(words).argmax(-1)
        for row, example in zip(best.tolist(), batch, strict=True):
            known = [n != IGNORED for n in example.names]
            gold, found = (
                spans(names[n] if told else "O" for n, told in zip(labels, known, strict=True))
                for labels in (example.names, row[: len(example.names)])
            )
            for label in {span[2] for span in gold | found}:
                g, f = ({s for s in some if s[2] == label} for some in (gold, found))
                for at, count in enumerate((len(g & f), len(f), len(g))):
                    counts[label][at] += count
    return " ".join(
        f"{label} {200 * tp / max(1, found + gold):.1f}"
        for label, (tp, found, gold) in sorted(counts.items())
    )


def spans(labels: Iterable[str]) -> set[tuple[int, int, str]]:
    """Return the spans of a BIO sequence."""
    found, start, open_label = set(), 0, ""
    for index, label in enumerate(itertools.chain(labels, ["O"])):
        if open_label and label != f"I-{open_label}":
            found.add((start, index, open_label))
            open_label = ""
        if label != "O" and not open_label:
            start, open_label = index, label[2:]
    return found


@torch.inference_mode()
def score_syntax(network: Network, material: Material, data: Path) -> str:
    """Return the scores of greedy arcs in gold sentences: a quick look, no figure."""
    network.eval()
    sentences = [s for name in TREEBANKS for s in read_sentences(data / name.format("dev"))]
    right: dict[str, int] = defaultdict(int)
    for batch in to_batches(material.draw_syntax(sentences), BATCH_PIECES, random.Random(0)):
        tensors = collate(batch)
        with_root = network.read_words(tensors["pieces"], tensors["features"], tensors["first"])
        arcs, dependent, head = network.score_arcs(with_root)
        found = arcs[:, 1:].masked_fill(outside_sentence(tensors), MASKED).argmax(-1)
        chosen = found.unsqueeze(-1).expand(-1, -1, head.shape[-1])
        relations = network.score_relations(dependent[:, 1:], torch.gather(head, 1, chosen)).argmax(
            -1
        )
        known = tensors["heads"] != IGNORED
        good = (found == tensors["heads"]) & known
        for name, hits in {
            "words": known,
            "UPOS": (network.pos(with_root[:, 1:]).argmax(-1) == tensors["pos"]) & known,
            "tags": (network.tags(with_root[:, 1:]).argmax(-1) == tensors["tags"]) & known,
            "starts": (network.starts(with_root[:, 1:]).argmax(-1) == tensors["starts"]) & known,
            "UAS": good,
            "LAS": good & (relations == tensors["relations"]),
        }.items():
            right[name] += int(hits.sum())
    return " ".join(f"{k} {100 * n / right['words']:.1f}" for k, n in right.items() if k != "words")
