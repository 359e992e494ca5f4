"""The place of an agreement with the country in which it lies, where names or text tell it."""

from extract.components.agreements.parties import PartyFinder
from extract.components.frames import NormalFrame, TokenSpan
from extract.lexicons import load_countries

_CLOSING = frozenset({",", ".", ";", ")", "(", "–", "—"})


def to_place(span: TokenSpan | None, finder: PartyFinder) -> NormalFrame | None:
    """Return a place with its country: `KE` of Nairobi, `AU` of South Australia."""
    if span is None:
        return None
    found = (_country_at(index, finder) for index in range(*span))
    code = next((code for code in found if code), None) or _country_behind(span[1], finder)
    return NormalFrame(span=span, normal=_to_alpha2(code))


def _country_at(index: int, finder: PartyFinder) -> str | None:
    if index not in finder.by_token:
        return None
    entity = finder.entities[finder.by_token[index][0]]
    return entity["country"] or entity.get("origin")


def _country_behind(end: int, finder: PartyFinder) -> str | None:
    """Return the country named after a comma: `in Valparaiso, Chile.`; not `, Chile signed`."""
    doc = finder.doc
    if end + 1 >= len(doc) or doc[end].text != "," or end + 1 not in finder.by_token:
        return None
    number, (_, last) = finder.by_token[end + 1]
    entity = finder.entities[number]
    closed = last >= len(doc) or doc[last].text in _CLOSING
    return entity["country"] if closed and "iso3166" in entity["ids"] else None


def _to_alpha2(code: str | None) -> str | None:
    """Return the state of a part of one (`AU-SA`); a territory with a code of its own keeps it."""
    if code is None or "-" not in code:
        return code
    return load_countries().part_of.get(code) or code.partition("-")[0]
