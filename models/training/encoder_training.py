"""How the network learns: one step sees a batch of marked texts and a batch of treebank."""

import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from encoder_batches import collate, to_batches
from encoder_examples import IGNORED
from encoder_material import Material, draw_for_ever
from encoder_network import MASKED, Network

NAME_PIECES = 1500  # a batch, padding included
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.08
# Trees are learnt soon: with equal weights they take the encoder from the names.
WEIGHTS = {"names": 1.0, "arcs": 0.3, "relations": 0.2, "tags": 0.1, "pos": 0.1, "starts": 0.15}


def train(network: Network, material: Material, rounds: int, checkpoint: Path) -> None:
    """Train for some rounds; each is saved, so that of a killed training the last one is left."""
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    optimizer, rates = make_optimizer(network)
    steps_a_round = len(to_batches(material.draw_names(), NAME_PIECES, random.Random(0)))
    total = steps_a_round * rounds
    syntax = draw_for_ever(material)
    step, begun, means = 0, time.monotonic(), defaultdict(float)
    for _ in range(rounds):
        for batch in to_batches(material.draw_names(), NAME_PIECES, material.rng):
            set_rates(optimizer, rates, step, total)
            losses = learn(network, optimizer, [collate(batch), collate(next(syntax))])
            for name, loss in losses.items():
                means[name] += 0.05 * (loss - means[name])
            step += 1
            if step % 100 == 0:
                report(step, total, time.monotonic() - begun, means)
        torch.save(network.state_dict(), checkpoint)


def report(step: int, total: int, seconds: float, means: dict[str, float]) -> None:
    """Print how far the training is."""
    losses = " ".join(f"{name} {loss:.3f}" for name, loss in means.items())
    print(f"step {step}/{total} {seconds:.0f} s {losses}", flush=True)


def make_optimizer(network: Network) -> tuple[torch.optim.AdamW, list[float]]:
    """Return AdamW with a slower rate for the pretrained part."""
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in known]
    rates = [ENCODER_RATE, HEAD_RATE]
    groups = [{"params": p, "lr": r} for p, r in zip((encoder, heads), rates, strict=True)]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True), rates


def set_rates(optimizer: torch.optim.AdamW, rates: list[float], step: int, total: int) -> None:
    """Warm up, then fall to nothing in a straight line."""
    factor = min(1.0, (step + 1) / (WARM_UP * total)) * max(0.01, 1 - step / total)
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate * factor


def learn(
    network: Network, optimizer: torch.optim.AdamW, batches: list[dict[str, Tensor]]
) -> dict[str, float]:
    """Take one step on the summed losses of some batches, and return them."""
    network.train()
    optimizer.zero_grad(set_to_none=True)
    values: dict[str, float] = {}
    for batch in batches:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = find_losses(network, batch)
        sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()
        values |= {name: loss.item() for name, loss in losses.items()}
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return values


def find_losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the cross entropy of each layer that a batch has."""
    with_root = network.read_words(batch["pieces"], batch["features"], batch["first"])
    words = with_root[:, 1:]
    losses = {}
    if "names" in batch:
        losses["names"] = entropy(network.score_names(words), batch["names"])
    if "starts" in batch:
        losses["starts"] = entropy(network.starts(words), batch["starts"])
    if "heads" in batch:
        losses["tags"] = entropy(network.tags(words), batch["tags"])
        losses["pos"] = entropy(network.pos(words), batch["pos"])
        arcs, dependent, head = network.score_arcs(with_root)
        arcs = arcs[:, 1:].float().masked_fill(outside_sentence(batch), MASKED)
        losses["arcs"] = entropy(arcs, batch["heads"])
        chosen = batch["heads"].clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1])
        scores = network.score_relations(dependent[:, 1:], torch.gather(head, 1, chosen))
        losses["relations"] = entropy(scores, batch["relations"])
    return losses


def outside_sentence(batch: dict[str, Tensor]) -> Tensor:
    """Return where (examples x words x words and root) a head lies outside its own sentence."""
    sentence = batch["starts"].clamp(min=0).cumsum(1)
    sentence = sentence.masked_fill(batch["starts"] == IGNORED, -1)
    other = sentence.unsqueeze(2) != sentence.unsqueeze(1)
    return torch.cat([torch.zeros_like(other[:, :, :1]), other], 2)


def entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Return the mean cross entropy over the labelled words."""
    return F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
