"""Attribution: who claims that there is an agreement, where the text does not say so itself.

Read at the first telling mention, nearest first: the verb of saying above it (`the ministry said
that`), one beside its clause (`..., Reuters reported`), `according to`; in a quotation without
its speaker the sentence before or after it; in a headline what stands before or after its colon.
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from extract.components.agreements.mention import Mention
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.quotations import is_quoted
from extract.components.frames import AttributionFrame
from extract.components.grammar import (
    conjuncts,
    is_passive,
    noun_phrase,
    relation,
    subjects,
)
from extract.rules import read_word_class

_LONGEST_SOURCE = 6  # tokens before or after the colon of a headline
_PRONOUNS = frozenset({"he", "she"})
_NO_SPEAKERS = frozenset({"which", "that", "who", "i", "we", "it", "there"})
_NEAR = 80  # tokens within which a pronoun looks for its person


def find_attribution(
    doc: Doc, group: list[Mention], finder: PartyFinder
) -> AttributionFrame | None:
    """Return the source of the first mention in the story, else that of the headline."""
    titles = {t.i for name in ("headline", "subhead") for s in doc.spans.get(name, ()) for t in s}
    story = [mention for mention in group if mention.head not in titles][:1]
    headlines = [mention for mention in group if mention.head in titles][:1]
    for mention in story:
        quoted = is_quoted(doc, mention.head, finder.quotations)
        source = _find_source(doc, mention, quoted=quoted)
        if source is not None:
            return AttributionFrame(by=_name(doc, source, finder), quote=quoted)
    for mention in headlines:
        if (span := _headline_source(doc, mention, finder)) is not None:
            quoted = is_quoted(doc, mention.head, finder.quotations)
            return AttributionFrame(by=_text(span), quote=quoted)
    return None


def _find_source(doc: Doc, mention: Mention, *, quoted: bool) -> Token | None:
    sentence = doc[mention.sentence[0] : mention.sentence[1]]
    source = _speaker_above(doc[mention.head]) or _speaker_beside(doc[mention.head])
    source = source or _according(sentence, mention)
    if source is None and quoted:
        return _speaker_near(doc, sentence)
    return source


def _is_claim(verb: Token) -> bool:
    claiming = verb.lemma_.lower() in read_word_class("details", "claiming")
    return claiming and verb.pos_ in {"VERB", "AUX"} and not is_passive(verb)


def _speaker(verb: Token) -> Token | None:
    """Return the subject of a verb; `I announce that` is the voice of the text or quotation."""
    return next((s for s in subjects(verb) if s.lower_ not in _NO_SPEAKERS), None)


def _speaker_above(head: Token) -> Token | None:
    """Return who says the clause in which a trigger stands; not who says the trigger itself."""
    below = head
    for verb in head.ancestors:
        clause = relation(below) in {"ccomp", "parataxis", "advcl"} or (
            relation(below) == "xcomp" and below.pos_ in {"VERB", "AUX"}
        )
        if clause and _is_claim(verb) and (speaker := _speaker(verb)) is not None:
            return None if _is_within(speaker, head) else speaker
        below = verb
    return None


def _is_within(speaker: Token, head: Token) -> bool:
    return speaker == head or speaker.is_ancestor(head)


def _speaker_beside(head: Token) -> Token | None:
    """Return who stands with a verb of saying beside the clause: `..., the ministry said`."""
    for above in [head, *head.ancestors]:
        for verb in above.children:
            beside = relation(verb) in {"parataxis", "ccomp", "conj", "advcl"}
            if not beside or not _is_claim(verb) or verb == head or verb.is_ancestor(head):
                continue
            speaker = _speaker(verb)
            if speaker is not None and not _has_content(verb):
                return speaker
    return None


def _has_content(verb: Token) -> bool:
    """Tell whether a verb of saying has a clause of its own: it says that, not what stands by."""
    return any(relation(child) in {"ccomp", "obj"} for child in verb.children)


def _according(sentence: Span, mention: Mention) -> Token | None:
    """Return the noun behind `according to`; an agreement or a plan is no source."""
    for token, after in pairwise(sentence):
        if token.lower_ == "according" and after.lower_ == "to" and after.i + 1 < sentence.end:
            noun = sentence.doc[after.i + 1]
            while noun.head.i > after.i and noun.head != noun and _is_before(noun):
                noun = noun.head
            phrase = {t.lower_ for t in sentence.doc[after.i + 1 : noun.i + 1]}
            if phrase & read_word_class("details", "no_source") or noun.i == mention.head:
                continue
            return noun
    return None


def _is_before(noun: Token) -> bool:
    """Tell whether a word stands before the noun that it belongs to: `two officials`."""
    return noun.head.pos_ in {"NOUN", "PROPN"} and noun.i < noun.head.i


def _speaker_near(doc: Doc, sentence: Span) -> Token | None:
    """Return who speaks in the sentence after a quoted one, or before it."""
    following = doc[sentence.end].sent if sentence.end < len(doc) else None
    preceding = doc[sentence.start - 1].sent if sentence.start > 0 else None
    for near in (following, preceding):
        for token in near or ():
            if _is_claim(token) and (speaker := _speaker(token)) is not None:
                return speaker
    return None


def _name(doc: Doc, source: Token, finder: PartyFinder) -> str:
    """Return the source's fullest name, or its words; `he` is the person named before."""
    members = conjuncts(source)
    numbers = [number for m in members if (number := _entity_of(m, finder)) is not None]
    if len(numbers) == len(members):
        names = [finder.entities[number]["name"] for number in dict.fromkeys(numbers)]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    if source.lower_ in _PRONOUNS:
        for number, _ in reversed(finder.within(max(source.i - _NEAR, 0), source.i)):
            if finder.entities[number]["type"] == "PERSON":
                return finder.entities[number]["name"]
    return _text(doc[noun_phrase(source)[0] : noun_phrase(members[-1])[1]])


def _entity_of(source: Token, finder: PartyFinder) -> int | None:
    """Return the entity that a noun names, itself or right behind its title: `Minister Vula`."""
    if source.i in finder.by_token:
        return finder.by_token[source.i][0]
    for child in source.rights:
        if relation(child) in {"flat", "appos"} and child.i in finder.by_token:
            number = finder.by_token[child.i][0]
            if finder.entities[number]["type"] == "PERSON":
                return number
    return None


def _headline_source(doc: Doc, mention: Mention, finder: PartyFinder) -> Span | None:
    """Return who speaks in a headline: `Minister: ferry pact signed`, `Pact signed - army`."""
    for start, end in _sides_of_colons(doc, mention):
        part = doc[start:end]
        words = {token.lower_ for token in part}
        named = {finder.entities[n]["type"] for n, _ in finder.within(start, end)}
        if words & read_word_class("details", "sources") or named & {"PERSON", "ORG"}:
            return part
    return None


def _sides_of_colons(doc: Doc, mention: Mention) -> Iterator[tuple[int, int]]:
    first, last = mention.sentence
    while last > first and (doc[last - 1].is_space or doc[last - 1].is_punct):
        last -= 1
    for index in range(first, last):
        mark = doc[index].text
        before = mark == ":" and index < mention.head
        after = mark in {":", "-", "–", "—"} and index > mention.head and doc[index].whitespace_
        if before and 0 < index - first <= _LONGEST_SOURCE:
            yield first, index
        if after and 0 < last - index - 1 <= _LONGEST_SOURCE:
            yield index + 1, last


def _text(span: Span) -> str:
    return " ".join(str(span.text).split())
