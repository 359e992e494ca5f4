"""The trained network to what ships: ONNX with int8 weights, and the files beside it."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from encoder_network import (
    ATTENTION_HEADS,
    RELATION_WIDTH,
    WIDTH,
    Layer,
    Network,
    pretrained_folder,
)
from extract.encoder.component import MODEL, RELATIONS, TABLES, TOKENIZER
from extract.encoder.network import INPUTS, OUTPUTS, RELATION_INPUTS, VECTORS
from extract.encoder.parse import LabelSets

OPSET = 17
PRODUCTS = frozenset({"MatMulInteger"})
LARGEST_WEIGHT = 64  # of int8 weights: 2 x 255 x 64 stays below 2^15


class Shipped(nn.Module):
    """The network as it runs, on one window: no padding.

    The largest score is chosen here where that is all there is to choose.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        x = network.encoder.embed(pieces, features)
        *layers, last = network.encoder.layers
        for layer in layers:
            x = run_layer(layer, x)
        vectors = x
        x = run_layer(last, x)
        x = torch.cat([x, network.features(features)], -1)
        with_root = x[:, first[0]]
        words = with_root[:, 1:]
        arcs, dependents, heads = network.score_arcs(with_root)
        starts = network.starts(words)
        return (
            network.names(F.gelu(network.name_hidden(words))),
            network.tags(words).argmax(-1),
            network.pos(words).argmax(-1),
            starts[:, :, 1] - starts[:, :, 0],
            arcs[:, 1:],
            dependents[:, 1:],
            heads,
            vectors,
        )


class Relations(nn.Module):
    """The last layer of the relation head; its best label is chosen."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        return self.network.score_relations(dependents, heads).argmax(-1)


def run_layer(layer: Layer, x: Tensor) -> Tensor:
    """Return what a trained layer makes of pieces without padding."""
    shape = (*x.shape[:2], ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
    query, key, value = (
        part.view(shape).transpose(1, 2) for part in layer.attention(x).split(WIDTH, -1)
    )
    shares = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(shape[-1]), -1)
    mixed = (shares @ value).transpose(1, 2).reshape(x.shape)
    x = layer.attention_norm(x + layer.output(mixed))
    return layer.norm(x + layer.outer(F.gelu(layer.inner(x))))


def export(network: Network, labels: LabelSets, lemmas: dict[str, Any], folder: Path) -> None:
    """Write the four files of the encoder component into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_relations(network, folder / RELATIONS)
    tables = {"labels": labels.to_dict(), "lemmas": lemmas}
    (folder / TABLES).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    (folder / TOKENIZER).write_text(_bare_tokenizer(), encoding="utf-8")
    with TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        write_onnx(network, full)
        quantize(full, folder / MODEL)


def _bare_tokenizer() -> str:
    """Return the pretrained tokenizer without its truncation and padding."""
    given = json.loads((pretrained_folder() / TOKENIZER).read_text(encoding="utf-8"))
    return json.dumps({**given, "truncation": None, "padding": None}, ensure_ascii=False)


def write_onnx(network: Network, path: Path) -> None:
    """Write the network in full precision: `pieces` and `features` 1 x n, `first` 1 x words."""
    shipped = Shipped(network).eval()
    pieces = torch.randint(1000, 20_000, (1, 17))
    first = torch.tensor([[0, 1, 2, 5, 9]])
    axes = {"pieces": {1: "pieces"}, "features": {1: "pieces"}, "first": {1: "root and words"}}
    axes |= {name: {1: "words"} for name in OUTPUTS}
    axes |= {VECTORS: {1: "pieces"}}
    axes |= {"arcs": {1: "words", 2: "root and words"}, "heads": {1: "root and words"}}
    write_network(
        shipped, (pieces, torch.zeros_like(pieces), first), INPUTS, (*OUTPUTS, VECTORS), axes, path
    )


def write_relations(network: Network, path: Path) -> None:
    """Write the choice of relations: `dependents` and `heads` words x width, as float32."""
    made = torch.zeros(3, RELATION_WIDTH)
    axes = {name: {0: "words"} for name in (*RELATION_INPUTS, "relations")}
    write_network(
        Relations(network).eval(), (made, made), RELATION_INPUTS, ("relations",), axes, path
    )


def write_network(
    module: nn.Module,
    examples: tuple[Tensor, ...],
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    with torch.inference_mode():
        torch.onnx.export(
            module,
            examples,
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(full: Path, path: Path, *, reduce_range: bool = True) -> None:
    """Write the network with int8 weights, one scale a column.

    Seven of the eight bits are used: a CPU without VNNI adds two products of 8 bits in 16, which
    full int8 weights overflow. So every CPU computes the same.
    """
    quantize_dynamic(
        full,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=reduce_range,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    largest = find_largest_weight(onnx.load(path))
    if reduce_range and largest > LARGEST_WEIGHT:
        raise SystemExit(
            f"Error: an int8 weight of {largest} may overflow on processors without VNNI"
        )


def find_largest_weight(model: onnx.ModelProto) -> int:
    """Return the largest absolute value of the int8 weights of the products of a network."""
    weights = {name for node in model.graph.node if node.op_type in PRODUCTS for name in node.input}
    return max(
        int(abs(onnx.numpy_helper.to_array(tensor).astype(int)).max())
        for tensor in model.graph.initializer
        if tensor.name in weights and tensor.data_type == onnx.TensorProto.INT8 and tensor.dims
    )
