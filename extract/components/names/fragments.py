"""Names that the tagger cut in the middle, and names of two bodies that it took for one.

[District of] [Zimbor]                        District of Zimbor
[Ana "Bo"] " [Vula]                           Ana "Bo" Vula
[University of Zimbor's River Institute]      University of Zimbor, River Institute
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extract.components.names.spans import LABELS, Name
from extract.components.offices import office_words
from extract.lexicons import load_bodies

_OPEN_ENDS = frozenset(["of", "for", "in", "on", "to", "against", "the", "&"])
_QUOTES = frozenset("\"'“”‘’")
_POSSESSIVE = frozenset({"'s", "’s"})
_NICKNAME = 3  # tokens, without its quotes
_LONGEST = 40  # tokens of an owner's name; only dumps have longer ones


def join_fragments(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Join a name that ends in a preposition with the one that follows; a nickname with its person.

    The first piece says what it is a name of, unless that piece is an article alone.
    """
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if before and _goes_on(doc, before, name):
            label = name.label if before.end - before.start == 1 else before.label
            joined[-1] = Name(before.start, name.end, label)
        elif before and _holds_nickname(doc, before, name):
            joined[-1] = Name(before.start, name.end, "PERSON")
        else:
            joined.append(name)
    return joined


def _goes_on(doc: Doc, before: Name, name: Name) -> bool:
    ours = before.label in LABELS and name.label in LABELS and before.end == name.start
    return ours and doc[before.end - 1].lower_ in _OPEN_ENDS


def _holds_nickname(doc: Doc, before: Name, name: Name) -> bool:
    """Tell whether what lies between two pieces of a person's name is a nickname or its quote."""
    if not before.label == name.label == "PERSON":
        return False
    between = [t.text for t in doc[before.end : name.start]]
    inside = sum(t.text in _QUOTES for t in doc[before.start : before.end])
    if inside == 1:
        return len(between) == 1 and between[0] in _QUOTES
    quoted = 2 < len(between) <= _NICKNAME + 2 and {between[0], between[-1]} <= _QUOTES
    return quoted and all(word[0].isupper() for word in between[1:-1])


def split_owners(doc: Doc, names: Iterable[Name]) -> list[Name]:
    """Make two names of a body and the body that it owns: `Zimbor Ministry's Office of Rivers`.

    The `People's Army` and the `Prosecutor's Office` are one.
    """
    pieces: list[Name] = []
    for name in names:
        last = min(name.end - 2, name.start + _LONGEST)
        marks = range(name.start + 1, last) if name.label == "ORG" else ()
        cut = next((i for i in marks if _owns(doc, name.start, i)), None)
        if cut is None:
            pieces.append(name)
        else:
            pieces += [Name(name.start, cut, "ORG"), Name(cut + 1, name.end, "ORG")]
    return pieces


def _owns(doc: Doc, start: int, mark: int) -> bool:
    if doc[mark].text not in _POSSESSIVE or doc[mark - 1].lower_ in office_words():
        return False
    owner = doc[start:mark]
    named = any(t.text in load_bodies().nouns for t in owner) or _is_acronym(owner[0])
    return (named or load_bodies().lookup(owner.text) is not None) and doc[mark + 1].is_title


def _is_acronym(token: Token) -> bool:
    return token.is_upper and len(token) > 2
