"""What a person reads: fits the width, shows text as it is, and nothing that moves a terminal."""

import io

import pytest
from made_records import SENTENCE, TEXT, make_agreement, make_record
from rich.console import Console
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

import extract.components.frames  # noqa: F401 - registers what hangs on a Doc
from extract.records import Warning
from extract.report import open_console, to_line
from extract.report.explain import Row, explain_doc, print_explanation, write_explanation
from extract.report.table import print_table

LINES = [
    ("two\nlines\t here", "two lines here", "white space is collapsed"),
    ("\x1b[31mred\x1b]0;title\x07", "[31mred]0;title", "an escape sequence loses its escape"),
    ("abc\u202edef\u2066", "abcdef", "text direction stays the reader's"),
    ("l'été – 東京 [bold]x[/bold] :smile:", "l'été – 東京 [bold]x[/bold] :smile:", "text stays"),
]


@pytest.mark.parametrize(("text", "shown", "why"), LINES)
def test_to_line(text: str, shown: str, why: str) -> None:
    assert to_line(text) == shown, why


def _print(*records: object, width: int = 80, terminal: bool = False) -> str:
    console = Console(
        file=io.StringIO(), record=True, width=width, force_terminal=terminal, markup=False
    )
    print_table(records, console)
    return console.export_text(styles=terminal)


def test_an_agreement_is_shown_with_its_evidence() -> None:
    shown = _print(make_record(agreements=[make_agreement()]))
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[:2] == ["Kenya and Peru sign fisheries pact", "2025-07-03 · press/one.txt"]
    for line in (
        "a1 agreement, signed",
        "parties Kenya",
        "Peru",
        "signatories Ana Rojas (minister, Peru)",
        "date 2025-06-30 (Monday)",
        "topic fisheries",
    ):
        assert line in lines
    evidence = SENTENCE.replace("\n", " ").replace("pact", "*pact*")
    assert evidence in " ".join(lines)


def test_a_terminal_highlights_the_trigger_in_place_of_asterisks() -> None:
    shown = _print(make_record(agreements=[make_agreement()]), terminal=True)
    assert "\x1b[1;7mpact\x1b[0m" in shown
    assert "*pact*" not in shown


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    record = make_record(agreements=[make_agreement()], title="Pact " * 60)
    shown = _print(record, width=width)
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
    assert shown.count("Pact") == 60


@pytest.mark.parametrize("width", [12, 24, 29])
def test_a_narrow_terminal_gets_plain_lines(width: int) -> None:
    shown = _print(make_record(agreements=[make_agreement()]), width=width)
    lines = [line.strip() for line in shown.splitlines()]
    assert max(map(len, lines)) <= width
    assert "date: 2025-06-30" in " ".join(lines)
    assert " ".join(SENTENCE.replace("pact", "*pact*").split()) in " ".join(lines)


def test_brackets_and_escapes_in_a_text_are_only_text() -> None:
    title = "[red]Deal[/red] [/] :smile:\x1b[2J"
    assert "[red]Deal[/red] [/] :smile:[2J" in _print(make_record(title=title))


def test_a_document_without_agreements_says_so_and_keeps_its_warnings() -> None:
    warning = Warning(code="ambiguous_date", message="03.07.25 has two readings")
    record = make_record("Quiet day.", title=None, id="d7").model_copy(
        update={"warnings": [warning]}
    )
    lines = [line.strip() for line in _print(record).splitlines()]
    assert lines[0] == "d7"
    assert "no agreement found" in lines
    assert "warning: 03.07.25 has two readings" in lines


def test_a_pipe_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    stream = io.StringIO()
    print_table([make_record(agreements=[make_agreement()])], open_console(stream))
    assert "\x1b" not in stream.getvalue()


def _make_doc() -> Doc:
    words = [
        "Kenya",
        "and",
        "Peru",
        "signed",
        "a",
        "pact",
        "on",
        "Monday",
        ".",
        "Both",
        "sides",
        "cheered",
        ".",
    ]
    doc = Doc(Vocab(), words=words, ents=["B-GPE", "O", "B-GPE", *["O"] * 10])
    doc.ents = (doc.ents[0], Span(doc, 2, 3, "GPE", span_id="names.country"))
    doc.spans["headline"] = [Span(doc, 0, 9)]
    doc.spans["extra"] = [Span(doc, 3, 4, span_id="extra.rule"), Span(doc, 4, 5)]
    doc._.entities = [
        {"type": "GPE", "name": "Kenya", "mentions": [(0, 1)], "country": "KE", "ids": {}},
        {"type": "GPE", "name": "Peru", "mentions": [(2, 3)], "country": "PE", "ids": {}},
    ]
    doc._.references = [{"span": (9, 11), "entities": [0, 1], "rule": "reference.both"}]
    doc._.dates = [
        {
            "span": (7, 8),
            "value": "2025-06-30",
            "earliest": None,
            "latest": None,
            "granularity": "day",
            "anchor": "2025-07-03",
            "rule": "date.weekday",
            "alternatives": [{"value": "2025-07-07", "reason": "the Monday after"}],
        }
    ]
    doc.spans["decoys"] = [Span(doc, 10, 11, span_id="decoy.sides")]
    doc._.candidates = [
        _make_candidate((5, 6), (0, 9), ["status.signed"], agreement=0, confidence=0.875),
        _make_candidate((11, 12), (9, 13), [], agreement=None, confidence=0.1),
    ]
    doc._.agreements = [_make_agreement_frame()]
    return doc


def _make_candidate(
    span: tuple[int, int], sentence: tuple[int, int], cues: list[str], **judged: object
) -> dict[str, object]:
    return {"span": span, "sentence": sentence, "rule": "trigger.noun", "cues": cues, **judged}


def _make_agreement_frame() -> dict[str, object]:
    party = {"name": "Peru", "type": "GPE", "entity": 1, "role": "party", "mentions": [(2, 3)]}
    party["ties"] = ["subject"]
    return {
        "kind": "agreement",
        "status": "signed",
        "triggers": [(5, 6)],
        "parties": [party],
        "signatories": [],
        "date": 0,
        "place": None,
        "topic": None,
        "value": None,
        "duration": None,
        "attribution": None,
        "evidence": [(0, 9)],
        "confidence": 0.875,
        "rules": ["status.signed", "trigger.noun.pact"],
    }


EXPLAINED = [
    ("layout", "press", "Kenya and Peru signed a pact on Monday .", "headline of the text"),
    (
        "status",
        "status.signed",
        "Kenya and Peru signed a pact on Monday .",
        "around 'pact': speaks for signed",
    ),
    ("evidence", "judge", "Kenya and Peru signed a pact on Monday .", "a1: judged signed"),
    ("entity", "model", "Kenya", "a name of type GPE, mention of e1 Kenya"),
    ("entity", "names.country", "Peru", "a name of type GPE, mention of e2 Peru"),
    ("party", "party.subject", "Peru", "a1: refers to the party Peru"),
    ("extra", "extra.rule", "signed", "marked as extra"),
    ("trigger", "trigger.noun", "pact", "a1: tells of this agreement, confidence 0.88"),
    ("date", "date.weekday", "Monday", "a1: when it was signed"),
    (
        "date",
        "date.weekday",
        "Monday",
        "read as 2025-06-30 (day), counted from 2025-07-03; could be 2025-07-07: the Monday after",
    ),
    ("reference", "reference.both", "Both sides", "stands for Kenya and Peru"),
    ("decoy", "decoy.sides", "sides", "looks like a trigger and is none"),
    ("trigger", "trigger.noun", "cheered", "refused: too little speaks for it"),
]


def test_explain_tells_each_span_with_its_rule_in_text_order() -> None:
    doc = _make_doc()
    rows = explain_doc(doc)
    assert [(row.layer, row.rule, row.text) for row in rows] == [case[:3] for case in EXPLAINED]
    for row, (*_, why) in zip(rows, EXPLAINED, strict=True):
        assert row.why.startswith(why)
        assert doc.text[row.start : row.end] == row.text


def test_explain_takes_a_doc_on_which_nothing_hangs() -> None:
    assert explain_doc(Doc(Vocab(), words=["Quiet", "."])) == []


ROWS = [Row(0, 9, "entity", "model", "Acme\t[Ltd]\n", "a name of type ORG")]


def test_explanation_in_a_pipe_is_tab_separated() -> None:
    stream = io.StringIO()
    write_explanation(ROWS, stream)
    assert stream.getvalue().splitlines() == [
        "start\tend\tlayer\trule\ttext\twhy",
        "0\t9\tentity\tmodel\tAcme [Ltd] \ta name of type ORG",
    ]


def test_explanation_on_a_terminal_keeps_brackets_and_width() -> None:
    console = Console(file=io.StringIO(), record=True, width=80, markup=False)
    print_explanation(ROWS * 3, console)
    shown = console.export_text()
    assert shown.count("Acme [Ltd]") == 3
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80


def test_evidence_is_shown_whole_when_a_trigger_lies_elsewhere() -> None:
    agreement = make_agreement()
    first = agreement.triggers[0].model_copy(update={"start": 0, "end": 5, "text": "Kenya"})
    moved = agreement.model_copy(update={"triggers": [first]})
    shown = " ".join(_print(make_record(TEXT, agreements=[moved])).split())
    assert SENTENCE.replace("\n", " ") in shown
