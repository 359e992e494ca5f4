"""The spaCy component: names, tags, trees, sentences and lemmas from one network in one pass."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tokenizers import Tokenizer

from extract.encoder.lemmas import LemmaTable
from extract.encoder.network import (
    VECTOR_WIDTH,
    check_labels,
    choose_relations,
    open_session,
    score_window,
)
from extract.encoder.parse import STARTS, LabelSets, WindowParse, WindowParser
from extract.encoder.reading import Reading, Trigger, read_triggers
from extract.encoder.words import Window, WordPieces, count_line_breaks, cut_windows
from extract.errors import PipelineError

MODEL, RELATIONS = "model.onnx", "relations.onnx"
TOKENIZER, TABLES = "tokenizer.json", "tables.json"
FILES = (MODEL, RELATIONS, TOKENIZER, TABLES)
READER = "reader.onnx"  # may be absent
_NAME_IDS = ("ENT_ID", "ENT_KB_ID")  # of names set beforehand: emptied
_ATTRIBUTES = ("TAG", "POS", "HEAD", "DEP", "LEMMA", "ENT_IOB", "ENT_TYPE", *_NAME_IDS)
_INSIDE, _OUTSIDE, _BEGINS = 1, 2, 3  # ENT_IOB, as spaCy numbers it


class Encoder:
    """Sets `ents`, `tag_`, `pos_`, `head`, `dep_`, `is_sent_start` and `lemma_` of a Doc.

    Its data are four files: two ONNX networks (all but the relations of the trees, and these), the
    word-piece vocabulary, and the labels with the lemma table. A fifth, the reader, may be there:
    it tells what triggers mean, from the vectors of the words that `doc.tensor` keeps. Sentence
    starts that are set beforehand stand, and no name runs over one; names that are set beforehand
    are replaced.
    It has no `pipe`, as a batch would save nothing (see `network`): spaCy calls it Doc by Doc.
    """

    _names: tuple[str, ...] = ()  # the labels of a word, as BIO
    _reader: InferenceSession | None = None

    def __init__(self, vocab: Vocab, name: str = "encoder", *, threads: int = 1) -> None:
        """Begin empty: `from_disk` or `from_bytes` brings the data."""
        self.vocab = vocab
        self.name = name
        self.threads = threads
        self._files: dict[str, bytes] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of names; none before there are data."""
        return tuple(sorted({n[2:] for n in self._names if n[2:]}))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc; raise `PipelineError` where the encoder has no data yet."""
        if not self._files:
            raise PipelineError("the encoder has no data; load a trained pipeline with spacy.load")
        if len(doc):
            self._annotate(doc)
        return doc

    @property
    def files(self) -> dict[str, bytes]:
        """The contents of its files by their names."""
        return dict(self._files)

    @property
    def can_read(self) -> bool:
        """Whether there is a reader."""
        return self._reader is not None

    def read(self, doc: Doc, triggers: Iterable[Trigger]) -> list[Reading]:
        """Return what the reader makes of each trigger (tokens) of a Doc that is annotated.

        Raises `PipelineError` where there is no reader.
        """
        if self._reader is None:
            raise PipelineError(f"the encoder has no {READER}; take a pipeline that has one")
        return read_triggers(self._reader, doc, triggers)

    def _parse(self, doc: Doc) -> Iterator[tuple[Window, WindowParse]]:
        """Yield each window of a Doc with its parse."""
        known = _find_known_starts(doc)
        for window in cut_windows(doc, self._pieces):
            scores = score_window(self._session, window)
            if scores.vectors is not None:
                _keep_vectors(doc, window, scores.vectors)
            yield window, self._parser(scores, known[window.words])

    def _annotate(self, doc: Doc) -> None:
        """Write the parses of a Doc's windows into it."""
        columns = self._begin(doc)
        for window, parse in self._parse(doc):
            words = np.array(window.words)
            # A head is stored as the distance to it; the root (place 0) is its own head.
            heads = np.concatenate([[0], words])[parse.heads]
            columns["HEAD"][words] = np.where(parse.heads == 0, 0, heads - words)
            columns["LEMMA"][words] = self._find_lemmas(doc, window, parse)
            for attribute, values in self._values(parse).items():
                columns[attribute][words] = values
        _close_gaps(doc, columns["ENT_IOB"], columns["ENT_TYPE"])
        table: Any = np.stack([columns[name] for name in _ATTRIBUTES], axis=1).view(np.uint64)
        doc.from_array(list(_ATTRIBUTES), table)

    def _begin(self, doc: Doc) -> dict[str, NDArray[np.int64]]:
        """Return the columns with what white space gets: it hangs on the word before it."""
        columns = {attribute: np.zeros(len(doc), np.int64) for attribute in _ATTRIBUTES}
        leading = next((token.i for token in doc if not token.is_space), 0)
        for token in doc:
            if token.is_space:
                columns["HEAD"][token.i] = leading - token.i if token.i < leading else -1
                columns["LEMMA"][token.i] = _number(doc.vocab, [token.text])[0]
        columns["HEAD"][0] = leading
        columns["TAG"][:], columns["POS"][:], columns["DEP"][:] = self._space
        if not leading:  # a word, which gets its own, or white space and nothing else
            columns["DEP"][0] = _number(self.vocab, ["ROOT"])[0]
        columns["ENT_IOB"][:] = _OUTSIDE
        return columns

    def _find_lemmas(self, doc: Doc, window: Window, parse: WindowParse) -> NDArray[np.int64]:
        """Return the ids of the lemmas of a window's words."""
        tags = (self._tags[number] for number in parse.tags.tolist())
        words = (doc[number].text for number in window.words)
        return _number(doc.vocab, map(self._lemmas.lookup, words, tags))

    def _values(self, parse: WindowParse) -> dict[str, NDArray[np.int64]]:
        """Return the attributes of a window's words that are a label each."""
        return {
            "TAG": self._ids["tags"][parse.tags],
            "POS": self._ids["pos"][parse.pos],
            "DEP": self._ids["relations"][parse.relations],
            "ENT_IOB": self._iob[parse.names],
            "ENT_TYPE": self._ids["names"][parse.names],
        }

    # What follows moves the files: disk, bytes, pickle.

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Encoder":
        """Read the files of a folder; raise `PipelineError` where one but the reader is missing."""
        files = {p.name: p for p in Path(path).iterdir()} if Path(path).is_dir() else {}
        missing = [name for name in FILES if name not in files]
        if missing:
            raise PipelineError(f"{path}: no {', '.join(missing)}; the pipeline is incomplete")
        there = [name for name in (*FILES, READER) if name in files]
        return self.load({name: files[name].read_bytes() for name in there})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the files as one string of bytes."""
        content: bytes = srsly.msgpack_dumps(self._files)
        return content

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> "Encoder":
        """Read what `to_bytes` returned."""
        return self.load(srsly.msgpack_loads(content))

    def load(self, files: dict[str, bytes]) -> "Encoder":
        """Take the contents of the files; raise `PipelineError` where one is damaged."""
        self._files = files
        if not files:
            return self
        with _reading(TABLES):
            tables: dict[str, Any] = json.loads(files[TABLES])
            labels = LabelSets.from_dict(tables["labels"])
            self._lemmas = LemmaTable.from_dict(tables["lemmas"])
        with _reading(TOKENIZER):
            self._pieces = WordPieces(Tokenizer.from_str(files[TOKENIZER].decode()))
        with _reading(MODEL):
            self._session = open_session(files[MODEL], threads=self.threads)
            check_labels(self._session, len(labels.names))
        with _reading(RELATIONS):
            relations = open_session(files[RELATIONS], threads=self.threads)
        with _reading(READER):
            reader = files.get(READER)
            self._reader = open_session(reader, threads=self.threads) if reader else None
        self._parser = WindowParser(labels, partial(choose_relations, relations))
        self._number_labels(labels)
        return self

    def _number_labels(self, labels: LabelSets) -> None:
        """Look up the ids that the labels have in the vocabulary."""
        kinds = {**labels.to_dict(), "names": [name[2:] for name in labels.names]}
        self._ids = {kind: _number(self.vocab, values) for kind, values in kinds.items()}
        self._iob = np.array(
            [{"B": _BEGINS, "I": _INSIDE}.get(n[0], _OUTSIDE) for n in labels.names]
        )
        self._tags, self._names = labels.tags, labels.names
        self._space = _number(self.vocab, ["_SP", "SPACE", "dep"])

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what holds an open session."""
        return {n: getattr(self, n) for n in ("vocab", "name", "threads", "_files")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Open the session anew."""
        self.__dict__.update(state)
        self.load(self._files)


@contextmanager
def _reading(file: str) -> Iterator[None]:
    """Raise `PipelineError` for whatever fails in here: the libraries name no file."""
    try:
        yield
    except Exception as error:
        message = f"the encoder's {file} is damaged or not of this version ({error})"
        raise PipelineError(f"{message}; copy or install the pipeline anew") from error


def _number(vocab: Vocab, words: Iterable[str]) -> NDArray[np.int64]:
    """Return the ids of words in a vocabulary, which learns those it has not; "" is 0."""
    ids = [vocab.strings.add(word) if word else 0 for word in words]
    return np.array(ids, np.uint64).view(np.int64)


def _keep_vectors(doc: Doc, window: Window, vectors: NDArray[np.float32]) -> None:
    """Write the vectors of a window's words, each that of its first piece, into `doc.tensor`."""
    if doc.tensor.shape != (len(doc), VECTOR_WIDTH):
        doc.tensor = np.zeros((len(doc), VECTOR_WIDTH), np.float16)
    doc.tensor[window.words] = vectors[window.first]


def _find_known_starts(doc: Doc) -> NDArray[np.int64]:
    """Return the sentence starts set beforehand; that of white space is the next word's."""
    known: NDArray[np.int64] = doc.to_array("SENT_START").astype(np.int64)
    for number in np.flatnonzero(known == STARTS).tolist():
        word = number
        while doc[word].is_space and word + 1 < len(doc):
            word += 1
        known[word] = STARTS
    return known


def _close_gaps(doc: Doc, iob: NDArray[np.int64], types: NDArray[np.int64]) -> None:
    """Let a name run on over white space, but not over a blank line: there a new one begins."""
    gap: list[int] = []
    for token in doc:
        if token.is_space:
            gap.append(token.i)
            continue
        if gap and iob[token.i] == _INSIDE:
            if count_line_breaks("".join(doc[number].text for number in gap)) > 1:
                iob[token.i] = _BEGINS
            else:
                iob[gap], types[gap] = _INSIDE, types[token.i]
        gap = []


@Language.factory(
    "pactwire_encoder",
    assigns=[
        *("doc.ents", "doc.sents", "token.ent_iob", "token.ent_type", "token.tag", "token.pos"),
        *("token.head", "token.dep", "token.is_sent_start", "token.lemma"),
    ],
    default_config={"threads": 1},
)
def make_encoder(nlp: Language, name: str, threads: int) -> Encoder:
    """Make an empty encoder; `nlp.from_disk` fills it."""
    return Encoder(nlp.vocab, name, threads=threads)
