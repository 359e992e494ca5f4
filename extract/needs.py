"""Which patterns can match at all: those of whose atoms each finds a token with its text.

Most of some hundred patterns ask for a word that a sentence does not hold; to find that out, bit by
bit, is far quicker than to ask spaCy's matcher.
"""

import re
from collections.abc import Iterable
from typing import Any

_MOST_KNOWN = 1 << 16  # words of which is kept what they meet
_TEXTS = ("LOWER", "ORTH", "TEXT")  # what an atom may ask of a token's text


class Needs:
    """What the atoms of patterns ask of a token's text, a bit each."""

    def __init__(self) -> None:
        """Start without a pattern."""
        self._bits: dict[str, int] = {}
        self._lower: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._forms: list[tuple[re.Pattern[str], int]] = []
        self._known: dict[str, int] = {}

    def add(self, atoms: Iterable[dict[str, Any]]) -> int:
        """Return the bits that must all be met where a row of atoms matches."""
        needed = 0
        for atom in atoms:
            if "OP" not in atom or atom["OP"] == "+":
                needed |= self._add(atom)
        return needed

    def met_by(self, texts: Iterable[str]) -> int:
        """Return the bits that one of the texts meets."""
        met = 0
        for text in texts:
            bits = self._known.get(text)
            met |= self._find(text) if bits is None else bits
        return met

    def _add(self, atom: dict[str, Any]) -> int:
        asked: dict[str, Any] = {key: atom[key] for key in _TEXTS if key in atom}
        known = len(self._bits)
        bit = self._bits.setdefault(str(asked), 1 << known) if asked else 0
        if len(self._bits) > known:
            self._known.clear()
            for key, table in (("LOWER", self._lower), ("ORTH", self._exact)):
                for word in asked.get(key, {}).get("IN", ()):
                    table[word] = table.get(word, 0) | bit
            if "TEXT" in asked:
                self._forms.append((re.compile(asked["TEXT"]["REGEX"]), bit))
        return bit

    def _find(self, text: str) -> int:
        met = self._lower.get(text.lower(), 0) | self._exact.get(text, 0)
        for form, bit in self._forms:
            if form.search(text):
                met |= bit
        if len(self._known) < _MOST_KNOWN:
            self._known[text] = met
        return met
