"""What goes through a pipeline; test_loading.py tells how one is found and what it must have."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from made_records import TEXT
from spacy.tokens import Doc, DocBin

from extract import DocumentRecord, Extractor, load
from extract.article import Article, Reject, make_article
from extract.errors import InputError
from extract.pipeline import COMPONENTS
from extract.resources import DEFAULT_PIPELINE

PUBLISHED = "2025-07-03"
PACT = (
    "LIMA, July 3 (Puna Wire) - Peru and Chile signed a memorandum of understanding on fisheries "
    "in Lima on Monday, Foreign Minister Ana Rojas said."
)
FRENCH = (
    "Le Sénégal et la Belgique ont signé mercredi un accord de coopération dans le domaine de la "
    "pêche artisanale, a annoncé le ministère sénégalais de la Mer lors d'une cérémonie à Dakar."
)


# What is loaded


@pytest.mark.model
def test_a_saved_pipeline_loads_and_finds_the_same(extractor: Extractor, tmp_path: Path) -> None:
    assert tuple(extractor.nlp.pipe_names[-len(COMPONENTS) :]) == COMPONENTS
    extractor.nlp.to_disk(tmp_path / "own")
    own = load(tmp_path / "own")
    assert own.nlp.pipe_names == extractor.nlp.pipe_names
    assert own(PACT, published=PUBLISHED) == extractor(PACT, published=PUBLISHED)


@pytest.mark.model
def test_the_run_is_described(extractor: Extractor) -> None:
    run = extractor(PACT).run
    assert (run.tool, run.pipeline.split()[0]) == ("pactwire", DEFAULT_PIPELINE)
    assert len(run.rules_sha256) == 64


# Running

ARTICLES = [
    make_article(PACT, source="one", published=PUBLISHED, url="https://press.example/1", id="n1"),
    make_article(TEXT, source="two"),
    make_article("They agreed on Monday.", source="three", title="Fiji, Tonga sign truce"),
    make_article("🤝", source="four"),
]


@pytest.mark.model
@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.source)
def test_a_call_is_what_pipe_gives(article: Article, extractor: Extractor) -> None:
    [piped] = extractor.pipe([article])
    called = extractor(
        article.text,
        published=article.published,
        title=article.title,
        id=article.id,
        url=article.url,
        source=article.source,
    )
    assert called == piped


@pytest.mark.model
def test_pipe_keeps_the_order_and_lets_rejects_through(extractor: Extractor) -> None:
    reject = Reject("gone.txt", "missing", "gone.txt: no such file")
    foreign = make_article(FRENCH, source="fr", id="n9")
    items: list[Article | Reject] = [foreign, ARTICLES[0], reject, ARTICLES[3], ARTICLES[1]]
    for batch_size in (1, 2, 64):
        first, one, same, four, two = extractor.pipe(items, batch_size=batch_size)
        assert isinstance(first, Reject)
        assert (first.source, first.reason, first.id) == ("fr", "language", "n9")
        assert "fr" in first.message and "\n" not in first.message
        assert same is reject
        records = [item for item in (one, four, two) if isinstance(item, DocumentRecord)]
        assert [record.document.source for record in records] == ["one", "four", "two"]


@pytest.mark.model
def test_pipe_reads_no_further_ahead_than_a_batch(extractor: Extractor) -> None:
    asked = []

    def articles() -> Iterator[Article]:
        for article in ARTICLES:
            asked.append(article.source)
            yield article

    next(extractor.pipe(articles(), batch_size=2))
    assert asked == ["one", "two"]


@pytest.mark.model
def test_a_foreign_text_that_is_asked_for_becomes_a_record(extractor: Extractor) -> None:
    assert isinstance(extractor(FRENCH), DocumentRecord)


SMALL = ["", " ", "\n\n", "🤝", "\ufeff", "e\u0301", "\x00", ".", "\r\n.\r\n", "a" * 100_000]


@pytest.mark.model
@pytest.mark.parametrize("text", SMALL, ids=lambda text: ascii(text[:8]))
def test_a_text_that_says_nothing(text: str, extractor: Extractor) -> None:
    record = extractor(text)
    assert (record.agreements, record.dates) == ([], [])
    assert record.document.sha256 == make_article(text, source="").sha256


QUIET = "Gulls circled over the harbour of Ilo, and the trawler Santa Rosa left before dawn. "


@pytest.mark.model
def test_a_title_counts_to_the_length(extractor: Extractor) -> None:
    with pytest.raises(InputError, match=r"1,000,012 characters, more than 1,000,000; split"):
        extractor("a " * 500_000, title="Truce held")


@pytest.mark.model
def test_a_long_text(extractor: Extractor) -> None:
    filler = QUIET * (100_000 // len(QUIET)) + "\n\n"
    text = f"{filler}{PACT}\n\n{filler}"
    record = extractor(text, published=PUBLISHED)
    [agreement] = record.agreements
    assert len(text) > 200_000
    assert {party.name for party in agreement.parties} == {"Peru", "Chile"}
    assert agreement.triggers[0].text == "memorandum of understanding"
    assert text[agreement.triggers[0].start :].startswith("memorandum of understanding")


# A Doc of the pipeline serialises with all that the components hung on it.

HUNG = (
    "published",
    "acronyms",
    "roles",
    "dates",
    "entities",
    "references",
    "agreements",
    "reasons",
)


def _plain(doc: Doc) -> str:
    """Return what hangs on a Doc; a tuple comes back as a list, which JSON does not tell apart."""
    spans = {
        name: [(span.start, span.end, span.label_, span.id_) for span in group]
        for name, group in doc.spans.items()
    }
    return json.dumps([{name: doc._.get(name) for name in HUNG}, spans], sort_keys=True)


@pytest.mark.model
def test_a_doc_serialises(extractor: Extractor) -> None:
    doc = extractor.analyse(PACT, published=PUBLISHED, explain=True)
    assert doc._.agreements and doc._.roles and doc._.dates and doc._.reasons
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert _plain(again) == _plain(doc)


@pytest.mark.model
def test_a_doc_bin_keeps_all(extractor: Extractor) -> None:
    doc = extractor.analyse(PACT, published=PUBLISHED)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    [again] = DocBin().from_bytes(stored).get_docs(extractor.nlp.vocab)
    assert _plain(again) == _plain(doc)
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in doc.ents]


# What a caller may give


@pytest.mark.model
def test_a_day_may_be_given_as_a_date(extractor: Extractor) -> None:
    text = "Peru and Chile signed a pact in Lima on Tuesday."
    given = extractor(text, published=date(2025, 7, 3))
    assert given == extractor(text, published="2025-07-03")
    assert [found.value for found in given.dates] == ["2025-07-01"]


@pytest.mark.model
@pytest.mark.parametrize("text", [None, b"Peru and Chile signed a pact.", "x" * 1_000_001])
def test_what_is_no_text_is_an_input_error(extractor: Extractor, text: str) -> None:
    with pytest.raises(InputError, match="text"):
        extractor(text)


@pytest.mark.model
def test_a_lone_surrogate_is_replaced(extractor: Extractor) -> None:
    record = extractor("Peru and Chile signed a pact \ud800 in Lima.")
    assert "\ud800" not in record.model_dump_json()


@pytest.mark.model
def test_a_foreign_text_is_read_with_a_warning(extractor: Extractor) -> None:
    record = extractor(FRENCH)
    assert [warning.code for warning in record.warnings] == ["language"]
    assert record.document.language == "fr"


@pytest.mark.model
def test_an_unresolved_weekday_dates_no_agreement(extractor: Extractor) -> None:
    record = extractor("Kenya and Peru signed a pact in Nairobi on Monday.")
    assert [found.value for found in record.dates] == ["XXXX-WXX-1"]
    assert [agreement.date for agreement in record.agreements] == [None]


# What is told of each candidate


@pytest.mark.model
def test_every_trigger_is_told_kept_or_refused(extractor: Extractor) -> None:
    doc = extractor.analyse(
        "Experts agree that a good deal of snow fell. Kenya and Uganda signed a trade agreement."
    )
    kept = [doc[slice(*c["span"])].text for c in doc._.candidates if c["agreement"] is not None]
    assert kept == ["trade agreement"]
    assert {span.id_ for span in doc.spans["decoys"]} == {"decoy.opinion", "decoy.quantity"}


@pytest.mark.model
def test_the_two_sides_are_those_of_the_agreement_just_told(extractor: Extractor) -> None:
    doc = extractor.analyse(
        "Kenya signed a memorandum with the Lima Port Authority. The two sides agreed to "
        "cooperate on customs.",
        published=PUBLISHED,
    )
    [reference] = doc._.references
    names = {doc._.entities[number]["name"] for number in reference["entities"]}
    assert names == {"Kenya", "Lima Port Authority"}


@pytest.mark.model
def test_countries_joined_by_a_dash_are_two_names(extractor: Extractor) -> None:
    doc = extractor.analyse("Talks on the U.S.-Kenya and EU-Chile trade pacts went on.")
    assert [ent.text for ent in doc.ents] == ["U.S.", "Kenya", "EU", "Chile"]


@pytest.mark.model
def test_a_text_without_full_stops_is_cut_into_sentences(extractor: Extractor) -> None:
    _, doc = extractor.prepare(make_article("Peru signed " * 400, source="x"))
    starts = [token.i for token in doc if token.is_sent_start]
    assert starts == [0, 250, 500, 750]


@pytest.mark.model
def test_a_record_keeps_the_source_that_its_line_names(extractor: Extractor) -> None:
    article = make_article(
        "Peru and Chile signed a pact.", source="dump.jsonl:7", origin="Puna Wire"
    )
    [record] = extractor.pipe([article])
    assert isinstance(record, DocumentRecord)
    assert (record.document.source, record.document.location) == ("Puna Wire", "dump.jsonl:7")
