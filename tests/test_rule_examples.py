"""The sentences in the rule files: each pattern fires on one, no rule fires on what it must not."""

from dataclasses import replace
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

import extract.components.frames  # noqa: F401 - registers the mark of triggers
from extract.pipeline import Extractor
from extract.rules import Rule, RuleSet, read_rules, read_yaml, rule_files

HERE = ("decoys", "references", "statuses", "triggers")
ELSEWHERE = {  # their components have more than patterns to prove, beside their own tests
    "test_roles": ("roles",),
    "test_dates": tuple(
        name for name in rule_files() if name.startswith("dates/") and "rules" in read_yaml(name)
    ),
}
BLANK = spacy.blank("en")


def rule_cases() -> list[Any]:
    return [
        pytest.param(name, rule, id=rule.id, marks=[pytest.mark.model] if rule.needs_model else [])
        for name in HERE
        for rule in read_rules(name)[0]
    ]


def read_example(text: str, extractor: Extractor | None) -> Doc:
    """Return the Doc of an example; the word behind TRIGGER is marked as one."""
    plain = text.replace("TRIGGER ", "")
    doc = extractor.analyse(plain) if extractor else BLANK(plain)
    if plain != text:
        at = text.index("TRIGGER ")
        next(token for token in doc if token.idx == at)._.is_trigger = True
    return doc


@pytest.mark.parametrize(("name", "rule"), rule_cases())
def test_examples(name: str, rule: Rule, request: pytest.FixtureRequest) -> None:
    extractor = request.getfixturevalue("extractor") if rule.needs_model else None
    vocab = extractor.nlp.vocab if extractor else BLANK.vocab
    classes = read_rules(name)[1]
    right = {text: read_example(text, extractor) for text in rule.match}
    wrong = {text: read_example(text, extractor) for text in rule.no_match}
    whole = RuleSet([rule], classes, vocab)
    assert [text for text, doc in right.items() if not whole.find(doc)] == []
    assert [text for text, doc in wrong.items() if whole.find(doc)] == []
    for pattern in rule.patterns:
        alone = RuleSet([replace(rule, patterns=(pattern,))], classes, vocab)
        assert any(alone.find(doc) for doc in right.values()), f"no example proves: {pattern}"


def test_no_rule_file_is_left_out() -> None:
    tested = {*HERE, *(name for names in ELSEWHERE.values() for name in names)}
    assert tested == {name for name in rule_files() if "rules" in read_yaml(name)}


@pytest.mark.parametrize("name", [n for n in rule_files() if "rules" in read_yaml(n)])
def test_every_rule_has_examples_on_both_sides(name: str) -> None:
    assert [r.id for r in read_rules(name)[0] if not (r.match and r.no_match)] == []
