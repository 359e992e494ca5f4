"""Scores by hand: every definition of the scoring on small documents."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import GoldError
from extract.evaluation import evaluate, from_record, read_gold, read_predictions
from extract.evaluation.gold import (
    Mark,
    MarkedAgreement,
    MarkedDate,
    MarkedDocument,
    MarkedName,
)
from extract.evaluation.scores import MEASURES, find_causes
from extract.evaluation.table import to_table
from extract.records import DocumentRecord

TEXT = (
    "Norland and Sudia signed a pact on the joint use of the Long River in Port Anne on "
    "4 May 2031. Anna Brook, the minister, signed for Norland. "
    "Westria will join a gas deal with the Sudian Gas Company (SGC)."
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
SHARED_GOLD = Path(__file__).parents[2] / "shared/data/agreements/press-gold.train.jsonl"


def mark(words: str) -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), words)


def name(*mentions: str) -> MarkedName:
    return MarkedName(mentions[0], tuple(mark(mention) for mention in mentions))


def date(value: str) -> MarkedDate:
    return MarkedDate(value, mark("4 May 2031"))


PACT = MarkedAgreement(
    kind="treaty",
    status="signed",
    triggers=(mark("pact"),),
    parties=(name("Norland"), name("Sudia")),
    signatories=(name("Anna Brook"),),
    date=date("2031-05-04"),
    place=mark("Port Anne"),
    topic=mark("the joint use of the Long River"),
)
DEAL = MarkedAgreement(
    kind="contract",
    status="planned",
    triggers=(mark("deal"),),
    parties=(name("Westria"), name("Sudian Gas Company", "SGC")),
)


def document(*agreements: MarkedAgreement, id: str = "d1") -> MarkedDocument:
    return MarkedDocument(id, SHA256, agreements)


def counts(
    gold: tuple[MarkedAgreement, ...], predicted: tuple[MarkedAgreement, ...], measure: str
) -> tuple[int, int, int]:
    score = evaluate([document(*gold)], [document(*predicted)], resamples=0).scores[measure]
    return score.tp, score.fp, score.fn


NORLAND, SUDIA, WESTRIA = name("Norland"), name("Sudia"), name("Westria")
COUNTS = [
    # measure, gold, predicted, (tp, fp, fn), why
    ("detection", [PACT, DEAL], [PACT], (1, 0, 1), "one is missed"),
    ("detection", [PACT], [PACT, DEAL], (1, 1, 0), "one is spurious"),
    ("detection", [PACT], [replace(PACT, triggers=(mark("gas"),))], (0, 1, 1), "not alignable"),
    (
        "detection",
        [PACT, DEAL],
        [replace(PACT, triggers=(mark("pact"), mark("deal")))],
        (1, 0, 1),
        "one predicted over two gold ones is right once",
    ),
    ("party", [PACT], [replace(PACT, parties=(SUDIA, WESTRIA))], (1, 1, 1), "one of two"),
    ("party", [PACT, DEAL], [PACT], (2, 0, 2), "those of a missed agreement count"),
    ("party", [PACT], [PACT, DEAL], (2, 2, 0), "those of a spurious agreement count"),
    ("party", [DEAL], [replace(DEAL, parties=(name("SGC"),))], (1, 0, 1), "found by its acronym"),
    (
        "party",
        [replace(PACT, parties=(NORLAND,))],
        [replace(PACT, parties=(NORLAND, MarkedName("norland", NORLAND.mentions)))],
        (1, 1, 0),
        "the same party twice is right once",
    ),
    ("status", [PACT], [replace(PACT, status="agreed")], (0, 1, 1), "a wrong one is false twice"),
    ("status", [PACT, DEAL], [PACT], (1, 0, 1), "that of a missed agreement"),
    ("status", [PACT], [PACT, DEAL], (1, 1, 0), "that of a spurious agreement"),
    ("kind", [PACT], [replace(PACT, kind="loan")], (0, 1, 1), "a wrong one is false twice"),
    ("kind", [PACT], [PACT], (1, 0, 0), "right"),
    ("date", [PACT], [PACT], (1, 0, 0), "right"),
    ("date", [DEAL], [DEAL], (0, 0, 0), "null on both sides counts neither way"),
    ("date", [PACT], [replace(PACT, date=None)], (0, 0, 1), "not given"),
    ("date", [DEAL], [replace(DEAL, date=date("2031"))], (0, 1, 0), "made up"),
    ("date", [PACT], [replace(PACT, date=date("2031-05"))], (0, 1, 1), "less exact is not same"),
    (
        "date",
        [PACT],
        [replace(PACT, date=MarkedDate("2031-05-04", mark("May")))],
        (1, 0, 0),
        "the value counts, not where it is from",
    ),
    ("date", [PACT], [DEAL], (0, 0, 1), "that of a missed agreement; the spurious one has none"),
    ("signatory", [PACT], [replace(PACT, signatories=(name("Brook"),))], (1, 0, 0), "overlap"),
    ("signatory", [PACT], [replace(PACT, signatories=(NORLAND,))], (0, 1, 1), "no overlap"),
    (
        "signatory",
        [PACT],
        [replace(PACT, signatories=(name("Anna"), name("Brook")))],
        (1, 1, 0),
        "one person in two halves is right once",
    ),
    ("signatory", [DEAL], [DEAL], (0, 0, 0), "none on both sides"),
    ("place", [PACT], [replace(PACT, place=mark("Anne"))], (1, 0, 0), "overlap"),
    ("place", [PACT], [replace(PACT, place=mark("Norland"))], (0, 1, 1), "no overlap"),
    ("place", [PACT], [replace(PACT, place=None)], (0, 0, 1), "not given"),
    # The topic has seven words.
    ("topic", [PACT], [replace(PACT, topic=mark("of the Long River"))], (1, 0, 0), "four of seven"),
    ("topic", [PACT], [replace(PACT, topic=mark("the Long River"))], (0, 1, 1), "three of seven"),
    (
        "topic",
        [replace(PACT, topic=mark("joint use"))],
        [replace(PACT, topic=mark("the joint use of"))],
        (1, 0, 0),
        "exactly half of the longer, which is the predicted one",
    ),
    (
        "topic",
        [replace(PACT, topic=mark("joint use"))],
        [replace(PACT, topic=mark("the joint use of the"))],
        (0, 1, 1),
        "less than half of the longer",
    ),
    ("topic", [PACT], [DEAL], (0, 0, 1), "that of a missed agreement"),
    ("record", [PACT, DEAL], [PACT, DEAL], (2, 0, 0), "right"),
    ("record", [PACT], [replace(PACT, kind="loan", topic=None)], (1, 0, 0), "kind, topic: no part"),
    ("record", [PACT], [replace(PACT, status="agreed")], (0, 1, 1), "wrong status"),
    ("record", [PACT], [replace(PACT, date=None)], (0, 1, 1), "no date"),
    ("record", [PACT], [replace(PACT, parties=(NORLAND,))], (0, 1, 1), "a party is missing"),
    (
        "record",
        [PACT],
        [replace(PACT, parties=(NORLAND, SUDIA, WESTRIA))],
        (0, 1, 1),
        "a party too many",
    ),
    ("record", [PACT], [replace(PACT, parties=(SUDIA, NORLAND))], (1, 0, 0), "in another order"),
    ("record", [PACT, DEAL], [PACT], (1, 0, 1), "a missed agreement"),
]


@pytest.mark.parametrize(("measure", "gold", "predicted", "expected", "why"), COUNTS)
def test_counts(
    measure: str,
    gold: list[MarkedAgreement],
    predicted: list[MarkedAgreement],
    expected: tuple[int, int, int],
    why: str,
) -> None:
    assert counts(tuple(gold), tuple(predicted), measure) == expected, why


def test_shares_follow_from_the_counts() -> None:
    gold = [document(PACT, DEAL), document(PACT, id="d2")]
    predicted = [document(replace(PACT, parties=(NORLAND,))), document(PACT, DEAL, id="d2")]
    score = evaluate(gold, predicted).scores["party"]
    # d1: one of two right, two missed with the deal; d2: two right, two spurious.
    assert (score.tp, score.fp, score.fn, score.support) == (3, 2, 3, 6)
    assert (score.precision, score.recall) == (3 / 5, 3 / 6)
    assert score.f1 == pytest.approx(6 / 11)
    assert score.low < score.f1 < score.high


def test_perfect_is_one_with_no_doubt() -> None:
    gold = [document(PACT, DEAL), document(id="d2"), document(DEAL, PACT, id="d3")]
    result = evaluate(gold, gold)
    assert tuple(result.scores) == MEASURES
    assert {(s.precision, s.recall, s.f1, s.low, s.high) for s in result.scores.values()} == {
        (1.0, 1.0, 1.0, 1.0, 1.0)
    }
    assert result.errors == ()
    assert len(result.comparisons) == 4


def test_no_predictions_find_nothing() -> None:
    result = evaluate([document(PACT), document(DEAL, id="d2")], [])
    assert result.missing == ("d1", "d2")
    assert {(s.tp, s.fp, s.f1, s.high) for s in result.scores.values()} == {(0, 0, 0.0, 0.0)}
    assert result.scores["party"].fn == 4
    assert [error.causes for error in result.errors] == [("missed",), ("missed",)]


def test_gold_without_agreements_makes_all_spurious() -> None:
    result = evaluate([document()], [document(PACT), document(DEAL, id="other")])
    assert (result.documents, result.missing, result.ignored) == (1, (), 1)
    assert (result.scores["detection"].fp, result.scores["detection"].support) == (1, 0)
    assert [error.causes for error in result.errors] == [("spurious",)]


def test_no_documents_at_all() -> None:
    result = evaluate([], [])
    assert {(s.f1, s.low, s.high, s.support) for s in result.scores.values()} == {(0, 0, 0, 0)}


MIXED_GOLD = [document(PACT, DEAL, id=f"d{i}") for i in range(4)]
MIXED_PREDICTED = [
    document(PACT, DEAL, id="d0"),
    document(replace(PACT, status="agreed"), id="d1"),
    document(replace(DEAL, parties=(WESTRIA, SUDIA)), replace(PACT, topic=None), id="d2"),
]


def test_order_changes_nothing() -> None:
    def turned(documents: list[MarkedDocument]) -> list[MarkedDocument]:
        def turn(agreement: MarkedAgreement) -> MarkedAgreement:
            return replace(agreement, parties=agreement.parties[::-1])

        return [
            replace(d, agreements=tuple(turn(a) for a in d.agreements[::-1]))
            for d in documents[::-1]
        ]

    straight = evaluate(MIXED_GOLD, MIXED_PREDICTED)
    reverse = evaluate(turned(MIXED_GOLD), turned(MIXED_PREDICTED))
    assert reverse.scores == straight.scores
    assert [(e.document, e.causes) for e in reverse.errors] == [
        (e.document, e.causes) for e in straight.errors
    ]


def test_interval_depends_on_the_seed_alone() -> None:
    once, again, other = (
        evaluate(MIXED_GOLD, MIXED_PREDICTED, resamples=10, seed=seed) for seed in (1, 1, 2)
    )
    assert once.to_dict() == again.to_dict()
    assert once.scores["party"] != other.scores["party"]
    assert once.scores["party"].f1 == other.scores["party"].f1


def test_interval_of_one_half_right_document_in_two() -> None:
    """Of two documents, one right: draws of two are both right, both wrong or one of each."""
    gold = [document(PACT), document(PACT, id="d2")]
    score = evaluate(gold, [document(PACT)]).scores["detection"]
    assert (score.f1, score.low, score.high) == (pytest.approx(2 / 3), 0.0, 1.0)


def test_errors_say_what_is_wrong() -> None:
    result = evaluate(MIXED_GOLD, MIXED_PREDICTED)
    assert [(e.document, e.causes) for e in result.errors] == [
        ("d1", ("wrong_status",)),
        ("d1", ("missed",)),
        ("d2", ("wrong_party",)),
        ("d3", ("missed",)),
        ("d3", ("missed",)),
    ]
    assert find_causes(PACT, replace(PACT, kind="loan", date=None)) == ["wrong_kind", "wrong_date"]


def test_to_dict_is_json_with_its_keys_in_order() -> None:
    result = json.loads(json.dumps(evaluate(MIXED_GOLD, MIXED_PREDICTED).to_dict()))
    assert list(result) == ["documents", "missing", "ignored", "scores", "errors"]
    assert list(result["scores"]) == list(MEASURES)
    assert result["scores"]["detection"]["recall"] == round(5 / 8, 4)
    assert result["errors"][0]["gold"]["triggers"][0]["text"] == "pact"


def test_another_text_is_refused() -> None:
    other = replace(document(PACT), sha256="0" * 64)
    with pytest.raises(GoldError, match=r"document d1: .* another text"):
        evaluate([document(PACT)], [other])


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(GoldError, match="document d1: there are two"):
        evaluate([document(PACT), document(DEAL)], [])


def test_table_shows_a_dash_where_nothing_is_to_count() -> None:
    lines = to_table(evaluate([document(DEAL)], [document(DEAL)])).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert " ".join(lines[0].split()) == "| measure | P | R | F1 | 95 % interval | support |"
    assert " ".join(lines[3].split()) == "| party | 1.000 | 1.000 | 1.000 | 1.000–1.000 | 2 |"
    assert " ".join(lines[6].split()) == "| date | - | - | - | - | 0 |"


# --- files -------------------------------------------------------------------------------------


def span(words: str) -> dict[str, Any]:
    marked = mark(words)
    return {"start": marked.start, "end": marked.end, "text": words}


def gold_line(**changes: Any) -> dict[str, Any]:
    agreement = {
        "triggers": [span("pact")],
        "kind": "treaty",
        "status": "signed",
        "parties": [
            {"name": country, "type": "GPE", "mentions": [span(country)]}
            for country in ("Norland", "Sudia")
        ],
        "signatories": [
            {"name": "Anna Brook", "role": None, "party": None, "mentions": [span("Anna Brook")]}
        ],
        "date": {"value": "2031-05-04", "mention": span("4 May 2031")},
        "place": span("Port Anne"),
        "topic": span("the joint use of the Long River"),
        "value": None,
    }
    return {"id": "d1", "title": None, "text": TEXT, "agreements": [agreement | changes]}


def write(path: Path, *lines: object) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_gold_is_read_as_it_is_marked(tmp_path: Path) -> None:
    assert read_gold(write(tmp_path / "gold.jsonl", gold_line())) == [document(PACT)]


BAD_GOLD = [
    ("{not json", "Invalid JSON", "no JSON"),
    (["d1"], "", "no object"),
    ({"id": "d1", "text": TEXT}, "agreements: Field required", "a field is missing"),
    (gold_line(kind="promise"), "agreements.0.kind: .*'treaty'", "an unknown kind"),
    (gold_line(status="done"), "agreements.0.status: .*'signed'", "an unknown status"),
    (gold_line(triggers=[]), "agreements.0.triggers", "nothing evokes it"),
    (
        gold_line(topic={"start": 0, "end": 4, "text": "pact"}),
        "the text at 0:4 is 'Norl', not 'pact'",
        "an offset that does not replay",
    ),
    (
        gold_line(date={"value": "2031", "mention": {"start": 0, "end": 4, "text": "2031"}}),
        "is 'Norl', not '2031'",
        "nor that of a date",
    ),
    (gold_line(place={"start": -9, "end": -5, "text": "SGC)"}), "place.start", "negative offset"),
    (gold_line(), "the id 'd1' is also at .*:1; remove", "an id given twice"),
]


@pytest.mark.parametrize(("line", "message", "why"), BAD_GOLD)
def test_bad_gold_is_refused_with_its_line(
    tmp_path: Path, line: object, message: str, why: str
) -> None:
    path = write(tmp_path / "gold.jsonl", gold_line(), "", line)
    with pytest.raises(GoldError, match=f"gold.jsonl:3: .*{message}"):
        read_gold(path)


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "nowhere.jsonl", tmp_path / "binary"):
        with pytest.raises(GoldError, match=path.name):
            read_gold(path)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_gold_without_a_document_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gold.jsonl: no document in it"):
        read_gold(write(tmp_path / "gold.jsonl", content))


def test_a_missing_file_is_told_plainly(tmp_path: Path) -> None:
    for read in (read_gold, read_predictions):
        with pytest.raises(GoldError, match=r"none.jsonl: no such file"):
            read(tmp_path / "none.jsonl")


def record(**changes: Any) -> dict[str, Any]:
    marked = gold_line()["agreements"][0]
    for party in marked["parties"]:
        party |= {"entity": None, "role": "party"}
    marked["date"] |= {"earliest": None, "latest": None, "granularity": "day"}
    marked |= {
        "id": "a1",
        "place": span("Port Anne") | {"normal": "NO"},
        "topic": span("the joint use of the Long River") | {"normal": None},
        "attribution": None,
        "evidence": [span("Norland and Sudia signed a pact")],
        "confidence": 0.9,
        "rules": [],
    }
    head = {
        "id": "d1",
        "source": "x.txt",
        "location": "x.txt",
        "sha256": SHA256,
        "language": "en",
        "sections": [],
    }
    nothing = dict.fromkeys(["title", "url", "published", "dateline", "byline"])
    return {
        "schema_version": "1.0",
        "run": {"tool": "pactwire", "version": "0", "pipeline": "none", "rules_sha256": ""},
        "document": head | nothing,
        "entities": [],
        "dates": [],
        "agreements": [marked | changes],
        "warnings": [],
    }


def test_predictions_are_read_into_the_same_shape(tmp_path: Path) -> None:
    expected = document(replace(PACT, evidence=(mark("Norland and Sudia signed a pact"),)))
    assert read_predictions(write(tmp_path / "records.jsonl", record())) == [expected]
    assert from_record(DocumentRecord.model_validate(record())) == expected


def test_a_bad_record_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "records.jsonl", record(), record(status="done"))
    with pytest.raises(GoldError, match=r"records.jsonl:2: agreements.0.status"):
        read_predictions(path)


def test_records_of_other_documents_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "records.jsonl", record())
    assert len(read_predictions(path, of=[document(), document(id="d2")])) == 1
    for other in (path, write(tmp_path / "empty.jsonl", "")):
        with pytest.raises(GoldError, match="no record is of a document of the gold"):
            read_predictions(other, of=[document(id="d2")])


def test_gold_and_its_own_record_agree(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path / "gold.jsonl", gold_line()))
    predicted = read_predictions(write(tmp_path / "records.jsonl", record()))
    assert {score.f1 for score in evaluate(gold, predicted).scores.values()} == {1.0}


@pytest.mark.skipif(not SHARED_GOLD.exists(), reason="the training data is not there")
def test_real_gold_against_itself_is_perfect() -> None:
    gold = read_gold(SHARED_GOLD)
    result = evaluate(gold, gold, resamples=100)
    assert {(s.precision, s.recall, s.low) for s in result.scores.values()} == {(1.0, 1.0, 1.0)}
    assert result.scores["detection"].support > 600
