"""Measure what each stage brings to the agreements: gold scored with one part out at a time.

    python tests/benchmarks/ablation.py GOLD [--model NAME_OR_PATH]

A table on stdout: F1 of each measure with all parts, then without the trees (every word hangs on
the first of its sentence), the tagger's names (the lexicons' remain), the mending of names, the
references, and the reader.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extract import load
from extract.components.agreements import Agreements
from extract.evaluation import evaluate, from_record, read_gold
from extract.evaluation.table import to_markdown
from extract.pipeline import Extractor
from extract.readers import read_articles
from extract.resources import DEFAULT_PIPELINE

MEASURES = ("detection", "party", "status", "kind", "date", "signatory", "place", "topic", "record")


class Spoilt:
    """A component, and what takes a part of its work back."""

    def __init__(self, component: Callable[..., Any], spoil: Callable[[Doc], None]) -> None:
        self.component = component
        self.spoil = spoil

    def __call__(self, doc: Doc) -> Doc:
        """Call the component, then spoil what it did."""
        doc = self.component(doc)
        self.spoil(doc)
        return doc


def flatten(doc: Doc) -> None:
    """Hang every word on the first of its sentence."""
    heads = [sent.start - token.i for sent in doc.sents for token in sent]
    labels = [doc.vocab.strings.add("ROOT" if head == 0 else "dep") for head in heads]
    table = np.array([heads, labels], np.int64).T.copy()
    doc.from_array(["HEAD", "DEP"], table.view(np.uint64))


def forget_names(doc: Doc) -> None:
    """Take the tagger's names away."""
    doc.set_ents([])


def forget_references(doc: Doc) -> None:
    """Leave the descriptions unresolved."""
    doc._.references = []


def after(name: str, spoil: Callable[[Doc], None]) -> Callable[[Language], None]:
    """Return what spoils the work of one component of a pipeline."""

    def change(nlp: Language) -> None:
        parts = nlp._components
        place = [part for part, _ in parts].index(name)
        parts[place] = (name, Spoilt(parts[place][1], spoil))

    return change


def without_reader(nlp: Language) -> None:
    """Let the rules and the plain judge do all."""
    component = nlp.get_pipe("pactwire_agreements")
    assert isinstance(component, Agreements)
    component.encoder = None


def keep_all(nlp: Language) -> None:
    """Change nothing."""


def main() -> None:
    """Score the gold with each part out, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default=DEFAULT_PIPELINE)
    options = parser.parse_args()
    changes = {
        "all parts": keep_all,
        "without trees": after("encoder", flatten),
        "without the tagger's names": after("encoder", forget_names),
        "without the mending of names": lambda nlp: nlp.disable_pipe("pactwire_names"),
        "without references": after("pactwire_references", forget_references),
        "without the reader": without_reader,
    }
    rows = []
    for name, change in changes.items():
        extractor = load(options.model)
        change(extractor.nlp)
        rows.append((name, *score(extractor, options.gold)))
    print(to_markdown(("", *MEASURES), rows))


def score(extractor: Extractor, gold: Path) -> list[str]:
    """Return the F1 of each measure."""
    articles = read_articles([str(gold)])
    records = [item for item in extractor.pipe(articles) if hasattr(item, "agreements")]
    result = evaluate(read_gold(gold), map(from_record, records), resamples=1)
    return [f"{result.scores[measure].f1:.3f}" for measure in MEASURES]


if __name__ == "__main__":
    main()
