"""From a group of mentions to one AgreementFrame: the only place that names its fields."""

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.components.agreements.attribution import find_attribution
from extract.components.agreements.durations import find_duration
from extract.components.agreements.fired import find_fired
from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.places import to_place
from extract.components.agreements.values import find_value
from extract.components.frames import (
    AgreementFrame,
    CandidateFrame,
    PartyFrame,
    SignatoryFrame,
    TokenSpan,
)
from extract.components.references import side_key
from extract.rules import read_word_class
from extract.vocabulary import Kind, Status

_ARTICLES = ("the ", "a ", "an ", "some ", "several ")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge decided of a group; signatories are entity numbers, the date a date's."""

    sides: list[Side]
    status: Status
    confidence: float
    date: int | None
    place: TokenSpan | None
    topic: TokenSpan | None
    signatories: list[int]


def to_frame(
    doc: Doc,
    group: list[Mention],
    finder: PartyFinder,
    verdict: Verdict,
) -> AgreementFrame:
    """Return the agreement that a group of mentions tells of."""
    parties = build_parties(doc, verdict.sides, finder)
    kind = choose_kind(doc, group)
    return AgreementFrame(
        kind=kind,
        status=verdict.status,
        triggers=[(m.start, m.end) for m in group],
        parties=parties,
        signatories=[_to_signatory(doc, n, finder, parties) for n in verdict.signatories],
        date=verdict.date,
        place=to_place(verdict.place, finder),
        topic=verdict.topic,
        value=find_value(doc, group, kind),
        duration=find_duration(doc, group),
        attribution=find_attribution(doc, group, finder),
        evidence=list(dict.fromkeys(m.sentence for m in group)),
        confidence=verdict.confidence,
        rules=find_fired(
            group,
            finder,
            sides=verdict.sides,
            signatories=verdict.signatories,
            date=verdict.date,
        ),
    )


def choose_kind(doc: Doc, group: list[Mention]) -> Kind:
    """Return the kind of the clearest triggers: firm nouns before vague ones, nouns before verbs.

    A special kind goes before a plain `agreement`; one by which a case ends is a settlement.
    """
    firm = [m.kind for m in group if m.form != "verb" and m.needs == 1]
    nouns = [m.kind for m in group if m.form != "verb"]
    kinds = firm or nouns or [m.kind for m in group]
    special = [kind for kind in kinds if kind != "agreement"]
    if not special and _ends_a_case(doc, group):
        return "settlement"
    return Counter(special or kinds).most_common(1)[0][0]


def _ends_a_case(doc: Doc, group: list[Mention]) -> bool:
    sentences = {mention.sentence for mention in group}
    words = {doc[i].lower_ for start, end in sentences for i in range(start, end)}
    return len(words & read_word_class("details", "court")) >= 2


def build_parties(doc: Doc, sides: list[Side], finder: PartyFinder) -> list[PartyFrame]:
    """Return one party a side; a country and its signing body are one, named by the body."""
    by_key: dict[str, list[Side]] = {}
    for side in sorted(sides, key=lambda side: side.span):
        by_key.setdefault(_key(doc, side, finder), []).append(side)
    return [_to_party(doc, members, finder) for members in _join_states(by_key, finder)]


def _key(doc: Doc, side: Side, finder: PartyFinder) -> str:
    if side.entity is None:
        return _strip_article(doc[side.span[0] : side.span[1]].text).casefold()
    return f"#{side.entity}"


def _join_states(by_key: dict[str, list[Side]], finder: PartyFinder) -> list[list[Side]]:
    """Join a country with the first of its bodies among the sides; other bodies stay apart."""
    joined: dict[str, list[Side]] = {}
    taken: set[str] = set()
    for members in by_key.values():
        number = members[0].entity
        if number is None:
            joined[f"described {len(joined)}"] = list(members)
            continue
        country = side_key(number, finder.entities)
        is_state = finder.entities[number]["type"] != "ORG"
        key = country if is_state or country not in taken else f"#{number}"
        if not is_state:
            taken.add(country)
        joined.setdefault(key, []).extend(members)
    return list(joined.values())


def _to_party(doc: Doc, members: list[Side], finder: PartyFinder) -> PartyFrame:
    numbers = list(dict.fromkeys(s.entity for s in members if s.entity is not None))
    ties = sorted({side.how for side in members})
    if not numbers:
        span = members[0].span
        name = _strip_article(doc[span[0] : span[1]].text)
        spans = sorted({side.span for side in members})
        return PartyFrame(
            name=name, type="GROUP", entity=None, role="party", mentions=spans, ties=ties
        )
    states = [n for n in numbers if "iso3166" in finder.entities[n]["ids"]]
    bodies = [n for n in numbers if finder.entities[n]["type"] == "ORG"] or states or numbers
    entity = finder.entities[bodies[0]]
    tied = {side.span for side in members if doc[side.span[0]].pos_ != "PRON"}
    named = {span for n in numbers for span in finder.entities[n]["mentions"]}
    return PartyFrame(
        name=entity["name"],
        type=entity["type"],
        entity=bodies[0],
        role="party",
        mentions=_without_overlaps(named | tied),
        ties=ties,
    )


def _without_overlaps(spans: set[TokenSpan]) -> list[TokenSpan]:
    kept: list[TokenSpan] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _strip_article(text: str) -> str:
    text = " ".join(text.split())
    for article in _ARTICLES:
        if text.lower().startswith(article):
            return text[len(article) :]
    return text


def _to_signatory(
    doc: Doc, number: int, finder: PartyFinder, parties: list[PartyFrame]
) -> SignatoryFrame:
    body = finder.bodies.get(number)
    return SignatoryFrame(
        name=finder.entities[number]["name"],
        role=_office(doc, number, finder),
        party=_party_of(body[0], finder, parties) if body is not None else None,
        mentions=list(finder.entities[number]["mentions"]),
    )


def _office(doc: Doc, number: int, finder: PartyFinder) -> str | None:
    for role in doc._.roles or []:
        person = finder.by_token.get(role["person"][0])
        if person is not None and person[0] == number:
            return str(doc[role["role"][0] : role["role"][1]].text)
    return None


def _party_of(number: int, finder: PartyFinder, parties: list[PartyFrame]) -> str | None:
    key = side_key(number, finder.entities)
    for party in parties:
        if party["entity"] is not None and side_key(party["entity"], finder.entities) == key:
            return party["name"]
    return None


def to_candidate(mention: Mention, agreement: int | None, confidence: float) -> CandidateFrame:
    """Return what became of a trigger: the number of its agreement, or None."""
    return CandidateFrame(
        span=(mention.start, mention.end),
        sentence=mention.sentence,
        rule=mention.rules[0],
        cues=list(mention.cues),
        like=dict(mention.like),
        agreement=agreement,
        confidence=confidence,
    )


def resolve_shared(doc: Doc, group: list[Mention], frame: AgreementFrame) -> None:
    """Say of `the two sides` whom it stands for, where only the agreement just told shows it."""
    sentences = {mention.sentence for mention in group if mention.shared}
    parties = [party["entity"] for party in frame["parties"] if party["entity"] is not None]
    for reference in doc._.references or []:
        start = reference["span"][0]
        if not reference["entities"] and any(a <= start < b for a, b in sentences):
            reference["entities"] = parties
