"""Party reasons: what spoke for and against each party, and for those that are none."""

from collections.abc import Iterator

from extract.components.agreements.fired import side_rules
from extract.components.agreements.hearing import Hearing
from extract.components.agreements.judging import probability
from extract.components.agreements.quotes import quote_sides
from extract.components.agreements.readings import read_part
from extract.components.agreements.sides import SideCandidate, all_spans
from extract.components.agreements.weighing import name_of, to_reasons, weigh
from extract.components.frames import PartyFrame, ReasonsFrame

_MOST_REFUSED = 2  # of those that are no party
_WORTH_TELLING = 0.05  # chance from which on one of them is told of


def of_parties(hearing: Hearing, parties: list[PartyFrame]) -> Iterator[ReasonsFrame]:
    """Yield the reasons of each party: those of the surest of the candidates that it joins."""
    for party in parties:
        tokens = {i for span in party["mentions"] for i in range(*span)}
        sides = (side for side, _ in hearing.parties if tokens & _tokens(hearing, side))
        surest = next(sides, None)
        if surest is not None:
            yield _weigh_side(hearing, surest, party["name"], _party_rules(hearing, tokens))


def _party_rules(hearing: Hearing, tokens: set[int]) -> list[str]:
    """Return the rules of all the candidates that a party, given by its tokens, joins."""
    joined = (side for side, _ in hearing.parties if tokens & _tokens(hearing, side))
    members = (member for side in joined for member in side.members)
    return sorted({rule for side in members for rule in side_rules(hearing.finder, side)})


def _tokens(hearing: Hearing, side: SideCandidate) -> set[int]:
    return {i for span in all_spans(side, hearing.finder) for i in range(*span)}


def of_refused_sides(hearing: Hearing) -> Iterator[ReasonsFrame]:
    """Yield the likeliest of those that are no party."""
    weights = hearing.judge.parties
    chosen = {id(side) for side, _ in hearing.parties}
    others = [side for side in hearing.sides if id(side) not in chosen]
    rated = sorted((-probability(weights, side.features), n) for n, side in enumerate(others))
    for negative, number in rated[:_MOST_REFUSED]:
        side = others[number]
        if -negative < _WORTH_TELLING:
            continue
        ties = sorted({rule for m in side.members for rule in side_rules(hearing.finder, m)})
        reasons = _weigh_side(hearing, side, name_of(hearing, side), ties)
        reasons["filled"] = False
        if -negative >= hearing.judge.party_threshold:
            reasons["note"] = "two surer parties are told already"
        yield reasons


def _weigh_side(hearing: Hearing, side: SideCandidate, name: str, ties: list[str]) -> ReasonsFrame:
    weights = hearing.judge.parties
    return to_reasons(
        "party",
        name,
        side.members[0].span,
        rules=ties,
        chance=probability(weights, side.features),
        needed=hearing.judge.party_threshold,
        weights=weigh(weights, side.features),
        quotes=quote_sides(hearing, side.members),
        readings=read_part(hearing.group, "party", all_spans(side, hearing.finder)),
    )
