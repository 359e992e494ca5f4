"""What another pipeline's labels mean here: OntoNotes, CoNLL and others, mapped by a table.

The table is data, `models/rules/labels.yaml`. A scheme without a label for states (CoNLL-2003)
has them under LOC; there the lexicon of countries and the words of a name tell which it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.lexicons import load_countries
from extract.rules import read_yaml


@dataclass(frozen=True, slots=True)
class LabelTable:
    """`ours` maps their labels to ours; `mixed` and `dropped` are labels of which little is kept.

    `places` tells by its words what a name in a scheme without states is.
    """

    ours: Mapping[str, str]
    mixed: frozenset[str]
    dropped: frozenset[str]
    places: Mapping[str, re.Pattern[str]]

    def unknown(self, labels: Iterable[str]) -> list[str]:
        """Return the labels that no row of the table holds, as they are written."""
        known = {*self.ours, *self.mixed, *self.dropped}
        return [label for label in labels if _plain(label) not in known]

    def mapped(self, labels: Iterable[str]) -> set[str]:
        """Return what is ours of these labels."""
        return {self.ours[_plain(label)] for label in labels if _plain(label) in self.ours}

    def look_up(self, label: str, name: str, *, states: bool = True) -> str | None:
        """Return our label for a name, or None where it is dropped.

        `states` tells whether the scheme has a label for states of its own.
        """
        theirs, name = _plain(label), " ".join(name.split())
        if theirs in self.mixed:
            term = load_countries().lookup(name)
            return "NORP" if term and term.way == "demonym" else None
        ours = self.ours.get(theirs)
        return self._place(name) if ours == "LOC" and not states else ours

    def _place(self, name: str) -> str:
        if term := load_countries().lookup(name):
            return term.label
        return next((label for label, words in self.places.items() if words.search(name)), "GPE")


def _plain(label: str) -> str:
    return label.upper().replace("-", "_")


@cache
def load_labels() -> LabelTable:
    """Return the table of `labels.yaml`."""
    content = read_yaml("labels")
    return LabelTable(
        ours={theirs: ours for ours, row in content["labels"].items() for theirs in row},
        mixed=frozenset(content["mixed"]),
        dropped=frozenset(content["dropped"]),
        places={
            label: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
            for label, words in content["places"].items()
        },
    )


def map_labels(doc: Doc, *, states: bool) -> list[Span]:
    """Return the entities of a document under our labels, without those that are dropped."""
    table = load_labels()
    labels = (table.look_up(ent.label_, ent.text, states=states) for ent in doc.ents)
    pairs = zip(doc.ents, labels, strict=True)
    return [
        Span(doc, ent.start, ent.end, label, kb_id=ent.kb_id, span_id=ent.id)
        for ent, label in pairs
        if label
    ]


class LabelMapper:
    """Rewrites `doc.ents`."""

    def __init__(self, *, states: bool) -> None:
        """Keep whether the scheme has a label for states of its own."""
        self.states = states

    def __call__(self, doc: Doc) -> Doc:
        """Give the entities of the document our labels."""
        doc.ents = tuple(map_labels(doc, states=self.states))
        return doc


@Language.factory(
    "pactwire_labels",
    requires=["doc.ents"],
    assigns=["doc.ents"],
    default_config={"states": True},
)
def make_labels(nlp: Language, name: str, states: bool) -> LabelMapper:
    """Make the component; it runs after the tagger of names, before `pactwire_names`."""
    return LabelMapper(states=states)
