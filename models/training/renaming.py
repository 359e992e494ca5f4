"""Marked passages once more under other names, so that names are learnt by what is round them."""

import random
from collections.abc import Iterator

from made_names import LABELS, MadeNames, acronym_of
from marked_texts import Marked, put_names

KEPT_SHARE = 0.3  # of the names of a passage, as anchors


def rename(text: Marked, made: MadeNames, rng: random.Random) -> Marked:
    """Return a passage with most of its names replaced, each by the same one everywhere.

    A surname follows the full name that it is the end of, an acronym in brackets the name that
    it stands behind.
    """
    new: dict[int, str] = {}
    chosen: dict[tuple[str, str], str] = {}
    for number, name, label in _longest_first(text):
        known = chosen.get((name, label))
        if known is None:
            known = _find_new(name, label, chosen, made, rng)
            chosen[name, label] = known
        new[number] = known
    for number in range(1, len(text.names)):
        acronym = _renamed_acronym(text, number, new, rng)
        if acronym is not None:
            old = text.text[slice(*text.names[number][:2])]
            new |= {n: acronym for n, name, _ in _longest_first(text) if name == old}
    return put_names(text, new)


def _longest_first(text: Marked) -> Iterator[tuple[int, str, str]]:
    names = [(number, text.text[s:e], label) for number, (s, e, label) in enumerate(text.names)]
    yield from sorted((name for name in names if name[2] in LABELS), key=lambda name: -len(name[1]))


def _find_new(
    name: str,
    label: str,
    chosen: dict[tuple[str, str], str],
    made: MadeNames,
    rng: random.Random,
) -> str:
    if label == "PERSON" and " " not in name:
        for (full, other), new in chosen.items():
            if other == label and full.split()[-1] == name and " " in full:
                return new.split()[-1]
    return name if rng.random() < KEPT_SHARE else made.draw(label, rng, like=name)


def _renamed_acronym(
    text: Marked, number: int, new: dict[int, str], rng: random.Random
) -> str | None:
    """Return the acronym of the new long name that this name stands in brackets behind."""
    (_, end, before), (start, stop, label) = text.names[number - 1 : number + 1]
    old = text.text[start:stop]
    if not (before == label == "ORG" and old.isupper() and text.text[end:start] == " ("):
        return None
    renamed = new.get(number - 1)
    if renamed is None or renamed == text.text[slice(*text.names[number - 1][:2])]:
        return None
    return acronym_of(renamed, rng)
