"""The command: what goes to which stream, and with which exit status."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_records import TEXT, HandExtractor, make_agreement, make_record
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab
from typer.testing import CliRunner, Result

from extract import cli
from extract.errors import PipelineError
from extract.exporters import to_schema, write_jsonl
from extract.records import DocumentRecord

QUIET = "The harbour was quiet. Trawlers left port."


class _Extractor(HandExtractor):
    def analyse(self, text: str, *, published: str | None = None, explain: bool = False) -> Doc:
        doc = Doc(Vocab(), words=text.split())
        doc.ents = (Span(doc, 1, 2, f"ORG of {published}"),)
        doc.user_data["notices"] = [("language", "this is\nDutch")] if "haven" in text else []
        return doc


@pytest.fixture(autouse=True)
def _extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_load_extractor", lambda *_: _Extractor())


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two good texts, which is also where the command runs."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "pact.txt").write_text(TEXT, encoding="utf-8")
    (folder / "quiet.txt").write_text(QUIET, encoding="utf-8")
    return folder


def _call(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), input=stdin)


def _records(lines: str) -> list[DocumentRecord]:
    return [DocumentRecord.model_validate_json(line) for line in lines.splitlines()]


def test_run_in_a_pipe_gives_json_lines(press: Path) -> None:
    result = _call("run", "press")
    assert result.exit_code == 0
    assert sorted(r.document.source for r in _records(result.stdout)) == [
        "press/pact.txt",
        "press/quiet.txt",
    ]
    assert result.stderr == "2 documents: 2 records, 0 rejected, 1 agreement\n"


def test_run_with_output_writes_the_file_alone(press: Path) -> None:
    result = _call("run", "press", "-o", "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("1 agreement -> out.jsonl\n")
    assert (press.parent / "out.jsonl").read_text() == _call("run", "press").stdout


def test_run_on_a_terminal_gives_a_table_and_the_file(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    result = _call("run", "press", "-o", "out.jsonl")
    assert "evidence" in result.stdout and "schema_version" not in result.stdout
    assert len(_records((press.parent / "out.jsonl").read_text())) == 2
    assert "evidence" in _call("run", "press").stdout
    assert len(_records(_call("run", "press", "--no-table").stdout)) == 2
    assert len(_records(_call("run", "press", "-o", "-").stdout)) == 2


def test_run_with_table_gives_it_in_a_pipe_too(press: Path) -> None:
    shown = _call("run", "press", "--table").stdout
    assert "evidence" in shown and "schema_version" not in shown


def test_run_reads_standard_input(press: Path) -> None:
    lines = f"{json.dumps({'body': TEXT, 'id': 'n1'})}\n{json.dumps({'body': QUIET, 'id': 'n0'})}\n"
    result = _call("run", "-", "--field", "text=body", stdin=lines)
    assert result.exit_code == 0
    assert [record.document.id for record in _records(result.stdout)] == ["n0", "n1"]


def test_a_missing_path_among_good_ones_is_told_and_the_rest_written(press: Path) -> None:
    result = _call("run", "nowhere.txt", "press", "--rejects", "rejects.jsonl")
    assert result.exit_code == 1
    assert len(_records(result.stdout)) == 2
    first, last = result.stderr.splitlines()
    assert first.startswith("Rejected nowhere.txt: missing: ")
    assert first.count("nowhere.txt") == 1
    assert last == "3 documents: 2 records, 1 rejected, 1 agreement"
    [line] = (press.parent / "rejects.jsonl").read_text().splitlines()
    assert json.loads(line)["reason"] == "missing"


def test_an_empty_file_is_rejected(press: Path) -> None:
    (press / "empty.txt").write_bytes(b"")
    result = _call("run", "press")
    assert result.exit_code == 1
    assert len(_records(result.stdout)) == 2
    assert "Rejected press/empty.txt: empty: " in result.stderr


def test_a_document_that_fails_is_rejected_alone(press: Path) -> None:
    (press / "bad.txt").write_text("This will fail.", encoding="utf-8")
    result = _call("run", "press", "--rejects", "-", "-o", "out.jsonl")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["message"] == "press/bad.txt: ValueError: no such token"
    assert len(_records((press.parent / "out.jsonl").read_text())) == 2
    assert "Traceback" not in result.stderr


@pytest.fixture
def _quiet_log() -> Iterator[None]:
    yield
    log = logging.getLogger("extract")
    log.handlers.clear()
    log.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("_quiet_log")
def test_debug_shows_why_a_document_failed(press: Path) -> None:
    (press / "bad.txt").write_text("This will fail.", encoding="utf-8")
    assert "Traceback" in _call("--debug", "run", "press").stderr


WRONG_USAGE = [
    (["run"], "no path"),
    (["run", "press", "--batch-size", "0"], "a batch of nothing"),
    (["run", "press", "--date-order", "ymd"], "an unknown order"),
    (["sign"], "no such command"),
]
CONFLICTS = [
    (["run", "press", "--table", "-o", "-"], "table and records on one stream"),
    (["run", "press", "--rejects", "-", "-o", "-"], "records and rejects on one stream"),
    (["run", "press/pact.txt", "-o", "press/pact.txt"], "the input would be overwritten"),
    (["run", "press", "-o", "x", "--rejects", "./x"], "one file for both"),
]


@pytest.mark.parametrize(("arguments", "why"), WRONG_USAGE)
def test_wrong_usage_is_status_2(arguments: list[str], why: str, press: Path) -> None:
    result = _call(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), why


@pytest.mark.parametrize(("arguments", "why"), CONFLICTS)
def test_a_conflict_of_options_is_one_line(arguments: list[str], why: str, press: Path) -> None:
    result = _call(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), why
    assert result.stderr.startswith("Error: ")
    assert (press / "pact.txt").read_text(encoding="utf-8") == TEXT


def test_a_source_in_a_given_folder_is_never_written_over(press: Path) -> None:
    for option in ("-o", "--rejects"):
        result = _call("run", "press", option, "press/pact.txt")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert result.stderr.startswith("Error: press/pact.txt is read as a source")
        assert (press / "pact.txt").read_text(encoding="utf-8") == TEXT


def test_the_output_of_the_last_run_is_no_source(press: Path) -> None:
    assert _call("run", "press", "-o", "press/out.jsonl").exit_code == 0
    written = (press / "out.jsonl").read_bytes()
    result = _call("run", "press", "-o", "press/out.jsonl")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert (press / "out.jsonl").read_bytes() == written


def test_documents_that_share_an_id_are_told_in_a_line(press: Path) -> None:
    lines = "".join(json.dumps({"id": "x", "text": text}) + "\n" for text in (TEXT, QUIET))
    result = _call("run", "-", stdin=lines)
    assert (result.exit_code, len(_records(result.stdout))) == (0, 2)
    assert result.stderr.splitlines()[0] == "Warning: 2 documents share the id x"


EXPECTED_FAILURES = [
    (["run", "press", "-o", "no/such/out.jsonl"], "Error: no/such/out.jsonl: the folder"),
    (["run", "press", "--field", "text"], "Error: field 'text'"),
    (["verify", "none.jsonl", "press"], "Error: none.jsonl"),
    (["evaluate", "none.jsonl"], "Error: none.jsonl: no such file"),
    (["evaluate", "/dev/null"], "Error: /dev/null: no document in it"),
    (["verify", "/dev/null", "press"], "Error: /dev/null: no record in it"),
    (["explain", ""], "Error: the text is empty"),
    (["explain", " \n"], "Error: the text is empty"),
    (["run", "press", "-o", "/dev/full"], "Error: /dev/full: cannot be written"),
]


@pytest.mark.parametrize(("arguments", "message"), EXPECTED_FAILURES)
def test_an_expected_failure_is_one_line(arguments: list[str], message: str, press: Path) -> None:
    result = _call(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


ENDINGS = [
    (PipelineError("no pipeline x"), 1, "Error: no pipeline x\n"),
    (KeyboardInterrupt(), 130, "Interrupted.\n"),
    (OSError(28, "No space left on device"), 1, "Error: [Errno 28] No space left on device\n"),
]


@pytest.mark.parametrize(("error", "status", "message"), ENDINGS)
def test_how_a_run_can_end(
    error: BaseException, status: int, message: str, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_load_extractor", load)
    result = _call("run", "press")
    assert (result.exit_code, result.stdout, result.stderr) == (status, "", message)


def test_schema_prints_the_schema() -> None:
    assert _call("schema").stdout == to_schema()


def test_explain_in_a_pipe_and_from_standard_input() -> None:
    direct = _call("explain", QUIET, "--published", "2025-07-03")
    names, row = (line.split("\t") for line in direct.stdout.splitlines())
    assert names == ["start", "end", "layer", "rule", "text", "why"]
    assert row == ["4", "11", "entity", "model", "harbour", "a name of type ORG of 2025-07-03"]
    assert _call("explain", "-", "--published", "2025-07-03", stdin=QUIET).stdout == direct.stdout


def test_explain_warns_of_what_the_text_leaves_open() -> None:
    result = _call("explain", "De haven was stil.")
    assert (result.exit_code, result.stderr) == (0, "Warning: this is Dutch\n")
    assert _call("explain", QUIET).stderr == ""


def test_the_date_order_reaches_the_pipeline(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = []
    monkeypatch.setattr(
        cli, "_load_extractor", lambda _, order, __: orders.append(order) or _Extractor()
    )
    for arguments in (["run", "press"], ["explain", QUIET], ["evaluate", gold]):
        assert _call(*arguments, "--date-order", "mdy").exit_code == 0
    assert orders == ["mdy"] * 3


RULES = """\
triggers:
  - id: own.handshake
    pattern: handshake|handshakes
    set: {kind: agreement, form: noun}
    match: [They sealed a handshake.]
    no_match: [They shook hands.]
"""


def test_the_packs_of_rules_reach_the_pipeline(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    monkeypatch.setattr(
        cli, "_load_extractor", lambda _, __, rules: given.append(rules) or _Extractor()
    )
    for arguments in (["run", "press"], ["explain", QUIET], ["evaluate", gold]):
        assert _call(*arguments, "--rules", "a.yaml", "--rules", "b.yaml").exit_code == 0
    assert given == [["a.yaml", "b.yaml"]] * 3


def test_packs_of_rules_are_for_the_pipeline_alone(gold: str) -> None:
    result = _call("evaluate", gold, "--pred", "records.jsonl", "--rules", "a.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--rules is for the pipeline" in result.stderr


def test_a_pack_of_rules_is_not_written_over(press: Path) -> None:
    (press.parent / "own.yaml").write_text(RULES)
    result = _call("run", "press", "--rules", "own.yaml", "-o", "own.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "own.yaml is read as a source" in result.stderr
    assert (press.parent / "own.yaml").read_text() == RULES


def test_rules_check_tells_what_holds_and_what_does_not(press: Path) -> None:
    (press.parent / "own.yaml").write_text(RULES)
    (press.parent / "bad.yaml").write_text(RULES.replace("agreement", "pakt"))
    result = _call("rules", "check", "own.yaml")
    assert (result.exit_code, result.stdout) == (0, "own.yaml: 1 rule, 2 examples, all hold\n")
    result = _call("rules", "check", "bad.yaml", "own.yaml")
    faulty, sound = result.stdout.splitlines()
    assert faulty.startswith("bad.yaml:2: rule own.handshake: unknown kind pakt, use one of treaty")
    assert (result.exit_code, sound) == (1, "own.yaml: 1 rule, 2 examples, all hold")


def test_a_broken_pack_ends_a_run_before_the_pipeline_is_loaded(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract import pipeline

    monkeypatch.undo()
    monkeypatch.setattr(pipeline, "load_language", lambda _: pytest.fail("loaded"))
    result = _call("run", str(press), "--rules", str(press / "gone.yaml"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ") and "gone.yaml: cannot be read" in result.stderr


def test_explain_on_a_terminal_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    shown = _call("explain", QUIET).stdout
    assert "\t" not in shown and "4-11" in shown


def test_explain_as_json_goes_before_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)
    content = json.loads(_call("explain", QUIET, "--json").stdout)
    assert [span["text"] for span in content["spans"]] == ["harbour"]
    assert content["slots"] == []


def test_verify_replays_what_run_wrote(press: Path) -> None:
    _call("run", "press", "-o", "out.jsonl")
    result = _call("verify", "out.jsonl", "press")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "verified 7 spans of 2 documents\n"
    (press / "pact.txt").write_text(TEXT.replace("Lima", "Cusco"), encoding="utf-8")
    assert _call("verify", "out.jsonl", "press").exit_code == 1


@pytest.fixture
def gold(press: Path) -> str:
    agreement = make_agreement().model_dump()
    lines = [
        {"id": "g1", "text": TEXT, "title": "Kenya and Peru sign fisheries pact"},
        {"id": "g2", "text": QUIET, "published": "2025-07-03"},
    ]
    found: Iterator[list[object]] = iter([[agreement], []])
    content = (json.dumps({**line, "agreements": next(found)}) + "\n" for line in lines)
    Path("gold.jsonl").write_text("".join(content), encoding="utf-8")
    return "gold.jsonl"


def test_evaluate_runs_the_pipeline_on_the_gold(gold: str) -> None:
    pytest.importorskip("scipy")
    result = _call("evaluate", gold)
    assert result.exit_code == 0
    assert "detection" in result.stdout
    assert result.stderr == "2 documents scored, 0 not predicted\n"
    scores = json.loads(_call("evaluate", gold, "--json").stdout)["scores"]
    assert scores["detection"]["f1"] == 1.0


def test_evaluate_reads_the_fields_it_is_told(gold: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("scipy")
    seen: list[str | None] = []

    class _Watched(_Extractor):
        def pipe(self, articles, *, batch_size=64):
            articles = list(articles)
            seen.extend(article.url for article in articles)
            return super().pipe(articles)

    monkeypatch.setattr(cli, "_load_extractor", lambda *_: _Watched())
    assert _call("evaluate", gold, "--field", "url=published").exit_code == 0
    assert seen == [None, "2025-07-03"]


def test_evaluate_refuses_records_of_other_documents(gold: str) -> None:
    write_jsonl([make_record(id="other")], "records.jsonl")
    result = _call("evaluate", gold, "--pred", "records.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: records.jsonl: no record is of a document")


def test_evaluate_takes_records_made_before(gold: str) -> None:
    pytest.importorskip("scipy")
    write_jsonl([make_record(id="g1", agreements=[])], "records.jsonl")
    result = _call("evaluate", gold, "--pred", "records.jsonl", "--json")
    assert json.loads(result.stdout)["scores"]["detection"]["recall"] == 0.0
    assert result.stderr == "2 documents scored, 1 not predicted\n"


def _spawn(*arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "extract", *arguments]
    root = str(Path(cli.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False, **options
    )


CLOSED = [  # which stream is closed, command, exit status, part of the messages
    (">&-", "run a.txt --model none", 1, "Error: standard output is closed"),
    (">&-", "schema", 1, "Error: standard output is closed"),
    ("<&-", "explain -", 1, "Error: standard input is closed"),
    ("2>&-", "schema", 0, ""),
    (">/dev/full", "schema", 1, "Error: standard output: cannot be written"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="the shell and /dev/full of Linux")
@pytest.mark.parametrize(("closed", "command", "status", "message"), CLOSED)
def test_a_closed_stream_is_no_traceback(
    closed: str, command: str, status: int, message: str
) -> None:
    root = str(Path(cli.__file__).parent.parent)
    line = f'exec "{sys.executable}" -m extract {command} {closed}'
    result = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, cwd=root, check=False
    )
    assert result.returncode == status
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == bool(message)


def test_help_waits_for_no_library() -> None:
    heavy = "spacy numpy pydantic dateparser rich.table"
    code = (
        "import sys; from typer.testing import CliRunner; from extract import cli; "
        "assert CliRunner().invoke(cli.app, ['--help']).exit_code == 0; "
        f"print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    )
    root = str(Path(cli.__file__).parent.parent)
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert result.stdout == "[]\n"


@pytest.mark.parametrize("command", ["run", "schema", "verify", "explain", "evaluate"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert f"Example: pactwire {command}" in _call(command, "--help").stdout


def test_the_version_is_told() -> None:
    result = _call("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("pactwire")


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    root = str(Path(cli.__file__).parent.parent)
    process = subprocess.run(
        [sys.executable, "-m", "extract", "schema"],
        stdout=write_end,
        stderr=subprocess.PIPE,
        cwd=root,
        check=False,
    )
    os.close(write_end)
    assert (process.returncode, process.stderr) == (1, b"")


PACT = (
    "Oslo and Accra agree on ports\n\n"
    "OSLO - Norway and Ghana signed a memorandum of understanding on port security on "
    "2 June 2025, the Norwegian foreign ministry said."
)


@pytest.mark.model
def test_the_pipeline_finds_a_pact_and_verify_replays_it(tmp_path: Path) -> None:
    (tmp_path / "ports.txt").write_text(PACT, encoding="utf-8")
    (tmp_path / "quiet.txt").write_text(QUIET, encoding="utf-8")
    result = _spawn("run", ".", "-o", "out.jsonl", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    records = _records((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    [agreement] = [found for record in records for found in record.agreements]
    assert (agreement.kind, agreement.status) == ("memorandum", "signed")
    assert agreement.date is not None and agreement.date.value == "2025-06-02"
    verified = _spawn("verify", "out.jsonl", "ports.txt", "quiet.txt", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr


@pytest.mark.model
def test_the_pipeline_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    for name, text in (("a.txt", PACT), ("b.txt", QUIET), ("c.txt", PACT.replace("2 June", "May"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    one = _spawn("run", "a.txt", "b.txt", "c.txt", cwd=tmp_path)
    other = _spawn("run", "c.txt", "a.txt", "b.txt", "--batch-size", "1", cwd=tmp_path)
    assert one.returncode == other.returncode == 0
    assert one.stdout == other.stdout != ""


@pytest.mark.model
def test_the_pipeline_explains_itself(tmp_path: Path) -> None:
    result = _spawn("explain", PACT, "--published", "2025-06-03", cwd=tmp_path)
    layers = {line.split("\t")[2] for line in result.stdout.splitlines()[1:]}
    assert result.returncode == 0, result.stderr
    assert {"entity", "trigger", "status", "party", "date"} <= layers
    assert {"slot:agreement", "slot:kind", "slot:status", "slot:party", "slot:date"} <= layers
