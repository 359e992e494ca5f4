"""Slots: which date, place, topic and signatories an agreement may have, with what speaks for each.

Like the sides, candidates are proposed by plain rules and rated by the judge: the topic from the
constructions around a trigger, dates, places and persons from its sentence and the one before.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.components.agreements.mention import MOST_TELLING, Mention
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.readings import read_spans, tell_overlap, tell_part
from extract.components.agreements.sides import SideCandidate
from extract.components.agreements.ties import first_token, verb_above
from extract.components.agreements.topics import Proposal, propose_topics
from extract.components.frames import DateFrame, TokenSpan
from extract.components.grammar import dependency, governing_verb, relation, sentence_before
from extract.components.references import side_key
from extract.vocabulary import NO_DATES, Status

_FARTHEST = 150  # tokens from a trigger to what may fill a slot
_READ = 0.35  # probability from which on the reader proposes a topic
SLOTS = ("date", "place", "topic", "signatory")


@dataclass(slots=True)
class SlotCandidate:
    """A span that may fill a slot; `number` is that of its date or entity, where it has one."""

    span: TokenSpan
    features: set[str]
    number: int = -1


def slot_candidates(
    doc: Doc, group: list[Mention], finder: PartyFinder, parties: list[SideCandidate]
) -> dict[str, list[SlotCandidate]]:
    """Return the candidates of each slot, in text order, from the first mentions of a group."""
    group = group[:MOST_TELLING]
    found = {
        "date": _read_part(group, "date", _dates(doc, group)),
        "place": _read_part(group, "place", _places(doc, group, finder, parties)),
        "topic": _topics(doc, group),
        "signatory": _read_part(group, "signatory", _persons(doc, group, finder, parties)),
    }
    for candidates in found.values():
        for candidate in candidates:
            candidate.features |= {"bias", f"candidates={min(len(candidates), 4)}"}
    return found


def _read_part(
    group: list[Mention], part: str, candidates: list[SlotCandidate]
) -> list[SlotCandidate]:
    for candidate in candidates:
        candidate.features |= tell_part(group, part, [candidate.span])
    return candidates


def tell_status(slots: dict[str, list[SlotCandidate]], status: Status) -> None:
    """Let the dates know the status whose day is sought: what is planned has one to come.

    What has been signed has been so before it was told: no day to come is that of its signing. And
    the clause that says when it came about (`the agreement, reached in 2015,`) outdoes all others.
    """
    if status in _SETTLED:
        slots["date"] = [c for c in slots["date"] if "time=future" not in c.features]
    if status in _COME_ABOUT and (own := [c for c in slots["date"] if "of_trigger" in c.features]):
        slots["date"] = own
    for candidate in slots["date"]:
        known = [f for f in candidate.features if f in _TIES or f.startswith("time=")]
        candidate.features |= {f"status={status},{feature}" for feature in known}


def _dates(doc: Doc, group: list[Mention]) -> list[SlotCandidate]:
    found: dict[int, SlotCandidate] = {}
    dates: list[DateFrame] = doc._.dates or []
    published = {i for span in doc.spans.get("published", []) for i in range(span.start, span.end)}
    for mention in group:
        first = bisect_left(dates, mention.head - _FARTHEST, key=first_token)
        last = bisect_right(dates, mention.head + _FARTHEST, key=first_token)
        for number, frame in enumerate(dates[first:last], start=first):
            where = _where(doc, mention, frame["span"])
            if where is None or frame["span"][0] in published or not tells_when(frame):
                continue
            candidate = found.setdefault(number, SlotCandidate(frame["span"], set(), number))
            time = _time(doc, frame["latest"], frame["earliest"])
            verb = verb_above(doc[frame["span"][0] : frame["span"][1]].root)
            candidate.features |= where
            candidate.features |= {
                f"granularity={_unit(frame)}",
                f"rule={frame['rule']}",
                f"time={time}",
                f"verb={verb.lemma_.lower() if verb is not None else 'none'}",
            }
            for cue in mention.judged_cues or ["none"]:
                candidate.features.add(f"cue={cue},{sorted(where & _TIES)}")
                candidate.features.add(f"cue={cue},time={time}")
    return [found[number] for number in sorted(found)]


def _unit(frame: DateFrame) -> str:
    return "day" if frame["granularity"] == "time" else frame["granularity"]


_TIES = frozenset(
    {"premodifier", "in_phrase", "on_clause", "same_sentence", "sentence_before"}
    | {"on_cue", "of_trigger", "content", "of_other_noun"}
)
_COME_ABOUT = frozenset({"signed", "agreed", "planned", "in_force"})
_SETTLED = frozenset({"signed", "agreed", "rejected", "violated"})


def tells_when(frame: DateFrame) -> bool:
    """Tell whether a date has days, or is a day of an unknown year (`XXXX-05-05`).

    Durations, sets, references (`recently`) and a clock time alone say nothing of when.
    """
    if frame["granularity"] == "unresolved":
        return re.fullmatch(r"XXXX-\d\d-\d\d", frame["value"]) is not None
    return frame["earliest"] is not None and frame["granularity"] not in NO_DATES


def _time(doc: Doc, latest: str | None, earliest: str | None) -> str:
    """Say whether a date lies before, on or after the day of publication."""
    published = doc._.published
    if not published or not latest or not earliest:
        return "unknown"
    if latest < published:
        return "past"
    return "future" if earliest > published else "now"


def _where(doc: Doc, mention: Mention, span: TokenSpan) -> set[str] | None:
    """Say how a span lies to a trigger; None where it lies too far off."""
    start, end = mention.sentence
    if abs(span[0] - mention.head) > _FARTHEST:
        return None
    if sentence_before(doc, start) <= span[0] < start:
        return {"sentence_before"}
    if not start <= span[0] < end:
        return None
    head = doc[mention.head]
    found = {"same_sentence", "after" if span[0] > mention.head else "before"}
    distance = abs(span[0] - mention.head)
    found.add(f"distance<{next((limit for limit in (3, 6, 12, 24) if distance < limit), 99)}")
    found.add(f"dep={dependency(doc, span)}")
    if head.left_edge.i <= span[0] <= head.right_edge.i and mention.form != "verb":
        found.add("in_phrase" if span[0] > mention.head else "premodifier")
    verb = head if mention.form == "verb" else governing_verb(head)
    above = verb_above(doc[span[0] : span[1]].root)
    if above is not None and relation(above) == "acl":
        found.add(_clause_of_noun(above, mention))
    if above is not None and above.i in mention.told_by:
        found.add("on_cue")
    if verb is not None and above is not None:
        if above == verb:
            found.add("on_clause")
        elif above in list(verb.ancestors):
            found.add("on_higher_clause")
        elif above in list(verb.subtree):
            found.add("on_lower_clause")
    return found


def _clause_of_noun(verb: Token, mention: Mention) -> str:
    """Say what the clause of a noun tells: `reached in 2015`, `to open it in May`, of another."""
    if verb.head.i != mention.head:
        return "of_other_noun"
    return "of_trigger" if verb.tag_ == "VBN" else "content"


def _places(
    doc: Doc, group: list[Mention], finder: PartyFinder, parties: list[SideCandidate]
) -> list[SlotCandidate]:
    sides = {i for party in parties for member in party.members for i in range(*member.span)}
    found: dict[int, SlotCandidate] = {}
    for mention in group:
        start, end = mention.sentence
        for number, span in finder.within(sentence_before(doc, start), end):
            label = finder.entities[number]["type"]
            where = _where(doc, mention, span)
            if where is None or label not in {"GPE", "LOC", "FAC"}:
                continue
            candidate = found.setdefault(span[0], SlotCandidate(span, set()))
            candidate.features |= where | {f"type={label}"}
            candidate.features.add("is_side" if span[0] in sides else "no_side")
            for cue in mention.judged_cues or ["none"]:
                candidate.features.add(f"cue={cue},{dependency(doc, span)}")
    return [found[start] for start in sorted(found)]


def _topics(doc: Doc, group: list[Mention]) -> list[SlotCandidate]:
    found: dict[TokenSpan, SlotCandidate] = {}
    for number, mention in enumerate(group):
        proposed = [*propose_topics(doc, mention), *_read_topics(mention)]
        for rank, (construction, span) in enumerate(proposed):
            candidate = found.setdefault(span, SlotCandidate(span, set()))
            candidate.features |= tell_overlap(mention, "topic", span)
            length = span[1] - span[0]
            family, _, preposition = construction.partition(":")
            candidate.features |= {
                f"construction={family}",
                f"construction={family},form={mention.form}",
                *(f"part={word}" for word in family.split()),
                f"opens={doc[span[0]].pos_}",
                f"kind={mention.kind}",
                f"preposition={preposition or 'none'}",
                f"length<{next((limit for limit in (2, 4, 7, 12, 20) if length < limit), 99)}",
                f"rank={min(rank, 3)}",
                "first" if number == 0 else "later",
            }
    return list(found.values())


def _read_topics(mention: Mention) -> Iterator[Proposal]:
    for span in read_spans([mention], "topic", above=_READ):
        yield "read", span


def _persons(
    doc: Doc, group: list[Mention], finder: PartyFinder, parties: list[SideCandidate]
) -> list[SlotCandidate]:
    keys = {side_key(p.entity, finder.entities) for p in parties if p.entity is not None}
    found: dict[int, SlotCandidate] = {}
    for number, span, mention in _person_mentions(group, finder):
        where = _where(doc, mention, span)
        if where is None:
            continue
        candidate = found.setdefault(number, SlotCandidate(span, set(), number))
        candidate.features |= where
        if span in mention.people:
            candidate.features |= {"tied", f"tied,form={mention.form}"}
        body = finder.bodies.get(number)
        if body is not None:
            key = side_key(body[0], finder.entities)
            candidate.features.add("body_is_party" if key in keys else "body_elsewhere")
        else:
            candidate.features.add("no_body")
        verb = verb_above(doc[span[0]])
        candidate.features.add(f"verb={verb.lemma_.lower() if verb is not None else 'none'}")
        candidate.features |= {f"cue={cue}" for cue in mention.judged_cues}
    return [found[number] for number in sorted(found)]


def _person_mentions(
    group: list[Mention], finder: PartyFinder
) -> Iterator[tuple[int, TokenSpan, Mention]]:
    for mention in group:
        start, end = mention.sentence
        for number, span in finder.within(sentence_before(finder.doc, start), end):
            if finder.entities[number]["type"] == "PERSON":
                yield number, span, mention
