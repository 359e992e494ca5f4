"""Lemmas: what the table answers, and what is learned from a few words."""

import json
from collections.abc import Callable
from types import ModuleType

import pytest

from extract.encoder.lemmas import MAX_CACHED, LemmaTable


@pytest.fixture
def learn_lemmas(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("learn_lemmas")


TABLE = LemmaTable(
    forms={
        "VBN": {"went": "go"},
        "VBZ": {"'s": "be"},
        "RB": {"n't": "not"},
        "RBR": {"better": "well"},
        "JJR": {"better": "good"},
        "NN": {"TV": "TV", "pm": "p.m."},
    },
    endings={
        "NNS": {"s": "1", "ies": "3y"},
        "NNPS": {"s": "1"},
        "VBN": {"ed": "2", "ated": "1", "pped": "3"},
        "JJR": {"er": "2", "ier": "3y"},
        "JJ": {"ian": "0^"},
    },
    short_words=["deal", "talks", "talk", "pm", "tv"],
)
LOOKUPS = [
    ("treaties", "NNS", "treaty", "the longest ending decides"),
    ("ports", "NNS", "port", "a shorter one where it does not fit"),
    ("went", "VBN", "go", "a form of its own"),
    ("went", "VBD", "go", "past tense reads what participles know"),
    ("negotiated", "VBD", "negotiate", "and their endings"),
    ("dropped", "VBN", "drop", "a doubled consonant"),
    ("better", "JJR", "good", "an adjective"),
    ("better", "RBR", "well", "its adverb first has a table of its own"),
    ("happier", "RBR", "happy", "then the endings of adjectives"),
    ("MINISTERS", "NNS", "minister", "a headline in capitals"),
    ("DEAL", "NN", "deal", "short, but known in lower case"),
    ("LNG", "NN", "LNG", "short and unknown: an acronym"),
    ("UAVs", "NNS", "UAV", "with a plural"),
    ("MoU", "NN", "MoU", "capitals inside"),
    ("TV", "NN", "TV", "as written before in lower case"),
    ("PM", "NN", "p.m.", "then in lower case"),
    ("States", "NNPS", "State", "a plural name keeps its capital"),
    ("SEAS", "NNPS", "SEA", "also in short capitals"),
    ("Norland", "NNP", "Norland", "a name"),
    ("NORLAND", "NNP", "Norland", "shouted"),
    ("NSTO", "NNP", "NSTO", "an acronym"),
    ("Norlandian", "JJ", "Norlandian", "of a nation"),
    ("NORLANDIAN", "JJ", "Norlandian", "shouted"),
    ("Bilateral", "JJ", "bilateral", "an ordinary adjective opens a sentence"),
    ("’s", "VBZ", "be", "curly apostrophe"),
    ("N’T", "RB", "not", "in capitals"),
    ("The", "DT", "the", "no entry at all"),
    ("10,000", "CD", "10,000", "figures stay"),
    ("III", "CD", "III", "Roman figures stay"),
    ("s", "NNS", "s", "an ending is not a word"),
    ("", "NN", "", "nothing"),
    ("\n\n", "_SP", "\n\n", "white space"),
]


@pytest.mark.parametrize(("form", "tag", "lemma", "why"), LOOKUPS)
def test_lookup(form, tag, lemma, why):
    assert TABLE.lookup(form, tag) == lemma, why


def test_the_table_survives_json():
    copy = LemmaTable.from_dict(json.loads(json.dumps(TABLE.to_dict())))
    assert copy.to_dict() == TABLE.to_dict()
    assert all(copy.lookup(form, tag) == lemma for form, tag, lemma, _ in LOOKUPS)


def test_the_cache_is_bounded():
    table = LemmaTable.from_dict(TABLE.to_dict())
    for number in range(MAX_CACHED + 10):
        table.lookup(str(number), "CD")
    assert len(table._cache) <= MAX_CACHED


def test_an_edit_that_is_none_is_named():
    data = {"forms": {}, "endings": {"NNS": {"s": "x"}}, "short_words": ""}
    with pytest.raises(ValueError, match=r"'x'.*'s'.*NNS.*learn_lemmas"):
        LemmaTable.from_dict(data)


SPELLINGS = [
    ("VBN", "stop", ["stopped"], "one short syllable doubles"),
    ("VBN", "travel", ["travelled", "traveled"], "two may"),
    ("VBN", "agree", ["agreed"], "an e is there"),
    ("VBN", "ratify", ["ratified"], "y after a consonant"),
    ("VBN", "delay", ["delayed"], "y after a vowel"),
    ("VBG", "tie", ["tying"], "ie"),
    ("VBG", "agree", ["agreeing"], "ee stays"),
    ("VBG", "sue", ["suing"], "a silent e goes"),
    ("VBG", "panic", ["panicking"], "c"),
    ("NNS", "reach", ["reaches", "reachs"], "ch as in church or in monarch"),
    ("NNS", "treaty", ["treaties"], "y"),
    ("JJR", "big", ["bigger"], "adjectives double too"),
]


@pytest.mark.parametrize(("tag", "base", "forms", "why"), SPELLINGS)
def test_inflect(learn_lemmas, tag, base, forms, why):
    assert list(learn_lemmas.inflect(tag, base)) == forms, why


def made_sentence(learn_lemmas, doc_id, *rows):
    tokens = (
        learn_lemmas.Token(form, True, lemma, "X", tag, feats, 0, "ROOT")
        for form, tag, lemma, feats in rows
    )
    return learn_lemmas.Sentence(tuple(tokens), doc_id, True)


def test_learn_generalises_and_forgets_slips(learn_lemmas):
    rows = [
        ("hosted", "VBD", "host", ""),
        ("posted", "VBN", "post", ""),
        ("located", "VBN", "locate", ""),
        ("rotated", "VBN", "rotate", ""),
        ("These", "DT", "this", ""),
    ]
    sentences = [made_sentence(learn_lemmas, f"{number}", *rows) for number in range(2)]
    sentences.append(made_sentence(learn_lemmas, "2", ("bef", "RB", "before", "")))
    vocabulary = {"rezone": 5, "rezoned": 1, "zone": 9}
    table = learn_lemmas.learn(sentences, vocabulary=vocabulary)
    learned = [
        ("mandated", "VBN", "mandate"),  # by the ending of two others
        ("hoisted", "VBD", "hoist"),
        ("rezoned", "VBN", "rezone"),  # by the words of unlabelled texts
        ("these", "DT", "this"),
        ("bef", "RB", "bef"),  # a slip of one document
        ("undertook", "VBD", "undertake"),  # by the list of irregular words
    ]
    assert [table.lookup(form, tag) for form, tag, _ in learned] == [x[2] for x in learned]
    assert learn_lemmas.accuracy(table, sentences) == pytest.approx(10 / 11)


def test_learn_gives_the_same_table_twice(learn_lemmas):
    rows = [("unions", "NNS", "union", ""), ("men", "NNS", "man", ""), ("ran", "VBD", "run", "")]
    sentences = [made_sentence(learn_lemmas, "a", *rows)]
    first, second = (json.dumps(learn_lemmas.learn(sentences).to_dict()) for _ in range(2))
    assert first == second
