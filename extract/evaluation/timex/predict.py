"""Predictions of the pipeline on gold texts: never refused, whatever their language seems to be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.evaluation.timex.gold import TimexGold
from extract.evaluation.timex.marks import TimexDocument, from_record

if TYPE_CHECKING:
    from extract.article import Article
    from extract.pipeline import Extractor


def predict_timexes(gold: TimexGold, extractor: "Extractor") -> Iterator[TimexDocument]:
    """Yield the dates that a pipeline finds in each document of the gold, in its order.

    A phrase is no press text: no front matter is looked for in it, which a lone date would be.
    """
    if gold.phrases is not None:
        yield from _predict_phrases(gold, extractor)
        return
    for document in gold.documents:
        record = extractor(document.text, published=document.dct, id=document.id)
        yield from_record(record)


def _predict_phrases(gold: TimexGold, extractor: "Extractor") -> Iterator[TimexDocument]:
    from extract.article import make_article
    from extract.assemble import to_record
    from extract.press import apply_layout, find_layout

    for document in gold.documents:
        article = make_article(
            document.text, source=document.id, id=document.id, published=document.dct
        )
        layout = find_layout(_empty(article), date_order=extractor.date_order)
        doc = extractor.nlp.make_doc(document.text)
        apply_layout(doc, layout)
        record = to_record(extractor.nlp(doc), article, layout, extractor.run, language=None)
        yield from_record(record)


def _empty(article: "Article") -> "Article":
    """Return an article of which nothing is known but its publication date."""
    return replace(article, text="")
