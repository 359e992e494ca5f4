"""Names of organisations as a whole: `Ministry of Health and Sport of the Republic of Kenya`.

A body noun (Ministry, Agency, Bank) opens a name that its complements carry on and that a
country or a portfolio before it begins earlier. A tagger often cuts such a name at `of` or `and`.
A company's name is told by its last word: a legal form (`Orvio AG`), or a trade (`Lumora Energy`).
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extract.lexicons import load_bodies, load_countries
from extract.name_spans import (
    LABELS,
    SMALL_WORDS,
    Line,
    Name,
    NameIndex,
    line_styles,
    unnamed_tokens,
)
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
_TOLD = frozenset(
    [
        "said",
        "says",
        "announced",
        "agreed",
        "signed",
        "told",
        "acquired",
        "bought",
        "sold",
        "unveiled",
    ]
)
_LONGEST_COMPANY = 5  # words before the one that tells
_FORMS_OF_STATE = frozenset({"Republic", "Kingdom", "State", "Government", "Federation", "Union"})


def join_body_names(doc: Doc, names: Iterable[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of bodies put together, sorted."""
    names = list(names)
    frame = _Frame(doc, names, lines)
    index = NameIndex(names)
    for token in doc:
        if token.text in frame.nouns and token.i not in frame.known:
            whole = _whole_name(frame, token.i)
            if whole:
                _merge(doc, index, whole)
    return index.names()


class _Frame:
    """A document with what the search asks of each token."""

    def __init__(self, doc: Doc, names: list[Name], lines: list[Line]) -> None:
        bodies = load_bodies()
        self.doc = doc
        self.nouns, self.state_nouns = bodies.nouns, bodies.state_nouns
        self.portfolios = bodies.portfolios
        self.styles = line_styles(doc, lines)
        self.persons = {i for n in names if n.label == "PERSON" for i in range(n.start, n.end)}
        self.places = {n.start for n in names if n.label in {"GPE", "LOC"}}
        self.tagged = NameIndex(n for n in names if n.label == "ORG")
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
        cut = end
        while start < cut and self._is_office_word(cut - 1):
            cut -= 1
        return cut if cut > start else end

    def _is_office_word(self, i: int) -> bool:
        return self.doc[i].lower_ in office_words() and not self.is_portfolio(i)


def _is_capitalised(token: Token) -> bool:
    return token.text[0].isupper() and (token.is_alpha or "-" in token.text or "." in token.text)


def _whole_name(frame: _Frame, noun: int) -> Name | None:
    end = _end(frame, noun)
    start = _start(frame, noun, end > noun + 1)
    final = end > noun + 1 and end in frame.country_ends and frame.doc[end : end + 1].text in _AND
    touched = frame.tagged.touching(Name(start, end, "ORG"))
    for tagged in touched:
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
    tagged = frame.tagged.at(noun)
    premodified = tagged is not None and tagged.start < noun and tagged.end == end
    if premodified and _is_place(frame, end):
        return end
    while further := _complement(frame, end, link) or _conjunct(frame, end, link):
        link = frame.doc[end].text if frame.doc[end].text in _LINKS else link
        end = further
    return end


def _is_place(frame: _Frame, link: int) -> bool:
    """Tell whether a tagged place follows that is no country: where the body is, not its name."""
    return any(i in frame.places and i not in frame.countries for i in (link + 1, link + 2))


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


def _merge(doc: Doc, index: NameIndex, whole: Name) -> None:
    touched = index.touching(whole)
    if any(n.label not in LABELS for n in touched):
        return
    rests = [Name(whole.end + 1, n.end, n.label) for n in touched if n.end > whole.end + 1]
    rests = [n for n in rests if doc[whole.end].text in _AND and doc[n.start].is_title]
    for name in (whole, *rests):
        index.add(name)


def add_company_names(doc: Doc, names: Iterable[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of companies, sorted.

    In lines of capitalised words only a legal form tells, and only after one or two words.
    """
    names = list(names)
    frame = _Frame(doc, names, lines)
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    for token in doc:
        company = _company(frame, token.i) if token.i not in unnamed else None
        if company and _may_rename(doc, index, company):
            index.add(company)
    return index.names()


def _company(frame: _Frame, last: int) -> Name | None:
    """Return the company whose name this word ends, with the legal forms after it."""
    end = _after_legal_form(frame.doc, last)
    prose = frame.styles[last] == "prose"
    if end is None and (not prose or frame.doc[last].text not in load_bodies().company_words):
        return None
    start = _company_start(frame, last)
    joined = start > 0 and frame.doc[start - 1].text in {"-", "–", "&", "of", "for"}
    if start == last or joined:
        return None
    if end is None:
        return Name(start, last + 1, "ORG") if _is_trade_name(frame, start, last) else None
    while (further := _after_legal_form(frame.doc, end)) or (
        end + 1 < len(frame.doc)
        and frame.doc[end].text == ","
        and (further := _after_legal_form(frame.doc, end + 1))
    ):
        end = further
    known = load_countries().lookup(frame.doc[start:last].text)
    return Name(start, end, "ORG") if not known and (prose or last - start <= 2) else None


def _company_start(frame: _Frame, last: int) -> int:
    """Go left over capitalised words, and over `&` between two: `Hale & Brook Motors`."""
    start = last
    while start > 0 and last - start < _LONGEST_COMPANY:
        step = 2 if start > 1 and frame.doc[start - 1].text == "&" else 1
        if not _leads_to_company(frame, start - step):
            break
        start -= step
    return start


def _after_legal_form(doc: Doc, i: int) -> int | None:
    """Return the end of the legal form that begins here; `A/S` is three tokens."""
    for size in (3, 1):
        cut_off = i + size < len(doc) and doc[i + size].text == "-"
        if doc[i : i + size].text in load_bodies().suffixes and not cut_off:
            return min(i + size, len(doc))
    return None


def _leads_to_company(frame: _Frame, i: int) -> bool:
    token = frame.doc[i]
    if not _is_capitalised(token) or token.lower_ in _CALENDAR | SMALL_WORDS:
        return False
    opener = (i == 0 or frame.doc[i - 1].is_sent_start or _opens(frame.doc, i)) and token.is_stop
    return not opener and _after_legal_form(frame.doc, i) is None


def _opens(doc: Doc, i: int) -> bool:
    return i == 0 or doc[i - 1].is_space or doc[i - 1].text in {".", "!", "?", ":", '"', "“"}


def _is_trade_name(frame: _Frame, start: int, last: int) -> bool:
    """Tell whether words before a trade make a company: not `Solar Power`, `Two Systems`."""
    doc, bodies = frame.doc, load_bodies()
    ordinary = all(
        t.text in bodies.not_company | bodies.portfolios | bodies.nouns | bodies.company_words
        or t.lower_ in office_words()
        or t.like_num
        or (t.i in frame.countries and load_countries().lookup(t.text) is not None)
        for t in doc[start:last]
    )
    after = doc[last + 1] if last + 1 < len(doc) else None
    goes_on = after is not None and frame.is_word(after.i) and after.lower_ not in office_words()
    told = after is not None and after.lower_ in _TOLD
    return not (ordinary or goes_on or (_opens(doc, start) and not told))


def _may_rename(doc: Doc, index: NameIndex, company: Name) -> bool:
    """Tell whether the tagged names there are pieces of the company's, or the same words."""
    touched = index.touching(company)
    careful = doc[company.end - 1].text in load_bodies().careful_company_words
    free = {"ORG"} if careful else {"ORG", "PERSON", "GPE"}
    inside = all(company.start <= n.start and n.end <= company.end for n in touched)
    return inside and all(n.label in free for n in touched)
