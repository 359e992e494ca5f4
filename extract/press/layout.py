"""Finds the parts of a press text: what stands before the story, after it and between its lines."""

from dataclasses import dataclass

from extract.article import Article, Notice
from extract.press.blocks import split_blocks
from extract.press.countries import find_country
from extract.press.orders import DateOrder, Order, resolve_order
from extract.press.parts import CharSpan, Draft, read_end, read_headline_date, read_middle, read_top
from extract.press.published import (
    Publication,
    ambiguity,
    make_publication,
    read_date,
    read_metadata,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text, as character spans (code points, end exclusive), or None.

    `breaks` are the offsets of lines that surely start a sentence (after a headline, a list
    item, a dateline); `joins` those of lines that surely go on with one (hard wraps).
    `date_order` is how 03/07/2025 is to be read in this text, and why; "auto" where nothing tells.
    `country` is the one that the text speaks from (dateline, site).
    """

    headline: CharSpan | None
    subhead: CharSpan | None
    dateline: CharSpan | None
    byline: CharSpan | None
    published_span: CharSpan | None
    published: Publication | None
    place: str | None
    agency: str | None
    boilerplate: tuple[CharSpan, ...]
    date_order: Order
    breaks: tuple[int, ...]
    joins: tuple[int, ...]
    notices: tuple[Notice, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    publication: Publication | None
    date_order: Order
    notices: tuple[Notice, ...]


def find_layout(article: Article, *, date_order: DateOrder = "auto") -> Layout:
    """Return the parts of an article's text; a date beside the text outranks those within."""
    text = article.text
    blocks, joins = split_blocks(text, article.title)
    draft = Draft()
    body = read_top(article.title, blocks, draft)
    read_end(blocks, body, draft)
    read_middle(blocks, body, draft)
    read_headline_date(text, draft)
    order = resolve_order(text, date_order, draft.place, article.url)
    found = _publish(article, draft, order)
    starts = (block.start for block in blocks[1:] if block.joint == "break")
    breaks = {*starts, *draft.breaks}
    return Layout(
        headline=draft.headline,
        subhead=draft.subhead,
        dateline=draft.dateline,
        byline=draft.byline,
        published_span=_published_span(draft),
        published=found.publication,
        place=draft.place,
        agency=draft.agency,
        boilerplate=tuple(span for _, span in sorted(draft.boilerplate.items())),
        date_order=found.date_order,
        breaks=tuple(sorted(breaks)),
        joins=tuple(offset for offset in joins if offset not in breaks),
        notices=found.notices,
        country=find_country(draft.place, draft.agency, article.url),
    )


def _publish(article: Article, draft: Draft, order: Order) -> _Found:
    notices: tuple[Notice, ...] = ()
    candidates = [
        (reading, dated.text, dated.where)
        for dated in sorted(draft.dates, key=lambda dated: (dated.rank, dated.start))
        if (reading := read_date(dated.text, order))
    ]
    if article.published and article.published.strip():
        if given := read_metadata(article.published, order):
            candidates.insert(0, (*given, "metadata"))
        else:
            notices = (_bad_published(article.published),)
    if not candidates:
        return _Found(None, order, notices)
    chosen = make_publication(*candidates[0])
    told = {reading.order for reading, _, _ in candidates if reading.order}
    if order.value == "auto" and len(told) == 1:
        order = Order(told.pop(), "as the date of publication")
    return _Found(chosen, order, notices + ambiguity(*candidates[0][:2]))


def _bad_published(written: str) -> Notice:
    shown = written.strip()[:60]
    return Notice("bad_published", f"no day, month and year can be read from {shown!r}: not used")


def _published_span(draft: Draft) -> CharSpan | None:
    # The line of the best date, with the time of day above or below it; a date inside a
    # dateline is marked as dateline. Without a date, a time of day is marked by itself: it gives
    # no day, but is no sentence of the story either.
    lines = [(dated.rank, dated.start, dated) for dated in draft.dates if dated.block is not None]
    if not lines:
        return draft.clocks[min(draft.clocks)] if draft.clocks else None
    best = min(lines, key=lambda line: line[:2])[2]
    number = best.block or 0
    clocks = [span for near in (number - 1, number + 1) if (span := draft.clocks.get(near))]
    spans = [(best.start, best.end), *clocks]
    return min(start for start, _ in spans), max(end for _, end in spans)
