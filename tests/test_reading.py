"""What the reader is given, and what its answers say of words."""

import numpy as np
import pytest
from docs import VOCAB
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from extract.components.agreements.mention import Mention
from extract.components.agreements.readings import read_spans, steps, tell_chance, tell_part
from extract.components.agreements.readings import tell_statuses as tell
from extract.encoder.component import Encoder
from extract.encoder.reading import (
    PART_LABELS,
    STRETCH,
    WORD_LABELS,
    Reading,
    class_distances,
    cut_stretches,
    label_words,
)
from extract.errors import PipelineError
from extract.vocabulary import STATUSES


def make_doc(words: list[str]) -> Doc:
    doc = Doc(VOCAB, words=words)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    return doc


def parts(*labels: str) -> NDArray[np.float32]:
    table = np.full((len(labels), len(PART_LABELS)), 0.01, np.float32)
    for row, label in enumerate(labels):
        table[row, PART_LABELS.index(label)] = 0.9
    return table


def make_reading(*labels: str, chance: float = 0.8, status: str = "signed") -> Reading:
    statuses = np.array([0.82 if s == status else 0.02 for s in STATUSES], np.float32)
    return Reading(chance, statuses, np.arange(len(labels)), parts(*labels))


def make_mention(reading: Reading | None, start: int = 2) -> Mention:
    return Mention(
        *(start, start + 1, start, "agreement", "noun", 1, ["trigger.noun.agreement"], (0, 6)),
        reading=reading,
    )


READING = make_reading("B-party", "I-party", "O", "B-party", "B-topic", "O")


@pytest.mark.parametrize(
    ("part", "span", "share"),
    [
        ("party", (0, 2), 0.91),  # B and I together
        ("party", (2, 3), 0.02),
        ("party", (1, 3), 0.465),  # the mean
        ("party", (9, 12), 0.0),  # not read
        ("topic", (4, 5), 0.91),
    ],
)
def test_share_is_the_mean_over_the_words(part: str, span: tuple[int, int], share: float) -> None:
    assert READING.share(part, *span) == pytest.approx(share, abs=1e-5)


def test_spans_end_where_a_new_one_opens() -> None:
    reading = make_reading("B-party", "B-party", "I-party", "O", "I-party")
    assert list(reading.spans("party", above=0.5)) == [(0, 1), (1, 3), (4, 5)]


def test_a_span_does_not_run_from_the_headline_into_the_text() -> None:
    reading = make_reading("B-party", "I-party")
    apart = Reading(0.5, reading.statuses, np.array([3, 90]), reading.parts)
    assert list(apart.spans("party", above=0.5)) == [(3, 4), (90, 91)]


def test_overlap_is_highest_for_the_span_itself() -> None:
    reading = make_reading("O", "B-topic", "I-topic", "I-topic", "O")
    spans = [(a, b) for a in range(5) for b in range(a + 1, 6)]
    assert max(spans, key=lambda span: reading.overlap("topic", *span)) == (1, 4)


def test_distances_tell_sides_and_saturate() -> None:
    near = class_distances(np.array([0, 1, 2, 3, 4, 5]))
    assert near.tolist() == [0, 1, 2, 3, 3, 4]
    before, after = class_distances(np.array([-5])), class_distances(np.array([5]))
    assert before != after
    assert class_distances(np.array([82])) == class_distances(np.array([5000]))


def test_a_short_text_is_one_stretch() -> None:
    doc = make_doc(["Kenya", "signed", "a", "pact", ".", "Peru", "too", "."])
    [stretch] = cut_stretches(doc, [(3, 4), (1, 2)])
    assert stretch.words.tolist() == list(range(8))
    assert stretch.numbers == [1, 0]  # in text order
    assert stretch.triggers.tolist()[1] == [0, 0, 0, 1, 0, 0, 0, 0]
    assert stretch.sentences[0].tolist() == [4, 4, 4, 4, 4, 5, 5, 5]


def test_white_space_is_not_read() -> None:
    [stretch] = cut_stretches(make_doc(["A", "\n\n", "pact"]), [(2, 3)])
    assert stretch.words.tolist() == [0, 2]
    assert stretch.triggers.tolist() == [[0, 1]]


def test_a_long_text_is_read_in_stretches_that_hold_each_trigger_once() -> None:
    doc = make_doc(["word"] * 2000)
    triggers = [(n, n + 1) for n in (0, 100, 130, 700, 1999)]
    stretches = list(cut_stretches(doc, triggers))
    assert sorted(n for stretch in stretches for n in stretch.numbers) == [0, 1, 2, 3, 4]
    assert all(len(stretch.words) <= STRETCH for stretch in stretches)
    for stretch in stretches:
        for row, number in enumerate(stretch.numbers):
            assert stretch.words[stretch.triggers[row].argmax()] == triggers[number][0]


def test_the_headline_is_read_before_a_far_stretch() -> None:
    doc = make_doc(["word"] * 1000)
    doc.spans["headline"] = [Span(doc, 0, 5)]
    [stretch] = cut_stretches(doc, [(900, 901)])
    assert stretch.words[:5].tolist() == [0, 1, 2, 3, 4]
    assert len(stretch.words) == STRETCH + 5


def test_no_trigger_no_stretch() -> None:
    assert list(cut_stretches(make_doc(["pact"]), [])) == []


def test_words_are_labelled_by_what_they_name() -> None:
    doc = make_doc(["Port", "Vale", "met", "Peru", "today", "."])
    doc.ents = [Span(doc, 0, 2, label="ORG"), Span(doc, 3, 4, label="GPE")]
    labels = [WORD_LABELS[number] for number in label_words(doc)]
    assert labels == ["B-ORG", "I-ORG", "O", "B-GPE", "O", "O"]


def test_steps_add_up() -> None:
    assert steps("read", 0.35) == {"read>0.02", "read>0.05", "read>0.1", "read>0.2", "read>0.3"}


def test_without_a_reader_nothing_is_told() -> None:
    group = [make_mention(None)]
    assert tell_chance(group) == tell(group) == tell_part(group, "party", [(0, 1)]) == set()


def test_the_surest_mention_and_place_count() -> None:
    group = [make_mention(make_reading("O", "O", chance=0.2)), make_mention(READING)]
    assert "read>0.7" in tell_chance(group)
    assert "read on average>0.4" in tell_chance(group)
    assert "read on average>0.6" not in tell_chance(group)
    assert "read party>0.9" in tell_part(group, "party", [(0, 2)])


def test_unlikely_mentions_say_nothing_of_the_stage() -> None:
    doubtful = make_reading("O", chance=0.2, status="ended")
    told = tell([make_mention(doubtful), make_mention(READING)])
    assert "read signed>0.8" in told
    assert "read ended>0.05" not in told


def test_spans_come_once() -> None:
    group = [make_mention(READING), make_mention(READING)]
    assert list(read_spans(group, "party", above=0.5)) == [(0, 2), (3, 4)]


def test_an_encoder_without_a_reader_says_so() -> None:
    encoder = Encoder(VOCAB)
    assert not encoder.can_read
    with pytest.raises(PipelineError, match=r"no reader\.onnx"):
        encoder.read(make_doc(["pact"]), [(0, 1)])
