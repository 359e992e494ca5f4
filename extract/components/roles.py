"""Which office a person holds, and of what body: `Fiji's foreign minister, Ana Vula`.

An office is found from its noun outwards, by word lists; rules over the row of offices, names and
bodies (models/rules/roles.yaml) then say whose it is. Neither asks for a parse.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.components.frames import RoleFrame, TokenSpan
from extract.components.offices import Office, bare_body, find_body, find_offices
from extract.rules import Match, RuleSet, load_rules

_OF = frozenset({"of", "the", "for", "at", "from"})


@dataclass(frozen=True, slots=True)
class Row:
    """A document (`text`) as the rules see it (`doc`): offices, people, bodies are a word each."""

    text: Doc
    doc: Doc
    spans: list[TokenSpan]
    offices: dict[int, Office]

    def places(self, match: Match, word: str) -> list[int]:
        """Return the positions in the row at which a match has this word."""
        return [i for i in range(*match.span) if self.doc[i].text == word]


def make_row(doc: Doc) -> Row:
    """Return the row of a document; each of its words has a token span of the document."""
    offices = {office.outer[0]: office for office in find_offices(doc)}
    people = {e.start: e.end for e in doc.ents if e.label_ == "PERSON"}
    words: list[str] = []
    spans: list[TokenSpan] = []
    placed: dict[int, Office] = {}
    i = 0
    while i < len(doc):
        word, end = doc[i].text, i + 1
        if i in offices:
            placed[len(words)] = offices[i]
            word, end = ("ROLES" if offices[i].plural else "ROLE"), offices[i].outer[1]
        elif i in people:
            word, end = "PERSON", people[i]
        elif body := find_body(doc, i):
            word, end = "BODY", body[1]
        words.append(word)
        spans.append((i, end))
        i = end
    return Row(doc, Doc(doc.vocab, words=words), spans, placed)


def find_roles(doc: Doc, rules: RuleSet) -> list[RoleFrame]:
    """Return the offices that the text gives to people, in text order.

    Each office goes by the first rule of the file that claims it; one that two people share is
    plural.
    """
    row = make_row(doc)
    order = {rule_id: number for number, rule_id in enumerate(rules.rules)}
    matches = sorted(rules.find(row.doc), key=lambda m: (order[m.rule.id], m.span[0], -m.span[1]))
    taken: set[int] = set()
    frames: list[RoleFrame] = []
    for match in matches:
        claimed = set(row.places(match, "ROLE") + row.places(match, "ROLES"))
        if claimed & taken:
            continue
        taken |= claimed
        frames.extend(_frames(row, match))
    frames.sort(key=lambda frame: (frame["person"], frame["role"]))
    return _resolve_counterparts(doc, frames)


def _frames(row: Row, match: Match) -> Iterator[RoleFrame]:
    people = [row.spans[i] for i in row.places(match, "PERSON")]
    offices = [row.offices[i] for i in range(*match.span) if i in row.offices]
    paired = _pair(row, match, people)
    if paired:
        yield from paired
        return
    named = next((row.spans[i] for i in row.places(match, "BODY")), None)
    role = offices[0].role if offices else row.spans[match.start]
    body = offices[0].body or named if offices else named
    for person in people:
        yield RoleFrame(person=person, role=role, body=body, rule=match.rule.id)


def _pair(row: Row, match: Match, people: list[TokenSpan]) -> list[RoleFrame]:
    """Pair people with bodies in order where a plural office has as many of both, else none."""
    offices = [row.offices[i] for i in row.places(match, "ROLES")]
    bodies = {bare_body(row.text, row.spans[i]) for i in row.places(match, "BODY")}
    bodies |= {office.body for office in offices if office.body}
    if len(offices) != 1 or not 1 < len(people) == len(bodies):
        return []
    start, end = offices[0].role
    inside = [body[0] for body in bodies if start < body[0] < end]
    end = min(inside, default=end)
    while end > start + 1 and row.text[end - 1].lower_ in _OF:
        end -= 1
    return [
        RoleFrame(person=person, role=(start, end), body=body, rule=match.rule.id)
        for person, body in zip(people, sorted(bodies), strict=True)
    ]


def _resolve_counterparts(doc: Doc, frames: list[RoleFrame]) -> list[RoleFrame]:
    """Give `his Kenyan counterpart` the office of the person named before."""
    resolved: list[RoleFrame] = []
    for frame in frames:
        last = doc[frame["role"][1] - 1].lower_
        shared = resolved[-1]["role"] if resolved and last.startswith("counterpart") else None
        resolved.append(RoleFrame(**{**frame, "role": shared or frame["role"]}))
    return resolved


class RoleFinder:
    """Sets `doc._.roles`."""

    def __init__(self, vocab: Vocab) -> None:
        """Compile the rules for this vocabulary."""
        self._rules = load_rules("roles", vocab)

    def __call__(self, doc: Doc) -> Doc:
        """Find the offices of the people in `doc.ents`."""
        doc._.roles = find_roles(doc, self._rules)
        return doc


@Language.factory(
    "pactwire_roles", requires=["doc.ents"], assigns=["doc._.roles"], default_config={}
)
def make_roles(nlp: Language, name: str) -> RoleFinder:
    """Make the component; it runs after `pactwire_names`."""
    return RoleFinder(nlp.vocab)
