"""The command `pactwire`: data to standard output, messages to standard error, `-` for both ways.

Each command parses, opens streams, calls one library function and says one line. The libraries
are imported where they are called, so that `pactwire --help` waits for none of them.
"""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from extract.errors import GoldError, PactwireError
from extract.resources import DEFAULT_PIPELINE
from extract.streams import open_stdout, read_text, say, say_reject, settle_stdout, warn, watch

if TYPE_CHECKING:
    from extract.article import Article
    from extract.batch import Results
    from extract.evaluation import Evaluation
    from extract.evaluation.gold import MarkedDocument
    from extract.evaluation.timex import PhraseEvaluation, TimexEvaluation
    from extract.packs.check import Report
    from extract.pipeline import Extractor

_log = logging.getLogger("extract")


class DateOrder(StrEnum):
    """How 03.07.25 is read."""

    AUTO = "auto"
    DMY = "dmy"
    MDY = "mdy"


class _UsageError(Exception):
    """A command line that asks for what cannot be; told in one line, without the usage."""


class _Commands(TyperGroup):
    """The commands, with the project's own failures told in one line instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            say("Interrupted.")
            raise typer.Exit(130) from error
        except _UsageError as error:
            say(f"Error: {error}")
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            settle_stdout()  # whoever read it has had enough, as `head` does
            raise typer.Exit(1) from error
        except (PactwireError, OSError) as error:
            _log.debug("the cause:", exc_info=error)
            say(f"Error: {error}")
            settle_stdout()
            raise typer.Exit(1) from error


app = typer.Typer(
    name="pactwire",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules_app, name="rules", help="Work on packs of rules of your own: `check`.")

ModelOption = Annotated[
    str, typer.Option(metavar="NAME_OR_PATH", help="Pipeline: a name, or the folder of one.")
]
DateOrderOption = Annotated[
    DateOrder, typer.Option(help="How 03.07.25 is read where the text leaves it open.")
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rules", metavar="FILE", help="A pack of rules of your own; may be repeated."),
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="NAME=KEY", help="Where the input keeps a field: published=date."
    ),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            print(f"pactwire {version('pactwire')}")
        except PackageNotFoundError:
            print("pactwire, not installed")
        raise typer.Exit


@app.callback()
def _pactwire(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="PACTWIRE_DEBUG", help="Show tracebacks.")
    ] = False,
) -> None:
    """Find who agreed what with whom in press texts, each with the sentence that proves it.

    \b
    Example: pactwire run press/ -o agreements.jsonl
    """
    if debug:
        _log.addHandler(logging.StreamHandler())
        _log.setLevel(logging.DEBUG)


@app.command()
def run(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or -.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Records as JSON lines.")
    ] = None,
    model: ModelOption = DEFAULT_PIPELINE,
    rules: RulesOption = None,
    date_order: DateOrderOption = DateOrder.AUTO,
    field: FieldOption = None,
    rejects: Annotated[
        str | None, typer.Option(metavar="FILE", help="What became no record, as JSON lines.")
    ] = None,
    batch_size: Annotated[int, typer.Option(min=1, help="Documents analysed at once.")] = 64,
    table: Annotated[
        bool | None,
        typer.Option("--table/--no-table", help="Show a table; by default on a terminal."),
    ] = None,
) -> None:
    """Extract agreements as JSON lines; show them.

    A terminal gets a table with the evidence, a pipe the JSON lines, -o the JSON lines in a file.
    A file that exists in a folder that is read is never written over, not even that of the last
    run: keep -o and --rejects outside. Exit status 1 tells that a document was rejected; all
    others are written all the same.

    \b
    Example: pactwire run press/ -o agreements.jsonl --rejects rejects.jsonl
    """
    from extract.batch import find_clash
    from extract.batch import run as run_batch
    from extract.exporters.target import check_target
    from extract.readers import parse_field_map, read_articles

    if clash := find_clash([*paths, *(rules or [])], filter(None, (output, rejects))):
        raise _UsageError(clash)
    target, show_table = _choose_output(output, rejects, table)
    for path in filter(None, (target, rejects)):
        check_target(path)
    articles = read_articles(paths, fields=parse_field_map(field or []))
    extractor = _load_extractor(model, date_order, rules)
    watched = watch(articles, "documents")
    with run_batch(watched, extractor, batch_size=batch_size, on_reject=say_reject) as results:
        _write_results(results, target, rejects, show_table)
        _warn_of_shared_ids(results)
        say(_sum_up(results) + (f" -> {output}" if output else ""))
        rejected = results.rejected
    raise typer.Exit(1 if rejected else 0)


def _choose_output(
    output: str | None, rejects: str | None, table: bool | None
) -> tuple[str | None, bool]:
    """Return where the records go (None: nowhere) and whether a table is shown.

    Standard output holds one thing only: the table on a terminal, JSON lines in a pipe.
    """
    taken = "-" in (output, rejects)
    show_table = _on_terminal() and not taken if table is None else table
    target = output if output or show_table or rejects == "-" else "-"
    if [target, rejects, "-" if show_table else None].count("-") > 1:
        raise _UsageError("records, rejects and --table cannot share standard output")
    return target, show_table


def _write_results(
    results: "Results", target: str | None, rejects: str | None, show_table: bool
) -> None:
    from extract.exporters import EXPORTERS, write_rejects

    if target:
        EXPORTERS["jsonl"](results.records(), target)
    if rejects:
        write_rejects(results.rejects(), rejects)
    if show_table:
        from extract.report import open_console
        from extract.report.table import print_table

        with open_stdout() as stream:
            print_table(results.records(), open_console(stream))


def _warn_of_shared_ids(results: "Results") -> None:
    for id, number in results.shared_ids():
        warn(f"{number} documents share the id {id}")


def _sum_up(results: "Results") -> str:
    records = results.documents - results.rejected
    return (
        f"{_count(results.documents, 'document')}: {_count(records, 'record')}, "
        f"{results.rejected} rejected, {_count(results.agreements, 'agreement')}"
    )


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    Example: pactwire schema > record.schema.json
    """
    from extract.exporters.schema import to_schema

    with open_stdout() as stream:
        stream.write(to_schema())


@app.command()
def verify(
    records: Annotated[Path, typer.Argument(metavar="RECORDS", help="Records as JSON lines.")],
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="What they were made from.")
    ],
    field: FieldOption = None,
) -> None:
    """Replay every offset against the sources.

    Stops at the first that differs, with exit status 1.

    \b
    Example: pactwire verify agreements.jsonl press/
    """
    from extract.readers import parse_field_map
    from extract.verify import verify_records

    result = verify_records(records, sources, fields=parse_field_map(field or []))
    say(f"verified {_count(result.spans, 'span')} of {_count(result.documents, 'document')}")


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A press text, or - to read one.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Its publication date: 2025-07-03.")
    ] = None,
    model: ModelOption = DEFAULT_PIPELINE,
    rules: RulesOption = None,
    date_order: DateOrderOption = DateOrder.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Spans, slots, all reasons.")] = False,
) -> None:
    """Show span by span which rule fired, and slot by slot why it is filled so.

    Each slot of an agreement comes with its confidence, the rules that fired for it and the
    strongest reasons: the weight of a reason is above 0 where it speaks for what fills the slot.

    \b
    Example: pactwire explain "Kenya and Peru signed a pact on Monday." --published 2025-07-03
    """
    from extract.report import open_console
    from extract.report.explain import (
        explain_doc,
        print_explanation,
        to_json,
        write_explanation,
    )
    from extract.report.reasons import explain_slots, print_slots

    content = read_text(text)
    extractor = _load_extractor(model, date_order, rules)
    doc = extractor.analyse(content, published=published, explain=True)
    for _, message in doc.user_data.get("notices", []):
        warn(message)
    with open_stdout() as stream:
        if as_json:
            stream.write(to_json(doc))
        elif _on_terminal():
            console = open_console(stream)
            print_explanation(explain_doc(doc), console)
            console.print()
            print_slots(explain_slots(doc), console)
        else:
            write_explanation(explain_doc(doc, slots=True), stream)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold as JSON lines, or TimeML.")],
    pred: Annotated[
        Path | None, typer.Option(metavar="RECORDS", help="Records made before, not made now.")
    ] = None,
    dates: Annotated[bool, typer.Option("--dates", help="Score dates on TIMEX3 gold.")] = False,
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="With --dates, show N errors of each kind.")
    ] = 0,
    model: ModelOption = DEFAULT_PIPELINE,
    rules: RulesOption = None,
    date_order: DateOrderOption = DateOrder.AUTO,
    field: FieldOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Scores and errors as JSON.")] = False,
) -> None:
    """Score the pipeline, or records made before, against gold.

    --date-order and --field are for the pipeline; with --pred, nothing is read but ids and spans.
    --dates takes TimeML (a .tml file, a folder of them) or JSON lines, and scores as TempEval-3.

    \b
    Example: pactwire evaluate gold.jsonl --pred agreements.jsonl
    Example: pactwire evaluate --dates timeml/ --errors 5
    """
    if field and dates:
        raise _UsageError("--field is not for --dates: TIMEX3 gold has fields of its own")
    if rules and pred:
        raise _UsageError("--rules is for the pipeline: with --pred nothing is extracted")
    if errors and not dates:
        raise _UsageError("--errors is for --dates; --json shows the errors of agreements")

    def load() -> "Extractor":
        return _load_extractor(model, date_order, rules)

    result, table = (
        _score_dates(gold, pred, load, errors)
        if dates
        else _score_agreements(gold, pred, load, field or [])
    )
    if as_json:
        table = json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"
    with open_stdout() as stream:
        stream.write(table)
    say(f"{_count(result.documents, 'document')} scored, {len(result.missing)} not predicted")


@rules_app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Packs of rules, YAML.")],
    model: ModelOption = DEFAULT_PIPELINE,
) -> None:
    """Check packs of rules: their form, then their examples.

    One line a fault, with what to do; exit status 1 where there are any. The pipeline is loaded
    only where a rule asks for a part of speech or an entity.

    \b
    Example: pactwire rules check mine.yaml
    """
    from extract.packs.check import check_packs
    from extract.report import to_line

    faulty = False
    with open_stdout() as stream:
        for report in check_packs(files, lambda: _load_extractor(model).analyse):
            lines = [str(fault) for fault in report.faults] or [_tell_sound(report)]
            stream.writelines(f"{to_line(line)}\n" for line in lines)
            faulty = faulty or bool(report.faults)
    raise typer.Exit(1 if faulty else 0)


def _tell_sound(report: "Report") -> str:
    counts = f"{_count(report.rules, 'rule')}, {_count(report.examples, 'example')}"
    return f"{report.path}: {counts}, all hold"


def _score_agreements(
    gold: Path, pred: Path | None, load: "Callable[[], Extractor]", field: list[str]
) -> "tuple[Evaluation, str]":
    from extract import evaluation
    from extract.evaluation.table import to_table

    documents = evaluation.read_gold(gold)
    if pred:
        predicted = evaluation.read_predictions(pred, of=documents)
    else:
        predicted = list(_predict(gold, load(), field))
    result = evaluation.evaluate(documents, predicted)
    return result, to_table(result)


def _score_dates(
    gold: Path, pred: Path | None, load: "Callable[[], Extractor]", errors: int
) -> "tuple[TimexEvaluation | PhraseEvaluation, str]":
    from extract.evaluation import timex
    from extract.evaluation.timex.table import to_timex_tables

    try:
        wanted = timex.read_timex_gold(gold)
    except GoldError as error:
        raise _UsageError(error) from error
    if pred:
        predicted = timex.read_timex_predictions(pred, of=wanted)
    else:
        watched = watch(timex.predict_timexes(wanted, load()), "scored", len(wanted.documents))
        predicted = list(watched)
    result = timex.evaluate_timexes(wanted, predicted)
    return result, to_timex_tables(result, errors=errors)


def _predict(gold: Path, extractor: "Extractor", field: list[str]) -> "Iterable[MarkedDocument]":
    from extract.article import Reject
    from extract.batch import extract_each
    from extract.evaluation import from_record
    from extract.readers import parse_field_map, read_articles

    articles: list[Article | Reject] = list(
        read_articles([str(gold)], fields=parse_field_map(field))
    )
    for outcome in watch(extract_each(articles, extractor), "scored", len(articles)):
        if isinstance(outcome, Reject):
            say_reject(outcome)
        else:
            yield from_record(outcome)


def _load_extractor(
    model: str, date_order: DateOrder = DateOrder.AUTO, rules: list[str] | None = None
) -> "Extractor":
    from extract.pipeline import load

    extractor = load(model, date_order=date_order.value, rules=rules or ())
    for notice in extractor.notices:
        warn(notice.message)
    return extractor


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def main() -> None:
    """Run the command; file names and texts that a stream cannot encode are shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="pactwire")


if __name__ == "__main__":
    main()
