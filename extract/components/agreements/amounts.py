"""Amounts of money: `more than $3 million a year`, read off the words, with figures and currency.

An amount that is that of one piece (`$45 a share`, `$70 per barrel`) is marked as such.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.components.dates.numbers import count_of, has_half, without_half
from extract.components.dates.words import lexicon
from extract.currencies import (
    is_local,
    known_codes,
    known_nouns,
    known_signs,
    money_words,
    read_noun,
    read_sign,
)

_FIGURE = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+"
    r"|\d{1,3}(?:\.\d{3}){2,}|\d+(?:[.,]\d{1,2}(?!\d))?)(?!\d|[.,]\d|\s?%)"
)
_SHARES = {
    "three quarters of": Decimal("0.75"),
    "quarter of": Decimal("0.25"),
    "half of": Decimal("0.5"),
}
_Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at its place in a text; the figures are None where nobody counted.

    `low` and `high` differ in a range; of `up to` and `more than` one of them is open. `rate` is
    how often it is paid, as ISO 8601; `of_one` marks a price of one piece.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    rate: str | None = None
    of_one: bool = False

    @property
    def normal(self) -> str | None:
        """The normal form: `USD 3000000`, `EUR 3000000..5000000`, `USD 3000000../P1Y`."""
        if self.currency is None or (self.low is None and self.high is None):
            return None
        low, high = _plain(self.low), _plain(self.high)
        figures = low if low == high else f"{low}..{high}"
        return f"{self.currency} {figures}" + (f"/{self.rate}" if self.rate else "")


def find_amounts(
    text: str, countries: Iterable[str] = (), near: Iterable[str] = ()
) -> list[Amount]:
    """Return the amounts of money in a text, in order.

    `countries` are those of the document, by which `$` and `pounds` are read; `near` those it
    speaks of, which tell apart what has no usual meaning (`rupees`, `shillings`).
    """
    home, others = list(countries), list(near)
    matches = [match for pattern in _patterns() for match in pattern.finditer(text)]
    found: list[Amount] = []
    for match in sorted(matches, key=lambda match: (match.start("whole"), -match.end())):
        if found and match.start("whole") < found[-1].end:
            continue
        amount = _to_amount(match, home, others)
        if amount is not None:
            found.append(amount)
    return found


def _to_amount(match: re.Match[str], home: list[str], near: list[str]) -> Amount | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    scaled = _scale_of(parts["number"]) > 1 or _scale_of(parts.get("second", "")) > 1
    if not _is_money(parts, scaled, home):
        return None
    rate = parts.get("rate") or parts.get("rate_before")
    low, high = _bounds(parts)
    return Amount(
        start=match.start("whole"),
        end=match.end("whole"),
        low=low,
        high=high,
        currency=_currency(parts, home, near),
        rate=money_words("rates")[rate.lower()] if rate else None,
        of_one="piece" in parts,
    )


def _is_money(parts: _Parts, scaled: bool, home: list[str]) -> bool:
    """Tell whether words that may also be others mean money: `won`, `ALL 40`, `R500m`."""
    sign, noun = parts.get("sign", ""), parts.get("noun", "").lower()
    if sign in money_words("local_signs"):
        return scaled and is_local(sign, home)
    if parts.get("code") in money_words("careful_codes"):
        return scaled
    if noun in money_words("careful_nouns") and not scaled:
        return "adjective" in parts and _currency(parts, home, []) is not None
    return True


def _currency(parts: _Parts, home: list[str], near: list[str]) -> str | None:
    """Return the code; dollars that are told in US dollars behind, in brackets, are others."""
    if "code" in parts:
        return parts["code"]
    word = parts.get("sign") or parts["noun"].lower()
    countries = home if word in money_words("defaults") else [*home, *near]
    adjective = re.sub(r"[\s-]+", " ", parts.get("adjective", ""))
    adjective = re.sub(r"\bnew $", "", adjective).strip()
    code = read_sign(word, countries) if "sign" in parts else read_noun(word, adjective, countries)
    bare = not adjective and "converted" in parts
    return None if bare and code == "USD" and not word.startswith("US") else code


def _bounds(parts: _Parts) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most that an amount may be; both None where nobody counted."""
    low = _read_number(parts["number"])
    high = _read_number(parts["second"]) if "second" in parts else low
    if "second" in parts and low and _scale_of(parts["number"]) == 1:
        low *= _scale_of(parts["second"])
    bound = " ".join(parts.get("bound", "").lower().split())
    if bound in money_words("at_most"):
        return None, high
    return (low, None) if bound in money_words("at_least") else (low, high)


def _scale_of(number: str) -> int:
    """Return how many times the figure or the first words of a number are meant."""
    times = 1
    for word in re.findall(r"[a-z]+", number.lower()):
        times *= money_words("scales").get(word, 1)
    return times


def _read_number(number: str) -> Decimal | None:
    """Return the value of `3.5 million`, `half a billion`; None of `millions of`."""
    if figure := re.match(_FIGURE, number):
        return _read_figure(figure[0]) * _scale_of(number)
    words = tuple(re.findall(r"[a-z]+", number.lower()))
    if found := [share for name, share in _SHARES.items() if name in " ".join(words)]:
        return found[0] * _scale_of(number)
    last = next((i for i, word in enumerate(words) if _scale_of(word) > 100), len(words))
    counted = count_of(without_half(words[:last]))
    half = Decimal("0.5") if has_half(words[:last]) else Decimal(0)
    if counted is None and not half:
        return None
    return (Decimal(counted or 0) + half) * _scale_of(" ".join(words[last:]))


def _read_figure(figure: str) -> Decimal:
    bare = re.sub(r"\s", "", figure)
    if re.fullmatch(r"\d+,\d{1,2}", bare):
        return Decimal(bare.replace(",", "."))
    return Decimal(bare.replace(".", "" if bare.count(".") > 1 else ".").replace(",", ""))


def _plain(figure: Decimal | None) -> str:
    text = "" if figure is None else f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return those of `US$3 million` and of `3 million dollars`."""
    scale = rf"(?i:{_any(money_words('scales'))})(?:\scrores?)?(?![A-Za-z])"
    spoken_scale = rf"(?:{_any(word for word in money_words('scales') if len(word) > 3)})"
    spoken = _any([*lexicon("count"), "hundred", "half", "quarter", "quarters", "of", "and"])
    counted = rf"\b(?i:(?:(?:{spoken})[\s-]+){{1,6}}{spoken_scale}(?:[\s-]+{spoken_scale})?)\b"
    uncounted = r"(?:(?:tens|dozens|hundreds|several|many|multi)[\s-]*(?:of\s)?){0,2}"
    vague = rf"\b(?i:{uncounted}{spoken_scale}(?:\sof)?)\b"
    figure = rf"(?<![\w.,]){_FIGURE}(?:[\s-]?{scale})?"
    attached = rf"{_FIGURE}(?:[\s-]?{scale})?"
    codes = rf"\b(?:{_any(known_codes())})"
    sign = rf"(?:(?<![A-Za-z$])(?P<sign>{_any([*known_signs(), *money_words('local_signs')])})"
    sign += rf"|(?P<code>{codes}))"
    again = rf"(?:{_any(known_signs())}|{codes})\s?"
    joint = r"(?(between)\sand\s|(?:\s?[-–—]\s?|\s(?:to|or)\s))"
    name = r"(?:(?P<adjective>(?:[A-Z][\w.’']*[\s-]){1,3}(?:new\s)?|new\s)?"
    name += rf"(?P<noun>(?i:{_any(known_nouns())}))|(?P<code>{codes}))\b"
    signed = (
        rf"{sign}\s?(?P<number>{attached})"
        rf"(?:{joint}(?=[^\d\s]|{_FIGURE}[\s-]?{scale})(?:{again})?(?P<second>{attached}))?"
        r"(?:[\s-]dollars?\b)?"
    )
    named = (
        rf"(?P<number>{figure}|{counted}|{vague})(?:{joint}(?P<second>{attached}|{counted}))?"
        rf"[\s-]*{name}"
    )
    return _compile(signed), _compile(named)


def _compile(amount: str) -> re.Pattern[str]:
    """Return the pattern of an amount with what may stand before and after it."""
    bounds = _any(word for name in ("at_most", "at_least", "about") for word in money_words(name))
    rates = _any(money_words("rates"))
    adverbs = _any(word for word in money_words("rates") if word.endswith("ly"))
    pieces = _any(money_words("pieces"))
    more = r"(?:an?\s(?:additional|further|total\sof|estimated)\s|the\s)?"
    return re.compile(
        rf"(?:\b(?P<rate_before>(?i:annual|{adverbs}))\s)?"
        rf"(?P<whole>(?:(?<![\w-])(?P<bound>(?i:{bounds}))\s{more})?(?P<between>(?i:between)\s)?"
        rf"{amount}(?:(?:\s(?:a|per|each|every)\s|\s?/\s?|-a-|\s(?=(?:{adverbs})\b))(?P<rate>(?i:{rates}))\b)?)"
        rf"(?P<piece>\s(?:a|an)\s(?:{pieces})\b|\sper\s[a-z]|\s?/\s?[a-z]|\s(?:apiece|each)\b)?"
        r"(?P<converted>(?=\s?[(\[](?:about\s)?(?:US\$|USD|U\.S\.)))?"
    )
