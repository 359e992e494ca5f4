"""Run a pipeline: articles in, records out."""

import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extract.article import Article, Notice, Reject, make_article
from extract.assemble import to_record
from extract.components.frames import TokenSpan as _TokenSpan  # noqa: F401  registers extensions
from extract.errors import InputError
from extract.language import detect_language, foreign_language
from extract.loading import load_language, put_to_work
from extract.packs import Pack, read_packs
from extract.press import DateOrder, Layout, apply_layout, find_layout
from extract.readers import MAX_CHARACTERS
from extract.readers.encoding import mend
from extract.records import DocumentRecord, Run
from extract.resources import DEFAULT_PIPELINE
from extract.rules import rules_sha256
from extract.tokenizer import set_tokenizer

COMPONENTS = (
    "pactwire_names",
    "pactwire_roles",
    "pactwire_dates",
    "pactwire_references",
    "pactwire_agreements",
)
BATCH_CHARACTERS = 100_000
LONGEST_SENTENCE = 250  # tokens without a full stop
_FULL_STOPS = frozenset({".", "!", "?", "…"})


class Extractor:
    """A loaded pipeline. Call it with a text, or `pipe` many articles through it."""

    def __init__(
        self,
        nlp: Language,
        *,
        date_order: DateOrder = "auto",
        notices: Iterable[Notice] = (),
        packs: Iterable[Pack] = (),
    ) -> None:
        """Keep the pipeline and what a user should know of it; describe the run for the records.

        `packs` are those that the pipeline has learnt.
        """
        self.nlp = nlp
        self.date_order = date_order
        self.notices = tuple(notices)
        self.run = Run(
            version=importlib.metadata.version("pactwire"),
            pipeline=f"{nlp.meta['name']} {nlp.meta['version']}",
            rules_sha256=rules_sha256(tuple(pack.content for pack in packs)),
        )

    def __call__(
        self,
        text: str,
        *,
        published: str | date | None = None,
        title: str | None = None,
        id: str | None = None,
        url: str | None = None,
        source: str = "text",
    ) -> DocumentRecord:
        """Return the record of one text; one that is surely not English gets a warning.

        `published` is a day, or a string in any press form (`2025-07-03`, `3 July 2025`); without
        it, and without a date in the text's own front matter, relative dates stay unresolved.
        Raises `InputError` where `text` is no string or too long.
        """
        article = _check(text, source=source, id=id, title=title, published=published, url=url)
        layout, doc = self.prepare(article)
        return to_record(
            self.nlp(doc), article, layout, self.run, language=detect_language(article.text)
        )

    def pipe(
        self, articles: Iterable[Article | Reject], *, batch_size: int = 64
    ) -> Iterator[DocumentRecord | Reject]:
        """Yield one record or reject for each article or reject, in the same order.

        A text that is surely not English becomes a reject. Memory is given back after each batch.
        """
        for batch in _batches(articles, batch_size):
            with self.nlp.memory_zone():
                results = self._run_batch(batch, batch_size)
            yield from results

    def analyse(
        self, text: str, *, published: str | date | None = None, explain: bool = False
    ) -> Doc:
        """Return the analysed Doc of a text, for a look at what each component found.

        `doc.user_data["notices"]` holds (code, message) of what a reader should know; with
        `explain`, `doc._.reasons` says what spoke for and against each slot of an agreement.
        """
        article = _check(text, source="text", published=published)
        layout, doc = self.prepare(article)
        doc = self.nlp(doc, component_cfg={"pactwire_agreements": {"explain": explain}})
        notices = [*article.notices, *layout.notices]
        doc.user_data["notices"] = [(notice.code, notice.message) for notice in notices]
        return doc

    def _run_batch(
        self, batch: list[Article | Reject], batch_size: int
    ) -> list[DocumentRecord | Reject]:
        checked = [_refuse_foreign(item) for item in batch]
        articles = [item for item in checked if isinstance(item, Article)]
        prepared = [self.prepare(article) for article in articles]
        docs = self.nlp.pipe((doc for _, doc in prepared), batch_size=batch_size)
        records = iter(
            [
                to_record(doc, article, layout, self.run, language=detect_language(article.text))
                for doc, article, (layout, _) in zip(docs, articles, prepared, strict=True)
            ]
        )
        return [next(records) if isinstance(item, Article) else item for item in checked]

    def prepare(self, article: Article) -> tuple[Layout, Doc]:
        """Return the front matter of an article, and its Doc as the pipeline takes it."""
        layout = find_layout(article, date_order=self.date_order)
        doc = self.nlp.make_doc(article.text)
        apply_layout(doc, layout)
        _bound_sentences(doc)
        return layout, doc


def _bound_sentences(doc: Doc) -> None:
    """Start a sentence where none has ended for long: lists and dumps without full stops.

    Time stays linear in the length of a text, whatever it holds.
    """
    last = 0
    for token in doc:
        if token.is_sent_start or doc[token.i - 1].text in _FULL_STOPS:
            last = token.i
        elif token.i - last >= LONGEST_SENTENCE and token.is_sent_start is None:
            token.is_sent_start = True
            last = token.i


def _batches(articles: Iterable[Article | Reject], size: int) -> Iterator[list[Article | Reject]]:
    """Yield runs of at most `size` articles, fewer where they are long: that bounds memory."""
    batch: list[Article | Reject] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text) if isinstance(article, Article) else 0
        if len(batch) >= size or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _check(text: str, *, source: str, published: str | date | None = None, **known: Any) -> Article:
    """Return the Article of a text that a caller gave."""
    if not isinstance(text, str):
        raise InputError(f"{source}: text must be a string, not {type(text).__name__}")
    text, mended = mend(text)
    day = published.isoformat()[:10] if isinstance(published, date) else published
    article = make_article(text, source=source, published=day, **known)
    if len(article.text) > MAX_CHARACTERS:
        size = f"{len(article.text):,} characters, more than {MAX_CHARACTERS:,}"
        raise InputError(f"{source}: {size}; split the text")
    notices = (mended, _foreign_notice(text))
    return replace(article, notices=tuple(notice for notice in notices if notice))


def _foreign_notice(text: str) -> Notice | None:
    """Return what there is to say of a text that is surely not English."""
    language = foreign_language(text)
    if language is None:
        return None
    message = f"the text is in another language ({language}); only English is read"
    return Notice("language", message)


def _refuse_foreign(item: Article | Reject) -> Article | Reject:
    if isinstance(item, Reject):
        return item
    notice = _foreign_notice(item.text)
    if notice is None:
        return item
    return Reject(item.source, notice.code, notice.message, item.id)


def load(
    name: str | Path = DEFAULT_PIPELINE,
    *,
    date_order: DateOrder = "auto",
    rules: Iterable[str | Path] = (),
) -> Extractor:
    """Load a pipeline and add the components of this package, with the rules of your own packs.

    `name` is a shipped pipeline (`press_en`, `press_en_fast`), a folder, or an installed spaCy
    package; what it lacks that is not necessary stands in `notices`. `rules` are files.
    Raises `PipelineError` where none is found or one lacks what the components need, `RuleError`
    where a pack cannot be read or breaks the notation.
    """
    packs = read_packs([rules] if isinstance(rules, str | Path) else rules)
    nlp, notices = load_language(name)
    set_tokenizer(nlp)
    for component in COMPONENTS:
        put_to_work(nlp, component)
    agreements: Any = nlp.get_pipe("pactwire_agreements")
    agreements.learn(packs)
    return Extractor(nlp, date_order=date_order, notices=notices, packs=packs)
