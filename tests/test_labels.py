"""What the labels of other pipelines become: the table, and the component that applies it."""

from typing import Any

import pytest
from docs import make_doc

from extract.components.labels import LabelMapper, load_labels, map_labels
from extract.components.names.spans import LABELS
from extract.rules import read_yaml

TABLE = read_yaml("labels")
ONTONOTES = (
    *("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"),
    *("LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
CONLL = ("PER", "ORG", "LOC", "MISC")


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: f"{e['theirs']} {e['name']}")
def test_the_examples_of_the_table(example: dict[str, Any]) -> None:
    states = example.get("states", True)
    found = load_labels().look_up(example["theirs"], example["name"], states=states)
    assert found == example["ours"]


def test_every_label_stands_once_in_capitals() -> None:
    rows = [*TABLE["labels"].values(), TABLE["mixed"], TABLE["dropped"]]
    theirs = [label for row in rows for label in row]
    assert sorted(set(theirs)) == sorted(theirs)
    assert all(label == label.upper().replace("-", "_") for label in theirs)


def test_every_label_of_ours_stands_for_itself() -> None:
    assert set(TABLE["labels"]) > LABELS
    assert [ours for ours, theirs in TABLE["labels"].items() if ours not in theirs] == []


def test_the_usual_schemes_are_known() -> None:
    table = load_labels()
    assert table.unknown([*ONTONOTES, *CONLL]) == []
    assert table.unknown(["Per", "work-of-art", "GENE", "B-PER"]) == ["GENE", "B-PER"]
    assert table.mapped(CONLL) == {"PERSON", "ORG", "LOC"}


# label, name, states of its own, ours, why
NAMES = [
    ("GPE", "Jordan", True, "GPE", "as it came"),
    ("LOC", "Peru", True, "LOC", "a scheme with states means no state by LOC"),
    ("LOC", "the Republic of Peru", False, "GPE", "a long form, with its article"),
    ("LOC", "Peruvian", False, "NORP", "a people, though tagged as a place"),
    ("LOC", "Ilo Valley", False, "LOC", "a feature"),
    ("LOC", "Seaford", False, "GPE", "a whole word only: no sea"),
    ("FAC", "Ilo Bridge", False, "FAC", "only LOC is asked what it is"),
    ("MISC", "the Danes", False, "NORP", "a people whose word is ambiguous elsewhere"),
    ("MISC", "Denmark", False, None, "a state is no people"),
    ("GENE", "Kenya", True, None, "unknown"),
]


@pytest.mark.parametrize(("label", "name", "states", "ours", "why"), NAMES)
def test_names(label: str, name: str, states: bool, ours: str | None, why: str) -> None:
    assert load_labels().look_up(label, name, states=states) == ours, why


def test_entities_keep_their_place_under_our_labels() -> None:
    text = "Ana Rojas of Chad met Danes at the Open in Ilo."
    tagged = [("Ana Rojas", "PER"), ("Chad", "LOC"), ("Danes", "MISC"), ("Open", "MISC")]
    doc = make_doc(text, [*tagged, ("Ilo", "LOC")])
    found = [(ent.text, ent.label_) for ent in map_labels(doc, states=False)]
    assert found == [("Ana Rojas", "PERSON"), ("Chad", "GPE"), ("Danes", "NORP"), ("Ilo", "GPE")]
    assert [ent.label_ for ent in LabelMapper(states=True)(doc).ents] == [
        "PERSON",
        "LOC",
        "NORP",
        "LOC",
    ]
