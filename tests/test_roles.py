"""Offices of people; entities are written by hand."""

import pytest
import spacy
from docs import VOCAB, make_doc

from extract.components.roles import find_roles
from extract.rules import load_rules, read_rules

RULES = load_rules("roles", VOCAB)
ANA, TOM = ("Ana Vula", "PERSON"), ("Tom Berg", "PERSON")

ROLES = [
    (
        "Then the head of the Kenyan delegation, Ana Vula, spoke.",
        [("Kenyan", "NORP"), ANA],
        [("Ana Vula", "head of the Kenyan delegation", "the Kenyan delegation")],
        "a described body",
    ),
    (
        "Ana Vula, Director General of the Kenyan state corporation, spoke.",
        [ANA, ("Kenyan", "NORP")],
        [
            (
                "Ana Vula",
                "Director General of the Kenyan state corporation",
                "the Kenyan state corporation",
            )
        ],
        "after",
    ),
    ("It was Prime Minister Tom Berg.", [TOM], [("Tom Berg", "Prime Minister", None)], "in front"),
    (
        "Foreign Minister Ana Vula of Fiji signed.",
        [ANA, ("Fiji", "GPE")],
        [("Ana Vula", "Foreign Minister", "Fiji")],
        "the body follows the name",
    ),
    (
        "Ana Vula, the French president, left.",
        [ANA, ("French", "NORP")],
        [("Ana Vula", "president", "French")],
        "adjective",
    ),
    (
        "French President Ana Vula left.",
        [("French", "NORP"), ANA],
        [("Ana Vula", "President", "French")],
        "adjective",
    ),
    (
        "The company's chief executive, Ana Vula, said so.",
        [ANA],
        [("Ana Vula", "chief executive", "The company")],
        "a body described by its noun",
    ),
    (
        "Ana Vula, who heads Zorvex, agreed.",
        [ANA, ("Zorvex", "ORG")],
        [("Ana Vula", "heads", "Zorvex")],
        "a verb",
    ),
    (
        "President Ana Vula and her Kenyan counterpart Tom Berg met.",
        [ANA, ("Kenyan", "NORP"), TOM],
        [("Ana Vula", "President", None), ("Tom Berg", "President", "Kenyan")],
        "the same office",
    ),
    (
        "Mr Tom Berg, the minister for trade and industry, said so.",
        [TOM],
        [("Tom Berg", "minister for trade and industry", None)],
        "a portfolio after",
    ),
    (
        "Trade and Industry Minister Tom Berg said so.",
        [TOM],
        [("Tom Berg", "Trade and Industry Minister", None)],
        "before",
    ),
    (
        "Prime Ministers Ana Vula and Tom Berg met.",
        [ANA, TOM],
        [("Ana Vula", "Prime Ministers", None), ("Tom Berg", "Prime Ministers", None)],
        "shared",
    ),
    (
        "The foreign ministers of Peru and Chile, Ana Vula and Tom Berg, signed it.",
        [("Peru", "GPE"), ("Chile", "GPE"), ANA, TOM],
        [("Ana Vula", "foreign ministers", "Peru"), ("Tom Berg", "foreign ministers", "Chile")],
        "paired in order",
    ),
    (
        "The Peruvian and Chilean foreign ministers, Ana Vula and Tom Berg, signed it.",
        [("Peruvian", "NORP"), ("Chilean", "NORP"), ANA, TOM],
        [
            ("Ana Vula", "foreign ministers", "Peruvian"),
            ("Tom Berg", "foreign ministers", "Chilean"),
        ],
        "paired, adjectives in front",
    ),
    (
        "Foreign Ministers Ana Vula of Fiji and Tom Berg of Norway met.",
        [ANA, ("Fiji", "GPE"), TOM, ("Norway", "GPE")],
        [("Ana Vula", "Foreign Ministers", "Fiji"), ("Tom Berg", "Foreign Ministers", "Norway")],
        "each with a country",
    ),
    (
        "It was signed by the Minister of Water, Ana Vula, and the Director General of the "
        "Fiji Reef Service, Tom Berg.",
        [ANA, ("Fiji Reef Service", "ORG"), TOM],
        [
            ("Ana Vula", "Minister of Water", None),
            ("Tom Berg", "Director General of the Fiji Reef Service", "Fiji Reef Service"),
        ],
        "each their own office",
    ),
    (
        "The Minister for Trade, the Hon Tom Berg MP, has signed.",
        [TOM],
        [("Tom Berg", "Minister for Trade", None)],
        "letters",
    ),
    (
        "Fiji’s Ambassador to Japan, Mr Tom Berg, signed.",
        [("Fiji", "GPE"), ("Japan", "GPE"), TOM],
        [("Tom Berg", "Ambassador to Japan", "Fiji")],
        "the host is not the body",
    ),
    (
        "US Special Envoy for Peru Ana Vula came.",
        [("US", "GPE"), ("Peru", "GPE"), ANA],
        [("Ana Vula", "Special Envoy for Peru", "US")],
        "who is sent is not of the host",
    ),
    (
        "Ana Vula, representative of Peru, came.",
        [ANA, ("Peru", "GPE")],
        [("Ana Vula", "representative of Peru", "Peru")],
        "but of who sends",
    ),
    (
        "Deputy Secretary of State Ana Vula came.",
        [ANA],
        [("Ana Vula", "Deputy Secretary of State", None)],
        "the longest noun",
    ),
    (
        "Ana Vula, president and chief executive of Zorvex, signed.",
        [ANA, ("Zorvex", "ORG")],
        [("Ana Vula", "president and chief executive of Zorvex", "Zorvex")],
        "two offices in one",
    ),
    (
        "Signed: Tom Berg, Chairman, Zorvex; Ana Vula, Rector.",
        [TOM, ("Zorvex", "ORG"), ANA],
        [("Tom Berg", "Chairman", "Zorvex"), ("Ana Vula", "Rector", None)],
        "a list of signatures",
    ),
    (
        "It ended in Washington, D.C. Secretary Ana Vula spoke.",
        [("Washington, D.C.", "GPE"), ANA],
        [("Ana Vula", "Secretary", None)],
        "the place ends a sentence",
    ),
    (
        "FOREIGN MINISTER TOM BERG: Thank you.",
        [("TOM BERG", "PERSON")],
        [("TOM BERG", "FOREIGN MINISTER", None)],
        "capitals",
    ),
    ("The minister met Ana Vula and will head home.", [ANA], [], "a meeting gives no office"),
    ("He said that President Ana Vula left.", [ANA], [("Ana Vula", "President", None)], "no verb"),
    ("He is to chair Ana Vula's panel.", [ANA], [], "a verb"),
    (
        "Defence Minister General Ana Vula and Admiral Tom Berg met.",
        [ANA, TOM],
        [("Ana Vula", "Defence Minister", None), ("Tom Berg", "Admiral", None)],
        "a rank",
    ),
    (
        "Defence Minister Admiral Tom Berg met her.",
        [TOM],
        [("Tom Berg", "Defence Minister", None)],
        "the office, not the rank",
    ),
    ("The president\nAna Vula left.", [ANA], [], "not over a line break"),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), ROLES)
def test_find_roles(text, ents, expected, why):
    doc = make_doc(text, ents)
    found = [
        tuple(doc[slice(*f[key])].text if f[key] else None for key in ("person", "role", "body"))
        for f in find_roles(doc, RULES)
    ]
    assert found == expected, why


@pytest.mark.parametrize("rule", read_rules("roles")[0], ids=lambda rule: rule.id)
def test_rule_examples(rule):
    for text in rule.match:
        assert rule.id in {m.rule.id for m in RULES.find(make_doc(text))}, text
    for text in rule.no_match:
        assert rule.id not in {m.rule.id for m in RULES.find(make_doc(text))}, text


def test_component_sets_frames_of_plain_tuples():
    nlp = spacy.blank("en")
    roles = nlp.add_pipe("pactwire_roles")
    doc = roles(make_doc("President Ana Vula left.", [ANA]))
    assert doc._.roles == [
        {"person": (1, 3), "role": (0, 1), "body": None, "rule": "role.before_name"}
    ]
    assert nlp("Nobody here.")._.roles == []
