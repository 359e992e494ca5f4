"""The speed benchmark: who takes part, what is counted, what is left out. Nothing is timed."""

import json
import logging
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"
FAST = Path(__file__).parents[1] / "models" / "press_en_fast"
CNN = ["tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"]
ANSWER = {"seconds": 2.0, "cpu_seconds": 1.0, "words": 10, "names": 3}
PACT = {"id": "a", "text": "Peru and Chile signed a pact in Lima.", "source": "x:1", "words": 8}


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


def make_pipeline_folder(place: Path, components: list[str]) -> Path:
    place.mkdir()
    (place / "config.cfg").write_text("[nlp]")
    (place / "meta.json").write_text(json.dumps({"pipeline": components}))
    return place


def write_program(place: Path, text: str) -> Path:
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)
    return place


# The documents


def test_the_first_documents_are_read_with_their_titles(tmp_path: Path) -> None:
    from speed.documents import read_documents

    path = tmp_path / "wire.jsonl"
    lines = [{"id": str(i), "title": "Pact signed", "text": "It  rained.\n"} for i in range(3)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    first, second = read_documents(path, 2)
    assert (first["text"], first["words"]) == ("Pact signed\n\nIt  rained.\n", 4)
    assert (second["id"], second["source"]) == ("1", "wire.jsonl:2")
    assert len(read_documents(path, 9)) == 3


@pytest.mark.parametrize(
    ("count", "slices"),
    [
        (2, [["a", "c", "e"], ["b", "d"]]),
        (9, [["a"], ["b"], ["c"], ["d"], ["e"]]),  # no slice is empty
    ],
)
def test_documents_are_dealt_out(count: int, slices: list[list[str]]) -> None:
    from speed.documents import deal_slices

    dealt = deal_slices([{"id": name} for name in "abcde"], count)
    assert [[document["id"] for document in hand] for hand in dealt] == slices


# Who takes part


@pytest.mark.parametrize(
    ("components", "labels"),
    [
        (CNN, ["whole extractor", "spaCy pipeline alone", "NER alone", "syntax alone"]),
        (["encoder", "ner", "parser"], ["whole extractor", "spaCy pipeline alone"]),  # one pass
    ],
)
def test_only_a_cnn_has_parts(tmp_path: Path, components: list[str], labels: list[str]) -> None:
    from speed.entrants import list_entrants

    place = make_pipeline_folder(tmp_path / "tiny", components)
    *entrants, ceiling = list_entrants({"tiny": place})
    assert [entrant.label for entrant in entrants] == [f"tiny: {label}" for label in labels]
    assert all(str(place) in entrant.command for entrant in entrants)
    assert ceiling.command[-1] == "tokenizer"


def test_a_missing_pipeline_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from speed.entrants import find_pipelines

    place = make_pipeline_folder(tmp_path / "tiny", CNN)
    assert find_pipelines(["press_xx", str(place)]) == {str(place): place.resolve()}
    assert "press_xx left out: not in" in caplog.text


@pytest.mark.parametrize(
    ("programs", "reason"),
    [
        ({}, "no node or no npm"),
        ({"node": "true"}, "no node or no npm"),
        ({"node": "true", "npm": "echo no network >&2; exit 1"}, "cannot install it: no network"),
    ],
)
def test_without_npm_the_peer_is_left_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    programs: dict[str, str],
    reason: str,
) -> None:
    from speed.entrants import fetch_compromise

    for name, text in programs.items():
        write_program(tmp_path / name, text)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fetch_compromise(tmp_path / "packages") == []
    assert len(caplog.records) == 1 and reason in caplog.text


def test_a_peer_that_lies_there_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from speed.entrants import fetch_compromise

    write_program(tmp_path / "node", "true")
    write_program(tmp_path / "npm", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    package = tmp_path / "node_modules" / "compromise"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"version": "14.0.1"}')
    [entrant] = fetch_compromise(tmp_path)
    assert entrant.label == "compromise 14.0.1 (npm): topics()"


# The rounds


def test_who_fails_drops_out_and_the_warm_up_is_not_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from speed.entrants import Entrant
    from speed.rounds import run_rounds

    answer = f"import sys\nfor path in sys.stdin: print({json.dumps(ANSWER)!r}, flush=True)"
    steady = Entrant("steady", (sys.executable, "-c", answer))
    once = Entrant("once", (sys.executable, "-c", f"input(); print({json.dumps(ANSWER)!r})"))
    never = Entrant("never", (sys.executable, "-c", "raise SystemExit(1)"))
    caplog.set_level(logging.WARNING)
    [left] = run_rounds([once, steady, never], tmp_path / "w", [tmp_path / "1", tmp_path / "2"])
    assert (left.label, len(left.rounds)) == ("steady", 2)
    assert [record.getMessage() for record in caplog.records] == [
        "never left out: it ended in the warm-up",
        "once left out: it ended in the round 1 of 2",
    ]


def test_words_of_a_refused_document_do_not_count(tmp_path: Path) -> None:
    from speed.contestants import time_reading
    from speed.documents import write_slice

    path = write_slice([PACT, {**PACT, "words": 100}], tmp_path / "slice.jsonl")
    figures = time_reading(lambda articles: [2, None], path)
    assert (figures["words"], figures["names"]) == (8, 2)


def test_the_tokenizer_finds_no_names(tmp_path: Path) -> None:
    from speed.contestants import make_tokenizer, time_reading
    from speed.documents import write_slice

    figures = time_reading(make_tokenizer(), write_slice([PACT], tmp_path / "slice.jsonl"))
    assert (figures["words"], figures["names"]) == (8, 0)


@pytest.mark.model
@pytest.mark.parametrize(
    ("kind", "components", "names"),
    [
        ("pipeline", (), 3),
        ("pipeline", ("ner",), 3),  # its own layers: it needs no other component
        ("pipeline", ("tok2vec", "tagger"), 0),
        ("extractor", (), 3),
    ],
)
def test_one_document(tmp_path: Path, kind: str, components: tuple[str, ...], names: int) -> None:
    from speed.contestants import KINDS, time_reading
    from speed.documents import write_slice

    read = KINDS[kind](str(FAST), *components)
    assert time_reading(read, write_slice([PACT], tmp_path / "slice.jsonl"))["names"] == names


# The tables


@pytest.mark.parametrize(
    ("seconds", "names", "peak", "row"),
    [
        ((1, 2, 4), 5, 100.4, ("x", "2,000", "1,000–4,000", "8,000", "100", "15")),
        ((1, 1, 1), 0, None, ("x", "4,000", "4,000–4,000", "8,000", "-", "-")),  # nothing known
    ],
)
def test_the_median_round_and_the_spread(
    seconds: tuple[int, ...], names: int, peak: float | None, row: tuple[str, ...]
) -> None:
    from pipeline_speed import to_speed_row
    from speed.rounds import Round

    assert to_speed_row("x", [Round(s, 0.5, 4000, names) for s in seconds], peak) == row


def test_a_cold_start_is_the_median_of_each_step() -> None:
    from pipeline_speed import STEPS, to_cold_row

    starts = [dict.fromkeys(STEPS, seconds) for seconds in (3.0, 1.0, 1.5)]
    assert to_cold_row("x", starts) == ("x", *["1.50"] * len(STEPS))


@pytest.mark.parametrize(("content", "reason"), [(None, "no file"), ("", "no document in")])
def test_no_documents_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, reason: str
) -> None:
    import pipeline_speed

    if content is not None:
        (tmp_path / "press").mkdir()
        (tmp_path / pipeline_speed.SOURCE).write_text(content)
    monkeypatch.setattr(sys, "argv", ["pipeline_speed.py", "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match=f"Error: {reason}"):
        pipeline_speed.main()
