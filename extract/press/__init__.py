"""Front matter of a press text: headline, subhead, dateline, byline, date, boilerplate.

    lexicon    the rules of models/rules/press.yaml
    blocks     lines, and which line breaks end a sentence
    countries  the country that a text speaks from
    orders     whether the day or the month comes first
    published  publication dates
    titles     what a line by itself may be
    parts      front matter from the top, boilerplate from the end
    layout     find_layout: Article -> Layout
    marks      apply_layout: Layout -> spans and sentence starts of a Doc

Nothing is deleted from a text: its parts are marked.
"""

from extract.press.layout import Layout, find_layout
from extract.press.marks import apply_layout
from extract.press.orders import DateOrder
from extract.press.published import Publication

__all__ = ["DateOrder", "Layout", "Publication", "apply_layout", "find_layout"]
