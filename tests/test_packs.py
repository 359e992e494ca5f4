"""Packs: rules of the user's own, read, checked and put to work."""

from pathlib import Path

import pytest
from docs import VOCAB, make_doc

from extract import load
from extract.components.agreements import AgreementRules, Agreements, Judges
from extract.components.agreements.cues import find_cues
from extract.components.agreements.judging import agreement_features, load_judge, status_features
from extract.components.agreements.mention import Mention
from extract.components.agreements.triggers import find_mentions, is_likely
from extract.errors import RuleError
from extract.packs import read_packs
from extract.packs.check import check_packs
from extract.packs.pack import read_pack
from extract.packs.sections import settle
from extract.pipeline import Extractor
from extract.rules import load_rules
from extract.vocabulary import STATUSES

OWN = """\
about: Words of herders' councils.
classes:
  hands: [handshake, handshakes]
triggers:
  - id: own.handshake
    pattern: "{quality}* {hands} pact?"
    set: {kind: agreement, form: noun}
    match: [The two mayors sealed a fisheries handshake., They made a handshake pact.]
    no_match: [They shook hands.]
decoys:
  - id: own.ceremonial
    pattern: ceremonial <{hands}>
    match: [They sealed it with a ceremonial handshake.]
    no_match: [They sealed a handshake.]
statuses:
  - id: own.mothballed
    pattern: "~mothball ..5 <TRIGGER>"
    set: {status: ended}
    match: [Kenya mothballed its TRIGGER handshake.]
    no_match: [Kenya sealed a TRIGGER handshake.]
"""
SHORTEST = """\
triggers:
  - id: own.handshake
    pattern: handshake|handshakes
    set: {kind: agreement, form: noun}
    match: [They sealed a handshake.]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write(tmp_path, OWN)


def write(folder: Path, content: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def no_pipeline() -> None:
    raise AssertionError("no rule asks for the pipeline")


def faults_of(path: Path) -> list[str]:
    [report] = check_packs([path], no_pipeline)
    return [str(fault).removeprefix(str(path)) for fault in report.faults]


def trigger(rest: str) -> str:
    return f"triggers:\n  - {{id: own.a, set: {{kind: treaty, form: noun}}, {rest}}}"


def status(rest: str) -> str:
    return f"statuses:\n  - {{id: own.a, set: {{status: ended}}, {rest}}}"


GOOD = "pattern: x, match: [an x], no_match: [a y]"
GOOD_STATUS = "pattern: x <TRIGGER>, match: [an x TRIGGER y], no_match: [a TRIGGER y]"

# the file, what is told of it behind its name
FAULTS = [
    # of the file
    ("", ": holds no rules, write triggers:, decoys: or statuses:"),
    ("- a list", ": holds no rules, write triggers:"),
    ("about: nothing", ": holds no rules, write some under triggers"),
    (
        "triggers:\n  - id: a\n    pattern: {quality}* x",
        ":3: not valid YAML: .*; put a text in quo",
    ),
    ("rules: []", ": unknown key rules, use about, classes, triggers, decoys, statuses"),
    ("triggers: {id: own.a}", ": triggers is no list, open each rule in it with `- id:`"),
    ("triggers: [words]", ":1: rule without id: 'words' is no rule, write `- id: ...`"),
    ("about: x\nabout: y", ":2: about stands twice in one mapping and counts once"),
    ("classes: [a]", ": classes is no mapping"),
    ("classes: {a: b}", ": the class a is no list, write a: "),
    ("classes: {a: [on]}", ": the class a holds True, which is no text, put it in quotes"),
    # of a rule
    ("triggers:\n  - pattern: x", ":2: rule without id: id is missing"),
    ("triggers:\n  - id: own.a", ":2: rule own.a: pattern is missing"),
    ("triggers:\n  - {id: a b, pattern: x}", ":2: rule a b: the id 'a b' is no name"),
    (trigger(f"{GOOD}, colour: red"), ":2: rule own.a: unknown key colour, use id, pattern"),
    (trigger("pattern: x, match: a y"), "match is no list, write match: "),
    (trigger("pattern: x, match: [a: y]"), "match holds {'a': 'y'}, which is no text"),
    ("triggers:\n  - {id: a, pattern: x, set: y}", "set is no mapping"),
    (f"triggers:\n  - {{id: trigger.noun.treaty, {GOOD}}}", "the id is that of a rule in triggers"),
    (f"triggers:\n  - {{id: month, {GOOD}}}", "set.kind is missing, use one of treaty, agreement"),
    (
        trigger(GOOD) + "\n" + trigger(GOOD).partition("\n")[2],
        ":3: rule own.a: the id stands twice, first in line 2",
    ),
    # of what it sets
    ("triggers:\n  - {id: a, pattern: x, set: {kind: pakt, form: noun}}", "unknown kind pakt, use"),
    (
        "triggers:\n  - {id: a, pattern: x, set: {kind: loan, form: nun}}",
        "unknown form nun, use on",
    ),
    (
        "triggers:\n  - {id: a, pattern: x, set: {kind: loan, form: noun, needs: 7}}",
        "set.needs is 7, write 1 or 2",
    ),
    ("statuses:\n  - {id: a, pattern: <TRIGGER>, set: {status: done}}", "unknown status done, use"),
    (
        "statuses:\n  - {id: a, pattern: <TRIGGER>, set: {kind: loan}}",
        "unknown setting kind, use s",
    ),
    ("decoys:\n  - {id: a, pattern: x, set: {kind: loan}}", "unknown setting kind, take it away"),
    ("decoys:\n  - {id: a, pattern: x, like: decoy.law}", "like is not for decoys"),
    (
        trigger(f"{GOOD}, like: trigger.noun.traety"),
        "no shipped rule .*, as is trigger.noun.treaty",
    ),
    (status(f"{GOOD_STATUS}, like: status.signed"), "like: status.signed means signed, and set.st"),
    # of a pattern
    (trigger("pattern: ''"), "rule own.a: empty pattern"),
    (trigger("pattern: []"), "rule own.a: empty pattern"),
    (trigger("pattern: '{hands}'"), "pattern '{hands}': no word class {hands}, name it under"),
    (trigger("pattern: '{quality.middle}'"), "a part is single, first, last or word"),
    (trigger("pattern: '{quality x'"), "{quality wants both braces"),
    (trigger("pattern: 're:['"), r"re:\[ is no regular expression, unterminated"),
    (trigger("pattern: '..x'"), "..x is no gap, write ..3"),
    (trigger("pattern: a||b"), r"a\|\|b has nothing on one side"),
    (trigger("pattern: <a b"), "write one < before what it marks and one >"),
    (trigger("pattern: <a> <b>"), "write one < before what it marks and one >"),
    (trigger("pattern: lemma:x"), "lemma: is no atom, there are pos:, tag:, ent: and re:"),
    (trigger("pattern: pos:NUN"), "pos:NUN is unknown, use those of Universal Dependencies"),
    (trigger("pattern: tag:NOUNS"), "tag:NOUNS is unknown, use those of the Penn Treebank"),
    (trigger("pattern: ent:STATE"), "ent:STATE is unknown, use PERSON, ORG"),
    (trigger("pattern: hand-shake"), "hand-shake is 3 tokens, write hand - shake"),
    (trigger("pattern: TRIGGER x"), "TRIGGER is for statuses"),
    (status("pattern: x y"), "write <TRIGGER> where the trigger stands"),
    # of its examples
    (trigger("pattern: x, no_match: [a y]"), "rule own.a: no example, give a sentence that it"),
    (trigger("pattern: x, match: [an x]"), "rule own.a: no counter-example, give a sentence"),
    (trigger("pattern: x, match: [a z], no_match: [a y]"), "does not match 'a z', mend"),
    (trigger("pattern: x, match: [an x], no_match: [the x]"), "matches 'the x' and must not"),
    (
        trigger("pattern: [x, z], match: [an x], no_match: [a y]"),
        "no example shows the pattern 'z'",
    ),
    (
        status("pattern: x <TRIGGER>, match: [an x y], no_match: [y]"),
        "'an x y' has no trigger, wri",
    ),
    (
        status("pattern: x <TRIGGER>, match: ['x TRIGGER '], no_match: [TRIGGER y]"),
        "no word begins",
    ),
]


@pytest.mark.parametrize(("content", "told"), FAULTS)
def test_a_fault_is_told_with_its_place_and_cure(tmp_path: Path, content: str, told: str) -> None:
    import re

    faults = faults_of(write(tmp_path, content))
    pattern = told.replace("{", r"\{").replace("..x", r"\.\.x").replace("..3", r"\.\.3")
    assert any(re.search(pattern, fault) for fault in faults), faults


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "gone.yaml") == [
        ": cannot be read, no such file or directory; name a YAML file"
    ]
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"about: x\ntriggers: [caf\xe9]\n")
    assert faults_of(latin) == [":2: is not UTF-8 here, save it as UTF-8"]


def test_a_sound_pack_is_counted_and_needs_no_pipeline(own: Path) -> None:
    [report] = check_packs([own], no_pipeline)
    assert (report.rules, report.examples, report.faults) == (3, 7, [])


def test_the_pipeline_reads_what_asks_for_tags(tmp_path: Path) -> None:
    path = write(tmp_path, trigger("pattern: ent:GPE x, match: [Peru x], no_match: [an x]"))
    texts: list[str] = []

    def analyse(text: str):
        texts.append(text)
        return make_doc(text, [("Peru", "GPE")] if "Peru" in text else [])

    [report] = check_packs([path], lambda: analyse)
    assert (report.faults, texts) == ([], ["Peru x", "an x"])


def test_other_rules_are_proved_beside_a_broken_one(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"{trigger('pattern: []')}\n  - {{id: own.b, like: trigger.noun.treaty, "
        "pattern: x, match: [a y], no_match: [a z]}",
    )
    assert [fault.partition(" rule ")[2][:12] for fault in faults_of(path)] == [
        "own.a: empty", "own.b: does ",
    ]  # fmt: skip


# ---- reading


def test_five_lines_are_a_pack(tmp_path: Path) -> None:
    [pack] = read_packs([write(tmp_path, SHORTEST)])
    [rule] = pack.rules
    assert (rule.id, rule.like) == ("own.handshake", "trigger.noun.agreement")


def test_the_first_fault_is_told_and_how_many_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, f"{trigger('pattern: []')}\n  - words")
    with pytest.raises(RuleError, match=r":2: rule own.a: empty pattern.*; 1 more: pactwire rules"):
        read_packs([path])


def test_an_id_of_another_pack_is_taken(own: Path, tmp_path: Path) -> None:
    other = write(tmp_path, SHORTEST, "other.yaml")
    with pytest.raises(RuleError, match=r"other.yaml:2: rule own.handshake: stands in .*own.yaml"):
        read_packs([own, other])


def test_a_class_of_a_pack_is_its_own(own: Path, tmp_path: Path) -> None:
    [pack] = read_packs([own])
    assert pack.classes_of("triggers")["hands"] == ["handshake", "handshakes"]
    assert "trade" in pack.classes_of("triggers")["quality"]
    own_quality = write(tmp_path, "classes: {quality: [odd]}\n" + trigger(GOOD), "q.yaml")
    rules = load_rules("triggers", VOCAB)
    [pack] = read_packs([own_quality])
    rules.put_first(pack.sections["triggers"], pack.classes_of("triggers"))
    doc = make_doc("an odd trade treaty")
    assert {doc[m.start : m.end].text for m in rules.find(doc)} == {"trade treaty", "treaty"}


# section, entry, the rule it is judged like, what it sets, why
SETTLED = [
    ("triggers", {"set": {"kind": "loan", "form": "noun"}}, "trigger.noun.loan", {}, "same kind"),
    ("triggers", {"set": {"kind": "treaty", "form": "verb"}}, "trigger.verb.sign_with", {}, "form"),
    ("triggers", {"set": {"kind": "loan", "form": "name"}}, "trigger.name.agreement", {}, "form"),
    (
        "triggers",
        {"set": {"kind": "partnership", "form": "verb"}},
        "trigger.verb.agree",
        {},
        "a verb, not a noun that counts as one",
    ),
    (
        "triggers",
        {"like": "trigger.noun.merger"},
        "trigger.noun.merger",
        {"kind": "merger", "form": "noun", "needs": 2},
        "all is taken over",
    ),
    (
        "triggers",
        {"like": "trigger.noun.merger", "set": {"needs": 1}},
        "trigger.noun.merger",
        {"kind": "merger", "form": "noun", "needs": 1},
        "but for what it sets itself",
    ),
    ("statuses", {"set": {"status": "in_force"}}, "status.in_force", {}, "the rule of that status"),
    ("statuses", {"like": "status.described"}, "status.described", {"status": "in_force"}, "named"),
]


@pytest.mark.parametrize(("section", "entry", "like", "sets", "why"), SETTLED)
def test_what_like_implies(section, entry, like, sets, why) -> None:
    settled = settle(section, entry)
    assert (settled["like"], settled["set"]) == (like, sets or entry["set"]), why


# ---- at work


def find_by(path: Path, text: str) -> list[Mention]:
    [pack] = read_packs([path])
    sets = {name: load_rules(name, VOCAB) for name in ("triggers", "decoys", "statuses")}
    for name, rules in pack.sections.items():
        sets[name].put_first(rules, pack.classes_of(name))
    doc = make_doc(text)
    mentions = find_mentions(doc, sets["triggers"], sets["decoys"])
    find_cues(doc, mentions, sets["statuses"])
    return mentions


def test_rules_of_a_pack_go_by_the_names_that_the_judge_knows(own: Path) -> None:
    doc = make_doc("They mothballed their handshake.")
    [mention] = find_by(own, doc.text)
    assert (mention.rules, mention.cues) == (
        ["own.handshake"],
        ["own.mothballed", "status.in_force"],
    )
    told = {*agreement_features(doc, [mention], []), *status_features(doc, [mention])}
    assert not [feature for feature in told if "own." in feature]
    assert {"rule=trigger.noun.agreement", "first=status.ended", "latest=ended"} <= told


def test_a_pack_goes_before_a_shipped_rule_that_finds_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, "triggers:\n  - {id: z.pact, pattern: pact, like: trigger.noun.treaty}")
    [mention] = find_by(path, "They signed a pact.")
    assert (mention.rules, mention.kind) == (["z.pact"], "treaty")


class _Reading:
    chance = 0.01
    statuses = (0.0,) * len(STATUSES)


def test_the_reader_does_not_overrule_a_trigger_of_the_user(own: Path) -> None:
    for text, likely in (("They sealed a handshake.", True), ("They sealed a deal.", False)):
        [mention] = find_by(own, text)
        mention.reading = _Reading()
        assert is_likely(mention) is likely
        plain, reading = load_judge("judge"), load_judge("judge")
        component = Agreements(AgreementRules(*[None] * 4), Judges(plain, reading), _Encoder())
        assert component.judge_of([mention]) is (plain if likely else reading)


class _Encoder:
    can_read = True


# text, kind, status, its rules that are of the pack, why; None: no agreement
AT_WORK = [
    ("Peru and Chile sealed a handshake on fisheries in Lima on Monday.",
     ("agreement", "signed"), ["own.handshake"], "an unusual word"),
    ("Peru and Chile sealed a ceremonial handshake on fisheries on Monday.",
     None, [], "a decoy takes it away"),
    ("Kenya mothballed its grazing deal with Uganda on Monday.",
     ("agreement", "ended"), ["own.mothballed"], "a status that the shipped rules do not know"),
]  # fmt: skip


@pytest.mark.model
def test_a_pack_at_work(own: Path, extractor: Extractor) -> None:
    with_pack = load(rules=[own])
    assert with_pack.run.rules_sha256 != extractor.run.rules_sha256
    for text, expected, rules, why in AT_WORK:
        found = with_pack(text).agreements
        assert [(a.kind, a.status) for a in found] == ([expected] if expected else []), why
        assert [rule for a in found for rule in a.rules if rule.startswith("own.")] == rules, why
    without = [[(a.kind, a.status) for a in extractor(text).agreements] for text, *_ in AT_WORK]
    assert without == [[], [], [("agreement", "in_force")]], "all three are the doing of the pack"


@pytest.mark.model
def test_a_decoy_of_a_pack_takes_a_shipped_trigger_away(tmp_path: Path, extractor) -> None:
    text = "Peru and Chile signed a paper treaty on fisheries in Lima on Monday."
    path = write(tmp_path, "decoys:\n  - {id: own.paper, pattern: paper <treaty>}")
    assert len(extractor(text).agreements) == 1
    assert load(rules=str(path))(text).agreements == []


def test_each_rule_has_its_line(own: Path) -> None:
    pack, faults = read_pack(own)
    assert faults == []
    assert dict(pack.lines) == {"own.handshake": 5, "own.ceremonial": 11, "own.mothballed": 16}
