"""Doc → record; the Doc and all that hangs on it are written by hand."""

from typing import Any

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.article import Article, Notice, make_article
from extract.assemble import to_record
from extract.components.frames import AgreementFrame, DateFrame, EntityFrame, RoleFrame
from extract.press import Layout, Publication
from extract.press.orders import Order
from extract.records import DocumentRecord, Run

RUN = Run(version="0", pipeline="by hand", rules_sha256="0" * 64)
# The line break is a token of its own, and stands at the end or the start of some spans.
WORDS = ["Fiji", "signed", "\n", "a", "pact", "with", "Peru", "🤝", "on", "Monday", "\n", "Back"]
SPACES = [True, False, False, True, True, True, True, True, True, False, False, False]
TEXT = "Fiji signed\na pact with Peru 🤝 on Monday\nBack"
FIJI, PACT, PERU, MONDAY = (0, 1), (2, 5), (6, 7), (9, 11)
LAYOUT = Layout(
    headline=None,
    subhead=None,
    dateline=None,
    byline=None,
    published_span=None,
    published=None,
    place=None,
    agency=None,
    boilerplate=(),
    date_order=Order("auto", ""),
    breaks=(),
    joins=(),
    notices=(),
)
DATE: DateFrame = {
    "span": MONDAY,
    "value": "2025-06-30",
    "earliest": "2025-06-30",
    "latest": "2025-06-30",
    "granularity": "day",
    "anchor": "publication date",
    "rule": "relative.weekday",
    "alternatives": [{"value": "2025-07-07", "reason": "the coming one"}],
}
OTHER_DATE: DateFrame = {**DATE, "span": (3, 4), "value": "2025"}
ENTITIES: list[EntityFrame] = [
    {
        "type": "GPE",
        "name": "Fiji",
        "mentions": [FIJI],
        "country": "FJ",
        "ids": {"b": "2", "a": "1"},
    },
    {"type": "GPE", "name": "Peru", "mentions": [PERU, (6, 8)], "country": None, "ids": {}},
]
ROLES: list[RoleFrame] = [
    {"person": PERU, "role": PACT, "body": None, "rule": "by.hand"},
    {"person": FIJI, "role": (3, 5), "body": PERU, "rule": "by.hand"},
]
AGREEMENT: AgreementFrame = {
    "kind": "agreement",
    "status": "signed",
    "triggers": [PACT],
    "parties": [
        {"name": "Fiji", "type": "GPE", "entity": 0, "role": "party", "mentions": [FIJI]},
        {"name": "all", "type": "GROUP", "entity": None, "role": "party", "mentions": []},
    ],
    "signatories": [{"name": "Peru", "role": "envoy", "party": "all", "mentions": [PERU]}],
    "date": 1,
    "place": {"span": PERU, "normal": "PE"},
    "topic": None,
    "value": None,
    "duration": {"span": MONDAY, "normal": "P1D"},
    "attribution": {"by": "Peru", "quote": True},
    "evidence": [(0, 11)],
    "confidence": 0.123456,
    "rules": ["status.signed"],
}


def _article(**known: Any) -> Article:
    return make_article(TEXT, source="by/hand.txt", **known)


def _record(article: Article | None = None, layout: Layout = LAYOUT, **hung: Any) -> DocumentRecord:
    doc = Doc(Vocab(), words=WORDS, spaces=SPACES)
    assert doc.text == TEXT
    for name, value in hung.items():
        doc._.set(name, value)
    return to_record(doc, article or _article(), layout, RUN, language="en")


def _layout(**parts: Any) -> Layout:
    values = {name: getattr(LAYOUT, name) for name in Layout.__slots__}
    return Layout(**{**values, **parts})


def test_a_doc_on_which_nothing_hangs() -> None:
    record = _record()
    assert (record.entities, record.dates, record.agreements, record.warnings) == ([], [], [], [])
    assert record.run == RUN


def test_the_document_is_the_article() -> None:
    article = _article(id="n1", title="Fiji signed", url="https://press.example/1")
    document = _record(article).document
    assert document.model_dump(include={"id", "source", "sha256", "title", "url", "language"}) == {
        "id": "n1",
        "source": "by/hand.txt",
        "sha256": article.sha256,
        "title": "Fiji signed",
        "url": "https://press.example/1",
        "language": "en",
    }
    assert (document.published, document.dateline, document.byline) == (None, None, None)


def test_front_matter_becomes_sections_in_text_order() -> None:
    layout = _layout(
        headline=(12, 18),
        dateline=(0, 4),
        byline=(19, 28),
        published_span=(34, 40),
        published=Publication("2025-07-03", "in the text"),
        boilerplate=((41, 45),),
    )
    document = _record(layout=layout).document
    assert [(part.kind, part.start, part.end) for part in document.sections] == [
        ("dateline", 0, 4),
        ("headline", 12, 18),
        ("byline", 19, 28),
        ("published", 34, 40),
        ("boilerplate", 41, 45),
    ]
    assert "Back" not in document.model_dump_json()
    assert (document.title, document.dateline, document.byline) == ("a pact", "Fiji", "with Peru")
    assert document.published is not None
    assert document.published.model_dump() == {"value": "2025-07-03", "origin": "in the text"}


def test_a_given_title_outranks_the_headline() -> None:
    article = _article(title="Fiji signed")
    assert _record(article, _layout(headline=(12, 18))).document.title == "Fiji signed"


TRIMMED = [
    (PACT, (12, 18, "a pact"), "a line break before"),
    (MONDAY, (34, 40, "Monday"), "a line break after"),
    ((1, 3), (5, 11, "signed"), "one that ends the line"),
    ((6, 8), (24, 30, "Peru 🤝"), "an emoji is one code point"),
    ((0, 12), (0, 45, TEXT), "all, the breaks within kept"),
]


@pytest.mark.parametrize(("span", "expected", "why"), TRIMMED)
def test_spans_are_cut_to_what_shows(
    span: tuple[int, int], expected: tuple[int, int, str], why: str
) -> None:
    agreement = {**AGREEMENT, "triggers": [span], "topic": span, "evidence": [span]}
    [found] = _record(dates=[DATE, DATE], agreements=[agreement]).agreements
    assert found.topic is not None
    for shown in (found.triggers[0], found.topic, found.evidence[0]):
        assert (shown.start, shown.end, shown.text) == expected, why
        assert TEXT[shown.start : shown.end] == shown.text
    [date] = _record(dates=[{**DATE, "span": span}]).dates
    assert (date.start, date.end, date.text) == expected, why


def test_entities_with_their_roles() -> None:
    fiji, peru = _record(entities=ENTITIES, roles=ROLES).entities
    assert (fiji.id, fiji.type, fiji.name, fiji.country) == ("e1", "GPE", "Fiji", "FJ")
    assert list(fiji.ids) == ["a", "b"]
    assert [(role.title, role.body, role.mention.text) for role in fiji.roles] == [
        ("a pact", "Peru", "a pact")
    ]
    assert (peru.id, [span.text for span in peru.mentions]) == ("e2", ["Peru", "Peru 🤝"])
    assert [(role.title, role.body) for role in peru.roles] == [("a pact", None)]


def test_the_country_of_a_name_stands_before_what_is_said_of_it() -> None:
    entities = [{**ENTITIES[0], "origin": "AU"}, {**ENTITIES[1], "origin": "PE"}]
    assert [entity.country for entity in _record(entities=entities).entities] == ["FJ", "PE"]


def test_dates() -> None:
    [date, _] = _record(dates=[DATE, OTHER_DATE]).dates
    assert date.model_dump() == {
        **{key: DATE[key] for key in ("value", "earliest", "latest", "granularity", "anchor")},
        "text": "Monday",
        "start": 34,
        "end": 40,
        "rule": "relative.weekday",
        "alternatives": [{"value": "2025-07-07", "reason": "the coming one"}],
    }


def test_an_agreement() -> None:
    dates = [OTHER_DATE, DATE]
    record = _record(dates=dates, entities=ENTITIES, agreements=[AGREEMENT] * 2)
    found, second = record.agreements
    assert (found.id, second.id, found.kind, found.status) == ("a1", "a2", "agreement", "signed")
    assert [(p.name, p.type, p.entity, len(p.mentions)) for p in found.parties] == [
        ("Fiji", "GPE", "e1", 1),
        ("all", "GROUP", None, 0),
    ]
    [signatory] = found.signatories
    assert (signatory.name, signatory.role, signatory.party) == ("Peru", "envoy", "all")
    assert signatory.mentions[0].text == "Peru"
    assert found.date is not None
    assert (found.date.value, found.date.mention.text) == ("2025-06-30", "Monday")
    assert found.place is not None
    assert (found.place.text, found.place.normal) == ("Peru", "PE")
    assert (found.topic, found.value) == (None, None)
    assert found.duration is not None
    assert (found.duration.text, found.duration.normal) == ("Monday", "P1D")
    assert found.attribution is not None
    assert (found.attribution.by, found.attribution.quote) == ("Peru", True)
    assert [span.text for span in found.evidence] == [TEXT[:40]]
    assert (found.confidence, found.rules) == (0.1235, ["status.signed"])


def test_what_is_not_known_is_null() -> None:
    agreement = {**AGREEMENT, "date": None, "place": None, "attribution": None, "signatories": []}
    [found] = _record(agreements=[agreement]).agreements
    assert (found.date, found.place, found.attribution, found.signatories) == (None, None, None, [])


def test_the_first_date_is_a_date() -> None:
    [found] = _record(dates=[DATE], agreements=[{**AGREEMENT, "date": 0}]).agreements
    assert found.date is not None


def test_notices_of_reader_and_layout_become_warnings() -> None:
    article = _article(notices=(Notice("encoding", "read as cp1252"),))
    layout = _layout(notices=(Notice("ambiguous_date", "day or month first"),))
    assert [warning.model_dump() for warning in _record(article, layout).warnings] == [
        {"code": "encoding", "message": "read as cp1252", "start": None, "end": None},
        {"code": "ambiguous_date", "message": "day or month first", "start": None, "end": None},
    ]
