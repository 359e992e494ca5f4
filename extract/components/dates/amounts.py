"""How far a count of units reaches: `two years`, `1 month and 21 days`, `a year and a half`."""

from collections.abc import Iterator
from datetime import date

from extract.components.dates.numbers import count_of, has_half, without_half
from extract.components.dates.periods import move
from extract.components.dates.words import lexicon

Amount = tuple[int, str]  # how many, of which unit
_HALVES = {
    "century": (50, "year"),
    "decade": (5, "year"),
    "year": (6, "month"),
    "month": (15, "day"),
}


def amounts_of(words: tuple[str, ...]) -> list[Amount]:
    """Return what the words count, the largest units as they stand."""
    return list(_find_amounts(words))


def _find_amounts(words: tuple[str, ...]) -> Iterator[Amount]:
    units = lexicon("unit")
    ends = [i for i, word in enumerate(words) if word in units]
    start = 0
    for end in ends:
        counted, unit = words[start:end], units[words[end]]
        half = has_half(counted)
        number = count_of(without_half(counted))
        if number is not None:
            yield number, unit
        if (half or words[end + 1 : end + 4] == ("and", "a", "half")) and unit in _HALVES:
            yield _HALVES[unit]
        start = end + 1


def move_by(day: date, amounts: list[Amount], sign: int) -> date | None:
    """Return the day that lies all the amounts away, ahead or back."""
    moved: date | None = day
    for number, unit in amounts:
        moved = move(moved, unit, sign * number) if moved else None
    return moved
