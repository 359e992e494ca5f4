"""Check a pack: its form, then its examples, with the trained pipeline only where it is asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RuleError
from extract.packs.pack import Pack, read_pack
from extract.packs.proofs import Analyse, find_example_faults, find_missing_examples
from extract.packs.source import Fault
from extract.rules import Rule


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; counts are those of the rules without a fault of form."""

    path: str
    rules: int
    examples: int
    faults: list[Fault]


def check_packs(
    paths: Iterable[str | Path], load_analyse: Callable[[], Analyse]
) -> Iterator[Report]:
    """Yield a report a file; `load_analyse` loads the pipeline, once and at need."""
    analyse: Analyse | None = None
    for path in paths:
        pack, faults = read_pack(path)
        if analyse is None and any(rule.needs_model for rule in pack.rules):
            analyse = load_analyse()
        faults += _find_unproved(pack, analyse)
        examples = sum(len(rule.match) + len(rule.no_match) for rule in pack.rules)
        faults.sort(key=lambda fault: fault.line or 0)
        yield Report(pack.path, len(pack.rules), examples, faults)


def _find_unproved(pack: Pack, analyse: Analyse | None) -> Iterator[Fault]:
    for section, rules in pack.sections.items():
        for rule in rules:
            own = analyse if rule.needs_model else None
            for what in _prove(rule, pack.classes_of(section), own):
                yield Fault(pack.path, pack.lines.get(rule.id), rule.id, what)


def _prove(rule: Rule, classes: dict[str, list[str]], analyse: Analyse | None) -> Iterator[str]:
    yield from find_missing_examples(rule)
    try:
        yield from find_example_faults(rule, classes, analyse)
    except RuleError as error:
        yield str(error)
