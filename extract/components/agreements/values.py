"""The value of an agreement: the amount of money at stake, not just any of its sentence.

Ties, the surest first: in the trigger's own phrase (`a $3m contract`, `a contract worth $3m`),
`worth`, `valued at` and `the value` of it, what one side pays for what was agreed (`a deal to buy
ferries for $3m`). Prices of one piece, fines, budgets and profits are none of it; where nothing
ties an amount, there is no value.
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from extract.components.agreements.amounts import Amount, find_amounts
from extract.components.agreements.mention import MOST_TELLING, Mention
from extract.components.agreements.ties import (
    dates_within,
    is_about,
    is_content,
    is_premodifier,
    verb_above,
)
from extract.components.frames import NormalFrame, TokenSpan
from extract.rules import read_word_class
from extract.vocabulary import Kind

_FARTHEST = 150  # tokens from a trigger to an amount
_FAR_BEHIND = 5  # tokens from an amount to the years over which it is spread
_BESIDE = frozenset({"of", "for", "worth", "valued", "at", "a", "an", "the", "total", "totalling"})
_BEFORE = frozenset({"a", "an", "the", "total", "combined", "record", "initial", "at"})
_BEFORE |= {"of", "to", "is", "was", "be", "some", "-", ":", "put", "between", "from", "as"}
_OVER = frozenset({"spread", "over", "the", "a", "period", "of", "next"})
_IS = frozenset({"is", "was", "be"})
_NEAR_VALUE = 8  # tokens from `value` to `is`
_IN_PHRASE, _WORTH, _PAID = range(3)


def find_value(doc: Doc, group: list[Mention], kind: Kind) -> NormalFrame | None:
    """Return the amount best tied to a trigger of the group; of equals, the one told first."""
    best: tuple[int, TokenSpan, Amount] | None = None
    countries = [country] if (country := doc._.country) else []
    near = list(dict.fromkeys(e["country"] for e in doc._.entities or [] if e["country"]))
    seen: dict[TokenSpan, list[tuple[TokenSpan, Amount]]] = {}
    for mention in group[:MOST_TELLING]:
        window = _window(mention)
        if window not in seen:
            seen[window] = list(_amounts_in(doc, window, countries, near))
        for span, amount in seen[window]:
            rank = _tie(doc, mention, span)
            if rank is None or amount.of_one or _is_other_money(doc, span, rank, kind):
                continue
            best = min(best or (rank, span, amount), (rank, span, amount), key=lambda b: b[:1])
    return _to_frame(doc, *best[1:]) if best else None


def _window(mention: Mention) -> TokenSpan:
    start, end = mention.sentence
    return max(start, mention.head - _FARTHEST), min(end, mention.head + _FARTHEST)


def _amounts_in(
    doc: Doc, window: TokenSpan, countries: list[str], near: list[str]
) -> Iterator[tuple[TokenSpan, Amount]]:
    stretch = doc[window[0] : window[1]]
    offset = stretch.start_char
    for amount in find_amounts(stretch.text, countries, near):
        span = doc.char_span(offset + amount.start, offset + amount.end, alignment_mode="expand")
        if span is not None:
            yield (span.start, span.end), amount


def _tie(doc: Doc, mention: Mention, span: TokenSpan) -> int | None:
    """Return how an amount is tied to a trigger, None where it is not."""
    start = span[0]
    if is_premodifier(doc, mention, span) or _stands_beside(doc, mention, start):
        return _IN_PHRASE
    worth = _find_worth(doc, start, mention.sentence[0])
    if worth and (is_about(doc, mention, worth) or worth.is_ancestor(doc[mention.head])):
        return _WORTH
    verb = verb_above(doc[span[0] : span[1]].root)
    paid = verb is not None and verb.lemma_.lower() in read_word_class("details", "paying")
    if verb is not None and paid and not _is_condition(verb) and is_content(doc, mention, verb):
        return _PAID
    return None


def _is_condition(verb: Token) -> bool:
    """Tell whether a verb says what happens else: `will pay $3m if it withdraws`."""
    return any(
        c.lower_ in {"if", "unless"} for part in verb.children for c in part.children
    ) or any(c.lower_ in {"if", "unless"} for c in verb.children)


def _stands_beside(doc: Doc, mention: Mention, start: int) -> bool:
    """Tell whether little stands between a noun and the amount: `a contract for $3m`."""
    if mention.form == "verb" or start < mention.end:
        return False
    between = [token.lower_ for token in doc[mention.end : start]]
    return 0 < len(between) <= 4 and all(word in _BESIDE or word == "(" for word in between)


def _find_worth(doc: Doc, start: int, first: int) -> Token | None:
    """Return the word that makes an amount a value: `worth`, or the noun in `its value is`."""
    words = read_word_class("details", "worth")
    cue = start - 1
    while cue > first and doc[cue].lower_ in _BEFORE:
        cue -= 1
    if doc[cue].lower_ in words:
        return doc[cue]
    if all(doc[i].lower_ not in _IS for i in range(cue + 1, start)):
        return None
    before = reversed(doc[max(cue - _NEAR_VALUE, first) : cue + 1])
    return next((t for t in before if t.lower_ in words and t.pos_ == "NOUN"), None)


def _is_other_money(doc: Doc, span: TokenSpan, rank: int, kind: Kind) -> bool:
    """Tell whether an amount is that of a budget, a fine and the like; some agree to pay fines."""
    others = read_word_class("details", "other_money") | read_word_class("details", "penalties")
    if rank == _PAID or kind == "settlement":
        others -= read_word_class("details", "penalties")
    start, end = span
    behind = []
    for token in doc[end : end + 4]:
        if token.pos_ not in {"NOUN", "ADJ", "PROPN"} and token.text != "-":
            break
        behind.append(token.lower_)
    before = [token.lower_ for token in doc[max(start - 3, 0) : start]]
    named = {word for word, joint in pairwise(before) if joint in {"of", "at"}}
    return bool(others & {*behind, *named})


def _to_frame(doc: Doc, span: TokenSpan, amount: Amount) -> NormalFrame:
    """Return the amount with the years over which it is spread, where the words behind say so."""
    for date in dates_within(doc, (span[1] + 1, span[1] + _FAR_BEHIND)):
        start, end = date["span"]
        if date["granularity"] != "duration":
            continue
        between = [token.lower_ for token in doc[span[1] : start]]
        if "X" not in date["value"] and set(between) <= _OVER and "over" in between:
            normal = f"{amount.normal} over {date['value']}" if amount.normal else None
            return NormalFrame(span=(span[0], end), normal=normal)
    return NormalFrame(span=span, normal=amount.normal)
