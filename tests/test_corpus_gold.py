"""corpus/gold: what is marked is there, and nothing is in both parts."""

import json
from pathlib import Path

import pytest

from extract.evaluation import read_gold

GOLD = Path(__file__).parents[1] / "corpus" / "gold"
PARTS = ("train", "test")


def read_part(part: str) -> list[dict[str, object]]:
    lines = (GOLD / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("part", PARTS)
def test_every_mark_is_what_the_text_has_there(part: str) -> None:
    documents = read_gold(GOLD / f"{part}.jsonl")  # refuses a mark that is not
    assert len(documents) == len(read_part(part))


@pytest.mark.parametrize("part", PARTS)
def test_every_agreement_has_a_party(part: str) -> None:
    documents = read_gold(GOLD / f"{part}.jsonl")
    bare = [d.id for d in documents for a in d.agreements if not a.parties]
    assert bare == []


@pytest.mark.parametrize("part", PARTS)
def test_a_fifth_of_the_texts_holds_no_agreement(part: str) -> None:
    documents = read_gold(GOLD / f"{part}.jsonl")
    assert sum(not d.agreements for d in documents) >= len(documents) / 5


@pytest.mark.parametrize("part", PARTS)
def test_a_text_begins_with_its_title(part: str) -> None:
    titled = [entry for entry in read_part(part) if entry["title"]]
    wrong = [e["id"] for e in titled if not str(e["text"]).startswith(f"{e['title']}\n\n")]
    assert wrong == []


def test_no_text_is_in_both_parts() -> None:
    train, test = ({str(entry["text"]) for entry in read_part(part)} for part in PARTS)
    assert train.isdisjoint(test)
