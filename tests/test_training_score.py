"""The command that scores pipelines for the model card: what it compares, on Docs by hand."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.tokens import Doc


@pytest.fixture
def score(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("score")


def f1(scores: dict, measure: str) -> tuple[int, int, int]:
    return scores[measure].tp, scores[measure].fp, scores[measure].fn


def test_names_count_strictly_and_merged_ones_whatever_their_label(score: ModuleType) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "GPE", "pattern": "Norland"},
            {"label": "PERSON", "pattern": "Brook"},
            {"label": "NORP", "pattern": "Sudian"},
        ]
    )
    text = "Norland sent Anna Brook to the Sudian port."
    entities = [
        {"start": 0, "end": 7, "label": "ORG"},
        {"start": 13, "end": 23, "label": "PERSON"},
    ]
    unmarked = {"text": "Norland", "entities": None}
    scores = score.score_names(nlp, [{"text": text, "entities": entities}, unmarked])
    assert f1(scores, "ORG") == (0, 0, 1)  # found, but as a GPE
    assert f1(scores, "ORG+GPE+LOC") == (1, 0, 0)
    assert f1(scores, "PERSON") == (0, 1, 1)  # half of the name
    assert f1(scores, "all") == (0, 1, 2)  # GPE, NORP: labels that this set does not mark
    assert "NORP" not in scores


def test_words_are_compared_by_their_characters(score: ModuleType) -> None:
    vocab = spacy.blank("en").vocab  # knows white space
    gold = Doc(
        vocab,
        words=["Ships", "sail", ".", "\n\n", "Do", "n't", "go"],
        spaces=[True, False, False, False, False, True, False],
        pos=["NOUN", "VERB", "PUNCT", "SPACE", "AUX", "PART", "VERB"],
        heads=[1, 1, 1, 2, 6, 6, 6],
        deps=["nsubj:outer", "ROOT", "punct", "dep", "aux", "advmod", "ROOT"],
    )
    predicted = Doc(
        vocab,
        words=["Ships", "sail", ".", "\n\n", "Don't", "go"],
        spaces=[True, False, False, False, True, False],
        pos=["NOUN", "NOUN", "PUNCT", "SPACE", "AUX", "VERB"],
        heads=[1, 1, 1, 2, 5, 5],
        deps=["nsubj", "ROOT", "punct", "dep", "aux", "ROOT"],
    )
    assert gold.text == predicted.text
    scores: dict = {}
    score.add_facts(scores, score.to_syntax_facts(gold), score.to_syntax_facts(predicted))
    assert f1(scores, "words") == (4, 1, 2)  # one word for two; white space is none
    assert f1(scores, "UPOS") == (3, 2, 3)
    assert f1(scores, "UAS") == (4, 1, 2)
    assert f1(scores, "LAS") == (3, 2, 3)
    assert f1(scores, "LAS without subtypes") == (4, 1, 2)
    assert f1(scores, "sentences") == (2, 0, 0)


def test_a_treebank_is_read_as_one_text_a_document(score: ModuleType, tmp_path: Path) -> None:
    sentence = (
        "1\tShips\tship\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tsail\tsail\tVERB\tVBP\t_\t0\troot\t_\t_\n"
    )
    blocks = [f"# newdoc id = {name}\n{sentence}\n{sentence}" for name in ("a", "b")]
    path = tmp_path / "small.conllu"
    path.write_text("\n".join(blocks), encoding="utf-8")
    assert [len(document) for document in score.read_documents(path)] == [2, 2]


def test_speed_texts_lose_no_sentence(score: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(f'{{"text": "Line {i}."}}\n' for i in range(45)), encoding="utf-8")
    texts = score.read_speed_texts(path)
    assert len(texts) == 3
    assert " ".join(texts) == " ".join(f"Line {i}." for i in range(45))


def test_a_training_that_strays_is_told(score: ModuleType) -> None:
    expected = {"a.jsonl ORG": 80.0, "a.jsonl PERSON": 90.0, "b.conllu LAS": 82.0}
    figures = {"a.jsonl ORG": 80.5, "a.jsonl PERSON": 89.4}
    assert score.find_strayed(figures, expected) == [
        "a.jsonl PERSON 89.40 instead of 90.00",
        "b.conllu LAS 0.00 instead of 82.00",
    ]


def test_figures_are_kept_of_what_has_support(score: ModuleType) -> None:
    scores = {"ORG": score.PRFScore(tp=300, fp=0, fn=100), "FAC": score.PRFScore(tp=9, fp=0, fn=1)}
    assert score.to_figures({"a": scores}) == {"a ORG": 85.71}
