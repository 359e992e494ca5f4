"""The run on one machine: batches through the extractor; a document that fails, fails alone."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

from extract.article import Article, Reject
from extract.batch.results import Results
from extract.errors import PipelineError, RuleError
from extract.records import DocumentRecord

Outcome = DocumentRecord | Reject

_log = logging.getLogger(__name__)


class Extractor(Protocol):
    """What `extract.pipeline.load` returns: articles in, one outcome out for each, in order."""

    def pipe(
        self, articles: Iterable[Article | Reject], *, batch_size: int = 64
    ) -> Iterator[Outcome]:
        """Yield the record of each article; a reject passes through."""
        ...


def run(
    articles: Iterable[Article | Reject],
    extractor: Extractor,
    *,
    batch_size: int = 64,
    on_reject: Callable[[Reject], None] | None = None,
) -> Results:
    """Return the records and rejects of all articles, ordered by document id, then source.

    `on_reject` is told of each reject as it happens. The caller closes the `Results`.
    """
    results = Results()
    try:
        for outcome in extract_each(articles, extractor, batch_size=batch_size):
            results.add(outcome)
            if on_reject is not None and isinstance(outcome, Reject):
                on_reject(outcome)
    except BaseException:
        results.close()
        raise
    return results


def extract_each(
    articles: Iterable[Article | Reject], extractor: Extractor, *, batch_size: int = 64
) -> Iterator[Outcome]:
    """Yield one outcome for each article, in order.

    Where a batch fails, its documents are tried one by one; the one on which the extractor
    raises becomes a reject with reason `failed`. The traceback goes to the log, at debug level.
    """
    remaining = iter(articles)
    while batch := list(islice(remaining, batch_size)):
        yield from _extract_batch(batch, extractor)


def _extract_batch(batch: list[Article | Reject], extractor: Extractor) -> list[Outcome]:
    try:
        outcomes = list(extractor.pipe(batch, batch_size=len(batch)))
        if len(outcomes) != len(batch):
            raise RuntimeError(f"the extractor gave {len(outcomes)} outcomes for {len(batch)}")
        return outcomes
    except (PipelineError, RuleError):
        raise  # concerns every document, not this one
    except Exception as error:
        if len(batch) == 1:
            return [_to_reject(batch[0], error)]
    return [outcome for article in batch for outcome in _extract_batch([article], extractor)]


def _to_reject(article: Article | Reject, error: Exception) -> Reject:
    if isinstance(article, Reject):
        return article
    _log.debug("%s: extraction failed", article.source, exc_info=error)
    message = " ".join(f"{article.source}: {type(error).__name__}: {error}".split())
    return Reject(article.source, "failed", message, article.id)
