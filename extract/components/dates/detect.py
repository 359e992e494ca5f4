"""Find the date expressions of a Doc and read them.

Rules are tried only near words and figures that a date can hold. Longest first, a match takes
its tokens from all others; one that reads `nothing` (`Agenda 2030`) yields no date.
NER is asked where words are two things: it says that a `May` or a `2014` belongs to a name, or
that a bare `May` is a month. A DATE span of NER that no rule reads is dropped: nobody could say
what it stands for.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import zip_longest

from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from extract.components.dates.extent import find_first_word
from extract.components.dates.joining import join_hours
from extract.components.dates.periods import Reading
from extract.components.dates.readers import NOTHING, READERS
from extract.components.dates.resolve import expression_of, read, read_start, resolve
from extract.components.dates.words import Context, lexicon
from extract.errors import RuleError
from extract.rules import Match, load_rules

_REACH = 9  # tokens around an anchor that a rule may need
_FIGURE = re.compile(r"\d")
_LINE = range(30, 121)  # characters of a line that was wrapped, not ended
_ANCHORS = ("anchor", "month", "weekday", "span_unit", "season", "decade_name")
_CLOSING = frozenset({"and", "at", "but", "by", "for", "in", "or", "to", "when", "with"})
_NAMES = frozenset({"PERSON", "ORG", "FAC", "LOC", "GPE", "PRODUCT", "WORK_OF_ART"})


class DateRules:
    """The rule files of the component, compiled; earlier files win a tie."""

    def __init__(self, vocab: Vocab, names: Sequence[str], tense: str) -> None:
        """Load the files; a rule whose `read:` nobody knows raises `RuleError`."""
        self.sets = [load_rules(name, vocab) for name in names]
        self.tense = load_rules(tense, vocab)
        rules = [rule for rule_set in self.sets for rule in rule_set.rules.values()]
        for rule in rules:
            if rule.sets.get("read") not in {*READERS, NOTHING}:
                raise RuleError(f"rule {rule.id}: `read:` must be one of {', '.join(READERS)}")
        self.rank = {rule.id: number for number, rule in enumerate(rules)}

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The words near which the rules are tried."""
        return frozenset(word for name in _ANCHORS for word in lexicon(name))


def find_dates(doc: Doc, rules: DateRules) -> list[tuple[Span, Reading]]:
    """Return the date spans in text order, without overlaps, each with its reading.

    The rule's id is in `span.id_`. Reads `doc._.published`, `doc._.date_order` and why.
    """
    published = doc._.published
    base = date.fromisoformat(published) if published else None
    context = Context(
        base=base, anchor=doc._.anchor, order=doc._.date_order, order_reason=doc._.date_order_reason
    )
    found: list[tuple[Span, Reading]] = []
    matches = _select(doc, rules, context)
    for match, after in zip_longest(matches, matches[1:]):
        reading = read_start(doc, match, after, context)
        reading = reading or resolve(doc, match, context, found, rules.tense)
        if reading is not None:
            first = find_first_word(doc, match, found[-1][0].end if found else 0)
            span = Span(doc, first, match.end, label="DATE", span_id=match.rule.id)
            found.append((span, reading))
    return join_hours(doc, found)


def _matches(doc: Doc, rules: DateRules) -> Iterator[Match]:
    prose, positions = _unwrap(doc)
    for first, last in _windows(prose, rules.anchors):
        for rule_set in rules.sets:
            for match in rule_set.find(prose[first:last]):
                start, end = positions[match.start], positions[match.end - 1] + 1
                yield Match(match.rule, start, end, (start, end))


def _unwrap(doc: Doc) -> tuple[Doc, list[int]]:
    """Return the Doc without breaks of wrapped lines and odd blanks, and where each token stood."""
    heads = {span.end for name in ("headline", "subhead") for span in doc.spans.get(name, [])}
    text = doc.text
    keep = [t.i for t in doc if not _is_blank(t, heads, text)]
    if len(keep) == len(doc):
        return doc, keep
    return Doc(doc.vocab, words=[doc[i].text for i in keep]), keep


def _is_blank(token: Token, heads: set[int], text: str) -> bool:
    """Tell whether a token is the break of a wrapped line, or blanks that stand for one space."""
    if token.text == "\n":
        return token.i not in heads and _is_wrap(text, token.idx)
    return token.is_space and "\n" not in token.text


def _is_wrap(text: str, end: int) -> bool:
    """Tell whether the line that ends there goes on in the next one."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return len(line) in _LINE and line[-1] not in ".!?:"


def _windows(doc: Doc, anchors: frozenset[str]) -> Iterator[tuple[int, int]]:
    first, last = 0, -1
    for token in doc:
        if token.lower_ not in anchors and not _FIGURE.search(token.text):
            continue
        if token.i - _REACH > last:
            if last > first:
                yield first, last
            first = max(0, token.i - _REACH)
        last = min(len(doc), token.i + _REACH + 1)
    if last > first:
        yield first, last


def _select(doc: Doc, rules: DateRules, context: Context) -> list[Match]:
    """Return the matches that stand, in text order."""
    taken: set[int] = set()
    chosen = []
    for match in sorted(_matches(doc, rules), key=lambda m: _order(m, rules)):
        span = range(match.start, match.end)
        if not taken.isdisjoint(span):
            continue
        if match.rule.sets["read"] == NOTHING:
            taken.update(span)
        elif _is_date(doc, match) and read(match, expression_of(doc, match), context) is not None:
            taken.update(span)
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.start)


def _order(match: Match, rules: DateRules) -> tuple[int, int, bool, int]:
    nothing = match.rule.sets["read"] == NOTHING
    return (match.start - match.end, match.start, not nothing, rules.rank[match.rule.id])


def _is_date(doc: Doc, match: Match) -> bool:
    """Return whether case, tags and names allow the words to be a date."""
    span = doc[match.start : match.end]
    small = lexicon("needs_capital")
    if any(t.text.islower() and t.lower_ in small for t in span):
        return False
    asks = match.rule.sets.get
    if asks("tagged") and span[0].ent_type_ != "DATE":
        return False
    if asks("closing") and not _closes(doc, match.end):
        return False
    joint = span[: min(2, len(span) - 1)]
    if asks("closed") and any(t.whitespace_ for t in joint):
        return False  # `2020 - 24` is a year and a number, `2020-24` one term
    if asks("alone"):
        return not _has_neighbour(doc, match)
    return len(span) > 1 or not _is_other_word(span[0])


def _has_neighbour(doc: Doc, match: Match) -> bool:
    """Tell whether something else stands on the line."""
    beside = [i for i in (match.start - 1, match.end) if 0 <= i < len(doc)]
    return any("\n" not in doc[i].text for i in beside)


def _closes(doc: Doc, end: int) -> bool:
    """Tell whether no noun can follow: a sign, a line's end, or nothing at all."""
    return end == len(doc) or not doc[end].is_alpha or doc[end].lower_ in _CLOSING


def _is_other_word(token: Token) -> bool:
    """Tell whether a lone `May` or `June` is a verb or a name."""
    verb = token.tag_ in ("MD", "VB", "VBP", "VBD")
    return verb or token.ent_type_ == "PERSON" or _is_in_name(token)


def _is_in_name(token: Token) -> bool:
    return token.ent_type_ in _NAMES and (
        token.ent_iob_ == "I" or (token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "I")
    )
