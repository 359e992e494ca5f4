"""Names of companies, told by the last word.

It is a legal form (`Orvio AG`) or a trade (`Lumora Energy`).
"""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.names.lines import Line, unnamed_tokens
from extract.components.names.page import CALENDAR, Page, is_capitalised
from extract.components.names.spans import SMALL_WORDS, Name, NameIndex
from extract.components.offices import body_nouns, office_words
from extract.lexicons import load_bodies, load_countries

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
_LONGEST = 5  # words before the one that tells


def add_company_names(doc: Doc, names: Iterable[Name], lines: list[Line]) -> list[Name]:
    """Return the names with those of companies, sorted.

    In lines of capitalised words only a legal form tells, and only after one or two words.
    """
    names = list(names)
    page = Page(doc, names, lines)
    index, unnamed = NameIndex(names), unnamed_tokens(doc)
    for token in doc:
        company = _company(page, token.i) if token.i not in unnamed else None
        if company and _may_rename(doc, index, company):
            index.add(company)
    return index.names()


def _company(page: Page, last: int) -> Name | None:
    """Return the company whose name this word ends, with the legal forms after it."""
    end = _after_legal_form(page.doc, last)
    prose = page.styles[last] == "prose"
    if end is None and (not prose or page.doc[last].text not in load_bodies().company_words):
        return None
    start = _company_start(page, last)
    joined = start > 0 and page.doc[start - 1].text in {"-", "–", "&", "of", "for"}
    if start == last or joined:
        return None
    if end is None:
        return Name(start, last + 1, "ORG") if _is_trade_name(page, start, last) else None
    while (further := _after_legal_form(page.doc, end)) or (
        end + 1 < len(page.doc)
        and page.doc[end].text == ","
        and (further := _after_legal_form(page.doc, end + 1))
    ):
        end = further
    known = load_countries().lookup(page.doc[start:last].text)
    return Name(start, end, "ORG") if not known and (prose or last - start <= 2) else None


def _company_start(page: Page, last: int) -> int:
    """Go left over capitalised words, and over `&` between two: `Hale & Brook Motors`."""
    start = last
    while start > 0 and last - start < _LONGEST:
        step = 2 if start > 1 and page.doc[start - 1].text == "&" else 1
        if not _leads_to_company(page, start - step):
            break
        start -= step
    return start


def _after_legal_form(doc: Doc, i: int) -> int | None:
    """Return the end of the legal form that begins here; `A/S` is three tokens."""
    if i >= len(doc):
        return None
    size = 3 if i + 2 < len(doc) and doc[i + 1].text == "/" else 1
    cut_off = i + size < len(doc) and doc[i + size].text == "-"
    return i + size if doc[i : i + size].text in load_bodies().suffixes and not cut_off else None


def _leads_to_company(page: Page, i: int) -> bool:
    token = page.doc[i]
    if not is_capitalised(token) or token.lower_ in CALENDAR | SMALL_WORDS:
        return False
    ordinary = token.is_stop or token.lower_ in body_nouns()
    opener = (i == 0 or page.doc[i - 1].is_sent_start or _opens(page.doc, i)) and ordinary
    return not opener and _after_legal_form(page.doc, i) is None


def _opens(doc: Doc, i: int) -> bool:
    return i == 0 or doc[i - 1].is_space or doc[i - 1].text in {".", "!", "?", ":", '"', "“"}


def _is_trade_name(page: Page, start: int, last: int) -> bool:
    """Tell whether words before a trade make a company: not `Solar Power`, `Two Systems`."""
    doc, bodies = page.doc, load_bodies()
    ordinary = all(
        t.text in bodies.not_company | bodies.portfolios | bodies.nouns | bodies.company_words
        or t.lower_ in office_words()
        or t.like_num
        or (t.i in page.countries and load_countries().lookup(t.text) is not None)
        for t in doc[start:last]
    )
    after = doc[last + 1] if last + 1 < len(doc) else None
    goes_on = after is not None and page.is_word(after.i) and after.lower_ not in office_words()
    told = after is not None and after.lower_ in _TOLD
    described = start > 0 and doc[start - 1].lower_ in {"a", "an"}  # an Advisory Group
    if described and doc[last].text in bodies.careful_company_words:
        return False
    return not (ordinary or goes_on or (_opens(doc, start) and not told))


def _may_rename(doc: Doc, index: NameIndex, company: Name) -> bool:
    """Tell whether the tagged names there are pieces of the company's, or the same words."""
    touched = index.touching(company)
    careful = doc[company.end - 1].text in load_bodies().careful_company_words
    free = {"ORG"} if careful else {"ORG", "PERSON", "GPE"}
    inside = all(company.start <= n.start and n.end <= company.end for n in touched)
    place = any(n == company._replace(label="GPE") for n in touched)  # Zimbor Co, a county
    return inside and not place and all(n.label in free for n in touched)
