"""The names that take the place of marked ones in training: their forms, variety and speed."""

import math
import random
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def module(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("made_names")


@pytest.fixture(scope="module")
def names(module: ModuleType) -> Any:
    return module.MadeNames()


ONE_WORD = r"\S+"
FULL = r"\S+( \S+)+"
CAPITALS = r"[^a-z]+"
FORMS = [
    ("PERSON", "Brook", r"[A-ZÀ-Þ'Ş]\S*", "a surname alone is one word, with a capital"),
    ("PERSON", "Anna Brook", FULL, "a full name for a full name"),
    ("PERSON", "ANNA BROOK", CAPITALS, "a headline in capitals stays one"),
    ("ORG", "NRC", r"[A-Z][A-Zo][A-Z]*", "an acronym for an acronym (`MoH` has a small o)"),
    ("ORG", "N.R.C.", r"([A-Za-z]\.){2,7}", "with its dots"),
    ("ORG", "Widgetly", ONE_WORD, "one word for one word"),
    ("ORG", "BROOK MINING GROUP", CAPITALS, "a long name in capitals is no acronym"),
    ("GPE", "U.S.", r"([A-Z]\.?){2,4}", "a country by its letters"),
    ("GPE", "Springfield, Norland", r".+, .+", "a city and its country"),
    ("GPE", "Brook County", r".+ [A-Z]\w+", "a kind of province is said"),
    ("LOC", "Lake Brook", r".*(Lake|Laguna).*", "a lake for a lake: no article before either"),
    ("LOC", "northern Norland", r"\w+ern .+|central .+", "a part of a country"),
    ("FAC", "Brook Bridge", r".* Bridge", "a bridge for a bridge"),
    ("NORP", "Muslims", r"[A-Z].*s|Druze", "believers for believers, and many of them"),
]


@pytest.mark.parametrize(("label", "like", "form", "why"), FORMS)
def test_a_drawn_name_has_the_form_of_the_one_replaced(
    names: Any, label: str, like: str, form: str, why: str
) -> None:
    rng = random.Random(7)
    odd = [n for _ in range(300) if not re.fullmatch(form, n := names.draw(label, rng, like=like))]
    assert not odd, f"{why}: {odd[:5]}"


def test_a_country_gives_a_country_and_a_long_form_a_long_form(names: Any) -> None:
    rng = random.Random(7)
    bare = {names.draw("GPE", rng, like="Kenya") for _ in range(300)}
    assert bare <= names._countries
    assert not {name for name in bare if name.startswith(("United", "Philippines"))}  # want `the`
    long = {names.draw("GPE", rng, like="Republic of Kenya") for _ in range(50)}
    assert sum("Republic" in name or "Kingdom" in name for name in long) > len(long) / 2


@pytest.mark.parametrize("label", ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"])
def test_names_are_clean_of_slots_articles_titles_and_stray_space(names: Any, label: str) -> None:
    rng = random.Random(3)
    for _ in range(3000):
        name = names.draw(label, rng, like="Brook Valley Hall")
        assert name == " ".join(name.split())
        assert not re.search(r"[<>*\\]|^(the|Mr|Mrs|Dr)\b|, ,|^$", name), name


def test_every_slot_of_every_list_is_a_symbol_there(names: Any) -> None:
    missing = {
        (symbol, slot)
        for symbols in names._locales
        for symbol, alternatives in symbols.items()
        for pieces in alternatives
        for slot in pieces[1::2]
        if slot not in symbols
    }
    assert not missing


def count(symbol: str, symbols: dict) -> int:
    """Return how many texts a symbol has, those counted twice that two alternatives share."""
    return sum(
        math.prod(count(slot, symbols) for slot in pieces[1::2]) for pieces in set(symbols[symbol])
    )


def test_there_are_very_many_names(names: Any) -> None:
    peoples = {
        str(symbols["person"]) + str(symbols.get("given")): symbols for symbols in names._locales
    }
    assert sum(count("person", symbols) for symbols in peoples.values()) > 100_000
    assert max(count("company", symbols) for symbols in names._locales) > 50_000


@pytest.mark.parametrize(("label", "share"), [("PERSON", 0.9), ("ORG", 0.8), ("FAC", 0.9)])
def test_few_names_come_twice(names: Any, label: str, share: float) -> None:
    rng = random.Random(11)
    drawn = [names.draw(label, rng, like="Anna Brook") for _ in range(5000)]
    assert len(set(drawn)) > share * len(drawn)


def test_the_same_seed_draws_the_same_names(module: ModuleType, names: Any) -> None:
    def draw(source: Any) -> list[str]:
        rng = random.Random(5)
        return [source.draw("ORG", rng, like="Brook Group") for _ in range(50)]

    assert draw(names) == draw(module.MadeNames())


def test_a_label_without_names_is_refused(names: Any) -> None:
    with pytest.raises(ValueError, match="'DATE'"):
        names.draw("DATE", random.Random(1), like="May")


@pytest.mark.parametrize(
    ("name", "acronyms", "why"),
    [
        ("Norland Water Board", {"NWB"}, "first letters"),
        ("Ministry of Trade and Mines", {"MTM", "MoTM"}, "small words left out, or a small o"),
        ("Brook Steel Works Ltd", {"BSW"}, "no suffix of a company"),
        ("Société Électrique de Brook", {"SEB"}, "letters without accents"),
        ("Court of Appeal of the Republic of Norland", {"CA", "CARN"}, "the state mostly left out"),
        ("Norlatel", {"NRL"}, "one word: its consonants"),
    ],
)
def test_acronyms(module: ModuleType, name: str, acronyms: set[str], why: str) -> None:
    rng = random.Random(2)
    assert {module.acronym_of(name, rng) for _ in range(60)} == acronyms, why
