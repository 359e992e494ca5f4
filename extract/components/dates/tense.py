"""Whether the clause around a date speaks of what has been or of what is to come.

The markers are rules, `models/rules/dates/tense.yaml`. The nearest one within the sentence
decides; one that follows the date, or stands beyond a comma, counts as further away. A marker
within a longer one (`signed` in `will be signed`) does not count, nor does, where one stands
before the date, the verb of a clause that opens after it (`signed on Monday a pact that takes`).
"""

from spacy.tokens import Doc

from extract.components.dates.words import Tense
from extract.rules import Match, RuleSet

_ENDS = frozenset('.;:!?"“”()')
_REACH = 25
_COMMA = 3
_TIED = 3  # tokens between a participle and its date
_RELATIVE = frozenset(("that", "which", "who", "whose", "whom", "where"))


def find_tense(doc: Doc, start: int, end: int, markers: RuleSet) -> Tense:
    """Return the tense around the tokens `start` to `end`."""
    first, last = _clause(doc, start, end)
    found = (m for m in markers.find(doc[first:last]) if m.end <= start or m.start >= end)
    matches = [m for m in found if _is_form(doc, m, start)]
    whole = [m for m in matches if not any(_holds(other, m) for other in matches)]
    if not whole:
        return "none"
    if any(m.end <= start for m in whole):
        whole = [m for m in whole if m.end <= start or not _opens_clause(doc, end, m)]
    nearest = min(whole, key=lambda m: _distance(doc, m, start, end))
    tense: Tense = nearest.rule.sets["tense"]
    return tense


def _is_form(doc: Doc, match: Match, start: int) -> bool:
    """Tell whether a marker is the form of a verb that its rule asks for.

    A bare participle tells of the date right after it (`signed in May`), of no other.
    """
    tags, tag = match.rule.sets.get("tags"), doc[match.end - 1].tag_
    if not tags or not tag:
        return "untagged" not in match.rule.sets
    return tag in tags and (tag != "VBN" or 0 <= start - match.end <= _TIED)


def _clause(doc: Doc, start: int, end: int) -> tuple[int, int]:
    first = start
    while first > max(0, start - _REACH) and not _closes(doc, first - 1):
        first -= 1
    last = end
    while last < min(len(doc), end + _REACH) and not _closes(doc, last):
        last += 1
    return first, last


def _closes(doc: Doc, position: int) -> bool:
    text = doc[position].text
    return text in _ENDS or text.count("\n") > 1


def _holds(outer: Match, inner: Match) -> bool:
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.end - outer.start > inner.end - inner.start
    )


def _opens_clause(doc: Doc, end: int, match: Match) -> bool:
    return any(token.lower_ in _RELATIVE for token in doc[end : match.start])


def _distance(doc: Doc, match: Match, start: int, end: int) -> int:
    before = match.end <= start
    between = doc[match.end : start] if before else doc[end : match.start]
    commas = sum(token.text == "," for token in between)
    return (1 if before else 2) * (len(between) + 1) + _COMMA * commas
