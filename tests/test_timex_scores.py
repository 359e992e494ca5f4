"""The scores of TempEval-3 by hand, the reading of TimeML, and the phrases of test collections."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_records import make_record
from typer.testing import CliRunner, Result

from extract import cli
from extract.errors import GoldError
from extract.evaluation.gold import Mark, digest
from extract.evaluation.timex import (
    PhraseEvaluation,
    TimexEvaluation,
    evaluate_timexes,
    read_timex_gold,
)
from extract.evaluation.timex.gold import TimexGold
from extract.evaluation.timex.marks import MarkedTimex, TimexDocument, from_record
from extract.evaluation.timex.scores import count_pairs, find_causes, pair_timexes
from extract.evaluation.timex.table import to_timex_tables
from extract.records import Date, DocumentRecord
from extract.vocabulary import Granularity

pytest.importorskip("scipy")

TEXT = (
    "The ferry sank on Monday, 3 May 2032, at dawn; divers searched for two days. "
    "It had sailed every week since March."
)


def timex(words: str, value: str | None = None, type: str = "DATE") -> MarkedTimex:
    start = TEXT.index(words)
    return MarkedTimex(Mark(start, start + len(words), words), type, value)


def document(*timexes: MarkedTimex, id: str = "d1") -> TimexDocument:
    return TimexDocument(id, digest(TEXT), timexes, TEXT, "2032-05-05")


def evaluate(gold: list[MarkedTimex], predicted: list[MarkedTimex]) -> TimexEvaluation:
    result = evaluate_timexes(TimexGold((document(*gold),)), [document(*predicted)], resamples=0)
    assert isinstance(result, TimexEvaluation)
    return result


MONDAY = timex("Monday, 3 May 2032", "2032-05-03")
DAWN = timex("dawn", "2032-05-03TMO", "TIME")
DAYS = timex("two days", "P2D", "DURATION")
WEEK = timex("every week", "P1W", "SET")
MARCH = timex("March", "2032-03")
UNKNOWN = replace(MARCH, value=None)
GOLD = [MONDAY, DAWN, DAYS, WEEK, MARCH]
SHORT = timex("3 May 2032", "2032-05-03")

COUNTS = [
    # view, measure, gold, predicted, (tp, fp, fn), why
    ("all types", "strict", GOLD, GOLD, (5, 0, 0), "all the same"),
    ("all types", "value", GOLD, GOLD, (5, 0, 0), "values too"),
    ("all types", "strict", GOLD, [SHORT], (0, 1, 5), "a part of it is no strict match"),
    ("all types", "relaxed", GOLD, [SHORT], (1, 0, 4), "but a relaxed one"),
    ("all types", "value", GOLD, [SHORT], (1, 0, 4), "a value counts on a relaxed match"),
    ("all types", "relaxed", [MONDAY], [timex("at")], (0, 1, 1), "no character in common"),
    (
        "all types",
        "relaxed",
        [MONDAY],
        [timex(" on ")],
        (0, 1, 1),
        "beside it, ending where it begins",
    ),
    ("all types", "relaxed", [MONDAY], [timex("on M")], (1, 0, 0), "one character in common"),
    (
        "all types",
        "relaxed",
        [MONDAY],
        [timex("Monday"), timex("3 May")],
        (1, 1, 0),
        "one to one: the second half is spurious",
    ),
    (
        "all types",
        "relaxed",
        [timex("Monday"), timex("3 May 2032")],
        [MONDAY],
        (1, 0, 1),
        "one to one: the second gold is missed",
    ),
    (
        "all types",
        "relaxed",
        [timex("Monday, 3"), timex("May 2032, at")],
        [timex("onday, 3 May 2032, "), timex("at dawn")],
        (2, 0, 0),
        "two pairs, although the best single one would take both",
    ),
    ("all types", "type", [MONDAY], [replace(MONDAY, type="TIME")], (0, 1, 1), "a wrong type"),
    (
        "all types",
        "value",
        [MONDAY],
        [replace(MONDAY, type="TIME")],
        (1, 0, 0),
        "its value is right",
    ),
    ("all types", "value", [MONDAY], [replace(MONDAY, value="2032-05")], (0, 1, 1), "less exact"),
    ("all types", "type", [MONDAY], [replace(MONDAY, value="2032-05")], (1, 0, 0), "its type is"),
    ("all types", "value", [UNKNOWN], [UNKNOWN], (0, 1, 1), "no value is never right"),
    ("DATE", "relaxed", GOLD, [MONDAY, DAYS], (1, 0, 1), "other types are left out on both sides"),
    ("DATE", "relaxed", [DAWN], [replace(DAWN, type="DATE")], (0, 1, 0), "a date of a time"),
    ("SET", "relaxed", GOLD, [WEEK], (1, 0, 0), "the one set"),
    ("DURATION", "relaxed", GOLD, [WEEK], (0, 0, 1), "the one duration"),
    ("DATE with a value", "value", [MONDAY, UNKNOWN], [MONDAY], (1, 0, 0), "no value: not missed"),
    (
        "DATE with a value",
        "relaxed",
        [MONDAY, UNKNOWN],
        [MONDAY, MARCH, timex("two days")],
        (1, 1, 0),
        "what lies on a date without a value is not spurious; what lies elsewhere is",
    ),
    (
        "DATE with a value",
        "relaxed",
        [replace(MONDAY, value=None)],
        [timex("Monday"), timex("3 May")],
        (0, 0, 0),
        "both halves of a date without a value",
    ),
    ("DATE with a value", "value", [MARCH], [], (0, 0, 1), "missed"),
    ("DATE with a value", "relaxed", [DAYS], [DAYS], (0, 0, 0), "no date"),
    (
        "DATE with a value",
        "value",
        [MONDAY],
        [replace(MONDAY, type="TIME", value=f"{MONDAY.value}TNI")],
        (1, 0, 0),
        "a night counts as its day",
    ),
    (
        "DATE with a value",
        "relaxed",
        [MONDAY],
        [replace(MONDAY, type="TIME", value=f"{MONDAY.value}T15:00")],
        (0, 0, 1),
        "an hour does not",
    ),
    (
        "DATE with a value",
        "relaxed",
        [MONDAY, replace(MARCH, value="PAST_REF")],
        [MONDAY, replace(MARCH, value="PRESENT_REF")],
        (1, 0, 0),
        "what names no days is left out on both sides",
    ),
]


@pytest.mark.parametrize(("view", "measure", "gold", "predicted", "expected", "why"), COUNTS)
def test_counts(
    view: str,
    measure: str,
    gold: list[MarkedTimex],
    predicted: list[MarkedTimex],
    expected: tuple[int, int, int],
    why: str,
) -> None:
    for turn in (1, -1):
        score = evaluate(gold[::turn], predicted[::turn]).scores[view][measure]
        assert (score.tp, score.fp, score.fn) == expected, why


def test_an_attribute_f1_is_the_relaxed_f1_times_its_accuracy() -> None:
    gold = [MONDAY, DAWN, DAYS, WEEK]
    predicted = [SHORT, replace(DAWN, type="DATE"), replace(DAYS, value="P3D"), timex("divers")]
    scores = evaluate(gold, predicted).scores["all types"]
    # Three of four predicted and three of four gold overlap; of those three, one is strict less,
    # two have the right type and two the right value.
    assert scores["relaxed"].f1 == pytest.approx(3 / 4)
    assert scores["strict"].f1 == pytest.approx(2 / 4)
    assert scores["type"].f1 == pytest.approx(3 / 4 * 2 / 3)
    assert scores["value"].f1 == pytest.approx(3 / 4 * 2 / 3)


def test_precision_is_over_the_system_and_recall_over_the_gold() -> None:
    score = evaluate([MONDAY, DAWN, DAYS, WEEK], [MONDAY, timex("divers")]).scores["all types"]
    assert (score["value"].precision, score["value"].recall) == (1 / 2, 1 / 4)
    assert score["value"].f1 == pytest.approx(2 * (1 / 2) * (1 / 4) / (1 / 2 + 1 / 4))
    assert score["value"].support == 4


def test_documents_are_counted_together_and_the_missing_named() -> None:
    gold = TimexGold((document(MONDAY, MARCH), document(MONDAY, id="d2"), document(DAYS, id="d3")))
    predicted = [document(MONDAY), document(MONDAY, DAYS, id="d2"), document(id="d9")]
    result = evaluate_timexes(gold, predicted)
    assert isinstance(result, TimexEvaluation)
    score = result.scores["all types"]["strict"]
    assert (score.tp, score.fp, score.fn) == (2, 1, 2)
    assert (result.documents, result.missing, result.ignored) == (3, ("d3",), 1)
    assert score.low < score.f1 < score.high


def test_the_same_place_is_paired_before_a_larger_one() -> None:
    gold = [timex("3 May 2032")]
    pairs = pair_timexes(gold, [timex("Monday, 3 May"), timex("3 May 2032, at")])
    assert pairs[0][1] == timex("3 May 2032, at")
    assert count_pairs(pairs).tolist()[1] == [1, 1, 0]


CAUSES = [
    (MONDAY, None, ["missed"], "not found"),
    (None, MONDAY, ["spurious"], "not in the gold"),
    (MONDAY, MONDAY, [], "right"),
    (MONDAY, SHORT, ["wrong span"], "a part"),
    (
        MONDAY,
        replace(SHORT, value="2032", type="TIME"),
        ["wrong span", "wrong type", "wrong value"],
        "all at once",
    ),
    (UNKNOWN, MARCH, [], "a value that the gold does not know is not judged"),
]


@pytest.mark.parametrize(("gold", "predicted", "causes", "why"), CAUSES)
def test_causes(
    gold: MarkedTimex | None, predicted: MarkedTimex | None, causes: list[str], why: str
) -> None:
    assert find_causes(gold, predicted) == causes, why


def test_another_text_is_refused() -> None:
    other = replace(document(), sha256="0" * 64)
    with pytest.raises(GoldError, match=r"document d1: .* another text"):
        evaluate_timexes(TimexGold((document(),)), [other])


def record(
    id: str, text: str, words: str, value: str, granularity: Granularity = "day"
) -> DocumentRecord:
    start = text.index(words)
    date = Date(
        text=words,
        start=start,
        end=start + len(words),
        value=value,
        earliest=None,
        latest=None,
        granularity=granularity,
        anchor=None,
        rule="dates.day",
        alternatives=[],
    )
    return make_record(text, id=id, title=None).model_copy(update={"dates": [date]})


def test_a_record_gives_its_dates() -> None:
    found = from_record(record("d1", TEXT, "3 May 2032", "2032-05-03"))
    assert (found.id, found.sha256, found.timexes) == ("d1", digest(TEXT), (SHORT,))


TYPED: list[tuple[Granularity, str]] = [
    ("day", "DATE"),
    ("unresolved", "DATE"),
    ("reference", "DATE"),
    ("time", "TIME"),
    ("duration", "DURATION"),
    ("set", "SET"),
]


@pytest.mark.parametrize(("granularity", "type"), TYPED)
def test_the_granularity_tells_the_type(granularity: Granularity, type: str) -> None:
    [found] = from_record(record("d1", TEXT, "3 May 2032", "2032", granularity)).timexes
    assert found.type == type


# --- tables ------------------------------------------------------------------------------------


def rows(table: str) -> list[str]:
    return [" ".join(line.split()) for line in table.splitlines()]


def test_the_tables() -> None:
    gold = [MONDAY, DAWN, UNKNOWN]
    shown = rows(to_timex_tables(evaluate(gold, [MONDAY, MARCH])))
    strict = [row for row in shown if row.startswith("| strict")]
    assert strict == [
        "| strict | 1.000 | 0.667 | 0.800 | 0.000–0.000 | 3 |",
        "| strict | 1.000 | 1.000 | 1.000 | 0.000–0.000 | 2 |",
        "| strict | 1.000 | 0.500 | 0.667 | 0.000–0.000 | 2 |",
    ]
    assert [shown.index(t) for t in ("All types", "DATE only", "The dates that carry a value")]
    assert "| DATE | 2 | 2 | 1.000 | 1.000 | 0.500 |" in shown
    assert "| TIME | 1 | 0 | 0.000 | 0.000 | 0.000 |" in shown
    assert "| SET | 0 | 0 | - | - | - |" in shown
    assert not any("missed" in row for row in shown)


def test_the_table_of_errors_has_as_many_of_each_cause_as_asked() -> None:
    result = evaluate(GOLD, [SHORT, replace(MARCH, value="2031-03"), timex("divers")])
    shown = rows(to_timex_tables(result, errors=2))
    assert "| missed | 3 |" in shown and "| wrong type | 0 |" in shown
    assert len([row for row in shown if row.startswith("| missed | ")]) == 1 + 2
    [wrong] = [row for row in shown if row.startswith("| wrong value | March")]
    assert "| March = DATE 2032-03 | March = DATE 2031-03 |" in wrong
    assert wrong.endswith("sailed every week since March. | d1 |")
    [spurious] = [row for row in shown if row.startswith("| spurious | -")]
    assert "| divers = DATE (no value) |" in spurious


def test_an_error_shows_no_line_break_and_no_bar() -> None:
    text = "The talks\nof 3|4 May failed."
    mark = MarkedTimex(Mark(13, 20, "3|4 May"), "DATE", None)
    gold = TimexGold((TimexDocument("d1", digest(text), (mark,), text),))
    [row] = [r for r in rows(to_timex_tables(evaluate_timexes(gold, []), errors=1)) if "talks" in r]
    assert "The talks of 3\\|4 May failed." in row


def test_to_dict_is_json() -> None:
    result = json.loads(json.dumps(evaluate(GOLD, [SHORT]).to_dict()))
    assert list(result) == ["documents", "missing", "ignored", "scores", "errors"]
    assert result["scores"]["DATE"]["relaxed"]["recall"] == 0.5
    assert result["errors"][0]["causes"] == ["wrong span"]


# --- TimeML ------------------------------------------------------------------------------------

TIMEML = """<?xml version="1.0" ?>
<TimeML>
<DOCID>harbour_1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2032-05-05" functionInDocument="CREATION_TIME"
>May 5, 2032</TIMEX3></DCT>
<TITLE>Ferry sinks <TIMEX3 tid="t9" type="DATE" value="2032-05">in May</TIMEX3></TITLE>
<TEXT>
Divers &amp; sailors <EVENT eid="e1" class="STATE">searched</EVENT> <SIGNAL sid="s1">on</SIGNAL>
<TIMEX3 tid="t1" type="DATE" value="2032-05-03"> Monday <EVENT eid="e2">morning</EVENT></TIMEX3>
— in vain<TIMEX3 tid="t2" type="DURATION" value="P2D"/>, for <TIMEX3 tid="t3" type="DURATION"
value="">two days</TIMEX3>.
</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1" tense="PAST"/>
</TimeML>
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_timeml_is_read_as_tempeval_has_it(tmp_path: Path) -> None:
    [found] = read_timex_gold(write(tmp_path / "ferry.tml", TIMEML)).documents
    assert found.text == (
        "\nDivers & sailors searched on\n Monday morning\n— in vain, for two days.\n"
    )
    assert (found.id, found.dct, found.sha256) == ("ferry", "2032-05-05", digest(found.text))
    # Without blanks at its ends; the empty TIMEX3 and those outside of the text are left out.
    assert [(t.mark.text, t.type, t.value) for t in found.timexes] == [
        ("Monday morning", "DATE", "2032-05-03"),
        ("two days", "DURATION", None),
    ]
    for marked in found.timexes:
        assert found.text[marked.mark.start : marked.mark.end] == marked.mark.text


def test_a_folder_gives_its_tml_files_by_their_names(tmp_path: Path) -> None:
    for name in ("b.tml", "a/b.tml", "a/c.txt"):
        write(tmp_path / name, TIMEML)
    assert [d.id for d in read_timex_gold(tmp_path).documents] == ["a/b", "b"]


BAD_TIMEML = [
    ("<TimeML>\n<TEXT>a\n</TimeML>", r"x.tml:3: not well-formed XML: mismatched tag", "a tag"),
    ("", r"x.tml:1: not well-formed XML: no element found", "an empty file"),
    ("{}\n", r"x.tml:1: not well-formed XML", "JSON"),
    ("<TimeML>May</TimeML>", r"x.tml: no <TEXT> in it", "no text"),
    (
        '<!DOCTYPE T [\n<!ENTITY a "May">]><TimeML><TEXT>&a;</TEXT></TimeML>',
        r"x.tml:2: the entity a of a DTD",
        "an entity, which could stand for a thousand others",
    ),
    (
        '<!DOCTYPE T SYSTEM "t.dtd">\n<TimeML><TEXT>&a;</TEXT></TimeML>',
        r"x.tml:2: the entity a of a DTD",
        "one that a DTD elsewhere may declare",
    ),
    (
        '<?xml version="1.0" encoding="klingon"?><TimeML/>',
        r"x.tml:1: not well-formed XML: unknown encoding|x.tml:1: cannot be decoded",
        "an encoding that nobody knows",
    ),
    (
        '<TimeML><TEXT>on\n<TIMEX3 value="2032">2032</TIMEX3></TEXT></TimeML>',
        r"x.tml:2: a TIMEX3 of type None",
        "no type",
    ),
    (
        '<TimeML><TEXT><TIMEX3 type="Date" value="2032">2032</TIMEX3></TEXT></TimeML>',
        r"x.tml:1: a TIMEX3 of type 'Date'",
        "no such type",
    ),
]


@pytest.mark.parametrize(("content", "message", "why"), BAD_TIMEML)
def test_bad_timeml_is_refused_with_its_line(
    content: str, message: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(GoldError, match=message) as error:
        read_timex_gold(write(tmp_path / "x.tml", content))
    assert "\n" not in str(error.value), why


# --- JSON lines --------------------------------------------------------------------------------


def span(words: str, **fields: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **fields}


def write_lines(path: Path, *lines: object) -> Path:
    return write(path, "\n".join(json.dumps(line) for line in lines))


def line(*timexes: object, id: str = "d1") -> dict[str, object]:
    return {"id": id, "dct": "2032-05-05", "text": TEXT, "timex": timexes, "genre": "news"}


VALUES = [
    ("2032-03", "2032-03", "as TIMEX3 has it"),
    ("--03", "XXXX-03", "a month of no year"),
    ("--03-04", "XXXX-03-04", "a day of no year"),
    ("-0044", "BC0044", "before Christ"),
    (None, None, "not known"),
]


@pytest.mark.parametrize(("given", "value", "why"), VALUES)
def test_json_lines_of_documents(
    given: str | None, value: str | None, why: str, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "gold.jsonl", line(span("March", type="DATE", value=given)))
    expected = document(replace(MARCH, value=value))
    assert read_timex_gold(path) == TimexGold((expected,)), why


BAD_LINES = [
    (
        {"id": "d1", "text": TEXT, "agreements": []},
        r":1: neither a document with `timex`",
        "agreements",
    ),
    ({"id": "d1", "timex": []}, r":1: dct: Field required", "a field is missing"),
    ([1], r":1: ", "no object"),
    (
        line({"start": 0, "end": 3, "text": "May", "type": "DATE", "value": None}),
        r":1: .*the text at 0:3 is 'The', not 'May'",
        "an offset that does not replay",
    ),
    (line(span("March", type="date", value=None)), r":1: timex.0.type", "an unknown type"),
    (
        {"id": "p", "phrase": "May", "dct": None, "type": "DATE"},
        r":1: value: Field req",
        "no value",
    ),
    (
        {"id": "p", "text": "May", "dct": None, "kind": "datetime", "grain": "Day", "start": "?"},
        r":1: start: ",
        "no moment",
    ),
]


@pytest.mark.parametrize(("given", "message", "why"), BAD_LINES)
def test_bad_lines_are_refused(given: object, message: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=f"gold.jsonl{message}"):
        read_timex_gold(write_lines(tmp_path / "gold.jsonl", given))


# --- phrases -----------------------------------------------------------------------------------


def read_phrases(tmp_path: Path, *lines: object) -> TimexGold:
    return read_timex_gold(write_lines(tmp_path / "phrases.jsonl", *lines))


def judge(gold: TimexGold, value: str, days: tuple[str | None, str | None] = (None, None)) -> bool:
    [phrase] = gold.phrases or ()
    return phrase.is_right(MarkedTimex(phrase.mark, "DATE", value, days))


def duckling(**fields: object) -> dict[str, object]:
    given = {"id": "k1", "dct": "2032-05-05T04:30:00", "text": "some day", "kind": "datetime"}
    return given | {"start": "2032-05-03T00:00:00", "grain": "Day"} | fields


def recognizers(**fields: object) -> dict[str, object]:
    timex = span("March", type="daterange", value="XXXX-03") | fields
    return {"id": "r1", "dct": None, "text": TEXT, "timex": [timex], "not_supported": None}


MARCH_DAYS = {"startDate": "2032-03-01", "endDate": "2032-04-01"}
INTERVAL = duckling(start="2032-05-03T00:00:00", end="2032-05-06T00:00:00")
SINCE = recognizers(values=[{"timex": "XXXX-03", "start": "2032-03-01", "Mod": "since"}])
PHRASES = [
    # line, value, days, right, why
    ({"id": "t1", "dct": None, "phrase": "May", "type": "DATE", "value": "2032-05"}, "2032-05",
     (None, None), True, "that very value"),
    ({"id": "t1", "dct": None, "phrase": "May", "type": "DATE", "value": "2032-05"}, "2032-05-01",
     ("2032-05-01", "2032-05-31"), False, "another value, the same days: not for TIMEX3"),
    (duckling(), "2032-05-03", (None, None), True, "a day"),
    (duckling(grain="Month"), "2032-05", (None, None), True, "a month"),
    (duckling(grain="Month"), "2032-05-03", (None, None), False, "too exact for its grain"),
    (duckling(grain="Week"), "2032-W19", (None, None), True, "3 May 2032 is in the 19th week"),
    (duckling(grain="Quarter", start="2032-04-01"), "2032-Q2", (None, None), True, "a quarter"),
    (duckling(grain="Year"), "2032", (None, None), True, "a year"),
    (duckling(grain="Year", start="-0044-01-01"), "BC0044", (None, None), True, "before Christ"),
    (INTERVAL, "2032-05-03", ("2032-05-03", "2032-05-05"), True, "its end is not in it"),
    (INTERVAL, "2032-05-03", ("2032-05-03", "2032-05-06"), False, "a day too long"),
    (INTERVAL, "2032-05-03", ("2032-05-03", "2032-05-03"), False, "its first day alone"),
    (duckling(open="after", grain="Year"), "X", ("2032-05-03", None), True, "open at its end"),
    (duckling(open="before", grain="Year"), "X", (None, "2032-05-02"), True, "at its start"),
    (recognizers(), "XXXX-03", (None, None), True, "left open as it is there"),
    (recognizers(past={"date": "2032-03-01"}), "2032-03-01", (None, None), True, "a reading"),
    (recognizers(future=MARCH_DAYS), "2032-03", ("2032-03-01", "2032-03-31"), True, "end not in"),
    (recognizers(future=MARCH_DAYS), "2032-03", ("2032-03-01", "2032-04-01"), True, "end in it"),
    (recognizers(future=MARCH_DAYS), "2032-03", ("2032-03-01", "2032-03-30"), False, "other days"),
    (recognizers(value=None, values=[{"value": "not resolved"}]), "not resolved", (None, None),
     False, "what says that there is no value is none"),
    (recognizers(type="datetimerange", future=MARCH_DAYS), "2032-03", ("2032-03-01", "2032-03-31"),
     False, "the days of what has hours are not enough"),
    (SINCE, "2032-03", ("2032-03-01", "2032-05-05"), True, "only its start is judged"),
    (recognizers(values=[{"start": "08:00:00", "end": "09:00:00"}]), "T08", (None, None), False,
     "a time of day has no days"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "value", "days", "right", "why"), PHRASES)
def test_what_is_right_for_a_phrase(
    given: object,
    value: str,
    days: tuple[str | None, str | None],
    right: bool,
    why: str,
    tmp_path: Path,
) -> None:
    assert judge(read_phrases(tmp_path, given), value, days) is right, why


def test_phrases_are_judged_by_category_and_those_out_of_scope_apart(tmp_path: Path) -> None:
    given = [
        {"id": f"t{n}", "dct": None, "phrase": phrase, "type": type, "value": value}
        for n, (phrase, type, value) in enumerate(
            [
                ("in May", "DATE", "2032-05"),
                ("in 2031", "DATE", "2031"),
                ("then", "DATE", "PAST_REF"),
                ("a year", "DURATION", "P1Y"),
            ]
        )
    ]
    gold = read_phrases(tmp_path, *given)
    may = MarkedTimex(Mark(3, 6, "May"), "DATE", "2032-05")
    year = MarkedTimex(Mark(3, 7, "2031"), "DATE", "2032")
    predicted = [
        replace(document, timexes=timexes)
        for document, timexes in zip(gold.documents, [(may,), (year,), (), ()], strict=True)
    ]
    result = evaluate_timexes(gold, predicted)
    assert isinstance(result, PhraseEvaluation)
    shown = rows(to_timex_tables(result, errors=1))
    assert shown[2:5] == [
        "| DATE | 3 | 2 | 1 | 0.333 | in |",
        "| DURATION | 1 | 0 | 0 | 0.000 | out: no date |",
        "| all in scope | 3 | 2 | 1 | 0.333 | in |",
    ]
    assert shown[-1] == "| DATE | in 2031 | - | 2031 | 2032 (2031) | t1 |"
    assert [p["right"] for p in result.to_dict()["phrases"]] == [True, False, False, False]


def test_the_prediction_that_shares_most_is_the_one_of_the_phrase(tmp_path: Path) -> None:
    gold = read_phrases(tmp_path, recognizers(**span("Monday, 3 May 2032")))
    predicted = replace(document(timex("Monday", "2032"), timex("3 May 2032", "XXXX-03")), id="r1")
    result = evaluate_timexes(gold, [predicted])
    assert isinstance(result, PhraseEvaluation)
    assert [judged.right for judged in result.phrases] == [True]


# --- the command -------------------------------------------------------------------------------


class _Extractor:
    """Finds `3 May 2032` alone; tells what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, text: str, *, published: str | None, id: str) -> DocumentRecord:
        self.asked.append((id, published))
        return record(id, text, "3 May 2032", "2032-05-03")


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> _Extractor:
    made = _Extractor()
    monkeypatch.setattr(cli, "_load_extractor", lambda *_: made)
    monkeypatch.chdir(tmp_path)
    return made


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["evaluate", *arguments])


def test_evaluate_runs_the_pipeline_on_each_text_with_its_date(extractor: _Extractor) -> None:
    gold = line(span("Monday, 3 May 2032", type="DATE", value="2032-05-03"))
    write_lines(Path("gold.jsonl"), gold, {**gold, "id": "d2", "dct": None})
    result = call("--dates", "gold.jsonl")
    assert (result.exit_code, result.stderr) == (0, "2 documents scored, 0 not predicted\n")
    assert "| value   | 1.000 | 1.000 | 1.000 |" in result.stdout
    assert "| strict  | 0.000 | 0.000 | 0.000 |" in result.stdout
    assert extractor.asked == [("d1", "2032-05-05"), ("d2", None)]


def test_evaluate_takes_records_made_before(extractor: _Extractor) -> None:
    write_lines(Path("gold.jsonl"), line(span("March", type="DATE", value="2032-03")))
    made = record("d1", TEXT, "March", "2032-03")
    Path("records.jsonl").write_text(made.model_dump_json(), encoding="utf-8")
    result = call("--dates", "gold.jsonl", "--pred", "records.jsonl", "--json")
    assert json.loads(result.stdout)["scores"]["DATE"]["strict"]["f1"] == 1.0
    assert extractor.asked == []


BAD_CALLS = [
    (["--dates", "none.tml"], 2, "Error: none.tml: No such file", "no file"),
    (["--dates", "none.jsonl"], 2, "Error: none.jsonl: no such file", "nor JSON lines"),
    (["--dates", "empty"], 2, "Error: empty: no .tml file in this folder", "an empty folder"),
    (["--dates", "/dev/null"], 2, "Error: /dev/null: no document in it", "nothing in it"),
    (["--dates", "bad.tml"], 2, "Error: bad.tml:2: not well-formed XML", "malformed"),
    (["--dates", "mixed"], 2, "Error: mixed/bad.tml:2: not well-formed", "one of a folder"),
    (["--dates", "gold.jsonl", "--field", "text=body"], 2, "Error: --field is not", "no fields"),
    (["gold.jsonl", "--errors", "3"], 2, "Error: --errors is for --dates", "of agreements"),
    (["--dates", "gold.jsonl", "--pred", "gold.jsonl"], 1, "Error: gold.jsonl:1: ", "no records"),
    (["--dates", "gold.jsonl", "--pred", "/dev/null"], 1, "Error: /dev/null: no record", "empty"),
]


@pytest.mark.parametrize(("arguments", "status", "message", "why"), BAD_CALLS)
def test_bad_input_is_one_line(
    arguments: list[str], status: int, message: str, why: str, extractor: _Extractor
) -> None:
    Path("empty").mkdir()
    write_lines(Path("gold.jsonl"), line())
    for path in ("bad.tml", "mixed/bad.tml"):
        write(Path(path), "<TimeML>\n<TEXT></TimeML>")
    write(Path("mixed/good.tml"), TIMEML)
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (status, ""), why
    assert result.stderr.startswith(message), why
    assert result.stderr.count("\n") == 1
    assert extractor.asked == []


@pytest.mark.model
def test_the_pipeline_reads_a_lone_date_and_a_text_of_few_english_words(tmp_path: Path) -> None:
    from extract.evaluation.timex import predict_timexes
    from extract.pipeline import load

    given = {"id": "t1", "dct": "2032-05-05", "phrase": "3 May 2032", "type": "DATE"}
    gold = read_phrases(tmp_path, given | {"value": "2032-05-03"})
    loaded = load("press_en_fast")
    [found] = predict_timexes(gold, loaded)
    assert [timex.value for timex in found.timexes] == ["2032-05-03"]
    text = "Der Hafen blieb am Montag geschlossen, sagte der Sprecher der Stadt, bis 3 May 2032."
    foreign = TimexGold((TimexDocument("d1", digest(text), (), text, "2032-05-05"),))
    assert [found.id for found in predict_timexes(foreign, loaded)] == ["d1"]
