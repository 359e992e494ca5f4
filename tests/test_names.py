"""Entities put right over the document; the tagger's work is written by hand."""

import pytest
import spacy
from docs import make_doc
from spacy.tokens import Span

from extract.components.names import NameFinder
from extract.components.names.acronyms import find_acronyms
from extract.components.names.spans import Name, NameIndex


def names(doc):
    return [(e.text, e.label_) for e in NameFinder()(doc).ents]


ACRONYMS = [
    ("the World Weather Organization (WWO) met", {"WWO": "World Weather Organization"}, "plain"),
    (
        "the Committee on the Safe Use of Deep Seas (COSUDS)",
        {"COSUDS": "Committee on the Safe Use of Deep Seas"},
        "small words",
    ),
    (
        "a memorandum of understanding (MoU) was signed",
        {"MoU": "memorandum of understanding"},
        "no name",
    ),
    ("the WWO (World Weather Organization) met", {"WWO": "World Weather Organization"}, "reversed"),
    ("the Fund for Rural Roads, or FRR, paid", {"FRR": "Fund for Rural Roads"}, "in commas"),
    ('the Rural Roads Fund (the "RRF") paid', {"RRF": "Rural Roads Fund"}, "quoted"),
    ("she met Senator Ann Lee (R-Ohio) there", {}, "a party and a state"),
    ("the ministers met (see below) in June", {}, "no acronym"),
    ("Trade grew.\n(GDP) is at 4 percent", {}, "not over a line break"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ACRONYMS)
def test_find_acronyms(text, expected, why):
    doc = make_doc(text)
    pairs = find_acronyms(doc)
    assert {doc[slice(*p.short)].text: doc[slice(*p.long)].text for p in pairs} == expected, why


def test_a_country_in_brackets_is_no_acronym():
    doc = make_doc("the Ministry of Energy (UAE) signed", [("Ministry of Energy", "ORG")])
    assert names(doc) == [("Ministry of Energy", "ORG"), ("UAE", "GPE")]
    assert doc._.acronyms == {}


def test_acronym_of_another_language_beside_a_body():
    doc = make_doc(
        "the National Railway Company (SNCR) signed", [("National Railway Company", "ORG")]
    )
    assert names(doc) == [("National Railway Company", "ORG"), ("SNCR", "ORG")]
    assert doc._.acronyms == {"SNCR": "National Railway Company"}


NAMES = [
    (
        "The Ministry of Higher Education and Scientific Research of the Republic of Kenya signed.",
        [("Ministry of Higher Education", "ORG"), ("Kenya", "GPE")],
        [("Ministry of Higher Education and Scientific Research of the Republic of Kenya", "ORG")],
        "cut",
    ),
    (
        "The Ministry of Health of the Republic of Kenya and Medimax signed.",
        [("Ministry of Health of the Republic of Kenya and Medimax", "ORG")],
        [("Ministry of Health of the Republic of Kenya", "ORG"), ("Medimax", "ORG")],
        "two in one",
    ),
    (
        "A team of the University of Suva of Fiji met.",
        [("University of Suva", "ORG"), ("Fiji", "GPE")],
        [("University of Suva", "ORG"), ("Fiji", "GPE")],
        "where it is, no part of its name",
    ),
    (
        "The Ministry of Defence and Lockwell signed it.",
        [("Ministry of Defence", "ORG"), ("Lockwell", "ORG")],
        [("Ministry of Defence", "ORG"), ("Lockwell", "ORG")],
        "and joins two names",
    ),
    (
        "The Norwegian Foreign Ministry agreed.",
        [("Norwegian", "NORP"), ("Foreign Ministry", "ORG")],
        [("Norwegian Foreign Ministry", "ORG")],
        "the country in front belongs to it",
    ),
    (
        "The Committee on the Safe Use of Deep Seas met.",
        [("Committee", "ORG")],
        [("Committee on the Safe Use of Deep Seas", "ORG")],
        "a complement in a complement",
    ),
    (
        "The parliament met in the Congress on Monday.",
        [("Congress", "ORG")],
        [("Congress", "ORG")],
        "a day",
    ),
    (
        "The National Bank of Kenya, of Nairobi, paid.",
        [("National Bank", "ORG"), ("Kenya", "GPE"), ("Nairobi", "GPE")],
        [("National Bank of Kenya", "ORG"), ("Nairobi", "GPE")],
        "a country completes a bank",
    ),
    (
        "Hope for Latvia and Latvians grew in ASEAN.",
        [],
        [("Latvia", "GPE"), ("Latvians", "NORP"), ("ASEAN", "ORG")],
        "known words",
    ),
    (
        "Polish the silver, Chad said, as Air Latvia flew.",
        [],
        [],
        "ordinary words, people, longer names",
    ),
    (
        "The Bank of Latvia sold it.",
        [("Bank of Latvia", "ORG")],
        [("Bank of Latvia", "ORG")],
        "inside a name",
    ),
    (
        "Talks with Djibouti ended.",
        [("Djibouti", "NORP")],
        [("Djibouti", "GPE")],
        "a country is a GPE",
    ),
    (
        "The World Trade Organization ruled.",
        [("World Trade", "ORG")],
        [("World Trade Organization", "ORG")],
        "piece",
    ),
    (
        "Zorvex Labs and Zimbor met. Then Zorvex Labs left.",
        [("Zorvex Labs", "ORG"), ("Zimbor", "GPE")],
        [("Zorvex Labs", "ORG"), ("Zimbor", "GPE"), ("Zorvex Labs", "ORG")],
        "seen clearly once",
    ),
    (
        "Ana Vula spoke. Later Vula left.",
        [("Ana Vula", "PERSON")],
        [("Ana Vula", "PERSON"), ("Vula", "PERSON")],
        "surname",
    ),
    (
        "Zimbor won. Zimbor lost. Zimbor drew.",
        [("Zimbor", "ORG"), ("Zimbor", "PERSON"), ("Zimbor", "ORG")],
        [("Zimbor", "ORG")] * 3,
        "the majority",
    ),
    (
        "A memorandum of understanding (MoU) came. The MoU was short.",
        [("MoU", "ORG"), ("MoU", "ORG")],
        [],
        "no name",
    ),
    (
        "The President Ana Vula met the UN Secretary-General.",
        [("President Ana Vula", "PERSON"), ("UN Secretary-General", "ORG")],
        [("Ana Vula", "PERSON"), ("UN", "ORG")],
        "offices are no part",
    ),
    (
        "He saw 'The Zorvex Labs's 100.",
        [("'The Zorvex Labs's", "ORG"), ("100", "ORG")],
        [("Zorvex Labs", "ORG")],
        "trimmed",
    ),
    (
        "It is in The Hague now.",
        [("The Hague", "GPE")],
        [("The Hague", "GPE")],
        "its article is part",
    ),
    (
        "Zorvex\nLabs Group fell.",
        [("Zorvex\nLabs Group", "ORG")],
        [("Labs Group", "ORG")],
        "a line break",
    ),
    ("KENYA AND LATVIA SIGN ACCORD", [], [("KENYA", "GPE"), ("LATVIA", "GPE")], "capitals"),
    (
        "On 3 May it cost $5.",
        [("3 May", "DATE"), ("$5", "MONEY")],
        [("3 May", "DATE"), ("$5", "MONEY")],
        "not ours",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), NAMES)
def test_names(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


def organisation(text):
    return text, [(text, "ORG")], [(text, "ORG")]


SPLITS = [
    (
        "European Union and Mercosur",
        [("European Union and Mercosur", "ORG")],
        [("European Union", "ORG"), ("Mercosur", "ORG")],
        "two blocs",
    ),
    (
        "Rwanda and Burundi",
        [("Rwanda and Burundi", "ORG")],
        [("Rwanda", "GPE"), ("Burundi", "GPE")],
        "two countries",
    ),
    (
        "Then Brazil, Peru and the EU met.",
        [("Brazil, Peru and the EU", "ORG")],
        [("Brazil", "GPE"), ("Peru", "GPE"), ("EU", "ORG")],
        "three in a row",
    ),
    (
        "Then the African Union and Zorvex met.",
        [("African Union and Zorvex", "ORG")],
        [("African Union", "ORG"), ("Zorvex", "ORG")],
        "one is known",
    ),
    (
        "Then Bosnia and Herzegovina and Peru met.",
        [("Bosnia and Herzegovina and Peru", "GPE")],
        [("Bosnia and Herzegovina", "GPE"), ("Peru", "GPE")],
        "a joint in a country's name",
    ),
    (
        "Orvio AG and Teltra SpA",
        [("Orvio AG and Teltra SpA", "ORG")],
        [("Orvio AG", "ORG"), ("Teltra SpA", "ORG")],
        "two companies",
    ),
    (
        "Hale & Hale and Brook & Finch",
        [("Hale & Hale and Brook & Finch", "ORG")],
        [("Hale & Hale", "ORG"), ("Brook & Finch", "ORG")],
        "two joint names",
    ),
    (
        "Then the Ministry of Energy and Zorvex Petroleum met.",
        [("Ministry of Energy and Zorvex Petroleum", "ORG")],
        [("Ministry of Energy", "ORG"), ("Zorvex Petroleum", "ORG")],
        "a body and a company",
    ),
    (*organisation("Ministry of Energy and Petroleum"), "portfolios"),
    (*organisation("Ministry of Water and Natural Networks"), "ordinary words"),
    (*organisation("Ministry of Trade and Industry"), "portfolios"),
    (*organisation("Department of Health and Human Services"), "portfolios"),
    (*organisation("Johnson & Johnson"), "one company"),
    (*organisation("Central Bank of Bosnia and Herzegovina"), "a joint in a country's name"),
    (*organisation("Australia and New Zealand Grain Board"), "a longer name goes on"),
    (*organisation("Procter & Gamble"), "one company"),
    (
        "Antigua and Barbuda",
        [("Antigua and Barbuda", "GPE")],
        [("Antigua and Barbuda", "GPE")],
        "one country",
    ),
    (
        "North and South Korea",
        [("North and South Korea", "GPE")],
        [("North and South Korea", "GPE")],
        "a direction is no name",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), SPLITS)
def test_split_coordinated(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


COMPANIES = [
    (
        "Shipbuilder Hale & Brook Ltd grew.",
        [("Hale & Brook Ltd", "ORG")],
        [("Hale & Brook Ltd", "ORG")],
        "what it is opens the sentence",
    ),
    (
        "On Friday Norwave ASA and Bluetide Inc. announced it.",
        [],
        [("Norwave ASA", "ORG"), ("Bluetide Inc.", "ORG")],
        "legal forms",
    ),
    ("They paid Orvio Marine Co., Ltd. for it.", [], [("Orvio Marine Co., Ltd.", "ORG")], "two"),
    ("They paid Hale & Brook Motors.", [], [("Hale & Brook Motors", "ORG")], "an ampersand"),
    ("They paid Hale & Co. for it.", [("Hale", "PERSON")], [("Hale & Co.", "ORG")], "and more"),
    ("They paid Nordvik A/S for it.", [], [("Nordvik A/S", "ORG")], "of three tokens"),
    (
        "Lumora Energy said it will buy Kestrel Grid for less.",
        [("Kestrel Grid", "PERSON")],
        [("Lumora Energy", "ORG"), ("Kestrel Grid", "ORG")],
        "trades",
    ),
    ("Then Lumora Energy left.", [("Lumora", "GPE")], [("Lumora Energy", "ORG")], "a piece"),
    ("It hurts Russian Gas.", [], [], "an adjective of a country"),
    (
        "We met Ana Steel there.",
        [("Ana Steel", "PERSON")],
        [("Ana Steel", "PERSON")],
        "a surname",
    ),
    ("Solar Power is cheap.", [], [], "ordinary words open a sentence"),
    ("Demand for Clean Energy grows.", [], [], "ordinary words"),
    ("One Country, Two Systems is over.", [], [], "a number"),
    ("The Energy minister likes Lumora Energy Days.", [], [], "a longer name goes on"),
    ("Ministers Praise Lumora Energy Over Rural Power Lines", [], [], "a title"),
    (
        "Orvio AG Signs Long Contract Over Northern Pipeline",
        [],
        [("Orvio AG", "ORG")],
        "a legal form counts in a title",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), COMPANIES)
def test_companies(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


TRIMMED = [
    ("Write to ana.vula@example.org today.", [("ana.vula@example.org", "PERSON")], []),
    ("Toyo Gas of Peru", [("Toyo Gas of", "ORG")], [("Toyo Gas", "ORG"), ("Peru", "GPE")]),
    (
        "High Council for National Reconciliation Chairman Ali Noor",
        [("High Council for National Reconciliation Chairman", "ORG"), ("Ali Noor", "PERSON")],
        [("High Council for National Reconciliation", "ORG"), ("Ali Noor", "PERSON")],
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected"), TRIMMED)
def test_no_name_ends_in_a_preposition_or_an_office(text, ents, expected):
    assert names(make_doc(text, ents)) == expected


FRAGMENTS = [
    (
        "The Court for the District of Zimbor sat.",
        [("Court for the District of", "ORG"), ("Zimbor", "GPE")],
        [("Court for the District of Zimbor", "ORG")],
        "the first piece says what it is",
    ),
    ("Off The Hague.", [("The", "ORG"), ("Hague", "GPE")], [("The Hague", "GPE")], "an article"),
    (
        'Ana "Bo" Vula spoke.',
        [("Ana", "PERSON"), ("Vula", "PERSON")],
        [('Ana "Bo" Vula', "PERSON")],
        "a nickname",
    ),
    (
        'Ana "Bo" Vula spoke.',
        [('Ana "Bo', "PERSON"), ("Vula", "PERSON")],
        [('Ana "Bo" Vula', "PERSON")],
        "cut in a nickname",
    ),
    (
        'Ana told "no" Vula.',
        [("Ana", "PERSON"), ("Vula", "PERSON")],
        [("Ana", "PERSON"), ("Vula", "PERSON")],
        "a quoted word is no nickname",
    ),
    (
        "The University of Zimbor's River Institute paid.",
        [("University of Zimbor's River Institute", "ORG")],
        [("University of Zimbor", "ORG"), ("River Institute", "ORG")],
        "a body of a body",
    ),
    (
        "ZSA's Rocket Works paid.",
        [("ZSA's Rocket Works", "ORG")],
        [("ZSA", "ORG"), ("Rocket Works", "ORG")],
        "an acronym owns",
    ),
    (
        "The Zimbor People's River Party won.",
        [("Zimbor People's River Party", "ORG")],
        [("Zimbor People's River Party", "ORG")],
        "no body owns it",
    ),
    (
        "The Zimbor Prosecutor's Press Office spoke.",
        [("Zimbor Prosecutor's Press Office", "ORG")],
        [("Zimbor Prosecutor's Press Office", "ORG")],
        "an office owns it",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), FRAGMENTS)
def test_fragments(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


BESIDE = [
    ("They met Kenya Trade Minister staff.", [("Kenya", "GPE")], "an office follows"),
    ("The Kenya Trade Summit opened.", [], "a longer name goes on"),
    ("The special Kenya Special Summit opened.", [], "so after a word of offices"),
    ("It cost Kenya dollars.", [], "money"),
    ("The War in Kenya ended.", [], "the name of an event"),
    ("On Monday in Kenya it rained.", [("Kenya", "GPE")], "a day is no name"),
    ("Kenyans for Tax Reform met.", [], "a preposition carries it on"),
    ("He sang in Fijian.", [], "a language"),
    ("She runs a Fijian language school.", [], "a language"),
    ("Many French-speaking towns agreed.", [], "a language"),
    ("He lives in Fijian waters.", [("Fijian", "NORP")], "an adjective"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BESIDE)
def test_known_words_beside_others(text, expected, why):
    assert names(make_doc(text)) == expected, why


PAIRS = [
    (
        "The EU-Kenya pact grew.",
        [],
        [("EU", "ORG"), ("Kenya", "GPE")],
        "two sides",
    ),
    (
        "The EU-Kenya Business Council met.",
        [("EU-Kenya Business Council", "ORG")],
        [("EU-Kenya Business Council", "ORG")],
        "the tagger sees it whole",
    ),
    ("The EU-Kenya Special Dialogue opened.", [], [], "capitals follow"),
    (
        "The EU-Kenya Trade and Aid Agreement holds.",
        [],
        [("EU", "ORG"), ("Kenya", "GPE")],
        "the sides of an agreement",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), PAIRS)
def test_pairs(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


LABELS = [
    ("They flew to Zimbor Airport.", ("Zimbor Airport", "ORG"), "FAC", "a building's last word"),
    ("They met Ana Bridge.", ("Ana Bridge", "PERSON"), "PERSON", "a surname"),
    ("They left the White House.", ("White House", "GPE"), "ORG", "a government's seat"),
    ("They left the White House.", ("White House", "FAC"), "FAC", "the building itself"),
    ("Then the FBI came.", ("FBI", "GPE"), "ORG", "a body of one state"),
]


@pytest.mark.parametrize(("text", "ent", "label", "why"), LABELS)
def test_labels(text, ent, label, why):
    assert names(make_doc(text, [ent])) == [(ent[0], label)], why


WHOLE = [
    ("An Advisory Group met.", [], [], "a description"),
    (
        "The Kenyan Cabinet Secretary met.",
        [("Kenyan", "NORP")],
        [("Kenyan", "NORP")],
        "part of an office",
    ),
    (
        "The University of Zimbor Dean left.",
        [("University of Zimbor", "ORG")],
        [("University of Zimbor", "ORG")],
        "not beyond what the tagger saw",
    ),
    (
        "She sits in Parliament for Zimbor North.",
        [("Parliament", "ORG"), ("Zimbor North", "GPE")],
        [("Parliament", "ORG"), ("Zimbor North", "GPE")],
        "a constituency",
    ),
    (
        "The House of Representatives of Kenya met.",
        [("House of Representatives", "ORG"), ("Kenya", "GPE")],
        [("House of Representatives of Kenya", "ORG")],
        "a chamber",
    ),
    ("The Department paid.", [("Department", "ORG")], [], "a noun alone names nothing"),
    ("The Senate paid.", [("Senate", "ORG")], [("Senate", "ORG")], "save a few"),
    (
        "The Office of the Chief Adviser paid.",
        [("Office of the Chief Adviser", "ORG")],
        [("Office of the Chief Adviser", "ORG")],
        "an office that is a body",
    ),
    (
        "Zorvex (Holm Co) paid.",
        [("Zorvex", "ORG"), ("Holm Co", "GPE")],
        [("Zorvex", "ORG"), ("Holm Co", "GPE")],
        "a county",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), WHOLE)
def test_whole_names_of_bodies(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


ALONE = [
    ("Today the Commission proposes a levy.", ["Commission"], "a body of the Union"),
    ("He told the Council so; the Commission agrees.", ["Council", "Commission"], "both"),
    ("The Fair Trade Commission met. Later the Commission voted.", [], "named in full before"),
    ("Later the Commission voted. The Fair Trade Commission had met.", [], "or after"),
    ("They await the Council for all of us.", [], "a longer name, or a description"),
    ("They await the Council President.", [], "an office"),
    ("A Commission was set up; every Council agreed.", [], "one of several"),
    ("Later the commission voted.", [], "no capital"),
    ("Why the Commission Was Late and the Council Was Early", [], "a headline in title case"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ALONE)
def test_bodies_of_a_common_noun_alone(text, expected, why):
    full = [("Fair Trade Commission", "ORG")] if "Fair" in text else []
    found = [name for name in names(make_doc(text, full)) if name not in full]
    assert found == [(name, "ORG") for name in expected], why


RECURRING = [
    (
        "Ana Holm spoke. Holm left.",
        [("Ana Holm", "PERSON"), ("Holm", "GPE")],
        [("Ana Holm", "PERSON"), ("Holm", "PERSON")],
        "a surname is no place",
    ),
    (
        "Ana Kenya spoke in Kenya.",
        [("Ana Kenya", "PERSON"), ("Kenya", "GPE")],
        [("Ana Kenya", "PERSON"), ("Kenya", "GPE")],
        "a country stays one",
    ),
    (
        "Zorvex Group grew. Then Zorvex paid Ana Holm. Holm left.",
        [("Zorvex Group", "ORG"), ("Zorvex", "PERSON"), ("Ana Holm", "PERSON"), ("Holm", "ORG")],
        [("Zorvex Group", "ORG"), ("Zorvex", "ORG"), ("Ana Holm", "PERSON"), ("Holm", "PERSON")],
        "a company's first word is no person, a surname no body",
    ),
    (
        "Ana Zorvex founded Zorvex Group. Zorvex left.",
        [("Ana Zorvex", "PERSON"), ("Zorvex Group", "ORG"), ("Zorvex", "PERSON")],
        [("Ana Zorvex", "PERSON"), ("Zorvex Group", "ORG"), ("Zorvex", "PERSON")],
        "where both fit, as tagged",
    ),
    (
        "SENATORS HOLM AND VULA SIGN LARGE PACT\nAna Holm spoke.",
        [("HOLM", "ORG"), ("Ana Holm", "PERSON")],
        [("HOLM", "PERSON"), ("Ana Holm", "PERSON")],
        "in capitals",
    ),
    (
        "Ana Bo-rin spoke. Then Bo-rin left, and a rin fell.",
        [("Ana Bo-rin", "PERSON")],
        [("Ana Bo-rin", "PERSON"), ("Bo-rin", "PERSON")],
        "with what a hyphen joins to it",
    ),
    (
        "Zorvex Labs grew. The Zorvex Labs 717 flew.",
        [("Zorvex Labs", "ORG")],
        [("Zorvex Labs", "ORG")],
        "a number makes it a product",
    ),
    (
        "A Sea Use Plan (SUP) came. The SUP was short.",
        [("SUP", "ORG"), ("SUP", "ORG")],
        [],
        "a plan is no body",
    ),
]


@pytest.mark.parametrize(("text", "ents", "expected", "why"), RECURRING)
def test_names_that_recur(text, ents, expected, why):
    assert names(make_doc(text, ents)) == expected, why


def test_a_narrow_space_does_not_cut_a_name():
    doc = make_doc("Then Ana\u202fVula spoke.", [("Ana\u202fVula", "PERSON")])
    assert names(doc) == [("Ana\u202fVula", "PERSON")]


def test_index_of_names_replaces_what_a_name_touches():
    index = NameIndex([Name(0, 2, "ORG"), Name(2, 3, "GPE"), Name(5, 6, "GPE")])
    assert index.touching(Name(1, 4, "ORG")) == [Name(0, 2, "ORG"), Name(2, 3, "GPE")]
    index.add(Name(1, 4, "ORG"))
    assert index.names() == [Name(1, 4, "ORG"), Name(5, 6, "GPE")]
    assert 0 not in index
    assert index.at(3) == Name(1, 4, "ORG")


def test_nothing_is_a_name_in_boilerplate():
    doc = make_doc("Latvia agreed.\nPhoto: Zorvex", [("Zorvex", "ORG")])
    doc.spans["boilerplate"] = [Span(doc, 4, len(doc))]
    assert names(doc) == [("Latvia", "GPE")]


def test_component_in_a_pipeline_serialises():
    nlp = spacy.blank("en")
    nlp.add_pipe("pactwire_names")
    doc = nlp("Latvia joined the World Weather Organization (WWO).")
    assert doc._.acronyms == {"WWO": "World Weather Organization"}
    assert [e.text for e in spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes()).ents] == [
        e.text for e in doc.ents
    ]


def test_running_twice_changes_nothing():
    doc = make_doc(
        "The Ministry of Health of Kenya met Ana Vula. Vula signed.", [("Ana Vula", "PERSON")]
    )
    once = names(doc)
    assert names(doc) == once
