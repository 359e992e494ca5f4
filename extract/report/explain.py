"""Span by span: which layer marked it, by which rule, and why.

Reads only what the components hang on a Doc (`extract/components/frames.py`), so it tells what
happened, not what a second reading would make of it.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, fields
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.report import to_line
from extract.report.reasons import explain_slots, to_sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from extract.components.frames import AgreementFrame, DateFrame, NormalFrame, TokenSpan

_LAYOUT = ("headline", "subhead", "dateline", "byline", "published", "boilerplate")
_LAYERS = ("layout", "status", "entity", "role", "date", "reference", "decoy", "trigger", "party")
_MODEL = "model"
_GRAMMAR = "grammar"
_JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Row:
    """One span and why it was marked; `start` and `end` are characters of the text.

    `rule` is the id of the rule that fired (several are separated by spaces), `model` where the
    trained pipeline decided, `judge` where the fitted weights did, `grammar` or `party....` where a
    construction of the sentence did.
    """

    start: int
    end: int
    layer: str
    rule: str
    text: str
    why: str


Explanation = list[Row]


def explain_doc(doc: "Doc", *, slots: bool = False) -> Explanation:
    """Return a row for every span that a component marked, in text order.

    With `slots`, also one for each slot of an agreement, with the strongest reasons.
    """
    sources: tuple[Callable[[Doc], Iterator[Row]], ...] = (
        _explain_layout,
        _explain_entities,
        _explain_roles,
        _explain_dates,
        _explain_references,
        _explain_decoys,
        _explain_candidates,
        _explain_agreements,
        _explain_groups,
    )
    if slots:
        sources += (_explain_slots,)
    rows = {row: None for find_rows in sources for row in find_rows(doc)}
    order = {layer: number for number, layer in enumerate(_LAYERS)}
    return sorted(
        rows, key=lambda row: (row.start, -row.end, order.get(row.layer, len(order)), row.why)
    )


def _row(span: "Span", layer: str, rule: str, why: str) -> Row:
    return Row(span.start_char, span.end_char, layer, rule, span.text, why)


def _explain_layout(doc: "Doc") -> Iterator[Row]:
    for group in _LAYOUT:
        for span in doc.spans.get(group, ()):
            yield _row(span, "layout", span.id_ or "press", f"{group} of the text, no body prose")


def _explain_entities(doc: "Doc") -> Iterator[Row]:
    names = {
        tuple(mention): (number, entity["name"])
        for number, entity in enumerate(doc._.entities or (), start=1)
        for mention in entity["mentions"]
    }
    for ent in doc.ents:
        why = f"a name of type {ent.label_}"
        if (ent.start, ent.end) in names:
            number, name = names[ent.start, ent.end]
            why += f", mention of e{number} {name}"
        yield _row(ent, "entity", ent.id_ or _MODEL, why)


def _explain_roles(doc: "Doc") -> Iterator[Row]:
    for role in doc._.roles or ():
        why = f"the office that {_text(doc, role['person'])} holds"
        if role["body"] is not None:
            why += f" in {_text(doc, role['body'])}"
        yield _row(_span(doc, role["role"]), "role", role["rule"], why)


def _explain_dates(doc: "Doc") -> Iterator[Row]:
    for date in doc._.dates or ():
        yield _row(_span(doc, date["span"]), "date", date["rule"], _date_reason(date))


def _date_reason(date: "DateFrame") -> str:
    why = f"read as {date['value']} ({date['granularity']})"
    if date["anchor"]:
        why += f", counted from {date['anchor']}"
    for reading in date["alternatives"]:
        why += f"; could be {reading['value']}: {reading['reason']}"
    return why


def _explain_references(doc: "Doc") -> Iterator[Row]:
    entities = doc._.entities or ()
    for reference in doc._.references or ():
        named = [entities[number]["name"] for number in reference["entities"]]
        why = f"stands for {' and '.join(named)}" if named else "stands for nobody that is plain"
        yield _row(_span(doc, reference["span"]), "reference", reference["rule"], why)


def _explain_candidates(doc: "Doc") -> Iterator[Row]:
    for candidate in doc._.candidates or ():
        chance = f"confidence {candidate['confidence']:.2f}"
        number = candidate["agreement"]
        if number is None:
            why = f"refused: too little speaks for it, {chance}"
        else:
            kind = doc._.agreements[number]["kind"]
            why = f"a{number + 1}: tells of this {kind}, {chance}"
        yield _row(_span(doc, candidate["span"]), "trigger", candidate["rule"], why)
        for cue in candidate["cues"]:
            stage = candidate.get("like", {}).get(cue, cue).removeprefix("status.")
            why = f"around {_text(doc, candidate['span'])!r}: speaks for {stage}"
            yield _row(_span(doc, candidate["sentence"]), "status", cue, why)


def _explain_decoys(doc: "Doc") -> Iterator[Row]:
    for span in doc.spans.get("decoys", ()):
        yield _row(span, "decoy", span.id_, "looks like a trigger and is none")


def _explain_agreements(doc: "Doc") -> Iterator[Row]:
    for number, agreement in enumerate(doc._.agreements or (), start=1):
        for layer, span, rule, why in _agreement_parts(agreement):
            yield _row(_span(doc, span), layer, rule, f"a{number}: {why}")
        if agreement["date"] is not None:
            date = doc._.dates[agreement["date"]]
            why = f"a{number}: when it was {agreement['status']}"
            yield _row(_span(doc, date["span"]), "date", date["rule"], why)


def _agreement_parts(agreement: "AgreementFrame") -> Iterator[tuple[str, "TokenSpan", str, str]]:
    for span in agreement["evidence"]:
        yield "evidence", span, _JUDGE, f"judged {agreement['status']}"
    for party in agreement["parties"]:
        for span in party["mentions"]:
            ties = " ".join(f"party.{tie}" for tie in party["ties"])
            yield "party", span, ties, f"refers to the {party['role']} {party['name']}"
    for person in agreement["signatories"]:
        acts_for = f" for {person['party']}" if person["party"] else ""
        for span in person["mentions"]:
            yield "signatory", span, _GRAMMAR, f"{person['name']} acts{acts_for}"
    slots = (
        ("place", _span_of_frame(agreement["place"]), "where it was agreed"),
        ("topic", agreement["topic"], "what it is about"),
        ("value", _span_of_frame(agreement["value"]), "the money at stake"),
        ("duration", _span_of_frame(agreement["duration"]), "how long it lasts"),
    )
    yield from ((layer, span, _GRAMMAR, why) for layer, span, why in slots if span is not None)


def _span_of_frame(frame: "NormalFrame | None") -> "TokenSpan | None":
    return frame["span"] if frame else None


def _explain_slots(doc: "Doc") -> Iterator[Row]:
    for slot in explain_slots(doc):
        layer = f"{'slot' if slot.filled else 'refused'}:{slot.slot}"
        text, rule = doc.text[slot.start : slot.end], " ".join(slot.rules) or _JUDGE
        yield Row(slot.start, slot.end, layer, rule, text, to_sentence(slot))


def _explain_groups(doc: "Doc") -> Iterator[Row]:
    # Whatever else a component marks under a rule, such as what it found and then left out.
    for group in doc.spans:
        if group in (*_LAYOUT, "dates", "decoys"):
            continue
        for span in doc.spans[group]:
            if span.id_:
                yield _row(span, group, span.id_, f"marked as {span.label_ or group}")


def _span(doc: "Doc", span: "TokenSpan") -> "Span":
    return doc[span[0] : span[1]]


def _text(doc: "Doc", span: "TokenSpan") -> str:
    return _span(doc, span).text


def print_explanation(rows: Iterable[Row], console: Console) -> None:
    """Print the rows as a table, as wide as the terminal allows."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("where", no_wrap=True, style="dim")
    table.add_column("text", ratio=2, overflow="fold")
    table.add_column("layer", no_wrap=True, style="cyan")
    table.add_column("rule", ratio=1, overflow="fold")
    table.add_column("why", ratio=3, overflow="fold")
    for row in rows:
        cells = (f"{row.start}-{row.end}", row.text, row.layer, row.rule, row.why)
        table.add_row(*(Text(to_line(cell)) for cell in cells))
    console.print(table)


def write_explanation(rows: Iterable[Row], stream: TextIO) -> None:
    """Write the rows as tab-separated lines under a line of column names, for other tools."""
    stream.write("\t".join(field.name for field in fields(Row)) + "\n")
    for row in rows:
        stream.write("\t".join(to_line(str(cell)) for cell in astuple(row)) + "\n")


def to_json(doc: "Doc") -> str:
    """Return the spans and the slots with all of their reasons, as one JSON object."""
    content = {
        "spans": [asdict(row) for row in explain_doc(doc)],
        "slots": [asdict(slot) for slot in explain_slots(doc)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
