"""Names of organisations as a whole: `Ministry of Health and Sport of the Republic of Kenya`.

A body noun (Ministry, Agency, Bank) opens a name that its complements carry on and that a
country or a portfolio before it begins earlier. A tagger often cuts such a name at `of` or `and`.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extract.lexicons import load_bodies, load_countries
from extract.name_spans import LABELS, Line, Name, line_styles, overlap
from extract.offices import office_words

_LINKS = frozenset({"of", "for", "on", "against"})
_AND = frozenset({"and", "&", ","})
_ARTICLES = frozenset({"the", "The"})
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_FORMS_OF_STATE = frozenset({"Republic", "Kingdom", "State", "Government", "Federation", "Union"})


def join_body_names(doc: Doc, names: Iterable[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of bodies put together, sorted."""
    names = list(names)
    frame = _Frame(doc, names, lines)
    for token in doc:
        if token.text in frame.nouns and token.i not in frame.known:
            whole = _whole_name(frame, token.i)
            names = _merge(doc, names, whole) if whole else names
    return sorted(names)


class _Frame:
    """A document with what the search asks of each token."""

    def __init__(self, doc: Doc, names: list[Name], lines: list[Line]) -> None:
        bodies = load_bodies()
        self.doc = doc
        self.nouns, self.state_nouns = bodies.nouns, bodies.state_nouns
        self.portfolios = bodies.portfolios
        self.styles = line_styles(doc, lines)
        self.persons = {i for n in names if n.label == "PERSON" for i in range(n.start, n.end)}
        self.places = [n for n in names if n.label in {"GPE", "LOC"}]
        self.tagged = [n for n in names if n.label == "ORG"]
        self.countries: dict[int, int] = {}
        self.country_ends: dict[int, int] = {}
        self.known = {
            t.i
            for found in bodies.find(doc.text)
            for t in doc.char_span(found.start, found.end) or ()
            if found.term.label == "ORG"
        }
        for found in load_countries().find(doc.text):
            if span := doc.char_span(found.start, found.end):
                self.countries[span.start] = span.end
                self.country_ends[span.end] = span.start

    def is_word(self, i: int) -> bool:
        """Whether a token may be a word of a name: capitalised, no person's, no day's."""
        if i >= len(self.doc) or i in self.persons:
            return False
        token = self.doc[i]
        if not _is_capitalised(token) or token.lower_ in _CALENDAR:
            return False
        return self.styles[i] == "prose" or self.is_portfolio(i) or token.text in self.nouns

    def is_portfolio(self, i: int) -> bool:
        return i < len(self.doc) and self.doc[i].text in self.portfolios

    def is_cut_off(self, start: int) -> bool:
        """Whether the word or hyphen before belongs to the name too, so that it is not whole."""
        before = self.doc[start - 1]
        opens = start == 1 or self.doc[start - 2].is_space or self.doc[start - 2].text == "."
        named = _is_capitalised(before) and self.styles[start] == "prose" and not opens
        return before.text in {"-", "–"} or (named and before.text not in _ARTICLES)

    def run(self, start: int) -> int:
        """Return the end of the capitalised words from here on; `start` where there are none."""
        if start in self.countries:
            return self.countries[start]
        end = start
        while self.is_word(end) and end not in self.countries:
            end += 1
        if start < end and self.doc[start].lower_ not in office_words():
            while self.doc[end - 1].lower_ in office_words() and not self.is_portfolio(end - 1):
                end -= 1
        return end


def _is_capitalised(token: Token) -> bool:
    return token.text[0].isupper() and (token.is_alpha or "-" in token.text or "." in token.text)


def _whole_name(frame: _Frame, noun: int) -> Name | None:
    end = _end(frame, noun)
    start = _start(frame, noun, end > noun + 1)
    final = end > noun + 1 and end in frame.country_ends and frame.doc[end : end + 1].text in _AND
    touched = False
    for tagged in frame.tagged:
        if tagged.start < end and start < tagged.end:
            touched = True
            start = min(start, tagged.start)
            end = end if final else max(end, tagged.end)
    if end - start < 2 or any(i in frame.persons for i in range(start, end)):
        return None
    cut_off = not touched and start > 0 and frame.is_cut_off(start)
    return None if cut_off else Name(start, end, "ORG")


def _start(frame: _Frame, noun: int, complete: bool) -> int:
    """Go left over portfolios (`Foreign` Ministry) to the country that a state body is of."""
    start = noun
    while start > 0 and frame.is_portfolio(start - 1) and frame.doc[noun].text != "Government":
        start -= 1
    if (complete or frame.doc[noun].text in frame.state_nouns) and start in frame.country_ends:
        return frame.country_ends[start]
    return start


def _end(frame: _Frame, noun: int) -> int:
    """Go right over complements: `of Trade`, `and Industry`, `of the Republic of Kenya`."""
    link, end = "", noun + 1
    premodified = any(n.start < noun and n.end == end for n in frame.tagged)
    if premodified and _is_place(frame, end):
        return end
    while further := _complement(frame, end, link) or _conjunct(frame, end, link):
        link = frame.doc[end].text if frame.doc[end].text in _LINKS else link
        end = further
    return end


def _is_place(frame: _Frame, link: int) -> bool:
    """Tell whether a tagged place follows that is no country: where the body is, not its name."""
    places = {n.start for n in frame.places}
    return any(i in places and i not in frame.countries for i in (link + 1, link + 2))


def _complement(frame: _Frame, link: int, last: str) -> int | None:
    """Go over one complement; `last` is the preposition of the one before, if any."""
    doc = frame.doc
    if link + 1 >= len(doc) or doc[link].text not in _LINKS:
        return None
    start = link + 1 + (doc[link + 1].text in _ARTICLES)
    end = frame.run(start)
    if end == start:
        return None
    words = {t.text for t in doc[start:end]}
    country = start in frame.countries
    if doc[link].text == "of":
        ours = last != "of" or country or bool(words & (_FORMS_OF_STATE | frame.nouns))
    else:
        ours = not (last or country) and bool(words & frame.portfolios or end - start > 1)
    return end if ours else None


def _conjunct(frame: _Frame, end: int, last: str) -> int | None:
    """Go over `and Scientific Research` or `, Labour`, where all words name a portfolio."""
    doc = frame.doc
    if not last or end + 1 >= len(doc) or doc[end].text not in _AND:
        return None
    start = end + 1
    if doc[end].text == "," and doc[start].text in {"and", "&"}:
        start += 1
    start += start < len(doc) and doc[start].text in _ARTICLES
    further = start
    while frame.is_portfolio(further) and frame.is_word(further):
        further += 1
    follows = further < len(doc) and _is_capitalised(doc[further])
    return None if further == start or follows else further


def _merge(doc: Doc, names: list[Name], whole: Name) -> list[Name]:
    touched = [n for n in names if overlap(n, whole)]
    if any(n.label not in LABELS for n in touched):
        return names
    rests = [Name(whole.end + 1, n.end, n.label) for n in touched if n.end > whole.end + 1]
    rests = [n for n in rests if doc[whole.end].text in _AND and doc[n.start].is_title]
    return [*(n for n in names if n not in touched), whole, *rests]
