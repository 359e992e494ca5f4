"""The network as ONNX Runtime runs it: a window in, scores out; then heads in, relations out.

Windows run one by one. A batch would save nothing on one thread, and int8 arithmetic scales its
numbers by the largest of a run: what a window says would hang on its neighbours in the batch.
"""

from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.encoder.words import Window

INPUTS = ("pieces", "features", "first")
OUTPUTS = ("names", "tags", "pos", "starts", "arcs", "dependents", "heads")
VECTORS = "vectors"  # an output that only a network with a reader needs
VECTOR_WIDTH = 384
RELATION_INPUTS = ("dependents", "heads")
_SLOW_FUSIONS = ["SkipLayerNormFusion"]  # its one operator takes four times the two it replaces


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What the network says of a window of n words.

    names       n x labels, float
    tags, pos   n, the number of the best label
    starts      n, above 0 where a sentence starts
    arcs        n x (1 + n): each word's scores for the root and for every word as its head
    dependents  n x d, heads (1 + n) x d: what the relation labels are read from
    vectors     pieces x 384, of the last layer but one: what the reader reads; None without one
    """

    names: NDArray[np.float32]
    tags: NDArray[np.int64]
    pos: NDArray[np.int64]
    starts: NDArray[np.float32]
    arcs: NDArray[np.float32]
    dependents: NDArray[np.float32]
    heads: NDArray[np.float32]
    vectors: NDArray[np.float32] | None = None


def open_session(model: bytes, *, threads: int = 1) -> onnxruntime.InferenceSession:
    """Return a session over a model's bytes; without threads of its own a process may fork."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # patterns are kept for every new shape: memory would grow
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW_FUSIONS
    )


def check_labels(session: onnxruntime.InferenceSession, count: int) -> None:
    """Raise `ValueError` where the network scores another number of name labels than there are."""
    scored = session.get_outputs()[OUTPUTS.index("names")].shape[-1]
    if isinstance(scored, int) and scored != count:
        raise ValueError(f"it scores {scored} labels of names, {count} are given")


def score_window(session: onnxruntime.InferenceSession, window: Window) -> WindowScores:
    """Return the scores of a window."""
    columns = (window.pieces, window.features, [0, *window.first])
    inputs = {
        name: np.array([column], np.int64) for name, column in zip(INPUTS, columns, strict=True)
    }
    there = {output.name for output in session.get_outputs()}
    wanted = [*OUTPUTS, *({VECTORS} & there)]
    return WindowScores(*(output[0] for output in session.run(wanted, inputs)))


def choose_relations(
    session: onnxruntime.InferenceSession,
    dependents: NDArray[np.float32],
    heads: NDArray[np.float32],
) -> NDArray[np.int64]:
    """Return the number of the best relation between each word and its head, n x d each.

    A second, small network: which heads there are is known only when the tree is built.
    """
    inputs = dict(zip(RELATION_INPUTS, (dependents, heads), strict=True))
    best: NDArray[np.int64] = session.run(None, inputs)[0]
    return best
