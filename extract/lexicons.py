"""What the pipeline knows by heart: countries, blocs, and the words that make a name a body's.

The facts are data, `models/rules/lexicons/countries.yaml` and `bodies.yaml`; this module only
looks them up. Positions are offsets in characters, code points, end exclusive.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from extract.rules import read_yaml

_WORD = re.compile(r"\w+")
_SHORT = 3  # letters; in capitals anyway, so a headline in capitals says nothing of them
_PAIRED = re.compile(r"\s*[-–—/]\s*|\s+(?:(?:and|&)\s+)?")


@dataclass(frozen=True, slots=True)
class Term:
    """What a surface form means: `way` is name, demonym, seat, office, bloc, org, state
    or other.

    `codes` are the countries it may stand for, none for an international body; `name` is the usual
    name of what it stands for, `label` the entity label it has by itself. `careful` terms are also
    ordinary words or names of people, so that they prove little.
    """

    name: str
    label: str
    way: str
    codes: tuple[str, ...] = ()
    careful: bool = False

    @property
    def code(self) -> str | None:
        """The country's code; None where the word fits several (`Congolese`) or none."""
        return self.codes[0] if len(self.codes) == 1 else None


@dataclass(frozen=True, slots=True)
class Found:
    """A term at its place in a text."""

    start: int
    end: int
    term: Term


class Gazetteer:
    """Surface forms with their terms: found in a text longest first, never one in another."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        """Index the surface forms, and those longer than an acronym in capitals too."""
        capitals = {s.upper(): t for s, t in terms.items() if len(s) > _SHORT and s != s.upper()}
        self._terms = {**capitals, **terms}
        starts: dict[str, list[str]] = {}
        for surface in self._terms:
            if word := _WORD.match(surface):
                starts.setdefault(word[0], []).append(surface)
        self._starts = {word: sorted(s, key=len, reverse=True) for word, s in starts.items()}

    def lookup(self, surface: str) -> Term | None:
        """Return the term of exactly this form, case included; `the` before it does not count."""
        surface = surface.replace("’", "'")
        return self._terms.get(surface) or self._terms.get(re.sub("^[Tt]he ", "", surface))

    def find(self, text: str) -> list[Found]:
        """Return the terms in a text, in order, without overlaps."""
        text = text.replace("’", "'")
        found: list[Found] = []
        end = 0
        for word in _WORD.finditer(text):
            if word.start() >= end and (surface := self._longest(text, word)):
                end = word.start() + len(surface)
                found.append(Found(word.start(), end, self._terms[surface]))
        return found

    def _longest(self, text: str, word: re.Match[str]) -> str | None:
        for surface in self._starts.get(word[0], ()):
            if text.startswith(surface, word.start()):
                end = word.start() + len(surface)
                after = text[end : end + 1]
                if not (after.isalnum() or after == "_" or (after == "$" and len(surface) < 3)):
                    return surface
        return None


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries' words, with the state that each part and territory belongs to.

    Before a word of `taken_by` they stand for something else: `Hong Kong dollars`.
    """

    terms: Gazetteer
    names: Mapping[str, str]
    part_of: Mapping[str, str]
    taken_by: frozenset[str]

    def lookup(self, surface: str) -> Term | None:
        """Return what exactly this form means, if it means a country."""
        term = self.terms.lookup(surface)
        return term if term and term.way != "other" else None

    def find(self, text: str) -> list[Found]:
        """Return the countries named in a text; `New Mexico` names none."""
        return [found for found in self.terms.find(text) if found.term.way != "other"]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Blocs and international bodies, and word classes for the names of all others."""

    terms: Gazetteer
    state_nouns: frozenset[str]
    nouns: frozenset[str]
    suffixes: frozenset[str]
    company_words: frozenset[str]
    careful_company_words: frozenset[str]
    not_company: frozenset[str]
    generic: frozenset[str]
    standing_alone: frozenset[str]
    not_bodies: frozenset[str]
    facilities: frozenset[str]
    portfolios: frozenset[str] = field(repr=False)

    def lookup(self, surface: str) -> Term | None:
        """Return the bloc or international body of exactly this form."""
        return self.terms.lookup(surface)

    def find(self, text: str) -> list[Found]:
        """Return the blocs and international bodies named in a text."""
        return self.terms.find(text)


@cache
def load_countries() -> Countries:
    """Return the countries of `lexicons/countries.yaml`."""
    content = read_yaml("lexicons/countries")
    careful = frozenset(content["ambiguous"])
    terms: dict[str, Term] = {}
    for entry in content["countries"]:
        for surface, label, way in _surfaces(entry):
            codes = (entry["code"],)
            if (known := terms.get(surface)) and known.codes != codes:
                codes = (*known.codes, *codes)
            terms[surface] = Term(entry["name"], label, way, codes, surface in careful)
    for surface in content["not_countries"]:
        terms[surface] = Term(surface, "", "other")
    names = {entry["code"]: entry["name"] for entry in content["countries"]}
    wholes = {e["code"]: e["part_of"] for e in content["countries"] if "part_of" in e}
    return Countries(Gazetteer(terms), names, wholes, frozenset(content["taken_by"]))


def _surfaces(entry: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for surface in [entry["name"], *entry.get("also", [])]:
        yield surface, "GPE", "name"
    for surface in entry.get("people", []):
        yield surface, "NORP", "demonym"
    for surface in entry.get("seats", []):
        yield surface, "GPE", "seat"
    for surface in entry.get("offices", []):
        yield surface, "ORG", "office"


@cache
def load_bodies() -> Bodies:
    """Return the bodies and word classes of `lexicons/bodies.yaml`."""
    content = read_yaml("lexicons/bodies")
    terms: dict[str, Term] = {}
    for entry in content["bodies"]:
        codes = (entry["country"],) if "country" in entry else ()
        for surface in [entry["name"], *entry.get("short", []), *entry.get("also", [])]:
            terms[surface] = Term(entry["name"], "ORG", entry["kind"], codes)
        for surface in entry.get("seats", []):
            terms[surface] = Term(entry["name"], "GPE", "seat")
    nouns = content["nouns"]
    return Bodies(
        Gazetteer(terms),
        frozenset(nouns["state"]),
        frozenset(nouns["state"]) | frozenset(nouns["other"]),
        frozenset(content["company_suffixes"]),
        frozenset(content["company_words"]["sure"])
        | frozenset(content["company_words"]["careful"]),
        frozenset(content["company_words"]["careful"]),
        frozenset(content["company_words"]["ordinary_before"]),
        frozenset(content["generic"]),
        frozenset(content["standing_alone"]),
        frozenset(content["not_bodies"]),
        frozenset(content["facilities"]),
        frozenset(content["portfolios"]),
    )


@cache
def country_of(name: str) -> str | None:
    """Return the code of the country that a name belongs to, by a country's word inside it.

    Names and adjectives count before capitals: `China National Bank of Paris` is Chinese. None
    where there is no such word, where it fits several countries, or where two stand side by side
    (`US-China Business Council`).
    """
    countries = load_countries()
    if term := countries.lookup(name) or load_bodies().lookup(name):
        return term.code
    found = [f for f in countries.find(name) if _counts(name, f)]
    if any(_is_half(name, f) or _is_hosted(name, f) for f in found):
        return None
    named = [f for f in found if f.term.way in ("name", "demonym")] or found
    if not named or any(_paired(name, a, b) for a, b in pairwise(named)):
        return None
    return named[0].term.code


def _counts(name: str, found: Found) -> bool:
    if not found.term.careful or found.term.way == "demonym":
        return True
    return re.search(r"\bof (?:the )?$", name[: found.start], re.IGNORECASE) is not None


def _is_hosted(name: str, found: Found) -> bool:
    """Tell whether a body of many countries has one there: `African Union Mission in Somalia`."""
    owners = load_bodies().find(name[: found.start])
    return any(owner.term.label == "ORG" and not owner.term.codes for owner in owners)


def _is_half(name: str, found: Found) -> bool:
    """Tell whether a dash joins the country to something else: `EU-Kenya Forum`."""
    before, after = name[: found.start], name[found.end :]
    return bool(re.search(r"\w[.]?[-–]$", before) or re.match(r"[-–][A-Z]", after))


def _paired(name: str, first: Found, second: Found) -> bool:
    between = name[first.end : second.start]
    return first.term.codes != second.term.codes and _PAIRED.fullmatch(between) is not None
