"""Articles, records and an extractor made by hand, for tests that need no pipeline."""

from collections.abc import Iterable, Iterator

from extract.article import Article, Reject, make_article
from extract.records import (
    Agreement,
    AgreementDate,
    Document,
    DocumentRecord,
    Party,
    Published,
    Run,
    Signatory,
    Span,
)

TITLE = "Kenya and Peru sign fisheries pact"
SENTENCE = "Kenya and Peru signed a fisheries pact\nin Lima on Monday, minister Ana Rojas said."
TEXT = f"{TITLE}\n\n{SENTENCE} Trawlers left port."


def make_span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start=start, end=start + len(words), text=words)


def make_agreement(text: str = TEXT, sentence: str = SENTENCE) -> Agreement:
    evidence = make_span(text, sentence)
    kenya, peru, pact, day, topic, rojas = (
        make_span(text, words, evidence.start)
        for words in ("Kenya", "Peru", "pact", "Monday", "fisheries", "Ana Rojas")
    )
    return Agreement(
        id="a1",
        kind="agreement",
        status="signed",
        triggers=[pact],
        parties=[
            Party(name=name.text, type="GPE", entity=None, role="party", mentions=[name])
            for name in (kenya, peru)
        ],
        signatories=[Signatory(name="Ana Rojas", role="minister", party="Peru", mentions=[rojas])],
        date=AgreementDate(
            value="2025-06-30",
            earliest="2025-06-30",
            latest="2025-06-30",
            granularity="day",
            mention=day,
        ),
        place=None,
        topic={**topic.model_dump(), "normal": None},
        value=None,
        attribution=None,
        evidence=[evidence],
        confidence=0.9,
        rules=["status.signed"],
    )


def make_record(
    text: str = TEXT,
    *,
    id: str = "d1",
    source: str = "press/one.txt",
    title: str | None = TITLE,
    agreements: Iterable[Agreement] = (),
) -> DocumentRecord:
    return DocumentRecord(
        run=Run(version="0", pipeline="by hand", rules_sha256="0" * 64),
        document=Document(
            id=id,
            source=source,
            location=source,
            sha256=make_article(text, source=source).sha256,
            title=title,
            url=None,
            language="en",
            published=Published(value="2025-07-03", origin="given"),
            dateline=None,
            byline=None,
            sections=[],
        ),
        entities=[],
        dates=[],
        agreements=list(agreements),
        warnings=[],
    )


class HandExtractor:
    """Finds an agreement in `TEXT` alone; fails on any text with `fail` in it."""

    def pipe(
        self, articles: Iterable[Article | Reject], *, batch_size: int = 64
    ) -> Iterator[DocumentRecord | Reject]:
        for article in articles:
            if isinstance(article, Reject):
                yield article
                continue
            if "fail" in article.text:
                raise ValueError("no such\ntoken")
            found = [make_agreement()] if article.text == TEXT else []
            yield make_record(
                article.text, id=article.id, source=article.source, title=None, agreements=found
            )
