"""What is wrong with a pattern: atoms that cannot be, and words that no token can be."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache

import spacy
from spacy.glossary import GLOSSARY
from spacy.language import Language

from extract.rules import read_yaml
from extract.tokenizer import set_tokenizer

_POS = frozenset(
    {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON"}
    | {"PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}
)
_CLITIC = re.compile(r"\w*['’]\w*")  # 's, n't: what they are depends on the word before


@cache
def bare_language() -> Language:
    """Return the tokenizer of the pipelines without anything trained."""
    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    return nlp


def find_pattern_faults(section: str, pattern: str, classes: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a pattern, given the names of the word classes."""
    words = pattern.split()
    opened = [word for word in words if len(word) > 1 and word.startswith("<")]
    closed = [word for word in words if len(word) > 1 and word.endswith(">")]
    if not words:
        yield "empty pattern, write the words that it finds"
    if len(opened) != len(closed) or len(opened) > 1:
        yield f"pattern {pattern!r}: write one < before what it marks and one > behind"
    if section == "statuses" and not any(word.startswith("<TRIGGER") for word in words):
        yield f"pattern {pattern!r}: write <TRIGGER> where the trigger stands"
    for word in words:
        atom = word[word in opened : len(word) - (word in closed)]
        if atom == "TRIGGER" and section != "statuses":
            yield f"pattern {pattern!r}: TRIGGER is for statuses, write the words themselves"
        elif fault := _find_fault(atom, classes):
            yield f"pattern {pattern!r}: {fault}"


def _find_fault(atom: str, classes: Collection[str]) -> str | None:
    """Return what is wrong with an atom, and what to do."""
    if atom == "TRIGGER" or re.fullmatch(r"\.\.\d+", atom):
        return None
    if re.match(r"\.\.\w", atom):
        return f"{atom} is no gap, write ..3 for up to three tokens"
    word = atom[:-1] if len(atom) > 1 and atom[-1] in "?*+" else atom
    prefix, _, rest = word.partition(":")
    if rest and prefix.isalpha():
        return _find_prefix_fault(prefix, rest)
    if word.startswith("{") or word.endswith("}"):
        return _find_class_fault(word, classes)
    return _find_word_fault(word)


def _find_prefix_fault(prefix: str, rest: str) -> str | None:
    if prefix == "re":
        return _find_expression_fault(rest)
    if prefix not in _LABELS:
        return f"{prefix}: is no atom, there are pos:, tag:, ent: and re:"
    tell, known = _LABELS[prefix]
    unknown = [label for label in rest.split("|") if not known(label)]
    return f"{prefix}:{unknown[0]} is unknown, {tell}" if unknown else None


_LABELS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "pos": ("use those of Universal Dependencies: NOUN, VERB", lambda label: label in _POS),
    "tag": ("use those of the Penn Treebank: NNS, VBD", lambda label: label in GLOSSARY),
    "ent": (
        "use PERSON, ORG, GPE, LOC, FAC, NORP, DATE",
        lambda label: label in read_yaml("labels")["labels"],
    ),
}


def _find_expression_fault(expression: str) -> str | None:
    try:
        re.compile(expression)
    except re.error as error:
        return f"re:{expression} is no regular expression, {error}"
    return None


def _find_class_fault(word: str, classes: Collection[str]) -> str | None:
    if not (word.startswith("{") and word.endswith("}")):
        return f"{word} wants both braces, write {{name}}"
    name, dot, part = word[1:-1].partition(".")
    if name not in classes:
        return f"no word class {word}, name it under classes:"
    if dot and part not in ("single", "first", "last", "word"):
        return f"no word class {word}, a part is single, first, last or word"
    return None


def _find_word_fault(atom: str) -> str | None:
    for word in atom.lstrip("=~").split("|") if len(atom) > 1 else ():
        if not word:
            return f"{atom} has nothing on one side of |, take that | away"
        if not _CLITIC.fullmatch(word) and len(tokens := _split(word)) > 1:
            return f"{word} is {len(tokens)} tokens, write {' '.join(tokens)}"
    return None


def _split(word: str) -> list[str]:
    """Return the tokens of a word in the case in which they are fewest: B.C. is one."""
    cases = (word, word.upper(), word.capitalize())
    docs = [bare_language().make_doc(case) for case in cases]
    fewest = min(map(len, docs))
    return [word] if fewest == 1 else [token.text for token in docs[0]]
