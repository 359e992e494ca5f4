"""Train the reader of `models/press_en`, in one command, once the pipeline itself is there.

    python models/training/train_reader.py --data DATA_FOLDER [--folds]

The encoder stays as it is: its vectors are computed once. With `--folds` one reader a fold is
trained too, on all texts but those of the fold: `fit_judge.py` judges what none of them saw.
Needs the extra `train`. Then fit the judges: `fit_judge.py`.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from agreement_texts import FOLDS, fold_of, read_framenet, read_texts
from encoder_examples import IGNORED
from extract.encoder.component import READER
from extract.resources import DEFAULT_PIPELINE
from reader_examples import Example, Exampler, collate, to_batches
from reader_network import Reader, export_reader

ROUNDS = 6
BATCH = 9_000  # words of texts and triggers
ENCODER_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1e-3, 0.1
STATUS_SHARE, PART_SHARE = 0.5, 4.0  # of their losses, beside that of the chances
HERE = Path(__file__).parent


def main() -> None:
    """Make the examples, train, write the readers."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--work", type=Path, default=Path(".build/readers"))
    parser.add_argument("--folds", action="store_true", help="one for each fold too")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    exampler = Exampler(DEFAULT_PIPELINE)
    texts = [*read_texts(options.data), *read_framenet(options.data)]
    examples = list(zip(texts, exampler(texts), strict=True))
    print(f"{len(texts)} texts, {sum(len(found) for _, found in examples)} stretches", flush=True)
    options.work.mkdir(parents=True, exist_ok=True)
    for fold in range(FOLDS) if options.folds else ():
        seen = [e for text, found in examples if fold_of(text) != fold for e in found]
        export_reader(train(seen, options.rounds), options.work / f"fold{fold}.onnx")
    reader = train([e for _, found in examples for e in found], options.rounds)
    export_reader(reader, HERE.parent / DEFAULT_PIPELINE / "encoder" / READER)


def train(examples: list[Example], rounds: int) -> Reader:
    """Return a reader trained on the examples."""
    torch.manual_seed(0)
    rng = random.Random(0)
    reader = Reader()
    inherited = {id(parameter) for parameter in reader.layer.parameters()}
    new = [p for p in reader.parameters() if id(p) not in inherited]
    rates = [
        {"params": list(reader.layer.parameters()), "lr": ENCODER_RATE},
        {"params": new, "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01)
    steps = rounds * len(to_batches(examples, BATCH, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for number in range(rounds):
        reader.train()
        began, losses = time.monotonic(), []
        for batch in to_batches(examples, BATCH, rng):
            loss = _loss(reader, collate(batch))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        took = time.monotonic() - began
        print(f"round {number + 1}: loss {np.mean(losses):.3f}, {took:.0f} s", flush=True)
    return reader.eval()


def _rate(step: int, steps: int) -> float:
    return min((step + 1) / (WARM_UP * steps), max(0.01, 1 - step / steps))


def _loss(reader: Reader, batch: dict[str, Tensor]) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        chances, statuses, parts = (scores.float() for scores in reader(batch))
    loss = F.binary_cross_entropy_with_logits(chances, batch["right"])
    if (batch["statuses"] != IGNORED).any():
        loss = loss + STATUS_SHARE * F.cross_entropy(statuses, batch["statuses"])
    if (batch["parts"] != IGNORED).any():
        loss = loss + PART_SHARE * F.cross_entropy(parts.flatten(0, 1), batch["parts"].flatten())
    return loss


if __name__ == "__main__":
    main()
