"""Amounts of money, read off the words alone."""

import time

import pytest

from extract.components.agreements.amounts import find_amounts

# text, countries of the document, countries near, (amount, normal form) in order, why
AMOUNTS = [
    ("worth US$3 million", [], [], [("US$3 million", "USD 3000000")], "a sign with letters"),
    ("a $61million loan", [], [], [("$61million", "USD 61000000")], "written in one"),
    ("$2tn", [], [], [("$2tn", "USD 2000000000000")], "short for trillion"),
    ("£2.5bn", [], [], [("£2.5bn", "GBP 2500000000")], "short for billion"),
    ("$2.45 million", [], [], [("$2.45 million", "USD 2450000")], "two decimals"),
    ("$27,000", [], [], [("$27,000", "USD 27000")], "commas between thousands"),
    ("€1.500.000", [], [], [("€1.500.000", "EUR 1500000")], "full stops between thousands"),
    ("2,5 million euros", [], [], [("2,5 million euros", "EUR 2500000")], "a decimal comma"),
    ("3 400 000 euros", [], [], [("3 400 000 euros", "EUR 3400000")], "spaces between thousands"),
    ("2.5-billion-dollar", [], [], [("2.5-billion-dollar", "USD 2500000000")], "hyphens"),
    ("$3.2-billion-dollar", [], [], [("$3.2-billion-dollar", "USD 3200000000")], "both at once"),
    ("half a billion euros", [], [], [("half a billion euros", "EUR 500000000")], "a half"),
    ("a million dollars", [], [], [("a million dollars", "USD 1000000")], "an article for one"),
    (
        "a quarter of a million dollars",
        [],
        [],
        [("a quarter of a million dollars", "USD 250000")],
        "a quarter",
    ),
    (
        "two and a half million Kenyan shillings",
        [],
        [],
        [("two and a half million Kenyan shillings", "KES 2500000")],
        "in words",
    ),
    (
        "twenty-five million yuan",
        [],
        [],
        [("twenty-five million yuan", "CNY 25000000")],
        "in words with a hyphen",
    ),
    ("12 billion new shekels", [], [], [("12 billion new shekels", "ILS 12000000000")], "new"),
    ("KES500m, 4m EUR", [], [], [("KES500m", "KES 500000000"), ("4m EUR", "EUR 4000000")], "codes"),
    ("Rs 500 crore", [], ["IN"], [("Rs 500 crore", "INR 5000000000")], "crore"),
    ("3 lakh rupees", [], ["PK"], [("3 lakh rupees", "PKR 300000")], "lakh"),
    ("2 lakh crore rupees", [], ["IN"], [("2 lakh crore rupees", "INR 2000000000000")], "both"),
    ("Rs 500 crore", [], [], [("Rs 500 crore", None)], "whose rupees, nobody says"),
    ("$5m", ["AU"], ["US"], [("$5m", "AUD 5000000")], "the document's country"),
    ("$5m", [], ["AU"], [("$5m", "USD 5000000")], "a country spoken of does not tell"),
    ("$5m (US$3.4m)", [], [], [("$5m", None), ("US$3.4m", "USD 3400000")], "others than US ones"),
    ("$5m (US$3.4m)", ["AU"], [], [("$5m", "AUD 5000000"), ("US$3.4m", "USD 3400000")], "known"),
    ("R500m", ["ZA"], [], [("R500m", "ZAR 500000000")], "a letter in its country"),
    ("R500m", [], [], [], "a letter elsewhere"),
    ("€3-5m", [], [], [("€3-5m", "EUR 3000000..5000000")], "a range; both are millions"),
    (
        "between 3 and 5 million euros",
        [],
        [],
        [("between 3 and 5 million euros", "EUR 3000000..5000000")],
        "a range in words",
    ),
    (
        "between $3m and $5m",
        [],
        [],
        [("between $3m and $5m", "USD 3000000..5000000")],
        "a range, the sign twice",
    ),
    ("$3m and $5m", [], [], [("$3m", "USD 3000000"), ("$5m", "USD 5000000")], "two, no range"),
    ("$3 to 5 people", [], [], [("$3", "USD 3")], "no range"),
    ("up to $5bn", [], [], [("up to $5bn", "USD ..5000000000")], "at most"),
    ("more than A$40m", [], [], [("more than A$40m", "AUD 40000000..")], "at least"),
    ("about $5bn", [], [], [("about $5bn", "USD 5000000000")], "about is no bound"),
    ("$3 million a year", [], [], [("$3 million a year", "USD 3000000/P1Y")], "a rate"),
    ("£1.5m annually", [], [], [("£1.5m annually", "GBP 1500000/P1Y")], "a rate in an adverb"),
    ("an annual $3 million", [], [], [("$3 million", "USD 3000000/P1Y")], "a rate before it"),
    ("$2m/month", [], [], [("$2m/month", "USD 2000000/P1M")], "a rate behind a stroke"),
    (
        "US$300 to 350 million a year",
        [],
        [],
        [("US$300 to 350 million a year", "USD 300000000..350000000/P1Y")],
        "a range and a rate",
    ),
    (
        "hundreds of millions of dollars",
        [],
        [],
        [("hundreds of millions of dollars", None)],
        "nobody counted",
    ),
    ("a multi-billion-dollar pact", [], [], [("multi-billion-dollar", None)], "nobody counted"),
    ("ALL 40 TRAMS", [], [], [], "a word in capitals"),
    ("40 pounds of beef", [], [], [], "a weight"),
    ("They won 3 seats; 2 won.", [], [], [], "a verb"),
    ("3 million won", [], [], [("3 million won", "KRW 3000000")], "no verb"),
    ("in 2025 300 euros", [], [], [("300 euros", "EUR 300")], "a year before it"),
    ("$5,000,000.50", [], [], [("$5,000,000.50", "USD 5000000.5")], "cents"),
]

PIECES = [
    ("$45 a share", True),
    ("$70 per barrel", True),
    ("€2/kg", True),
    ("$5 apiece", True),
    ("$45 a year", False),
    ("$45", False),
]


@pytest.mark.parametrize(("text", "countries", "near", "expected", "why"), AMOUNTS)
def test_amounts(text, countries, near, expected, why):
    found = find_amounts(text, countries, near)
    assert [(text[a.start : a.end], a.normal) for a in found] == expected, why


@pytest.mark.parametrize(("text", "of_one"), PIECES)
def test_prices_of_one_piece(text, of_one):
    [amount] = find_amounts(text)
    assert amount.of_one is of_one


@pytest.mark.parametrize("words", ["a and ", "3 million ", "The Port Of Lima 3 and ", "$3,000 to "])
def test_time_is_linear(words):
    find_amounts(words)
    start = time.perf_counter()
    find_amounts(words * 5_000)
    assert time.perf_counter() - start < 5
