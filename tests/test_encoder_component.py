"""The spaCy component: what it sets, that it moves about whole, and that no Doc sways another."""

import copy
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from strange_texts import make_prose

from extract.encoder.component import FILES, Encoder
from extract.encoder.words import cut_windows
from extract.errors import PipelineError

PIPELINE = Path(__file__).parents[1] / "models" / "press_en"
SHORT = "Peru and Chile signed a pact on fisheries in Lima on Monday."
WRAPPED = "Envoys of Peru met in New\nYork on Tuesday, the foreign\nministry said."
TEXTS = [
    SHORT,
    "",
    WRAPPED,
    " ",
    make_prose(1_500, seed=1),
    "\n\nTALKS END\n\n  No accord was reached, Ana Rojas said.  \n",
    "🤝",
    make_prose(900, seed=2),
    SHORT.upper(),
    "\x00\u200b \ufeff\t\x1b",
]

model = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(PIPELINE)


COLUMNS = ("tag_", "pos_", "dep_", "lemma_", "ent_iob_", "ent_type_", "is_sent_start")
ATTRIBUTES = ["TAG", "POS", "HEAD", "DEP", "LEMMA", "ENT_IOB", "ENT_TYPE", "SENT_START"]
Annotations = list[tuple[object, ...]]


def annotations(doc: Doc | Span) -> Annotations:
    """Return all that the component sets, as strings and numbers; places count from the start."""
    return [
        (t.text, t.idx - doc[0].idx, t.head.i - doc[0].i, *(getattr(t, name) for name in COLUMNS))
        for t in doc
    ]


def analyse(nlp: Language, texts: list[str] = TEXTS) -> list[Annotations]:
    return [annotations(nlp(text)) for text in texts]


def check(doc: Doc, text: str) -> None:
    """Prove that a Doc is whole: its text, labels on every token, a tree in each sentence."""
    assert doc.text == text
    for token in doc:
        assert token.tag_ and token.pos_ and token.dep_ and token.lemma_
        assert (token.tag_ == "_SP") == (token.pos_ == "SPACE") == token.is_space
        assert token.ent_iob_ in "BIO" and (token.ent_iob_ == "O") == (not token.ent_type_)
        assert (token.dep_ == "ROOT") == (token.head == token)
    assert sum(len(sent) for sent in doc.sents) == len(doc)
    for sent in doc.sents:
        assert [token for token in sent if token.head == token] == [sent.root]
        assert all(sent.start <= token.head.i < sent.end for token in sent)
        reached = {sent.root.i, *(token.i for token in sent.root.subtree)}
        assert reached == set(range(sent.start, sent.end)), "a cycle"
    for ent in doc.ents:
        assert ent.text == ent.text.strip() and ent.label_
        assert "\n\n" not in ent.text


# Without data


def test_an_empty_encoder_says_what_to_do() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("pactwire_encoder")
    message = "the encoder has no data; load a trained pipeline with spacy.load"
    for run in (nlp, lambda text: list(nlp.pipe([text]))):
        with pytest.raises(PipelineError) as raised:
            run("Peru")
        assert str(raised.value) == message


def test_an_empty_encoder_moves_too() -> None:
    encoder = Encoder(spacy.blank("en").vocab)
    for moved in (
        pickle.loads(pickle.dumps(encoder)),
        Encoder(encoder.vocab).from_bytes(encoder.to_bytes()),
    ):
        with pytest.raises(PipelineError, match="has no data"):
            moved(Doc(moved.vocab, words=["Peru"]))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    for file in FILES:
        if file != name:
            (tmp_path / file).write_bytes(b"")
    with pytest.raises(PipelineError) as raised:
        Encoder(spacy.blank("en").vocab).from_disk(tmp_path)
    assert str(raised.value) == f"{tmp_path}: no {name}; the pipeline is incomplete"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"encoder: no model\.onnx, relations\.onnx"):
        Encoder(spacy.blank("en").vocab).from_disk(tmp_path / "encoder")


@model
@pytest.mark.parametrize("name", FILES)
def test_spacy_load_names_a_missing_file(name: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(PIPELINE, own)
    (own / "encoder" / name).unlink()
    with pytest.raises(PipelineError) as raised:
        spacy.load(own)
    assert str(raised.value) == f"{own / 'encoder'}: no {name}; the pipeline is incomplete"


DAMAGED = [
    ("tables.json", b"{}", "no labels"),
    ("tables.json", b'{"labels": {"names": ["O"]}}', "cut short"),
    ("tokenizer.json", b"{}", "of another kind"),
    ("model.onnx", b"ONNX", "no network"),
    ("relations.onnx", b"", "nothing"),
]


@model
@pytest.mark.parametrize(("name", "content", "why"), DAMAGED)
def test_a_damaged_file_is_named(name: str, content: bytes, why: str, nlp: Language) -> None:
    encoder = nlp.get_pipe("encoder")
    files = {file: (PIPELINE / "encoder" / file).read_bytes() for file in FILES}
    with pytest.raises(PipelineError, match=rf"encoder's {name} is damaged .*install"):
        Encoder(encoder.vocab).load(files | {name: content})


@model
def test_a_network_of_other_labels_is_refused(nlp: Language) -> None:
    files = {file: (PIPELINE / "encoder" / file).read_bytes() for file in FILES}
    tables = json.loads(files["tables.json"])
    tables["labels"]["names"].pop()
    with pytest.raises(PipelineError, match=r"model\.onnx .* scores \d+ labels of names"):
        Encoder(nlp.vocab).load(files | {"tables.json": json.dumps(tables).encode()})


# What it sets


@model
def test_it_declares_its_labels(nlp: Language) -> None:
    assert {"PERSON", "ORG", "GPE", "LOC"} <= set(nlp.get_pipe("encoder").labels)
    assert nlp.pipe_labels["encoder"] == list(nlp.get_pipe("encoder").labels)
    assert Encoder(nlp.vocab).labels == ()


@model
def test_lemmas_are_of_the_vocabulary_of_the_doc(nlp: Language) -> None:
    other = spacy.blank("en")
    other.add_pipe("encoder", source=nlp)
    doc = other("The Zorvekians negotiated treaties.\n")
    assert doc[1].lemma_ and doc[2].lemma_ == "negotiate"
    assert doc[-1].lemma_ == "\n"


@model
def test_names_set_beforehand_leave_nothing(nlp: Language) -> None:
    doc = nlp.make_doc("Peru and Chile signed a pact.")
    doc.ents = [Span(doc, 0, 1, "PERSON", kb_id="Q1"), Span(doc, 4, 6, "PACT", span_id="T1")]
    assert [(e.text, e.label_, e.kb_id_, e.id_) for e in nlp(doc).ents] == [
        *(("Peru", "GPE", "", ""), ("Chile", "GPE", "", "")),
    ]
    assert not any(token.ent_id_ for token in doc)


@model
def test_no_name_runs_over_a_known_start(nlp: Language) -> None:
    doc = nlp.make_doc("Envoys met in New York on Monday.")
    doc[4].is_sent_start = True
    assert all(not (ent.start < 4 < ent.end) for ent in nlp(doc).ents)


@model
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_each_text_is_analysed_whole(text: str, nlp: Language) -> None:
    check(nlp(text), text)


@model
def test_it_sets_what_it_says(nlp: Language) -> None:
    doc = nlp(SHORT)
    for attribute in ("ENT_IOB", "TAG", "POS", "DEP", "HEAD", "SENT_START", "LEMMA"):
        assert doc.has_annotation(attribute, require_complete=True), attribute
    signed = doc[3]
    assert (signed.tag_, signed.pos_, signed.lemma_) == ("VBD", "VERB", "sign")
    assert (signed.dep_, signed.head.i, doc[0].head.i) == ("ROOT", 3, 3)
    names = [(ent.text, ent.label_) for ent in doc.ents]
    assert {("Peru", "GPE"), ("Chile", "GPE"), ("Lima", "GPE")} <= set(names)


WORDS = ["Peru", "New", "York", "Ana Rojas", "signed", "the pact", "on 3 May 2024", "x" * 150]
MARKS = [".", ",", "“", "U.S.", "\x01", "\u200b", "条約", "🤝"]
SPACES = [" ", " ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\n \n"]
CHUNKS = st.sampled_from([*WORDS, *MARKS, *SPACES])


@model
@settings(max_examples=40, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(CHUNKS, max_size=250).map("".join)))
@example(text="New \r\n\r\n York")
def test_any_text_is_analysed_whole(text: str, nlp: Language) -> None:
    check(nlp(text), text)


@model
@pytest.mark.parametrize("blank_lines", [True, False])
def test_a_long_document_loses_no_token(blank_lines: bool, nlp: Language) -> None:
    text = make_prose(20_000, seed=3)
    text = text if blank_lines else text.replace("\n\n", " ").replace(".", "")
    doc, words = nlp(text), nlp.make_doc(text)
    check(doc, text)
    assert [(t.text, t.idx) for t in doc] == [(t.text, t.idx) for t in words]
    assert len(cut_windows(words, nlp.get_pipe("encoder")._pieces)) > 20


@model
def test_a_document_of_many_windows_is_what_each_is_alone(nlp: Language) -> None:
    """Every paragraph fills a window by more than half, so that windows are cut between them."""
    paragraphs = [make_prose(520, seed=seed).replace("\n\n", " ").strip() for seed in range(12)]
    doc = nlp("\n\n".join(paragraphs))
    assert len(cut_windows(doc, nlp.get_pipe("encoder")._pieces)) == len(paragraphs)
    start = 0
    for paragraph in paragraphs:
        span = doc.char_span(start, start + len(paragraph))
        assert annotations(span) == annotations(nlp(paragraph))
        start += len(paragraph) + 2


# White space

EDGES = [
    ("", "empty"),
    (" ", "one space"),
    ("\n\n \t", "nothing but white space"),
    ("\n\n" + SHORT, "before the text"),
    ("  " + SHORT + " \n", "at both ends"),
    (SHORT.replace(" ", " \n\t "), "between all words"),
    (SHORT.replace(" ", "\u00a0"), "no-break spaces"),
]


@model
@pytest.mark.parametrize(("text", "why"), EDGES)
def test_white_space(text: str, why: str, nlp: Language) -> None:
    doc = nlp(text)
    check(doc, text)
    words = [token.i for token in doc if not token.is_space]
    for token in doc:
        if token.is_space:
            assert token.lemma_ == token.text and token.dep_ in ("dep", "ROOT")
            head = token.i - 1 if token.i > min(words, default=0) else min(words, default=0)
            assert token.head.i == max(head, 0), why


@model
def test_white_space_alone_is_one_sentence(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=[" ", "\n", "\t"], spaces=[False] * 3)
    [sent] = nlp(doc).sents
    assert [(t.dep_, t.head.i, t.tag_) for t in sent] == [
        ("ROOT", 0, "_SP"),
        ("dep", 0, "_SP"),
        ("dep", 1, "_SP"),
    ]


@model
def test_white_space_before_the_first_word_hangs_on_it(nlp: Language) -> None:
    words = [" ", "\n", "\t", "Envoys", "met"]
    doc = nlp(Doc(nlp.vocab, words=words, spaces=[False] * 3 + [True, False]))
    check(doc, " \n\tEnvoys met")
    assert [token.head.i for token in doc[:3]] == [3, 3, 3]
    assert len(list(doc.sents)) == 1


NAMES = [
    ("{}", "New York", "as it should be"),
    ("New\nYork", "New\nYork", "over a line break"),
    ("New \n  York", "New \n  York", "and what stands round it"),
    ("New\r\nYork", "New\r\nYork", "of another kind"),
    ("New\tYork", "New\tYork", "over a tab"),
    ("New\n\nYork", None, "not over a blank line"),
    ("New\r\n\r\nYork", None, "of another kind"),
    ("New\n \nYork", None, "with a space on it"),
    ("New\r\rYork", None, "of an old machine"),
]


@model
@pytest.mark.parametrize(("name", "found", "why"), NAMES)
def test_names_run_on_over_white_space(
    name: str, found: str | None, why: str, nlp: Language
) -> None:
    name = name.format("New York")
    text = f"The envoys of Peru and Chile met in {name} on Monday."
    doc = nlp(text)
    check(doc, text)
    names = [ent.text for ent in doc.ents]
    if found is not None:
        assert found in names, why
    else:
        assert all("New" not in name or "York" not in name for name in names), why


@model
def test_a_blank_line_of_two_tokens_parts_names(nlp: Language) -> None:
    words = ["Talks", "in", "New", "\n", "\n", "York", "ended", "."]
    doc = nlp(Doc(nlp.vocab, words=words, spaces=[True, True, *[False] * 3, True, False, False]))
    assert all(ent.text in ("New", "York") for ent in doc.ents)


# Sentence starts set beforehand

MINE = "Peru and Chile signed a pact. Envoys met in Lima.\n\nA second round is due, they said."


@model
@pytest.mark.parametrize("every", [1, 2, 5])
def test_known_sentence_starts_stand(every: int, nlp: Language) -> None:
    doc = nlp.make_doc(MINE)
    known = {}
    for token in doc[1:]:
        if not token.is_space and token.i % every == 0:
            known[token.i] = token.is_sent_start = token.i % (2 * every) == 0
    check(nlp(doc), MINE)
    assert {number: doc[number].is_sent_start for number in known} == known


@model
def test_a_start_known_of_white_space_is_the_next_words(nlp: Language) -> None:
    text = "Envoys of Peru and\tChile met."
    doc = nlp.make_doc(text)
    space = next(token.i for token in doc if token.is_space)
    doc[space].is_sent_start = True
    check(nlp(doc), text)
    assert [token.i for token in doc if token.is_sent_start] == [0, space + 1]


@model
def test_a_sentence_known_to_go_on_is_not_cut(nlp: Language) -> None:
    text = "pact " * 110 + "\n" + "pact " * 110
    doc = nlp.make_doc(text)
    after = next(token.i for token in doc if token.is_space) + 1
    for token in doc[1:]:
        token.is_sent_start = False
    starts = [token.i for token in nlp(doc) if token.is_sent_start]
    assert len(starts) == 2 and after not in starts, "it is longer than a window, that is all"


# Order, neighbours, processes


@model
@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_pipe_gives_what_a_call_gives(batch_size: int, nlp: Language) -> None:
    alone = {text: nlp(text) for text in TEXTS}
    for texts in (TEXTS, TEXTS[::-1], [SHORT, *TEXTS[4:5] * 3, SHORT]):
        for text, doc in zip(texts, nlp.pipe(texts, batch_size=batch_size), strict=True):
            assert annotations(doc) == annotations(alone[text])
            columns = doc.to_array(ATTRIBUTES)
            assert columns.tobytes() == alone[text].to_array(ATTRIBUTES).tobytes()


@model
def test_two_processes_give_the_same(nlp: Language) -> None:
    docs = list(nlp.pipe(TEXTS * 2, n_process=2, batch_size=3))
    assert [annotations(doc) for doc in docs] == analyse(nlp) * 2


@model
def test_pipe_keeps_what_comes_with_a_text(nlp: Language) -> None:
    pairs = [(text, number) for number, text in enumerate(TEXTS)]
    assert [(d.text, n) for d, n in nlp.pipe(pairs, as_tuples=True)] == pairs


@model
def test_an_error_handler_lets_the_other_texts_through(nlp: Language) -> None:
    """SpaCy hands a failure on where a component leaves the loop over Docs to it."""
    own = copy.deepcopy(nlp)
    encoder, failed = own.get_pipe("encoder"), []
    annotate = encoder._annotate

    def fail(doc: Doc) -> None:
        if doc.text == WRAPPED:
            raise ValueError("broken")
        annotate(doc)

    encoder._annotate = fail
    own.set_error_handler(lambda name, proc, docs, error: failed.extend(doc.text for doc in docs))
    assert [doc.text for doc in own.pipe([SHORT, WRAPPED, SHORT])] == [SHORT, SHORT]
    assert failed == [WRAPPED]


# Moves


def by_disk(nlp: Language, folder: Path) -> Language:
    nlp.to_disk(folder)
    return spacy.load(folder)


def by_bytes(nlp: Language, folder: Path) -> Language:
    return type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())


MOVES = {
    "disk": by_disk,
    "bytes": by_bytes,
    "pickle": lambda nlp, folder: pickle.loads(pickle.dumps(nlp)),
    "deepcopy": lambda nlp, folder: copy.deepcopy(nlp),
    "twice": lambda nlp, folder: by_disk(by_bytes(nlp, folder), folder),
}


@pytest.fixture(params=MOVES)
def moved(request: pytest.FixtureRequest, nlp: Language, tmp_path: Path) -> Iterator[Language]:
    move: Callable[[Language, Path], Language] = MOVES[request.param]
    yield move(nlp, tmp_path)


@model
def test_a_moved_pipeline_finds_the_same(moved: Language, nlp: Language) -> None:
    encoder, own = nlp.get_pipe("encoder"), moved.get_pipe("encoder")
    assert own is not encoder and own.vocab is moved.vocab is not nlp.vocab
    assert own.to_bytes() == encoder.to_bytes()
    assert analyse(moved) == analyse(nlp)


@model
def test_threads_are_kept(tmp_path: Path) -> None:
    nlp = spacy.load(PIPELINE, config={"components": {"encoder": {"threads": 2}}})
    nlp.to_disk(tmp_path)
    kept = [nlp, spacy.load(tmp_path), pickle.loads(pickle.dumps(nlp))]
    assert [own.get_pipe("encoder").threads for own in kept] == [2, 2, 2]


@model
def test_a_saved_pipeline_works_from_another_folder(nlp: Language, tmp_path: Path) -> None:
    """In a process of its own, which imports nothing of ours: the entry point is enough."""
    nlp.to_disk(tmp_path / "one")
    shutil.move(tmp_path / "one", tmp_path / "two")
    script = "import spacy; print([(e.text, e.label_) for e in spacy.load('two')({!r}).ents])"
    ran = subprocess.run(
        [sys.executable, "-c", script.format(SHORT)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == str([(e.text, e.label_) for e in nlp(SHORT).ents]), ran.stderr


@model
def test_the_files_are_those_that_were_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    for name in FILES:
        saved, shipped = tmp_path / "encoder" / name, PIPELINE / "encoder" / name
        assert saved.read_bytes() == shipped.read_bytes(), name
    assert {path.name for path in (tmp_path / "encoder").iterdir()} == set(FILES)


# Memory zones


@model
def test_a_memory_zone_changes_nothing(nlp: Language) -> None:
    own = spacy.load(PIPELINE)
    outside = analyse(nlp)
    for _ in range(2):
        with own.memory_zone():
            assert analyse(own) == outside
        with own.memory_zone():
            assert [annotations(doc) for doc in own.pipe(TEXTS, batch_size=3)] == outside
    assert analyse(own) == outside


@model
def test_labels_outlive_a_memory_zone_and_words_do_not() -> None:
    nlp = spacy.load(PIPELINE)
    word = "Zuranekia"
    with nlp.memory_zone():
        rows = [row for text in [f"{word} signed.", *TEXTS] for row in annotations(nlp(text))]
        assert word in nlp.vocab.strings
    assert word not in nlp.vocab.strings
    columns = [3 + COLUMNS.index(name) for name in ("tag_", "pos_", "dep_", "ent_type_")]
    labels = {str(row[column]) for row in rows for column in columns} - {""}
    assert len(labels) > 30
    assert all(label in nlp.vocab.strings for label in labels)
