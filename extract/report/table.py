"""The agreements of each document as a table, every one with the sentence that proves it."""

from collections.abc import Iterable, Iterator

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extract.records import (
    Agreement,
    AgreementDate,
    Document,
    DocumentRecord,
    Signatory,
    Span,
    Warning,
)
from extract.report import to_line

_LABEL_WIDTH = 11
_MIN_WIDTH = 30  # columns; below, two of them side by side break every word
_STATUS_STYLES = {"rejected": "red", "violated": "red", "ended": "red", "in_force": "green"}


def print_table(records: Iterable[DocumentRecord], console: Console) -> None:
    """Print each document's agreements: kind, status, parties, date, topic and evidence.

    Triggers are highlighted in the evidence; where the console has no styles, by asterisks.
    """
    for record in records:
        console.print(_heading(record.document))
        if not record.agreements:
            console.print(Padding(Text("no agreement found", "dim"), (0, 2)))
        for agreement in record.agreements:
            console.print(Padding(_agreement_table(agreement, console), (0, 0, 0, 2)))
            console.print()
        for warning in record.warnings:
            console.print(Padding(_warning_line(warning), (0, 2)))
        console.print()


def _heading(document: Document) -> Text:
    title = Text(to_line(document.title or document.id).strip(), "bold")
    published = document.published.value if document.published else "publication date unknown"
    return title.append(f"\n{published} · {to_line(document.location)}\n", "not bold dim")


def _warning_line(warning: Warning) -> Text:
    return Text(f"warning: {to_line(warning.message)}", "yellow")


def _agreement_table(agreement: Agreement, console: Console) -> Table | Group:
    if console.width < _MIN_WIDTH:
        rows = _rows(agreement, marked=not console.is_terminal)
        return Group(
            *(Text(f"{label}: " if label else "", "dim").append_text(text) for label, text in rows)
        )
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL_WIDTH, no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, content in _rows(agreement, marked=not console.is_terminal):
        table.add_row(Text(label), content)
    return table


def _rows(agreement: Agreement, *, marked: bool) -> Iterator[tuple[str, Text]]:
    status = Text(agreement.status, _STATUS_STYLES.get(agreement.status, "cyan"))
    yield agreement.id, Text(agreement.kind, "bold").append(", ").append_text(status)
    yield from _list_rows("parties", [party.name for party in agreement.parties])
    yield from _list_rows("signatories", map(_signatory_line, agreement.signatories))
    yield "date", _date_text(agreement.date)
    for label in ("place", "topic", "value", "duration"):
        span: Span | None = getattr(agreement, label)
        if span is not None or label == "topic":
            yield label, Text(to_line(span.text)) if span else Text("not stated", "dim")
    for number, sentence in enumerate(agreement.evidence):
        label = "" if number else "evidence"
        yield label, _highlight(sentence, agreement.triggers, marked=marked)


def _list_rows(label: str, names: Iterable[str]) -> Iterator[tuple[str, Text]]:
    for number, name in enumerate(names):
        yield ("" if number else label), Text(to_line(name))


def _signatory_line(signatory: Signatory) -> str:
    details = ", ".join(filter(None, (signatory.role, signatory.party)))
    return f"{signatory.name} ({details})" if details else signatory.name


def _date_text(date: AgreementDate | None) -> Text:
    if date is None:
        return Text("not stated", "dim")
    return Text(date.value).append(f" ({to_line(date.mention.text)})", "dim")


def _highlight(sentence: Span, triggers: Iterable[Span], *, marked: bool) -> Text:
    """Return the sentence in one line with the triggers that lie in it set off."""
    result, position = Text(), sentence.start
    for trigger in sorted(triggers, key=lambda span: span.start):
        if trigger.start < position or trigger.end > sentence.end:
            continue
        words = to_line(trigger.text)
        result.append(_slice(sentence, position, trigger.start))
        result.append(f"*{words}*" if marked else words, "bold reverse")
        position = trigger.end
    return result.append(_slice(sentence, position, sentence.end))


def _slice(sentence: Span, start: int, end: int) -> str:
    return to_line(sentence.text[start - sentence.start : end - sentence.start])
