"""Ties: whether what stands in a sentence belongs to its trigger, by the words and by the tree.

Around figures trees go astray, so the words between the two are asked first.
"""

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.components.agreements.mention import Mention
from extract.components.frames import DateFrame, TokenSpan
from extract.components.grammar import clause_subjects, governing_verb, governor, relation

_PREMODIFIERS = {"ADJ", "NOUN", "PROPN", "NUM", "SYM", "ADV", "PUNCT", "X"}
_NO_JOINT = {";", ":", "(", ")", "–", "—", ".", '"', "“", "”"}
_CONTENT = {"acl", "xcomp", "advcl", "ccomp", "conj", "parataxis"}
_FARTHEST = 10  # tokens between what stands before a trigger and the trigger


def is_premodifier(doc: Doc, mention: Mention, span: TokenSpan) -> bool:
    """Tell whether a span stands before a noun within its phrase: `a five-year, $3m contract`."""
    between = doc[span[1] : mention.head]
    if mention.form == "verb" or span[1] > mention.head or len(between) > _FARTHEST:
        return False
    return all(t.pos_ in _PREMODIFIERS and t.text not in _NO_JOINT for t in between)


def trigger_verb(doc: Doc, mention: Mention) -> Token | None:
    """Return the verb of the clause in which the trigger stands, or the trigger itself."""
    head = doc[mention.head]
    return head if mention.form == "verb" else governing_verb(head)


def is_about(doc: Doc, mention: Mention, token: Token) -> bool:
    """Tell whether a word hangs on the trigger, or on a verb of which the trigger is the subject.

    `a contract worth`, `the contract is worth`, `a contract with P to build a line worth`; but not
    `a contract and a line worth`.
    """
    head = doc[mention.head]
    while relation(token) != "ROOT" and token != head:
        if relation(token) == "conj" and token.pos_ in {"NOUN", "PROPN"}:
            return False
        if any(_is_within(subject, head) for subject in clause_subjects(token)):
            return True
        token = governor(token)
    return token == head or any(_is_within(s, head) for s in clause_subjects(token))


def _is_within(subject: Token, head: Token) -> bool:
    return subject == head or (subject.is_ancestor(head) and not subject.ent_type_)


def is_content(doc: Doc, mention: Mention, verb: Token) -> bool:
    """Tell whether a verb says what was agreed, or has the trigger in its own clause.

    `a deal to buy`, `agreed to lend`, `under the deal, Fiji will pay`, `the contract runs`, `paid
    it to settle`.
    """
    head, own = doc[mention.head], trigger_verb(doc, mention)
    if verb == own or head.is_ancestor(verb):
        return True
    if any(_is_within(subject, head) for subject in clause_subjects(verb)):
        return True
    if own is None:
        return False
    settles = own == head and relation(own) in _CONTENT and governor(own) == verb
    return settles or any(own == above for above in _clauses_above(verb))


def _clauses_above(verb: Token) -> Iterator[Token]:
    """Yield the verbs of which a verb is the content, from below; not that of a time or a cause."""
    while relation(verb) in _CONTENT and governor(verb) != verb:
        if relation(verb) in {"advcl", "ccomp"} and any(
            relation(c) == "mark" and c.lower_ not in {"to", "that", "with"} for c in verb.lefts
        ):
            return
        verb = governor(verb)
        yield verb


def verb_above(token: Token) -> Token | None:
    """Return the verb under which a word stands."""
    return next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)


def dates_within(doc: Doc, span: TokenSpan) -> list[DateFrame]:
    """Return the dates that start within a span, found without a look at all others."""
    dates: list[DateFrame] = doc._.dates or []
    first, last = (bisect_left(dates, at, key=first_token) for at in span)
    return dates[first:last]


def first_token(frame: DateFrame) -> int:
    """Return where a date starts."""
    return frame["span"][0]
