"""The reader in PyTorch: one layer over the encoder's vectors, a score for each trigger and word.

It starts from the last layer of all-MiniLM-L6-v2. What comes in and goes out:
`extract/encoder/reading.py`.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from encoder_export import quantize, run_layer, write_network
from encoder_network import LAYERS, WIDTH, Layer, layer_weights, pretrained_folder
from extract.encoder.reading import (
    DISTANCES,
    FARTHEST_SENTENCE,
    INPUTS,
    OUTPUTS,
    PART_LABELS,
    WORD_LABELS,
)
from extract.vocabulary import STATUSES

PAIR_WIDTH, HIDDEN = 256, 128


class Reader(nn.Module):
    """Vectors of words and triggers in; chances, statuses, and the part that each word plays."""

    def __init__(self) -> None:
        super().__init__()
        self.label = nn.Embedding(len(WORD_LABELS), WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.layer = Layer()
        self.layer.load_state_dict(_last_layer())
        self.word = nn.Linear(WIDTH, PAIR_WIDTH)
        self.word_product = nn.Linear(WIDTH, PAIR_WIDTH, bias=False)
        self.trigger = nn.Linear(WIDTH, PAIR_WIDTH, bias=False)
        self.trigger_product = nn.Linear(WIDTH, PAIR_WIDTH, bias=False)
        self.distance = nn.Embedding(DISTANCES, PAIR_WIDTH)
        self.sentence = nn.Embedding(2 * FARTHEST_SENTENCE + 1, PAIR_WIDTH)
        self.part = nn.Linear(PAIR_WIDTH, len(PART_LABELS))
        self.chance = _to_labels(1)
        self.status = _to_labels(len(STATUSES))
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.label.weight, std=0.02)
        for embedding in (self.distance, self.sentence):
            nn.init.normal_(embedding.weight, std=0.05)

    def embed(self, vectors: Tensor, labels: Tensor) -> Tensor:
        """Return the input of the layer."""
        return self.norm(vectors + self.label(labels))

    def score(
        self, words: Tensor, triggers: Tensor, distances: Tensor, sentences: Tensor
    ) -> Tensor:
        """Return the scores of parts, t x n x labels, of words t x n x d for triggers t x d."""
        pairs = (
            self.word(words)
            + self.trigger(triggers)[:, None]
            + self.word_product(words) * self.trigger_product(triggers)[:, None]
            + self.distance(distances)
            + self.sentence(sentences)
        )
        return self.part(self.dropout(F.gelu(pairs)))

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of the triggers of a batch; `owner` says which text each is of."""
        x = self.dropout(self.embed(batch["vectors"], batch["labels"]))
        x = self.dropout(self.layer(x, batch["mask"]))
        words = x[batch["owner"]]
        triggers = torch.einsum("tn,tnd->td", batch["triggers"].to(x.dtype), words)
        parts = self.score(words, triggers, batch["distances"], batch["sentences"])
        return self.chance(triggers).squeeze(-1), self.status(triggers), parts


def _to_labels(count: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(WIDTH, HIDDEN), nn.GELU(), nn.Dropout(0.2), nn.Linear(HIDDEN, count)
    )


def _last_layer() -> dict[str, Tensor]:
    given = load_file(pretrained_folder() / "model.safetensors")
    given = {name.removeprefix("bert."): tensor.float() for name, tensor in given.items()}
    return layer_weights(given, f"encoder.layer.{LAYERS - 1}.", "")


class ShippedReader(nn.Module):
    """The reader as it runs, on one stretch: no padding, probabilities out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self,
        vectors: Tensor,
        labels: Tensor,
        triggers: Tensor,
        distances: Tensor,
        sentences: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        reader = self.reader
        x = run_layer(reader.layer, reader.embed(vectors, labels).unsqueeze(0))
        told = triggers @ x[0]
        parts = reader.score(x, told, distances, sentences)
        return (
            torch.sigmoid(reader.chance(told)).squeeze(-1),
            torch.softmax(reader.status(told), -1),
            torch.softmax(parts, -1),
        )


def export_reader(reader: Reader, path: Path) -> None:
    """Write the reader with int8 weights."""
    words, triggers = 17, 3
    pairs = torch.zeros(triggers, words, dtype=torch.long)
    vectors, labels = torch.randn(words, WIDTH), torch.zeros(words, dtype=torch.long)
    both = {0: "triggers", 1: "words"}
    axes = {name: {0: "words"} for name in ("vectors", "labels")}
    axes |= dict.fromkeys(("triggers", "distances", "sentences", "parts"), both)
    axes |= {name: {0: "triggers"} for name in ("chances", "statuses")}
    with TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        examples = (vectors, labels, torch.rand(triggers, words), pairs, pairs)
        write_network(ShippedReader(reader.eval()).eval(), examples, INPUTS, OUTPUTS, axes, full)
        quantize(full, path)
