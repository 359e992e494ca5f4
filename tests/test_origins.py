"""Where bodies and persons belong; names are marked by hand."""

import pytest
from docs import VOCAB, make_doc

from extract.components.references import References
from extract.components.roles import RoleFinder
from extract.lexicons import load_countries
from extract.rules import load_rules

REFERENCES = References(load_rules("references", VOCAB), load_countries())
ROLES = RoleFinder(VOCAB)
ZORVEX, ANA, LIMA = ("Zorvex", "ORG"), ("Ana Vula", "PERSON"), ("Lima", "GPE")
PERU, PERUVIAN, CHILE = ("Peru", "GPE"), ("Peruvian", "NORP"), ("Chile", "GPE")

# text, names, country of the body or person, why
ORIGINS = [
    ("The Peruvian company Zorvex paid.", [PERUVIAN, ZORVEX], "PE", "described"),
    ("The Peruvian state oil giant, Zorvex, paid.", [PERUVIAN, ZORVEX], "PE", "in commas"),
    ("Peru's Zorvex paid.", [PERU, ZORVEX], "PE", "a genitive"),
    ("Peru's largest bank, Zorvex, paid.", [PERU, ZORVEX], "PE", "both"),
    ("Lima-based Zorvex paid.", [LIMA, ZORVEX], "PE", "a seat"),
    ("Zorvex, based in Lima, Chile, paid.", [ZORVEX, LIMA, CHILE], "CL", "the last place"),
    ("Zorvex, which is headquartered in Peru, paid.", [ZORVEX, PERU], "PE", "a clause"),
    ("Zorvex, a leading Peruvian bank, paid.", [ZORVEX, PERUVIAN], "PE", "an apposition"),
    ("Zorvex, Peru's largest bank, paid.", [ZORVEX, PERU], "PE", "another"),
    ("Zorvex (Peru) paid.", [ZORVEX, PERU], "PE", "brackets"),
    ("Zorvex of Peru paid.", [ZORVEX, PERU], "PE", "of"),
    ("Zorvex of Scotland paid.", [ZORVEX, ("Scotland", "GPE")], "GB", "a part of a state"),
    ("Zorvex, Peru and Chile paid.", [ZORVEX, PERU, CHILE], None, "a list"),
    ("Zorvex, a friend of the Peruvian team, paid.", [ZORVEX, PERUVIAN], None, "another's"),
    ("Zorvex said Peruvian company taxes rose.", [ZORVEX, PERUVIAN], None, "elsewhere"),
    ("Peruvian Zorvex dealers paid.", [PERUVIAN, ZORVEX], None, "the dealers are"),
    ("LIMA, 3 May - Zorvex paid.", [("LIMA", "GPE"), ZORVEX], None, "a dateline"),
    ("Peru's EU envoy spoke.", [PERU, ("EU", "ORG")], None, "a bloc belongs to none"),
    (
        "Peruvian lender Zorvex grew. Zorvex, Chile's largest bank, shrank.",
        [PERUVIAN, ZORVEX, ZORVEX, CHILE],
        None,
        "in doubt none",
    ),
    ("Foreign Minister of Peru Ana Vula spoke.", [PERU, ANA], "PE", "an office of the state"),
    ("Peruvian President Ana Vula spoke.", [PERUVIAN, ANA], "PE", "an adjective"),
    (
        "Ana Vula, head of the Peruvian delegation, spoke.",
        [ANA, PERUVIAN],
        "PE",
        "a described body",
    ),
    ("Ana Vula, Peru's ambassador to Chile, spoke.", [ANA, PERU, CHILE], "PE", "not the host"),
    (
        "Ana Vula, director of the Peru Ports Authority, spoke.",
        [ANA, ("Peru Ports Authority", "ORG")],
        "PE",
        "a body of the state",
    ),
    (
        "Ana Vula, chief executive of Air Peru, spoke.",
        [ANA, ("Air Peru", "ORG")],
        None,
        "a company says nothing of who leads it",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), ORIGINS)
def test_origins(text, ents, expected, why):
    doc = REFERENCES(ROLES(make_doc(text, ents)))
    kind = "PERSON" if ANA in ents else "ORG"
    (entity,) = (e for e in doc._.entities if e["type"] == kind)
    assert entity.get("origin") == expected, why
    assert entity["country"] is None  # a company is no side with its state


def test_a_country_in_the_name_stands_before_what_is_said_of_it():
    doc = REFERENCES(
        ROLES(make_doc("Chile's Bank of Peru paid.", [CHILE, ("Bank of Peru", "ORG")]))
    )
    bank = doc._.entities[1]
    assert (bank["country"], bank.get("origin")) == ("PE", None)
