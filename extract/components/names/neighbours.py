"""The words beside a name: whether they make it a piece of a longer one."""

from spacy.tokens import Doc, Token

from extract.components.names.spans import SMALL_WORDS, Name, NameIndex
from extract.components.offices import office_words
from extract.lexicons import load_bodies

_JOINS = frozenset({"-", "–", "—", "/"})
_OPENERS = frozenset([".", "!", "?", ":", "“", '"', "(", "—"])


def is_free(doc: Doc, name: Name, covered: NameIndex, styles: list[str]) -> bool:
    """Tell whether nothing is labelled there and the words are no part of a longer name."""
    if covered.touching(name):
        return False
    if styles[name.start] != "prose":
        return True
    return not (_carries_on(doc, name.end, covered) or _leads_in(doc, name.start, covered))


def _carries_on(doc: Doc, after: int, covered: NameIndex) -> bool:
    """Tell whether a longer name goes on from here: Hungarian `Grand Prix`, Fiji`-India Pact`."""
    while after + 1 < len(doc) and doc[after].text in _JOINS and doc[after + 1].text[0].isupper():
        after += 2
    return after < len(doc) and after not in covered and _is_part(doc[after])


def _leads_in(doc: Doc, start: int, covered: NameIndex) -> bool:
    """Tell whether a longer name leads here: `Air` France, `Order of` Australia."""
    before = start - 1
    while before >= 1 and doc[before].text in _JOINS:
        before -= 2
    if before >= 1 and doc[before].text in {"of", "on", "the"}:
        before -= 1 + (doc[before].text == "the" and doc[before - 1].text in {"of", "on"})
        if doc[before + 1].text == "the":
            return False
    return before >= 0 and before not in covered and _is_part(doc[before])


def _is_part(token: Token) -> bool:
    """Tell whether a neighbour looks like a word of a name, not of an office or a sentence."""
    return (
        token.is_alpha
        and token.text[0].isupper()
        and token.lower_ not in SMALL_WORDS
        and token.lower_ not in office_words()
        and token.text not in load_bodies().portfolios
        and not _opens_sentence(token)
    )


def _opens_sentence(token: Token) -> bool:
    before = token.nbor(-1) if token.i else None
    return before is None or before.is_space or before.text in _OPENERS
