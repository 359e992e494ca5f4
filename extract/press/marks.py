"""Writes a Layout onto a Doc: spans, the publication date, and where sentences start."""

from typing import Any

import numpy as np
from spacy.tokens import Doc

import extract.components.frames  # noqa: F401  (registers doc._.published and doc._.date_order)
from extract.press.layout import Layout


def apply_layout(doc: Doc, layout: Layout) -> None:
    """Mark the parts of a text on its Doc, and bind the parser to its line breaks.

    To be called on the tokenized Doc, before the parser: sentence starts that are left None
    are the parser's to decide. The Doc must hold the text of the layout's article unchanged.
    """
    doc._.published = layout.published.value if layout.published else None
    doc._.anchor = _name_anchor(layout)
    doc._.country = layout.country
    doc._.date_order = layout.date_order.value
    doc._.date_order_reason = layout.date_order.reason
    parts = {
        "headline": layout.headline,
        "subhead": layout.subhead,
        "dateline": layout.dateline,
        "byline": layout.byline,
        "published": layout.published_span,
    }
    for name, part in parts.items():
        _mark(doc, name, (part,) if part else ())
    _mark(doc, "boilerplate", layout.boilerplate)
    _set_sentence_starts(doc, layout)


def _name_anchor(layout: Layout) -> str:
    """Return what a date that counts from the day of publication names as its anchor."""
    in_dateline = layout.published is not None and layout.published.in_dateline
    return "dateline" if in_dateline else "publication date"


def _mark(doc: Doc, name: str, parts: tuple[tuple[int, int], ...]) -> None:
    spans = (doc.char_span(*part, label=name, alignment_mode="expand") for part in parts)
    doc.spans[name] = [span for span in spans if span is not None]


def _set_sentence_starts(doc: Doc, layout: Layout) -> None:
    """Set them all at once: spaCy looks through the whole Doc each time that one is set."""
    starts = dict.fromkeys(layout.joins, -1) | dict.fromkeys(layout.breaks, 1)
    values = np.array([starts.get(token.idx, 0) for token in doc], dtype="int64")
    values[:1] = 1
    unsigned: Any = values.astype("uint64")
    doc.from_array(["SENT_START"], unsigned)
