import io
import json
import os
import sys
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from extract.article import Article, Reject
from extract.errors import InputError
from extract.readers import MAX_CHARACTERS, FieldMap, parse_field_map, read_articles
from extract.readers.encoding import decode, describe_binary, mend

FIELDS = FieldMap()
PROSE = "Latvia and Chile signed a fisheries pact – “a first” – in Riga.\r\nIt took a year.\n"

DECODED = [  # bytes, text, part of the notice, why
    (PROSE.encode(), PROSE, None, "UTF-8, line ends kept"),
    (PROSE.encode("utf-8-sig"), PROSE, None, "the mark is no text"),
    (PROSE.encode("utf-16"), PROSE, None, "UTF-16 with its mark"),
    (b"\xfe\xff" + PROSE.encode("utf-16-be"), PROSE, None, "UTF-16, big end first"),
    (PROSE.encode("utf-32"), PROSE, None, "its mark begins with that of UTF-16"),
    (b"\0\0\xfe\xff" + PROSE.encode("utf-32-be"), PROSE, None, "UTF-32, big end first"),
    (PROSE.encode("cp1252"), PROSE, "cp1252: 4 characters are not ASCII", "an old newsroom file"),
    (b"caf\xe9 \x81\x9d", "café \ufffd\ufffd", "2 more could not be read", "bytes cp1252 lacks"),
    ("é".encode() + b"\xff", "Ã©ÿ", "cp1252: 3 characters", "one bad byte and it is not UTF-8"),
    ("É".encode() + b"\x81", "Ã‰\ufffd", "1 more could not be read", "nor all of it cp1252"),
    ("Riga".encode("utf-16") + b"\x00", "Riga\ufffd", "1 characters", "UTF-16 cut in a character"),
    ("a \ufffd b".encode(), "a \ufffd b", "1 characters", "lost before it came here"),
    (b"", "", None, "nothing"),
]
BINARIES = [
    (b"%PDF-1.7\n%\xe2", "PDF"),
    (b"PK\x03\x04\x14\x00", "office document"),
    (b"\x1f\x8b\x08\x00", "gzip"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\x7fELF\x02", "program"),
    ("Riga".encode("utf-16-le"), "NUL"),
    (bytes(range(1, 256)), "control characters"),
]
TEXTS = [  # file name, content, reason of the reject, part of its message
    ("empty.txt", b"", "empty", "no text"),
    ("blank.txt", b" \r\n\t\n", "empty", "no text"),
    ("mark.txt", b"\xef\xbb\xbf", "empty", "no text"),
    ("scan.txt", b"%PDF-1.4", "binary", "a PDF file"),
    ("table.csv", b"a,b", "unknown_format", "unknown format .csv"),
    ("long.txt", b"a" * (MAX_CHARACTERS + 1), "too_long", "1,000,001 characters"),
    ("huge.txt", b"a" * 5_000_000, "too_long", "5,000,000 bytes"),
    ("packed.jsonl", b"\x1f\x8b\x08\x00", "binary", "a gzip file"),
    ("none.jsonl", b"\n\n", "empty", "no text"),
]
LINES = [  # a JSON line, reason of the reject, part of its message
    ('{"text": "a" "b": 1}', "bad_json", "news.jsonl:1: not valid JSON: Expecting ',' delimiter"),
    ("{", "bad_json", "column 2"),
    ("[" * 100_000, "bad_json", "nesting too deep"),
    ('{"text": "a", "id": %s}' % ("9" * 5000), "bad_json", "a number too long"),
    ('["a"]', "bad_json", "not a JSON object but a list"),
    ("null", "bad_json", "not a JSON object but null"),
    ('{"body": "a"}', "no_text", 'the field "text" is missing'),
    ('{"text": null}', "no_text", 'the field "text" is null'),
    ('{"text": ["a"]}', "no_text", 'the field "text" is a list'),
    ('{"text": 5}', "no_text", 'the field "text" is a number'),
    ('{"text": " \\n"}', "empty", "no text"),
    ('{"text": "%s"}' % ("a" * (MAX_CHARACTERS + 1)), "too_long", "1,000,001 characters"),
]


def read(*paths: Path | str, fields: FieldMap = FIELDS) -> list[Article | Reject]:
    return list(read_articles(paths, fields=fields))


def articles(found: Iterable[Article | Reject]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def rejects(found: Iterable[Article | Reject]) -> list[Reject]:
    return [item for item in found if isinstance(item, Reject)]


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def give_stdin(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.mark.parametrize(("raw", "text", "told", "why"), DECODED)
def test_decode(raw: bytes, text: str, told: str | None, why: str) -> None:
    found, notice = decode(raw)
    assert found == text, why
    assert (notice is None) == (told is None), why
    if notice and told:
        assert notice.code == "encoding"
        assert told in notice.message


@pytest.mark.parametrize(("raw", "name"), BINARIES)
def test_binary_is_described(raw: bytes, name: str) -> None:
    assert name in (describe_binary(raw) or "")


@pytest.mark.parametrize("raw", [row[0] for row in DECODED if not row[0].startswith(b"caf")])
def test_text_is_not_binary(raw: bytes) -> None:
    assert describe_binary(raw) is None


def test_mend_replaces_lone_surrogates() -> None:
    text, notice = mend("a\ud800b")
    assert text == "a\ufffdb"
    assert notice and "1 characters" in notice.message


def test_plain_text_is_unchanged(tmp_path: Path) -> None:
    path = write(tmp_path / "03 July.TXT", PROSE)
    (article,) = articles(read(path))
    assert article.text == PROSE
    assert article.source == path.as_posix()
    assert article.id == article.sha256[:16]
    assert article.notices == ()


def test_plain_text_in_cp1252_carries_a_notice(tmp_path: Path) -> None:
    (article,) = articles(read(write(tmp_path / "old", PROSE.encode("cp1252"))))
    assert article.text == PROSE
    assert [notice.code for notice in article.notices] == ["encoding"]


@pytest.mark.parametrize(("name", "content", "reason", "message"), TEXTS)
def test_file_is_refused(
    tmp_path: Path, name: str, content: bytes, reason: str, message: str
) -> None:
    path = write(tmp_path / name, content)
    (reject,) = rejects(read(path))
    assert (reject.source, reject.reason) == (path.as_posix(), reason)
    assert reject.message.startswith(f"{path.as_posix()}: ")
    assert message in reject.message


def test_longest_text_is_read(tmp_path: Path) -> None:
    text = "\U0001f600" * MAX_CHARACTERS
    plain = write(tmp_path / "a.txt", text.encode("utf-32"))
    line = write(tmp_path / "a.jsonl", json.dumps({"text": text}))
    assert [article.text == text for article in articles(read(plain, line))] == [True, True]


def test_folder_is_read_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.text", "a.txt", "c.md", "d", ".hidden", ".git/x.txt"):
        write(tmp_path / name, PROSE)
    write(tmp_path / "b.xls", "x")
    found = [Path(item.source).relative_to(tmp_path).as_posix() for item in read(tmp_path)]
    assert found == ["a/b/c.text", "a/z.txt", "a.txt", "b.txt", "b.xls", "c.md", "d"]
    assert [item.reason for item in rejects(read(tmp_path))] == ["unknown_format"]


def test_sources_are_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in/a.txt", PROSE)
    monkeypatch.chdir(tmp_path)
    assert [item.source for item in read("in")] == ["in/a.txt"]
    assert [item.source for item in read(Path("./in/a.txt"))] == ["in/a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in/a.txt", PROSE)
    write(tmp_path / "in/copy.txt", PROSE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "in/a.txt")
    monkeypatch.chdir(tmp_path)
    found = read("in/a.txt", "in", "./in/../in/a.txt", tmp_path / "in/a.txt", "link.txt")
    assert [item.source for item in found] == ["in/a.txt", "in/copy.txt"]
    give_stdin(monkeypatch, PROSE.encode())
    assert [item.source for item in read("-", "-")] == ["-"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    (tmp_path / "empty/.hidden").mkdir(parents=True)
    found = rejects(read(tmp_path / "no.txt", "a\0b", loop, tmp_path / "empty", ""))
    reasons = [item.reason for item in found]
    assert reasons == ["missing", "missing", "unreadable", "empty", "missing"]
    assert "no such file or folder" in found[0].message


def test_link_to_a_folder_above_is_no_endless_walk(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt", PROSE)
    (tmp_path / "in/self").symlink_to(tmp_path / "in")
    (tmp_path / "in/dangling.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "in/pipe.txt")
    found = [(Path(item.source).name, getattr(item, "reason", "")) for item in read(tmp_path)]
    assert found == [
        ("a.txt", ""),
        ("dangling.txt", "missing"),
        ("pipe.txt", "unreadable"),
        ("self", "unreadable"),
    ]


def test_failure_of_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", PROSE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (reject,) = rejects(read(path))
    assert (reject.reason, "Permission denied" in reject.message) == ("unreadable", True)


def test_jsonl_fields(tmp_path: Path) -> None:
    given = {
        "id": 17,
        "title": "Riga and Lima sign",
        "text": PROSE,
        "published": "3 July 2025",
        "url": "https://example.org/17",
        "source": "Baltic Wire",
        "more": {"x": 1},
    }
    path = write(tmp_path / "news.jsonl", json.dumps(given))
    (article,) = articles(read(path))
    assert article.text == f"Riga and Lima sign\n\n{PROSE}"
    assert (article.id, article.source) == ("17", f"{path.as_posix()}:1")
    assert (article.published, article.url) == ("3 July 2025", "https://example.org/17")
    assert (article.origin, article.notices) == ("Baltic Wire", ())


def test_jsonl_absent_and_unusable_fields(tmp_path: Path) -> None:
    lines = ['{"text": "A pact.", "id": null, "title": ""}', '{"text": "A pact.", "id": ["x"]}']
    first, second = articles(read(write(tmp_path / "news.ndjson", "\n".join(lines))))
    assert first.id == second.id == first.sha256[:16]
    assert (first.title, first.published, first.origin) == (None, None, None)
    assert [notice.message for notice in second.notices] == [
        'the field "id" is a list and was left out'
    ]


def test_jsonl_fields_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"body": "A pact.", "date": 20250703, "text": 1}')
    fields = parse_field_map(["text=body", " published = date "])
    (article,) = articles(read(path, fields=fields))
    assert (article.text, article.published) == ("A pact.", "20250703")


@pytest.mark.parametrize("pair", ["text", "text=", "=body", "body=text", ""])
def test_wrong_field_map_is_refused(pair: str) -> None:
    with pytest.raises(InputError, match=f"field '{pair}'"):
        parse_field_map([pair])


def test_field_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="already 'body'"):
        parse_field_map(["text=body", "text=content"])


@pytest.mark.parametrize(("line", "reason", "message"), LINES)
def test_line_is_refused_and_the_next_is_read(
    tmp_path: Path, line: str, reason: str, message: str
) -> None:
    path = write(tmp_path / "news.jsonl", f'{line}\n\n{{"text": "A pact."}}\n')
    reject, article = read(path)
    assert isinstance(reject, Reject)
    assert (reject.source, reject.reason) == (f"{path.as_posix()}:1", reason)
    assert message in reject.message
    assert article.source == f"{path.as_posix()}:3"


def test_reject_of_a_line_keeps_its_id(tmp_path: Path) -> None:
    lines = '{"id": "x1"}\n{"id": "x2", "text": ""}\n'
    assert [item.id for item in rejects(read(write(tmp_path / "a.jsonl", lines)))] == ["x1", "x2"]


def test_bad_json_message_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", '\n{"text": "a",}\n')
    monkeypatch.chdir(tmp_path)
    (reject,) = rejects(read("a.jsonl"))
    assert reject.message.startswith("a.jsonl:2: not valid JSON: ")
    assert "\n" not in reject.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_jsonl_with_a_mark(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"text": PROSE}, ensure_ascii=False)
    path = write(tmp_path / "a.jsonl", f"{line}\r\n\r\n{line}\r\n".encode(encoding))
    found = articles(read(path))
    assert [article.source[-2:] for article in found] == [":1", ":3"]
    assert {article.text for article in found} == {PROSE}


def test_jsonl_decides_line_by_line(tmp_path: Path) -> None:
    line = '{"text": "Café"}\n'
    path = write(tmp_path / "a.jsonl", line.encode() + line.encode("cp1252"))
    first, second = articles(read(path))
    assert (first.text, first.notices) == ("Café", ())
    assert (second.text, second.notices[0].code) == ("Café", "encoding")


def test_lone_surrogates_in_json_are_replaced(tmp_path: Path) -> None:
    line = r'{"text": "A \ud800 pact \ud83d\ude00.", "id": "\udfff", "title": "\ud800"}'
    (article,) = articles(read(write(tmp_path / "a.jsonl", line)))
    assert article.text == "\ufffd\n\nA \ufffd pact \U0001f600."
    assert article.id == "\ufffd"
    assert [notice.code for notice in article.notices] == ["encoding"]
    json.dumps([article.text, article.id, article.title], ensure_ascii=False).encode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_file_name_in_no_encoding_or_of_two_lines(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"a\nb.csv"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(PROSE)  # noqa: PTH118
    reject, article = read(tmp_path)
    assert isinstance(reject, Reject)
    assert "\n" not in reject.message
    assert article.source.endswith("/\ufffd.txt")


def test_line_of_50_mb_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 50_000_000 + b'"}\n{"text": "A pact."}\n')
    tracemalloc.start()
    reject, article = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(reject, Reject)
    assert reject.reason == "too_long"
    assert "50,000,013 bytes" in reject.message
    assert article.source.endswith(":2")
    assert peak < 45_000_000


STDIN = [  # bytes, sources with the reason of a reject, why
    (PROSE.encode(), [("-", "")], "plain text"),
    (b'\n {"text": "A pact."}\n\n{"text": 1}\n', [("-:2", ""), ("-:4", "no_text")], "JSON Lines"),
    (b'\xef\xbb\xbf{"text": "A"}\n', [("-:1", "")], "JSON Lines with a mark"),
    (b"{Riga} A pact was signed.\n", [("-", "")], "a brace does not make JSON"),
    (b'["a"]\n', [("-", "")], "nor does a list"),
    (b"", [("-", "empty")], "nothing"),
    (b"%PDF-1.4", [("-", "binary")], "no text"),
    (b"\n" * 20 + PROSE.encode(), [("-", "")], "blank lines before a text"),
    (b"a" * 5_000_000, [("-", "too_long")], "a long text"),
    (
        b'{"text": "' + b"a" * 17_000_000 + b'"}\n{"text": "A"}\n',
        [("-:1", "too_long"), ("-:2", "")],
        "a first line that is too long to be tried",
    ),
]


@pytest.mark.parametrize(("raw", "expected", "why"), STDIN, ids=[row[2] for row in STDIN])
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, expected: list[tuple[str, str]], why: str
) -> None:
    give_stdin(monkeypatch, raw)
    assert [(item.source, getattr(item, "reason", "")) for item in read("-")] == expected, why


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    reject, article = read("-", write(tmp_path / "a.txt", PROSE))
    assert isinstance(reject, Reject)
    assert (reject.source, reject.reason) == ("-", "unreadable")
    assert "is closed" in reject.message
    assert isinstance(article, Article)


def test_standard_input_is_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n" + PROSE * 1000
    give_stdin(monkeypatch, text.encode())
    (article,) = articles(read(Path("-")))
    assert article.text == text


def test_nothing_is_lost(tmp_path: Path) -> None:
    for name, content, *_ in TEXTS:
        write(tmp_path / "files" / name, content)
    for number in range(5):
        write(tmp_path / f"files/good{number}.txt", PROSE)
    lines = [line for line, *_ in LINES] + ["", '{"text": "A pact."}', '{"text": "A pact."}']
    write(tmp_path / "news.jsonl", "\n".join(lines))
    found = read(tmp_path, tmp_path / "gone.txt")
    assert len(articles(found)) == 5 + 2, "copies are both kept"
    assert len(rejects(found)) == len(TEXTS) + len(LINES) + 1
    assert all("\n" not in item.message for item in rejects(found))
