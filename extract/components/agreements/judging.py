"""Judging: which candidates are agreements, their parties, status, date, place and topic.

Linear models over plain, readable features (which rule found it, how a party is tied, what
stands around): multinomial for the status, logistic for all else. The weights lie in
`models/rules/judge.yaml`, one line a feature; `models/training/fit_judge.py` fits them.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from extract.components.agreements.mention import Mention
from extract.components.agreements.readings import tell_chance, tell_statuses
from extract.components.agreements.sides import SideCandidate
from extract.components.agreements.slots import SlotCandidate
from extract.components.grammar import governing_verb, relation
from extract.rules import read_yaml
from extract.vocabulary import STATUSES, Status

Weights = Mapping[str, float]


@dataclass(frozen=True)
class SlotModel:
    """Weights of one slot; a candidate below `threshold` does not fill it."""

    weights: Weights
    threshold: float

    def best(self, candidates: list[SlotCandidate]) -> SlotCandidate | None:
        """Return the likeliest candidate, the first of equals, or None."""
        return max(self.fitting(candidates), key=lambda pair: pair[1], default=(None, 0.0))[0]

    def fitting(self, candidates: list[SlotCandidate]) -> list[tuple[SlotCandidate, float]]:
        """Return the candidates that fill the slot, each with its probability, in text order."""
        rated = [(c, probability(self.weights, c.features)) for c in candidates]
        return [(c, chance) for c, chance in rated if chance >= self.threshold]


@dataclass(frozen=True)
class Judge:
    """Weights of the questions, and the probabilities below which the answer is no."""

    parties: Weights
    party_threshold: float
    agreements: Weights
    threshold: float
    statuses: Mapping[Status, Weights]
    slots: Mapping[str, "SlotModel"]

    def choose_parties(self, candidates: list[SideCandidate]) -> list[tuple[SideCandidate, float]]:
        """Return the candidates that are parties, each with its probability, surest first.

        What neither a construction nor the reader ties to the trigger only fills up to two: a
        contract `with Y` has someone on the other side, a pact `between X and Y` has not.
        """
        rated = [(c, probability(self.parties, c.features)) for c in candidates]
        sure = [pair for pair in rated if pair[1] >= self.party_threshold]
        tied = [pair for pair in sure if pair[0].is_tied]
        others = [pair for pair in sure if not pair[0].is_tied]
        others.sort(key=lambda pair: -pair[1])
        return sorted(tied + others[: max(0, 2 - len(tied))], key=lambda pair: -pair[1])

    def rate(self, features: Iterable[str]) -> float:
        """Return the probability, in [0, 1], that a candidate is an agreement."""
        return probability(self.agreements, features)

    def choose_status(self, features: Iterable[str]) -> Status:
        """Return the likeliest status."""
        names = list(features)
        return max(
            sorted(self.statuses),
            key=lambda status: sum(self.statuses[status].get(name, 0.0) for name in names),
        )


def probability(weights: Weights, features: Iterable[str]) -> float:
    """Return the logistic of the summed weights."""
    score = sum(weights.get(name, 0.0) for name in sorted(features))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


def load_judge(name: str) -> Judge:
    """Return the judge whose weights lie in `models/rules/<name>.yaml`."""
    return to_judge(read_yaml(name))


def to_judge(content: dict[str, Any]) -> Judge:
    """Return the judge with the weights of a file's content."""
    return Judge(
        parties=content["parties"]["weights"],
        party_threshold=content["parties"]["threshold"],
        agreements=content["agreements"]["weights"],
        threshold=content["agreements"]["threshold"],
        statuses=content["statuses"]["weights"],
        slots={
            slot: SlotModel(model["weights"], model["threshold"])
            for slot, model in content["slots"].items()
        },
    )


def agreement_features(
    doc: Doc, group: list[Mention], parties: list[tuple[SideCandidate, float]]
) -> list[str]:
    """Return the features of a candidate agreement, given its parties."""
    found = {"bias", f"parties={min(len(parties), 3)}", f"triggers={min(len(group), 3)}"}
    found |= tell_chance(group)
    found.add(f"needs={min(m.needs for m in group)},parties={min(len(parties), 2)}")
    sure = sum(chance for _, chance in parties)
    found |= {f"sure>{limit}" for limit in (0.5, 1.0, 1.5, 1.8) if sure > limit}
    for mention in group:
        found.add(f"rule={mention.judged_rule}")
        found |= {f"cue={cue}" for cue in mention.judged_cues}
        found |= {f"how={side.how}" for side in mention.sides}
        found |= set(_context(doc, mention))
    return sorted(found)


def status_features(doc: Doc, group: list[Mention]) -> list[str]:
    """Return the features of the stage an agreement has reached.

    Read off the mentions that tell it: nouns with a cue around them; without such, all.
    """
    found = {"bias", *tell_statuses(group)}
    group = [m for m in group if m.form != "verb" and m.cues] or group
    found.add(f"latest={_latest_cue(group)}")
    for mention in group:
        cues = mention.judged_cues
        found |= {f"cue={cue}" for cue in cues}
        found.add(f"first={cues[0] if cues else 'none'}")
        found |= {f"rule={mention.judged_rule}", f"kind={mention.kind}", f"form={mention.form}"}
        found |= set(_context(doc, mention))
        found |= _verb_features(doc, mention)
    return sorted(found)


def _latest_cue(group: list[Mention]) -> str:
    """Return the latest stage among the first cues of the mentions, or `none`."""
    told = [m.judged_cues[0].removeprefix("status.") for m in group if m.cues]
    return next((status for status in reversed(STATUSES) if status in told), "none")


def _verb_features(doc: Doc, mention: Mention) -> set[str]:
    verb = doc[mention.head] if mention.form == "verb" else governing_verb(doc[mention.head])
    if verb is None:
        return {"verb=none"}
    helpers = {c.lower_ for c in verb.children if c.dep_.split(":")[0] in {"aux", "auxpass"}}
    found = {f"verb={verb.lemma_.lower()}", f"tag={verb.tag_}"}
    found |= {f"aux={helper}" for helper in helpers}
    if any(c.dep_ == "neg" or c.lower_ in {"not", "n't", "n’t", "never"} for c in verb.children):
        found.add("negated")
    return found


def _context(doc: Doc, mention: Mention) -> list[str]:
    head = doc[mention.head]
    found = [f"word={head.lemma_.lower()}", f"dep={relation(head)}"]
    if head.tag_ in {"NNS", "NNPS"}:
        found.append("plural")
    if mention.anaphoric:
        found.append("definite")
    if any(child.lower_ in {"a", "an"} for child in head.lefts):
        found.append("indefinite")
    if any(head.i in range(s.start, s.end) for s in doc.spans.get("headline", ())):
        found.append("headline")
    return found
