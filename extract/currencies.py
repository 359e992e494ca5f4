"""Currencies: which ISO 4217 code a sign, a code or a name in a press text stands for.

Names, codes, the signs of countries and their history are those of the Common Locale Data
Repository (babel); `models/rules/lexicons/currencies.yaml` adds what the press writes beside them.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from babel.numbers import get_currency_name

from extract.lexicons import load_countries
from extract.rules import read_yaml


@cache
def money_words(name: str) -> Mapping[str, Any]:
    """Return a table of `lexicons/currencies.yaml`; of a plain list, each word with itself."""
    content = read_yaml("lexicons/currencies")[name]
    return content if isinstance(content, Mapping) else dict(zip(content, content, strict=True))


@cache
def known_codes() -> frozenset[str]:
    """Return the codes that are or were legal tender somewhere."""
    return frozenset(code for entries in _tender().values() for code, _ in entries)


@cache
def known_nouns() -> Mapping[str, tuple[str, ...]]:
    """Return what may stand after a number, lower-cased: `dollars`, with the codes it may mean."""
    found: dict[str, dict[str, None]] = {}
    for noun, codes in money_words("nouns").items():
        found.setdefault(noun, {}).update(dict.fromkeys(codes))
    for name, code in _names().items():
        noun = name.rpartition(" ")[2]
        if noun.isalpha() and noun not in money_words("not_nouns"):
            found.setdefault(noun, {})[code] = None
    return {noun: tuple(codes) for noun, codes in found.items()}


@cache
def known_signs() -> Mapping[str, tuple[str, ...]]:
    """Return what may stand before a number: `US$`, with the codes that it may mean."""
    found = {str(sign): tuple(codes) for sign, codes in money_words("signs").items()}
    symbols = Locale("en").currency_symbols
    for code, sign in symbols.items():
        if sign != code and code in known_codes():
            found.setdefault(sign, (code,))
    for country in _tender():
        for code, sign in _signs_in(country).items():
            if len(sign) > 1 and sign[0].isupper() and sign not in known_codes():
                found.setdefault(sign, (code,))
    return found


def read_sign(sign: str, countries: Iterable[str]) -> str | None:
    """Return the code of a sign; `$` is that of the first country that writes its own so."""
    for country in countries:
        for code, own in _signs_in(country).items():
            if own == sign:
                return code
    codes = known_signs().get(sign) or tuple(money_words("local_signs").get(sign, ()))
    return _choose(sign, codes, countries)


def is_local(sign: str, countries: Iterable[str]) -> bool:
    """Tell whether a letter (`R500m`) is a sign in one of the countries."""
    codes = money_words("local_signs")[sign]
    return any(code in codes for country in countries for code in _current(country))


def read_noun(noun: str, adjective: str, countries: Iterable[str]) -> str | None:
    """Return the code of a name: `shillings`, with `Kenyan` before it or in one of the countries.

    None where the words fit several, and nothing tells which. Of a country with two, the one that
    bears its code: `Zimbabwe dollars` are not those of the United States.
    """
    noun, adjective = noun.lower(), " ".join(adjective.split())
    if not adjective:
        return _choose(noun, known_nouns().get(noun, ()), countries)
    if code := _names().get(f"{adjective} {noun}".lower()):
        return code
    term = load_countries().lookup(adjective)
    if term is None or term.code is None:
        return None
    own = [code for code in _of(term.code) if code in known_nouns().get(noun, ())]
    return min(own, key=lambda code: not code.startswith(term.code or ""), default=None)


def _choose(word: str, codes: tuple[str, ...], countries: Iterable[str]) -> str | None:
    for country in countries:
        for code in _current(country):
            if code in codes:
                return code
    if word in money_words("defaults"):
        return cast("str | None", money_words("defaults")[word])
    current = [code for code in codes if code in _all_current()] or list(codes)
    return current[0] if len(current) == 1 else None


@cache
def _names() -> Mapping[str, str]:
    """Return the names, one and many, lower-cased and without years: `kenyan shillings`."""
    found: dict[str, str] = {}
    for code in sorted(known_codes(), key=lambda code: (code not in _all_current(), code)):
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en")
            found.setdefault(name.partition(" (")[0].lower(), code)
    return found


@cache
def _tender() -> Mapping[str, list[tuple[str, bool]]]:
    """Return what was money in each country, the last first, and whether it still is."""
    history: Any = get_global("territory_currencies")
    return {
        country: [(code, end is None) for code, _, end, legal in reversed(entries) if legal]
        for country, entries in sorted(history.items())
    }


@cache
def _all_current() -> frozenset[str]:
    return frozenset(code for country in _tender() for code in _current(country))


def _of(country: str) -> list[str]:
    """Return the currencies that a country has or had, those of today first."""
    return [code for code, now in sorted(_tender().get(country, ()), key=lambda one: not one[1])]


def _current(country: str) -> list[str]:
    return [code for code, now in _tender().get(country, ()) if now]


@cache
def _signs_in(country: str) -> Mapping[str, str]:
    """Return the signs of its own money that a country writes in English."""
    if not exists(f"en_{country}"):
        return {}
    symbols = Locale("en", country).currency_symbols
    return {c: s for c in _current(country) if (s := symbols.get(c, c)) != c}
