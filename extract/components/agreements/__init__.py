"""Agreements: triggers, the parties tied to them, their status and details, merged into one each.

doc → mentions (triggers) → parties → statuses → details → groups → doc._.agreements
"""

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.agreements.cues import find_cues
from extract.components.agreements.frames import (
    Verdict,
    resolve_shared,
    to_candidate,
    to_frame,
)
from extract.components.agreements.judging import (
    Judge,
    agreement_features,
    load_judge,
    status_features,
)
from extract.components.agreements.mention import Mention
from extract.components.agreements.merging import group_mentions
from extract.components.agreements.parties import PartyFinder, find_parties
from extract.components.agreements.sides import side_candidates
from extract.components.agreements.slots import SLOTS, slot_candidates, tell_status
from extract.components.agreements.triggers import find_mentions, instrument_names
from extract.components.frames import AgreementFrame, CandidateFrame
from extract.rules import RuleSet, load_rules


class Agreements:
    """Sets doc._.agreements."""

    def __init__(self, triggers: RuleSet, decoys: RuleSet, cues: RuleSet, judge: Judge) -> None:
        """Keep the compiled rules and the judge of candidates."""
        self.triggers = triggers
        self.decoys = decoys
        self.cues = cues
        self.judge = judge

    def find(self, doc: Doc) -> tuple[list[list[Mention]], PartyFinder]:
        """Return all candidate agreements, as groups of mentions, before they are judged."""
        mentions = find_mentions(doc, self.triggers, self.decoys)
        find_cues(doc, mentions, self.cues)
        finder = PartyFinder(doc)
        find_parties(finder, mentions)
        names = instrument_names(doc, mentions)
        return group_mentions(doc, mentions, finder.entities, names), finder

    def judge_group(
        self, doc: Doc, group: list[Mention], finder: PartyFinder
    ) -> tuple[AgreementFrame | None, float]:
        """Return the agreement that a group tells of, None where it is none, and how sure it is."""
        parties = self.judge.choose_parties(side_candidates(doc, group, finder))
        confidence = self.judge.rate(agreement_features(doc, group, parties)) if parties else 0.0
        if confidence < self.judge.threshold:
            return None, confidence
        sides = [candidate for candidate, _ in parties]
        status = self.judge.choose_status(status_features(doc, group))
        slots = slot_candidates(doc, group, finder, sides)
        tell_status(slots, status)
        chosen = {slot: self.judge.slots[slot].best(slots[slot]) for slot in SLOTS}
        signing = self.judge.slots["signatory"].fitting(slots["signatory"])
        verdict = Verdict(
            sides=[side for candidate in sides for side in candidate.members],
            status=status,
            confidence=confidence,
            date=chosen["date"].number if chosen["date"] else None,
            place=chosen["place"].span if chosen["place"] else None,
            topic=chosen["topic"].span if chosen["topic"] else None,
            signatories=[candidate.number for candidate, _ in signing],
        )
        return to_frame(doc, group, finder, verdict), confidence

    def __call__(self, doc: Doc) -> Doc:
        """Find the candidates, keep those that are judged agreements, tell of the others."""
        groups, finder = self.find(doc)
        agreements: list[AgreementFrame] = []
        candidates: list[CandidateFrame] = []
        for group in groups:
            frame, confidence = self.judge_group(doc, group, finder)
            number = len(agreements) if frame is not None else None
            candidates += [to_candidate(mention, number, confidence) for mention in group]
            if frame is not None:
                agreements.append(frame)
                resolve_shared(doc, group, frame)
        doc._.agreements, doc._.candidates = agreements, candidates
        return doc


@Language.factory(
    "pactwire_agreements",
    assigns=["doc._.agreements", "doc._.candidates", "doc.spans"],
    requires=["doc.ents", "token.dep", "token.pos", "doc._.entities", "doc._.dates"],
    default_config={
        "triggers": "triggers",
        "decoys": "decoys",
        "statuses": "statuses",
        "judge": "judge",
    },
)
def make_agreements(
    nlp: Language, name: str, triggers: str, decoys: str, statuses: str, judge: str
) -> Agreements:
    """Return the component; each setting names a rule file."""
    rules = [load_rules(file, nlp.vocab) for file in (triggers, decoys, statuses)]
    return Agreements(rules[0], rules[1], rules[2], load_judge(judge))
