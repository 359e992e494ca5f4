"""Names as token spans, and an index of them by token."""

from collections.abc import Iterable
from typing import NamedTuple

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "if",
        "in",
        "into",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "via",
        "with",
    ]
)


class Name(NamedTuple):
    """A name as token indices, end exclusive, and its label."""

    start: int
    end: int
    label: str


class NameIndex:
    """Names that share no token, found by token, so that time stays linear in the text."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names; of two that overlap the later one wins."""
        self._at: dict[int, Name] = {}
        for name in names:
            self.add(name)

    def __contains__(self, i: int) -> bool:
        """Tell whether a name covers the token."""
        return i in self._at

    def at(self, i: int) -> Name | None:
        """Return the name that covers the token."""
        return self._at.get(i)

    def touching(self, span: Name) -> list[Name]:
        """Return the names that share a token with the span, in text order."""
        found = (self._at[i] for i in range(span.start, span.end) if i in self._at)
        return list(dict.fromkeys(found))

    def add(self, name: Name) -> None:
        """Put a name in place of all that it touches."""
        for other in self.touching(name):
            self.drop(other)
        self._at.update(dict.fromkeys(range(name.start, name.end), name))

    def drop(self, name: Name) -> None:
        """Take a name out."""
        for i in range(name.start, name.end):
            del self._at[i]

    def names(self) -> list[Name]:
        """Return the names in text order."""
        return sorted(set(self._at.values()))
