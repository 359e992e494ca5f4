"""Train `models/press_en_fast` from the training data, in one command.

    python models/training/train_press_en_fast.py --data DATA_FOLDER

Two CNNs, trained side by side on one core each, are put together into one pipeline. The one of
names learns from passages marked by hand, and from `press_en`: that labels all other texts, the
silver ones and press documents without labels (Kim and Rush 2016, sequence-level distillation,
https://arxiv.org/abs/1606.07947).
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpora import read_jsonl, read_syntax, write_docs
from made_names import MadeNames
from marked_texts import Marked, read_by_hand, read_silver, vary_case
from pipelines import write_pipeline
from renaming import rename

HERE = Path(__file__).parent
COPIES_BY_HAND = 4  # of a hand-marked passage: one as it is, the others under other names
PRESS_WORDS = 400_000  # of each publisher's documents without labels
LONGEST = 4000  # characters of a press document that are read
DEV_SHARE = 0.02
OVERLAP = 60  # characters that tell a passage of the development set
PARTS = ("syntax", "ner")


def main() -> None:
    """Convert the data, train both parts, put them together."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--teacher", type=Path, default=HERE.parent / "press_en")
    parser.add_argument("--output", type=Path, default=HERE.parent / "press_en_fast")
    parser.add_argument("--work", type=Path, default=Path(".build/press_en_fast"))
    options = parser.parse_args()
    if not (options.teacher / "config.cfg").is_file():
        sys.exit(f"Error: no teacher {options.teacher}; train press_en first: train_press_en.py")
    convert_syntax(options.data / "syntax", options.work)
    convert_names(options.data, spacy.load(options.teacher), options.work)
    runs = [start_training(part, options.work) for part in PARTS]
    codes = [run.wait() for run in runs]
    if any(codes):
        sys.exit(f"Error: training failed, see the logs in {options.work}")
    assemble(options.work, options.output)


def convert_syntax(syntax: Path, work: Path) -> None:
    """Write the DocBins of the treebanks."""
    vocab = spacy.blank("en").vocab
    for split in ("train", "dev"):
        paths = [syntax / f"{name}-{split}.conllu" for name in ("en_ewt-ud", "en_gum-ok")]
        docs = read_syntax(paths, vocab, augment=split == "train")
        count = write_docs(docs, work / f"syntax.{split}.spacy")
        print(f"syntax.{split}: {count} documents")


def convert_names(data: Path, teacher: Language, work: Path) -> None:
    """Write the DocBins of names; no passage of press-gold.dev is in them, labelled or not."""
    rng = random.Random(0)
    marked = read_by_hand(data)
    silver = [text.text for text in read_silver(data, marked)]
    taught = list(teach([*silver, *draw_press(data, rng)], teacher, rng))
    rng.shuffle(taught)
    held = int(len(taught) * DEV_SHARE)
    by_hand = [to_entity_doc(teacher, text) for text in vary_by_hand(marked, rng)]
    for split, docs in (("train", [*taught[held:], *by_hand]), ("dev", taught[:held])):
        print(f"ner.{split}: {write_docs(docs, work / f'ner.{split}.spacy')} documents")


def vary_by_hand(texts: Iterable[Marked], rng: random.Random) -> Iterator[Marked]:
    """Yield each passage as it is and some times under other names or in another case."""
    made = MadeNames()
    for text in texts:
        yield text
        for _ in range(COPIES_BY_HAND - 1):
            yield vary_case(rename(text, made, rng), rng)


def to_entity_doc(nlp: Language, text: Marked) -> Doc:
    """Return a Doc with `ents`; a span that cuts a token is widened to it."""
    doc = nlp.make_doc(text.text)
    spans = (
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in text.names
    )
    doc.ents = spacy.util.filter_spans([span for span in spans if span is not None])
    return doc


def draw_press(data: Path, rng: random.Random) -> Iterator[str]:
    """Yield the beginnings of press documents, of each publisher about as many words."""
    gold = read_jsonl(data / "agreements" / "press-gold.dev.jsonl")
    tested = [_middle(record["text"]) for record in gold]
    for path in sorted((data / "press").glob("*.jsonl")):
        records = list(read_jsonl(path))
        rng.shuffle(records)
        left = PRESS_WORDS
        for record in records:
            text = record["text"][:LONGEST]
            if left > 0 and not any(passage in record["text"] for passage in tested):
                left -= len(text.split())
                yield text


def _middle(text: str) -> str:
    return text[len(text) // 2 :][:OVERLAP]


def teach(texts: Iterable[str], teacher: Language, rng: random.Random) -> Iterator[Doc]:
    """Yield the texts as Docs with the names that the teacher finds, and nothing else."""
    varied = (vary_case(Marked("", "", text, ()), rng).text for text in texts)
    for text in varied:
        found = teacher(text)
        names = tuple((e.start_char, e.end_char, e.label_) for e in found.ents)
        yield to_entity_doc(teacher, Marked("", "", text, names))


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
    description = "Tags, trees, lemmas and names of English press text (CNN)."
    write_pipeline(nlp, "press_en_fast", description, output)


if __name__ == "__main__":
    main()
