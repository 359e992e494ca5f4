"""Score the keyword floor: what a desk gets from a word list, as a peer for the scoreboard.

    python tests/benchmarks/keyword_floor.py GOLD.jsonl

An agreement for each sentence with a trigger word; its parties are the first two capitalised
names of the sentence, its kind follows the word, its status is always `agreed`, no date.
"""

import json
import re
import sys
from pathlib import Path

import spacy
from spacy.tokens import Span

from extract.evaluation import evaluate, read_gold
from extract.evaluation.gold import Mark, MarkedAgreement, MarkedDocument, MarkedName
from extract.evaluation.table import to_table
from extract.vocabulary import Kind

KINDS: dict[str, Kind] = {
    "treaty": "treaty",
    "convention": "treaty",
    "protocol": "treaty",
    "memorandum": "memorandum",
    "contract": "contract",
    "declaration": "declaration",
    "ceasefire": "ceasefire",
    "truce": "ceasefire",
    "partnership": "partnership",
    "alliance": "partnership",
    "merger": "merger",
    "loan": "loan",
    "settlement": "settlement",
    "agreement": "agreement",
    "accord": "agreement",
    "pact": "agreement",
    "deal": "agreement",
    "agreed": "agreement",
}
WORD = re.compile(rf"\b({'|'.join(KINDS)})s?\b", re.IGNORECASE)
NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:of |the |and )*[A-Z][\w.’'-]*)*")


def find_agreement(sentence: Span) -> MarkedAgreement | None:
    """Return the agreement of a sentence with a trigger word, or None."""
    word = WORD.search(sentence.text)
    if word is None:
        return None
    offset = sentence.start_char
    names = [m for m in NAME.finditer(sentence.text) if m.start() > 0 or " " in m[0]][:2]
    return MarkedAgreement(
        kind=KINDS[word[1].lower()],
        status="agreed",
        triggers=(Mark(offset + word.start(), offset + word.end(), word[0]),),
        parties=tuple(
            MarkedName(m[0], (Mark(offset + m.start(), offset + m.end(), m[0]),)) for m in names
        ),
        evidence=(Mark(sentence.start_char, sentence.end_char, sentence.text),),
    )


def main() -> None:
    """Score the floor on a gold file and print the table."""
    path = Path(sys.argv[1])
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    gold = read_gold(path)
    texts = {
        entry["id"]: entry["text"]
        for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    predicted = []
    for document in gold:
        found = [find_agreement(sentence) for sentence in nlp(texts[document.id]).sents]
        kept = tuple(agreement for agreement in found if agreement is not None)
        predicted.append(MarkedDocument(document.id, document.sha256, kept))
    print(to_table(evaluate(gold, predicted)))


if __name__ == "__main__":
    main()
