"""References: whom `the two sides` stands for, and what a description says of a name.

Entities (doc._.entities) are made first. Descriptions are resolved to them only where
one reading is plain; in doubt they stay unresolved (doc._.references).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.entities import OFFICES, cluster_entities
from extract.components.frames import EntityFrame, ReferenceFrame, TokenSpan
from extract.components.grammar import sentence_before
from extract.components.origins import learn_origins
from extract.lexicons import Countries, load_countries
from extract.rules import Match, RuleSet, load_rules

PARTY_TYPES = frozenset({"ORG", "GPE", "NORP"})
_LOOK_BACK = 3  # sentences: how far an antecedent may lie


def resolve_references(
    doc: Doc, entities: list[EntityFrame], matches: Iterable[Match]
) -> list[ReferenceFrame]:
    """Return the descriptions of a Doc with the entities they stand for.

    `The two sides` is kept even without antecedents in the text: the agreement told just before
    has them.
    """
    index = EntityIndex(doc, entities)
    frames: list[ReferenceFrame] = []
    taken = -1
    for match in matches:
        named = doc[match.end - 1].ent_type_ in PARTY_TYPES or _names_itself(doc, match.end)
        if match.start < taken or named:
            continue
        found = _antecedents(index, match)
        if found or match.rule.sets["refers"] in {"pair", "group"}:
            frames.append(
                ReferenceFrame(span=(match.start, match.end), entities=found, rule=match.rule.id)
            )
            taken = match.end
    return frames


def _names_itself(doc: Doc, end: int) -> bool:
    """Tell whether a name follows at once: `the Slovak firm` Dunajgas."""
    return end < len(doc) and doc[end].ent_iob_ == "B" and doc[end].ent_type_ in PARTY_TYPES


class EntityIndex:
    """The entities of a Doc by token, so that time stays linear in the text."""

    def __init__(self, doc: Doc, entities: list[EntityFrame]) -> None:
        """Index the mentions."""
        self.doc = doc
        self.entities = entities
        self._spots = sorted(
            (span, number) for number, entity in enumerate(entities) for span in entity["mentions"]
        )
        self._starts = [start for (start, _), _ in self._spots]

    @cached_property
    def home(self) -> list[int]:
        """The country whose voice the text is."""
        return home_country(self.entities)

    def country_at(self, token: int) -> str | None:
        """Return the country of the entity that a token names."""
        later = bisect_right(self._starts, token)
        if later == 0:
            return None
        (_, end), number = self._spots[later - 1]
        return self.entities[number]["country"] if token < end else None

    def before(self, token: int, *, sentences: int = _LOOK_BACK) -> list[tuple[TokenSpan, int]]:
        """Return (mention, entity) of party-like entities before a token, nearest last."""
        start = self.doc[token].sent.start
        for _ in range(sentences):
            start = sentence_before(self.doc, start)
        first, later = bisect_left(self._starts, start), bisect_right(self._starts, token)
        return [
            (span, number)
            for span, number in self._spots[first:later]
            if self.entities[number]["type"] in PARTY_TYPES and span[1] <= token
        ]


def _antecedents(index: EntityIndex, match: Match) -> list[int]:
    earlier, entities = index.before(match.start), index.entities
    match match.rule.sets["refers"]:
        case "pair":
            return last_pair(index, match.start)
        case "group":
            return _last_sides(index.doc, entities, earlier, limit=12)
        case "country":
            return [i for _, i in earlier if "iso3166" in entities[i]["ids"]][-1:]
        case "home":
            return index.home
        case _:
            return _last_fitting(index, earlier, match)


def last_pair(index: EntityIndex, token: int) -> list[int]:
    """Return the two sides spoken of last before a token.

    Where only one is named, the other is the country whose voice the text is: `the Secretary met
    the Algerian minister. They agreed ...`.
    """
    earlier, entities = index.before(token), index.entities
    found = _last_sides(index.doc, entities, earlier, limit=2)
    if found:
        return found
    home = index.home
    others = [n for _, n in earlier if "iso3166" in entities[n]["ids"] and n not in home]
    return home + others[-1:] if home and others else []


def _last_sides(
    doc: Doc, entities: list[EntityFrame], earlier: list[tuple[TokenSpan, int]], *, limit: int
) -> list[int]:
    """Return the distinct entities of the nearest sentence that names at least two of them."""
    by_sentence: dict[int, list[int]] = {}
    for (start, _), number in earlier:
        numbers = by_sentence.setdefault(doc[start].sent.start, [])
        if number not in numbers and not _same_side(entities, number, numbers):
            numbers.append(number)
    for start in sorted(by_sentence, reverse=True):
        if len(by_sentence[start]) >= 2:
            return by_sentence[start][:limit]
    return []


def _same_side(entities: list[EntityFrame], number: int, others: list[int]) -> bool:
    country = entities[number]["country"]
    return country is not None and any(entities[o]["country"] == country for o in others)


def _last_fitting(
    index: EntityIndex, earlier: list[tuple[TokenSpan, int]], match: Match
) -> list[int]:
    noun, entities = index.doc[match.end - 1].lower_, index.entities
    organisations = [number for _, number in earlier if entities[number]["type"] == "ORG"]
    match match.rule.sets["fits"]:
        case "office":
            fitting = [n for n in organisations if noun in entities[n]["name"].lower()]
        case "national":
            country = index.country_at(match.start)
            fitting = [n for n in organisations if entities[n]["country"] in {None, country}]
        case _:
            fitting = [n for n in organisations if not _is_office(entities[n])]
    return fitting[-1:]


def _is_office(entity: EntityFrame) -> bool:
    return any(word in entity["name"].lower() for word in OFFICES)


def home_country(entities: list[EntityFrame]) -> list[int]:
    """Return the country spoken of most, ties to the first: whose voice the text is."""
    nations = [n for n, entity in enumerate(entities) if "iso3166" in entity["ids"]]
    return sorted(nations, key=lambda n: -len(entities[n]["mentions"]))[:1]


def side_key(number: int, entities: list[EntityFrame]) -> str:
    """Return what makes two entities one side: the country of a state body, else the entity."""
    return entities[number]["country"] or f"#{number}"


def learn_countries(
    doc: Doc, entities: list[EntityFrame], references: list[ReferenceFrame]
) -> None:
    """Give an organisation the country by which the text describes it.

    `Norsk Havn. ..., head of the Norwegian state company` says where Norsk Havn belongs.
    """
    index = EntityIndex(doc, entities)
    for reference in references:
        if reference["rule"] == "reference.national_body":
            entity = entities[reference["entities"][0]]
            entity["country"] = entity["country"] or index.country_at(reference["span"][0])


class References:
    """Sets doc._.entities and doc._.references."""

    def __init__(self, rules: RuleSet, countries: Countries) -> None:
        """Keep the compiled rules and the lexicon of countries."""
        self.rules = rules
        self.countries = countries

    def __call__(self, doc: Doc) -> Doc:
        """Cluster the names, then resolve the descriptions."""
        entities = cluster_entities(doc, self.countries)
        references = resolve_references(doc, entities, self.rules.find(doc))
        learn_countries(doc, entities, references)
        learn_origins(doc, entities)
        doc._.entities, doc._.references = entities, references
        return doc


@Language.factory(
    "pactwire_references",
    assigns=["doc._.entities", "doc._.references"],
    requires=["doc.ents"],
    default_config={"rules": "references"},
)
def make_references(nlp: Language, name: str, rules: str) -> References:
    """Return the component; `rules` names the rule file."""
    return References(load_rules(rules, nlp.vocab), load_countries())
