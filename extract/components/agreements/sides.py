"""Candidate sides: every entity that may be a party, with what speaks for and against it.

Some stand in a construction with the trigger (parties.py). Others are only about: a country that
the sentence names elsewhere, the two states whose leaders met in the headline, the body behind
a minister. Each gets the names of the features that hold for it; judging.py weighs them.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from extract.components.agreements.mention import MOST_TELLING, Mention, Side
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.readings import read_spans, tell_part
from extract.components.frames import TokenSpan
from extract.components.grammar import dependency, sentence_before
from extract.components.references import PARTY_TYPES

_CONTEXT_SENTENCES = 2  # before the trigger's
_READ = 0.5  # probability from which on the reader proposes a party


@dataclass(slots=True)
class SideCandidate:
    """An entity, or a description, with the places that tie it and its features."""

    entity: int | None
    members: list[Side]
    features: set[str] = field(default_factory=set)

    @property
    def is_tied(self) -> bool:
        """Whether a construction ties it to a trigger, or the reader does."""
        return "untied" not in self.features or "read party>0.5" in self.features


def side_candidates(doc: Doc, group: list[Mention], finder: PartyFinder) -> list[SideCandidate]:
    """Return the candidates of a group, those in a construction first."""
    group = group[:MOST_TELLING]
    found: dict[str, SideCandidate] = {}
    for mention in group:
        for side in mention.sides:
            key = _key(doc, side)
            candidate = found.setdefault(key, SideCandidate(side.entity, []))
            candidate.members.append(side)
            candidate.features |= {f"how={side.how}", f"how={side.how},form={mention.form}"}
    tied = min(len(found), 3)
    _add_read(doc, group, finder, found)
    for number, spans in _context(doc, group, finder).items():
        candidate = found.setdefault(f"#{number}", SideCandidate(number, []))
        if not candidate.members:
            candidate.members = [Side(number, span, "context") for span in spans[:1]]
            candidate.features.add("untied")
    for candidate in found.values():
        candidate.features |= tell_part(group, "party", all_spans(candidate, finder))
    places, behind = _places(doc, group, finder), _bodies_in(group, finder)
    for candidate in found.values():
        candidate.features |= _features(doc, candidate, finder, tied, places, behind)
    return list(found.values())


def _add_read(
    doc: Doc, group: list[Mention], finder: PartyFinder, found: dict[str, SideCandidate]
) -> None:
    """Add what the reader takes for a party: descriptions, and names that nothing ties."""
    for span in read_spans(group, "party", above=_READ):
        inside = {finder.by_token[i][0] for i in range(*span) if i in finder.by_token}
        if any(i in finder.references for i in range(*span)) or len(inside) > 1:
            continue
        side = Side(next(iter(inside), None), span, "read")
        if side.entity is None and not _is_description(doc, span):
            continue
        candidate = found.setdefault(_key(doc, side), SideCandidate(side.entity, []))
        if not candidate.members:
            candidate.features.add("untied")
        candidate.members.append(side)


def _is_description(doc: Doc, span: TokenSpan) -> bool:
    return any(token.pos_ in {"NOUN", "PROPN"} for token in doc[span[0] : span[1]])


def all_spans(candidate: SideCandidate, finder: PartyFinder) -> list[TokenSpan]:
    """Return the places that tie a candidate, and the mentions of its entity."""
    spans = [side.span for side in candidate.members]
    return spans + (
        finder.entities[candidate.entity]["mentions"] if candidate.entity is not None else []
    )


def _key(doc: Doc, side: Side) -> str:
    if side.entity is not None:
        return f"#{side.entity}"
    return doc[side.span[0] : side.span[1]].text.casefold().removeprefix("the ")


def _context(doc: Doc, group: list[Mention], finder: PartyFinder) -> dict[int, list[TokenSpan]]:
    """Return the party-like entities near the triggers, in the headline, or prominent."""
    windows = [_window(doc, mention) for mention in group]
    windows += [(span.start, span.end) for span in doc.spans.get("headline", ())]
    near: dict[int, list[TokenSpan]] = {}
    for number, span in sorted({spot for window in windows for spot in finder.within(*window)}):
        if finder.entities[number]["type"] in PARTY_TYPES:
            near.setdefault(number, []).append(span)
    for number in finder.prominent[:2]:
        near.setdefault(number, finder.entities[number]["mentions"])
    return dict(sorted(near.items()))


def _window(doc: Doc, mention: Mention) -> TokenSpan:
    start, end = mention.sentence
    for _ in range(_CONTEXT_SENTENCES):
        start = sentence_before(doc, start)
    return start, end


def _features(
    doc: Doc,
    candidate: SideCandidate,
    finder: PartyFinder,
    tied: int,
    places: dict[int, set[str]],
    behind: set[int],
) -> set[str]:
    found = {"bias", f"tied={tied}"}
    if candidate.entity is None:
        noun = candidate.members[0].span[1] - 1
        return found | {"described", f"described,tag={doc[noun].tag_}"}
    entity = finder.entities[candidate.entity]
    kind = "country" if "iso3166" in entity["ids"] else entity["type"]
    found |= {f"type={kind}", f"mentions={min(len(entity['mentions']), 4)}"}
    if candidate.entity in behind:
        found.add("behind_person")
    if candidate.entity in finder.prominent:
        found.add(f"rank={min(finder.prominent.index(candidate.entity), 3)}")
    if "untied" in candidate.features:
        found |= places.get(candidate.entity, set())
        found |= {f"{name},untied,tied={tied}" for name in sorted(found) if name != "bias"}
    return found


def _places(doc: Doc, group: list[Mention], finder: PartyFinder) -> dict[int, set[str]]:
    """Say of each entity where it stands in relation to the triggers."""
    found: dict[int, set[str]] = {}
    for headline in doc.spans.get("headline", ()):
        for number, _ in finder.within(headline.start, headline.end):
            found.setdefault(number, set()).add("in_headline")
    for mention in group:
        first, last = mention.sentence
        for number, span in finder.within(_window(doc, mention)[0], last):
            here = found.setdefault(number, set())
            if span[0] < first:
                here.add("just_before")
            else:
                here |= {"in_sentence", "before" if span[0] < mention.head else "after"}
                here.add(f"dep={dependency(doc, span)}")
    return found


def _bodies_in(group: list[Mention], finder: PartyFinder) -> set[int]:
    """Return the bodies of the persons whom the triggers' sentences name."""
    return {
        finder.bodies[number][0]
        for mention in group
        for number, _ in finder.within(*mention.sentence)
        if number in finder.bodies
    }
