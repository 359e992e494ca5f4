"""Parties: whom the grammar of its sentence ties to a trigger.

Constructions, in order of trust: `between A and B`, `with B`, `signed by A and B`, subject of the
verb above the trigger, modifiers (`the Kenyan-Ugandan accord`, `Peru's deal`). Mediators, hosts
and witnesses stand in other phrases (`brokered by`, `in`, `in the presence of`) and stay out.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.quotations import find_quotations
from extract.components.frames import EntityFrame, TokenSpan
from extract.components.grammar import (
    adposition,
    clause_subjects,
    conjuncts,
    governing_verb,
    governor,
    is_passive,
    noun_phrase,
    prepositions,
    relation,
    subjects,
)
from extract.components.references import PARTY_TYPES, EntityIndex, last_pair
from extract.rules import read_word_class

_ON_NOUN = {"between", "with", "among", "by", "amongst", "from"}
_ON_VERB = {"with", "between", "by", "among", "amongst", "alongside"}
_LONGEST_DESCRIPTION = 6  # tokens
_PARTNERS = {"with", "between", "among"}
_SHARED = {"reference.two_sides", "reference.several_sides"}


def _words(name: str) -> frozenset[str]:
    return read_word_class("details", name)


class PartyFinder:
    """Answers, for one Doc, which entities a noun phrase stands for."""

    def __init__(self, doc: Doc) -> None:
        """Index the entities, references and roles of the Doc by token."""
        self.doc = doc
        self.entities: list[EntityFrame] = doc._.entities or []
        self.by_token: dict[int, tuple[int, TokenSpan]] = {
            i: (number, span)
            for number, entity in enumerate(self.entities)
            for span in entity["mentions"]
            for i in range(*span)
        }
        self.references = {
            reference["span"][1] - 1: reference for reference in doc._.references or []
        }
        self._spots = sorted(
            (span, number)
            for number, entity in enumerate(self.entities)
            for span in entity["mentions"]
        )

    def within(self, start: int, end: int) -> list[tuple[int, TokenSpan]]:
        """Return (entity, mention) of the mentions that start in [start, end), in text order."""
        first = bisect_left(self._spots, start, key=lambda spot: spot[0][0])
        last = bisect_left(self._spots, end, key=lambda spot: spot[0][0])
        return [(number, span) for span, number in self._spots[first:last]]

    @cached_property
    def _index(self) -> EntityIndex:
        return EntityIndex(self.doc, self.entities)

    @cached_property
    def bodies(self) -> dict[int, tuple[int, TokenSpan]]:
        """The organisation or country behind each person: (entity, the place that tells it)."""
        return person_bodies(self.doc, self)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The quoted stretches of the text, as character offsets."""
        return find_quotations(self.doc.text)

    @cached_property
    def prominent(self) -> list[int]:
        """The countries by number of mentions, ties in text order."""
        nations = [n for n, entity in enumerate(self.entities) if "iso3166" in entity["ids"]]
        return sorted(nations, key=lambda n: -len(self.entities[n]["mentions"]))

    def find(self, mention: Mention) -> None:
        """Fill in the sides and the people of a mention."""
        for how, tokens in self._constructions(mention):
            for token in tokens:
                self._add(mention, token, how)
        if mention.form != "verb":
            self._add_from_surface(mention)
        if not mention.sides:
            self._add_from_opening(mention)
        self._complete_coordination(mention)

    def _constructions(self, mention: Mention) -> Iterator[tuple[str, list[Token]]]:
        head = self.doc[mention.head]
        if mention.form == "verb":
            yield from self._around_verb(head)
            return
        yield (
            "modifier",
            [t for t in head.lefts if relation(t) in {"amod", "compound", "nmod", "poss"}],
        )
        yield "modifier", [t for t in self.doc[mention.start : mention.end] if t.i in self.by_token]
        for noun in _noun_chain(head):
            for preposition, complement in prepositions(noun):
                if preposition in _ON_NOUN:
                    yield preposition, conjuncts(complement)
            for child in noun.rights:
                if relation(child) in {"acl", "relcl"}:
                    yield from self._around_participle(child)
        verb = governing_verb(head)
        if verb is not None and not _is_adjunct(head):
            yield from self._around_verb(verb, noun=head)

    def _around_verb(
        self, verb: Token, *, noun: Token | None = None
    ) -> Iterator[tuple[str, list[Token]]]:
        if noun is not None and verb.lemma_.lower() in _words("brokering") | _words("speaking"):
            return
        above = [verb]
        while relation(above[-1]) in {"xcomp", "advcl"} and governor(above[-1]).pos_ == "VERB":
            above.append(governor(above[-1]))
        if not (noun is not None and is_passive(verb)):
            yield (
                "subject",
                [t for t in clause_subjects(verb) if noun is None or not _above(t, noun)],
            )
        for member in above:
            for preposition, complement in prepositions(member):
                if preposition in _ON_VERB:
                    yield preposition, conjuncts(complement)

    def _around_participle(self, verb: Token) -> Iterator[tuple[str, list[Token]]]:
        if verb.lemma_.lower() in _words("brokering"):
            return
        yield "subject", [t for t in subjects(verb) if t.lower_ not in {"that", "which", "who"}]
        for preposition, complement in prepositions(verb):
            if preposition in _ON_VERB:
                yield preposition, conjuncts(complement)

    def _add(self, mention: Mention, token: Token, how: str) -> None:
        for side in self._sides_of(mention, token, how):
            if side.entity is not None and self.entities[side.entity]["type"] == "PERSON":
                mention.people.append(side.span)
                continue
            if all(side.span != other.span for other in mention.sides):
                mention.sides.append(side)

    def _sides_of(self, mention: Mention, token: Token, how: str) -> list[Side]:
        """Return what a noun stands for: its entity, its antecedents, or the names inside it."""
        if token.i in self.by_token:
            number, span = self.by_token[token.i]
            if self.entities[number]["type"] in PARTY_TYPES | {"PERSON"}:
                return [Side(number, span, how)]
            return []
        if token.i in self.references:
            reference = self.references[token.i]
            mention.shared |= reference["rule"] in _SHARED
            return [Side(number, reference["span"], how) for number in reference["entities"]]
        if token.pos_ == "PRON":
            return self._pronoun_sides(token, how)
        inside = self._names_inside(token)
        if inside:
            named = [Side(number, span, how) for number, span in inside]
            return [*named, *self._description(token, named, how)]
        plural = token.tag_ in {"NNS", "NNPS"} and how in _PARTNERS
        if how != "modifier" and (plural or token.lower_ in _words("groups")):
            return [Side(None, noun_phrase(token), how)]
        return []

    def _description(self, token: Token, named: list[Side], how: str) -> list[Side]:
        """Return `city of Turin` beside `Turin`: what describes one party is a mention of it."""
        start, end = noun_phrase(token)
        while start < end and self.doc[start].pos_ == "DET":
            start += 1
        [*numbers] = {side.entity for side in named}
        if len(numbers) > 1 or end - start > _LONGEST_DESCRIPTION:
            return []
        if numbers[0] is None or self.entities[numbers[0]]["type"] == "PERSON":
            return []
        return [Side(numbers[0], (start, end), how)]

    def _pronoun_sides(self, token: Token, how: str) -> list[Side]:
        if token.lower_ in _words("we"):
            return [Side(n, (token.i, token.i + 1), how) for n in self._index.home]
        if token.lower_ == "they":
            last = last_pair(self._index, token.i)
            return [Side(n, (token.i, token.i + 1), how) for n in last]
        if token.lower_ == "it":
            earlier = self._index.before(token.i, sentences=1)
            return [Side(earlier[0][1], (token.i, token.i + 1), how)] if earlier else []
        return []

    def _names_inside(self, token: Token) -> list[tuple[int, TokenSpan]]:
        """Return the names in front of a noun or behind its `of`: `officials of Peru`."""
        nouns = [
            t for t in token.lefts if relation(t) in {"amod", "compound", "nmod", "poss", "flat"}
        ]
        nouns += [m for p, c in prepositions(token) if p == "of" for m in conjuncts(c)]
        nouns += [t for t in token.rights if relation(t) in {"flat", "appos"}]
        found = []
        for noun in nouns:
            for member in conjuncts(noun):
                if member.i in self.by_token:
                    number, span = self.by_token[member.i]
                    if self.entities[number]["type"] in PARTY_TYPES | {"PERSON"}:
                        found.append((number, span))
        return found

    def _add_from_surface(self, mention: Mention) -> None:
        """Read `between A and B` and `with B` off the words, where the tree went astray."""
        limit = mention.sentence[1]
        for index in range(mention.end, min(mention.end + 12, limit)):
            word = self.doc[index].lower_
            if word in {"between", "with", "among"}:
                for number, span in self._names_from(index + 1, limit, several=word != "with"):
                    if all(side.span != span for side in mention.sides):
                        mention.sides.append(Side(number, span, word))
                return
            if word in {",", ";", "that", "which", "who"}:
                return

    def _add_from_opening(self, mention: Mention) -> None:
        """Read the names that open a sentence: `Chad, Peru conclude pact`, which trees mistake."""
        start = mention.sentence[0]
        while start < mention.head and (
            self.doc[start].is_space or self.doc[start].lower_ == "the"
        ):
            start += 1
        if start in self.by_token and start < mention.head:
            for number, span in self._names_from(start, mention.head, several=True):
                mention.sides.append(Side(number, span, "subject"))

    def _complete_coordination(self, mention: Mention) -> None:
        """Add `X of P and` before a subject, where the tree gave the verb only the last name."""
        for side in [side for side in mention.sides if side.how == "subject"]:
            index, joined = side.span[0] - 1, False
            while index >= mention.sentence[0] and side.span[0] - index <= 6:
                token = self.doc[index]
                if joined and index in self.by_token:
                    number, span = self.by_token[index]
                    known = any(span == other.span for other in mention.sides)
                    if self.entities[number]["type"] in PARTY_TYPES and not known:
                        mention.sides.append(Side(number, span, "subject"))
                    break
                if token.lower_ in {"and", "&"}:
                    joined = True
                elif token.pos_ not in {"DET", "ADJ", "NOUN"}:
                    break
                index -= 1

    def _names_from(
        self, start: int, limit: int, *, several: bool
    ) -> Iterator[tuple[int, TokenSpan]]:
        index, gap = start, 0
        while index < limit and gap <= 5:
            if index in self.by_token:
                number, span = self.by_token[index]
                if self.entities[number]["type"] in PARTY_TYPES:
                    yield number, span
                    gap = 0
                    following = self.doc[span[1]].lower_ if span[1] < limit else "."
                    if following not in {"and", ","} and not (
                        several and following in {"'s", "’s"}
                    ):
                        return
                index = span[1]
            elif self.doc[index].pos_ in {"VERB", "AUX"} or self.doc[index].lower_ in {
                ".",
                ";",
                "to",
            }:
                return
            else:
                index, gap = index + 1, gap + 1


def _is_adjunct(noun: Token) -> bool:
    """Tell whether a trigger only sets the scene: `under the treaty, ferries may sail`."""
    return adposition(noun) in _words("scene")


def _noun_chain(head: Token) -> list[Token]:
    """Return the noun and the light nouns above it: `signing of`, `a series of`."""
    chain = [head]
    while relation(chain[-1]) in {"nmod", "conj"} and len(chain) < 4:
        above = governor(chain[-1])
        if above.pos_ not in {"NOUN", "PROPN", "ADP"} or above.ent_type_:
            break
        chain.append(above)
    return chain


def _above(token: Token, noun: Token) -> bool:
    return token == noun or (token.is_ancestor(noun) and not token.ent_type_)


def find_parties(finder: PartyFinder, mentions: Iterable[Mention]) -> None:
    """Fill in the sides of each mention; the body behind a person is one of them.

    `Foreign Minister X of Y` acts for Y; a person behind whom nothing stands is a side only
    where there is no other.
    """
    for mention in mentions:
        finder.find(mention)
        for person in mention.people:
            number = finder.by_token[person[0]][0]
            body = finder.bodies.get(number)
            if body is not None and all(side.entity != body[0] for side in mention.sides):
                mention.sides.append(Side(body[0], body[1], "person"))


def person_bodies(doc: Doc, finder: PartyFinder) -> dict[int, tuple[int, TokenSpan]]:
    """Map a person (entity number) to the organisation or country of their first role with one."""
    found: dict[int, tuple[int, TokenSpan]] = {}
    for role in doc._.roles or []:
        body = role["body"]
        person = finder.by_token.get(role["person"][0])
        if body is None or person is None:
            continue
        for index in range(*body):
            if index in finder.by_token:
                found.setdefault(person[0], finder.by_token[index])
                break
            if index in finder.references and finder.references[index]["entities"]:
                reference = finder.references[index]
                found.setdefault(person[0], (reference["entities"][0], reference["span"]))
                break
    return found
