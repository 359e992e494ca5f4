"""A hearing: all that is weighed of a group of mentions, and what the judge decides of it.

It keeps what it weighed, so that the decision can be explained without making it twice.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from extract.components.agreements.frames import Verdict
from extract.components.agreements.judging import Judge, agreement_features, status_features
from extract.components.agreements.mention import Mention
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.sides import SideCandidate, side_candidates
from extract.components.agreements.slots import (
    SLOTS,
    SlotCandidate,
    slot_candidates,
    tell_status,
)


@dataclass(slots=True)
class Hearing:
    """What was weighed, as candidates and names of features; no verdict where it is refused."""

    judge: Judge
    doc: Doc
    group: list[Mention]
    finder: PartyFinder
    sides: list[SideCandidate]
    parties: list[tuple[SideCandidate, float]]
    agreement: list[str]
    confidence: float
    status: list[str] = field(default_factory=list)
    slots: dict[str, list[SlotCandidate]] = field(default_factory=dict)
    verdict: Verdict | None = None


def hear(judge: Judge, doc: Doc, group: list[Mention], finder: PartyFinder) -> Hearing:
    """Return the hearing of a candidate agreement; without a party it is none."""
    sides = side_candidates(doc, group, finder)
    parties = judge.choose_parties(sides)
    features = agreement_features(doc, group, parties) if parties else []
    confidence = judge.rate(features) if parties else 0.0
    hearing = Hearing(judge, doc, group, finder, sides, parties, features, confidence)
    if parties and confidence >= judge.threshold:
        hearing.verdict = _decide(hearing)
    return hearing


def _decide(hearing: Hearing) -> Verdict:
    judge, doc, group = hearing.judge, hearing.doc, hearing.group
    sides = [candidate for candidate, _ in hearing.parties]
    hearing.status = status_features(doc, group)
    status = judge.choose_status(hearing.status)
    slots = hearing.slots = slot_candidates(doc, group, hearing.finder, sides)
    tell_status(slots, status)
    chosen = {slot: judge.slots[slot].best(slots[slot]) for slot in SLOTS}
    signing = judge.slots["signatory"].fitting(slots["signatory"])
    return Verdict(
        sides=[side for candidate in sides for side in candidate.members],
        status=status,
        confidence=hearing.confidence,
        date=chosen["date"].number if chosen["date"] else None,
        place=chosen["place"].span if chosen["place"] else None,
        topic=chosen["topic"].span if chosen["topic"] else None,
        signatories=[candidate.number for candidate, _ in signing],
    )
