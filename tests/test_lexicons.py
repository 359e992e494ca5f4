"""Countries and bodies by their words."""

import pytest

from extract.lexicons import country_of, load_bodies, load_countries

COUNTRY_OF = [
    ("Ministry of Water of the Republic of Djibouti", "DJ", "long form after of"),
    ("China National Space Administration", "CN", "a name in front"),
    ("Russian state corporation", "RU", "an adjective"),
    ("U.S. Department of State", "US", "abbreviation with full stops"),
    ("Air France", "FR", "a name behind"),
    ("Polish Maritime Office", "PL", "an adjective that is a verb elsewhere"),
    ("Bank of Jordan", "JO", "a name of people counts after of"),
    ("Jordan Times", None, "and not elsewhere"),
    ("New Mexico", None, "a longer name"),
    ("Jersey City Council", None, "a longer name"),
    ("State of Georgia", None, "the American one"),
    ("Georgia", "GE", "alone it is the country"),
    ("Guinea-Bissau", "GW", "longest match"),
    ("Nigerian Ports Authority", "NG", "not Niger"),
    ("London Metal Exchange", "GB", "a capital, where nothing better stands"),
    ("China Trade Office of London", "CN", "a name before a capital"),
    ("US-China Business Council", None, "two side by side"),
    ("Congolese army", None, "two countries share the word"),
    ("Republic of China", "TW", "not the People's Republic"),
    ("People’s Republic of China", "CN", "curly apostrophe"),
    ("PORTUGAL", "PT", "a headline in capitals"),
    ("us", None, "case counts in acronyms"),
    ("the Netherlands", "NL", "an article"),
    ("Scottish Government", "GB-SCT", "a part that signs for itself"),
    ("Acme Holdings", None, "no country"),
    ("FBI", "US", "a body of one state"),
    ("Knesset", "IL", "a parliament"),
    ("NATO", None, "a body of many"),
    ("EU-Kenya Forum", None, "half of a pair"),
    ("Norway Kuwait Bank", None, "two, with nothing between"),
    ("African Union Mission in Somalia", None, "where a body of many is at work"),
    ("Delegation of the European Union to Kenya", None, "where it is sent"),
]


@pytest.mark.parametrize(("name", "expected", "why"), COUNTRY_OF)
def test_country_of(name, expected, why):
    assert country_of(name) == expected, why


TERMS = [
    ("Kremlin", "RU", "ORG", "office"),
    ("Canberra", "AU", "GPE", "seat"),
    ("Djiboutians", "DJ", "NORP", "demonym"),
    ("DPRK", "KP", "GPE", "name"),
]


@pytest.mark.parametrize(("surface", "code", "label", "way"), TERMS)
def test_country_term(surface, code, label, way):
    term = load_countries().lookup(surface)
    assert (term.code, term.label, term.way) == (code, label, way)


def test_every_country_finds_itself_and_its_whole():
    countries = load_countries()
    assert len(countries.names) > 240
    for code, name in countries.names.items():
        assert code in countries.lookup(name).codes
    assert set(countries.part_of.values()) <= set(countries.names)


def test_find_gives_offsets_without_overlaps():
    text = "The US$5 loan: Papua New Guinea’s and New Mexico's, not Guinea's."
    found = [(text[f.start : f.end], f.term.code) for f in load_countries().find(text)]
    assert found == [("Papua New Guinea", "PG"), ("Guinea", "GN")]


def test_bodies_of_states_have_known_countries():
    codes = {f.term.code for name in ("BBC", "FBI", "Sejm") for f in load_bodies().find(name)}
    assert codes == {"GB", "US", "PL"} <= set(load_countries().names)
    assert load_bodies().generic < load_bodies().nouns | {
        *("Governments", "Office", "Division", "Delegation", "Board", "Panel", "Taskforce"),
        *("Working Group", "Task Force"),
    }
    assert load_bodies().standing_alone < load_bodies().generic


def test_bodies():
    bodies = load_bodies()
    assert bodies.lookup("Asean").name == "Association of Southeast Asian Nations"
    assert bodies.lookup("EU").way == "bloc"
    assert bodies.lookup("eu") is None
    assert "Ministry" in bodies.state_nouns < bodies.nouns


def test_brussels_stands_for_the_union():
    assert load_countries().lookup("Brussels") is None
    assert load_bodies().lookup("Brussels").name == "European Union"
