"""What the network reads: shapes and places of words, their pieces, and where windows are cut."""

import random
from collections.abc import Iterator

import pytest
from docs import VOCAB
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from extract.encoder.words import (
    FEATURES,
    PIECES_PER_WINDOW,
    PIECES_PER_WORD,
    PLACES,
    SHAPES,
    Window,
    WordPieces,
    cut_windows,
    find_places,
    find_shape,
)
from extract.errors import PipelineError

NLP = English()
SPECIAL = ["[CLS]", "[SEP]", "[UNK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def make_pieces(*, leave_out: str = "") -> WordPieces:
    """Return word pieces of one letter each, with two words that are a piece."""
    marks = [*".,!?-:;()'\"", "pact", "lima"]
    names = [*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS), *marks]
    vocab = {piece: number for number, piece in enumerate(names) if piece != leave_out}
    tokenizer = Tokenizer(WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return WordPieces(tokenizer)


PIECES = make_pieces()

# Shapes

SHAPES_OF = [
    ("signed", "lower", "a plain word"),
    ("e.g.", "lower", "full stops alone make no abbreviation of it"),
    ("Lima", "title", "a name"),
    ("Éva", "title", "its capital is no ASCII"),
    ("Vice-president", "title", "one capital, in front"),
    ("NATO", "caps", "an acronym"),
    ("ÁÉ", "caps", "capitals with accents"),
    ("A", "capital", "one letter says neither title nor caps"),
    ("McBride", "mixed", "a capital inside"),
    ("iTalks", "mixed", "a small letter in front"),
    ("U.S.", "dotted", "an abbreviation"),
    ("Mr.", "dotted", "an abbreviation"),
    ("1200", "year", "four digits"),
    ("2024", "year", "four digits"),
    ("20", "number", "fewer"),
    ("20240", "number", "more"),
    ("٢٠٢٤", "year", "digits of another script"),
    ("3.5", "figure", "a mark between digits"),
    ("2024-25", "figure", "so here"),
    ("3rd", "code", "letters and digits"),
    ("A320", "code", "letters and digits"),
    (".", "punctuation", "neither letter nor digit"),
    ("€", "punctuation", "a symbol"),
    ("\u200b", "punctuation", "invisible, but no white space to spaCy"),
    ("条約", "caseless", "a script without case"),
    ("UN-backed", "hyphened", "capitals in one part"),
    ("Peru-Chile", "hyphened", "two names"),
    ("UN-EU", "caps-hyphened", "two acronyms"),
]


@pytest.mark.parametrize(("word", "shape", "why"), SHAPES_OF)
def test_shapes(word: str, shape: str, why: str) -> None:
    assert SHAPES[find_shape(word)] == shape, why


def test_every_shape_has_a_row() -> None:
    assert {shape for _, shape, _ in SHAPES_OF} == set(SHAPES) - {"none"}


@given(st.text(min_size=1))
def test_every_word_has_a_shape(word: str) -> None:
    assert 0 < find_shape(word) < len(SHAPES)


# Places

PLACES_IN = [
    ("a b", "blank line, space", "a text begins as after a blank line"),
    ("a, b", "blank line, attached, space", "nothing before the comma"),
    ("a  b", "blank line, space", "a second space is a token of white space"),
    ("a\tb", "blank line, space", "a tab, with no space beside it"),
    ("a\u00a0b", "blank line, space", "a no-break space"),
    ("a\u3000\u2003b", "blank line, space", "wide spaces"),
    ("a\nb", "blank line, line", "a line break"),
    ("a \n b", "blank line, line", "spaces round it"),
    ("a\r\nb", "blank line, line", "one break of two characters"),
    ("a\rb", "blank line, line", "an old line break"),
    ("a\u2028b", "blank line, line", "a line separator"),
    ("a\fb", "blank line, line", "a page break"),
    ("a\n\nb", "blank line, blank line", "an empty line between"),
    ("a\r\n\r\nb", "blank line, blank line", "an empty line between"),
    ("a\n \t\nb", "blank line, blank line", "a line of white space is blank too"),
    ("pact.\n\n\n\nb", "blank line, attached, blank line", "many"),
    ("\n\na", "blank line", "white space before the text changes nothing"),
    ("  a", "blank line", "an indented text"),
    ("a \n\n", "blank line", "nor does it behind the text"),
    (" \n\t", "", "no words"),
    ("", "", "no text"),
]


@pytest.mark.parametrize(("text", "places", "why"), PLACES_IN)
def test_places(text: str, places: str, why: str) -> None:
    assert ", ".join(PLACES[place] for _, place in find_places(NLP.make_doc(text))) == places, why


BROKEN_SPACE = [
    (["\n", "\n"], "blank line", "two breaks are a blank line"),
    (["\r", "\n"], "line", "one break"),
    (["\n", " ", "\t"], "line", "what follows the break takes nothing from it"),
    (["\t", " "], "space", "no break"),
]


@pytest.mark.parametrize(("spaces", "place", "why"), BROKEN_SPACE)
def test_white_space_in_many_tokens(spaces: list[str], place: str, why: str) -> None:
    words = ["a", *spaces, "b"]
    doc = Doc(VOCAB, words=words, spaces=[False] * len(words))
    assert [PLACES[place] for _, place in find_places(doc)] == ["blank line", place], why


# Pieces


def pieces_of(word: str) -> list[str | None]:
    ids, _ = PIECES.lookup(word)
    return [PIECES.tokenizer.id_to_token(number) for number in ids]


PIECES_IN = [
    ("Pact", ["pact"], "case is left to the shape"),
    ("lid", ["l", "##i", "##d"], "letters"),
    ("x" * 40, ["x", *["##x"] * (PIECES_PER_WORD - 1)], "cut short"),
    ("é", ["e"], "the normalizer takes accents off"),
    ("\u0416", ["[UNK]"], "a letter that is not in the vocabulary"),
    ("\x01", ["[UNK]"], "the normalizer leaves nothing of a control character"),
    ("\u200d\ufeff", ["[UNK]"], "nor of invisible ones"),
    ("\u0301", ["[UNK]"], "nor of an accent alone"),
]


@pytest.mark.parametrize(("word", "pieces", "why"), PIECES_IN)
def test_pieces(word: str, pieces: list[str], why: str) -> None:
    assert pieces_of(word) == pieces, why


@given(st.text(min_size=1))
def test_every_word_has_pieces(word: str) -> None:
    assert 1 <= len(PIECES.lookup(word)[0]) <= PIECES_PER_WORD


def test_a_huge_word_is_looked_at_in_part() -> None:
    ids, shape = PIECES.lookup("x" * 1_000_000 + "7")
    assert (len(ids), SHAPES[shape]) == (PIECES_PER_WORD, "lower")


@pytest.mark.parametrize("piece", SPECIAL)
def test_a_vocabulary_without_a_special_piece_is_refused(piece: str) -> None:
    with pytest.raises(PipelineError) as raised:
        make_pieces(leave_out=piece)
    assert f"lacks {piece};" in str(raised.value)


# One window


def test_a_window() -> None:
    doc = NLP.make_doc("Lima,\nAB pact")
    [window] = cut_windows(doc, PIECES)
    pieces = [PIECES.tokenizer.id_to_token(number) for number in window.pieces]
    assert pieces == ["[CLS]", "lima", ",", "a", "##b", "pact", "[SEP]"]
    assert [doc[number].text for number in window.words] == ["Lima", ",", "AB", "pact"]
    assert window.first == [1, 2, 3, 5]
    features = [divmod(feature, len(PLACES)) for feature in window.features]
    assert [(SHAPES[shape], PLACES[place]) for shape, place in features[1:-1]] == [
        ("title", "blank line"),
        ("punctuation", "attached"),
        ("caps", "line"),
        ("caps", "inside"),
        ("lower", "space"),
    ]
    assert features[0] == features[-1] == (SHAPES.index("none"), 0)


# Windows of any text


def check_windows(doc: Doc) -> list[Window]:
    """Return the windows of a Doc after proving that none loses, moves or outgrows anything."""
    windows = cut_windows(doc, PIECES)
    words = [token.i for token in doc if not token.is_space]
    assert [number for window in windows for number in window.words] == words
    places = dict(find_places(doc))
    for window in windows:
        assert window.words
        assert len(window.pieces) == len(window.features) <= PIECES_PER_WINDOW + 2
        assert (window.pieces[0], window.pieces[-1]) == (PIECES.start, PIECES.end)
        assert all(0 <= feature < FEATURES for feature in window.features)
        ends = [*window.first[1:], len(window.pieces) - 1]
        for number, first, end in zip(window.words, window.first, ends, strict=True):
            ids, shape = PIECES.lookup(doc[number].text)
            assert window.pieces[first:end] == list(ids)
            assert window.features[first] == shape * len(PLACES) + places[number]
    return windows


WORDS = ["Peru", "pact.", "U.S.", "(a)", "x" * 150, "\x01", "\u200b", "条約", "e\u0301", "2024"]
SPACES = [" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\f"]
CHUNKS = st.sampled_from([*WORDS, "?!", *SPACES])
TEXTS = st.one_of(
    st.text(),
    st.lists(CHUNKS, max_size=300).map("".join),
    st.tuples(st.lists(CHUNKS, max_size=12).map("".join), st.integers(1, 120)).map(
        lambda drawn: drawn[0] * drawn[1]
    ),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_windows_hold_every_word_once_and_in_order(text: str, data: st.DataObject) -> None:
    doc = NLP.make_doc(text)
    numbers = st.integers(0, max(0, len(doc) - 1))
    known = data.draw(st.dictionaries(numbers, st.booleans(), max_size=30)) if len(doc) else {}
    for number, starts in known.items():
        doc[number].is_sent_start = starts
    check_windows(doc)


def test_windows_of_a_long_text() -> None:
    rng = random.Random(5)
    words = ["pact", "lima", "peru", "envoys.", "x" * 60, "\n", "\n\n", "\x02", "12,000"]
    doc = NLP.make_doc(" ".join(rng.choices(words, k=20_000)))
    windows = check_windows(doc)
    sizes = [len(window.pieces) - 2 for window in windows]
    assert min(sizes[:-1]) >= PIECES_PER_WINDOW // 2, "none is cut short without need"


def test_a_text_of_white_space_has_no_window() -> None:
    assert check_windows(NLP.make_doc(" \n\n\t")) == check_windows(NLP.make_doc("")) == []


# Where they are cut


def make_words(marks: dict[int, str], *, size: int = 300) -> str:
    """Return a text of one-piece words; each mark stands before the word of its number."""
    return "".join(marks.get(number, " ") + "pact" for number in range(size)).strip()


def first_cut(text: str, known: dict[int, bool] | None = None) -> int:
    """Return how many words the first window holds, full stops left out."""
    doc = NLP.make_doc(text)
    words = [token for token in doc if not token.is_space and not token.is_punct]
    for number, starts in (known or {}).items():
        words[number].is_sent_start = starts
    first = check_windows(doc)[0]
    return sum(not doc[number].is_punct for number in first.words)


BLANK, LINE, STOP, STOP_LINE = "\n\n", "\n", ". Lima ", ".\nLima "
CUTS = [
    ({}, {}, 192, "nothing to go by: where it is full"),
    ({100: BLANK, 150: BLANK}, {}, 150, "the last of equals"),
    ({120: BLANK, 150: STOP}, {}, 120, "a blank line over a full stop"),
    ({120: BLANK}, {150: True}, 120, "a blank line over a known start"),
    ({150: STOP}, {120: True}, 120, "a known start over a full stop"),
    ({120: STOP_LINE, 150: STOP}, {}, 120, "a full stop at a line end over one inside a line"),
    ({120: STOP, 150: LINE}, {}, 120, "a full stop over a line break, which may be a wrap"),
    ({120: ". "}, {}, 191, "no sentence starts in lower case; the full stop is a word too"),
    ({120: ".\n"}, {}, 120, "nor does one there, but the line ends"),
    ({120: LINE}, {}, 120, "a line break over nothing"),
    ({192: BLANK, 150: BLANK}, {}, 192, "at the very limit"),
    ({50: BLANK}, {}, 192, "in the first half nothing is worth a cut"),
    ({50: BLANK, 120: LINE}, {}, 120, "so the second half decides"),
    ({150: LINE, 120: LINE}, {150: False}, 120, "a line that is known to go on"),
    ({150: BLANK}, {150: False}, 192, "a gap that a sentence is known to cross"),
]


@pytest.mark.parametrize(("marks", "known", "words", "why"), CUTS)
def test_where_a_window_ends(
    marks: dict[int, str], known: dict[int, bool], words: int, why: str
) -> None:
    assert first_cut(make_words(marks), known) == words, why


def sentences(count: int) -> Iterator[str]:
    for number in range(count):
        yield "Lima " + "pact " * (10 + number % 9) + "lima. "


def test_sentences_are_not_cut_where_full_stops_end_them() -> None:
    doc = NLP.make_doc("".join(sentences(200)))
    windows = check_windows(doc)
    assert len(windows) > 10
    assert all(doc[window.words[0]].text == "Lima" for window in windows)
