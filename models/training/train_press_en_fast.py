"""Train `models/press_en_fast` from the training data, in one command.

    python models/training/train_press_en_fast.py --data DATA_FOLDER

Two CNNs, trained side by side on one core each, are put together into one pipeline.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import spacy

from corpora import read_entities, read_syntax, write_docs

HERE = Path(__file__).parent
MARKED_BY_HAND = 3  # how often a hand-marked passage is seen for each silver one
PARTS = ("syntax", "ner")


def main() -> None:
    """Convert the data, train both parts, put them together."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--output", type=Path, default=HERE.parent / "press_en_fast")
    parser.add_argument("--work", type=Path, default=Path(".build/press_en_fast"))
    options = parser.parse_args()
    convert(options.data, options.work)
    runs = [start_training(part, options.work) for part in PARTS]
    codes = [run.wait() for run in runs]
    if any(codes):
        sys.exit(f"Error: training failed, see the logs in {options.work}")
    assemble(options.work, options.output)


def convert(data: Path, work: Path) -> None:
    """Write the DocBins of both parts; the development part of press-gold is never touched."""
    nlp = spacy.blank("en")
    syntax, ner = data / "syntax", data / "ner"
    counts = {
        "syntax.train": write_docs(
            read_syntax(
                [syntax / "en_ewt-ud-train.conllu", syntax / "en_gum-ok-train.conllu"],
                nlp.vocab,
                augment=True,
            ),
            work / "syntax.train.spacy",
        ),
        "syntax.dev": write_docs(
            read_syntax(
                [syntax / "en_ewt-ud-dev.conllu", syntax / "en_gum-ok-dev.conllu"],
                nlp.vocab,
                augment=False,
            ),
            work / "syntax.dev.spacy",
        ),
        "ner.train": write_docs(
            read_entities(
                {
                    ner / "press-mix.train.jsonl": 1,
                    ner / "press-entities.train.jsonl": MARKED_BY_HAND,
                    data / "agreements" / "press-gold.train.jsonl": MARKED_BY_HAND,
                },
                nlp,
                augment=True,
            ),
            work / "ner.train.spacy",
        ),
        "ner.dev": write_docs(
            read_entities({ner / "press-mix.dev.jsonl": 1}, nlp, augment=False),
            work / "ner.dev.spacy",
        ),
    }
    for name, count in counts.items():
        print(f"{name}: {count} documents")


def start_training(part: str, work: Path) -> subprocess.Popen[bytes]:
    """Start `spacy train` for one part; its log lies beside its weights."""
    log = (work / f"{part}.log").open("wb")
    command = [
        *(sys.executable, "-m", "spacy", "train", HERE / f"press_en_fast.{part}.cfg"),
        *("--output", work / part),
        *("--paths.train", work / f"{part}.train.spacy"),
        *("--paths.dev", work / f"{part}.dev.spacy"),
    ]
    return subprocess.Popen([str(word) for word in command], stdout=log, stderr=subprocess.STDOUT)


def assemble(work: Path, output: Path) -> None:
    """Join the two best parts into one pipeline with its meta data."""
    nlp = spacy.load(work / "syntax" / "model-best")
    nlp.add_pipe("ner", source=spacy.load(work / "ner" / "model-best"))
    nlp.meta.update(
        name="press_en_fast",
        version="0.1.0",
        license="CC BY-SA 4.0",
        description="Tags, trees, lemmas and names of English press text (CNN).",
        author="Pactwire",
        performance={},
    )
    nlp.to_disk(output)
    print(f"wrote {output}")


if __name__ == "__main__":
    main()
