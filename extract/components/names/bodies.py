"""Names of organisations as a whole: `Ministry of Health and Sport of the Republic of Kenya`.

A body noun (Ministry, Agency, Bank) opens a name that its complements carry on and that a
country or a portfolio before it begins earlier. A tagger often cuts such a name at `of` or `and`.
"""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.lines import Line, line_styles, unnamed_tokens
from extract.components.names.page import ARTICLES, Page, is_capitalised
from extract.components.names.spans import LABELS, Name, NameIndex
from extract.components.offices import office_words
from extract.lexicons import load_bodies

_LONGEST = 40  # tokens of a name; only dumps have longer ones
_LINKS = frozenset({"of", "for", "on", "against"})
_AND = frozenset({"and", "&", ","})
_OF_OFFICES = frozenset({"Cabinet", "Treasury", "Prosecutor"})
_WITHOUT_COMPLEMENT = frozenset({"Parliament", "Senate", "Congress", "Cabinet", "Duma"})
_FORMS_OF_STATE = frozenset({"Republic", "Kingdom", "State", "Government", "Federation", "Union"})


def join_body_names(doc: Doc, names: Iterable[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of bodies put together, sorted."""
    names = list(names)
    page = Page(doc, names, lines)
    index = NameIndex(names)
    for token in doc:
        if token.text in page.nouns and token.i not in page.known:
            whole = _whole_name(page, token.i)
            if whole:
                _merge(doc, index, whole)
    return index.names()


def add_bodies_alone(doc: Doc, names: list[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of a common noun alone, where no such body is named in full."""
    nouns = load_bodies().standing_alone
    in_full = {doc[i].text for n in names for i in range(n.start, n.end)} & nouns
    index, styles, unnamed = NameIndex(names), line_styles(doc, lines), unnamed_tokens(doc)
    for token in doc[1:]:
        alone = token.text in nouns - in_full and token.nbor(-1).text in ARTICLES
        free = styles[token.i] == "prose" and token.i not in unnamed and token.i not in index
        if alone and free and not _goes_on(doc, token.i):
            index.add(Name(token.i, token.i + 1, "ORG"))
    return index.names()


def _goes_on(doc: Doc, noun: int) -> bool:
    """Tell whether what follows makes the noun part of a longer name or of an office."""
    after = doc[noun + 1 : noun + 2]
    return any(token.text in _LINKS or is_capitalised(token) for token in after)


def _whole_name(page: Page, noun: int) -> Name | None:
    end = _end(page, noun)
    if end == noun + 1 and _is_office_of(page, noun):
        return None
    start = _start(page, noun, end > noun + 1)
    final = end > noun + 1 and end in page.country_ends and page.doc[end : end + 1].text in _AND
    touched = page.tagged.touching(Name(start, end, "ORG"))
    for tagged in touched:
        start = min(start, tagged.start)
        end = end if final else max(end, tagged.end)
    if end - start < 2 or any(i in page.persons for i in range(start, end)):
        return None
    begun = any(n.start <= noun for n in touched)
    return None if not begun and _is_part(page, start) else Name(start, end, "ORG")


def _is_office_of(page: Page, noun: int) -> bool:
    """Tell whether the noun is part of an office: the Kenyan `Cabinet` Secretary."""
    after = page.doc[noun + 1].lower_ if noun + 1 < len(page.doc) else ""
    alone = page.tagged.at(noun) is None and page.doc[noun].text in _OF_OFFICES
    return alone and after in office_words()


def _is_part(page: Page, start: int) -> bool:
    """Tell whether a name that begins here begins earlier, or is none: an `Advisory Group`."""
    if start == 0:
        return False
    return page.doc[start - 1].lower_ in {"a", "an"} or page.is_cut_off(start)


def _start(page: Page, noun: int, complete: bool) -> int:
    """Go left over portfolios (`Foreign` Ministry) to the country that a state body is of."""
    start = noun
    while start > 0 and page.is_portfolio(start - 1) and page.doc[noun].text != "Government":
        start -= 1
    if (complete or page.doc[noun].text in page.state_nouns) and start in page.country_ends:
        return page.country_ends[start]
    return start


def _end(page: Page, noun: int) -> int:
    """Go right over complements: `of Trade`, `and Industry`, `of the Republic of Kenya`."""
    link, end = "", noun + 1
    tagged = page.tagged.at(noun)
    premodified = tagged is not None and tagged.start < noun and tagged.end == end
    if premodified and _is_place(page, end):
        return end
    last = noun + _LONGEST
    state = page.doc[noun].text in page.state_nouns
    while end < last and (
        further := _complement(page, end, link, state) or _conjunct(page, end, link)
    ):
        link = page.doc[end].text if page.doc[end].text in _LINKS else link
        end = further
    return end


def _is_place(page: Page, link: int) -> bool:
    """Tell whether a tagged place follows that is no country: where the body is, not its name."""
    return any(i in page.places and i not in page.countries for i in (link + 1, link + 2))


def _complement(page: Page, link: int, last: str, state: bool) -> int | None:
    """Go over one complement; `last` is the preposition of the one before, if any.

    A second `of` leads to the country of a body of state: University of Suva, of Fiji.
    """
    doc = page.doc
    if link + 1 >= len(doc) or doc[link].text not in _LINKS:
        return None
    start = link + 1 + (doc[link + 1].text in ARTICLES)
    end = page.run(start)
    if end == start:
        return None
    end = _tagged_end(page, start, end)
    words = {t.text for t in doc[start:end]}
    country = start in page.countries
    if doc[link - 1].text in _WITHOUT_COMPLEMENT and doc[link].text != "of":
        return None
    if doc[link].text == "of":
        further = bool(words & (_FORMS_OF_STATE | page.nouns))
        ours = last != "of" or (country and state) or further
    else:
        ours = not (last or country) and bool(words & page.portfolios or end - start > 1)
    return end if ours else None


def _tagged_end(page: Page, start: int, end: int) -> int:
    """Return the end of the words from `start`, not beyond the name that the tagger sees there.

    Only a portfolio carries that on: Ministry of `Rural` Development, not Port of `Fiji` Captain.
    """
    tagged = page.tagged.at(start)
    if tagged is None or not start < tagged.end < end or page.is_portfolio(tagged.end):
        return end
    return tagged.end


def _conjunct(page: Page, end: int, last: str) -> int | None:
    """Go over `and Scientific Research` or `, Labour`, where all words name a portfolio."""
    doc = page.doc
    if not last or end + 1 >= len(doc) or doc[end].text not in _AND:
        return None
    start = end + 1
    if doc[end].text == "," and doc[start].text in {"and", "&"}:
        start += 1
    start += start < len(doc) and doc[start].text in ARTICLES
    further = start
    while page.is_portfolio(further) and page.is_word(further):
        further += 1
    follows = further < len(doc) and is_capitalised(doc[further])
    return None if further == start or follows else further


def _merge(doc: Doc, index: NameIndex, whole: Name) -> None:
    touched = index.touching(whole)
    if any(n.label not in LABELS for n in touched):
        return
    rests = [Name(whole.end + 1, n.end, n.label) for n in touched if n.end > whole.end + 1]
    rests = [n for n in rests if doc[whole.end].text in _AND and doc[n.start].is_title]
    for name in (whole, *rests):
        index.add(name)
