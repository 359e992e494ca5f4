"""The main job: what the seed document must give, and that nothing was written for it."""

import hashlib
import re
from pathlib import Path

import pytest

from extract import Extractor
from extract.batch import run
from extract.readers import read_articles
from extract.records import Agreement, DocumentRecord, Entity, Span
from extract.resources import rule_folder

HOUSE = Path(__file__).parent.parent
SEEDS = HOUSE / "seeds"
SHA256 = "3204328ccf3238d94fc223f70865d057f1e450db5d94266d97d191f3548f1925"
HEADLINE = "Russia and Djibouti agree to cooperate in space exploration"
MINISTRY = "Ministry of Higher Education and Scientific Research of the Republic of Djibouti"
SPACE_AGENCY = "China National Space Administration"


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> DocumentRecord:
    with run(read_articles([SEEDS]), extractor) as results:
        assert (results.documents, results.rejected) == (1, 0)
        return next(results.records())


def _parties(agreement: Agreement) -> set[str]:
    return {party.name for party in agreement.parties}


def _with_party(record: DocumentRecord, name: str) -> Agreement:
    [agreement] = [found for found in record.agreements if name in _parties(found)]
    return agreement


def _entity(record: DocumentRecord, name: str) -> Entity:
    [entity] = [found for found in record.entities if found.name == name]
    return entity


def _text() -> str:
    [path] = SEEDS.iterdir()
    return path.read_text(encoding="utf-8")


def test_the_seed_is_unchanged() -> None:
    [path] = SEEDS.iterdir()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


@pytest.mark.model
def test_title_and_publication_date(record: DocumentRecord) -> None:
    assert record.document.title == HEADLINE
    assert record.document.published is not None
    assert record.document.published.value == "2025-07-03"


@pytest.mark.model
def test_the_memorandum_with_the_ministry_is_one_agreement_with_the_headline(
    record: DocumentRecord,
) -> None:
    agreement = _with_party(record, MINISTRY)
    assert _parties(agreement) == {MINISTRY, "Roscosmos"}
    assert (agreement.kind, agreement.status) == ("memorandum", "signed")
    assert agreement.topic is not None
    assert agreement.topic.text == "space exploration"
    triggers = {(span.text, span.start) for span in agreement.triggers}
    text = _text()
    assert ("agree", text.index("agree to cooperate")) in triggers
    assert ("memorandum of cooperation", text.index("memorandum of cooperation")) in triggers
    assert MINISTRY in " ".join(span.text for span in agreement.evidence)


@pytest.mark.model
def test_the_memorandum_with_the_chinese_agency(record: DocumentRecord) -> None:
    agreement = _with_party(record, SPACE_AGENCY)
    [other] = _parties(agreement) - {SPACE_AGENCY}
    assert other in {"Russia", "Russian Federation", "Roscosmos"}
    assert (agreement.kind, agreement.status) == ("memorandum", "signed")
    assert agreement.date is not None
    assert (agreement.date.value, agreement.date.mention.text) == ("2025-05", "May this year")
    assert agreement.topic is not None
    assert agreement.topic.text == "the development of a lunar power station"


@pytest.mark.model
def test_nothing_else_is_an_agreement(record: DocumentRecord) -> None:
    assert len(record.agreements) == 2
    start = _text().index("Moreover, an exhibition")  # the resolution of the General Assembly
    for agreement in record.agreements:
        assert all(span.end <= start for span in [*agreement.triggers, *agreement.evidence])


@pytest.mark.model
def test_a_person_with_both_his_roles(record: DocumentRecord) -> None:
    person = _entity(record, "Dmitry Bakanov")
    assert person.type == "PERSON"
    assert len(person.mentions) == 2
    assert {role.title for role in person.roles} == {
        "head of the Russian delegation",
        "Director General of the Russian state corporation",
    }


DATES = [
    ("03.07.25", "2025-07-03", "day"),
    ("12:00", "2025-07-03T12:00", "time"),
    ("this year", "2025", "year"),
    ("50 years", "P50Y", "duration"),
    ("70 years", "P70Y", "duration"),
    ("May this year", "2025-05", "month"),
    ("currently", "PRESENT_REF", "reference"),
    ("the future", "FUTURE_REF", "reference"),
    ("the near future", "FUTURE_REF", "reference"),
    ("March 2025", "2025-03", "month"),
]


@pytest.mark.model
def test_the_dates_are_resolved(record: DocumentRecord) -> None:
    assert [(date.text, date.value, date.granularity) for date in record.dates] == DATES


@pytest.mark.model
@pytest.mark.parametrize("words", ["Photo:", "iStock", "\nBack"])
def test_furniture_of_the_page_is_in_nothing(record: DocumentRecord, words: str) -> None:
    start = _text().index(words)
    found = [span for entity in record.entities for span in entity.mentions]
    found += [span for agreement in record.agreements for span in _spans_of(agreement)]
    ends = [span.end for span in found] + [date.end for date in record.dates]
    assert ends
    assert max(ends) <= start
    assert words.strip() not in record.model_dump_json()


def _spans_of(agreement: Agreement) -> list[Span]:
    single = [agreement.place, agreement.topic, agreement.value]
    return [
        *agreement.triggers,
        *agreement.evidence,
        *(span for party in agreement.parties for span in party.mentions),
        *(span for person in agreement.signatories for span in person.mentions),
        *(span for span in single if span),
    ]


# Names of this one text: no rule, lexicon or line of code may know them.
NAMES = re.compile(
    r"roscosmos|bakanov|copuos|baikonur|istock|apollo|soyuz|china national space"
    r"|peaceful uses of outer space|ministry of higher education",
    re.IGNORECASE,
)


def test_no_code_or_rule_names_what_stands_in_the_seed() -> None:
    files = [*(HOUSE / "extract").rglob("*.py"), *rule_folder().rglob("*.yaml")]
    assert len(files) > 50
    told = [
        f"{path.relative_to(HOUSE)}:{number}: {found[0]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := NAMES.search(line))
    ]
    assert not told


def test_only_the_list_of_countries_knows_djibouti() -> None:
    knowing = [
        path.name
        for path in [*(HOUSE / "extract").rglob("*.py"), *rule_folder().rglob("*.yaml")]
        if "djibouti" in path.read_text(encoding="utf-8").lower()
    ]
    assert knowing == ["countries.yaml"]
