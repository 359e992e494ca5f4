"""Offices in a text: the noun of one (`minister`), its portfolio, its complement and its body.

    the former [French] minister for trade          body: French
    head of [the Kenyan delegation]                 body: the Kenyan delegation
    Director General of [Airbus]                    body: Airbus

Word lists are data: the first part of `models/rules/roles.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from extract.components.frames import TokenSpan
from extract.lexicons import load_bodies
from extract.rules import read_yaml

_BODY_LABELS = frozenset({"ORG", "GPE", "NORP"})
_NAMED = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC"})
_LINKS = frozenset({"of", "for", "at", "to", "in"})
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "this", "that"])
_PLACING = frozenset({"in", "at", "from", "near", "to"})
_BEFORE_VERB = frozenset(
    ["who", "that", "which", "to", "will", "would", "should", "can", "could", "not"]
)
_OFFICES_AS_VERBS = frozenset(
    ["head", "heads", "chair", "chairs", "judge", "judges", "marshal", "marshals"]
)
_LONGEST = 24  # tokens before the noun of an office
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office as token indices, end exclusive.

    `role` is its noun with portfolio and complement, `outer` takes in the article, the words
    before and a body that stands there; `body` is whose office it is.
    """

    role: TokenSpan
    outer: TokenSpan
    body: TokenSpan | None
    plural: bool


@dataclass(frozen=True, slots=True)
class _Words:
    heads: Mapping[str, list[tuple[tuple[str, ...], bool]]]
    modifiers: frozenset[str]
    former: frozenset[str]
    described: frozenset[str]
    sent: frozenset[str]
    portfolios: frozenset[str]


@cache
def _words() -> _Words:
    content = read_yaml("roles")
    heads: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for head in content["heads"]:
        for text, plural in ((head, False), (_plural(head), True)):
            for variant in (text, text.replace(" ", "-")):
                words = tuple(re.findall(r"[^\s-]+|-", variant))
                heads.setdefault(words[0], []).append((words, plural))
    for entries in heads.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return _Words(
        heads,
        frozenset(content["modifiers"]),
        frozenset(content["former"]),
        frozenset(content["described"]),
        frozenset(content["sent"]),
        frozenset(word.lower() for word in load_bodies().portfolios),
    )


def _plural(head: str) -> str:
    """Return the plural: `presidents`, `heads of state`, `chairmen`, `secretaries general`."""
    first, *rest = re.split(r" (?=of |in |general|elect)", head, maxsplit=1)
    for single, plural in (("man", "men"), ("ary", "aries"), ("ess", "esses"), ("y", "ies")):
        if first.endswith(single):
            first = first[: -len(single)] + plural
            break
    else:
        first += "s"
    return " ".join([first, *rest])


@cache
def office_words() -> frozenset[str]:
    """Return the lower-case words of which offices are made: they are no parts of names."""
    words = _words()
    parts = {word for entries in words.heads.values() for head, _ in entries for word in head}
    return frozenset(parts | words.modifiers | words.former)


def body_nouns() -> frozenset[str]:
    """Return the lower-case nouns by which a body is described and not named: `company`."""
    return _words().described


def is_office(span: Span) -> bool:
    """Tell whether these words are the noun of an office with its modifiers, and no more."""
    for start in range(len(span)):
        words = tuple(t.lower_ for t in span[start:])
        if any(words == head for head, _ in _words().heads.get(words[0], ())):
            return True
        if words[0] not in _words().modifiers | _words().portfolios:
            return False
    return False


def find_offices(doc: Doc) -> list[Office]:
    """Return the offices of a document, in text order, without overlaps."""
    found: list[Office] = []
    ends = {e.end: e for e in doc.ents if e.label_ in _BODY_LABELS}
    end = 0
    for i in range(len(doc)):
        if i >= end and (head := _head(doc, i)):
            noun_end, plural = head
            role_end, body = _complement(doc, _second_noun(doc, noun_end))
            outer, before = _lead(doc, i, ends, end)
            found.append(Office((i, role_end), (outer, role_end), body or before, plural))
            end = role_end
    return found


def _head(doc: Doc, i: int) -> tuple[int, bool] | None:
    """Return the end of the office's noun that begins here, and whether it is plural."""
    verb = i and doc[i].text in _OFFICES_AS_VERBS and doc[i - 1].lower_ in _BEFORE_VERB
    if verb or doc[i].ent_type_ in _NAMED | {"PERSON"}:
        return None
    best, last = _noun(doc, i), i + _LONGEST
    while i < last and _is_modifier(doc, i):
        i += 1
        joined = i + 1 < len(doc) and doc[i].lower_ in {"and", "&", ","}
        if joined and _is_portfolio(doc, i - 1) and _is_modifier(doc, i + 1):
            i += 1
        if i < len(doc) and (noun := _noun(doc, i)):
            best = max(best or noun, noun)
    return best


def _noun(doc: Doc, i: int) -> tuple[int, bool] | None:
    for words, plural in _words().heads.get(doc[i].lower_, ()):
        if tuple(t.lower_.replace("’", "'") for t in doc[i : i + len(words)]) == words:
            return i + len(words), plural
    return None


def _is_portfolio(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].lower_ in _words().portfolios


def _is_modifier(doc: Doc, i: int) -> bool:
    if i >= len(doc) or doc[i].ent_type_ in _NAMED:
        return False
    return doc[i].lower_ in _words().modifiers or _is_portfolio(doc, i)


def _second_noun(doc: Doc, end: int) -> int:
    """Go over a second office joined to the first: `president and chief executive`."""
    joined = end + 1 < len(doc) and doc[end].lower_ in {"and", "&"}
    further = _head(doc, end + 1) if joined else None
    return further[0] if further else end


def _complement(doc: Doc, end: int) -> tuple[int, TokenSpan | None]:
    """Go over `for Trade and Industry`, then `of Kenya`; return the end and the body, if any."""
    if (
        end < len(doc)
        and doc[end].lower_ in {"of", "for", "on"}
        and (further := _portfolio_end(doc, end + 1))
    ):
        end = further
    if end + 1 < len(doc) and doc[end].lower_ in _LINKS and (body := find_body(doc, end + 1)):
        return body[1], None if _is_host(doc, end, body) else bare_body(doc, body)
    return end, None


def _is_host(doc: Doc, link: int, body: TokenSpan) -> bool:
    """Tell whether the body is where one is sent, not who sends: ambassador `to`, envoy `for`."""
    sent = doc[link - 1].lower_ in _words().sent and doc[body[1] - 1].ent_type_ == "GPE"
    return doc[link].lower_ == "to" or (sent and doc[link].lower_ != "of")


def _portfolio_end(doc: Doc, start: int) -> int | None:
    """Return the end of a portfolio: `Trade and Industry`, `the Interior`, `African Affairs`."""
    end = start + (start < len(doc) and doc[start].lower_ == "the")
    last = None
    while end < len(doc) and end - start < 12:
        if _is_portfolio(doc, end):
            last = end + 1
        elif not (_fits_portfolio(doc, end) and (last or doc[end].text[0].isupper())):
            break
        end += 1
    if last is None or last == len(doc):
        return last
    described = doc[last].lower_ in _words().described and doc[last].is_lower
    return None if described else last


def _fits_portfolio(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.lower_ in {"and", "&", ","}:
        return _is_portfolio(doc, i + 1) or (i + 2 < len(doc) and _is_portfolio(doc, i + 2))
    return token.text[0].isupper() and token.is_alpha and token.ent_type_ in {"", "NORP", "LOC"}


def find_body(doc: Doc, start: int) -> TokenSpan | None:
    """Return the organisation or country, named or described, that begins at this token.

    A description may begin with an article and hold a name: `the Kenyan delegation`.
    """
    i = start + (doc[start].lower_ in _DETERMINERS)
    described = _described_end(doc, i)
    if described and (i > start or doc[i].ent_type_ in _BODY_LABELS):
        return start, described
    if i >= len(doc) or doc[i].ent_iob_ != "B" or doc[i].ent_type_ not in _BODY_LABELS:
        return None
    end = i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def _described_end(doc: Doc, start: int) -> int | None:
    """Return the end of up to five words that close with a noun for a body."""
    for i in range(start, min(start + 6, len(doc))):
        token = doc[i]
        noun = token.lower_ in _words().described and token.ent_type_ not in _NAMED
        if noun and not (i + 1 < len(doc) and doc[i + 1].lower_ in _words().described):
            return i + 1
        named = token.ent_type_ in _BODY_LABELS or token.lower_ in _POSSESSIVE
        if not (named or (token.is_alpha and token.is_lower and not token.is_stop)):
            return None
    return None


def bare_body(doc: Doc, body: TokenSpan) -> TokenSpan:
    """Return a named body without its article; a described one keeps it."""
    start, end = body
    if doc[start].lower_ not in _DETERMINERS:
        return body
    named = any(_is_entity(doc, first, end) for first in (start, start + 1) if first < end)
    return (start + 1, end) if named else body


def _is_entity(doc: Doc, start: int, end: int) -> bool:
    """Tell whether one entity begins and ends here; asks the tokens, as `doc.ents` is rebuilt."""
    goes_on = end < len(doc) and doc[end].ent_iob_ == "I"
    inside = all(doc[i].ent_iob_ == "I" for i in range(start + 1, end))
    return doc[start].ent_iob_ == "B" and inside and not goes_on


def _closes_sentence(doc: Doc, body: Span) -> bool:
    """Tell whether a place with a full stop of its own ends the sentence: `in Washington, D.C.`"""
    return body.text.endswith(".") and body.start > 0 and doc[body.start - 1].lower_ in _PLACING


def _lead(
    doc: Doc, start: int, ends: Mapping[int, Span], floor: int
) -> tuple[int, TokenSpan | None]:
    """Go left over the body (`Fiji's`, `the company's`), `former` and the article."""
    body: TokenSpan | None = None
    left = start
    possessive = left > floor and doc[left - 1].text in _POSSESSIVE
    at = left - 1 if possessive else left
    if at in ends and ends[at].start >= floor and not _closes_sentence(doc, ends[at]):
        left, body = ends[at].start, (ends[at].start, at)
    elif possessive and at > floor and doc[at - 1].lower_ in _words().described:
        first = at - 1
        while first > floor and at - first < 5 and doc[first].lower_ not in _DETERMINERS:
            first -= 1
        if doc[first].lower_ in _DETERMINERS:
            left, body = first, (first, at)
    while left > floor and doc[left - 1].lower_ in _words().former | _DETERMINERS | {"-"}:
        left -= 1
    return left, body
