"""Weighing: what a feature adds to a score, and the frame in which reasons are told."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from extract.components.agreements.hearing import Hearing
from extract.components.agreements.judging import Weights
from extract.components.agreements.sides import SideCandidate
from extract.components.frames import ReasonsFrame, TokenSpan


def weigh(weights: Weights, features: Iterable[str]) -> dict[str, float]:
    """Return what each feature adds to a score, in the order of their names; the bias aside."""
    return {
        name: weights[name]
        for name in sorted(set(features))
        if name != "bias" and weights.get(name, 0.0) != 0.0
    }


def to_reasons(
    slot: str,
    text: str,
    span: TokenSpan,
    *,
    filled: bool = True,
    rules: Iterable[str] = (),
    chance: float | None = None,
    needed: float | None = None,
    rival: str | None = None,
    weights: Mapping[str, float] = MappingProxyType({}),
    quotes: Mapping[str, str] = MappingProxyType({}),
    readings: Mapping[str, float] = MappingProxyType({}),
    note: str = "",
) -> ReasonsFrame:
    """Return the frame of what is known; the agreement is told later."""
    return ReasonsFrame(
        agreement=None,
        slot=slot,
        text=text,
        span=span,
        filled=filled,
        rules=list(rules),
        chance=chance,
        needed=needed,
        rival=rival,
        weights=dict(weights),
        quotes=dict(quotes),
        readings=dict(readings),
        note=note,
    )


def text_of(hearing: Hearing, span: TokenSpan) -> str:
    """Return the words of a span."""
    return hearing.doc[span[0] : span[1]].text


def name_of(hearing: Hearing, side: SideCandidate) -> str:
    """Return the name of a candidate, or the words that describe it."""
    if side.entity is None:
        return text_of(hearing, side.members[0].span)
    return hearing.finder.entities[side.entity]["name"]
