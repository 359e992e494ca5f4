"""No rule knows a name from one text: each proper name in rules and lexicons stands with a reason.

Names are found by their capitals; those in small letters stand in `lexicons/names.yaml` by hand.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from extract.lexicons import load_bodies, load_countries
from extract.resources import rule_folder
from extract.rules import read_yaml, rule_files

NAMES = read_yaml("lexicons/names")
FITTED = ("judge",)
FILES = [name for name in rule_files() if name not in ("lexicons/names", *FITTED)]
# Examples are prose of ours; labels, codes and what a rule sets are terms of the program.
NO_NAMES = {"about", "examples", "match", "no_match", "note", "set", "reads"} | {
    *("labels", "mixed", "dropped", "code", "part_of", "country", "kind", "case")
}
NOTATION = re.compile(  # comments, groups and classes of expressions, escapes, labels
    r"(?<=\s)#.*|\(\?(?:P?<\w+>|P>\w+|&\w+|<?[=!]|[a-z]*:)|\[(?:\\.|[^\]\\])*\]|\\.|(?:pos|tag|ent):\S*"
)
CAPITALISED = re.compile(r"(?<![^\W_])[A-Z]\w*(?:[-.’'&]\w+)*\.?")


def read_list(path: str) -> Any:
    """Return a list in a rule file: `press/pieces/agency`."""
    file = max((name for name in rule_files() if path.startswith(f"{name}/")), key=len)
    content = read_yaml(file)
    for key in path.removeprefix(f"{file}/").split("/"):
        content = content[key]
    return content


def find_strings(content: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the words and patterns in a rule file, each with its path."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "classes":  # lists of words, or words with what they stand for
                for name, words in value.items():
                    yield from ((f"{path}/classes/{name}", str(word)) for word in words)
            elif key not in NO_NAMES:
                yield from find_strings(value, f"{path}/{key}")
    elif isinstance(content, list):
        for value in content:
            yield from find_strings(value, path)
    elif isinstance(content, str):
        yield path, content


def find_names(text: str) -> list[str]:
    """Return the capitalised words of a pattern, an expression or a phrase."""
    plain = NOTATION.sub(" ", text.replace(r"\.", ".").replace(r"\s", " "))
    found = [name for name in CAPITALISED.findall(plain) if len(name.strip(".")) > 1]
    return [name if name.count(".") > 1 else name.rstrip(".") for name in found]


def words_of_lists() -> dict[str, str]:
    """Return the names in the lists that are lexicons by themselves, each with its reason."""
    return {
        word: entry["reason"]
        for entry in NAMES["lists"]
        for _, text in find_strings(read_list(entry["list"]), entry["list"])
        for word in find_names(text)
    }


def texts_of_rules() -> list[tuple[str, str]]:
    """Return what rules hold outside the lists that are lexicons, each with where it stands."""
    lists = tuple(f"{entry['list']}/" for entry in NAMES["lists"])
    found = [pair for file in FILES for pair in find_strings(read_yaml(file), file)]
    return [(path, text) for path, text in found if not f"{path}/".startswith(lists)]


def names_in_rules() -> set[tuple[str, str]]:
    return {(path, name) for path, text in texts_of_rules() for name in find_names(text)}


def small_words() -> set[str]:
    found = (re.findall(r"[^\W\d_]+", NOTATION.sub(" ", text)) for _, text in texts_of_rules())
    return {word for words in found for word in words if word.islower()}


def given(section: str) -> list[str]:
    return [str(name) for entry in NAMES[section] for name in entry["names"]]


def test_each_name_in_a_rule_stands_in_a_lexicon_with_a_reason() -> None:
    known = {*given("names"), *words_of_lists()}
    countries, bodies = load_countries(), load_bodies()
    unknown = {
        (path, name)
        for path, name in names_in_rules()
        if name not in known and not countries.lookup(name) and not bodies.lookup(name)
    }
    assert unknown == set(), "give each a reason in lexicons/names.yaml, or take it out of its rule"


def test_a_country_in_small_letters_is_a_name_too() -> None:
    found = {word for word in small_words() if load_countries().lookup(word.capitalize())}
    assert found - set(given("small")) == set(), "give each a reason under `small`"


def test_nothing_stands_in_the_list_of_names_for_nothing() -> None:
    assert set(given("names")) - {name for _, name in names_in_rules()} == set()
    assert set(given("small")) - small_words() == set()
    assert [e for part in NAMES.values() for e in part if len(e["reason"].split()) < 2] == []


@pytest.mark.parametrize("file", ["lexicons/countries", "lexicons/bodies"])
def test_each_list_of_names_in_a_lexicon_has_its_reason(file: str) -> None:
    named = {entry["list"] for entry in NAMES["lists"]}
    lists = {f"{file}/{key}" for key, value in read_yaml(file).items() if find_names(str(value))}
    assert lists <= named


def test_each_country_has_its_code_and_each_body_its_kind() -> None:
    countries = read_yaml("lexicons/countries")["countries"]
    codes = [entry["code"] for entry in countries]
    assert [
        code for code in codes if not re.fullmatch(r"[A-Z]{2}([A-Z]{2}|-[A-Z0-9]{2,3})?", code)
    ] == []
    assert len(set(codes)) == len(codes)
    for body in read_yaml("lexicons/bodies")["bodies"]:
        assert body["kind"] in {"bloc", "org", "state"}, body
        assert (body["kind"] == "state") == ("country" in body), body
        assert body.get("country", "US") in codes, body


@pytest.mark.parametrize("file", FITTED)
def test_no_weight_is_that_of_a_name(file: str) -> None:
    features = set(re.findall(r"^ +['\"]?(?:word|verb)=([^,:'\"]+)", read_text(file), re.MULTILINE))
    assert len(features) > 50
    known = {name.lower() for name in given("names")}
    names = {word for word in features if load_countries().lookup(word.capitalize())}
    assert names - known == set()
    assert {word for word in features if word != word.lower()} == set()


def read_text(file: str) -> str:
    return (rule_folder() / f"{file}.yaml").read_text(encoding="utf-8")


# what a rule may hold, the names found in it, why
FOUND = [
    ("=Peace =Agreement|Accord", ["Peace", "Agreement", "Accord"], "words in this case"),
    ("re:[A-Z][\\w.’'-]*+ =Pact", ["Pact"], "a class of letters is no name"),
    ("<ent:ORG|GPE> tag:VBD pos:NOUN pact", [], "labels"),
    (r"(?P<town>(?:Rome|Oslo)\.)\s(?i:May)(?P>zone) # Peru", ["Rome", "Oslo", "May"], "expression"),
    (r"U\.S\. =A.D.", ["U.S.", "A.D."], "initials"),
    ("Abu Dhabi's X", ["Abu", "Dhabi's"], "a phrase; one letter is none"),
    ("~sign|ink {money} ..3 TRIGGER", ["TRIGGER"], "notation"),
]


@pytest.mark.parametrize(("text", "names", "why"), FOUND)
def test_names_are_found(text: str, names: list[str], why: str) -> None:
    assert find_names(text) == names, why
