"""Entities: which names of a text are one person, body or place.

Mentions are grouped by the country or the known body that they name, by acronym, by surname, or by
the words themselves.
"""

from collections.abc import Iterable
from typing import cast

from spacy.tokens import Doc, Span

from extract.components.frames import EntityFrame
from extract.lexicons import Countries, Term, country_of, load_bodies
from extract.vocabulary import EntityType

ENTITY_LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
OFFICES = ("ministry", "department", "agency", "authority", "commission", "council", "committee")


def cluster_entities(doc: Doc, countries: Countries) -> list[EntityFrame]:
    """Return the entities of a Doc: mentions grouped by country, acronym, surname or name."""
    mentions = [ent for ent in doc.ents if ent.label_ in ENTITY_LABELS]
    acronyms: dict[str, str] = doc._.acronyms or {}
    full_names = _full_names(mentions) | _long_forms(mentions, acronyms)
    groups: dict[tuple[str, str], list[Span]] = {}
    codes: dict[tuple[str, str], str | None] = {}
    for ent in mentions:
        key, code = _entity_key(ent, full_names, acronyms, countries)
        groups.setdefault(key, []).append(ent)
        codes.setdefault(key, code)
    return [_to_frame(key, spans, codes[key], acronyms) for key, spans in groups.items()]


def _entity_key(
    ent: Span, full_names: dict[str, str], acronyms: dict[str, str], countries: Countries
) -> tuple[tuple[str, str], str | None]:
    text = _bare(ent.text)
    if ent.label_ in {"GPE", "NORP", "LOC"}:
        term = countries.lookup(text)
        if term is not None and term.code and term.way in {"name", "demonym"}:
            return ("COUNTRY", term.code), term.code
        return (ent.label_, text.casefold()), term.code if term is not None else None
    if ent.label_ == "PERSON":
        return ("PERSON", full_names.get(text.casefold(), text.casefold())), None
    long = acronyms.get(text, text)
    if (known := _find_body(_bare(long), countries)) and known.label == ent.label_ == "ORG":
        return ("ORG", known.name.casefold()), known.code
    return (ent.label_, full_names.get(_bare(long).casefold(), _bare(long).casefold())), (
        country_of(long)
    )


def _find_body(name: str, countries: Countries) -> Term | None:
    """Return the known body of a name, or of what follows its country: `U.S.` NASA."""
    bodies = load_bodies()
    first, _, rest = name.partition(" ")
    owner = countries.lookup(first) if rest else None
    behind = bodies.lookup(rest) if owner is not None and owner.code else None
    own = behind if behind is not None and owner is not None and behind.code == owner.code else None
    return bodies.lookup(name) or own


def _full_names(mentions: Iterable[Span]) -> dict[str, str]:
    """Map short forms to full names: a surname to its person, `Ford` to `Ford Motor Company`.

    The first full name in the text wins, so that a later namesake does not take it over.
    """
    found: dict[str, str] = {}
    for ent in mentions:
        words = _bare(ent.text).casefold().split()
        full = " ".join(words)
        if ent.label_ == "PERSON" and len(words) > 1:
            found.setdefault(words[-1], full)
            if len(words) > 2:
                found.setdefault(" ".join(words[1:]), full)
                found.setdefault(f"{words[0]} {words[-1]}", full)
        elif ent.label_ == "ORG" and len(words) > 1 and words[0] not in OFFICES:
            for length in range(1, len(words)):
                if len(" ".join(words[:length])) > 3 and not _is_other_body(words, length):
                    found.setdefault(" ".join(words[:length]), full)
    found = _names_of_parts(mentions, found) | found
    while (further := {short: found.get(full, full) for short, full in found.items()}) != found:
        found = further  # each is longer than what it stands for, so this ends
    return found


def _is_other_body(words: list[str], length: int) -> bool:
    """Tell whether the first words name a body with one of its own: `African Union` Commission."""
    nouns = load_bodies().nouns
    return words[length - 1].title() in nouns and words[length].title() in nouns


def _names_of_parts(mentions: Iterable[Span], known: dict[str, str]) -> dict[str, str]:
    """Map what else people are called to the one full name that holds these words in this order.

    `Park` to Park Ji-hoon, `Bárcena` to Rosa Bárcena Quiroz; a word that two people share says
    nothing.
    """
    people = {_bare(ent.text).casefold() for ent in mentions if ent.label_ == "PERSON"}
    full_names: dict[str, list[str]] = {}
    for name in sorted(people):
        for word in set(name.split()) if " " in name else ():
            full_names.setdefault(word, []).append(name)
    found: dict[str, str] = {}
    for name in people - known.keys():
        candidates = min((full_names.get(word, []) for word in name.split()), key=len)
        holding = [n for n in candidates if f" {name} " in f" {n} "]
        longer = {known.get(n, n) for n in holding if n != name}
        if len(longer) == 1:
            found[name] = longer.pop()
    return found


def _long_forms(mentions: Iterable[Span], acronyms: dict[str, str]) -> dict[str, str]:
    """Map an acronym's long form to the longer name that ends in it: `UN Committee on X (CX)`."""
    names = {_bare(ent.text).casefold() for ent in mentions if ent.label_ == "ORG"}
    forms = {_bare(long).casefold() for long in acronyms.values()}
    longer = {form: [n for n in names if n != form and n.endswith(f" {form}")] for form in forms}
    return {form: min(found) for form, found in longer.items() if found}


def _bare(text: str) -> str:
    words = text.replace("’", "'").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    name = " ".join(words)
    return name[:-2] if name.endswith("'s") else name


def _to_frame(
    key: tuple[str, str], spans: list[Span], code: str | None, acronyms: dict[str, str]
) -> EntityFrame:
    named = [span for span in spans if span.label_ in {"GPE", "LOC"}] if key[0] == "COUNTRY" else []
    best = _in_prose(max(named or spans, key=_longest_first), spans)
    short = {span.text for span in spans if span.text in acronyms}
    ids = {"acronym": min(short)} if short else {}
    if key[0] == "COUNTRY" and code:
        ids["iso3166"] = code
    elif best.label_ in {"GPE", "NORP", "LOC"} and code:
        ids["seat_of"] = code
    return EntityFrame(
        type=cast(EntityType, best.label_),
        name=_bare(best.text),
        mentions=[(span.start, span.end) for span in spans],
        country=code,
        ids=ids,
    )


def _longest_first(span: Span) -> tuple[int, int]:
    return len(_bare(span.text)), -span.start


def _in_prose(best: Span, spans: list[Span]) -> Span:
    """Return the same name as the prose writes it, where a headline shouts it."""
    same = (s for s in spans if s.text.casefold() == best.text.casefold() and not s.text.isupper())
    return next(same, best)
