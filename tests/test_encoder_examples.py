"""Marked texts and treebanks as training examples: every label stands on its own word."""

import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from spacy.lang.en import English
from test_encoder_words import PIECES

NLP = English()


@pytest.fixture
def examples(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("encoder_examples")


@pytest.fixture
def corpora(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("corpora")


TREEBANK = """# newdoc id = a
# newpar
1\tPeru\tPeru\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tsigned\tsign\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tChile\tChile\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\twaits\twait\tVERB\tVBZ\t_\t0\troot\t_\t_
"""


def label_names(examples: ModuleType, text: str, names: tuple, **known) -> list[str]:
    marked = examples.Marked("a", "press", text, names, **known)
    (example,) = examples.to_name_examples(marked, NLP, PIECES)
    return ["?" if label == examples.IGNORED else examples.NAMES[label] for label in example.names]


@pytest.mark.parametrize(
    ("text", "names", "expected", "why"),
    [
        (
            "Port of Lima paid.",
            ((0, 12, "ORG"),),
            ["B-ORG", "I-ORG", "I-ORG", "O", "O"],
            "one name of three words",
        ),
        (
            "Peru Chile",
            ((0, 4, "GPE"), (5, 10, "GPE")),
            ["B-GPE", "B-GPE"],
            "two names side by side stay two",
        ),
        ("a Lima-based firm", ((2, 6, "GPE"),), ["O", "B-GPE", "O", "O", "O"], "a part of a word"),
        ("Peru's port", ((0, 6, "GPE"),), ["B-GPE", "I-GPE", "O"], "a mark that cuts no word"),
        ("\n\n Peru paid", ((3, 7, "GPE"),), ["B-GPE", "O"], "white space has no label"),
    ],
)
def test_names_become_bio_labels(
    examples: ModuleType, text: str, names: tuple, expected: list[str], why: str
) -> None:
    assert label_names(examples, text, names) == expected, why


def test_nothing_is_learnt_where_it_is_unsure(examples: ModuleType) -> None:
    labels = label_names(examples, "Peru met Chile.", ((0, 4, "GPE"),), unsure=((9, 14),))
    assert labels == ["B-GPE", "O", "?", "O"]


def test_sentence_starts_are_learnt_where_they_are_known(examples: ModuleType) -> None:
    known = examples.Marked("a", "gmb-clean", "Peru paid. Chile left.", (), starts=(0, 11))
    (example,) = examples.to_name_examples(known, NLP, PIECES)
    assert example.starts == [1, 0, 0, 1, 0, 0]
    (unknown,) = examples.to_name_examples(
        examples.Marked("a", "press", "Peru paid.", ()), NLP, PIECES
    )
    assert unknown.starts is None


def test_a_treebank_keeps_heads_within_the_window(
    examples: ModuleType, corpora: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "made.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    sentences = list(corpora.read_sentences(path))
    labels = examples.find_labels(sentences)
    whole = split = None
    for seed in range(20):  # windows are of random length: whole paragraphs, or a sentence each
        made = list(
            examples.to_syntax_examples(sentences, labels, NLP.vocab, PIECES, random.Random(seed))
        )
        whole, split = (made, split) if len(made) == 1 else (whole, made)
    assert whole is not None and split is not None
    (example,) = whole
    assert example.heads == [2, 0, 2, 5, 0]  # counted from 1, the blank line left out
    assert example.starts == [1, 0, 0, 1, 0]
    assert [labels.relations[n] for n in example.relations][:2] == ["nsubj", "ROOT"]
    assert [labels.tags[n] for n in example.tags] == ["NNP", "VBD", ".", "NNP", "VBZ"]
    assert [part.heads for part in split] == [[2, 0, 2], [2, 0]]
