"""A pack, read and found sound; its examples are not run here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import RuleError
from extract.packs.atoms import find_pattern_faults
from extract.packs.sections import SECTIONS, find_model_faults, find_setting_faults, settle
from extract.packs.source import Fault, read_source
from extract.rules import (
    RULE_KEYS,
    Rule,
    find_entry_faults,
    read_rules,
    read_yaml,
    rule_files,
    to_rule,
)

_TOP = ("about", "classes", *SECTIONS)
_KEYS = (*RULE_KEYS, "like")


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one file; `lines` tells where each stands."""

    path: str
    content: bytes
    classes: Mapping[str, list[str]]
    sections: Mapping[str, list[Rule]]
    lines: Mapping[str, int | None]

    def classes_of(self, section: str) -> dict[str, list[str]]:
        """Return the word classes that rules of a section may use: the shipped and its own."""
        return {**read_rules(section)[1], **self.classes}

    @property
    def rules(self) -> list[Rule]:
        """All rules, section by section."""
        return [rule for rules in self.sections.values() for rule in rules]


def read_packs(paths: Iterable[str | Path]) -> list[Pack]:
    """Return the packs of some files; `RuleError` tells the first fault there is."""
    packs: list[Pack] = []
    homes: dict[str, str] = {}
    for path in paths:
        pack, faults = read_pack(path)
        faults += [
            Fault(pack.path, line, rule_id, f"stands in {homes[rule_id]} too, give it another id")
            for rule_id, line in pack.lines.items()
            if rule_id in homes
        ]
        if faults:
            others = f"; {len(faults) - 1} more: pactwire rules check {path}" * (len(faults) > 1)
            raise RuleError(f"{faults[0]}{others}")
        homes |= dict.fromkeys(pack.lines, pack.path)
        packs.append(pack)
    return packs


def read_pack(path: str | Path) -> tuple[Pack, list[Fault]]:
    """Return the rules of a file that are sound, and the faults of the others."""
    source = read_source(path)
    data, faults = source.data, list(source.faults)
    faults += [Fault(source.path, None, None, what) for what in _find_top_faults(data)]
    classes = data.get("classes") or {}
    pack = Pack(source.path, source.content, {} if faults else classes, {}, {})
    if source.faults and not data:
        return pack, faults
    sections, lines = dict[str, list[Rule]](), dict[str, int | None]()
    for section in SECTIONS:
        for number, entry in enumerate(_listed(data.get(section))):
            line = source.line(section, number)
            rule, found = _read_entry(section, entry, pack.classes_of(section), lines)
            faults += [Fault(source.path, line, _name(entry), what) for what in found]
            if isinstance(entry, dict) and "id" in entry:
                lines.setdefault(str(entry["id"]), line)
            if rule is not None:
                sections.setdefault(section, []).append(rule)
    return Pack(pack.path, pack.content, pack.classes, sections, lines), faults


def _find_top_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a pack above its rules."""
    for key in data:
        if key not in _TOP:
            yield f"unknown key {key}, use {', '.join(_TOP)}"
    for section in SECTIONS:
        if not isinstance(data.get(section) or [], list):
            yield f"{section} is no list, open each rule in it with `- id:`"
    if data and not any(data.get(section) for section in SECTIONS):
        yield f"holds no rules, write some under {', '.join(SECTIONS)}"
    classes = data.get("classes") or {}
    if not isinstance(classes, dict):
        yield "classes is no mapping, write classes: {name: [word, word]}"
        return
    for name, members in classes.items():
        if not isinstance(members, list):
            yield f"the class {name} is no list, write {name}: [word, word]"
        elif wrong := [word for word in members if not isinstance(word, str)]:
            yield f"the class {name} holds {wrong[0]!r}, which is no text, put it in quotes"


def _listed(section: Any) -> list[Any]:
    return section if isinstance(section, list) else []


def _name(entry: Any) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else "without id"


def _read_entry(
    section: str, entry: Any, classes: Mapping[str, list[str]], seen: Mapping[str, int | None]
) -> tuple[Rule | None, list[str]]:
    """Return the rule of an entry, or what is wrong with it."""
    if not isinstance(entry, dict):
        return None, [f"{str(entry)!r} is no rule, write `- id: ...` and its pattern"]
    faults = [*find_entry_faults(entry, _KEYS, needed=("id", "pattern"))]
    if faults:
        return None, faults
    settled = settle(section, entry)
    rule_id = str(entry["id"])
    if rule_id in _shipped():
        faults.append(f"the id is that of a rule in {_shipped()[rule_id]}, choose another")
    if rule_id in seen:
        faults.append(f"the id stands twice, first in line {seen[rule_id]}, choose another")
    faults += [*find_model_faults(section, entry), *find_setting_faults(section, _sets(settled))]
    rule = to_rule(settled, like=str(settled.get("like", "")))
    if not rule.patterns:
        faults.append("empty pattern, write the words that it finds")
    for pattern in rule.patterns:
        faults += find_pattern_faults(section, pattern, classes)
    return (None if faults else rule), faults


def _sets(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    sets: Mapping[str, Any] = entry.get("set", {})
    return sets


@cache
def _shipped() -> dict[str, str]:
    """Return the file of every id that is taken."""
    taken = {"trigger.acronym": "the program"}
    for name in rule_files():
        if "rules" in read_yaml(name):
            taken |= {rule.id: f"{name}.yaml" for rule in read_rules(name)[0]}
    return taken
