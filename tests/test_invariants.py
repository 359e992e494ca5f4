"""The six invariants of the design, over the seed, all stories and texts made up like the press.

1 offsets replay; 2 the same bytes for any order, batch size and process; 3 nothing lost in
silence; 4 a killed run leaves nothing half done; 5 no clock; 6 every record fits the schema.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from story_files import NAMES, input_file, read_story
from typer.testing import CliRunner

from extract import DocumentRecord, Extractor, cli
from extract.article import Article, Reject, make_article
from extract.batch import extract_each, run
from extract.exporters.jsonl import to_line, to_reject_line
from extract.readers import read_articles

pytestmark = pytest.mark.model

SEEDS = Path(__file__).parent.parent / "seeds"


def _read_all() -> list[Article | Reject]:
    stories = [
        replace(item, source=f"{name}/{item.source}") for name in NAMES for item in read_story(name)
    ]
    return [*read_articles([SEEDS]), *stories]


ALL = _read_all()
ARTICLES = [item for item in ALL if isinstance(item, Article)]


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[DocumentRecord]:
    found = extract_each(ARTICLES, extractor)
    return [outcome for outcome in found if isinstance(outcome, DocumentRecord)]


# 1. Offsets: text[start:end] == span.text for every span of every record.


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        if value.get("start") is not None:
            yield value
        for item in value.values():
            yield from _spans(item)


def _replay(record: DocumentRecord, text: str) -> int:
    """Return how many spans were compared with the text."""
    spans = list(_spans(record.model_dump()))
    for span in spans:
        assert 0 <= span["start"] < span["end"] <= len(text), span
        found = text[span["start"] : span["end"]]
        assert span.get("text", found) == found
        assert found == found.strip()
    return len(spans)


def test_offsets_replay(records: list[DocumentRecord]) -> None:
    texts = {article.id: article.text for article in ARTICLES}
    assert len(texts) == len(ARTICLES)
    assert sum(_replay(record, texts[record.document.id]) for record in records) > 500


SENTENCES = [
    "Peru and Chile signed a fisheries pact in Lima on Monday.",
    "The Ministry of Water of Kenya (MWK) and Zorvex Ltd. agreed a €3.5m loan last week",
    "“We will sign,” said Ana Vula, Fiji’s foreign minister, on 3/7/2025.",
    "SUVA, July 3 (Reef Wire) - Fiji's truce with the rebels expired yesterday.",
    "Photo: A. Vula",
    "03.07.25",
    "The two sides",
    "the memorandum",
    "Côte d'Ivoire",
    "in May this year",
    "Türkiye e\u0301tait la\u0300",
]
BETWEEN = [" ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u2009", "\u2028", "\x0b", "\x85"]
ODD = [
    "\ufeff",
    "\u200b",
    "\U0001f91d\U0001f3fd",
    "\U0001f1eb\U0001f1ef",
    "\u0301",
    "\x00",
    "\ufffd",
]
PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(BETWEEN),
    st.sampled_from(BETWEEN),
    st.sampled_from(ODD),
    st.text(max_size=12),
    st.integers(200, 400).map(lambda n: "salt and " * n),
)
PRESS = st.lists(PIECES, max_size=16).map("".join)


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(PRESS, min_size=1, max_size=4), published=st.sampled_from([None, "2025-07-03"])
)
def test_offsets_replay_in_any_text(
    texts: list[str], published: str | None, extractor: Extractor
) -> None:
    articles = [
        make_article(text, source=str(number), published=published)
        for number, text in enumerate(texts)
    ]
    for article, outcome in zip(articles, extractor.pipe(articles, batch_size=3), strict=True):
        if isinstance(outcome, DocumentRecord):
            _replay(outcome, article.text)
        else:
            assert outcome.reason == "language"


def test_the_made_up_texts_hold_spans(extractor: Extractor) -> None:
    text = "\ufeff\U0001f91d" + "\r\n".join(SENTENCES)
    assert _replay(extractor(text, published="2025-07-03"), text) > 20


# 2. The same bytes out for any document order, batch size and process.


def _bytes_of(extractor: Extractor, items: list[Article | Reject], batch_size: int) -> bytes:
    with run(items, extractor, batch_size=batch_size) as results:
        return b"".join([*map(to_line, results.records()), *map(to_reject_line, results.rejects())])


@pytest.fixture(scope="module")
def in_order(extractor: Extractor) -> bytes:
    return _bytes_of(extractor, ALL, 64)


@pytest.mark.parametrize("batch_size", [1, 2, 7, 64])
def test_order_and_batch_size_change_no_byte(
    batch_size: int, extractor: Extractor, in_order: bytes
) -> None:
    items = list(ALL)
    random.Random(batch_size).shuffle(items)
    assert items != ALL
    assert _bytes_of(extractor, items, batch_size) == in_order


def test_a_document_is_the_same_whatever_came_before(extractor: Extractor) -> None:
    article = ARTICLES[0]
    [alone] = extractor.pipe([article])
    *_, last = extractor.pipe([*ARTICLES[1:], article], batch_size=1)
    assert last == alone


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seed and the input of all stories."""
    folder = tmp_path_factory.mktemp("work") / "press"
    folder.mkdir()
    [seed] = SEEDS.iterdir()
    (folder / "seed.txt").write_bytes(seed.read_bytes())
    for name in NAMES:
        path = input_file(name)
        (folder / f"{name}{path.suffix}").write_bytes(path.read_bytes())
    return folder


def _spawn(press: Path, output: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract", "run", press.name, "-o", str(output)]
    command += ["--rejects", str(output.with_suffix(".rejects")), "--field", "text=body"]
    return subprocess.run(
        command,
        cwd=press.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _output_of(press: Path, output: Path, **environment: str) -> bytes:
    done = _spawn(press, output, **environment)
    # Status 1, for there are rejects; the summary tells that the run came to its end.
    assert re.search(r"\d+ documents: \d+ records", done.stderr), done.stderr
    return output.read_bytes() + output.with_suffix(".rejects").read_bytes()


@pytest.fixture(scope="module")
def undisturbed(press: Path) -> bytes:
    zone = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    found = _output_of(press, press.parent / "undisturbed.jsonl", **zone)
    assert found.count(b'"agreements":[{') > 5
    return found


OTHERWISE = [
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "XYZ+11:30", "OMP_NUM_THREADS": "1"},
]


@pytest.mark.parametrize("environment", OTHERWISE)
def test_another_process_gives_the_same_bytes(
    environment: dict[str, str], press: Path, tmp_path: Path, undisturbed: bytes
) -> None:
    assert _output_of(press, tmp_path / "out.jsonl", **environment) == undisturbed


# 3. Nothing lost in silence: documents in = records + rejects, each reject with a reason.

FRENCH = (
    "Le Sénégal et la Belgique ont signé mercredi un accord de coopération dans le domaine de la "
    "pêche artisanale, a annoncé le ministère sénégalais de la Mer. "
)
PACT = "Peru and Chile signed a pact – “the first” – in Lima on Monday."
LINES = [json.dumps({"text": PACT, "id": "one"}), '{"text": "Half a', "", "[1]", '{"body": "x"}']
DIRTY: list[tuple[str, bytes, dict[str, str | None]]] = [  # file, content, {source: reason}
    ("good.txt", PACT.encode(), {"good.txt": None}),
    ("twin.txt", PACT.encode(), {"twin.txt": None}),
    ("sub/twin.txt", PACT.encode(), {"sub/twin.txt": None}),
    ("old.txt", PACT.encode("cp1252"), {"old.txt": None}),
    ("wide.txt", PACT.encode("utf-16"), {"wide.txt": None}),
    ("short.txt", b"?", {"short.txt": None}),
    ("empty.txt", b"", {"empty.txt": "empty"}),
    ("blank.txt", b" \r\n\t", {"blank.txt": "empty"}),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), {"picture.txt": "binary"}),
    ("page.docx", b"PK\x03\x04", {"page.docx": "unknown_format"}),
    ("french.txt", FRENCH.encode() * 3, {"french.txt": "language"}),
    ("long.txt", b"salt " * 200_001, {"long.txt": "too_long"}),
    (
        "lines.jsonl",
        "\n".join([*LINES, LINES[0]]).encode(),
        {
            "lines.jsonl:1": None,
            "lines.jsonl:2": "bad_json",
            "lines.jsonl:4": "bad_json",
            "lines.jsonl:5": "no_text",
            "lines.jsonl:6": None,  # the same id as line 1: both are kept
        },
    ),
]


def test_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor
) -> None:
    expected: dict[str, str | None] = {"gone.txt": "missing"}
    for name, content, outcomes in DIRTY:
        path = tmp_path / "press" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        expected |= {f"press/{source}": reason for source, reason in outcomes.items()}
    monkeypatch.chdir(tmp_path)
    with run(read_articles(["press", "gone.txt"]), extractor, batch_size=3) as results:
        records, rejects = list(results.records()), list(results.rejects())
    assert results.documents == len(records) + len(rejects) == len(expected)
    found = {record.document.source: None for record in records}
    assert found | {reject.source: reject.reason for reject in rejects} == expected
    assert all(reject.message for reject in rejects)


# 4. A killed run resumed gives the same output. A run cannot be resumed yet: what holds is that
# a killed one leaves no half-written file behind, and that another gives what it would have.

KILLED_AT_THE_RENAME = """
import os, signal

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

os.replace = os.rename = die
"""
KILLED_WHILE_IT_WORKS = """
import os, signal
from spacy.language import Language

_pipe = Language.pipe

def pipe(self, docs, **options):
    for number, doc in enumerate(_pipe(self, docs, **options)):
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        yield doc

Language.pipe = pipe
"""


def _customise(folder: Path, code: str) -> dict[str, str]:
    """Return an environment in which Python runs `code` before anything else."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
@pytest.mark.parametrize(
    ("code", "before"),
    [(KILLED_AT_THE_RENAME, None), (KILLED_WHILE_IT_WORKS, b"an older file\n")],
)
def test_a_killed_run_leaves_nothing_half_written(
    code: str, before: bytes | None, press: Path, tmp_path: Path, undisturbed: bytes
) -> None:
    output = tmp_path / "out.jsonl"
    if before is not None:
        output.write_bytes(before)
    done = _spawn(press, output, **_customise(tmp_path / "site", code))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (output.read_bytes() if output.exists() else None) == before
    assert not output.with_suffix(".rejects").exists()
    assert _output_of(press, output) == undisturbed


# 5. No clock: without a publication date a relative date stays unresolved.

CLOCK = """
import spacy  # and with it pydantic, which cannot subclass what is put here
import datetime, time

_REAL, _DAY = datetime.datetime, datetime.date
_NOW = _REAL({year}, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)


class _Like(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])

    def __subclasscheck__(cls, kind):
        return issubclass(kind, cls.__mro__[1])


class date(_DAY, metaclass=_Like):
    @classmethod
    def today(cls):
        return _NOW.date()


class datetime_(_REAL, metaclass=_Like):
    @classmethod
    def now(cls, tz=None):
        return _NOW.astimezone(tz) if tz else _NOW.replace(tzinfo=None)

    @classmethod
    def utcnow(cls):
        return _NOW.replace(tzinfo=None)

    @classmethod
    def today(cls):
        return _NOW.replace(tzinfo=None)


datetime.datetime, datetime.date = datetime_, date
_gmtime, _localtime = time.gmtime, time.localtime
time.time = _NOW.timestamp
time.time_ns = lambda: int(_NOW.timestamp()) * 10**9
time.gmtime = lambda seconds=None: _gmtime(_NOW.timestamp() if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(_NOW.timestamp() if seconds is None else seconds)
"""
LOOK = "import dateparser, time; print(dateparser.parse('yesterday').year, time.localtime()[0])"


@pytest.mark.parametrize("year", [1999, 2040])
def test_the_system_date_changes_no_byte(
    year: int, press: Path, tmp_path: Path, undisturbed: bytes
) -> None:
    environment = _customise(tmp_path / "site", CLOCK.format(year=year))
    seen = subprocess.check_output(
        [sys.executable, "-c", LOOK], env={**os.environ, **environment}, text=True
    )
    assert seen == f"{year} {year}\n"
    assert _output_of(press, tmp_path / "out.jsonl", **environment) == undisturbed


RELATIVE = [
    ("Peru and Chile signed a pact yesterday.", "yesterday", "2025-07-02"),
    ("Peru and Chile signed a pact on Monday.", "Monday", "2025-06-30"),
    ("Peru and Chile will sign a pact next month.", "next month", "2025-08"),
    ("Peru and Chile signed a pact last week.", "last week", "2025-W26"),
    ("Peru and Chile signed a pact this year.", "this year", "2025"),
    ("Peru and Chile signed a pact in May.", "May", "2025-05"),
]


@pytest.mark.parametrize(("text", "words", "value"), RELATIVE)
def test_without_a_publication_date_a_relative_date_is_unresolved(
    text: str, words: str, value: str, extractor: Extractor
) -> None:
    [dated] = extractor(text, published="2025-07-03").dates
    assert (dated.value, words in dated.text) == (value, True)
    [undated] = extractor(text).dates
    assert words in undated.text
    assert (undated.earliest, undated.latest) == (None, None)
    assert not re.search(r"\d{4}", undated.value)


# 6. Every record validates against the JSON Schema that `pactwire schema` prints.


def test_every_record_fits_the_schema(records: list[DocumentRecord]) -> None:
    printed = CliRunner().invoke(cli.app, ["schema"]).stdout
    validator = jsonschema.Draft202012Validator(json.loads(printed))
    assert len(records) > len(NAMES) - 2
    for record in records:
        validator.validate(json.loads(to_line(record)))


def test_references_within_a_record_hold(records: list[DocumentRecord]) -> None:
    for record in records:
        known = [entity.id for entity in record.entities]
        assert known == [f"e{number}" for number in range(1, len(known) + 1)]
        for agreement in record.agreements:
            assert {party.entity for party in agreement.parties} <= {*known, None}
            names = {party.name for party in agreement.parties}
            assert {person.party for person in agreement.signatories} <= {*names, None}
