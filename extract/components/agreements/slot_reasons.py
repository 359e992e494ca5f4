"""Slot reasons: what spoke for and against a date, a place, a topic, a signatory."""

from collections.abc import Iterator

from extract.components.agreements.fired import role_rules
from extract.components.agreements.hearing import Hearing
from extract.components.agreements.judging import probability
from extract.components.agreements.quotes import quote_mentions, quote_topic
from extract.components.agreements.readings import read_overlap, read_part
from extract.components.agreements.slots import SlotCandidate
from extract.components.agreements.weighing import text_of, to_reasons, weigh
from extract.components.frames import ReasonsFrame

_WORTH_TELLING = 0.05  # chance from which on it is told what an empty slot might have held


def of_signatories(hearing: Hearing) -> Iterator[ReasonsFrame]:
    """Yield the reasons of each signatory; where there is none, of the likeliest refused."""
    model = hearing.judge.slots["signatory"]
    signing = model.fitting(hearing.slots["signatory"])
    for candidate, _ in signing:
        yield _weigh_candidate(hearing, "signatory", candidate)
    if not signing:
        yield from of_slot(hearing, "signatory")


def of_slot(hearing: Hearing, slot: str) -> Iterator[ReasonsFrame]:
    """Yield the reasons of what fills a slot; of an empty one, of the likeliest refused."""
    model, candidates = hearing.judge.slots[slot], hearing.slots[slot]
    best = model.best(candidates)
    if best is not None:
        yield _weigh_candidate(hearing, slot, best)
        return
    likeliest = max(candidates, key=lambda c: probability(model.weights, c.features), default=None)
    if likeliest is None:
        return
    reasons = _weigh_candidate(hearing, slot, likeliest)
    if (reasons["chance"] or 0.0) >= _WORTH_TELLING:
        reasons["filled"] = False
        yield reasons


def _weigh_candidate(hearing: Hearing, slot: str, candidate: SlotCandidate) -> ReasonsFrame:
    model, group, span = hearing.judge.slots[slot], hearing.group, candidate.span
    is_topic = slot == "topic"
    read = read_overlap(group, slot, span) if is_topic else read_part(group, slot, [span])
    construction = quote_topic(candidate) if is_topic else {}
    return to_reasons(
        slot,
        text_of(hearing, span),
        span,
        rules=_candidate_rules(hearing, slot, candidate),
        chance=probability(model.weights, candidate.features),
        needed=model.threshold,
        weights=weigh(model.weights, candidate.features),
        quotes=quote_mentions(hearing.doc, group) | construction,
        readings=read,
    )


def _candidate_rules(hearing: Hearing, slot: str, candidate: SlotCandidate) -> list[str]:
    """Return the rule that resolved a date, those that tell the office of a person."""
    if slot == "date":
        return [hearing.doc._.dates[candidate.number]["rule"]]
    if slot == "signatory":
        return role_rules(hearing.doc, hearing.finder.entities[candidate.number]["mentions"])
    return []
