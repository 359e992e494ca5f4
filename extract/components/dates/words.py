"""The words of a date expression, and what is known where it stands.

Word classes with values (`june: 6`, `last: -1`) are those of `models/rules/dates/classes.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from extract.components.dates.periods import Reading
from extract.rules import read_rules

Tense = Literal["past", "present", "future", "none"]
_FAR = timedelta(days=200)
_JUST_GONE = timedelta(days=30)
_NEAR = timedelta(days=120)
BY_TEXT = "document date in the text"


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression: its words in lower case, and the `set:` of the rule that found it."""

    words: tuple[str, ...]
    sets: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The words, one space apart."""
        return " ".join(self.words)

    def values(self, name: str) -> list[Any]:
        """Return the values of the words that belong to a class, in text order."""
        known = lexicon(name)
        return [known[word] for word in self.words if word in known]

    def figures(self, pattern: str) -> list[int]:
        """Return the numbers that a regular expression finds between non-figures."""
        return [int(found) for found in re.findall(rf"(?<!\d)(?:{pattern})(?!\d)", self.text)]


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may know: all of it is the document's, none of it the clock's.

    `base` is the day that relative dates start from and `anchor` what gave it; `order` says
    how 03/07 is read, and `order_reason` what told it.
    """

    base: date | None = None
    anchor: str = "publication date"
    order: Literal["auto", "dmy", "mdy"] = "auto"
    order_reason: str = ""
    tense: Tense = "none"

    @property
    def ahead(self) -> bool:
        """Whether the clause speaks of what is to come."""
        return self.tense in ("present", "future")


@cache
def lexicon(name: str, file: str = "dates/classes") -> Mapping[str, Any]:
    """Return a word class, lower-cased word by value; without values, each word is its own."""
    members = read_rules(file)[1][name]
    pairs = members.items() if isinstance(members, Mapping) else zip(members, members, strict=True)
    return {str(word).lower(): value for word, value in pairs}


def choose(
    readings: Iterable[Reading], base: date, tense: Tense, *, whole: bool = False
) -> Reading | None:
    """Return the last reading that has begun by `base`, or in the future tense the next to end.

    With `whole`, one in the past must have ended. Where nothing tells the tense it is the past,
    unless that is far off and the next one near. What is planned lies ahead, but a day just gone is
    not that of next year; the present is a weaker sign of a plan than `will`.
    """
    past, future = None, None
    for reading in readings:
        if reading.earliest is None or reading.latest is None:
            continue
        if (reading.latest if whole else reading.earliest) <= base:
            past = reading
        if reading.latest >= base:
            future = future or reading
    if past is None or future is None:
        return past if tense in ("past", "none") else future
    since = base - min(past.latest or base, base)
    until = max(future.earliest or base, base) - base
    if tense == "none":
        return future if since > _FAR and until < _NEAR and not whole else past
    gone = _NEAR if tense == "present" else _JUST_GONE
    if tense != "past" and past.granularity == "day" and until > _FAR and since < gone:
        return past
    return past if tense == "past" else future
