"""Currencies: signs, codes and names of the press, by country where they need one."""

import pytest

from extract.currencies import is_local, known_nouns, known_signs, read_noun, read_sign

# noun, adjective, countries, code, why
NOUNS = [
    ("shillings", "Kenyan", [], "KES", "a name of the repository"),
    ("francs", "Swiss", [], "CHF", "a name of the repository"),
    ("dollars", "Hong Kong", [], "HKD", "two words before it"),
    ("dollars", "U.S.", [], "USD", "the country's short form"),
    ("dollars", "Australian", ["CA"], "AUD", "the adjective goes before the country"),
    ("dollars", "Zimbabwe", [], "ZWD", "that which bears the country's code"),
    ("francs", "French", [], "FRF", "one that is no more"),
    ("marks", "West German", [], "DEM", "one that is no more"),
    ("riyals", "Saudi", [], "SAR", "another spelling"),
    ("dollars", "Tuesday", [], None, "no country"),
    ("dollars", "", [], "USD", "what it means by itself"),
    ("dollars", "", ["AU"], "AUD", "of the document's country"),
    ("dollars", "", ["FR"], "USD", "a country that has none"),
    ("pounds", "", ["EG"], "EGP", "of the document's country"),
    ("yuan", "", [], "CNY", "there is one only"),
    ("renminbi", "", [], "CNY", "another name"),
    ("naira", "", [], "NGN", "many are written as one"),
    ("roubles", "", [], "RUB", "what it means by itself"),
    ("francs", "", ["CM"], "XAF", "shared by several countries"),
    ("rupees", "", ["PK", "IN"], "PKR", "the first country"),
    ("rupees", "", [], None, "several, and nothing tells"),
    ("pesos", "", [], None, "several, and nothing tells"),
]

SIGNS = [
    ("$", [], "USD", "what it means by itself"),
    ("$", ["AU"], "AUD", "a country that writes its own so"),
    ("$", ["HK"], "USD", "a country that writes HK$"),
    ("$", ["KE"], "USD", "a country without dollars"),
    ("A$", ["CA"], "AUD", "told by its letter"),
    ("US$", ["AU"], "USD", "told by its letters"),
    ("€", [], "EUR", "there is one only"),
    ("£", ["EG"], "EGP", "of the document's country"),
    ("¥", ["CN"], "CNY", "of the document's country"),
    ("¥", [], "JPY", "what it means by itself"),
    ("Rs", [], None, "several, and nothing tells"),
    ("Rs", ["LK"], "LKR", "of the country"),
    ("KSh", [], "KES", "there is one only"),
    ("Ksh", [], "KES", "as the country writes it in English"),
]


@pytest.mark.parametrize(("noun", "adjective", "countries", "code", "why"), NOUNS)
def test_nouns(noun, adjective, countries, code, why):
    assert read_noun(noun, adjective, countries) == code, why


@pytest.mark.parametrize(("sign", "countries", "code", "why"), SIGNS)
def test_signs(sign, countries, code, why):
    assert read_sign(sign, countries) == code, why


def test_a_letter_is_a_sign_in_its_country_only():
    assert is_local("R", ["ZA"])
    assert not is_local("R", ["PE"])
    assert not is_local("R", [])


@pytest.mark.parametrize("word", ["gold", "day", "unit", "currency"])
def test_ordinary_words_are_no_currency(word):
    assert word not in known_nouns()


def test_every_sign_has_a_code():
    assert all(codes for codes in known_signs().values())
