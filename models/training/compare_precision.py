"""Compare the int8 network that ships with full precision, and with other processors.

    python models/training/compare_precision.py --data DATA_FOLDER --work .build/press_en

Names and trees are scored on the test sets, and the labels of all words compared. What a
processor without VNNI would say: its int8 products are added in pairs of 16 bits. With weights of
seven bits no pair can overflow (2 x 255 x 64 < 2^15), which is checked for each weight, so its
sums are the same; only its floating-point operators round otherwise, which unfused operators
stand in for here.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import onnxruntime
import spacy
import torch
from spacy.language import Language

from corpora import read_jsonl
from encoder_examples import label_sizes
from encoder_export import LARGEST_WEIGHT, find_largest_weight, quantize, write_onnx
from encoder_network import Network
from extract.encoder.component import MODEL, TABLES
from extract.encoder.parse import LabelSets
from extract.evaluation.table import to_markdown
from score import NER_SETS, SYNTAX_SETS, score_names, score_syntax
from train_press_en import CHECKPOINT

HERE = Path(__file__).parent
SHIPS = "int8, 7 bits (ships)"
MEASURES = (
    *(f"{Path(name).stem} names" for name in NER_SETS),
    *(f"{Path(name).stem} LAS" for name in SYNTAX_SETS[:1]),
)


def main() -> None:
    """Print scores by precision, and the share of words with the same labels."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--work", type=Path, default=Path(".build/press_en"))
    parser.add_argument("--pipeline", type=Path, default=HERE.parent / "press_en")
    options = parser.parse_args()
    variants = make_variants(options.pipeline, options.work / CHECKPOINT)
    texts = [record["text"] for record in read_jsonl(options.data / NER_SETS[0])]
    shipped = read_labels(variants[SHIPS], texts)
    rows = []
    for name, nlp in variants.items():
        same = compare(shipped, read_labels(nlp, texts))
        rows.append((name, *score(nlp, options.data), *(f"{100 * share:.2f}" for share in same)))
    print(to_markdown(("precision", *MEASURES, "same names, %", "same tags, heads, %"), rows))


def make_variants(pipeline: Path, checkpoint: Path) -> dict[str, Language]:
    """Return the pipeline as it ships and in other precisions."""
    encoder = pipeline / "encoder"
    labels = LabelSets.from_dict(json.loads((encoder / TABLES).read_bytes())["labels"])
    network = Network(label_sizes(labels))
    network.load_state_dict(torch.load(checkpoint))
    ships = encoder / MODEL
    largest = find_largest_weight(onnx.load(ships))
    print(f"largest int8 weight: {largest} of at most {LARGEST_WEIGHT} without overflow\n")
    with TemporaryDirectory() as folder:
        full, eight = Path(folder) / "full.onnx", Path(folder) / "eight.onnx"
        write_onnx(network, full)
        quantize(full, eight, reduce_range=False)
        return {
            SHIPS: with_model(pipeline, ships),
            "int8, 7 bits, unfused": with_model(pipeline, ships, fuse=False),
            "int8, 8 bits": with_model(pipeline, eight),
            "float32": with_model(pipeline, full),
        }


def with_model(pipeline: Path, model: Path, *, fuse: bool = True) -> Language:
    """Return the pipeline with another network in it."""
    nlp = spacy.load(pipeline)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    if not fuse:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    nlp.get_pipe("encoder")._session = session
    return nlp


def score(nlp: Language, data: Path) -> list[str]:
    """Return F1 of all names of each set, and LAS of the first treebank."""
    names = [score_names(nlp, read_jsonl(data / name))["all"].fscore for name in NER_SETS]
    trees = [score_syntax(nlp, data / name)["LAS"].fscore for name in SYNTAX_SETS[:1]]
    return [f"{100 * figure:.2f}" for figure in (*names, *trees)]


def read_labels(nlp: Language, texts: Iterable[str]) -> list[tuple[str, tuple[object, ...]]]:
    """Return, for each word, its label of name, and its tag, head and relation."""
    return [
        (f"{token.ent_iob_}-{token.ent_type_}", (token.tag_, token.head.i, token.dep_))
        for doc in nlp.pipe(texts)
        for token in doc
    ]


def compare(
    ours: list[tuple[str, tuple[object, ...]]], other: list[tuple[str, tuple[object, ...]]]
) -> tuple[float, float]:
    """Return the share of words with the same name label, and with the same syntax."""
    same: Counter[int] = Counter()
    for one, two in zip(ours, other, strict=True):
        same.update(place for place in (0, 1) if one[place] == two[place])
    return same[0] / len(ours), same[1] / len(ours)


if __name__ == "__main__":
    main()
