"""How long an agreement lasts: `a five-year agreement`, `renewed for another ten years`."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.components.agreements.mention import MOST_TELLING, Mention
from extract.components.agreements.ties import (
    dates_within,
    is_about,
    is_content,
    is_premodifier,
    trigger_verb,
    verb_above,
)
from extract.components.frames import DateFrame, NormalFrame, TokenSpan
from extract.rules import read_word_class

_COUNTED = frozenset({"the", "a", "an", "another", "further", "additional", "next", "period"})
_COUNTED |= {"of", "full", "initial", "at", "least", "up", "to", "about", "some", "first", "more"}
_BESIDE = frozenset({",", "(", "valid", "for", "of", "over", "lasting", "spanning", "covering"})


def find_duration(doc: Doc, group: list[Mention]) -> NormalFrame | None:
    """Return the first duration that belongs to a trigger of the group or to its verb."""
    for mention in group[:MOST_TELLING]:
        for frame in _durations_in(doc, mention):
            if _is_tied(doc, mention, frame["span"]):
                return NormalFrame(span=frame["span"], normal=frame["value"])
    return None


def _durations_in(doc: Doc, mention: Mention) -> Iterator[DateFrame]:
    """Yield the counted lengths of time in the sentence of a trigger."""
    for frame in dates_within(doc, mention.sentence):
        counted = frame["granularity"] == "duration" and "X" not in frame["value"]
        if counted and not _is_age(doc, frame["span"]):
            yield frame


def _is_age(doc: Doc, span: TokenSpan) -> bool:
    """Tell whether it is how old something is, or lies behind: `two-year-old`, `past years`."""
    words = {token.lower_ for token in doc[span[0] : span[1] + 2]}
    return bool(words & {"old", "olds", "ago", "past", "last", "earlier", "later"})


def _is_tied(doc: Doc, mention: Mention, span: TokenSpan) -> bool:
    if is_premodifier(doc, mention, span):
        return True
    at = span[0] - 1
    while at > mention.sentence[0] and doc[at].lower_ in _COUNTED and doc[at].lower_ != "of":
        at -= 1
    if doc[at].lower_ == "of" and doc[at - 1].lower_ in {"period", "term", "duration"}:
        at = _before_period(doc, at - 1, mention.sentence[0])
    if doc[at].lower_ not in read_word_class("details", "how_long"):
        return False
    return _stands_beside(doc, mention, at) or _lasts(doc, mention, span, at)


def _before_period(doc: Doc, at: int, first: int) -> int:
    """Return the word before `a period of`, `an initial term of`."""
    at -= 1
    while at > first and doc[at].lower_ in _COUNTED:
        at -= 1
    return at


def _stands_beside(doc: Doc, mention: Mention, at: int) -> bool:
    """Tell whether nothing but such words lead from a noun to the length: `a truce of 72 hours`."""
    verb = trigger_verb(doc, mention)
    if mention.form == "verb" or at < mention.end:
        return False
    if verb is not None and verb.lemma_.lower() in read_word_class("details", "going_on"):
        return False
    return at - mention.end <= 3 and all(
        token.lower_ in _BESIDE for token in doc[mention.end : at + 1]
    )


def _lasts(doc: Doc, mention: Mention, span: TokenSpan, at: int) -> bool:
    """Tell whether the verb says how long: `the deal runs for`, `extended the truce by`.

    What is to be done for so long counts too: `agreed to supply gas for 15 years`.
    """
    if doc[at].lower_ in {"of", "within"}:
        return False
    verb = doc[at] if doc[at].pos_ == "VERB" else verb_above(doc[span[0] : span[1]].root)
    if verb is None or not is_content(doc, mention, verb):
        return verb is not None and verb.i == at and is_about(doc, mention, verb)
    if verb.lemma_.lower() in read_word_class("details", "lasting"):
        return True
    return verb != trigger_verb(doc, mention) and any(c.lower_ == "to" for c in verb.lefts)
