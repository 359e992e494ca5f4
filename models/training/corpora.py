"""Read the training data: CoNLL-U treebanks as spaCy Docs, JSONL as objects.

Treebanks: Universal Dependencies, https://universaldependencies.org/format. What is marked in the
JSONL is read by `marked_texts`.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE")  # of names, in the order of scores
SENTENCES_PER_DOC = 8
CAPITALS_SHARE = 0.04  # headlines in capitals are common in wire copy, absent in treebanks


@dataclass(frozen=True)
class Token:
    """One CoNLL-U word, its head as an index into the sentence (itself for the root)."""

    form: str
    space: bool
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str


@dataclass(frozen=True)
class Sentence:
    """One CoNLL-U sentence, and whether a paragraph ends with it."""

    tokens: tuple[Token, ...]
    doc_id: str
    ends_paragraph: bool


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file, in order."""
    doc_id, pending = "", None
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if not block.strip():
            continue
        comments = [line for line in block.split("\n") if line.startswith("#")]
        starts_doc = [c for c in comments if c.startswith("# newdoc")]
        if starts_doc:
            doc_id = f"{path.name}:{starts_doc[0]}"
        if pending is not None:
            new = bool(starts_doc) or any(c.startswith("# newpar") for c in comments)
            yield Sentence(pending[0], pending[1], new)
        pending = (_parse_tokens(block), doc_id)
    if pending is not None:
        yield Sentence(pending[0], pending[1], True)


def _parse_tokens(block: str) -> tuple[Token, ...]:
    rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
    inside: dict[int, bool] = {}  # word id -> followed by a space, for words of a surface token
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside.update(dict.fromkeys(range(first, last), False))
            inside[last] = "SpaceAfter=No" not in row[9]
    words = [row for row in rows if row[0].isdigit()]
    return tuple(
        Token(
            form=row[1].replace(" ", "\u00a0"),
            space=inside.get(int(row[0]), "SpaceAfter=No" not in row[9]),
            lemma=row[2],
            upos=row[3],
            xpos=row[4],
            feats="" if row[5] == "_" else row[5],
            head=int(row[6]) - 1 if row[6] != "0" else int(row[0]) - 1,
            deprel="ROOT" if row[6] == "0" else row[7],
        )
        for row in words
    )


def group_sentences(sentences: Iterable[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Yield runs of at most `size` consecutive sentences of one document."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (len(group) == size or group[-1].doc_id != sentence.doc_id):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def to_syntax_doc(vocab: spacy.Vocab, group: list[Sentence], *, capitals: bool = False) -> Doc:
    """Return a Doc with tags, lemmas, heads and sentence starts; paragraphs end in a blank line."""
    words, spaces, tags, poses, morphs, lemmas, heads, deps = ([] for _ in range(8))
    for number, sentence in enumerate(group):
        offset = len(words)
        last_of_group = number == len(group) - 1
        for index, token in enumerate(sentence.tokens):
            final = index == len(sentence.tokens) - 1
            words.append(token.form.upper() if capitals else token.form)
            spaces.append(
                token.space and not (final and (sentence.ends_paragraph or last_of_group))
            )
            tags.append(token.xpos)
            poses.append(token.upos)
            morphs.append(token.feats)
            lemmas.append(token.lemma)
            heads.append(offset + token.head)
            deps.append(token.deprel)
        if sentence.ends_paragraph and not last_of_group:
            words.append("\n\n")
            spaces.append(False)
            tags.append("_SP")
            poses.append("SPACE")
            morphs.append("")
            lemmas.append("\n\n")
            heads.append(len(words) - 2)
            deps.append("dep")
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=poses,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
    )


def read_syntax(
    paths: Iterable[Path], vocab: spacy.Vocab, *, augment: bool, seed: int = 0
) -> Iterator[Doc]:
    """Yield training Docs of CoNLL-U files, some of them once more in capitals."""
    rng = random.Random(seed)
    for path in paths:
        for group in group_sentences(read_sentences(path), SENTENCES_PER_DOC):
            yield to_syntax_doc(vocab, group)
            if augment and rng.random() < CAPITALS_SHARE:
                yield to_syntax_doc(vocab, group, capitals=True)


def read_jsonl(path: Path) -> Iterator[dict]:
    """Yield the objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_docs(docs: Iterable[Doc], path: Path) -> int:
    """Write Docs to a DocBin, and return how many."""
    docbin = DocBin(store_user_data=False, docs=docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    docbin.to_disk(path)
    return len(docbin)
