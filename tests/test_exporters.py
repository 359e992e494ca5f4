"""The exporters: fixed bytes, whole files or none."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_records import make_agreement, make_record

from extract.article import Reject
from extract.errors import InputError
from extract.exporters import EXPORTERS, write_jsonl, write_rejects
from extract.exporters.target import check_target, open_target
from extract.records import DocumentRecord


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    record = make_record(agreements=[make_agreement()])
    assert EXPORTERS["jsonl"]([record], str(tmp_path / "out.jsonl")) == 1
    content = (tmp_path / "out.jsonl").read_bytes()
    assert DocumentRecord.model_validate_json(content) == record
    assert content.endswith(b"}\n") and content.count(b"\n") == 1


def test_keys_stand_in_the_order_of_the_models(tmp_path: Path) -> None:
    write_jsonl([make_record(agreements=[make_agreement()])], str(tmp_path / "out.jsonl"))
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert list(line) == list(DocumentRecord.model_fields)
    assert list(line["agreements"][0]["topic"]) == ["start", "end", "text", "normal"]


def test_text_stays_unescaped(tmp_path: Path) -> None:
    write_jsonl([make_record("Düsseldorf – 東京", title="Zürich")], str(tmp_path / "out.jsonl"))
    assert '"title":"Zürich"' in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    def records() -> Iterator[DocumentRecord]:
        yield make_record()
        raise RuntimeError("the power went")

    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        write_jsonl(records(), str(target))
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_keeps_pointing_where_it_pointed(tmp_path: Path) -> None:
    link = tmp_path / "latest.jsonl"
    link.symlink_to(tmp_path / "real.jsonl")
    assert write_jsonl([make_record()], str(link)) == 1
    assert link.is_symlink()
    assert (tmp_path / "real.jsonl").is_file()


def test_a_device_is_written_and_not_replaced() -> None:
    with open_target("/dev/null") as stream:
        stream.write(b"x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_device_is_named() -> None:
    with pytest.raises(InputError, match=r"/dev/full: cannot be written: No space left"):
        write_jsonl([make_record()], "/dev/full")


def test_closed_standard_output_is_told_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(InputError, match="standard output is closed"):
        check_target("-")


UNWRITABLE = [
    ("no/such/folder/out.jsonl", "does not exist"),
    (".", "a folder"),
]


@pytest.mark.parametrize(("path", "message"), UNWRITABLE)
def test_where_nothing_can_be_written_is_told_beforehand(
    path: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        check_target(str(tmp_path / path))


def test_rejects_keep_file_names_that_are_no_valid_text(tmp_path: Path) -> None:
    reject = Reject("caf\udce9.txt", "binary", "not a text but a picture")
    assert write_rejects([reject], str(tmp_path / "rejects.jsonl")) == 1
    line = (tmp_path / "rejects.jsonl").read_text(encoding="utf-8")
    assert list(json.loads(line)) == ["source", "id", "reason", "message"]
    assert json.loads(line)["source"] == "caf\udce9.txt"
    assert json.loads(line)["id"] is None
