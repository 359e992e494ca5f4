"""The notation of the rules: every atom, every complaint."""

import shutil

import pytest
from docs import VOCAB, make_doc, make_tree

import extract.components.frames  # noqa: F401 - registers the mark of triggers
from extract import rules
from extract.errors import RuleError
from extract.resources import rule_folder
from extract.rules import Rule, RuleSet, inflect

CLASSES = {
    "money": ["Euro", "dollars"],
    "sealing": ["~sign", "ink"],
    "owner": ["'s"],
    "feast": ["Yule", "sailors' day", "mother's sea-day"],
}

# pattern, text, what is marked, why
ATOMS = [
    ("pact", "A Pact, a PACT.", ["Pact", "PACT"], "a word, whatever its case"),
    ("pact|deal", "A pact or a deal or an accord.", ["pact", "deal"], "one of several words"),
    ("=May", "In May they may sign.", ["May"], "in this case only"),
    ("=May|June", "May, june, June", ["May", "June"], "several, in this case only"),
    ("~sign|ink", "They signed, ink, inking, signature", ["signed", "ink", "inking"], "all forms"),
    ("{money}", "Ten euro or DOLLARS or yen", ["euro", "DOLLARS"], "a class, whatever its case"),
    ("{sealing}", "They signed and ink and inked", ["signed", "ink"], "inflected where it says so"),
    ("re:[0-9]{4}", "In 2004, not 20045 or 204", ["2004"], "matches the whole token"),
    ("re:[A-Z]+", "NATO, A B", ["A B", "A", "B"], "its last sign is the operator"),
    (
        "re:[A-Z][a-z]++",
        "the Coral Coast met",
        ["Coral Coast", "Coral", "Coast"],
        "an expression, repeated",
    ),
    (
        "the ..1 pact",
        "The pact, the sea pact, the new sea pact",
        ["The pact", "the sea pact"],
        "gap",
    ),
    ("<sea ..2 pact>", "sea\n\npact", [], "a gap does not step over a line break"),
    ("the sea? pact", "the pact, the sea pact", ["the pact", "the sea pact"], "optional"),
    ("the sea|air? pact", "the air pact", ["the air pact"], "the mark is on all alternatives"),
    ("a sea* pact", "a pact, a sea sea pact", ["a pact", "a sea sea pact"], "any number"),
    ("a sea+ pact", "a pact, a sea sea pact", ["a sea sea pact"], "at least one"),
    ("{money}+", "euro dollars", ["euro dollars", "euro", "dollars"], "a class repeated"),
    ("sign <the pact> in", "They sign the pact in May", ["the pact"], "angles mark the inside"),
    ("<~agree> that", "Experts agreed that", ["agreed"], "angles around one atom"),
    ("<sea? pact> of", "sea pact of", ["sea pact", "pact"], "angles around an optional atom"),
    ("the <sea?> pact", "the pact", [], "nothing is marked where the marked atom is absent"),
    ("{feast.single}", "Yule, mother, day", ["Yule"], "a phrase of one word"),
    ("{feast.first}", "Yule, Sailors, day", ["Sailors"], "what a phrase begins with"),
    ("{feast.last}", "Yule, sailors, sea, day", ["day"], "what a phrase ends with"),
    (
        "{feast.first} {feast.word}* {feast.last}",
        "Sailors’ Day, Mothers Sea Day. Mother's sea-day",
        ["Sailors’ Day", "Mothers Sea Day", "Mother's sea-day"],
        "whatever signs stand in it",
    ),
    ("peru {owner}", "Peru's, Peru’s", ["Peru's", "Peru’s"], "either apostrophe, in a class"),
    ("peru 's", "Peru's, Peru’s", ["Peru's", "Peru’s"], "either apostrophe, in a word"),
    ("do n't", "They don't, don’t", ["don't", "don’t"], "either apostrophe in a negation"),
    ("cease - fire", "a cease-fire", ["cease-fire"], "a hyphen is a token"),
    ("10 %", "by 10% or 10 percent", ["10%"], "signs are words"),
    ("sea -? air", "a sea-air pact, a sea air pact", ["sea-air", "sea air"], "an optional sign"),
    ("pact ?", "A pact? A pact.", ["pact?"], "a lone question mark is a word"),
]


def compiled(*patterns: str) -> RuleSet:
    return RuleSet([Rule("test.rule", patterns)], CLASSES, VOCAB)


@pytest.mark.parametrize(("pattern", "text", "marked", "why"), ATOMS)
def test_atoms(pattern: str, text: str, marked: list[str], why: str) -> None:
    doc = make_doc(text)
    assert [doc[m.start : m.end].text for m in compiled(pattern).find(doc)] == marked, why


def test_atoms_of_the_trained_pipeline() -> None:
    doc = make_tree("Peru/PROPN/nsubj/signs signs/VERB/ROOT/signs pacts/NOUN/obj/signs")
    assert [m.start for m in compiled("pos:NOUN|PROPN").find(doc)] == [0, 2]
    doc[1].tag_ = "VBZ"
    assert [m.start for m in compiled("tag:VBD|VBZ").find(doc)] == [1]
    named = make_doc("Peru met Zorvex", [("Peru", "GPE"), ("Zorvex", "ORG")])
    assert [m.start for m in compiled("ent:ORG").find(named)] == [2]


def test_trigger_atom_asks_for_the_mark() -> None:
    doc = make_doc("The pact and the pact")
    doc[4]._.is_trigger = True
    assert [(m.start, m.end) for m in compiled("the <TRIGGER>").find(doc)] == [(4, 5)]


@pytest.mark.parametrize(
    ("pattern", "needs"), [("~sign a", False), ("a pos:NOUN", True), ("<ent:ORG>", True)]
)
def test_needs_model(pattern: str, needs: bool) -> None:
    assert Rule("test.rule", ("a", pattern)).needs_model is needs


def test_positions_are_those_of_the_doc_also_in_a_span() -> None:
    doc = make_doc("They sign. They sign the pact here.")
    found = compiled("sign <the pact> here")
    (whole,), (part,) = found.find(doc), found.find(doc[3:9])
    assert whole == part
    assert (part.start, part.end, part.span) == (5, 7, (4, 8))
    assert found.find(doc[0:6]) == []


def test_matches_come_in_text_order_longest_first_each_once() -> None:
    doc = make_doc("the sea pact")
    rule_set = RuleSet(
        [Rule("b", ("pact", "<pact>")), Rule("a", ("the sea pact", "the sea", "pact"))], {}, VOCAB
    )
    found = [(m.rule.id, m.start, m.end) for m in rule_set.find(doc)]
    assert found == [("a", 0, 3), ("a", 0, 2), ("a", 2, 3), ("b", 2, 3)]


def test_the_widest_match_is_kept_where_the_marked_words_are_the_same() -> None:
    doc = make_doc("sign the big pact")
    (match,) = compiled("<pact>", "sign ..2 <pact>").find(doc)
    assert match.span == (0, 4)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("the {nothing}", "rule test.rule: no word class {nothing}"),
        ("the {feast.middle}", "rule test.rule: no word class {feast.middle}"),
        ("  ", "empty pattern"),
    ],
)
def test_a_broken_pattern_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        compiled(pattern)


# base form, all forms, why
FORMS = [
    ("sign", {"sign", "signs", "signed", "signing"}, "regular"),
    ("strike", {"strike", "strikes", "struck", "stricken", "striking"}, "irregular"),
    ("scrap", {"scrap", "scraps", "scrapped", "scrapping"}, "doubled"),
    ("be", {"be", "am", "is", "are", "was", "were", "been", "being"}, "to be"),
    ("breach", {"breach", "breaches", "breached", "breaching"}, "ch"),
    ("express", {"express", "expresses", "expressed", "expressing"}, "s"),
    ("treaty", {"treaty", "treaties", "treatied", "treatying"}, "y after a consonant"),
    ("delay", {"delay", "delays", "delayed", "delaying"}, "y after a vowel"),
    ("agree", {"agree", "agrees", "agreed", "agreeing"}, "ee"),
    ("merge", {"merge", "merges", "merged", "merging"}, "silent e"),
    ("memorandum", {"memorandum", "memorandums", "memoranda"}, "Latin"),
]


@pytest.mark.parametrize(("word", "forms", "why"), FORMS)
def test_inflect(word: str, forms: set[str], why: str) -> None:
    assert inflect(word) == forms, why


def clear_caches() -> None:
    for cached in (
        rules.read_rules,
        rules.read_classes,
        rules.read_yaml,
        rules.read_word_class,
        rules.rules_sha256,
    ):
        cached.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An own rule folder, empty but for the files that all rules share."""
    for name in ("classes", "inflections"):
        shutil.copy(rule_folder() / f"{name}.yaml", tmp_path)
    monkeypatch.setattr(rules, "rule_folder", lambda: tmp_path)
    clear_caches()
    yield tmp_path
    clear_caches()


RULE = "{id: a, pattern: pact, match: [A pact.], no_match: [A sea.]}"

# content of a rule file, what the error says
BROKEN = [
    (f"rules: [{RULE}, {RULE}]", r"own\.yaml: rule id a stands twice"),
    (f"rules: [{RULE[:-1]}, colour: red}}]", r"own\.yaml: rule a: unknown key colour"),
    ("rules: [{id: a, match: [x], no_match: [y]}]", "rule a: pattern is missing"),
    ("rules: [{id: a, pattern: pact, match: [x]}]", "rule a: no_match is missing"),
    ("rules: [{pattern: pact, match: [x], no_match: [y]}]", "rule None: id is missing"),
    ("rules: [{id: a, pattern: '', match: [x], no_match: [y]}]", "rule a: empty pattern"),
    ("rules: [{id: a, pattern: '{b}', match: [x], no_match: [y]}]", "no word class {b}"),
    ("rules: [", r"own\.yaml: not valid YAML"),
    ("- a list", r"own\.yaml: a mapping is expected"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_file_is_refused(folder, content: str, message: str) -> None:
    (folder / "own.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        rules.load_rules("own", VOCAB)


def test_rules_put_first_are_found_also_after_texts_were_read() -> None:
    doc = make_doc("They sealed a handshake of hands.")
    rule_set = RuleSet([Rule("a", ("hands",))], {}, VOCAB)
    assert [m.rule.id for m in rule_set.find(doc)] == ["a"], "every word of it is known now"
    rule_set.put_first([Rule("b", ("{sealing} ..1 handshake",))], {"sealing": ["~seal"]})
    assert [m.rule.id for m in rule_set.find(doc)] == ["b", "a"]
    assert list(rule_set.rules) == ["b", "a"]


def test_a_missing_file_is_refused(folder) -> None:
    with pytest.raises(RuleError, match="cannot be read: reinstall pactwire"):
        rules.load_rules("nowhere", VOCAB)


def test_word_classes_come_from_the_file_its_folder_and_the_top(folder) -> None:
    (folder / "deep").mkdir()
    (folder / "deep/classes.yaml").write_text("classes: {sea: [bay], air: [sky]}")
    (folder / "deep/own.yaml").write_text(f"rules: [{RULE}]\nclasses: {{air: [wind]}}")
    _, classes = rules.read_rules("deep/own")
    assert (classes["sea"], classes["air"]) == (["bay"], ["wind"]), "the file's own class wins"
    assert "july" in classes["month"]
    assert rules.read_word_class("deep/own", "air") == {"wind"}


def test_rule_files_are_named_as_they_are_read(folder) -> None:
    (folder / "deep").mkdir()
    (folder / "deep/own.yaml").write_text(f"rules: [{RULE}]")
    assert rules.rule_files() == ["classes", "deep/own", "inflections"]
    assert [rule.id for rule in rules.read_rules("deep/own")[0]] == ["a"]


def test_the_hash_depends_on_contents_and_names_only(folder) -> None:
    def sha256_with(name: str, content: str) -> str:
        (folder / name).write_text(content)
        clear_caches()
        digest = rules.rules_sha256()
        (folder / name).unlink()
        return digest

    first = sha256_with("own.yaml", "rules: []")
    assert first == sha256_with("own.yaml", "rules: []")
    assert rules.rules_sha256((b"pack",)) != rules.rules_sha256((b"other",)) != rules.rules_sha256()
    others = {sha256_with("own.yaml", "rules:  []"), sha256_with("other.yaml", "rules: []")}
    assert len(others | {first}) == 3
    assert first == sha256_with("own.yaml", "rules: []"), "back again"


# how many capitalised words stand before the noun, the tokens of the longest match
RUNS = [
    (2, 3, "whole"),
    (rules.LONGEST_RUN - 1, rules.LONGEST_RUN, "whole: the noun is a capitalised word too"),
    (10 * rules.LONGEST_RUN, rules.LONGEST_RUN, "cut from the end, where the noun stands"),
]


@pytest.mark.parametrize(("number", "longest", "why"), RUNS)
def test_a_long_run_is_cut_from_its_end(number: int, longest: int, why: str) -> None:
    rule_set = RuleSet([Rule("a", ("re:[A-Z]\\w*+ of? re:[A-Z]\\w** =Pact",))], {}, VOCAB)
    doc = make_doc("the " + "Zorvex " * number + "Pact held")
    found = rule_set.find(doc)
    assert {doc[match.end - 1].text for match in found} == {"Pact"}
    assert max(match.end - match.start for match in found) == longest, why


def test_a_span_in_which_runs_are_cut_gives_the_tokens_of_the_doc() -> None:
    rule_set = RuleSet([Rule("a", ("re:[A-Z]\\w*+ =Pact",))], {}, VOCAB)
    doc = make_doc("the sea " + "Zorvex " * 100 + "Pact held")
    found = rule_set.find(doc[2:])
    assert {match.end for match in found} == {103}
    assert min(match.start for match in found) == 103 - rules.LONGEST_RUN


def test_only_rules_that_repeat_an_atom_have_runs() -> None:
    doc = make_doc("pact " * 100)
    assert len(RuleSet([Rule("a", ("pact", "pact ..3 sea"))], {}, VOCAB).find(doc)) == 100
