"""The rules as shipped: their form, and the sentences that each must and must not match."""

from typing import Any

import pytest

from extract.packs.atoms import find_pattern_faults
from extract.packs.proofs import find_example_faults, find_missing_examples
from extract.packs.sections import find_setting_faults
from extract.rules import Rule, read_rules, read_yaml, rule_files

WITH_RULES = [name for name in rule_files() if "rules" in read_yaml(name)]
HERE = ("decoys", "possible_triggers", "references", "statuses", "triggers")
ELSEWHERE = {  # their components have more than patterns to prove, beside their own tests
    "test_roles": ("roles",),
    "test_dates": tuple(name for name in WITH_RULES if name.startswith("dates/")),
}
SECTIONS = {"decoys": "decoys", "statuses": "statuses"} | dict.fromkeys(
    ("triggers", "possible_triggers"), "triggers"
)


def rule_cases() -> list[Any]:
    return [
        pytest.param(name, rule, id=rule.id, marks=[pytest.mark.model] if rule.needs_model else [])
        for name in HERE
        for rule in read_rules(name)[0]
    ]


@pytest.mark.parametrize(("name", "rule"), rule_cases())
def test_examples(name: str, rule: Rule, request: pytest.FixtureRequest) -> None:
    extractor = request.getfixturevalue("extractor") if rule.needs_model else None
    analyse = extractor.analyse if extractor else None
    assert [*find_example_faults(rule, read_rules(name)[1], analyse)] == []


def test_no_rule_file_is_left_out() -> None:
    tested = {*HERE, *(name for names in ELSEWHERE.values() for name in names)}
    assert tested == set(WITH_RULES)


@pytest.mark.parametrize("name", WITH_RULES)
def test_every_rule_has_examples_on_both_sides(name: str) -> None:
    rules = read_rules(name)[0]
    assert [(rule.id, what) for rule in rules for what in find_missing_examples(rule)] == []


@pytest.mark.parametrize("name", WITH_RULES)
def test_the_notation_is_kept(name: str) -> None:
    rules, classes = read_rules(name)
    faults = [
        (rule.id, fault)
        for rule in rules
        for pattern in rule.patterns
        for fault in find_pattern_faults(SECTIONS.get(name, ""), pattern, classes)
    ]
    assert faults == []


@pytest.mark.parametrize("name", SECTIONS)
def test_what_the_rules_set_is_known(name: str) -> None:
    rules = read_rules(name)[0]
    found = [(r.id, fault) for r in rules for fault in find_setting_faults(SECTIONS[name], r.sets)]
    assert found == []
