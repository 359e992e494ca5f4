"""Which field of a given object holds what: collections name them as they please."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from extract.errors import InputError


@dataclass(frozen=True, slots=True)
class FieldMap:
    """For each thing known of a document, the name of the field that holds it in the source."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    url: str = "url"
    source: str = "source"


def parse_field_map(pairs: Iterable[str]) -> FieldMap:
    """Return the map that pairs such as `text=body` describe; `InputError` on any other form."""
    known = [field.name for field in fields(FieldMap)]
    names: dict[str, str] = {}
    for pair in pairs:
        ours, _, theirs = (part.strip() for part in pair.partition("="))
        if not theirs:
            raise InputError(f"field {pair!r}: write it as NAME=FIELD, such as text=body")
        if ours not in known:
            raise InputError(f"field {pair!r}: {ours!r} is unknown; take one of {', '.join(known)}")
        if ours in names:
            raise InputError(f"field {pair!r}: {ours} is already {names[ours]!r}; give it once")
        names[ours] = theirs
    return FieldMap(**names)
