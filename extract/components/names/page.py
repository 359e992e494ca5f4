"""A document as the search for names of bodies and companies sees it."""

from spacy.tokens import Doc, Token

from extract.components.names.lines import Line, line_styles
from extract.components.names.spans import Name, NameIndex
from extract.components.offices import office_words
from extract.lexicons import load_bodies, load_countries

ARTICLES = frozenset({"the", "The"})
CALENDAR = frozenset(
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


class Page:
    """A document with what the search asks of each token."""

    def __init__(self, doc: Doc, names: list[Name], lines: list[Line]) -> None:
        """Look up what the lexicons know in it; `names` are those found so far."""
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
            if found.term.label == "ORG" and found.term.way != "state"
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
        if not is_capitalised(token) or token.lower_ in CALENDAR:
            return False
        return self.styles[i] == "prose" or self.is_portfolio(i) or token.text in self.nouns

    def is_portfolio(self, i: int) -> bool:
        """Whether a token is a word of a portfolio: `Trade`."""
        return i < len(self.doc) and self.doc[i].text in self.portfolios

    def is_cut_off(self, start: int) -> bool:
        """Whether the word or hyphen before belongs to the name too, so that it is not whole."""
        before = self.doc[start - 1]
        opens = start == 1 or self.doc[start - 2].is_space or self.doc[start - 2].text == "."
        named = is_capitalised(before) and self.styles[start] == "prose" and not opens
        return before.text in {"-", "–"} or (named and before.text not in ARTICLES)

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


def is_capitalised(token: Token) -> bool:
    """Tell whether a token is a word that begins with a capital."""
    return token.text[0].isupper() and (token.is_alpha or "-" in token.text or "." in token.text)
