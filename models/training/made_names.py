r"""Draw invented, realistic names of four continents to put in the place of marked ones.

A tagger learns the names of its corpus by heart, and most of those are Western. With another
name of the same form in the same sentence it must learn contexts and shapes instead.

The lists are grammars in `made_names/`: a symbol has alternatives parted by `, ` (`\,` is a comma);
`<symbol>` in one is drawn in turn; ` *3` counts one three times. A region gives its countries and
peoples, and may give a symbol of its own for a shared one. The names and adjectives of countries
are those of `rules/lexicons/countries.yaml`.
"""

import random
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "made_names"
COUNTRIES = Path(__file__).parents[1] / "rules" / "lexicons" / "countries.yaml"
LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})

Alternatives = list[tuple[str, ...]]  # each: text, symbol, text, symbol, …, text
Symbols = dict[str, Alternatives]

_PARTED = re.compile(r"(?<!\\),\s+")
_WEIGHTED = re.compile(r"(.*?)(?: \*(\d+))?", re.DOTALL)
_SLOT = re.compile(r"<(\w+)>")
_STATE_FORM = re.compile(r"\b(Republic|Kingdom|State|Sultanate|Commonwealth|Emirate|Union)\b")
_WITH_ARTICLE = re.compile(
    r"(United |Philippines|Netherlands|Gambia|Bahamas|Maldives|Seychelles|Comoros|UAE|UK|U\.S\.)"
    r"|.*\b(Republic|Islands|Emirates|States|Kingdom)\b"
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "at", "a", "an", "de", "la", "le", "du", "des"}
    | {"del", "da", "do", "dos", "das", "e", "y", "i", "et", "ve", "di", "für", "von", "al", "el"}
)
_SUFFIX = re.compile(
    r"(,? \(?(Ltd|Limited|Plc|PLC|Inc|Corp|Co|SA|S\.A|SAS|SARL|Bhd|Berhad|Sdn Bhd|Tbk|AG|GmbH|SpA"
    r"|JSC|PJSC|OAO|LLC|Pvt Ltd|Pty\) Ltd|Pvt\) Ltd|SA de CV)\.?)+$"
)
_PROVINCE_WORDS = frozenset(
    {"Province", "State", "County", "District", "Governorate", "Region", "Prefecture", "Oblast"}
)
_SETS = ("city", "province", "continent", "demonym", "acronym")
_NORP_SETS = ("religion_adjective", "religion_plural", "political", "political_plural")
_KEEPS_KIND = 0.6  # else any organisation: the contexts of one kind must not own its shapes
_LONG_WORDS = 6
_TRIES = 12


class MadeNames:
    """The names that the lists can make, drawn with the caller's random generator."""

    def __init__(self, folder: Path = FOLDER, countries: Path = COUNTRIES) -> None:
        data = {path.stem: _read_yaml(path) for path in sorted(folder.glob("*.yaml"))}
        organisations, places = data.pop("organisations"), data.pop("places")
        self._heads = {
            "ORG": _kind_of_word(organisations["heads"]),
            "LOC": _kind_of_word(places["loc_heads"]),
            "FAC": _kind_of_word(places["fac_heads"]),
        }
        lexicon = {c["code"]: c for c in _read_yaml(countries)["countries"] if "gone" not in c}
        shared = _parse_symbols(organisations["shared"] | places["shared"] | places["gpe"])
        weighted = list(_read_locales(data, lexicon, shared))
        self._locales = [symbols for symbols, _ in weighted]
        self._cumulated = list(accumulate(weight for _, weight in weighted))
        self._countries = {n for c in lexicon.values() for n in (c["name"], *c.get("also", ()))}
        also = {name for c in lexicon.values() for name in c.get("also", ())}
        self._states = {name for name in also if _STATE_FORM.search(name)}
        self._known = {
            symbol: {name for symbols in self._locales for (name, *_) in symbols[symbol]}
            for symbol in _SETS + _NORP_SETS
        }

    def draw(self, label: str, rng: random.Random, *, like: str) -> str:
        """Return a name of the form of `like`: one word, full, long, an acronym, in capitals.

        It has no title and no `the` before it.
        """
        if label not in LABELS:
            raise ValueError(f"no names are made for {label!r}; the labels are {sorted(LABELS)}")
        if label in ("ORG", "GPE") and self._is_acronym(like, label):
            return self._draw_acronym(label, rng, like=like)
        symbol = getattr(self, f"_{label.lower()}_symbol")(like, rng)
        for _ in range(_TRIES):
            name = self.expand(symbol, rng)
            if self._suits(name, label, like):
                break
        name = name[0].upper() + name[1:] if label in ("PERSON", "ORG", "FAC") else name
        return _in_case(name, like)

    def expand(self, symbol: str, rng: random.Random) -> str:
        """Return one text of a symbol, its parts all of one country and people."""
        place = bisect(self._cumulated, rng.random() * self._cumulated[-1])
        symbols = self._locales[min(place, len(self._locales) - 1)]
        for _ in range(_TRIES):
            name = _expand(symbol, symbols, rng)
            if not _repeats_a_word(name):
                break
        return name

    def _suits(self, name: str, label: str, like: str) -> bool:
        if label in ("PERSON", "ORG") and " " not in like:
            return " " not in name
        if label in ("LOC", "FAC") and like.rsplit(maxsplit=1)[-1][0].isupper():
            return not name.rsplit(maxsplit=1)[-1][0].islower()
        if label == "GPE" and like in self._countries and like not in self._states:
            return bool(_WITH_ARTICLE.match(name)) == bool(_WITH_ARTICLE.match(like))
        return True

    def _is_acronym(self, like: str, label: str) -> bool:
        if like in self._known["acronym"]:
            return True
        letters = re.sub(r"[^\w]", "", like)
        if label == "GPE":
            known = self._countries | self._known["city"]
            return letters.isupper() and len(letters) <= 4 and like.title() not in known
        capitals = sum(letter.isupper() for letter in letters)
        most = capitals > len(letters) / 2 and len(letters) <= 5
        return " " not in like and capitals > 1 and (most or (like.isupper() and len(letters) < 8))

    def _draw_acronym(self, label: str, rng: random.Random, *, like: str) -> str:
        if label == "GPE":
            return self.expand("acronym", rng)
        for _ in range(_TRIES):
            acronym = acronym_of(self.expand("org", rng), rng)
            if len(acronym) > 2 or rng.random() < 0.1:
                break
        return "".join(f"{letter}." for letter in acronym) if "." in like else acronym

    def _person_symbol(self, like: str, rng: random.Random) -> str:
        return "person" if " " in like else "surname"

    def _org_symbol(self, like: str, rng: random.Random) -> str:
        words = like.split()
        if len(words) == 1:
            return "short_org"
        if len(words) >= _LONG_WORDS and rng.random() < _KEEPS_KIND:
            return "long_org"
        kind = _find_kind(words, self._heads["ORG"])
        return kind if kind and rng.random() < _KEEPS_KIND else "org"

    def _gpe_symbol(self, like: str, rng: random.Random) -> str:
        plain = like.title() if like.isupper() else like
        if plain in self._states:
            return "official"
        if plain in self._countries:
            return "country"
        if ", " in like:
            return "city_and_more"
        if " " in like and like.rsplit(maxsplit=1)[-1].title() in _PROVINCE_WORDS:
            return "province_in_full"
        in_provinces = plain in self._known["province"] and plain not in self._known["city"]
        return "province" if in_provinces or rng.random() < 0.15 else "city"

    def _loc_symbol(self, like: str, rng: random.Random) -> str:
        if like.title() in self._known["continent"]:
            return "continent"
        words = like.split()
        if len(words) == 1:
            return "short_loc"
        if like[0].islower() and words[0].endswith("ern"):
            return "part"
        return _find_kind(words, self._heads["LOC"]) or "loc"

    def _fac_symbol(self, like: str, rng: random.Random) -> str:
        words = like.split()
        return "short_fac" if len(words) == 1 else _find_kind(words, self._heads["FAC"]) or "fac"

    def _norp_symbol(self, like: str, rng: random.Random) -> str:
        form = like.title() if like.isupper() else like
        for symbol in _NORP_SETS:
            if form in self._known[symbol]:
                return symbol
        if form in self._known["demonym"]:
            return "demonym" if rng.random() < 0.8 else "group"
        plural = form.endswith("s") and not form.endswith("ss")
        return "norp_plural" if plural else "norp"


def acronym_of(long_name: str, rng: random.Random) -> str:
    """Return an acronym for a name, as in `Ministry of Health (MoH)` or `Air Congo (AC)`.

    What stands behind `of the Republic` is mostly left out, as the press leaves it out.
    """
    name = _SUFFIX.sub("", long_name)
    if rng.random() < 0.8:
        name = re.sub(
            r" of (?:the )?(?:(?! of ).)*\b(Republic|Kingdom|State|Union) of .*", "", name
        )
    words = [w for w in re.split(r"[\s\-–/]+|(?<=\w)['’](?=[A-ZÉ])", name) if w[:1].isalpha()]
    words = [word for word in words if word.lower() not in _SMALL]
    if len(words) < 2:
        return _shorten(words[0] if words else name)
    letters = "".join(_plain(word[0]).upper() for word in words)[:7]
    if name.startswith("Ministry of ") and rng.random() < 0.4:
        return f"Mo{letters[1:]}"
    return letters


def _shorten(word: str) -> str:
    """Return the first letter of a word and two of its next consonants."""
    plain = "".join(_plain(letter) for letter in word if letter.isalpha())
    return (plain[:1] + re.sub(r"[aeiouy]", "", plain[1:]) + plain[1:])[:3].upper()


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _read_yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if not isinstance(data, dict):
        raise ValueError(f"{path}: a mapping is wanted, as in the other files of the folder")
    return data


def _parse_symbols(texts: dict[str, str]) -> Symbols:
    return {symbol: _parse_alternatives(text) for symbol, text in texts.items()}


def _parse_alternatives(text: str) -> Alternatives:
    """Return the alternatives of a symbol, each as often as its weight says."""
    alternatives = []
    for part in _PARTED.split(text.strip()):
        name, weight = _WEIGHTED.fullmatch(part).groups()  # type: ignore[union-attr]
        alternatives += [tuple(_SLOT.split(name.replace("\\,", ",")))] * int(weight or 1)
    return alternatives


def _read_locales(
    files: dict[str, Any], lexicon: dict[str, Any], shared: Symbols
) -> Iterator[tuple[Symbols, float]]:
    """Yield the symbols of each people of each country of each region, with its weight.

    A region's weight is shared out by the number of cities that a country has in the lists.
    """
    regions = [region for file in files.values() for region in file["regions"].values()]
    codes = [code for region in regions for code in region["countries"]]
    countries = [country for region in regions for country in region["countries"].values()]
    others: Symbols = {
        "other_city": [c for country in countries for c in _parse_alternatives(country["city"])],
        "other_country": [(lexicon[code]["name"],) for code in codes],
        "other_demonym": [(lexicon[code]["people"][0],) for code in codes],
    }
    for region in regions:
        own = _parse_symbols({k: v for k, v in region.items() if isinstance(v, str)})
        cities = {code: c["city"].count(", ") + 1 for code, c in region["countries"].items()}
        for code, country in region["countries"].items():
            peoples = _parse_alternatives(country.get("people", ", ".join(region["people"])))
            weight = region["weight"] * cities[code] / sum(cities.values()) / len(peoples)
            texts = {k: v for k, v in country.items() if k != "people"}
            local: Symbols = (
                shared | others | _name_country(lexicon[code]) | own | _parse_symbols(texts)
            )
            if "country" in texts:
                local["the_country"] = [(_with_article(n),) for (n, *_) in local["country"]]
            for (people,) in peoples:
                yield local | _parse_symbols(region["people"][people]), weight


def _name_country(country: dict[str, Any]) -> Symbols:
    name, people = country["name"], country["people"]
    states = [n for n in country.get("also", ()) if _STATE_FORM.search(n)] or [name]
    plurals = [word for word in people if word.endswith("s")] or people
    return {
        "country": [(name,)],
        "the_country": [(_with_article(name),)],
        "official": [(state,) for state in states],
        "the_official": [(_with_article(state),) for state in states],
        "demonym": [(people[0],)],
        "demonym_plural": [(plurals[0],)],
    }


def _with_article(name: str) -> str:
    return f"the {name}" if _WITH_ARTICLE.match(name) or _STATE_FORM.search(name) else name


def _expand(symbol: str, symbols: Symbols, rng: random.Random) -> str:
    alternatives = symbols[symbol]
    pieces = alternatives[int(rng.random() * len(alternatives))]
    if len(pieces) == 1:
        return pieces[0]
    return "".join(
        _expand(piece, symbols, rng) if at % 2 else piece for at, piece in enumerate(pieces)
    )


def _repeats_a_word(name: str) -> bool:
    """Say whether a name holds a capitalised word twice (`Kano-Kano road`)."""
    if " " not in name and "-" not in name:
        return False
    words = [word for word in name.replace("-", " ").split() if word[0].isupper()]
    return len(set(words)) < len(words)


def _kind_of_word(heads: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in heads.items() for word in words.split(", ")}


def _find_kind(words: list[str], kinds: dict[str, str]) -> str | None:
    """Return the kind that a word of the name shows, the last words first."""
    return next((kinds[w] for w in (w.lower() for w in reversed(words)) if w in kinds), None)


def _in_case(name: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return name.upper()
    return name.lower() if like.islower() else name
