"""spaCy's tokenizer in linear time: its tokens for any press text, and an end to any other.

spaCy strips a chunk (what stands between white space) mark by mark, and each time searches all
that is left of it. Here the ends alone are searched, and a chunk that is too long for a word is
cut; text and offsets stay as they are.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.tokens import Doc
from spacy.util import registry

_NAME = "pactwire.Tokenizer.v1"
LONGEST_CHUNK = 1_000  # characters; addresses are shorter
_LONGEST_SUFFIX = 16  # characters; longer ones, rows of full stops, are searched for as spaCy does
_COMPOUND = r"(?<=[A-Z]\.)[-–](?=[A-Za-z])"  # U.S.-led: spaCy takes it for a word, EU-led not


class Tokenizer(SpacyTokenizer):  # type: ignore[misc]  # is written in Cython, without types
    """Makes a Doc of a text; its rules, and how it is saved, are those of spaCy's."""

    def __call__(self, string: str) -> Doc:
        """Return the tokens of a text."""
        pieces = list(_cut(string))
        doc: Doc = super().__call__(" ".join(pieces))
        return _close_up(doc, pieces) if len(pieces) > 1 else doc

    def find_prefix(self, string: str) -> int:
        """Return the length of the mark that opens a chunk, 0 where there is none."""
        if self.prefix_search is None:
            return 0
        match = self.prefix_search.__self__.match(string)
        return match.end() if match is not None else 0

    def find_suffix(self, string: str) -> int:
        """Return the length of the mark that closes a chunk, 0 where there is none."""
        if self.suffix_search is None:
            return 0
        first = max(0, len(string) - _LONGEST_SUFFIX)
        match = self.suffix_search(string, first)
        if match is not None and match.start() == first > 0:
            match = self.suffix_search(string)
        return len(string) - match.start() if match is not None else 0


def _cut(text: str) -> Iterator[str]:
    """Yield the text in pieces: a cut in each chunk after every `LONGEST_CHUNK` characters."""
    start = 0
    for chunk in re.finditer(rf"\S{{{LONGEST_CHUNK + 1},}}", text):
        for cut in range(chunk.start() + LONGEST_CHUNK, chunk.end(), LONGEST_CHUNK):
            yield text[start:cut]
            start = cut
    yield text[start:]


def _close_up(doc: Doc, pieces: list[str]) -> Doc:
    """Return the tokens of pieces that spaces join, without those spaces."""
    joints, at = set(), -1
    for piece in pieces[:-1]:
        at += len(piece) + 1
        joints.add(at)
    spaces = [bool(t.whitespace_) and t.idx + len(t) not in joints for t in doc]
    norms: Any = doc.to_array(["NORM"])
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=spaces).from_array(["NORM"], norms)


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer with the rules of a pipeline's language."""
    make = create_tokenizer()
    return lambda nlp: _to_ours(make(nlp))


registry.tokenizers.register(_NAME, func=make_tokenizer)


def set_tokenizer(nlp: Language) -> None:
    """Give a pipeline our tokenizer with its own rules, in place of spaCy's; others stay.

    One whose infixes are found by more than a pattern is another too.
    """
    finder = getattr(nlp.tokenizer, "infix_finditer", None)
    plain = finder is None or hasattr(getattr(finder, "__self__", None), "pattern")
    if type(nlp.tokenizer) is SpacyTokenizer and plain:
        nlp.tokenizer = _to_ours(nlp.tokenizer)
        nlp.config["nlp"]["tokenizer"] = {"@tokenizers": _NAME}


def _to_ours(tokenizer: Any) -> Tokenizer:
    finder = tokenizer.infix_finditer
    own = finder.__self__ if finder is not None else re.compile("")
    infixes = "|".join(pattern for pattern in (own.pattern, _COMPOUND) if pattern)
    return Tokenizer(
        tokenizer.vocab,
        rules=tokenizer.rules,
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=re.compile(infixes, own.flags).finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
        faster_heuristics=tokenizer.faster_heuristics,
    )
