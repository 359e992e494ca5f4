"""Triggers: what evokes an agreement, and what only looks like it."""

from spacy.tokens import Doc, Span, Token

from extract.components.agreements.mention import Mention
from extract.rules import Match, RuleSet, read_word_class

_DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "such"}
_LEAST, _LEAST_POSSIBLE = 0.1, 0.3  # probability from which on a trigger is looked at


def find_mentions(doc: Doc, triggers: RuleSet, decoys: RuleSet) -> list[Mention]:
    """Return one Mention a trigger, in text order; decoys are left out, of matches the longest."""
    found = decoys.find(doc)
    doc.spans["decoys"] = [Span(doc, m.start, m.end, span_id=m.rule.id) for m in found]
    vetoed = {i for match in found for i in range(match.start, match.end)}
    skipped = _find_skipped(doc)
    mentions: list[Mention] = []
    taken: set[int] = set()
    for match in sorted(triggers.find(doc), key=_preference):
        tokens = set(range(match.start, match.end))
        if tokens & taken or _match_head(doc, match) in vetoed or tokens & skipped:
            continue
        taken |= tokens
        mentions.append(_to_mention(doc, match))
    mentions += _find_acronyms(doc, mentions, taken | skipped)
    return sorted(mentions, key=lambda mention: mention.start)


def find_possible(doc: Doc, possible: RuleSet, known: list[Mention]) -> list[Mention]:
    """Return a Mention for each word that may evoke an agreement and is no part of a known one."""
    taken = _find_skipped(doc) | {i for m in known for i in range(m.start, m.end)}
    found = []
    for match in sorted(possible.find(doc), key=_preference):
        tokens = set(range(match.start, match.end))
        if not tokens & taken:
            taken |= tokens
            found.append(_to_mention(doc, match))
    return found


def _find_skipped(doc: Doc) -> set[int]:
    """Return the tokens of what is no part of the report."""
    return {i for name in ("boilerplate", "published") for i in _tokens(doc, name)}


def is_likely(mention: Mention) -> bool:
    """Tell whether a mention may evoke an agreement, by what the reader says of it.

    A word of the user's own is one that the reader has never seen to be a trigger.
    """
    if mention.from_pack:
        return True
    least = _LEAST_POSSIBLE if mention.rules[0].startswith("possible.") else _LEAST
    return mention.reading is None or mention.reading.chance >= least


def instrument_names(doc: Doc, mentions: list[Mention]) -> dict[int, str]:
    """Return the name of each named trigger by its start, an acronym's long form for its own."""
    acronyms: dict[str, str] = doc._.acronyms or {}
    names = {}
    for mention in mentions:
        if mention.form == "name":
            text = doc[mention.start : mention.end].text
            names[mention.start] = acronyms.get(text, text).casefold().removeprefix("the ")
    return names


def _tokens(doc: Doc, group: str) -> set[int]:
    return {t.i for span in doc.spans.get(group, ()) for t in span}


def _find_acronyms(doc: Doc, mentions: list[Mention], taken: set[int]) -> list[Mention]:
    """Return a Mention for each acronym whose long form ends in a trigger: RCEP, MoU."""
    numbers: dict[str, int] = {}
    for number, mention in enumerate(mentions):
        if mention.form != "verb":
            numbers.setdefault(doc[mention.start : mention.end].text, number)
    kinds = {
        acronym: mentions[min(endings)]
        for acronym, long in (doc._.acronyms or {}).items()
        if (endings := [numbers[long[i:]] for i in range(len(long)) if long[i:] in numbers])
    }
    found: list[Mention] = []
    for token in doc if kinds else ():
        model = kinds.get(token.text)
        if model is not None and token.i not in taken:
            found.append(
                Mention(
                    start=token.i,
                    end=token.i + 1,
                    head=token.i,
                    kind=model.kind,
                    form="name" if model.form == "name" else "noun",
                    needs=model.needs,
                    rules=["trigger.acronym"],
                    sentence=(token.sent.start, token.sent.end),
                    anaphoric=True,
                )
            )
    return found


def _preference(match: Match) -> tuple[bool, int, int, bool, str]:
    """Rank nouns first, then the longest match, of equal ones that of a pack."""
    verb, rule = match.rule.sets["form"] == "verb", match.rule
    return verb, match.start - match.end, match.start, not rule.like, rule.id


def _match_head(doc: Doc, match: Match) -> int:
    return _head(doc[match.start : match.end], match.rule.sets["form"])


def _head(span: Span, form: str) -> int:
    """Return the token that carries the trigger: a noun's last instrument, a verb's first word."""
    if form == "verb":
        return span.start
    words = [token.i for token in span if token.pos_ in {"NOUN", "PROPN"}] or [span.end - 1]
    return span.root.i if span.root.i in words else words[-1]


def _to_mention(doc: Doc, match: Match) -> Mention:
    span = doc[match.start : match.end]
    sets = match.rule.sets
    sentence = span.sent
    before = [token.lower_ for token in span.root.lefts] + [doc[max(match.start - 1, 0)].lower_]
    return Mention(
        start=match.start,
        end=match.end,
        head=_head(span, sets["form"]),
        kind=sets["kind"],
        form=sets["form"],
        needs=sets.get("needs", 1),
        continues=sets.get("continues", False),
        apart=_stands_apart(span.root),
        rules=[match.rule.id],
        like={match.rule.id: match.rule.like} if match.rule.like else {},
        sentence=(sentence.start, sentence.end),
        anaphoric=sets["form"] == "noun" and any(word in _DEFINITE for word in before),
    )


def _stands_apart(head: Token) -> bool:
    """Tell whether a word on the trigger or its verb says that this is another agreement."""
    words = {token.lower_ for token in (*head.lefts, *head.head.lefts)}
    return bool(words & read_word_class("details", "apart"))


def without_shadowed_verbs(mentions: list[Mention]) -> list[Mention]:
    """A verb is a trigger only where its sentence has no agreement noun."""
    nouns = {m.sentence for m in mentions if m.form != "verb" and m.needs == 1}
    return [m for m in mentions if m.form != "verb" or m.sentence not in nouns]
