"""Which predicted agreement is aligned with which gold one."""

import sys

import pytest

from extract.errors import PactwireError
from extract.evaluation.align import align, count_matches, same_party, same_person
from extract.evaluation.gold import Mark, MarkedAgreement, MarkedName

TEXT = (
    "Norland and Sudia signed a fishing pact on Monday. "
    "The Norland Mining Corporation (NMC) agreed to supply the Sudian government. "
    "A second pact binds Norland, Westria and Eastria."
)


def mark(words: str, nth: int = 1) -> Mark:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Mark(start, start + len(words), words)


def name(*mentions: str | Mark, called: str | None = None) -> MarkedName:
    marks = tuple(mark(m) if isinstance(m, str) else m for m in mentions)
    return MarkedName(called or marks[0].text, marks)


def agreement(
    *triggers: Mark, parties: tuple[MarkedName, ...] = (), evidence: tuple[Mark, ...] = ()
) -> MarkedAgreement:
    return MarkedAgreement("agreement", "signed", triggers, parties, evidence=evidence)


PACT, SECOND, AGREED = mark("pact"), mark("pact", 2), mark("agreed")
FIRST_SENTENCE = mark("Norland and Sudia signed a fishing pact on Monday.")
NORLAND, SUDIA, WESTRIA = name("Norland"), name("Sudia"), name("Westria")
CORPORATION = name("Norland Mining Corporation", "NMC")

PARTIES = [
    (NORLAND, name("Norland"), True, "same span"),
    (NORLAND, name(mark("Norland", 3)), True, "another mention, but the same name"),
    (NORLAND, name("Sudia", called="NORLAND"), True, "the name counts, whatever its case"),
    (CORPORATION, name("(NMC)", called="NMC"), True, "the name is the acronym of a mention"),
    (
        CORPORATION,
        name("agreed", called="the Norland Mining\nCorporation"),
        True,
        "blanks",
    ),
    (name("The Norland Mining Corporation"), CORPORATION, True, "the article is the gold's"),
    (CORPORATION, name("Norland Mining", "NMC"), True, "one of several spans is enough"),
    (CORPORATION, name("Norland Mining"), False, "part of a mention is none"),
    (name("Sudian", called="Sudia"), name("Sudia"), False, "the gold's name is no mention of it"),
    (NORLAND, SUDIA, False, "another country"),
    (name("Sudia", called="Anland"), name("Norland", called="land"), False, "no article in a word"),
]


@pytest.mark.parametrize(("gold", "predicted", "right", "why"), PARTIES)
def test_same_party(gold: MarkedName, predicted: MarkedName, right: bool, why: str) -> None:
    assert same_party(gold, predicted) is right, why


def test_same_person_takes_any_overlap() -> None:
    assert same_person(CORPORATION, name("Mining"))
    assert not same_person(NORLAND, name("Sudia", called="Norland"))


def test_matches_are_one_to_one_and_as_many_as_possible() -> None:
    wide = name("Norland", "Sudia")  # taken for Norland alone, it would leave Sudia without one
    assert count_matches([NORLAND, SUDIA], [wide, NORLAND], same_party) == 2
    assert count_matches([wide], [NORLAND, SUDIA], same_party) == 1
    assert count_matches([], [NORLAND], same_party) == 0


ELIGIBLE = [
    (agreement(PACT), agreement(PACT), True, "the same trigger"),
    (agreement(PACT), agreement(mark("fishing pact")), True, "overlapping triggers"),
    (agreement(PACT, AGREED), agreement(AGREED), True, "one of several triggers"),
    (agreement(PACT), agreement(mark("fishing ")), False, "touching is no overlap"),
    (
        agreement(PACT, parties=(NORLAND,)),
        agreement(mark("signed"), parties=(NORLAND, WESTRIA), evidence=(FIRST_SENTENCE,)),
        True,
        "the evidence holds the trigger, a party is shared",
    ),
    (
        agreement(PACT, parties=(NORLAND,)),
        agreement(mark("signed"), parties=(WESTRIA,), evidence=(FIRST_SENTENCE,)),
        False,
        "the evidence holds the trigger, no party is shared",
    ),
    (
        agreement(SECOND, parties=(NORLAND,)),
        agreement(mark("signed"), parties=(NORLAND,), evidence=(FIRST_SENTENCE,)),
        False,
        "a party is shared, the trigger stands elsewhere",
    ),
]


@pytest.mark.parametrize(("gold", "predicted", "may", "why"), ELIGIBLE)
def test_which_pairs_may_align(
    gold: MarkedAgreement, predicted: MarkedAgreement, may: bool, why: str
) -> None:
    expected = [(gold, predicted)] if may else [(gold, None), (None, predicted)]
    assert align([gold], [predicted]) == expected, why


def test_parties_decide_between_agreements_of_one_trigger() -> None:
    gold = [agreement(PACT, parties=(NORLAND, SUDIA)), agreement(PACT, parties=(NORLAND, WESTRIA))]
    predicted = [agreement(PACT, parties=(WESTRIA,)), agreement(PACT, parties=(SUDIA,))]
    pairs = align(gold, predicted)
    assert {(g.parties[1].name, p.parties[0].name) for g, p in pairs if g and p} == {
        ("Sudia", "Sudia"),
        ("Westria", "Westria"),
    }


def test_the_sum_counts_not_the_best_single_pair() -> None:
    both = agreement(PACT, SECOND, parties=(NORLAND, SUDIA))
    first = agreement(PACT, parties=(NORLAND, SUDIA))  # 2.0 with both, 2.0 with narrow
    narrow = agreement(PACT, parties=(NORLAND, SUDIA))
    second = agreement(SECOND, parties=(WESTRIA,))  # 1.0 with both, nothing with narrow
    assert align([first, second], [both, narrow]) == [(first, narrow), (second, both)]


def test_a_prediction_over_two_gold_agreements_takes_one() -> None:
    gold = [agreement(PACT, parties=(NORLAND,)), agreement(SECOND, parties=(WESTRIA,))]
    predicted = agreement(PACT, SECOND, parties=(WESTRIA,))
    assert align(gold, [predicted]) == [(gold[0], None), (gold[1], predicted)]


def test_order_changes_nothing() -> None:
    """Equal similarity everywhere: the earlier trigger decides, however they are listed."""
    gold = [agreement(PACT, parties=(NORLAND,)), agreement(AGREED, parties=(NORLAND,))]
    predicted = [
        agreement(PACT, AGREED, parties=(NORLAND,), evidence=(FIRST_SENTENCE,)),
        agreement(AGREED, PACT, parties=(NORLAND,)),
    ]
    pairs = align(gold, predicted)
    assert align(gold[::-1], predicted[::-1]) == pairs
    assert [g.triggers for g, _ in pairs if g] == [(PACT,), (AGREED,)]


def test_nothing_on_either_side() -> None:
    one = agreement(PACT)
    assert align([], []) == []
    assert align([one], []) == [(one, None)]
    assert align([], [one]) == [(None, one)]


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(PactwireError, match=r"pip install 'pactwire\[evaluate\]'"):
        align([agreement(PACT)], [agreement(PACT)])
