"""Whether the day or the month comes first in 03/07/2025: for a whole document, with the reason.

Told, the surest first, by: who runs the job; other dates of the document that can be read in one
way only; the country where the story was filed; the country of the site that carries it. Which
countries put the month first is the Common Locale Data Repository's (short dates of English
locales); those that put the year first locally, or write both ways, tell nothing.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from extract.lexicons import load_countries
from extract.press.countries import country_of_site
from extract.press.lexicon import one_of, words

DateOrder = Literal["auto", "dmy", "mdy"]

_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?:(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?:\d{4}|\d\d)"
    r"|\.(?P<second_dotted>\d{1,2})\.\d{4})(?![\d/-])"
)
ASKED = "as asked"
ORDER_NAMES: dict[DateOrder, str] = {"dmy": "day first", "mdy": "month first"}


@dataclass(frozen=True, slots=True)
class Order:
    """Which of day and month comes first in a document, and the reason; "auto" is not known."""

    value: DateOrder
    reason: str


DOTS = Order("dmy", "written with dots")


def resolve_order(
    text: str, asked: DateOrder, place: str | None = None, url: str | None = None
) -> Order:
    """Return the order of day and month that a document keeps to.

    `place` is that of its dateline; `url` where it was published.
    """
    if asked != "auto":
        return Order(asked, ASKED)
    signs = {order for found in _NUMERIC.finditer(text) if (order := _telling(found))}
    if len(signs) == 1:
        return Order(signs.pop(), "as another date of the document")
    if not signs and place and (order := _order_of_place(place)) != "auto":
        return Order(order, f"filed in {place}")
    if not signs and url and (order := _order_of_site(url)) != "auto":
        return Order(order, f"on {urlsplit(url).hostname}")
    return Order("auto", "")


def _telling(found: re.Match[str]) -> DateOrder | None:
    first = int(found["first"])
    second = int(found["second"] or found["second_dotted"])
    if first > 12 >= second > 0:
        return "dmy"
    if second > 12 >= first > 0:
        return "mdy"
    return "dmy" if found["second_dotted"] else None


def _order_of_place(place: str) -> DateOrder:
    if one_of("month_first_places").search(place):
        return "mdy"
    if one_of("day_first_places").search(place):
        return "dmy"
    codes = {found.term.code for found in load_countries().find(place)}
    return _order_in(codes.pop()) if len(codes) == 1 else "auto"


def _order_of_site(url: str) -> DateOrder:
    return _order_in(country_of_site(url))


def _order_in(code: str | None) -> DateOrder:
    if code is None or code in words("mixed_order_countries"):
        return "auto"
    return "mdy" if code in words("month_first_countries") else "dmy"
