"""Words to what the network reads: word pieces, and a class of shape and of place for each.

The vocabulary of the network is uncased; the shape gives the case back (`lower`, `Title`,
`CAPS`, `U.S.`, ...), the place says what stands before the word (a space, nothing, a line break,
a blank line). A text is cut into windows of whole paragraphs or sentences where it is long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc
from tokenizers import Tokenizer

from extract.errors import PipelineError

PIECES_PER_WINDOW = 192
PIECES_PER_WORD = 12  # of a longer word the first ones tell enough
LONGEST_WORD = 100  # characters that are looked at
_CACHED_WORDS = 100_000

SHAPES = (
    *("none", "lower", "title", "caps", "capital", "mixed", "dotted", "number", "year"),
    *("code", "figure", "punctuation", "caseless", "hyphened", "caps-hyphened"),
)
PLACES = ("space", "attached", "line", "blank line", "inside")
FEATURES = len(SHAPES) * len(PLACES)
_SHAPE = {name: number for number, name in enumerate(SHAPES)}
_SPACE, _ATTACHED, _LINE, _BLANK_LINE, _INSIDE = range(len(PLACES))
_FULL_STOPS = frozenset({".", "!", "?"})
_LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words as the network reads it, [CLS] and [SEP] included.

    words     token numbers of its words in the Doc, white space left out
    pieces    piece ids
    features  shape and place of each piece's word, as one number below `FEATURES`
    first     position in `pieces` of each word's first piece
    """

    words: list[int]
    pieces: list[int]
    features: list[int]
    first: list[int]


def find_shape(word: str) -> int:
    """Return the shape class of a word, a number into `SHAPES`."""
    return _SHAPE[_name_shape(word)]


def _name_shape(word: str) -> str:
    letters = any(c.isalpha() for c in word)
    digits = any(c.isdigit() for c in word)
    if not letters:
        if not digits:
            return "punctuation"
        return ("year" if len(word) == 4 else "number") if word.isdigit() else "figure"
    if digits:
        return "code"
    capitals = sum(c.isupper() for c in word)
    if capitals == 0:
        return "lower" if any(c.islower() for c in word) else "caseless"
    if len(word) == 1:
        return "capital"
    if "." in word:
        return "dotted"
    hyphened = "-" in word
    if word.isupper():
        return "caps-hyphened" if hyphened else "caps"
    if word[0].isupper() and capitals == 1:
        return "title"
    return "hyphened" if hyphened else "mixed"


class WordPieces:
    """Looks up the pieces of words, each word tokenized once while it is remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Keep the tokenizer and its special pieces."""
        self.tokenizer = tokenizer
        self.start = _id_of(tokenizer, "[CLS]")
        self.end = _id_of(tokenizer, "[SEP]")
        self.unknown = _id_of(tokenizer, "[UNK]")
        self.lookup = lru_cache(_CACHED_WORDS)(self._encode)

    def _encode(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return the pieces of a word (at least one) and its shape."""
        ids = self.tokenizer.encode(word[:LONGEST_WORD], add_special_tokens=False).ids
        return tuple(ids[:PIECES_PER_WORD]) or (self.unknown,), find_shape(word[:LONGEST_WORD])


def _id_of(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise PipelineError(f"the vocabulary of the encoder lacks {piece}; build the pipeline anew")
    return int(number)


def find_places(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield (token number, place) for each token that is no white space."""
    gap = "\n\n"
    for token in doc:
        if token.is_space:
            gap += token.text
            continue
        yield token.i, _find_place(gap)
        gap = token.whitespace_


def _find_place(gap: str) -> int:
    """Return the place of a word after some white space."""
    breaks = count_line_breaks(gap)
    if breaks:
        return _BLANK_LINE if breaks > 1 else _LINE
    return _SPACE if gap else _ATTACHED


def count_line_breaks(space: str) -> int:
    """Return how many lines end in some white space, whatever its line ends; two: a blank line."""
    return len(_LINE_BREAK.findall(space))


def to_window(doc: Doc, places: list[tuple[int, int]], pieces: WordPieces) -> Window:
    """Return the window of some words of a Doc, each given as (token number, place)."""
    ids, features, first = [pieces.start], [0], []
    for number, place in places:
        word_ids, shape = pieces.lookup(doc[number].text)
        first.append(len(ids))
        ids.extend(word_ids)
        base = shape * len(PLACES)
        features.append(base + place)
        features.extend([base + _INSIDE] * (len(word_ids) - 1))
    ids.append(pieces.end)
    features.append(0)
    return Window([number for number, _ in places], ids, features, first)


def cut_windows(doc: Doc, pieces: WordPieces) -> list[Window]:
    """Return windows that hold every word of a Doc once, in order.

    A window ends where the text offers the best place in its second half: at a blank line, else a
    sentence that is known to start, else after a full stop, else at a line break, else anywhere.
    """
    places = list(find_places(doc))
    sizes = [len(pieces.lookup(doc[number].text)[0]) for number, _ in places]
    windows = []
    start = 0
    while start < len(places):
        end = _find_end(doc, places, sizes, start)
        windows.append(to_window(doc, places[start:end], pieces))
        start = end
    return windows


def _find_end(doc: Doc, places: list[tuple[int, int]], sizes: list[int], start: int) -> int:
    """Return where the window that begins with a word ends."""
    size, best, best_rank = 0, start, -1
    for index in range(start, len(places)):
        if index > start and size >= PIECES_PER_WINDOW // 2:
            rank = _rank_break(doc, places, index)
            if rank >= max(best_rank, 0):
                best, best_rank = index, rank
        if size + sizes[index] > PIECES_PER_WINDOW and index > start:
            return best if best_rank >= 0 else index
        size += sizes[index]
    return len(places)


def _rank_break(doc: Doc, places: list[tuple[int, int]], index: int) -> int:
    """Return how good a place before a word is to cut at, -1 for none.

    A line break alone ranks last: lines may be wrapped within a sentence. One that is known to
    go on is not cut.
    """
    number, place = places[index]
    if doc[number].is_sent_start is False:
        return -1
    ended = doc[places[index - 1][0]].text in _FULL_STOPS and not doc[number].is_lower
    if place == _BLANK_LINE:
        return 3
    if doc[number].is_sent_start or (ended and place == _LINE):
        return 2
    if ended and place == _SPACE:
        return 1
    return 0 if place == _LINE else -1
