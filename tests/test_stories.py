"""The stories: golden records, and the facts in them that no later version may lose.

`PACTWIRE_REFRESH_STORIES=1 pytest tests/test_stories.py` writes the golden files anew.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import pytest
from story_files import NAMES, STORIES, read_meta, read_story

from extract import Extractor
from extract.article import Article, Reject
from extract.batch import run
from extract.records import Agreement, DocumentRecord
from extract.vocabulary import Kind, Status

REFRESH = os.environ.get("PACTWIRE_REFRESH_STORIES") == "1"
MEASURED = {"kind", "status", "parties", "signatories", "date", "place", "topic", "value"}


def _extract(name: str, extractor: Extractor) -> tuple[list[DocumentRecord], list[Reject]]:
    with run(read_story(name), extractor) as results:
        return list(results.records()), list(results.rejects())


def _to_golden(record: DocumentRecord) -> dict[str, Any]:
    """Return what must not move: the versions do, and so do floats from machine to machine."""
    golden = record.model_dump(mode="json", exclude={"run": True})
    for agreement in golden["agreements"]:
        del agreement["confidence"]
    return golden


def _read_golden(path: Path) -> list[Any]:
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return list(json.loads(text))
    return [json.loads(line) for line in text.splitlines()]


def _write_golden(path: Path, found: list[Any]) -> None:
    if not found:
        path.unlink(missing_ok=True)
    elif path.suffix == ".json":
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    else:
        lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in found]
        path.write_text("".join(lines), encoding="utf-8")


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_golden_output(name: str, extractor: Extractor) -> None:
    records, rejects = _extract(name, extractor)
    found = {
        STORIES / name / "output.jsonl": [_to_golden(record) for record in records],
        STORIES / name / "error.json": [asdict(reject) for reject in rejects],
    }
    if REFRESH:
        for path, content in found.items():
            _write_golden(path, content)
        pytest.fail("refreshed, look at the diff")
    for path, content in found.items():
        assert content == _read_golden(path), f"{name}/{path.name}"


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_documents(name: str, extractor: Extractor) -> None:
    records, _ = _extract(name, extractor)
    for record, expected in zip(records, read_meta(name)["documents"], strict=True):
        document = record.document.model_dump()
        published = document["published"]
        document["published"] = published and published["value"]
        wanted = {key: expected[key] for key in expected["must"]}
        assert {key: document[key] for key in wanted} == wanted


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_what_must_be_found(name: str, extractor: Extractor) -> None:
    records, _ = _extract(name, extractor)
    meta = read_meta(name)
    for expected in meta["expect"]:
        if expected["must"]:
            found = _measure(_find(expected["where"], read_story(name), records), expected)
            wanted = {key: expected[key] for key in expected["must"]}
            assert {key: found[key] for key in wanted} == wanted, expected["where"]
    if "count" in meta["must"]:
        assert sum(len(record.agreements) for record in records) == len(meta["expect"])


def _find(where: str, articles: list[Article | Reject], records: list[DocumentRecord]) -> Agreement:
    """Return the one agreement with a trigger at the bracketed words of `where`."""
    before, words, after = where.replace("]", "[").split("[")
    [article] = _holders(where, articles)
    start = article.text.index(before + words + after) + len(before)
    [record] = [found for found in records if found.document.id == article.id]
    [agreement] = [
        agreement
        for agreement in record.agreements
        if any(t.start < start + len(words) and start < t.end for t in agreement.triggers)
    ]
    return agreement


def _holders(where: str, articles: list[Article | Reject]) -> list[Article]:
    phrase = where.replace("[", "").replace("]", "")
    return [a for a in articles if isinstance(a, Article) and a.text.count(phrase) == 1]


def _measure(agreement: Agreement, expected: dict[str, Any]) -> dict[str, Any]:
    """Return what was found, in the words of `expected` where it names the same."""
    spans = {key: getattr(agreement, key) for key in ("place", "topic", "value")}
    return {
        "kind": agreement.kind,
        "status": agreement.status,
        "parties": _name_parties(agreement, expected["parties"]),
        "signatories": sorted(person.name for person in agreement.signatories),
        "date": agreement.date and agreement.date.value,
        **{key: span and span.text for key, span in spans.items()},
    }


def _name_parties(agreement: Agreement, expected: list[str]) -> list[str]:
    """Return the marked parties that were found, in their order, then those that nobody marked.

    A party may be named by any of its marked mentions (`Perth | City of Perth`), case-folded,
    without the article.
    """
    left = [party.name.casefold().removeprefix("the ") for party in agreement.parties]
    found = []
    for names in expected:
        known = names.casefold().split(" | ")
        if name := next((name for name in left if name in known), None):
            left.remove(name)
            found.append(names)
    return found + left


@pytest.mark.parametrize("name", NAMES)
def test_meta_is_sound(name: str) -> None:
    meta = read_meta(name)
    assert set(meta["must"]) <= {"count"}
    for expected in meta["expect"]:
        assert len(_holders(expected["where"], read_story(name))) == 1, expected["where"]
        assert expected["kind"] in get_args(Kind)
        assert expected["status"] in get_args(Status)
        assert expected.get("signatories", []) == sorted(expected.get("signatories", []))
        assert set(expected["must"]) <= MEASURED & set(expected)
    for document in meta["documents"]:
        assert set(document["must"]) <= set(document) - {"must"}


def test_no_story_is_empty_of_meaning() -> None:
    assert len(NAMES) >= 12
    for name in NAMES:
        meta = read_meta(name)
        assert meta["must"] or any(item["must"] for item in [*meta["expect"], *meta["documents"]])
