"""The words beside a name: whether they make it a piece of a longer one."""

from spacy.tokens import Doc, Token

from extract.components.names.page import CALENDAR
from extract.components.names.spans import SMALL_WORDS, Name, NameIndex
from extract.components.offices import office_words
from extract.lexicons import load_bodies, load_countries

_SPOKEN_AFTER = frozenset(
    ["in", "into", "speak", "speaks", "spoke", "speaking", "fluent", "broken"]
)
_JOINS = frozenset({"-", "–", "—", "/"})
_FARTHEST = 24  # tokens that are looked at on each side: time stays linear in the text
_OPENERS = frozenset([".", "!", "?", ":", "“", '"', "(", "—"])


def is_free(doc: Doc, name: Name, covered: NameIndex, styles: list[str]) -> bool:
    """Tell whether nothing is labelled there and the words are no part of a longer name."""
    if covered.touching(name):
        return False
    if styles[name.start] != "prose":
        return True
    return not (carries_on(doc, name.end, covered) or _leads_in(doc, name.start, covered))


def carries_on(doc: Doc, after: int, covered: NameIndex) -> bool:
    """Tell whether a longer name goes on from here: Hungarian `Grand Prix`, Fiji`-India Pact`.

    An office alone makes no name: the Kenya `Trade Minister`, but the Kenya `Trade Summit`.
    """
    last = min(len(doc), after + _FARTHEST)
    while after + 1 < last and doc[after].text in _JOINS and doc[after + 1].text[0].isupper():
        after += 2
    if after + 1 < len(doc) and doc[after].lower_ in {"with", "for"}:
        return after + 1 not in covered and _is_part(doc[after + 1])  # Fijians for Tax Reform
    while after < last and after not in covered and _may_be_office(doc[after]):
        after += 1
    return after < len(doc) and after not in covered and _is_part(doc[after])


def _may_be_office(token: Token) -> bool:
    word = token.text in load_bodies().portfolios or token.lower_ in office_words()
    return word and token.text[0].isupper()


def stands_for_another(doc: Doc, name: Name) -> bool:
    """Tell whether a country's or people's name is a currency's, a language's or a war's here.

    `US $5`, `Hong Kong dollars`, the `Welsh` language, in `English`.
    """
    after = name.end + (name.end + 1 < len(doc) and doc[name.end].text in _JOINS)
    if after < len(doc) and doc[after].lower_ in load_countries().taken_by:
        return True
    bare = name.end == len(doc) or not doc[name.end].is_alpha or doc[name.end].is_stop
    spoken = name.start > 0 and doc[name.start - 1].lower_ in _SPOKEN_AFTER
    return name.label == "NORP" and spoken and bare and not doc[name.end - 1].text.endswith("s")


def _leads_in(doc: Doc, start: int, covered: NameIndex) -> bool:
    """Tell whether a longer name leads here: `Air` France, `Order of` Australia, `War in` Iraq."""
    before = start - 1
    while before >= max(1, start - _FARTHEST) and doc[before].text in _JOINS:
        before -= 2
    if before >= 1 and doc[before].text in {"of", "on", "in", "the"}:
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
        and token.lower_ not in CALENDAR
        and token.lower_ not in office_words()
        and not _opens_sentence(token)
    )


def _opens_sentence(token: Token) -> bool:
    before = token.nbor(-1) if token.i else None
    return before is None or before.is_space or before.text in _OPENERS
