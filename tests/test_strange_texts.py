"""A hundred strange texts through each shipped pipeline: same offsets, no exception, bounded.

The longest prose runs in a process of its own, beside the others, where its memory is measured.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from strange_texts import LONGEST, LONGEST_PROSE, PROSE, make_prose, make_texts

from extract import DocumentRecord, Extractor, load
from extract.article import Reject
from extract.batch import run
from extract.readers import read_articles

TESTS = Path(__file__).parent
MODELS = TESTS.parent / "models"
PIPELINES = sorted(path.parent for path in MODELS.glob("press_en*/config.cfg"))
TEXTS = make_texts()
SHORT = {name: text for name, text in TEXTS.items() if name != PROSE}
ANALYSED = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "SENT_START", "ENT_IOB", "ENT_TYPE")
BATCHED = 3_000  # characters; up to there each text is also analysed alone

pytestmark = pytest.mark.model


@pytest.fixture(scope="module", params=PIPELINES, ids=[path.name for path in PIPELINES])
def pipeline(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module", autouse=True)
def long_run(pipeline: Path) -> Iterator[subprocess.Popen[str] | None]:
    """The run over the longest prose, started first and read last."""
    if not Path("/proc/self/status").exists():
        yield None
        return
    script = TESTS / "benchmarks" / "strange_texts_memory.py"
    places = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, str(script), str(pipeline)],
        env={**os.environ, "PYTHONPATH": places, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def nlp(pipeline: Path) -> Language:
    return spacy.load(pipeline)


@pytest.fixture(scope="module")
def extractor(pipeline: Path) -> Extractor:
    return load(pipeline)


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[str, Doc]:
    return dict(zip(SHORT, nlp.pipe(SHORT.values()), strict=True))


def test_there_are_a_hundred_texts_of_all_lengths() -> None:
    assert len(TEXTS) == len(set(TEXTS.values())) == 100
    digits = {len(str(len(text))) for text in TEXTS.values()}
    assert digits == set(range(1, 8))
    assert max(map(len, TEXTS.values())) == LONGEST
    assert make_texts() == TEXTS


# The pipeline by itself.


def test_the_text_and_its_tokens_stay(docs: dict[str, Doc], nlp: Language) -> None:
    for name, text in SHORT.items():
        assert docs[name].text == text, name
        offsets = [token.idx for token in docs[name]]
        assert offsets == sorted(set(offsets)), name
        assert [t.text for t in docs[name]] == [t.text for t in nlp.make_doc(text)], name


def test_every_token_is_in_one_sentence(docs: dict[str, Doc]) -> None:
    for name, doc in docs.items():
        edges = [(sentence.start, sentence.end) for sentence in doc.sents]
        starts, ends = [start for start, _ in edges], [end for _, end in edges]
        assert [*starts, len(doc)] == [0, *ends], name
        assert all(start < end for start, end in edges), name


def test_heads_form_trees_inside_sentences(docs: dict[str, Doc]) -> None:
    for name, doc in docs.items():
        for sentence in doc.sents:
            heads = [token.head.i for token in sentence]
            assert all(sentence.start <= head < sentence.end for head in heads), name
            assert _has_no_cycle([head - sentence.start for head in heads]), name


def _has_no_cycle(heads: list[int]) -> bool:
    """Tell whether each token leads to a root, which is its own head; in linear time."""
    rooted = {i for i, head in enumerate(heads) if head == i}
    for start in range(len(heads)):
        path, i = set(), start
        while i not in rooted:
            if i in path:
                return False
            path.add(i)
            i = heads[i]
        rooted |= path
    return True


@pytest.mark.parametrize(
    ("heads", "expected"),
    [([0], True), ([1, 1, 1], True), ([2, 0, 2], True), ([1, 0], False), ([0, 2, 3, 1], False)],
)
def test_a_cycle_is_seen(heads: list[int], expected: bool) -> None:
    assert _has_no_cycle(heads) is expected


def test_names_are_in_the_text_and_do_not_overlap(docs: dict[str, Doc]) -> None:
    for name, doc in docs.items():
        last = 0
        for ent in doc.ents:
            assert last <= ent.start < ent.end <= len(doc), name
            assert SHORT[name][ent.start_char : ent.end_char] == ent.text, name
            last = ent.end


def test_a_batch_gives_what_each_text_gives_alone(docs: dict[str, Doc], nlp: Language) -> None:
    for name, text in SHORT.items():
        if len(text) <= BATCHED:
            alone = nlp(text).to_array(list(ANALYSED))
            assert (docs[name].to_array(list(ANALYSED)) == alone).all(), name


# The whole extractor.


@pytest.fixture(scope="module")
def outcomes(
    extractor: Extractor, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, DocumentRecord | Reject]:
    """What the main job gives for the texts as JSON Lines, by name."""
    path = tmp_path_factory.mktemp("strange") / "texts.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in SHORT.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    with run(read_articles([path]), extractor) as results:
        assert results.documents == len(lines)
        records = {record.document.id: record for record in results.records()}
        return records | {str(reject.id): reject for reject in results.rejects()}


def test_each_text_becomes_a_record_or_a_reject(
    outcomes: dict[str, DocumentRecord | Reject],
) -> None:
    assert outcomes.keys() == SHORT.keys()
    rejects = {n: found.reason for n, found in outcomes.items() if isinstance(found, Reject)}
    assert set(rejects.values()) == {"empty", "language"}, rejects
    empty = {name for name, reason in rejects.items() if reason == "empty"}
    assert empty == {name for name, text in SHORT.items() if not text.strip()}


def test_every_span_replays(
    outcomes: dict[str, DocumentRecord | Reject], extractor: Extractor
) -> None:
    """Those refused for their language, or as empty, are asked for by themselves."""
    found = 0
    for name, outcome in outcomes.items():
        record = outcome if isinstance(outcome, DocumentRecord) else extractor(TEXTS[name])
        found += _replay(record.model_dump(), TEXTS[name])
    assert found > 5_000


def _replay(record: dict[str, Any], text: str) -> int:
    """Return how many spans were compared with the text."""
    spans = list(_spans(record))
    for span in spans:
        assert 0 <= span["start"] < span["end"] <= len(text), span
        assert (
            span.get("text", text[span["start"] : span["end"]]) == text[span["start"] : span["end"]]
        )
    return len(spans)


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("start") is not None:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)


# Time and memory grow with the length, not faster.

TOKENIZED = [  # a unit, how many of them
    ("x", 50_000),
    ("(", 2_500),
    (",", 2_500),
    ("🤝", 2_500),
    ("“”‘’\"'«»", 300),
    ("UN-backed-", 500),
    ("a:b@", 600),
]
EXTRACTED = [
    (make_prose(500), 4),
    ("and ", 500),
    ("A. ", 500),
    ("They met. ", 300),
    ("Alpha Beta ", 300),
    ("17 ", 500),
    ("3 May 2024, ", 120),
    ("Zora Lima and ", 150),
    ("agreement ", 400),
    ("trade ", 500),
    ("Pact of the ", 200),
    ("Peru signed a pact\n", 150),
    ("Fiji met Peru. The two sides signed an agreement. ", 60),
    ("The Peruvian company Zorvex left. The Peruvian company signed. ", 60),
]


@pytest.mark.parametrize(("unit", "number"), TOKENIZED)
def test_the_tokenizer_takes_time_like_the_text(
    unit: str, number: int, extractor: Extractor
) -> None:
    _assert_linear(extractor.nlp.make_doc, unit, number)


@pytest.mark.parametrize(("unit", "number"), EXTRACTED)
def test_the_extractor_takes_time_like_the_text(
    unit: str, number: int, extractor: Extractor
) -> None:
    _assert_linear(extractor, unit, number)


def _assert_linear(call: Callable[[str], Any], unit: str, number: int) -> None:
    """Four times the text may take seven times as long: a square would take sixteen."""
    call(unit)
    small, large = (_seconds(call, unit * (number * times)) for times in (1, 4))
    assert large <= 7 * small + 0.05


def _seconds(call: Callable[[str], Any], text: str) -> float:
    start = time.process_time()
    call(text)
    return time.process_time() - start


MAX_GROWTH = 1_500  # MB over the loaded pipeline; spaCy’s networks took 1,090 (press_en_fast)


def test_memory_is_bounded_and_the_longest_prose_replays(
    long_run: subprocess.Popen[str] | None,
) -> None:
    if long_run is None:
        pytest.skip("peak memory is read from /proc")
    figures, record = long_run.communicate()[0].split("\n", 1)
    assert _replay(json.loads(record), TEXTS[PROSE]) > 10_000
    peaks = {int(length): peak for length, peak in json.loads(figures).items()}
    quarter, whole = peaks[LONGEST_PROSE // 4] - peaks[0], peaks[LONGEST_PROSE] - peaks[0]
    assert whole <= MAX_GROWTH, peaks
    assert whole <= 4 * quarter * 1.2, peaks
