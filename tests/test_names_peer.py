"""The comparison with a peer: how its names become those of the gold. No model, no npm."""

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"
SHIP = "🚢 Kofi Adu’s ship left Lagos, Nigeria."


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)


def answer(text: str, name: str, kind: str) -> dict:
    """What the runner in JavaScript says of a name: its offsets count UTF-16 units."""
    start = len(text[: text.index(name)].encode("utf-16-le")) // 2
    length = len(name.encode("utf-16-le")) // 2
    return {"kind": kind, "start": start, "end": start + length, "text": name}


# Offsets


@pytest.mark.parametrize(
    ("text", "units", "points"),
    [
        ("Accra", 3, 3),
        ("Côte d’Ivoire", 13, 13),  # two and three bytes of UTF-8, one unit of UTF-16
        ("Jose\u0301 left", 5, 5),  # a combining accent is a unit and a code point
        ("🚢 Accra", 0, 0),
        ("🚢 Accra", 2, 1),  # a pair of units before it
        ("🚢🚢 Accra 🚢", 13, 10),  # the end of the text
    ],
)
def test_units_of_javascript_become_code_points(text: str, units: int, points: int) -> None:
    from names_peer import to_code_points

    assert to_code_points(text, units) == points


def test_an_offset_inside_a_character_is_refused() -> None:
    from names_peer import to_code_points

    with pytest.raises(UnicodeDecodeError):
        to_code_points("🚢 Accra", 1)


def test_a_name_that_does_not_stand_at_its_offsets_is_refused() -> None:
    from names_peer import to_names

    shifted = answer(SHIP, "Lagos", "places") | {"start": 0}
    with pytest.raises(ValueError, match="the peer's places are not at 0 to 28"):
        list(to_names(SHIP, [shifted]))


# What belongs to a name


@pytest.mark.parametrize(
    ("found", "label", "name"),
    [
        ("Anna Brook", "PERSON", "Anna Brook"),
        ("“Anna Brook,”", "PERSON", "Anna Brook"),
        ("(Anna Brook)", "PERSON", "Anna Brook"),
        ("Anna Brook's", "PERSON", "Anna Brook"),
        ("ANNA BROOK’S", "PERSON", "ANNA BROOK"),
        ("Jane O'Neill", "PERSON", "Jane O'Neill"),  # an apostrophe within is the name's
        ("Jean-Marie Adu", "PERSON", "Jean-Marie Adu"),  # so is a hyphen
        ("Mr. Kofi Adu", "PERSON", "Kofi Adu"),
        ("Vice-President Kofi Adu", "PERSON", "Kofi Adu"),
        ("The Hon. Secretary of State Kofi Adu", "PERSON", "Kofi Adu"),
        ("Major General Adu Jr.", "PERSON", "Adu Jr."),
        ("Prime Minister", "PERSON", None),  # an office and nobody
        ("State Bank", "ORG", "State Bank"),  # an office's word opens what is no person
        ("the Norland Bank", "ORG", "Norland Bank"),
        ("Theatre Norland", "ORG", "Theatre Norland"),
        ("United Nations'", "ORG", "United Nations"),
        ("Harbour Corp.", "ORG", "Harbour Corp."),
        ("U.K.'s", "GPE", "U.K."),
        ("The Hague", "GPE", "The Hague"),
        ("—", "ORG", None),
    ],
)
def test_a_name_is_trimmed_to_what_the_gold_marks(found: str, label: str, name: str | None) -> None:
    from names_peer import trim_name

    text = f"Yesterday {found} came."
    span = trim_name(text, 10, 10 + len(found), label)
    assert (text[slice(*span)] if span else None) == name


@pytest.mark.parametrize(
    ("found", "kind", "names"),
    [
        ("Lagos, Nigeria", "places", ["Lagos", "Nigeria"]),
        ("Norport, Washington, D.C.", "places", ["Norport", "Washington, D.C."]),
        ("Norland, Sudia's", "places", ["Norland", "Sudia"]),
        ("Harbour, Inc.", "organizations", ["Harbour, Inc."]),  # a body keeps its comma
    ],
)
def test_places_in_a_row_are_names_of_their_own(found: str, kind: str, names: list[str]) -> None:
    from names_peer import to_names

    text = f"🚢 Ships of {found} sailed."
    spans = list(to_names(text, [answer(text, found, kind)]))
    assert [text[start:end] for start, end, _ in spans] == names


# The peer's process


def make_peer(folder: Path, program: str) -> object:
    from speed.entrants import Entrant

    node = folder / "node"
    node.write_text(f"#!/bin/sh\n{program}\n")
    node.chmod(0o755)
    return Entrant("peer 1.0 (npm): all", (str(node), "names.mjs", str(folder)))


def test_the_peer_is_scored_by_label_and_places_as_one(tmp_path: Path) -> None:
    from names_peer import score_peer

    found = [answer(SHIP, "Kofi Adu’s", "people"), answer(SHIP, "Lagos, Nigeria", "places")]
    (tmp_path / "names").write_text(json.dumps(found) + "\n")
    entities = [
        {"start": 2, "end": 10, "label": "PERSON"},
        {"start": 23, "end": 28, "label": "LOC"},  # found as a place: that is right
        {"start": 30, "end": 37, "label": "ORG"},  # a country that acts, found as a place
    ]
    unmarked = {"text": "Not read.", "entities": None}
    peer = make_peer(tmp_path, f"cat {tmp_path}/names")
    scores = score_peer(peer, [{"text": SHIP, "entities": entities}, unmarked])
    counts = {measure: (s.tp, s.fp, s.fn) for measure, s in scores.items()}
    assert counts["PERSON"] == (1, 0, 0)
    assert counts["ORG"] == (0, 0, 1)
    assert counts["GPE+LOC"] == (1, 1, 0)
    assert counts["ORG+GPE+LOC"] == (2, 0, 0)


def test_a_peer_that_fails_is_one_clear_line(tmp_path: Path) -> None:
    from names_peer import find_names

    with pytest.raises(SystemExit, match=r"Error: compromise_spans\.mjs ended with 3"):
        list(find_names(make_peer(tmp_path, "cat > /dev/null; exit 3"), ["Accra"]))


def test_compromise_gives_offsets_of_the_text_itself() -> None:
    from names_peer import NPM_FOLDER, RUNNER, to_names

    if not shutil.which("node") or not (NPM_FOLDER / "node_modules" / "compromise").is_dir():
        pytest.skip("needs node, and compromise in .build")
    text = "🚢🚢\r\n“Anna Brook,”  Harbour Corp., of  (Lagos), can't pay Jose\u0301 Brown."
    ended = subprocess.run(
        ("node", RUNNER, NPM_FOLDER),
        input=json.dumps(text) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    names = list(to_names(text, json.loads(ended.stdout)))
    assert {text[start:end] for start, end, _ in names} >= {
        "Anna Brook",
        "Lagos",
        "Jose\u0301 Brown",
    }


# The table


def test_a_row_a_measure_with_the_support_last() -> None:
    from names_peer import MEASURES, add_facts, to_rows

    scores: dict = {}
    add_facts(scores, {m: {1, 2} for m in MEASURES}, {m: {1} for m in MEASURES})
    rows = list(to_rows(["ner/wire.test.jsonl"], [{"ner/wire.test.jsonl": scores}] * 2))
    assert rows[0] == ("wire.test", "PERSON", "66.7", "66.7", "2")
    assert [row[1] for row in rows] == ["PERSON", "ORG", "GPE+LOC", "ORG+GPE+LOC"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [(False, "lacks ner/uner-pud"), (True, "no contestant")],
)
def test_nothing_to_compare_is_one_clear_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    files: bool,
    reason: str,
) -> None:
    import names_peer

    for name in names_peer.NER_SETS if files else ():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(names_peer, "find_pipelines", lambda names: {})
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    arguments = ["names_peer.py", "--data", str(tmp_path), "--no-npm"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit, match=f"Error: .*{reason}"):
        names_peer.main()
    assert not capsys.readouterr().out
