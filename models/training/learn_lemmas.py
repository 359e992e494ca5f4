"""Learn the lemma table of `press_en` from treebanks, and say how well it does on others.

    python models/training/learn_lemmas.py --data DATA_FOLDER

The endings come from distinct words, not from running text: `went` says nothing of `spent`. Words
of unlabelled press (`vocabulary`) add what a treebank is too small to hold: `renegotiating` is
from `renegotiate` because texts write that and never `renegotiat`.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import srsly
import yaml

from corpora import Sentence, Token, read_jsonl, read_sentences
from extract.encoder.lemmas import (
    CAPITAL,
    ENDINGS_OF,
    LONGEST_ACRONYM,
    LONGEST_ENDING,
    PROPER,
    LemmaTable,
    fold,
)

TREEBANKS = ("en_ewt-ud", "en_gum-ok")
FRAGMENTS = frozenset({"GW", "ADD", "AFX", "XX"})  # their lemmas are of a longer word
MIN_WORDS = 2  # distinct words that an ending needs
MIN_DOCUMENTS = 2  # documents (or tokens) that an odd lemma needs: a slip has one
MIN_COUNT = 3  # times that a press word must occur
AGREEMENT = 2 / 3  # of the tokens, for a lemma of its own in capitals: the two differ on `United`
ENDING_TAGS = ("NNS", "NNPS", "VBZ", "VBN", "VBG", "JJ", "JJR", "JJS")
REGULAR = {"NNS": "s", "VBZ": "s", "VBN": "ed", "VBG": "ing", "JJR": "er", "JJS": "est"}
BASE_OF = {
    "NN": ("NNS",),
    "VB": ("VBZ", "VBN", "VBG"),
    "JJ": ("JJR", "JJS"),
    "RB": ("JJR", "JJS"),
}
_SHORT = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]")  # one short syllable: stop, stopped
_DOUBLES = re.compile(r"(?:[^aeiou]|^|qu)[aeiou][^aeiouwxy]$")  # and longer ones may: travel
_Y = re.compile(r"[^aeiou]y$")
HERE = Path(__file__).parent
Entry = tuple[str, str, str]  # tag, form, lemma


def main() -> None:
    """Learn the table and print its accuracy on the development treebanks."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    options = parser.parse_args()
    syntax = options.data / "syntax"
    if missing := [p for p in _paths(syntax, "train", "dev") if not p.is_file()]:
        sys.exit(f"Error: no treebank {missing[0]}; give the data folder with --data")
    table = learn(
        [sentence for path in _paths(syntax, "train") for sentence in read_sentences(path)],
        vocabulary=count_words(sorted((options.data / "press").glob("*.jsonl"))),
    )
    plain = LemmaTable(forms={}, endings={}, short_words=())
    print(f"table: {len(srsly.msgpack_dumps(table.to_dict())) / 1000:.0f} kB")
    for path in _paths(syntax, "dev"):
        sentences = list(read_sentences(path))
        scores = (100 * accuracy(t, sentences) for t in (table, plain))
        print("{}: lemmas {:.2f} %, lower case {:.2f} %".format(path.stem, *scores))


def _paths(folder: Path, *splits: str) -> list[Path]:
    return [folder / f"{name}-{split}.conllu" for split in splits for name in TREEBANKS]


def count_words(paths: Iterable[Path]) -> Counter[str]:
    """Count the words in lower case of JSONL texts."""
    words: Counter[str] = Counter()
    for path in paths:
        for record in read_jsonl(path):
            words.update(re.findall(r"(?<![\w'’-])[a-z]{2,}(?![\w'’])", record["text"]))
    return words


def accuracy(table: LemmaTable, sentences: Iterable[Sentence]) -> float:
    """Return the share of lemmas that the table gets right under the gold tags."""
    right = [
        table.lookup(token.form, token.xpos) == token.lemma
        for sentence in sentences
        for token in sentence.tokens
    ]
    return sum(right) / len(right)


class Counts:
    """How often, and in how many documents, a form under a tag has a lemma."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.lemmas: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self.documents: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.bases: dict[str, Counter[str]] = defaultdict(Counter)
        self.lower: Counter[str] = Counter()
        for sentence in sentences:
            for token in sentence.tokens:
                if _is_sound(token):
                    self.lemmas[token.xpos][token.form][token.lemma] += 1
                    self.documents[token.xpos, token.form, token.lemma].add(sentence.doc_id)
                    for tag in BASE_OF.get(token.xpos[:2], ()):
                        self.bases[tag][token.lemma.lower()] += 1
                    if token.form.islower():
                        self.lower[token.form] += 1


def _is_sound(token: Token) -> bool:
    """Say whether a token teaches: it is no piece of a longer word and no figure."""
    return (
        token.lemma != "_"
        and token.xpos not in FRAGMENTS
        and not any(letter.isdigit() for letter in token.form)
    )


def learn(
    sentences: Iterable[Sentence], *, vocabulary: Mapping[str, int] | None = None
) -> LemmaTable:
    """Return the table of tagged sentences and of the words (with counts) of unlabelled texts."""
    counts = Counts(sentences)
    words = vocabulary or {}
    pairs = {tag: gather_pairs(counts, tag, words) for tag in ENDING_TAGS}
    endings = {tag: learn_endings(lemmas) for tag, lemmas in pairs.items()}
    short_words = {
        word
        for word in frequent(words).keys() | frequent(counts.lower)
        if 1 < len(word) <= LONGEST_ACRONYM and word.isalpha()
    }
    forms: dict[str, dict[str, str]] = {tag: {} for tag in sorted({*counts.lemmas, *pairs})}
    for source in (flatten(pairs), folded_forms(counts), cased_forms(counts)):
        table = LemmaTable(forms=forms, endings=endings, short_words=short_words)
        for tag, form, lemma in source:
            if table.lookup(form, tag) != lemma:
                forms[tag][form] = lemma
    filled = {tag: lemmas for tag, lemmas in forms.items() if lemmas}
    return LemmaTable(forms=filled, endings=endings, short_words=short_words)


def frequent(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the words that occur often enough not to be slips."""
    return {word: count for word, count in counts.items() if count >= MIN_COUNT}


def gather_pairs(counts: Counts, tag: str, words: Mapping[str, int]) -> dict[str, str]:
    """Return the lemma of each word of a tag: seen, irregular, or spelled from a known word."""
    tags = [tag, *(other for other, target in ENDINGS_OF.items() if target == tag)]
    pooled: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemmas in flat_counts(counts, tags):
        for lemma, count in lemmas.items():
            pooled[fold(form)][lemma if tag == "JJ" else lemma.lower()] += count
    seen = {form: most_frequent(lemmas) for form, lemmas in sorted(pooled.items())}
    often = {form: seen[form] for form, lemmas in pooled.items() if lemmas.total() > 1}
    ruled = inflect_all(tag, words, counts.bases[tag]) | read_irregular(tag)
    return seen | ruled | often  # what a treebank says once may be its annotator's slip


def flat_counts(counts: Counts, tags: Iterable[str]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield the forms of some tags with the counts of their lemmas."""
    for tag in tags:
        yield from counts.lemmas[tag].items()


def most_frequent(lemmas: Counter[str]) -> str:
    """Return the lemma seen most, the first of the alphabet where several are."""
    return max(sorted(lemmas), key=lemmas.__getitem__)


def flatten(pairs: Mapping[str, Mapping[str, str]]) -> Iterator[Entry]:
    """Yield the pairs of every tag as entries."""
    for tag, lemmas in pairs.items():
        for form, lemma in lemmas.items():
            yield tag, form, lemma


def folded_forms(counts: Counts) -> Iterator[Entry]:
    """Yield the usual lemma of the words in lower case, where it was seen twice."""
    for tag in sorted(counts.lemmas.keys() - PROPER):
        pooled: dict[str, Counter[str]] = defaultdict(Counter)
        for form, lemmas in counts.lemmas[tag].items():
            pooled[fold(form)].update(lemmas)
        for form, lemmas in sorted(pooled.items()):
            lemma = most_frequent(lemmas)
            if lemmas[lemma] >= MIN_DOCUMENTS:
                yield tag, form, lemma


def cased_forms(counts: Counts) -> Iterator[Entry]:
    """Yield the lemma of the words as they are written, where two documents agree on it."""
    for tag in sorted(counts.lemmas):
        for form, lemmas in sorted(counts.lemmas[tag].items()):
            lemma = most_frequent(lemmas)
            agreed = len(counts.documents[tag, form, lemma]) >= MIN_DOCUMENTS
            cased = not form.islower() and not lemma.islower()
            if cased and agreed and lemmas[lemma] >= AGREEMENT * lemmas.total():
                yield tag, form, lemma


@cache
def read_irregular_file() -> dict[str, Any]:
    """Return the content of `irregular_words.yaml`."""
    content = yaml.safe_load((HERE / "irregular_words.yaml").read_text(encoding="utf-8"))
    for tag in ("VBZ", "VBG"):
        content["known"][tag] = content["known"]["VBN"]
    return content


def read_irregular(tag: str) -> dict[str, str]:
    """Return the irregular words of a tag, from `irregular_words.yaml`."""
    content = read_irregular_file()
    if tag in ("JJR", "JJS"):
        return {
            form: lemma
            for lemma, forms in content["comparatives"].items()
            for form in forms
            if form.endswith(("st", "t") if tag == "JJS" else ("r", "e"))
        }
    key = {"VBN": "verbs", "NNS": "plurals"}.get(tag)
    found: dict[str, str] = {}
    for entry in content[key].split(";") if key else ():
        lemma, *forms = entry.split()
        for prefix in ["", *(content["verb_prefixes"] if key == "verbs" else ())]:
            for form in forms or [lemma]:
                found.setdefault(prefix + form, prefix + lemma)
    return found


def inflect_all(tag: str, words: Mapping[str, int], bases: Mapping[str, int]) -> dict[str, str]:
    """Return the regular forms of known words; a press word counts where its form is a word too.

    Where two words have one form, the one that the treebanks know and then the commoner has it.
    """
    bases = {**dict.fromkeys(read_irregular_file()["known"].get(tag, "").split(), 1), **bases}
    rank = {w: (bases.get(w, 0), words.get(w, 0)) for w in frequent(words).keys() | bases}
    found: dict[str, str] = {}
    for base in sorted(rank, key=lambda word: (rank[word], word)):
        for form in inflect(tag, base):
            if base in bases or form in words:
                found[form] = base
    return found


def inflect(tag: str, base: str) -> Iterator[str]:
    """Yield the regular spellings of a word under a tag."""
    ending = REGULAR.get(tag)
    if ending is None or len(base) < 2 or not base.isalpha():
        return
    if ending == "s":
        yield from _plurals(base)
    elif base.endswith("ie") and ending == "ing":
        yield base[:-2] + "ying"
    elif base.endswith("e"):
        silent = not base.endswith(("ee", "oe", "ye"))
        yield base[: -1 if silent or ending != "ing" else None] + ending
    elif base.endswith("c"):
        yield base + "k" + ending
    elif _Y.search(base) and ending != "ing":
        yield base[:-1] + "i" + ending
    else:
        if _DOUBLES.search(base):
            yield base + base[-1] + ending
        if not _SHORT.fullmatch(base):
            yield base + ending


def _plurals(base: str) -> Iterator[str]:
    if _Y.search(base):
        yield base[:-1] + "ies"
    elif base.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield base + "es"
    if not base.endswith(("s", "x", "z", "sh")) and not _Y.search(base):
        yield base + "s"


def learn_endings(pairs: Mapping[str, str]) -> dict[str, str]:
    """Return for each ending the edit of most words, where it differs from a shorter one's."""
    edits: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        for length in range(1, min(len(form), LONGEST_ENDING + 1)):
            edits[form[-length:]][_edit(form, lemma)] += 1
    chosen: dict[str, str] = {}
    for ending in sorted(edits, key=lambda e: (len(e), e)):
        shorter = next(
            (chosen[ending[i:]] for i in range(1, len(ending)) if ending[i:] in chosen), "0"
        )
        best = most_frequent(edits[ending])
        if edits[ending][best] >= MIN_WORDS and edits[ending][best] > edits[ending][shorter]:
            chosen[ending] = best
    return chosen


def _edit(form: str, lemma: str) -> str:
    if lemma != form and lemma == form.capitalize():
        return f"0{CAPITAL}"
    same = sum(1 for _ in takewhile(_are_equal, zip(form, lemma, strict=False)))
    return f"{min(len(form) - same, 9)}{lemma[same:]}"


def _are_equal(letters: tuple[str, str]) -> bool:
    return letters[0] == letters[1]


if __name__ == "__main__":
    main()
