import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.article import Article
from extract.errors import InputError, VerificationError
from extract.readers import parse_field_map, read_articles
from extract.verify import verify_records

TEXT = "Latvia and Chile signed a pact in Riga 🐟. It took a year."


def span(text: str, word: str) -> dict[str, Any]:
    start = text.index(word)
    return {"start": start, "end": start + len(word), "text": word}


def make_record(article: Article) -> dict[str, Any]:
    text = article.text
    party = {"name": "Chile", "type": "GPE", "entity": None, "role": "party"}
    return {
        "run": {"version": "0", "pipeline": "none", "rules_sha256": "0"},
        "document": {
            "id": article.id,
            "source": article.source,
            "location": article.source,
            "sha256": article.sha256,
            "title": None,
            "url": None,
            "language": "en",
            "published": None,
            "dateline": None,
            "byline": None,
            "sections": [],
        },
        "entities": [],
        "dates": [],
        "agreements": [
            {
                "id": "a1",
                "kind": "treaty",
                "status": "signed",
                "triggers": [span(text, "signed"), span(text, "pact")],
                "parties": [{**party, "mentions": [span(text, "Chile")]}],
                "signatories": [],
                "date": None,
                "place": {**span(text, "Riga"), "normal": "LV"},
                "topic": None,
                "value": None,
                "attribution": None,
                "evidence": [span(text, text[text.index("Latvia") : text.index(" It")])],
                "confidence": 1.0,
                "rules": ["x"],
            }
        ],
        "warnings": [{"code": "x", "message": "y", "start": 0, "end": 4}],
    }


SPANS = 6


def write_records(path: Path, records: list[dict[str, Any]]) -> Path:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def records_of(*paths: Path) -> list[dict[str, Any]]:
    return [make_record(item) for item in read_articles(paths) if isinstance(item, Article)]


def write_source(path: Path, text: str = TEXT) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_good_records_are_counted(tmp_path: Path) -> None:
    plain = write_source(tmp_path / "a.txt")
    lines = write_source(tmp_path / "b.jsonl", json.dumps({"text": "So: " + TEXT, "title": "🐟🐟"}))
    records = write_records(tmp_path / "out", records_of(plain, lines))
    found = verify_records(records, [lines, plain])
    assert (found.documents, found.spans) == (2, 2 * SPANS)


def change_text(record: dict[str, Any]) -> None:
    record["agreements"][0]["triggers"][1]["text"] = "fact"


def shift_offset(record: dict[str, Any]) -> None:
    record["agreements"][0]["place"]["start"] += 1


def pass_the_end(record: dict[str, Any]) -> None:
    record["warnings"][0]["end"] = 1000


def turn_round(record: dict[str, Any]) -> None:
    record["agreements"][0]["evidence"][0].update(start=9, end=3, text="")


def change_hash(record: dict[str, Any]) -> None:
    record["document"]["sha256"] = "0" * 64


def rename_document(record: dict[str, Any]) -> None:
    record["document"]["id"] = "other"


def add_field(record: dict[str, Any]) -> None:
    record["agreements"][0]["colour"] = "blue"


def drop_triggers(record: dict[str, Any]) -> None:
    record["agreements"][0]["triggers"] = []


def rename_party(record: dict[str, Any]) -> None:
    record["agreements"][0]["parties"][0]["name"] = "Peru"


def cut_party(record: dict[str, Any]) -> None:
    record["agreements"][0]["parties"][0]["name"] = "Chil"


def rename_signatory(record: dict[str, Any]) -> None:
    person = {"name": "Ana", "role": None, "party": None, "mentions": []}
    record["agreements"][0]["signatories"] = [person]


def rename_entity(record: dict[str, Any]) -> None:
    mentions = record["agreements"][0]["parties"][0]["mentions"]
    entity = {"id": "e1", "type": "GPE", "name": "Peru", "mentions": mentions}
    record["entities"] = [{**entity, "roles": [], "country": None, "ids": {}}]


def change_title(record: dict[str, Any]) -> None:
    record["document"]["sections"] = [{"kind": "headline", "start": 0, "end": 6}]
    record["document"]["title"] = "Chile"


def change_date(record: dict[str, Any]) -> None:
    date = {"text": "Latvia", "start": 0, "end": 6, "value": "2025-05", "granularity": "month"}
    days = {"earliest": "2025-06-01", "latest": "2025-06-30"}
    record["dates"] = [{**date, **days, "anchor": None, "rule": "x", "alternatives": []}]


BROKEN: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (change_text, r"agreements\[0\]\.triggers\[1\] \[26:30\]: expected 'fact', found 'pact'"),
    (shift_offset, r"agreements\[0\]\.place \[35:38\]: expected 'Riga', found 'iga'"),
    (pass_the_end, r"warnings\[0\] \[0:1000\]: expected a stretch of the text"),
    (turn_round, r"agreements\[0\]\.evidence\[0\] \[9:3\]: expected '', found ''"),
    (change_hash, "has changed: expected SHA-256 0000"),
    (rename_document, r"document other \(.*b.txt\) is in none of the sources"),
    (rename_party, r"agreements\[0\]\.parties\[0\]\.name: the name 'Peru' stands in none"),
    (cut_party, r"parties\[0\]\.name: the name 'Chil' stands in none"),
    (rename_signatory, r"signatories\[0\]\.name: the name 'Ana' stands in none"),
    (rename_entity, r"entities\[0\]\.name: the name 'Peru' stands in none"),
    (change_title, r"document\.title: expected 'Chile', found 'Latvia'"),
    (change_date, r"dates\[0\]\.value: '2025-05' does not lie in its interval, 2025-06-01 to"),
    (add_field, r"not a valid record: agreements\[0\]\.colour"),
    (drop_triggers, r"not a valid record: agreements\[0\]\.triggers"),
]


@pytest.mark.parametrize(("break_it", "message"), BROKEN)
def test_the_first_difference_is_told(
    tmp_path: Path, break_it: Callable[[dict[str, Any]], None], message: str
) -> None:
    sources = [write_source(tmp_path / "a.txt"), write_source(tmp_path / "b.txt", TEXT + " So.")]
    good, bad = records_of(*sources)
    break_it(bad)
    records = write_records(tmp_path / "out.jsonl", [good, bad])
    with pytest.raises(VerificationError, match=message) as caught:
        verify_records(records, sources)
    assert f"{records.as_posix()}:2: " in str(caught.value)
    assert "\n" not in str(caught.value)


NAMES = [  # name, text of its only mention
    ("Port Authority", "Port\nAuthority", "white space is evened out"),
    ("the Port Authority", "Port Authority", "an article is no part of a name"),
    ("Port Authority", "officials of the Port Authority", "it stands in a longer mention"),
    ("People's Bank", "People’s Bank", "one kind of apostrophe"),
]


@pytest.mark.parametrize(("name", "mention", "why"), NAMES)
def test_names_as_the_pipeline_writes_them_pass(
    name: str, mention: str, why: str, tmp_path: Path
) -> None:
    source = write_source(tmp_path / "a.txt", f"{TEXT} So said {mention}.")
    [record] = records_of(source)
    party = record["agreements"][0]["parties"][0]
    party.update(name=name, mentions=[span(f"{TEXT} So said {mention}.", mention)])
    records = write_records(tmp_path / "out", [record])
    assert verify_records(records, [source]).spans == SPANS, why


def test_a_title_is_compared_with_its_blanks_evened_out(tmp_path: Path) -> None:
    source = write_source(tmp_path / "a.txt", f"Riga \n pact\n\n{TEXT}")
    [record] = records_of(source)
    record["document"]["sections"] = [{"kind": "headline", "start": 0, "end": 11}]
    record["document"]["title"] = "Riga pact"
    assert verify_records(write_records(tmp_path / "out", [record]), [source]).spans == SPANS + 1


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_records_is_refused(content: str, tmp_path: Path) -> None:
    records = write_source(tmp_path / "out.jsonl", content)
    with pytest.raises(InputError, match=r"out\.jsonl: no record in it"):
        verify_records(records, [write_source(tmp_path / "a.txt")])


@pytest.mark.parametrize("line", ["{", "[]", "null", "\udcff"])
def test_line_that_is_no_record(tmp_path: Path, line: str) -> None:
    records = tmp_path / "out.jsonl"
    records.write_bytes(b"\n" + line.encode("utf-8", "surrogateescape"))
    with pytest.raises(VerificationError, match=r"out\.jsonl:2: not a valid record"):
        verify_records(records, [])


def test_changed_source_is_told(tmp_path: Path) -> None:
    source = write_source(tmp_path / "a.jsonl", json.dumps({"id": "x", "text": TEXT}))
    records = write_records(tmp_path / "out", records_of(source))
    write_source(source, json.dumps({"id": "x", "text": TEXT.replace("a year", "two")}))
    with pytest.raises(VerificationError, match=r"document x .* has changed"):
        verify_records(records, [source])


def test_source_that_is_now_refused_is_told(tmp_path: Path) -> None:
    source = write_source(tmp_path / "a.txt")
    records = write_records(tmp_path / "out", records_of(source))
    write_source(source, "%PDF-1.4")
    with pytest.raises(VerificationError, match=r"none of the sources: .* not a text but a PDF"):
        verify_records(records, [source])


def test_documents_of_one_id_are_told_apart_by_source(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "x", "text": text}) for text in (TEXT, f"So: {TEXT}", TEXT)]
    source = write_source(tmp_path / "a.jsonl", "\n".join(lines))
    found = verify_records(write_records(tmp_path / "out", records_of(source)), [source])
    assert (found.documents, found.spans) == (3, 3 * SPANS)


def test_moved_source_is_found_by_its_id(tmp_path: Path) -> None:
    source = write_source(tmp_path / "a.txt")
    records = write_records(tmp_path / "out", records_of(source))
    found = verify_records(records, [source.rename(tmp_path / "b.txt")])
    assert found.documents == 1


def test_field_names_are_those_of_the_extraction(tmp_path: Path) -> None:
    fields = parse_field_map(["text=body"])
    source = write_source(tmp_path / "a.jsonl", json.dumps({"body": TEXT}))
    (article,) = read_articles([source], fields=fields)
    assert isinstance(article, Article)
    records = write_records(tmp_path / "out", [make_record(article)])
    assert verify_records(records, [source], fields=fields).spans == SPANS
    with pytest.raises(VerificationError, match='the field "text" is missing'):
        verify_records(records, [source])


def test_missing_records(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        verify_records(tmp_path / "none.jsonl", [])
