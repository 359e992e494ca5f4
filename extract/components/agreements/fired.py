"""Fired: the ids of all rules that fired for any slot of an agreement, so that it can be audited.

Most stand in the files of `models/rules`; `party.<tie>` are the constructions that tie a party,
which `extract/vocabulary.py` lists.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.parties import PartyFinder
from extract.components.frames import TokenSpan


def find_fired(
    group: Iterable[Mention],
    finder: PartyFinder,
    *,
    sides: Iterable[Side],
    signatories: Iterable[int],
    date: int | None,
) -> list[str]:
    """Return the ids, each once, in alphabetical order; `signatories` are entities."""
    found = {rule for mention in group for rule in (*mention.rules, *mention.cues)}
    found |= {rule for side in sides for rule in side_rules(finder, side)}
    for number in signatories:
        found |= set(role_rules(finder.doc, finder.entities[number]["mentions"]))
    if date is not None:
        found.add(finder.doc._.dates[date]["rule"])
    return sorted(found)


def side_rules(finder: PartyFinder, side: Side) -> Iterator[str]:
    """Yield the construction that ties a side, and the rule by which `the two sides` is known."""
    yield f"party.{side.how}"
    reference = finder.references.get(side.span[1] - 1)
    if reference is not None and tuple(reference["span"]) == side.span:
        yield reference["rule"]


def role_rules(doc: Doc, mentions: list[TokenSpan]) -> list[str]:
    """Return the rules by which the offices of a person are known."""
    roles = doc._.roles or []
    return sorted({role["rule"] for role in roles if tuple(role["person"]) in mentions})
