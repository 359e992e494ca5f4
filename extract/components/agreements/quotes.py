"""Quotes: the words of the text on which a feature was found, by the name of the feature."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.agreements.hearing import Hearing
from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.slots import SlotCandidate
from extract.components.grammar import first_conjunct, governor, relation

_PAIRED = {"between", "among", "amongst"}
_LONGEST_PAIR = 3  # names told of one `between`


def quote_mentions(doc: Doc, group: list[Mention]) -> dict[str, str]:
    """Return where the rules of triggers and of statuses fired, the first place of each."""
    found: dict[str, str] = {}
    for mention in group:
        for rule in mention.rules:
            found.setdefault(f"rule={rule}", doc[mention.start : mention.end].text)
        for cue, (start, end) in mention.cue_spans.items():
            found.setdefault(f"cue={cue}", doc[start:end].text)
    return found


def quote_sides(hearing: Hearing, sides: Iterable[Side]) -> dict[str, str]:
    """Return the words of each construction that ties a side: `between A and B`."""
    found: dict[str, str] = {}
    for side in sides:
        quoted = _quote_side(hearing, side)
        if quoted:
            found.setdefault(f"how={side.how}", quoted)
    return found


def _quote_side(hearing: Hearing, side: Side) -> str:
    doc = hearing.doc
    name = doc[side.span[0] : side.span[1]].text
    mention = next((m for m in hearing.group if any(side is s for s in m.sides)), None)
    if mention is None or side.how in {"person", "read", "context"}:
        return ""
    if side.how == "subject":
        return _verb_of(doc, side)
    if side.how == "modifier":
        return doc[mention.start : mention.end].text
    if side.how not in _PAIRED:
        return f"{side.how} {name}"
    partners = {
        s.entity: doc[s.span[0] : s.span[1]].text for s in mention.sides if s.how == side.how
    }
    return f"{side.how} {' and '.join(list(partners.values())[:_LONGEST_PAIR])}"


def _verb_of(doc: Doc, side: Side) -> str:
    """Return the verb whose subject holds a name; nothing where the tree shows none."""
    token = first_conjunct(doc[side.span[0] : side.span[1]].root)
    for word in map(first_conjunct, (token, *token.ancestors)):
        if relation(word) == "nsubj":
            return str(governor(word).text)
        if word.pos_ in {"VERB", "AUX"}:
            break
    return ""


def quote_topic(candidate: SlotCandidate) -> dict[str, str]:
    """Return the construction that proposed a topic, the plainest of several."""
    families = sorted(
        name.removeprefix("construction=")
        for name in candidate.features
        if name.startswith("construction=") and "," not in name
    )
    return {"construction": families[0]} if families else {}
