"""Which names are one entity, and whom a description stands for; names are marked by hand."""

import pytest
from docs import VOCAB, make_doc

from extract.components.entities import cluster_entities
from extract.components.frames import EntityFrame
from extract.components.references import References, home_country
from extract.lexicons import load_countries
from extract.rules import load_rules

REFERENCES = References(load_rules("references", VOCAB), load_countries())
PERU, CHILE, FIJI = ("Peru", "GPE"), ("Chile", "GPE"), ("Fiji", "GPE")
ZORVEX, KENYAN = ("Zorvex", "ORG"), ("Kenyan", "NORP")
ANA, TOM = ("Ana Vula", "PERSON"), ("Tom Berg", "PERSON")
PORTS = ("Ministry of Ports", "ORG")

# text, names, [(entity, its mentions)], why
CLUSTERS = [
    (
        "Peru waited. Peruvian ports closed. Peru's navy sailed.",
        [PERU, ("Peruvian", "NORP"), ("Peru's", "GPE")],
        [("Peru", ["Peru", "Peruvian", "Peru's"])],
        "country, demonym and genitive",
    ),
    (
        "Peruvian ports closed. Chile's did not.",
        [("Peruvian", "NORP"), CHILE],
        [("Peruvian", ["Peruvian"]), ("Chile", ["Chile"])],
        "an adjective alone has its own name",
    ),
    (
        "Lima protested. Peru waited.",
        [("Lima", "GPE"), PERU],
        [("Lima", ["Lima"]), ("Peru", ["Peru"])],
        "a capital may be a mere place",
    ),
    (
        "Ana Vula met Tom Berg. Vula left; Berg stayed.",
        [ANA, TOM, ("Vula", "PERSON"), ("Berg", "PERSON")],
        [("Ana Vula", ["Ana Vula", "Vula"]), ("Tom Berg", ["Tom Berg", "Berg"])],
        "surname to person",
    ),
    (
        "Ana Vula met Ivo Vula. Vula left.",
        [ANA, ("Ivo Vula", "PERSON"), ("Vula", "PERSON")],
        [("Ana Vula", ["Ana Vula", "Vula"]), ("Ivo Vula", ["Ivo Vula"])],
        "the first of two namesakes",
    ),
    (
        "Ana Maria Vula spoke. Ana Vula left.",
        [("Ana Maria Vula", "PERSON"), ANA],
        [("Ana Maria Vula", ["Ana Maria Vula", "Ana Vula"])],
        "without the middle name",
    ),
    (
        "Ana Vula spoke. Ana Maria Vula left. Vula stayed.",
        [ANA, ("Ana Maria Vula", "PERSON"), ("Vula", "PERSON")],
        [("Ana Maria Vula", ["Ana Vula", "Ana Maria Vula", "Vula"])],
        "and by way of it",
    ),
    (
        "Rosa Vula Lopez and Rosa Vula are one. Vula left.",
        [("Rosa Vula Lopez", "PERSON"), ("Rosa Vula", "PERSON"), ("Vula", "PERSON")],
        [("Rosa Vula Lopez", ["Rosa Vula Lopez", "Rosa Vula", "Vula"])],
        "of two family names",
    ),
    (
        "Zorvex Motor Company grew. Zorvex paid.",
        [("Zorvex Motor Company", "ORG"), ZORVEX],
        [("Zorvex Motor Company", ["Zorvex Motor Company", "Zorvex"])],
        "first word of a company",
    ),
    (
        "Park Ji-hoon met Rosa Vula Lopez. Park and Vula agreed.",
        [
            *(("Park Ji-hoon", "PERSON"), ("Rosa Vula Lopez", "PERSON")),
            *(("Park", "PERSON"), ("Vula", "PERSON")),
        ],
        [
            ("Park Ji-hoon", ["Park Ji-hoon", "Park"]),
            ("Rosa Vula Lopez", ["Rosa Vula Lopez", "Vula"]),
        ],
        "the family name stands first, or in the middle",
    ),
    (
        "Ana Vula met Ana Berg. Ana left.",
        [ANA, ("Ana Berg", "PERSON"), ("Ana", "PERSON")],
        [("Ana Vula", ["Ana Vula"]), ("Ana Berg", ["Ana Berg"]), ("Ana", ["Ana"])],
        "a word that two share says nothing",
    ),
    (
        "The World Health Organization met. The WHO agreed.",
        [("World Health Organization", "ORG"), ("WHO", "ORG")],
        [("World Health Organization", ["World Health Organization", "WHO"])],
        "a body that the lexicon knows",
    ),
    (
        "The Sea Union Commission met the Sea Union.",
        [("Sea Union Commission", "ORG"), ("Sea Union", "ORG")],
        [("Sea Union Commission", ["Sea Union Commission"]), ("Sea Union", ["Sea Union"])],
        "a body and one of its own",
    ),
    (
        "PERU SIGNS\nPeru signed with Tom Berg.",
        [("PERU", "GPE"), PERU, TOM],
        [("Peru", ["PERU", "Peru"]), ("Tom Berg", ["Tom Berg"])],
        "as the prose writes it",
    ),
    (
        "The Ministry of Ports met the Ministry of Mines.",
        [PORTS, ("Ministry of Mines", "ORG")],
        [
            ("Ministry of Ports", ["Ministry of Ports"]),
            ("Ministry of Mines", ["Ministry of Mines"]),
        ],
        "two ministries are two",
    ),
    (
        "The Zorvex Group and Zorvex Group",
        [("The Zorvex Group", "ORG"), ("Zorvex Group", "ORG")],
        [("Zorvex Group", ["The Zorvex Group", "Zorvex Group"])],
        "the article does not count",
    ),
    (
        "Jordan Lee flew to Jordan.",
        [("Jordan Lee", "PERSON"), ("Jordan", "GPE")],
        [("Jordan Lee", ["Jordan Lee"]), ("Jordan", ["Jordan"])],
        "a person and a country are two",
    ),
    ("It began on Monday.", [("Monday", "DATE")], [], "a date is no entity"),
]


@pytest.mark.parametrize(("text", "names", "expected", "why"), CLUSTERS)
def test_clusters(text, names, expected, why):
    doc = make_doc(text, names)
    found = [
        (entity["name"], [doc[start:end].text for start, end in entity["mentions"]])
        for entity in cluster_entities(doc, load_countries())
    ]
    assert found == expected, why


def test_an_acronym_joins_its_long_form():
    doc = make_doc(
        "The Sea Trade Fund (STF) met. STF left.",
        [("Sea Trade Fund", "ORG"), ("STF", "ORG"), ("STF", "ORG")],
    )
    doc._.acronyms = {"STF": "Sea Trade Fund"}
    (entity,) = cluster_entities(doc, load_countries())
    assert (entity["name"], entity["ids"]) == ("Sea Trade Fund", {"acronym": "STF"})
    assert len(entity["mentions"]) == 3


# name, label, country, ids, why
COUNTRIES = [
    ("Peru", "GPE", "PE", {"iso3166": "PE"}, "the country itself"),
    ("Kenyan", "NORP", "KE", {"iso3166": "KE"}, "its adjective"),
    ("Lima", "GPE", "PE", {"seat_of": "PE"}, "its capital"),
    ("Ports Authority of Kenya", "ORG", "KE", {}, "a country's name inside"),
    ("Zorvex", "ORG", None, {}, "nothing said"),
    ("Congolese", "NORP", None, {}, "of two countries"),
]


@pytest.mark.parametrize(("name", "label", "country", "ids", "why"), COUNTRIES)
def test_countries_of_entities(name, label, country, ids, why):
    doc = make_doc(f"They met {name} there.", [(name, label)])
    (entity,) = cluster_entities(doc, load_countries())
    assert (entity["type"], entity["country"], entity["ids"]) == (label, country, ids), why


# text, names, [(description, [whom it stands for])], why
DESCRIPTIONS = [
    (
        "Peru met Chile. The two sides agreed.",
        [PERU, CHILE],
        [("The two sides", ["Peru", "Chile"])],
        "the last two",
    ),
    (
        "Peru met Chile. It rained on Fiji. Both countries agreed.",
        [PERU, CHILE, FIJI],
        [("Both countries", ["Peru", "Chile"])],
        "the nearest sentence that names two",
    ),
    (
        "Peru waited. The two sides agreed.",
        [PERU],
        [("The two sides", [])],
        "kept, though one is missing",
    ),
    (
        "The Ports Authority of Kenya and Kenyan miners met Zorvex. The two sides agreed.",
        [("Ports Authority of Kenya", "ORG"), KENYAN, ZORVEX],
        [("The two sides", ["Ports Authority of Kenya", "Zorvex"])],
        "a state and its body are one side",
    ),
    (
        "Peru, Chile and Fiji met. The three countries agreed.",
        [PERU, CHILE, FIJI],
        [("The three countries", ["Peru", "Chile", "Fiji"])],
        "all that were named",
    ),
    (
        "Peru met Chile. It rained. It snowed. It blew. Both sides agreed.",
        [PERU, CHILE],
        [("Both sides", [])],
        "too far back",
    ),
    (
        "Ana Vula met Tom Berg. The two sides agreed.",
        [ANA, TOM],
        [("The two sides", [])],
        "persons are no sides",
    ),
    (
        "Zorvex won. The company cheered.",
        [ZORVEX],
        [("The company", ["Zorvex"])],
        "the organisation before",
    ),
    (
        "Zorvex sued the Ministry of Ports. The company won; the ministry paid.",
        [ZORVEX, PORTS],
        [("The company", ["Zorvex"]), ("the ministry", ["Ministry of Ports"])],
        "each by its noun",
    ),
    ("Peru waited. The company left.", [PERU], [], "a country is no company"),
    ("Zorvex waited. The ministry paid.", [ZORVEX], [], "a company is no ministry"),
    ("The company left. Zorvex won.", [ZORVEX], [], "not what comes later"),
    (
        "Chile lost. Peru grew. The country sells tin.",
        [CHILE, PERU],
        [("The country", ["Peru"])],
        "the country spoken of last",
    ),
    (
        "Zorvex grew. The country sells tin.",
        [ZORVEX],
        [],
        "a company is no country",
    ),
    (
        "Peru met Chile. Peru won. Our government agreed.",
        [PERU, CHILE, PERU],
        [("Our government", ["Peru"])],
        "the voice of the text",
    ),
    (
        "Zorvex won. The Company cheered.",
        [ZORVEX, ("The Company", "ORG")],
        [],
        "a name is no description",
    ),
    (
        "Zorvex won. The French firm Lumora lost.",
        [ZORVEX, ("French", "NORP"), ("Lumora", "ORG")],
        [],
        "it describes the name that follows",
    ),
]


@pytest.mark.parametrize(("text", "names", "expected", "why"), DESCRIPTIONS)
def test_descriptions(text, names, expected, why):
    doc = REFERENCES(make_doc(text, names))
    found = [
        (doc[slice(*r["span"])].text, [doc._.entities[n]["name"] for n in r["entities"]])
        for r in doc._.references
    ]
    assert found == expected, why


HEAD = "{} signed. Ana Vula, head of the Kenyan state corporation, spoke."


def test_a_description_gives_a_body_its_country():
    doc = REFERENCES(make_doc(HEAD.format("Zorvex"), [ZORVEX, ANA, KENYAN]))
    assert [doc[slice(*r["span"])].text for r in doc._.references] == ["Kenyan state corporation"]
    assert [e["country"] for e in doc._.entities if e["name"] == "Zorvex"] == ["KE"]


def test_a_body_of_another_country_keeps_its_own():
    name = "Ports Authority of Peru"
    doc = REFERENCES(make_doc(HEAD.format(name), [(name, "ORG"), ANA, KENYAN]))
    assert doc._.references == []
    assert doc._.entities[0]["country"] == "PE"


def test_home_country():
    def country(name: str, mentions: int) -> EntityFrame:
        places = [(n, n + 1) for n in range(mentions)]
        return EntityFrame(
            type="GPE", name=name, mentions=places, country=name, ids={"iso3166": name}
        )

    assert home_country([country("PE", 1), country("CL", 2)]) == [1]
    assert home_country([country("PE", 2), country("CL", 2)]) == [0], "ties go to the first"
    assert home_country([]) == []


def test_nothing_of_one_text_stays_for_the_next():
    REFERENCES(make_doc("Zorvex won.", [ZORVEX]))
    doc = REFERENCES(make_doc("The company cheered."))
    assert (doc._.entities, doc._.references) == ([], [])
