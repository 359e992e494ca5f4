"""Our tokenizer: spaCy's tokens for what may be a word, linear time for all else."""

import pickle
from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.tokenizer import LONGEST_CHUNK, Tokenizer, make_tokenizer, set_tokenizer

KEPT = ["ORTH", "SPACY", "NORM"]


@pytest.fixture(scope="module")
def theirs() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def ours() -> Language:
    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    return nlp


def _tokens(doc: Doc) -> list[list[int]]:
    return doc.to_array(KEPT).tolist()


SAME = [
    ("", "nothing"),
    (" \n Peru", "white space at the edges"),
    ("Peru’s envoys (two) didn't sign: “Not yet!”, they said...", "marks on both sides"),
    ("cease-fire, don't, e.g. Mr. Obi's 5km 10€ 3+ U.K. 9a.m. :-)", "special cases and units"),
    ("see https://example.org/a?b=(c),d. Or mail ana@example.org!", "addresses"),
    ("1. Trade " + "." * 300 + " 7", "a leader is one token, longer than any other suffix"),
    ("Trade" + "." * 300, "and as the suffix of a word"),
    ("((((“Peru”))))" * 20, "marks by the dozen"),
    ("x" * LONGEST_CHUNK, "the longest chunk that stays whole"),
]


@pytest.mark.parametrize(("text", "why"), SAME)
def test_tokens_are_those_of_spacy(text: str, why: str, ours: Language, theirs: Language) -> None:
    assert _tokens(ours.make_doc(text)) == _tokens(theirs.make_doc(text)), why


def test_a_compound_with_an_abbreviation_is_split(ours: Language, theirs: Language) -> None:
    assert [t.text for t in ours.make_doc("the U.S.-Kenya pact")] == [
        *("the", "U.S.", "-", "Kenya", "pact"),
    ]
    assert [t.text for t in ours.make_doc("a U.N.-backed plan")][1:4] == ["U.N.", "-", "backed"]
    assert [t.text for t in theirs.make_doc("the U.S.-Kenya pact")][1] == "U.S.-Kenya"


LONG = [
    "x" * (LONGEST_CHUNK + 1),
    "Peru didn't " + "(" * 5_000 + " sign . " + "🤝" * 2_500 + "\n\nAna can't",
    " " + "a.b-c," * 1_000 + "\n" + "é" * LONGEST_CHUNK + "  " + "—" * (2 * LONGEST_CHUNK),
]


@pytest.mark.parametrize("text", LONG)
def test_a_long_chunk_is_cut_and_the_text_stays(text: str, ours: Language) -> None:
    doc = ours.make_doc(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert max(map(len, (t.text for t in doc))) <= LONGEST_CHUNK


def test_around_a_long_chunk_the_tokens_are_those_of_spacy(
    ours: Language, theirs: Language
) -> None:
    words = "Ana can't, won't sign"
    doc = ours.make_doc(f"{words} {'x' * 3 * LONGEST_CHUNK} {words}")
    expected = _tokens(theirs.make_doc(words))
    assert _tokens(doc)[: len(expected) - 1] == expected[:-1]
    assert _tokens(doc)[-len(expected) :] == expected
    assert [t.text for t in doc].count("x" * LONGEST_CHUNK) == 3


def test_a_tokenizer_of_another_kind_stays() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = other = spacy.blank("zh").tokenizer
    set_tokenizer(nlp)
    assert nlp.tokenizer is other


def test_the_rules_of_the_pipeline_stay() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer.add_special_case("gimme", [{"ORTH": "gim"}, {"ORTH": "me"}])
    set_tokenizer(nlp)
    set_tokenizer(nlp)
    assert [t.text for t in nlp.make_doc("gimme (Peru)")] == ["gim", "me", "(", "Peru", ")"]
    assert nlp.tokenizer.infix_finditer.__self__.pattern.count(r"(?<=[A-Z]\.)[-–]") == 1


def _by_pickle(nlp: Language, _: object) -> Callable[[str], Doc]:
    return pickle.loads(pickle.dumps(nlp.tokenizer))


def _by_bytes(nlp: Language, _: object) -> Callable[[str], Doc]:
    return make_tokenizer()(spacy.blank("en")).from_bytes(nlp.tokenizer.to_bytes())


def _by_pipeline(nlp: Language, folder: object) -> Callable[[str], Doc]:
    nlp.to_disk(folder)
    return spacy.load(folder).tokenizer


@pytest.mark.parametrize("send", [_by_pickle, _by_bytes, _by_pipeline])
def test_it_can_be_saved_and_sent(
    send: Callable[[Language, object], Callable[[str], Doc]], ours: Language, tmp_path: object
) -> None:
    text = f"The U.S.-Kenya pact isn't {LONG[1]}"
    found = send(ours, tmp_path)
    assert type(found) is Tokenizer
    assert [t.text for t in found(text)] == [t.text for t in ours.make_doc(text)]


def test_it_works_in_other_processes_and_in_memory_zones(ours: Language) -> None:
    texts = ["The U.S.-Kenya pact", LONG[1]] * 3
    assert [doc.text for doc in ours.pipe(texts, n_process=2)] == texts
    with ours.memory_zone():
        assert [_tokens(ours.make_doc(text)) for text in texts]
    assert ours.make_doc("Zorvex signed")[0].text == "Zorvex"
