"""How far to the left a date reaches: `early`, `about`, `more than` belong to it, as in TIMEX3.

Which words these are, `models/rules/dates/classes.yaml` says: `modifier` for what is counted
(durations, `three years ago`, hours), `date_modifier` for all else: `over the weekend` is no more
than that, and a talk `about 2015` is of that year, `in about 2015` near it.
"""

from functools import cache

from spacy.tokens import Doc

from extract.components.dates.words import lexicon
from extract.rules import Match

_COUNTED = frozenset({"clock", "count", "duration"})


def find_first_word(doc: Doc, match: Match, after: int) -> int:
    """Return the first token of a date and of what modifies it, not before the token `after`."""
    if match.rule.sets["read"] in _COUNTED or match.rule.sets.get("counted"):
        start = _before(doc, match.start, "modifier", after)
        return start - 1 if _is_more_than(doc, start - 1, after) else start
    start = _before(doc, match.start, "date_modifier", after)
    about = start - 1
    if about > after and doc[about].lower_ == "about" and doc[about - 1].lower_ in _PREPOSITIONS:
        return about
    return start


def _is_more_than(doc: Doc, at: int, after: int) -> bool:
    """Tell whether `over` before a count means more than (`for over a year`), not during."""
    if at <= after or doc[at].lower_ != "over" or doc[at + 1].lower_ == "the":
        return False
    return doc[at - 1].lower_ in lexicon("before_over")


_PREPOSITIONS = frozenset({"by", "from", "in", "since", "to", "until"})


def _before(doc: Doc, start: int, name: str, after: int) -> int:
    """Return where the longest modifier of a class that ends at `start` begins, or `start`."""
    for words in _phrases(name):
        first = start - len(words)
        if first >= after and [token.lower_ for token in doc[first:start]] == words:
            return first
    return start


@cache
def _phrases(name: str) -> list[list[str]]:
    return sorted((phrase.split() for phrase in lexicon(name)), key=len, reverse=True)
