"""Agreements: triggers, the parties tied to them, their status and details, merged into one each.

doc → mentions (triggers) → read → cues → parties → groups → judged → doc._.agreements
"""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.agreements.cues import find_cues
from extract.components.agreements.frames import (
    resolve_shared,
    to_candidate,
    to_frame,
)
from extract.components.agreements.hearing import hear
from extract.components.agreements.judging import Judge, load_judge
from extract.components.agreements.left_out import find_left_out
from extract.components.agreements.mention import Mention
from extract.components.agreements.merging import group_mentions
from extract.components.agreements.parties import PartyFinder, find_parties
from extract.components.agreements.reasons import give_reasons, reasons_left_out
from extract.components.agreements.triggers import (
    find_mentions,
    find_possible,
    instrument_names,
    is_likely,
    without_shadowed_verbs,
)
from extract.components.frames import AgreementFrame, CandidateFrame, ReasonsFrame
from extract.encoder.component import Encoder
from extract.packs import Pack
from extract.rules import RuleSet, load_rules


class AgreementRules(NamedTuple):
    """The rules that propose and explain; `cues` tell the status."""

    triggers: RuleSet
    possible: RuleSet
    decoys: RuleSet
    cues: RuleSet


class Judges(NamedTuple):
    """The judge for pipelines without a reader, and that for pipelines with one."""

    plain: Judge
    reading: Judge


class Agreements:
    """Sets doc._.agreements.

    With an encoder that has a reader, more words may be triggers, and the judge of readings weighs
    what the reader says of them.
    """

    def __init__(self, rules: AgreementRules, judges: Judges, encoder: Encoder | None) -> None:
        """Keep the compiled rules, the judges of candidates, and the encoder that may read."""
        self.rules = rules
        self.judges = judges
        self.encoder = encoder

    def learn(self, packs: Sequence[Pack]) -> None:
        """Take the rules of packs, to stand before the shipped ones: the first pack first."""
        sets = {
            "triggers": self.rules.triggers,
            "decoys": self.rules.decoys,
            "statuses": self.rules.cues,
        }
        for pack in reversed(packs):
            for section, rules in pack.sections.items():
                sets[section].put_first(rules, pack.classes_of(section))

    @property
    def judge(self) -> Judge:
        """The judge that fits what the pipeline knows."""
        return self.judges.reading if self._can_read else self.judges.plain

    def judge_of(self, group: list[Mention]) -> Judge:
        """Return the judge of a group of mentions.

        What the user's triggers alone found is judged as if nobody had read it: the reader has
        learnt what the shipped triggers mean.
        """
        return self.judges.plain if all(m.from_pack for m in group) else self.judge

    @property
    def _can_read(self) -> bool:
        return self.encoder is not None and self.encoder.can_read

    def find_mentions(self, doc: Doc) -> list[Mention]:
        """Return the mentions that may evoke an agreement, each with what the reader says of it."""
        return [mention for mention in self._find_fired(doc) if is_likely(mention)]

    def _find_fired(self, doc: Doc) -> list[Mention]:
        """Return all on which a rule of triggers fired, likely or not, in text order."""
        mentions = find_mentions(doc, self.rules.triggers, self.rules.decoys)
        if self.encoder is None or not self.encoder.can_read:
            return mentions
        mentions += find_possible(doc, self.rules.possible, mentions)
        readings = self.encoder.read(doc, [(m.start, m.end) for m in mentions])
        for mention, reading in zip(mentions, readings, strict=True):
            mention.reading = reading
        return sorted(mentions, key=lambda mention: mention.start)

    def find(self, doc: Doc) -> tuple[list[list[Mention]], PartyFinder]:
        """Return all candidate agreements, as groups of mentions, before they are judged."""
        mentions = without_shadowed_verbs(self.find_mentions(doc))
        find_cues(doc, mentions, self.rules.cues)
        finder = PartyFinder(doc)
        find_parties(finder, mentions)
        names = instrument_names(doc, mentions)
        return group_mentions(doc, mentions, finder.entities, names), finder

    def __call__(self, doc: Doc, *, explain: bool = False) -> Doc:
        """Find the candidates, keep those that are judged agreements, tell of the others.

        `nlp(doc, component_cfg={"pactwire_agreements": {"explain": True}})` sets doc._.reasons too.
        """
        groups, finder = self.find(doc)
        agreements: list[AgreementFrame] = []
        candidates: list[CandidateFrame] = []
        reasons: list[ReasonsFrame] = []
        for group in groups:
            hearing = hear(self.judge_of(group), doc, group, finder)
            frame = to_frame(doc, group, finder, hearing.verdict) if hearing.verdict else None
            number = len(agreements) if frame is not None else None
            candidates += [to_candidate(m, number, hearing.confidence) for m in group]
            if explain:
                reasons += give_reasons(hearing, frame, number)
            if frame is not None:
                agreements.append(frame)
                resolve_shared(doc, group, frame)
        if explain:
            reasons += reasons_left_out(doc, find_left_out(self._find_fired(doc), groups))
        doc._.agreements, doc._.candidates = agreements, candidates
        doc._.reasons = reasons if explain else None
        return doc


@Language.factory(
    "pactwire_agreements",
    assigns=["doc._.agreements", "doc._.candidates", "doc.spans"],
    requires=["doc.ents", "token.dep", "token.pos", "doc._.entities", "doc._.dates"],
    default_config={
        "triggers": "triggers",
        "possible": "possible_triggers",
        "decoys": "decoys",
        "statuses": "statuses",
        "judge": "judge",
        "judge_of_readings": "judge",
    },
)
def make_agreements(
    nlp: Language,
    name: str,
    triggers: str,
    possible: str,
    decoys: str,
    statuses: str,
    judge: str,
    judge_of_readings: str,
) -> Agreements:
    """Return the component; each setting names a rule file."""
    rules = [load_rules(file, nlp.vocab) for file in (triggers, possible, decoys, statuses)]
    judges = Judges(load_judge(judge), load_judge(judge_of_readings))
    encoder = next((part for _, part in nlp.pipeline if isinstance(part, Encoder)), None)
    return Agreements(AgreementRules(*rules), judges, encoder)
