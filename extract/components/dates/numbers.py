"""Numbers in words: how many are counted, and years that are spelled out."""

import re
from collections.abc import Iterator

from extract.components.dates.words import lexicon

_JOINTS = frozenset(("to", "or", "–"))
_FRACTION = re.compile(r"1/2|half")


def count_of(words: tuple[str, ...]) -> int | None:
    """Return the number that the words count, the lower of two; None where there is none."""
    number, whole, found = 0, 0, False
    for word in words:
        if word in _JOINTS and found:
            break
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,6}", word):
            number, found = number + int(word.replace(",", "")), True
        elif word == "couple":
            number, found = 2, True
        elif word in lexicon("count"):
            number, found = number + lexicon("count")[word], True
        elif word in lexicon("large"):
            number, found = max(number, 1) * lexicon("large")[word], True
            if number >= 1000:
                number, whole = 0, whole + number
    return whole + number if found else None


def is_vague(words: tuple[str, ...]) -> bool:
    """Tell whether as many are meant as nobody counted: `several`, `3.5 billion`."""
    return any(word in lexicon("vague") for word in words)


def has_half(words: tuple[str, ...]) -> bool:
    """Tell whether half a unit is counted: `2 1/2`, `two and a half`, `half an hour`."""
    return any(_FRACTION.fullmatch(word) for word in words)


def without_half(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without those of a half: `half an hour`, `two and a half years`."""
    return tuple(re.sub(r"\b(?:and a half|1/2|half an?)(?!\w)", "", " ".join(words)).split())


def with_figures(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with a spelled-out year in figures: `in`, `1991`."""
    return tuple(_figures(list(words)))


def _figures(words: list[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        year, taken = _year_at(words[at:])
        yield str(year) if year else words[at]
        at += taken


def _year_at(words: list[str]) -> tuple[int | None, int]:
    """Return the year that opens the words and how many it takes; (None, 1) where none does."""
    first, rest = words[0], words[1:]
    if first == "two" and rest[:1] == ["thousand"]:
        small, taken = _below_hundred(rest[1:], ("and",))
        return 2000 + small, 2 + taken
    if first not in lexicon("century_word"):
        return None, 1
    small, taken = _below_hundred(rest, ("oh", "o"))
    return (100 * int(lexicon("century_word")[first]) + small, 1 + taken) if taken else (None, 1)


def _below_hundred(words: list[str], before: tuple[str, ...]) -> tuple[int, int]:
    taken = 1 if words and words[0] in before else 0
    number, found = 0, False
    for word in words[taken:]:
        known = _small(word)
        if known is None and not (found and word == "-"):
            break
        number, taken, found = number + (known or 0), taken + 1, True
    return (number, taken) if found else (0, 0)


def _small(word: str) -> int | None:
    for name in ("tens_word", "teen_word", "digit_word"):
        if word in lexicon(name):
            return int(lexicon(name)[word])
    return None
