"""Topics: the spans that may say what an agreement is about, from the constructions around it."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.components.agreements.mention import Mention
from extract.components.frames import DateFrame, TokenSpan
from extract.components.grammar import (
    conjuncts,
    governing_verb,
    noun_phrase,
    prepositions,
    relation,
)
from extract.rules import read_word_class
from extract.vocabulary import NO_DATES

Proposal = tuple[str, TokenSpan]


def _words(name: str) -> frozenset[str]:
    return read_word_class("details", name)


def propose_topics(doc: Doc, mention: Mention) -> Iterator[Proposal]:
    """Yield (construction, span) of each candidate, the closest construction first."""
    head = doc[mention.head]
    if mention.form == "verb":
        yield from _around_verb(head)
        return
    yield from _purposes("purpose", head, after=head.i)
    yield from _complements(doc, mention, head, "noun")
    verb = governing_verb(head)
    if verb is not None:
        yield from _purposes("clause purpose", verb, after=head.i)
        yield from _complements(doc, mention, verb, "verb")
        if verb.i > head.i:
            yield from _clause("predicate", verb)
    yield from _inside(doc, mention)


def _purposes(name: str, word: Token, *, after: int) -> Iterator[Proposal]:
    """Yield the clause of `an agreement to build a port`, whole and its object alone."""
    for child in word.rights:
        if child.i > after and relation(child) in {"acl", "advcl", "xcomp"}:
            openers = {c.lower_ for c in child.lefts}
            if "to" in openers:
                yield from _clause(name, child)
            elif child.tag_ == "VBG":
                yield from _clause(f"{name} gerund", child)
            elif relation(child) == "acl" or openers & {"that", "which"}:
                yield from _clause(f"{name} relative", child)


def _clause(name: str, verb: Token) -> Iterator[Proposal]:
    """Yield a verb with its object, the object alone, or the verb with its first complement."""
    for child in verb.rights:
        if relation(child) in {"obj", "dobj"}:
            for size, (start, end) in _phrases(child):
                yield f"{name} clause {size}", (verb.i, end)
                yield f"{name} object {size}", (start, end)
            return
        if relation(child) in {"xcomp", "ccomp"}:
            yield from _clause(f"{name} inner", child)
            yield f"{name} clause whole", (verb.i, _trimmed(child))
            return
    for preposition, complement in prepositions(verb):
        if complement.i > verb.i:
            for size, (start, end) in _phrases(complement):
                yield f"{name} clause {size}", (verb.i, end)
                yield f"{name} complement {size}:{preposition}", (start, end)
            return
    yield f"{name} bare", (verb.i, verb.i + 1)


def _phrases(noun: Token) -> Iterator[tuple[str, TokenSpan]]:
    """Yield a noun phrase alone, and with what is coordinated with it or hangs on it."""
    start, end = noun_phrase(noun)
    yield "short", (start, end)
    last = max((noun_phrase(member)[1] for member in conjuncts(noun)), default=end)
    if last > end:
        yield "joined", (start, last)
    if end - noun.i > 4:
        yield "core", (start, noun.i + 1)


def _trimmed(verb: Token) -> int:
    """Return the end of a clause, without the punctuation that closes it."""
    end = verb.right_edge.i + 1
    while end > verb.i + 1 and (verb.doc[end - 1].is_punct or verb.doc[end - 1].is_space):
        end -= 1
    return end


def _complements(doc: Doc, mention: Mention, token: Token, name: str) -> Iterator[Proposal]:
    """Yield the complements behind the trigger: `on fisheries`, `in space exploration`.

    An empty noun is looked through: `a memorandum of cooperation on fisheries` is on fisheries.
    """
    for preposition, complement in prepositions(token):
        if complement.i < mention.head or preposition not in _words("about"):
            continue
        if _is_dated(doc, complement.i) or _is_party(mention, complement):
            continue
        if complement.lower_ in _words("empty"):
            yield from _complements(doc, mention, complement, name)
        if complement.ent_type_ not in {"GPE", "DATE", "PERSON"}:
            emptiness = " empty" if complement.lower_ in _words("empty") else ""
            for size, span in _phrases(complement):
                yield f"{name} complement {size}{emptiness}:{preposition}", span


def _inside(doc: Doc, mention: Mention) -> Iterator[tuple[str, TokenSpan]]:
    """Yield what the trigger itself says: `free trade` of `free trade agreement`."""
    telling = [
        i
        for i in range(mention.start, mention.end)
        if i != mention.head
        and doc[i].lower_ not in _words("plain")
        and doc[i].ent_type_ not in {"GPE", "NORP"}
        and doc[i].is_alpha
    ]
    if telling:
        yield "inside", (telling[0], telling[-1] + 1)


def _around_verb(verb: Token) -> Iterator[tuple[str, TokenSpan]]:
    """`agreed to cooperate in X`: X; `agreed to build X`: build X; `agreed on X`: X."""
    for child in verb.rights:
        if relation(child) == "xcomp":
            if child.lemma_.lower() in _words("working_together"):
                yield from _joint_work(child)
            else:
                yield from _clause("purpose", child)
        elif relation(child) == "ccomp":
            yield from _clause("that", child)
    for preposition, complement in prepositions(verb):
        if complement.i > verb.i and not complement.ent_type_:
            for size, span in _phrases(complement):
                yield f"verb complement {size}:{preposition}", span
    for child in verb.rights:
        if relation(child) in {"obj", "dobj"}:
            for size, span in _phrases(child):
                yield f"verb object {size}", span


def _joint_work(verb: Token) -> Iterator[tuple[str, TokenSpan]]:
    """`cooperate in X`: X; `work together to build X`: build X, X."""
    for preposition, complement in prepositions(verb):
        if complement.i > verb.i and preposition != "with":
            for size, span in _phrases(complement):
                yield f"joint complement {size}:{preposition}", span
    for inner in verb.rights:
        if relation(inner) in {"xcomp", "advcl"}:
            yield from _clause("purpose", inner)


def _is_party(mention: Mention, token: Token) -> bool:
    return any(side.span[0] <= token.i < side.span[1] for side in mention.sides)


def _is_dated(doc: Doc, index: int) -> bool:
    dates: list[DateFrame] = doc._.dates or []
    later = bisect_right(dates, index, key=lambda frame: frame["span"][0])
    if later == 0 or dates[later - 1]["granularity"] in NO_DATES:
        return False  # `a three-year agreement`, `the current accord`
    return index < dates[later - 1]["span"][1]
