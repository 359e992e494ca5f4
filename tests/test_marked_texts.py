"""What the encoder is trained on: marked texts joined, varied and put under other names."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def marked(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("marked_texts")


@pytest.fixture
def renaming(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("renaming")


def write_lines(path: Path, *records: dict) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def name(text: str, words: str, label: str) -> dict:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "label": label}


def names_of(text) -> list[tuple[str, str]]:
    return [(text.text[start:end], label) for start, end, label in text.names]


def sentence(
    marked: ModuleType, number: int, text: str = "Obi met Ray.", source: str = "gmb-clean"
):
    return marked.Marked(f"gmb/{number}", source, text, ((0, 3, "PERSON"),), starts=(0,))


def test_stand_off_marks_find_their_texts(marked: ModuleType, tmp_path: Path) -> None:
    sentences = [{"id": "gmb/1", "text": "Obi met Ray."}, {"id": "gmb/3", "text": "Ray left Lima."}]
    write_lines(tmp_path / "wire.jsonl", *sentences)
    write_lines(tmp_path / "dump.jsonl", {"id": "d", "text": "Photo\nObi and Ray met."})
    runs = {"id": "n-1", "file": "wire.jsonl", "sentences": ["gmb/1", "gmb/3"], "crc32": 1659354280}
    part = {"id": "n-2", "file": "dump.jsonl", "document": "d", "start": 6, "crc32": 2797046978}
    path = write_lines(
        tmp_path / "marks.jsonl",
        runs | {"names": [[0, 3, "PERSON"], [22, 26, "GPE"]], "unsure": [[8, 11]]},
        part | {"end": 13, "names": [[0, 3, "PERSON"]]},
    )
    first, second = marked.read_stand_off(path, tmp_path)
    assert (first.text, first.starts) == ("Obi met Ray. Ray left Lima.", (0, 13))
    assert names_of(first) == [("Obi", "PERSON"), ("Lima", "GPE")]
    assert first.unsure == ((8, 11),)
    assert (second.text, names_of(second)) == ("Obi and", [("Obi", "PERSON")])
    assert (second.source, second.starts) == ("dump.jsonl", None)


def test_stand_off_marks_refuse_another_text(marked: ModuleType, tmp_path: Path) -> None:
    write_lines(tmp_path / "wire.jsonl", {"id": "gmb/1", "text": "Obi met Roy."})
    mark = {"id": "n-1", "file": "wire.jsonl", "sentences": ["gmb/1"], "crc32": 7, "names": []}
    path = write_lines(tmp_path / "marks.jsonl", mark)
    with pytest.raises(SystemExit, match=r"wire\.jsonl: not the text that n-1 marks"):
        list(marked.read_stand_off(path, tmp_path))


def test_marks_of_our_own_do_not_overlap(marked: ModuleType) -> None:
    records = list(marked.read_jsonl(marked.STAND_OFF))
    assert len({record["id"] for record in records}) == len(records) > 0
    for record in records:
        bounds = [edge for start, end, _ in record["names"] for edge in (start, end)]
        assert bounds == sorted(bounds), record["id"]
        assert {label for *_, label in record["names"]} <= set(marked.LABELS), record["id"]


def test_what_is_marked_by_hand_or_reported_on_is_silver_no_more(
    marked: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ner").mkdir()
    records = [
        {"id": f"gmb/{n}", "source": "gmb-clean", "text": "Obi met.", "entities": []}
        for n in (1, 2)
    ]
    reported = {
        "id": "gmb/3",
        "source": "gmb-clean",
        "text": "Roy sang of the sea.",
        "entities": [],
    }
    write_lines(tmp_path / marked.SILVER, *records, reported)
    passage = {"id": "d", "text": "Obi met. Roy sang of the sea.", "entities": []}
    (tmp_path / "agreements").mkdir()
    monkeypatch.setattr(marked, "TELLING", 15)
    write_lines(tmp_path / marked.TESTED, passage)
    again = marked.Marked("n-1", "wire.jsonl", "Obi met.", (), made_of=("gmb/2",))
    assert [text.id for text in marked.read_silver(tmp_path, [again])] == ["gmb/1"]


def test_read_keeps_our_labels_and_leaves_out_what_is_not_marked(
    marked: ModuleType, tmp_path: Path
) -> None:
    text = "Norland paid $5 million."
    entities = [name(text, "Norland", "GPE"), name(text, "$5 million", "MONEY")]
    path = write_lines(
        tmp_path / "marked.jsonl",
        {"id": "a", "source": "gum", "text": text, "entities": entities},
        {"id": "b", "source": "gum", "text": text, "entities": None},
        {"id": "c", "source": "us-state", "text": text, "entities": []},
    )
    first, second = marked.read_marked(path)
    assert (first.source, names_of(first)) == ("gum", [("Norland", "GPE")])
    assert (second.id, second.source) == ("c", "us-state")


def test_neighbours_join_to_runs_with_names_and_starts_in_place(marked: ModuleType) -> None:
    texts = [sentence(marked, number) for number in range(1, 200)]
    runs = list(marked.join_runs(texts, random.Random(1)))
    assert sum(len(run.names) for run in runs) == len(texts)
    assert max(len(run.starts) for run in runs) == marked.LONGEST_RUN
    for run in runs:
        assert {words for words, _ in names_of(run)} == {"Obi"}
        assert all(run.text[start:].startswith("Obi") for start in run.starts)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("gmb-clean", 1), ("gmb-clean", 9), "too far apart to be of one story"),
        (("gmb-clean", 1), ("wikigold", 2), "another source"),
        (("gmb-clean", 2), ("gmb-clean", 1), "not in the order of the text"),
    ],
)
def test_strangers_are_not_joined(
    marked: ModuleType, first: tuple, second: tuple, why: str
) -> None:
    texts = [sentence(marked, number, source=source) for source, number in (first, second)]
    for seed in range(20):
        assert len(list(marked.join_runs(texts, random.Random(seed)))) == 2, why


def test_case_varies_now_and_then_and_never_moves_a_name(marked: ModuleType) -> None:
    text = marked.Marked("a", "gum", "Obi met the press.", ((0, 3, "PERSON"),))
    rng = random.Random(0)
    seen = {marked.vary_case(text, rng).text for _ in range(500)}
    assert seen == {"Obi met the press.", "OBI MET THE PRESS.", "Obi met the Press."}
    sharp = marked.Marked("b", "gum", "Weiß signed.", ((0, 4, "PERSON"),))
    assert {marked.vary_case(sharp, rng).text.casefold() for _ in range(500)} == {"weiss signed."}


def test_put_names_moves_the_later_ones(marked: ModuleType) -> None:
    text = marked.Marked("a", "gum", "Obi met Ray.", ((0, 3, "PERSON"), (8, 11, "PERSON")))
    changed = marked.put_names(text, {0: "Ada Lovell"})
    assert changed.text == "Ada Lovell met Ray."
    assert names_of(changed) == [("Ada Lovell", "PERSON"), ("Ray", "PERSON")]


class _Named:
    """Draws a name that tells what it stands for."""

    def draw(self, label: str, rng: random.Random, *, like: str) -> str:
        words = [f"{label.title()}{len(like)}" for _ in like.split()]
        return " ".join(words)


def rename(renaming: ModuleType, monkeypatch: pytest.MonkeyPatch, text):
    monkeypatch.setattr(renaming, "KEPT_SHARE", 0)
    return renaming.rename(text, _Named(), random.Random(0))


def test_a_name_becomes_the_same_everywhere_and_a_surname_follows_its_full_name(
    marked: ModuleType, renaming: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Obi left. Ada Obi and Norland agreed; Norland paid."
    names = ((0, 3, "PERSON"), (10, 17, "PERSON"), (22, 29, "GPE"), (38, 45, "GPE"))
    changed = rename(renaming, monkeypatch, marked.Marked("a", "press", text, names))
    assert changed.text == "Person7 left. Person7 Person7 and Gpe7 agreed; Gpe7 paid."
    assert [label for _, label in names_of(changed)] == ["PERSON", "PERSON", "GPE", "GPE"]


def test_an_acronym_in_brackets_is_made_of_the_new_name(
    marked: ModuleType, renaming: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renaming, "acronym_of", lambda long_name, rng: "XYZ")
    text = "The Norland Port Board (NPB) met; NPB agreed."
    names = ((4, 22, "ORG"), (24, 27, "ORG"), (34, 37, "ORG"))
    changed = rename(renaming, monkeypatch, marked.Marked("a", "press", text, names))
    assert changed.text == "The Org18 Org18 Org18 (XYZ) met; XYZ agreed."


def test_dates_stay(
    marked: ModuleType, renaming: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = marked.Marked("a", "press", "Signed on Monday.", ((10, 16, "DATE"),))
    assert rename(renaming, monkeypatch, text).text == "Signed on Monday."
