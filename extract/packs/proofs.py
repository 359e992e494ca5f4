"""Rules proved by their examples: they match what they must and nothing that they must not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc
from spacy.vocab import Vocab

import extract.components.frames  # noqa: F401 - registers the mark of triggers
from extract.errors import RuleError
from extract.packs.atoms import bare_language
from extract.rules import Rule, RuleSet

Analyse = Callable[[str], Doc]
_MARK = "TRIGGER "


def find_missing_examples(rule: Rule) -> Iterator[str]:
    """Yield what kind of example a rule has not."""
    if not rule.match:
        yield "no example, give a sentence that it must match: match: [...]"
    if not rule.no_match:
        yield "no counter-example, give a sentence that it must not match: no_match: [...]"


def find_example_faults(
    rule: Rule, classes: Mapping[str, list[str]], analyse: Analyse | None = None
) -> Iterator[str]:
    """Yield which examples fail, and which patterns none of them shows.

    `analyse` is the trained pipeline, for rules that ask for tags or entities.
    """
    analyse = analyse or bare_language()
    asks_for_trigger = any("TRIGGER" in pattern for pattern in rule.patterns)
    for text in (*rule.match, *rule.no_match):
        if asks_for_trigger and _MARK not in text:
            yield f"the example {text!r} has no trigger, write TRIGGER before the word that is one"
            return
    right = {text: read_example(text, analyse) for text in rule.match}
    wrong = {text: read_example(text, analyse) for text in rule.no_match}
    vocab = next((doc.vocab for doc in (*right.values(), *wrong.values())), Vocab())
    whole = RuleSet([rule], classes, vocab)
    failed = [text for text, doc in right.items() if not whole.find(doc)]
    for text in failed:
        yield f"does not match {text!r}, mend the pattern or the example"
    for text, doc in wrong.items():
        if whole.find(doc):
            yield f"matches {text!r} and must not, narrow the pattern"
    for pattern in rule.patterns if right and len(failed) < len(right) else ():
        alone = RuleSet([replace(rule, patterns=(pattern,))], classes, vocab)
        if not any(alone.find(doc) for doc in right.values()):
            yield f"no example shows the pattern {pattern!r}, add one to match or drop it"


def read_example(text: str, analyse: Analyse) -> Doc:
    """Return the Doc of an example; the word behind TRIGGER is marked as one.

    Raises `RuleError` where there is no word.
    """
    plain = text.replace(_MARK, "")
    doc = analyse(plain)
    for number in range(text.count(_MARK)):
        at = len(_MARK.join(text.split(_MARK)[: number + 1])) - number * len(_MARK)
        marked = next((token for token in doc if token.idx == at), None)
        if marked is None:
            raise RuleError(f"no word begins behind TRIGGER in {text!r}, write TRIGGER before one")
        marked._.is_trigger = True
    return doc
