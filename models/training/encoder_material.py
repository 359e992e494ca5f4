"""What the network is trained on: the data drawn anew for each round."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from tokenizers import Tokenizer

from corpora import SENTENCES_PER_DOC, Sentence, group_sentences, read_sentences
from encoder_batches import to_batches
from encoder_examples import Example, find_labels, to_name_examples, to_syntax_examples
from encoder_network import pretrained_folder
from extract.encoder.words import WordPieces
from extract.tokenizer import set_tokenizer
from made_names import MadeNames
from marked_texts import (
    Marked,
    is_held_out,
    join_runs,
    read_by_hand,
    read_silver,
    vary_case,
)
from renaming import rename

TREEBANKS = ("syntax/en_ewt-ud-{}.conllu", "syntax/en_gum-ok-{}.conllu")
SYNTAX_PIECES = 450  # a batch, padding included
CAPITALS_SHARE = 0.03
RENAMED_SHARE = 0.4  # of the passages by hand, each round
PARTS = ("silver", "newswire", "renaming", "doubts")  # what an ablation may leave out


@dataclass(frozen=True)
class Recipe:
    """How much is seen how often, and what is left out to see what it is worth."""

    rounds: int
    silver: float
    hold_out: bool
    seed: int
    without: frozenset[str]


class Material:
    """The training data, made anew for each round with other runs, cases and names."""

    def __init__(self, data: Path, recipe: Recipe) -> None:
        self.recipe = recipe
        self.rng = random.Random(recipe.seed)
        self.nlp = spacy.blank("en")
        set_tokenizer(self.nlp)
        tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = WordPieces(tokenizer)
        self.sentences = [s for n in TREEBANKS for s in read_sentences(data / n.format("train"))]
        self.labels = find_labels(self.sentences)
        by_hand = read_by_hand(data)
        if "newswire" in recipe.without:
            by_hand = [text for text in by_hand if not text.made_of]
        self.held_out = [text for text in by_hand if is_held_out(text)]
        self.by_hand = [t for t in by_hand if not (recipe.hold_out and is_held_out(t))]
        self.silver = [] if "silver" in recipe.without else read_silver(data, by_hand)
        self.made_names = MadeNames()

    def draw_names(self) -> list[Example]:
        """Return one round of name examples: all passages by hand, a share of the silver."""
        texts = [self.vary(text) for text in self.by_hand]
        runs = list(join_runs(self.silver, self.rng))
        texts += [run for run in runs if self.rng.random() < self.recipe.silver]
        return [e for text in texts for e in self.to_examples(vary_case(text, self.rng))]

    def vary(self, text: Marked) -> Marked:
        """Return a passage as it is, or under other names."""
        if "renaming" in self.recipe.without or self.rng.random() >= RENAMED_SHARE:
            return text
        return rename(text, self.made_names, self.rng)

    def to_examples(self, text: Marked) -> list[Example]:
        """Return the examples of a marked text."""
        return to_name_examples(text, self.nlp, self.pieces)

    def draw_syntax(self, sentences: list[Sentence] | None = None) -> list[Example]:
        """Return one round of treebank examples."""
        groups = group_sentences(sentences or self.sentences, SENTENCES_PER_DOC)
        return [
            example
            for group in groups
            for example in to_syntax_examples(
                group,
                self.labels,
                self.nlp.vocab,
                self.pieces,
                self.rng,
                capitals=sentences is None and self.rng.random() < CAPITALS_SHARE,
            )
        ]


def draw_for_ever(material: Material) -> Iterator[list[Example]]:
    """Yield batches of treebank, round after round."""
    while True:
        yield from to_batches(material.draw_syntax(), SYNTAX_PIECES, material.rng)
