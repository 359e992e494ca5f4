"""Find the date expressions of a Doc and read them.

Rules are tried only near words and figures that a date can hold. Longest first, a match takes
its tokens from all others; one that reads `nothing` (`two years`, `Agenda 2030`) yields no date.
NER is a hint only: it says that a `May` or a `2014` belongs to a name. A DATE span of NER that
no rule reads is dropped, since most of those are durations and ages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from extract.components.dates.periods import Reading
from extract.components.dates.readers import NOTHING, READERS
from extract.components.dates.relative import context_after, narrated_in
from extract.components.dates.tense import find_tense
from extract.components.dates.words import BY_TEXT, Context, Expression, lexicon
from extract.errors import RuleError
from extract.rules import Match, load_rules

_REACH = 9  # tokens around an anchor that a rule may need
_LINE = range(30, 121)  # characters of a line that was wrapped, not ended
_ANCHORS = ("anchor", "month", "weekday", "unit", "season")
_TENSED = ("calendar", "weekday", "shift", "quarter", "half", "season", "range", "numeric")
_BARE = (["day", "month"], ["month", "day"], ["month"])  # parts of a date without a year
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

    The rule's id is in `span.id_`. Reads `doc._.published`, `doc._.date_order` and the span
    groups `published` and `boilerplate`, whose tokens are left out.
    """
    published = doc._.published
    base = date.fromisoformat(published) if published else None
    context = Context(base=base, order=doc._.date_order)
    found: list[tuple[Span, Reading]] = []
    for match in _select(doc, rules, context):
        reading = _resolve(doc, match, rules, context, found[-1] if found else None)
        if reading is not None:
            span = Span(doc, match.start, match.end, label="DATE", span_id=match.rule.id)
            found.append((span, reading))
    return found


def _matches(doc: Doc, rules: DateRules) -> Iterator[Match]:
    prose, positions = _unwrap(doc)
    left_out = _left_out(doc)
    for first, last in _windows(prose, rules.anchors):
        for rule_set in rules.sets:
            for match in rule_set.find(prose[first:last]):
                start, end = positions[match.start], positions[match.end - 1] + 1
                if left_out.isdisjoint(range(start, end)):
                    yield Match(match.rule, start, end, (start, end))


def _unwrap(doc: Doc) -> tuple[Doc, list[int]]:
    """Return the Doc without the breaks of wrapped lines, and where each token stood."""
    heads = {span.end for name in ("headline", "subhead") for span in doc.spans.get(name, [])}
    text = doc.text
    keep = [t.i for t in doc if not (t.text == "\n" and t.i not in heads and _is_wrap(text, t.idx))]
    if len(keep) == len(doc):
        return doc, keep
    return Doc(doc.vocab, words=[doc[i].text for i in keep]), keep


def _is_wrap(text: str, end: int) -> bool:
    """Tell whether the line that ends there goes on in the next one."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return len(line) in _LINE and line[-1] not in ".!?:"


def _left_out(doc: Doc) -> set[int]:
    groups = (doc.spans.get(name, []) for name in ("published", "boilerplate"))
    return {i for group in groups for span in group for i in range(span.start, span.end)}


def _windows(doc: Doc, anchors: frozenset[str]) -> Iterator[tuple[int, int]]:
    first, last = 0, -1
    for token in doc:
        if token.lower_ not in anchors and not any(c.isdigit() for c in token.text):
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
        elif _is_date(doc, match) and _read(match, _expression(doc, match), context) is not None:
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
    if len(span) == 1 and span[0].tag_ in ("MD", "VB", "VBP", "VBD"):
        return False
    return not (len(span) == 1 and _is_in_name(span[0]))


def _is_in_name(token: Token) -> bool:
    return token.ent_type_ in _NAMES and (
        token.ent_iob_ == "I" or (token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "I")
    )


def _expression(doc: Doc, match: Match) -> Expression:
    words = tuple(t.lower_ for t in doc[match.start : match.end] if not t.is_space)
    return Expression(words, match.rule.sets)


def _read(match: Match, words: Expression, context: Context) -> Reading | None:
    return READERS[match.rule.sets["read"]](words, context)


def _resolve(
    doc: Doc, match: Match, rules: DateRules, context: Context, before: tuple[Span, Reading] | None
) -> Reading | None:
    """Read a match where it stands: by the tense of its clause, or by the date before it."""
    words = _expression(doc, match)
    previous = before[1] if before else None
    if match.rule.sets.get("anchor") == "text":
        return _read(match, words, context_after(previous, words, context))
    if context.base is None or match.rule.sets["read"] not in _TENSED:
        return _read(match, words, context)
    tense = find_tense(doc, match.start, match.end, rules.tense)
    if before and tense != "future" and match.rule.sets.get("parts") in _BARE:
        same = all(t.text.count("\n") == 0 for t in doc[before[0].end : match.start])
        if same and narrated_in(previous, context.base):
            later = Expression(words.words, {**words.sets, "year": "relative"})
            return _read(match, later, replace(context, base=before[1].earliest, anchor=BY_TEXT))
    return _read(match, words, replace(context, tense=tense))
