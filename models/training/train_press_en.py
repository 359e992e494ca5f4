"""Train `models/press_en` from the training data, in one command.

    python models/training/train_press_en.py --data DATA_FOLDER

One encoder learns names, tags, trees and sentence starts together: each step sees a batch of
marked texts and a batch of treebank. A first, short training doubts the silver data; the second
learns from what is left. Needs the extra `train` (PyTorch, ONNX, the pretrained weights).
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
import torch

from doubts import doubt
from encoder_examples import label_sizes
from encoder_export import export
from encoder_material import PARTS, Material, Recipe
from encoder_network import Network
from encoder_scores import score_names, score_syntax
from encoder_training import train
from extract.encoder.lemmas import LemmaTable
from extract.encoder.parse import LabelSets
from learn_lemmas import count_words
from learn_lemmas import learn as learn_lemmas
from pipelines import write_pipeline

HERE = Path(__file__).parent
CHECKPOINT = "network.pt"
FIRST_ROUNDS = 2


def main() -> None:
    """Train, put the pipeline together, and print how it does on what was set aside."""
    options = parse_options()
    torch.set_num_threads(options.threads)
    recipe = Recipe(
        options.rounds, options.silver, options.hold_out, options.seed, frozenset(options.without)
    )
    material = Material(options.data, recipe)
    checkpoint = options.work / CHECKPOINT
    if options.assemble:
        network = start_network(material)
        network.load_state_dict(torch.load(checkpoint))
    else:
        network = learn_twice(material, recipe, checkpoint)
    print("names held out:", score_names(network, material))
    print("development treebanks:", score_syntax(network, material, options.data))
    words = count_words(sorted((options.data / "press").glob("*.jsonl")))
    lemmas = learn_lemmas(material.sentences, vocabulary=words)
    assemble(network.eval(), material.labels, lemmas, options.output)


def learn_twice(material: Material, recipe: Recipe, checkpoint: Path) -> Network:
    """Return the network trained on what a first, shorter training did not doubt."""
    if "doubts" not in recipe.without:
        first = start_network(material)
        train(first, material, FIRST_ROUNDS, checkpoint.with_name("first.pt"))
        material.silver = doubt(first, material)
        doubted = sum(len(text.unsure) for text in material.silver)
        print(f"doubted: {doubted} spans of the silver data", flush=True)
    network = start_network(material)
    train(network, material, recipe.rounds, checkpoint)
    return network


def start_network(material: Material) -> Network:
    """Return the pretrained encoder with new heads."""
    torch.manual_seed(material.recipe.seed)
    network = Network(label_sizes(material.labels))
    network.encoder.load_pretrained()
    return network


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--output", type=Path, default=HERE.parent / "press_en")
    parser.add_argument("--work", type=Path, default=Path(".build/press_en"))
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--silver", type=float, default=0.17, help="share of it seen each round")
    parser.add_argument("--hold-out", action="store_true", help="leave a fifth out, to score on")
    parser.add_argument("--without", nargs="*", default=[], choices=PARTS, help="for ablations")
    parser.add_argument("--assemble", action="store_true", help="take the last round as it is")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def assemble(network: Network, labels: LabelSets, lemmas: LemmaTable, output: Path) -> None:
    """Write the pipeline folder: the tokenizer, the encoder with its data, the meta data."""
    nlp = spacy.blank("en")
    encoder = nlp.add_pipe("pactwire_encoder", name="encoder")
    with TemporaryDirectory() as work:
        export(network, labels, lemmas.to_dict(), Path(work))
        encoder.from_disk(work)
    description = "Names, tags, trees, sentences and lemmas of English press text (encoder)."
    write_pipeline(nlp, "press_en", description, output)


if __name__ == "__main__":
    sys.exit(main())
