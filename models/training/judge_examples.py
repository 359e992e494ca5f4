"""Candidate agreements of marked texts, beside what is marked: what the judge is fitted on."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from agreement_texts import FOLDS, Text, fold_of, to_article
from extract import load
from extract.assemble import to_agreement_date
from extract.components.agreements import Agreements
from extract.components.agreements.mention import Mention
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.sides import SideCandidate, side_candidates
from extract.components.agreements.slots import SlotCandidate, slot_candidates
from extract.encoder.component import READER, Encoder


@dataclass
class Group:
    """A candidate agreement with its features and what the gold says of it."""

    doc: Doc
    mentions: list[Mention]
    finder: PartyFinder
    sides: list[SideCandidate]
    gold: Text | None
    right_sides: list[int | None]  # the number of the gold party that each side is
    slots: dict[str, list[SlotCandidate]]


@dataclass
class Candidates:
    """The candidates of a text, and the fold that it belongs to."""

    id: str
    fold: int
    total: int  # agreements marked
    groups: list[Group]


class Finder:
    """Finds the candidates of texts, read by the readers that did not see them.

    Without `readers` nothing is read: so the candidates of a pipeline that has no reader look.
    """

    def __init__(self, model: str, readers: Path | None) -> None:
        self.extractor = load(model)
        component = self.extractor.nlp.get_pipe("pactwire_agreements")
        assert isinstance(component, Agreements)
        self.component = component
        encoder = component.encoder
        self.encoders: list[Encoder] = []
        if readers is None:
            component.encoder = None
        elif encoder is not None:
            for fold in range(FOLDS):
                files = encoder.files | {READER: (readers / f"fold{fold}.onnx").read_bytes()}
                self.encoders.append(Encoder(encoder.vocab).load(files))

    def __call__(self, texts: list[Text]) -> list[Candidates]:
        """Return the candidates of each text."""
        return [
            Candidates(text["id"], fold_of(text), len(text["agreements"]), self._find(text))
            for text in texts
        ]

    def _find(self, text: Text) -> list[Group]:
        if self.encoders:
            self.component.encoder = self.encoders[fold_of(text)]
        doc = self.extractor.nlp(self.extractor.prepare(to_article(text))[1])
        groups, finder = self.component.find(doc)
        return pair_with_gold(doc, groups, finder, text["agreements"])


def pair_with_gold(
    doc: Doc, groups: list[list[Mention]], finder: PartyFinder, gold: list[Text]
) -> list[Group]:
    """Give each gold agreement to the candidate that shares most triggers and parties with it."""
    candidates = [side_candidates(doc, group, finder) for group in groups]
    rights = [
        [[find_party(doc, side, finder, agreement) for side in sides] for agreement in gold]
        for sides in candidates
    ]
    scores = sorted(
        (
            (-shared_triggers(doc, group, agreement), -_count_parties(rights[g][a]), g, a)
            for g, group in enumerate(groups)
            for a, agreement in enumerate(gold)
        ),
    )
    pairs: dict[int, int] = {}
    for shared, _, g, a in scores:
        if shared < 0 and g not in pairs and a not in pairs.values():
            pairs[g] = a
    return [
        _to_group(doc, group, finder, candidates[g], gold[pairs[g]], rights[g][pairs[g]])
        if g in pairs
        else Group(doc, group, finder, candidates[g], None, [], {})
        for g, group in enumerate(groups)
    ]


def _to_group(
    doc: Doc,
    mentions: list[Mention],
    finder: PartyFinder,
    sides: list[SideCandidate],
    gold: Text,
    rights: list[int | None],
) -> Group:
    chosen = [side for side, right in zip(sides, rights, strict=True) if right is not None]
    slots = slot_candidates(doc, mentions, finder, chosen)
    return Group(doc, mentions, finder, sides, gold, rights, slots)


def shared_triggers(doc: Doc, group: list[Mention], agreement: Text) -> int:
    """Return how many gold triggers the mentions overlap."""
    spans = [(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in group]
    return sum(
        any(start < trigger["end"] and trigger["start"] < end for start, end in spans)
        for trigger in agreement["triggers"]
    )


def _count_parties(rights: list[int | None]) -> int:
    return len({number for number in rights if number is not None})


def find_party(doc: Doc, side: SideCandidate, finder: PartyFinder, agreement: Text) -> int | None:
    """Return which gold party a candidate side is: it has the place or the name of a mention."""
    spans = [member.span for member in side.members]
    names = set()
    if side.entity is not None:
        spans += finder.entities[side.entity]["mentions"]
        names.add(finder.entities[side.entity]["name"].casefold())
    places = {(doc[a:b].start_char, doc[a:b].end_char) for a, b in spans}
    for number, party in enumerate(agreement["parties"]):
        for mention in party["mentions"]:
            name = mention["text"].casefold().removeprefix("the ")
            if (mention["start"], mention["end"]) in places or name in names:
                return number
    return None


def count_gold(group: Group, slot: str) -> int:
    """Return how many fillers of a slot the gold has."""
    if group.gold is None:
        return 0
    if slot == "signatory":
        return len(group.gold["signatories"])
    return int(group.gold[slot] is not None)


def fills(doc: Doc, candidate: SlotCandidate, slot: str, gold: dict[str, Any]) -> bool:
    """Tell whether the gold has this candidate in the slot, by the scoring of ANNOTATION.md."""
    if slot == "date":
        value = to_agreement_date(doc, doc._.dates[candidate.number]).value
        return gold["date"] is not None and gold["date"]["value"] == value
    spans = [candidate.span]
    if slot == "signatory":
        spans = doc._.entities[candidate.number]["mentions"]
        marks = [mention for person in gold["signatories"] for mention in person["mentions"]]
    else:
        marks = [gold[slot]] if gold[slot] else []
    return any(covers(doc, span, mark, half=slot == "topic") for span in spans for mark in marks)


def covers(doc: Doc, span: tuple[int, int], mark: Text, *, half: bool) -> bool:
    """Tell whether two spans overlap, with `half` by half of the words of the longer."""
    found = doc[span[0] : span[1]]
    start, end = max(found.start_char, mark["start"]), min(found.end_char, mark["end"])
    if start >= end:
        return False
    words = [len(re.findall(r"\w+", text)) for text in (found.text, mark["text"])]
    return not half or 2 * len(re.findall(r"\w+", doc.text[start:end])) >= max(words)
