"""Which country a body or a person belongs to, where the words beside the name say so.

    the Peruvian company [Zorvex]; Peru's [Zorvex]; Lima-based [Zorvex]         PE
    [Zorvex], based in Lima, Peru; [Zorvex], a Peruvian bank; [Zorvex] (Peru)   PE
    the foreign minister of Peru, [Ana Vula]; Peru's [Ministry of Ports]        PE

It is kept apart from `country`, which also makes a state and its ministries one side: a company is
no part of its state. A dateline says where the reporter is, a publisher whose voice it is, a chief
executive where the company is: none of them tells.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.components.frames import EntityFrame, TokenSpan
from extract.components.offices import body_nouns
from extract.lexicons import load_bodies, load_countries

_PLACES = frozenset({"GPE", "NORP"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_SEATED = frozenset({"based", "headquartered", "registered", "incorporated", "located"})
_ARTICLES = frozenset({"a", "an", "the", "one"})
_DESCRIPTION = 6  # tokens between a country and the noun that it describes


def learn_origins(doc: Doc, entities: list[EntityFrame]) -> None:
    """Set `origin` of the bodies and persons whose country is not known by their own name.

    Where two places name different countries, none is set.
    """
    page = _Page(doc, entities)
    for entity in entities:
        found: set[str] = set()
        if entity["country"] is None and entity["type"] in {"ORG", "FAC"}:
            known = load_bodies().lookup(entity["name"])
            spans = entity["mentions"] if known is None else []
            found = {code for span in spans for code in page.beside(*span)}
        _set(entity, found)
    for person, codes in page.countries_of_persons().items():
        _set(entities[person], codes)


def _set(entity: EntityFrame, codes: set[str]) -> None:
    states = {code.partition("-")[0] for code in codes}  # GB-SCT, a part of GB
    if len(states) == 1:
        entity["origin"] = states.pop()


class _Page:
    """A document with the entity that each token names."""

    def __init__(self, doc: Doc, entities: list[EntityFrame]) -> None:
        """Index the mentions by token."""
        self.doc = doc
        self.entities = entities
        self.nouns = body_nouns()
        self.entity_at = {
            i: number
            for number, entity in enumerate(entities)
            for span in entity["mentions"]
            for i in range(*span)
        }

    def country(self, i: int) -> str | None:
        """Return the country of the place or people that a token names."""
        if not 0 <= i < len(self.doc) or self.doc[i].ent_type_ not in _PLACES:
            return None
        number = self.entity_at.get(i)
        return self.entities[number]["country"] if number is not None else None

    def word(self, i: int) -> str:
        """Return a token in lower case, nothing outside of the text."""
        return self.doc[i].lower_ if 0 <= i < len(self.doc) else ""

    def beside(self, start: int, end: int) -> Iterator[str]:
        """Yield the countries that the words before and after a name give it."""
        for code in (self._before(start), self._after(end)):
            if code is not None:
                yield code

    def _before(self, start: int) -> str | None:
        """Read what leads to a name: `Peru's`, `Lima-based`, `the Peruvian state bank`."""
        i = start - 1
        if self.word(i) == "," and self.word(i - 1) in self.nouns:
            i -= 1
        described = self.word(i) in self.nouns
        if described:
            first = max(i - _DESCRIPTION, -1)
            while i > first and not self.doc[i].ent_type_ and self._describes(i):
                i -= 1
        if self.word(i) in _POSSESSIVE:
            return self.country(i - 1)
        if self.word(i) == "based" and self.word(i - 1) == "-":
            return self.country(i - 2)
        return self.country(i) if described and self.doc[i].ent_type_ == "NORP" else None

    def _describes(self, i: int) -> bool:
        """Tell whether a token may stand between a country and a noun that it describes."""
        token = self.doc[i]
        return (token.is_alpha and token.is_lower and not token.is_stop) or (
            token.text == "-" and self.word(i - 1) not in {"", "'s"}
        )

    def _after(self, end: int) -> str | None:
        """Read what follows a name: `(Peru)`, `of Peru`, `, based in Lima`, `, a Peruvian bank`."""
        if self.word(end) == "(":
            return self.country(end + 1) if self.word(self._end(end + 1)) == ")" else None
        if self.word(end) == "of":
            return self.country(end + 1 + (self.word(end + 1) == "the"))
        i = end + (self.word(end) == ",")
        if self.word(i) in {"which", "that"} and self.word(i + 1) == "is":
            i += 2
        if self.word(i) in _SEATED and self.word(i + 1) == "in":
            return self._seat(i + 2)
        return self._apposition(i) if i > end else None

    def _end(self, i: int) -> int:
        """Return the end of the name that covers a token."""
        while i + 1 < len(self.doc) and self.doc[i + 1].ent_iob_ == "I":
            i += 1
        return i + 1

    def _seat(self, i: int) -> str | None:
        """Return the country of the last of the places listed from here: `Lima, Peru`."""
        code = self.country(i)
        while self.word(i) and self.doc[i].ent_type_ == "GPE" and self.word(self._end(i)) == ",":
            i = self._end(i) + 1
            code = self.country(i) or code
        return code

    def _apposition(self, i: int) -> str | None:
        """Return the country of `a Peruvian mining company`, `Peru's largest bank`."""
        first = i
        if self.word(i) in _ARTICLES:
            i += 1
            while i - first < _DESCRIPTION and self.country(i) is None and self._describes(i):
                i += 1
        code = self.country(i)
        owner = code is not None and self.word(self._end(i)) in _POSSESSIVE
        if code is None or not (owner or (self.doc[i].ent_type_ == "NORP" and i > first)):
            return None
        i = self._end(i) + owner
        nouns = range(i, min(i + _DESCRIPTION, len(self.doc)))
        for noun in nouns:
            if self.word(noun) in self.nouns:
                return code
            if not self._describes(noun):
                break
        return None

    def countries_of_persons(self) -> dict[int, set[str]]:
        """Return the countries for which persons hold an office, of the state or of its bodies."""
        found: dict[int, set[str]] = {}
        for role in self.doc._.roles or []:
            number = self.entity_at.get(role["person"][0])
            code = self._state(role["body"]) if role["body"] else None
            if number is not None and code is not None:
                found.setdefault(number, set()).add(code)
        return found

    def _state(self, body: TokenSpan) -> str | None:
        """Return the country of a body, if it is one, an adjective of it or a body of its state."""
        codes = (self.country(i) for i in range(*body))
        if code := next(filter(None, codes), None):
            return code
        numbers = (self.entity_at.get(i) for i in range(*body))
        number = next((n for n in numbers if n is not None), None)
        if number is None or self.entities[number]["type"] != "ORG":
            return None
        entity = self.entities[number]
        words = set(entity["name"].split())
        known = load_bodies().lookup(entity["name"]) or load_countries().lookup(entity["name"])
        return entity["country"] if words & load_bodies().state_nouns or known else None
