"""Reasons: each is what the judge weighed, told in words that need no knowledge of the code."""

import io
import json
import math

import numpy as np
import pytest
from docs import make_doc, make_tree
from rich.console import Console
from spacy.tokens import Doc
from test_agreements import make_mention, word_at

import extract.components.frames  # noqa: F401 - registers what hangs on a Doc
from extract.components.agreements.fired import find_fired
from extract.components.agreements.hearing import Hearing, hear
from extract.components.agreements.judging import Judge, SlotModel, load_judge
from extract.components.agreements.left_out import find_left_out
from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.quotes import quote_sides
from extract.components.agreements.readings import read_part
from extract.components.agreements.reasons import give_reasons, reasons_left_out
from extract.components.agreements.slots import SLOTS
from extract.components.agreements.weighing import to_reasons, weigh
from extract.components.frames import ReasonsFrame
from extract.encoder.reading import PART_LABELS, Reading
from extract.pipeline import Extractor
from extract.report.explain import explain_doc, to_json
from extract.report.reasons import (
    explain_slots,
    print_slots,
    strongest,
    tell_reasons,
    to_sentence,
)
from extract.report.wording import to_words
from extract.vocabulary import STATUSES, TIES

SIGNED = {"how=subject": "signed", "cue=status.signed": "signed a pact", "sure": "1.69"}

# feature, slot, quotes, words, why
WORDS = [
    ("how=subject", "party", SIGNED, 'subject of "signed"', "the verb is quoted"),
    ("how=subject,form=noun", "party", SIGNED, 'subject of "signed"', "the form adds to it"),
    ("how=subject", "party", {}, "subject of the verb", "no verb is known"),
    ("how=with", "party", {"how=with": "with Peru"}, '"with Peru"', "the words themselves"),
    ("how=from", "agreement", {}, 'after "from"', "nothing to quote"),
    ("type=country,untied,tied=1", "party", {}, "a country", "the case is left out"),
    ("tied=0,untied,tied=0", "party", {}, "no construction ties any party", "the case, twice"),
    ("described,tag=NNS", "party", {}, "described, not named", "whatever its tag"),
    ("cue=status.signed", "status", SIGNED, 'status.signed fired on "signed a pact"', "a cue"),
    ("first=status.signed", "status", SIGNED, 'status.signed fired on "signed a pact"', "same"),
    ("latest=signed", "status", SIGNED, 'status.signed fired on "signed a pact"', "same"),
    ("latest=none", "status", SIGNED, "no status rule fired", "none"),
    ("rule=relative.weekday", "date", {}, "relative.weekday fired", "the rule of a date"),
    ("status=signed,on_cue", "date", {}, "beside the words that tell the status", "combined"),
    ("cue=status.signed,time=past", "date", {}, "before publication", "combined"),
    (
        "cue=none,['of_trigger', 'same_sentence']",
        "date",
        {},
        "in a clause that says how it came about",
        "the tie that says most",
    ),
    ("cue=none,['same_sentence']", "date", {}, "in the sentence of the trigger", "the only one"),
    ("cue=status.signed,obl:in", "place", {}, 'grammar: after "in"', "combined"),
    ("dep=obj", "agreement", {}, "the trigger as object", "of the trigger"),
    ("dep=nsubj", "signatory", {}, "grammar: subject", "of the candidate"),
    ("dep=obl:", "place", {}, "grammar: adjunct of a verb, without a preposition", "bare"),
    ("sure>1.5", "agreement", SIGNED, "how sure its parties are, summed: 1.69", "a step"),
    ("distance<6", "date", {}, "fewer than 6 words from the trigger", "near"),
    ("distance<99", "date", {}, "many words from the trigger", "the last class has no limit"),
    (
        "part=complement",
        "topic",
        {"construction": "noun complement short"},
        "complement of the trigger",
        "the parts of a construction are one reason",
    ),
    ("new_thing=7", "party", {}, "new_thing=7", "what has no words stays as it is"),
]


@pytest.mark.parametrize(("feature", "slot", "quotes", "words", "why"), WORDS)
def test_words(feature: str, slot: str, quotes: dict[str, str], words: str, why: str) -> None:
    assert to_words(feature, slot, quotes) == words, why


@pytest.mark.parametrize("name", ["judge"])
def test_every_feature_of_the_judge_has_words(name: str) -> None:
    judge = load_judge(name)
    weights = {slot: set(model.weights) for slot, model in judge.slots.items()}
    weights |= {"party": set(judge.parties), "agreement": set(judge.agreements)}
    weights["status"] = {feature for model in judge.statuses.values() for feature in model}
    wordless = [
        (slot, feature)
        for slot, features in weights.items()
        for feature in features - {"bias"}
        if not feature.startswith("read")  # told as a probability, see tell_reasons
        and any(mark in to_words(feature, slot, {}) for mark in "=<>_")
        and not to_words(feature, slot, {}).endswith("fired")
    ]
    assert wordless == [], "put them into words in extract/report/wording.py"


# ---- reasons from frames made by hand

WEIGHTS = {
    "how=subject": 1.5,
    "how=subject,form=noun": 0.25,
    "mentions=1": -0.25,
    "read party>0.5": 1.0,
    "read party>0.8": 0.5,
    "type=country": 0.75,
    "before": 0.5,
    "before,untied,tied=1": -0.5,
}


def _party(**known: object) -> ReasonsFrame:
    given = {"weights": WEIGHTS, "readings": {"read party": 0.934}, "chance": 0.9, "needed": 0.34}
    return to_reasons("party", "Peru", (2, 3), **{**given, **known})


def test_reasons_are_summed_by_what_they_say_strongest_first() -> None:
    told = [(reason.text, reason.weight) for reason in tell_reasons(_party())]
    assert told == [
        ("subject of the verb", 1.75),
        ("reader: party 0.93", 1.5),
        ("a country", 0.75),
        ("named once", -0.25),
    ], "the steps of a reading are one; what sums up to nothing is left out"


def test_a_reading_without_its_probability_is_told_by_its_steps() -> None:
    told = {reason.text for reason in tell_reasons(_party(readings={}))}
    assert {"reader: party over 0.5", "reader: party over 0.8"} <= told


def _explained(*frames: ReasonsFrame) -> Doc:
    doc = make_doc("Kenya and Peru signed a pact.")
    doc._.reasons = list(frames)
    return doc


def test_a_slot_shows_its_three_strongest_reasons() -> None:
    [slot] = explain_slots(_explained({**_party(), "agreement": 0}))
    assert [reason.text for reason in strongest(slot)] == [
        "subject of the verb",
        "reader: party 0.93",
        "a country",
    ]
    assert to_sentence(slot) == (
        "a1: 0.90 Peru; subject of the verb +1.75; reader: party 0.93 +1.50; a country +0.75"
    )


def test_what_was_refused_shows_what_speaks_against_it_first() -> None:
    weights = {"type=country": 2.0, "untied": -0.5, "mentions=1": -0.25, "behind_person": 0.1}
    [slot] = explain_slots(_explained(_party(weights=weights, filled=False, chance=0.2)))
    shown = [(reason.text, reason.weight) for reason in strongest(slot)]
    assert shown == [
        ("in no construction with the trigger", -0.5),
        ("named once", -0.25),
        ("a country", 2.0),
    ]


def test_what_was_refused_for_nothing_in_particular_shows_how_little_there_is() -> None:
    [slot] = explain_slots(_explained(_party(weights={"mentions=2": 0.1}, filled=False)))
    assert [reason.text for reason in strongest(slot)] == ["named twice"]


def _print(doc: Doc, width: int = 60) -> list[str]:
    console = Console(file=io.StringIO(), record=True, width=width, markup=False)
    print_slots(explain_slots(doc), console)
    return [" ".join(line.split()) for line in console.export_text().splitlines()]


def test_the_table_has_a_block_an_agreement_and_one_for_what_was_refused() -> None:
    kept = {**_party(rules=["party.subject"], weights={"type=country": 0.75}), "agreement": 0}
    other = {**_party(weights={}, filled=False, chance=0.2), "agreement": 0}
    refused = to_reasons("agreement", "[pact]\x1b", (5, 6), filled=False, note="[no] party")
    assert _print(_explained(kept, refused, other)) == [
        "slot sure filled with, and why",
        "a1",
        "party 0.90 Peru party.subject",
        "+0.75 a country",
        "not party 0.20 Peru needs 0.34",
        "",
        "refused",
        "agreement [pact]",
        "[no] party",
    ]


@pytest.mark.parametrize("width", [24, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, _print(_explained(_party()), width))) <= width


def test_a_doc_without_reasons_shows_none() -> None:
    doc = make_doc("Nothing.")
    assert (explain_slots(doc), _print(doc)) == ([], [])


def test_a_pipe_gets_the_slots_as_rows() -> None:
    doc = _explained({**_party(), "agreement": 0}, _party(filled=False, rules=["party.with"]))
    rows = explain_doc(doc, slots=True)
    assert [(row.layer, row.rule, row.text) for row in rows] == [
        ("refused:party", "party.with", "Peru"),
        ("slot:party", "judge", "Peru"),
    ]
    assert explain_doc(doc) == []


def test_json_has_all_reasons_with_their_features() -> None:
    content = json.loads(to_json(_explained({**_party(rival="x"), "agreement": 1})))
    [slot] = content["slots"]
    assert (slot["agreement"], slot["start"], slot["end"], slot["rival"]) == ("a2", 10, 14, "x")
    assert slot["reasons"][0] == {
        "text": "subject of the verb",
        "weight": 1.75,
        "features": ["how=subject", "how=subject,form=noun"],
    }
    assert len(slot["reasons"]) == 4


# ---- reasons from a judge made by hand: the weights told are those that decided

FLAT = SlotModel({"bias": -1.0}, 0.5)
JUDGE = Judge(
    parties={"bias": -1.0, "how=between": 2.5, "type=country": 0.5, "untied": -1.5}
    | {"read party>0.5": 0.75, "read party>0.9": 0.25},
    party_threshold=0.5,
    agreements={"bias": -0.5, "how=between": 1.0, "parties=2": 1.0, "read>0.5": 0.5},
    threshold=0.5,
    statuses={
        "agreed": {"bias": 0.5, "cue=status.signed": -0.5},
        "signed": {"bias": 0.0, "cue=status.signed": 1.5, "read signed>0.5": 1.0},
        "ended": {"bias": -3.0},
    },
    slots=dict.fromkeys(SLOTS, FLAT),
)
BETWEEN = """A/DET/det/pact pact/NOUN/nsubj:pass/signed between/ADP/case/Fiji Fiji/PROPN/nmod/pact
    and/CCONJ/cc/Chad Chad/PROPN/conj/Fiji was/AUX/aux:pass/signed signed/VERB/ROOT/signed
    near/ADP/case/Togo Togo/PROPN/obl/signed"""


def _read(doc: Doc, *, chance: float = 0.8) -> Reading:
    """Return a reading that takes the first name for a party and the agreement for signed."""
    statuses = np.full(len(STATUSES), 0.02, np.float32)
    statuses[STATUSES.index("signed")] = 0.82
    parts = np.zeros((len(doc), len(PART_LABELS)), np.float32)
    parts[3, PART_LABELS.index("B-party")] = 0.93
    return Reading(chance, statuses, np.arange(len(doc)), parts)


def _hear(judge: Judge = JUDGE, *, reading: bool = False) -> tuple[Hearing, Mention]:
    doc = make_tree(BETWEEN)
    doc._.entities = [
        {"type": "GPE", "name": name, "mentions": [span], "country": iso, "ids": {"iso3166": iso}}
        for name, span, iso in (
            ("Fiji", (3, 4), "FJ"),
            ("Chad", (5, 6), "TD"),
            ("Togo", (9, 10), "TG"),
        )
    ]
    mention = make_mention(doc, 1)
    mention.cues, mention.cue_spans = ["status.signed"], {"status.signed": (1, 8)}
    mention.sides = [Side(0, (3, 4), "between"), Side(1, (5, 6), "between")]
    mention.reading = _read(doc) if reading else None
    return hear(judge, doc, [mention], PartyFinder(doc)), mention


FRAME = {
    "kind": "agreement",
    "status": "signed",
    "parties": [{"name": "Fiji", "mentions": [(3, 4)]}, {"name": "Chad", "mentions": [(5, 6)]}],
}


def test_the_reasons_of_an_agreement_are_what_decided() -> None:
    hearing, _ = _hear()
    told = {(r["slot"], r["text"]): r for r in give_reasons(hearing, FRAME, 4)}
    assert list(told) == [
        ("agreement", "pact"),
        ("kind", "agreement"),
        ("status", "signed"),
        ("party", "Fiji"),
        ("party", "Chad"),
        ("party", "Togo"),
        ("place", "Fiji"),
        ("topic", "signed near Togo"),
    ]
    assert [key for key, reasons in told.items() if not reasons["filled"]] == list(told)[5:]
    assert {reasons["agreement"] for reasons in told.values()} == {4}
    fiji, togo = told["party", "Fiji"], told["party", "Togo"]
    assert fiji["rules"] == ["party.between"]
    assert fiji["quotes"] == {"how=between": "between Fiji and Chad"}
    assert fiji["weights"] == {"how=between": 2.5, "type=country": 0.5}
    assert togo["weights"] == {"type=country": 0.5, "untied": -1.5}


@pytest.mark.parametrize("reading", [False, True])
def test_the_weights_told_give_the_chance_told(reading: bool) -> None:
    hearing, _ = _hear(reading=reading)
    biases = {"agreement": JUDGE.agreements["bias"], "party": JUDGE.parties["bias"]}
    for reasons in give_reasons(hearing, FRAME, 0):
        if reasons["slot"] in biases:
            score = biases[reasons["slot"]] + sum(reasons["weights"].values())
            assert reasons["chance"] == pytest.approx(1 / (1 + math.exp(-score)))


def test_a_status_is_weighed_against_the_one_that_it_outdid() -> None:
    hearing, _ = _hear()
    [status] = [r for r in give_reasons(hearing, FRAME, 0) if r["slot"] == "status"]
    assert (status["rival"], status["weights"]) == ("agreed", {"cue=status.signed": 2.0})
    assert status["rules"] == ["status.signed"]
    scores = {"agreed": 0.0, "signed": 1.5, "ended": -3.0}
    shares = {name: math.exp(score) for name, score in scores.items()}
    assert status["chance"] == pytest.approx(shares["signed"] / sum(shares.values()))


def test_what_a_reader_says_is_told_as_a_probability() -> None:
    hearing, _ = _hear(reading=True)
    told = {(r["slot"], r["text"]): r for r in give_reasons(hearing, FRAME, 0)}
    texts = {key: {reason.text for reason in tell_reasons(r)} for key, r in told.items()}
    assert "reader: an agreement 0.80" in texts["agreement", "pact"]
    assert "reader: party 0.93" in texts["party", "Fiji"]
    assert "reader: signed 0.82" in texts["status", "signed"]
    assert not any(text.startswith("reader") for text in texts["party", "Chad"])


def test_a_part_is_told_by_its_likeliest_span() -> None:
    doc = make_tree(BETWEEN)
    mention = make_mention(doc, 1)
    assert read_part([mention], "party", [(3, 4)]) == {}, "no reader, nothing said"
    mention.reading = _read(doc)
    assert read_part([mention], "party", [(3, 4), (5, 6)]) == {"read party": pytest.approx(0.93)}


def test_a_refused_candidate_tells_who_its_parties_would_be() -> None:
    strict = Judge(JUDGE.parties, 0.5, JUDGE.agreements, 0.99, JUDGE.statuses, JUDGE.slots)
    hearing, _ = _hear(strict)
    [refused] = give_reasons(hearing, None, None)
    assert (refused["filled"], refused["needed"]) == (False, 0.99)
    assert refused["note"] == "with Fiji and Chad as parties"


def test_a_candidate_without_a_party_tells_whom_it_refused() -> None:
    nobody = Judge({"bias": -1.0}, 0.5, JUDGE.agreements, 0.5, JUDGE.statuses, JUDGE.slots)
    hearing, _ = _hear(nobody)
    agreement, *sides = give_reasons(hearing, None, None)
    assert agreement["note"] == "no party to it is found"
    assert [(side["slot"], side["filled"]) for side in sides] == [("party", False)] * 2


def test_weigh_leaves_out_what_decides_nothing() -> None:
    assert weigh({"bias": 3.0, "a": 0.0, "b": -1.0, "c": 2.0}, ["c", "b", "a", "bias", "d"]) == {
        "b": -1.0,
        "c": 2.0,
    }


# ---- quotes, rules and what was left out


def test_a_construction_is_quoted_from_the_text() -> None:
    doc = make_tree("""Fiji/PROPN/nsubj/signed signed/VERB/ROOT/signed a/DET/det/pact
        pact/NOUN/obj/signed with/ADP/case/Chad Chad/PROPN/obl/signed""")
    mention = make_mention(doc, 3)
    mention.sides = [Side(0, (0, 1), "subject"), Side(1, (5, 6), "with"), Side(2, (0, 1), "person")]
    hearing = Hearing(JUDGE, doc, [mention], PartyFinder(doc), [], [], [], 0.0)
    assert quote_sides(hearing, mention.sides) == {
        "how=subject": "signed",
        "how=with": "with Chad",
    }


def test_all_rules_that_fired_are_listed_once() -> None:
    doc = make_doc("Minister Ada Obi and the two sides signed a pact on Monday.")
    doc._.dates = [{"span": (11, 12), "rule": "relative.weekday"}]
    doc._.entities = [{"type": "PERSON", "name": "Ada Obi", "mentions": [(1, 3)]}]
    doc._.roles = [{"person": (1, 3), "rule": "role.before_name"}]
    doc._.references = [{"span": (4, 7), "entities": [], "rule": "reference.two_sides"}]
    mention = make_mention(doc, word_at(doc, "pact"))
    mention.cues = ["status.signed"]
    sides = [Side(1, (4, 7), "subject"), Side(2, (4, 6), "context")]
    fired = find_fired([mention], PartyFinder(doc), sides=sides, signatories=[0], date=0)
    assert fired == [
        "party.context",
        "party.subject",
        "reference.two_sides",
        "relative.weekday",
        "role.before_name",
        "status.signed",
        "test",
    ]


LEFT_OUT = [
    ({"form": "verb"}, None, "a noun in its sentence tells of the agreement", "shadowed"),
    ({}, 0.01, "the reader sees no agreement in it", "unlikely"),
    ({"continues": True}, None, "it only goes on with an agreement", "nothing to go on with"),
]


@pytest.mark.parametrize(("fields", "chance", "note", "why"), LEFT_OUT)
def test_triggers_that_were_not_judged(
    fields: dict[str, object], chance: float | None, note: str, why: str
) -> None:
    doc = make_doc("They agreed on a pact.")
    kept, left = make_mention(doc, 4), make_mention(doc, 1, **fields)
    left.reading = _read(doc, chance=chance) if chance is not None else None
    found = find_left_out([kept, left], [[kept]])
    [told] = reasons_left_out(doc, found)
    assert (told["text"], told["filled"], told["agreement"]) == ("agreed", False, None), why
    assert told["note"].startswith(note), why
    assert told["chance"] == chance


def test_a_mere_possibility_that_the_reader_denies_is_not_told() -> None:
    doc = make_doc("They agreed on a pact.")
    left = make_mention(doc, 1)
    left.rules, left.reading = ["possible.verb.agree"], _read(doc, chance=0.2)
    assert reasons_left_out(doc, find_left_out([left], [])) == []


# ---- the shipped pipeline

TEXT = (
    "Fiji and Chad signed a fisheries agreement in Suva on Monday. Togo may propose a deal "
    "with Benin on lithium, said Foreign Minister Ada Obi of Togo."
)


@pytest.mark.model
def test_every_slot_of_an_agreement_is_explained(extractor: Extractor) -> None:
    doc = extractor.analyse(TEXT, published="2025-07-03", explain=True)
    slots = explain_slots(doc)
    for number, agreement in enumerate(doc._.agreements, start=1):
        filled = [slot for slot in slots if slot.agreement == f"a{number}" and slot.filled]
        by_slot = {slot.slot: slot for slot in filled}
        assert by_slot["agreement"].confidence == round(agreement["confidence"], 4)
        assert by_slot["status"].text == agreement["status"]
        assert by_slot["kind"].text == agreement["kind"]
        for name in ("date", "place", "topic"):
            assert (name in by_slot) == (agreement[name] is not None)
        for name, frames in (
            ("party", agreement["parties"]),
            ("signatory", agreement["signatories"]),
        ):
            assert len([s for s in filled if s.slot == name]) == len(frames)
        assert {rule for slot in filled for rule in slot.rules} <= set(agreement["rules"])
        assert all(slot.reasons or slot.note for slot in filled)


@pytest.mark.model
def test_explaining_changes_nothing(extractor: Extractor) -> None:
    plain, told = (extractor.analyse(TEXT, explain=explain) for explain in (False, True))
    assert plain._.agreements == told._.agreements
    assert plain._.reasons is None and told._.reasons


@pytest.mark.model
def test_ties_are_those_that_are_documented(extractor: Extractor) -> None:
    doc = extractor.analyse(TEXT)
    ties = {
        tie for agreement in doc._.agreements for p in agreement["parties"] for tie in p["ties"]
    }
    assert ties and ties <= TIES.keys()
