"""Details of an agreement: value, duration, attribution and the country of the place."""

import pytest
from docs import make_doc, make_tree

from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.places import to_place
from extract.components.agreements.quotations import find_quotations, is_quoted
from extract.components.frames import EntityFrame
from extract.pipeline import Extractor
from extract.press.countries import find_country

PUBLISHED = "2025-07-03"

# ---- quotations
QUOTED = [
    ('"We won," he said.', ['"We won,"'], "straight"),
    ("“We won,” he said.", ["“We won,”"], "curly"),
    ("He said: «We won.»", ["«We won.»"], "guillemets"),
    ("He said: „We won.“", ["„We won.“"], "low marks"),
    ("He said: ‘We’ve won.’ So", ["‘We’ve won.’"], "single ones, with an apostrophe"),
    ("The ministers’ pact isn’t new.", [], "apostrophes alone"),
    ("“We won. It is over.” Then", ["“We won. It is over.”"], "across sentences"),
    ("“We won.\n\n“It is over.”", ["“We won.", "“It is over.”"], "goes on in the next paragraph"),
    ('"A" and "B"', ['"A"', '"B"'], "two"),
    ("He said “the ‘new’ pact”.", ["“the ‘new’ pact”"], "one in the other"),
]


@pytest.mark.parametrize(("text", "expected", "why"), QUOTED)
def test_quotations(text, expected, why):
    assert [text[start:end] for start, end in find_quotations(text)] == expected, why


def test_a_quoted_word_is_no_quotation():
    doc = make_tree(
        'the/DET/det/pact "/PUNCT/punct/pact pact/NOUN/nsubj/ended "_2/PUNCT/punct/pact '
        "ended/VERB/ROOT/ended"
    )
    assert not is_quoted(doc, 2, find_quotations(doc.text))
    whole = [(0, len(doc.text))]
    assert is_quoted(doc, 2, whole)


# ---- the country of a text
COUNTRIES = [
    ("CANBERRA", None, None, "AU", "a capital"),
    ("Canberra", "Reuters", None, None, "an agency writes for the world"),
    (None, None, "https://news.press.example.au/a", "AU", "a site"),
    ("Ottawa", None, "https://press.example.au/a", None, "they differ"),
    ("Ottawa", None, "https://press.example.com/a", "CA", "a site of no country"),
    ("Riverbend", None, None, None, "a town that nobody knows"),
    (None, None, "http://[", None, "no address"),
]


@pytest.mark.parametrize(("place", "agency", "url", "country", "why"), COUNTRIES)
def test_the_country_of_a_text(place, agency, url, country, why):
    assert find_country(place, agency, url) == country, why


# ---- the country of a place
def place_entity(name: str, start: int, country: str | None, **ids: str) -> EntityFrame:
    return EntityFrame(
        type="GPE", name=name, mentions=[(start, start + 1)], country=country, ids=ids
    )


PLACES = [
    ("in Nairobi .", [place_entity("Nairobi", 1, "KE", seat_of="KE")], "KE", "a capital"),
    ("in Kenya .", [place_entity("Kenya", 1, "KE", iso3166="KE")], "KE", "a country"),
    ("in Queensland .", [place_entity("Queensland", 1, "AU-QLD")], "AU", "a part of one"),
    ("in Riverbend .", [place_entity("Riverbend", 1, None)], None, "nobody knows"),
    (
        "in Riverbend , Chile .",
        [place_entity("Riverbend", 1, None), place_entity("Chile", 3, "CL", iso3166="CL")],
        "CL",
        "its country behind it",
    ),
    (
        "in Riverbend , Chile signed .",
        [place_entity("Riverbend", 1, None), place_entity("Chile", 3, "CL", iso3166="CL")],
        None,
        "a country that goes on",
    ),
    ("in a hall .", [], None, "no name"),
]


@pytest.mark.parametrize(("text", "entities", "country", "why"), PLACES)
def test_the_country_of_a_place(text, entities, country, why):
    doc = make_doc(text)
    doc._.entities = entities
    place = to_place((1, 2), PartyFinder(doc))
    assert place is not None
    assert place["normal"] == country, why
    assert to_place(None, PartyFinder(doc)) is None


# ---- through the pipeline
VALUES = [
    (
        "Kenya and China signed a five-year, $3.2-billion loan agreement in Nairobi.",
        ("$3.2-billion", "USD 3200000000"),
        "before the noun",
    ),
    (
        "Tallgrass Rail has been awarded a contract worth 212 million Australian dollars by Peru.",
        ("212 million Australian dollars", "AUD 212000000"),
        "worth",
    ),
    (
        "Peru and Chile signed a contract. The contract is worth more than €40 million a year.",
        ("more than €40 million a year", "EUR 40000000../P1Y"),
        "told of it in the next sentence",
    ),
    (
        "The value of the contract between Peru and Zorvex is put at 3 million soles.",
        ("3 million soles", "PEN 3000000"),
        "its value",
    ),
    (
        "Zorvex agreed to buy Tarnholt Mining for $4.5 billion. It trades at $45 a share.",
        ("$4.5 billion", "USD 4500000000"),
        "a price, and not that of a share",
    ),
    (
        "Under the agreement, Japan will lend Vietnam 2.5 billion yen over five years.",
        ("2.5 billion yen over five years", "JPY 2500000000 over P5Y"),
        "what one side pays, and over how long",
    ),
    (
        "Ghana signed a deal with Togo to supply gas for up to $500 million.",
        ("up to $500 million", "USD ..500000000"),
        "what is paid for it",
    ),
    (
        "CANBERRA, July 2 - Australia and Fiji signed a $50 million security treaty on Wednesday.",
        ("$50 million", "AUD 50000000"),
        "dollars of the dateline",
    ),
    (
        "India and Nepal signed a Rs 500 crore contract.",
        ("Rs 500 crore", "INR 5000000000"),
        "rupees of a party",
    ),
    (
        "Peru and Chile signed a treaty in 2015, in a year with a budget of $3 million.",
        None,
        "a budget",
    ),
    (
        "Norway and Fiji signed a pact. Norway would pay a $5 million penalty if it left.",
        None,
        "a penalty",
    ),
    (
        "Kenya and Uganda signed an agreement and the price of oil fell to $70 a barrel.",
        None,
        "a price of something else",
    ),
    (
        "Chad and Libya signed a pact after a storm that had cost $3 billion.",
        None,
        "the amount of another clause",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected", "why"), VALUES)
def test_value(extractor: Extractor, text, expected, why):
    [agreement] = extractor(text, published=PUBLISHED).agreements
    found = agreement.value
    assert (found and (found.text, found.normal)) == expected, why


DURATIONS = [
    ("Kenya and China signed a five-year loan agreement.", "P5Y", "before the noun"),
    ("Chad and Libya agreed to a 72-hour ceasefire.", "PT72H", "hours"),
    ("Fiji and Peru signed a lease agreement for three years.", "P3Y", "behind the noun"),
    ("Zambia and Angola renewed their power agreement for another ten years.", "P10Y", "renewed"),
    ("Ghana and Togo extended the truce by two weeks.", "P2W", "extended by"),
    ("Chad and Libya signed a truce for a period of six months.", "P6M", "a period of"),
    ("Chad and Libya had agreed on a truce lasting three days.", "P3D", "lasting"),
    ("Peru and Chile signed a contract. The contract runs for ten years.", "P10Y", "it runs for"),
    ("Ghana signed a deal with Togo to supply gas for 15 years.", "P15Y", "what is done so long"),
    ("Spain and Morocco signed a memorandum valid until 2030.", None, "a date"),
    ("Peru and Chile signed a treaty after three years of talks.", None, "how long it took"),
    ("Kenya and Uganda have discussed the deal for three years.", None, "how long they talked"),
    ("Fiji and Tonga signed the first treaty in the past ten years.", None, "how long none was"),
    ("Fiji and Tonga signed a pact on the care of 10-year-old children.", None, "an age"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected", "why"), DURATIONS)
def test_duration(extractor: Extractor, text, expected, why):
    agreement = extractor(text, published=PUBLISHED).agreements[0]
    assert (agreement.duration and agreement.duration.normal) == expected, why


ATTRIBUTIONS = [
    ("Fiji and Peru signed a pact, the ministry said.", ("the ministry", False), "behind it"),
    ("The ministry said Fiji and Peru had signed a pact.", ("The ministry", False), "before it"),
    ("Fiji and Peru signed a pact, according to two officials.", ("two officials", False), "to"),
    ("Fiji and Peru signed a pact, according to the plan.", None, "a plan is no source"),
    ("Reuters reported that Chad and Libya had agreed on a truce.", ("Reuters", False), "media"),
    (
        "Fiji's foreign minister, Ana Vula, arrived. Vula told reporters that Fiji and Peru had "
        "signed a pact.",
        ("Ana Vula", False),
        "the fullest form",
    ),
    (
        "Ana Vula arrived on Monday. Fiji had signed a pact with Togo, she said.",
        ("Ana Vula", False),
        "a pronoun",
    ),
    (
        '"We have signed a fisheries agreement with Norway," Fiji\'s foreign minister, Ana Vula, '
        "told reporters.",
        ("Ana Vula", True),
        "quoted, straight",
    ),
    (
        "“We are proud of this day. We have signed a trade agreement with Togo.” Ghana's "
        "president, Ada Obi, said the port would open soon.",
        ("Ada Obi", True),
        "quoted across sentences",
    ),
    (
        "The minister said: «Chad and Libya have signed a truce.»",
        ("The minister", True),
        "guillemets",
    ),
    (
        "Chad and Libya said they had signed a truce.",
        ("Chad and Libya", False),
        "both parties",
    ),
    (
        "Minister: Peru and Chile sign fisheries pact\n\nPeru and Chile signed a fisheries pact.",
        ("Minister", False),
        "a headline before its colon",
    ),
    (
        "Chad and Libya sign truce - state media\n\nOfficials celebrated.",
        ("state media", False),
        "a headline behind its dash",
    ),
    ("Peru and Chile signed a fisheries agreement.", None, "the text's own voice"),
    ("Peru and Chile announced a fisheries agreement.", None, "they announce it, no claim"),
    ("I announce that Peru has signed a treaty with Chile.", None, "the text's own voice"),
    (
        '"It is done," the envoy said. Chad and Libya signed a truce.',
        None,
        "said of something else",
    ),
    (
        "Chad and Libya signed a truce that the rebels said was worthless.",
        None,
        "said of it, not that it is",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected", "why"), ATTRIBUTIONS)
def test_attribution(extractor: Extractor, text, expected, why):
    agreement = extractor(text, published=PUBLISHED).agreements[0]
    found = agreement.attribution
    assert (found and (found.by, found.quote)) == expected, why


@pytest.mark.model
def test_the_country_of_the_place(extractor: Extractor) -> None:
    [found] = extractor("Spain and Morocco signed a memorandum on solar power in Rabat.").agreements
    assert found.place is not None
    assert (found.place.text, found.place.normal) == ("Rabat", "MA")
