"""Reads `models/rules/press.yaml`: line rules, and the pieces that they are made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.errors import RuleError
from extract.rules import read_yaml

_CALL = re.compile(r"\(\?P>(\w+)\)")
_CASED = ("dates", "datelines", "bylines")
# What may stand around a lexicon word on its line: « Back, Read more →, | Print |.
_EDGE = r"[\s|«»<>‹›←→↑+*:.…-]*"


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule: what a line, or the opening of a paragraph, must look like."""

    id: str
    regex: re.Pattern[str]
    where: frozenset[str]
    takes: int
    rank: int
    line: bool
    reads: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]

    def find(self, text: str) -> re.Match[str] | None:
        """Return the match over the whole text, or at its start where `line` is false."""
        return self.regex.fullmatch(text) if self.line else self.regex.match(text)


SECTIONS = (
    "dates",
    "published",
    "headline_dates",
    "clocks",
    "datelines",
    "bylines",
    "boilerplate",
)


@cache
def line_rules(section: str) -> tuple[LineRule, ...]:
    """Return the compiled rules of one section, in file order; raises `RuleError`."""
    return tuple(_compile(section, entry) for entry in read_yaml("press")[section])


@cache
def words(name: str) -> frozenset[str]:
    """Return a word list of the file, such as `dangling`."""
    return frozenset(str(word) for word in read_yaml("press")[name])


@cache
def one_of(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any member of a word list, whatever its case."""
    return re.compile(rf"(?<!\w){_choice(sorted(words(name)))}(?!\w)", re.IGNORECASE)


def _compile(section: str, entry: Mapping[str, Any]) -> LineRule:
    try:
        pattern = _pattern(entry)
        flags = re.VERBOSE
        if not entry.get("case", section in _CASED):
            flags |= re.IGNORECASE
        return LineRule(
            id=entry["id"],
            regex=re.compile(_expand(pattern), flags),
            where=frozenset(entry.get("where", ())),
            takes=entry.get("takes", 0),
            rank=entry.get("rank", 0),
            line=entry.get("line", True),
            reads=entry.get("reads", ""),
            match=tuple(entry["match"]),
            no_match=tuple(entry["no_match"]),
        )
    except (KeyError, re.error) as error:
        raise RuleError(f"press.yaml: rule {entry.get('id')} in {section}: {error}") from error


def _pattern(entry: Mapping[str, Any]) -> str:
    if "words" in entry:
        return f"{_EDGE}{_choice([str(word) for word in entry['words']])}{_EDGE}"
    return str(entry["pattern"])


def _expand(pattern: str) -> str:
    return _CALL.sub(lambda call: f"(?:{_piece(call[1])})", pattern)


@cache
def _piece(name: str) -> str:
    if name == "date":
        return _any_date()
    piece = read_yaml("press")["pieces"][name]
    return _choice(piece) if isinstance(piece, list) else _expand(piece)


def _any_date() -> str:
    # The forms of `dates` as one piece; their groups lose their names, which may stand but once.
    forms = (_expand(entry["pattern"]) for entry in read_yaml("press")["dates"])
    bare = (re.sub(r"\(\?P=sep\)", "[-/.]", form) for form in forms)
    return "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in bare)


def _choice(words: list[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in longest_first)})"
