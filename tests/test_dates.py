from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from extract.components.dates.calendar import parse_calendar
from extract.components.dates.periods import PERIODS, move
from extract.components.frames import DateFrame
from extract.errors import RuleError
from extract.rules import load_rules, read_rules, rule_files

PUBLISHED = "2025-07-03"  # a Thursday, in week 27
NLP = spacy.blank("en")
FIND = NLP.add_pipe("pactwire_dates")


def read(text: str, published: str | None = PUBLISHED, order: str = "auto") -> Doc:
    doc = NLP.make_doc(text)
    doc._.published, doc._.date_order = published, order
    return FIND(doc)


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    doc = read(text, published)
    return [(s.text, f["value"]) for s, f in zip(doc.spans["dates"], doc._.dates, strict=True)]


# text, expected [(span, value)], why; published on Thursday, 3 July 2025
CASES: list[tuple[str, list[tuple[str, str]], str]] = [
    ("They signed on 14 May 2025.", [("14 May 2025", "2025-05-14")], "day first"),
    ("They signed on May 14, 2025.", [("May 14, 2025", "2025-05-14")], "month first"),
    ("Wednesday, 14 May 2025", [("Wednesday, 14 May 2025", "2025-05-14")], "weekday: one date"),
    ("They signed on the 14th of May.", [("the 14th of May", "2025-05-14")], "no year: the last"),
    ("It was signed on Jul. 2.", [("Jul. 2", "2025-07-02")], "abbreviated"),
    ("It was signed on 2025-05-14.", [("2025-05-14", "2025-05-14")], "ISO, five tokens"),
    ("Talks open on Tuesday (8 July).", [("Tuesday (8 July)", "2025-07-08")], "weekday decides"),
    ("They will meet on 12 September.", [("12 September", "2025-09-12")], "future: the next"),
    ("They met on 12 September.", [("12 September", "2024-09-12")], "past: the last"),
    ("Born on 29 February 2024.", [("29 February 2024", "2024-02-29")], "leap day"),
    ("It failed on 31 June 2025.", [("June 2025", "2025-06")], "no such day: what there is"),
    ("A truce held in March 2025.", [("March 2025", "2025-03")], "a month is no day"),
    ("In March of 2025 it held.", [("March of 2025", "2025-03")], "of"),
    ("Work began in early March 2025.", [("early March 2025", "2025-03")], "part of a month"),
    ("Earlier, in May this year, it was signed.", [("May this year", "2025-05")], "one date"),
    ("In March last year it was signed.", [("March last year", "2024-03")], "last year's"),
    ("It was signed in August.", [("August", "2024-08")], "past: not after publication"),
    ("It will be signed in March.", [("March", "2026-03")], "future: the next"),
    ("The line opened last May.", [("last May", "2025-05")], "before this month"),
    ("It closes next March.", [("next March", "2026-03")], "after this month"),
    ("Output doubled in 2015.", [("2015", "2015")], "year"),
    ("Profits rose in the third quarter of 2023.", [("the third quarter of 2023", "2023-Q3")], "Q"),
    (
        "It is due in the first half of next year.",
        [("the first half of next year", "2026-H1")],
        "H",
    ),
    ("They met in the summer of 2024.", [("summer of 2024", "2024-SU")], "season"),
    ("A vote is due this autumn.", [("this autumn", "2025-FA")], "season of this year"),
    ("Borders opened in the 1990s.", [("the 1990s", "199")], "decade"),
    ("It dates from the 19th century.", [("the 19th century", "18")], "TIMEX: 1800 to 1899"),
    ("They met on Tuesday.", [("Tuesday", "2025-07-01")], "past weekday"),
    ("They met on Thursday.", [("Thursday", "2025-07-03")], "publication day itself"),
    ("They will meet on Friday.", [("Friday", "2025-07-04")], "future weekday"),
    ("They met last Thursday.", [("last Thursday", "2025-06-26")], "strictly before"),
    ("They meet next Thursday.", [("next Thursday", "2025-07-10")], "strictly after"),
    ("They met on Tuesday last week.", [("Tuesday last week", "2025-06-24")], "within a week"),
    (
        "He said on Tuesday they will meet on Friday.",
        [("Tuesday", "2025-07-01"), ("Friday", "2025-07-04")],
        "each by the verb beside it",
    ),
    ("The pact is to be signed on Monday.", [("Monday", "2025-07-07")], "is to be signed"),
    (
        "They sign today; envoys left yesterday.",
        [("today", "2025-07-03"), ("yesterday", "2025-07-02")],
        "deictic",
    ),
    ("Exports fell last week.", [("last week", "2025-W26")], "ISO week"),
    ("It is later this year.", [("later this year", "2025")], "not guessed closer"),
    ("They broke ties three years ago.", [("three years ago", "2022")], "as exact as its unit"),
    ("It burnt down twenty-five years ago.", [("twenty-five years ago", "2000")], "compound"),
    ("They will return in two weeks.", [("in two weeks", "2025-W29")], "future count"),
    ("It ends at the end of the year.", [("the end of the year", "2025")], "edge of a period"),
    ("The forum runs on June 3-5.", [("June 3-5", "2025-06-03")], "range: its start"),
    ("It ran from 3 to 5 June 2025.", [("3 to 5 June 2025", "2025-06-03")], "month on the right"),
    ("The mandate covers 2020-2024.", [("2020-2024", "2020")], "years"),
    ("The deficit for 2024/25 grew.", [("2024/25", "2024")], "budget year"),
    (
        "On 26 June 1950 war came. They met on 2 October.",
        [("26 June 1950", "1950-06-26"), ("2 October", "1950-10-02")],
        "a narrative keeps its year",
    ),
    (
        "The 1957 treaty was renewed in May.",
        [("1957", "1957"), ("May", "2025-05")],
        "a name's year",
    ),
    (
        "They met on 3 May 2020 and signed the following day.",
        [("3 May 2020", "2020-05-03"), ("the following day", "2020-05-04")],
        "from the text's date",
    ),
    ("Theresa May met him in April.", [("April", "2025-04")], "a name is no modal verb"),
    (
        "They signed a pact on Monday that takes effect on 1 August 2025.",
        [("Monday", "2025-06-30"), ("1 August 2025", "2025-08-01")],
        "the verb before, not that of the clause that follows",
    ),
    (
        "On Friday, the envoys who will speak meet.",
        [("Friday", "2025-07-04")],
        "no verb before: the clause that follows tells",
    ),
    (
        "It will be signed on Friday by the minister who drafted it.",
        [("Friday", "2025-07-04")],
        "the future before a clause in the past",
    ),
    ("May talks failed.", [("May", "2025-05")], "at the start of a sentence"),
]

NO_DATES = [
    ("It is 50 years since the first flight.", "duration"),
    ("It marks the 80th anniversary of the end of the war.", "anniversary"),
    ("The pact holds for three months.", "duration"),
    ("The doors open at 12:00 or at 3 pm.", "time of day"),
    ("The council meets every week and every Tuesday.", "frequency"),
    ("Over the past two years, trade grew.", "duration"),
    ("The ministers backed Agenda 2030.", "name"),
    ("Some 2000 soldiers left the valley.", "number of things"),
    ("They may sign it and march home.", "modal, verb"),
    ("Prices fall; the sun sat low.", "verb, words that look like weekdays"),
    ("Prime Minister May flew home.", "person"),
    ("He was second and scored in the first half.", "no calendar half"),
    ("A man in his 80s, aged 45.", "age"),
]

# text, value, granularity, why: nothing is guessed from the clock
UNANCHORED = [
    ("They met on Friday.", "XXXX-WXX-5", "unresolved", "weekday"),
    ("They met in March.", "XXXX-03", "unresolved", "month"),
    ("They met on May fifth.", "XXXX-05-05", "unresolved", "day of some year"),
    ("They met today.", "PRESENT_REF", "unresolved", "deictic"),
    ("They met last week.", "PAST_REF", "unresolved", "past"),
    ("They meet next year.", "FUTURE_REF", "unresolved", "future"),
    ("They met in 2024.", "2024", "year", "absolute all the same"),
]

# text, order, value, alternatives
FIGURES = [
    ("03.07.25", "auto", "2025-07-03", ["2025-03-07"]),
    ("03/07/2025", "mdy", "2025-03-07", ["2025-07-03"]),
    ("03/07/2025", "dmy", "2025-07-03", ["2025-03-07"]),
    ("7/25/2025", "dmy", "2025-07-25", []),
    ("05/05/25", "auto", "2025-05-05", []),
    ("12/11/98", "auto", "1998-11-12", ["1998-12-11"]),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_date_is_found_and_read(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert values(text) == expected, why


@pytest.mark.parametrize(("text", "why"), NO_DATES)
def test_no_date(text: str, why: str) -> None:
    assert values(text) == [], why


@pytest.mark.parametrize(("text", "value", "granularity", "why"), UNANCHORED)
def test_without_publication_date(text: str, value: str, granularity: str, why: str) -> None:
    (frame,) = read(text, published=None)._.dates
    assert (frame["value"], frame["granularity"]) == (value, granularity), why
    assert (frame["earliest"] is None) == (granularity == "unresolved")


@pytest.mark.parametrize(("text", "order", "value", "others"), FIGURES)
def test_figures(text: str, order: str, value: str, others: list[str]) -> None:
    (frame,) = read(text, order=order)._.dates
    assert frame["value"] == value
    assert [other["value"] for other in frame["alternatives"]] == others


# text, day of publication, order, value, why; 03/04/2020 is read day first where nothing tells
RULED_OUT = [
    ("They signed it on 03/04/2020.", "2020-03-05", "auto", "2020-03-04", "3 April is to come"),
    ("They signed it on 03/04/2020.", "2020-04-05", "auto", "2020-04-03", "both have been"),
    ("They signed it on 03/04/2020.", "2020-02-05", "auto", "2020-04-03", "neither has been"),
    ("They signed it on 03/04/2020.", "2020-03-05", "dmy", "2020-04-03", "the order is known"),
    ("They will sign it on 03/04/2020.", "2020-03-05", "auto", "2020-04-03", "future"),
    ("They signed it on 03/04/2020.", None, "auto", "2020-04-03", "no day of publication"),
]


@pytest.mark.parametrize(("text", "published", "order", "value", "why"), RULED_OUT)
def test_the_past_tense_rules_out_a_day_to_come(
    text: str, published: str | None, order: str, value: str, why: str
) -> None:
    (frame,) = read(text, published, order)._.dates
    assert frame["value"] == value, why
    (other,) = frame["alternatives"]
    first = "day before month" if value == "2020-03-04" else "month before day"
    assert other["value"] != value and other["reason"] == first


def test_interval_and_anchor() -> None:
    week, spring, forum = read("Last week; in spring 2024; on 3-5 June 2025.")._.dates
    assert (week["earliest"], week["latest"]) == ("2025-06-23", "2025-06-29")
    assert (week["anchor"], week["granularity"]) == ("publication date", "week")
    assert (spring["earliest"], spring["latest"]) == ("2024-03-01", "2024-05-31")
    assert spring["anchor"] is None
    assert (forum["earliest"], forum["latest"]) == ("2025-06-03", "2025-06-05")
    assert forum["granularity"] == "day"


def test_span_carries_the_rule_and_the_doc_serialises() -> None:
    doc = read("They signed on 14 May 2025.")
    assert doc.spans["dates"][0].id_ == doc._.dates[0]["rule"] == "calendar.day_month_year"
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert copy.spans["dates"][0].id_ == "calendar.day_month_year"
    assert copy._.dates[0] == {**doc._.dates[0], "span": [3, 6]}


def test_front_matter_is_left_out() -> None:
    doc = NLP.make_doc("3 July 2025 They met in May 2025. Contact: 1 June 2025")
    doc.spans["published"] = [doc[0:3]]
    doc.spans["boilerplate"] = [doc[9:]]
    assert [span.text for span in FIND(doc).spans["dates"]] == ["May 2025"]


def test_wrapped_line_is_joined_and_a_headline_is_not() -> None:
    wrapped = "The two ministries put their names to the accord in March\n2025."
    assert [value for _, value in values(wrapped)] == ["2025-03"]
    doc = NLP.make_doc("The ministers put their names to an accord in March\n2025 began badly.")
    doc.spans["headline"] = [doc[0:10]]
    doc._.published = PUBLISHED
    assert [frame["value"] for frame in FIND(doc)._.dates] == ["2025-03", "2025"]


def test_names_and_tags_veto_a_month() -> None:
    words = ["In", "May", "we", "trust", "."]
    assert FIND(Doc(NLP.vocab, words=words))._.dates
    assert not FIND(Doc(NLP.vocab, words=words, tags=["IN", "MD", "PRP", "VBP", "."]))._.dates
    named = Doc(NLP.vocab, words=["By", "June", "Miller"])
    named.ents = [Span(named, 1, 3, label="PERSON")]
    assert not FIND(named)._.dates


def test_a_rule_with_an_unknown_reader_is_refused() -> None:
    with pytest.raises(RuleError, match="read"):
        NLP.create_pipe("pactwire_dates", config={"rules": ["dates/tense"]})


@pytest.mark.parametrize("name", [n for n in rule_files() if n.startswith("dates/")])
def test_rules_match_their_examples(name: str) -> None:
    found = load_rules(name, NLP.vocab)
    for rule in read_rules(name)[0]:
        for text in rule.match:
            assert rule.id in {m.rule.id for m in found.find(NLP.make_doc(text))}, text
        for text in rule.no_match:
            assert rule.id not in {m.rule.id for m in found.find(NLP.make_doc(text))}, text


# text, parts, expected, why
PARSED: list[tuple[str, tuple[str, ...], date | None, str]] = [
    ("3 july 2025", ("day", "month", "year"), date(2025, 7, 3), "whole"),
    ("march 2025", ("month", "year"), date(2025, 3, 1), "first of the month, not today's day"),
    ("march 2025", ("day", "month", "year"), None, "a part is missing: not filled in"),
    ("29 february", ("day", "month"), date(2000, 2, 29), "the year without a year is a leap year"),
    ("31 june 2025", ("day", "month", "year"), None, "no such day"),
    ("today", ("day", "month", "year"), None, "never relative"),
]


@pytest.mark.parametrize(("text", "parts", "expected", "why"), PARSED)
def test_parse_calendar(text: str, parts: tuple[str, ...], expected: date | None, why: str) -> None:
    assert parse_calendar(text, parts) == expected, why


def test_move_keeps_to_the_calendar() -> None:
    assert move(date(2024, 2, 29), "year", 1) == date(2025, 2, 28)
    assert move(date(2025, 1, 31), "month", -2) == date(2024, 11, 30)
    assert move(date(2025, 1, 1), "century", -30) is None
    assert move(date(2025, 1, 1), "day", 10**7) is None


@given(day=st.dates(min_value=date(2, 1, 1)), unit=st.sampled_from(sorted(PERIODS)))
def test_a_period_holds_its_day(day: date, unit: str) -> None:
    period = PERIODS[unit](day)
    assert period.earliest is not None and period.latest is not None
    if unit != "weekend":
        assert period.earliest <= day <= period.latest


WORDS = """
    3 5 31 30th 0 1990 2025 99 03.07.25 3/7 2025-02-30 May March june Sun Friday last next this
    week weekend years year ago in of the - – to , ( ) today Q3 second half quarter 1990s century
    fifth between and later 99999 '90s winter summer end following day will
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n"])


def _check(frame: DateFrame, doc: Doc) -> None:
    start, end = frame["span"]
    assert 0 <= start < end <= len(doc)
    assert (frame["earliest"] is None) == (frame["latest"] is None)
    if frame["earliest"] and frame["latest"]:
        assert frame["earliest"] <= frame["latest"]
        date.fromisoformat(frame["earliest"]), date.fromisoformat(frame["latest"])
        if frame["granularity"] == "day":
            assert frame["value"] == frame["earliest"]
    else:
        assert frame["granularity"] == "unresolved"


def _check_doc(text: str, published: str | None) -> None:
    doc = read(text, published)
    frames: list[Any] = doc._.dates
    for frame in frames:
        _check(frame, doc)
    ends = [frame["span"] for frame in frames]
    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert read(text, published)._.dates == frames


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=14), st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31"])
)
@example(["this", "winter"], "0001-01-01")
@example(["last", "winter"], "0001-01-01")
@example(["next", "winter"], "9999-12-31")
def test_date_like_fragments_never_break_it(pieces: list[str], published: str | None) -> None:
    _check_doc(" ".join(pieces), published)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_text_never_breaks_it(text: str) -> None:
    _check_doc(text, PUBLISHED)
