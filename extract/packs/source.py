"""The YAML of a pack, with the line of every rule, and what is wrong with it as YAML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_QUOTES = "put a text in quotes where it opens with { [ * & ! % @ ` or holds `: ` or ` #`"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to do."""

    path: str
    line: int | None
    rule: str | None
    what: str

    def __str__(self) -> str:
        """Return it in one line, `FILE:LINE: rule ID: what, what to do`."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: rule {self.rule}: {self.what}" if self.rule else f"{place}: {self.what}"


@dataclass(slots=True)
class Source:
    """A file as it is written; with faults there may be no data."""

    path: str
    content: bytes = b""
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, section: str, number: int) -> int | None:
        """Return the line in which an entry of a section begins."""
        return self.lines.get((section, number))


def read_source(path: str | Path) -> Source:
    """Read a file; what fails stands in `faults`."""
    source = Source(str(path))
    try:
        source.content = Path(path).read_bytes()
        _read_yaml(source, source.content.decode("utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        _tell(source, None, f"cannot be read, {reason}; name a YAML file")
    except UnicodeDecodeError as error:
        before = source.content[: error.start]
        _tell(source, before.count(b"\n") + 1, "is not UTF-8 here, save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        _tell(source, line, f"not valid YAML: {error.problem or error.context}; {_QUOTES}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        _tell(source, None, f"not valid YAML: {' '.join(str(error).split())}; {_QUOTES}")
    return source


def _tell(source: Source, line: int | None, what: str) -> None:
    source.faults.append(Fault(source.path, line, None, what))


def _read_yaml(source: Source, text: str) -> None:
    root = yaml.compose(text, yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode):
        _tell(source, None, "holds no rules, write triggers:, decoys: or statuses: and rules in it")
        return
    for line, key in _find_doubles(root, set()):
        _tell(source, line, f"{key} stands twice in one mapping and counts once, join the two")
    for key, section in root.value:
        if isinstance(section, yaml.SequenceNode):
            for number, entry in enumerate(section.value):
                source.lines[key.value, number] = entry.start_mark.line + 1
    source.data = yaml.load(text, yaml.CSafeLoader)


def _find_doubles(node: yaml.Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the keys that stand twice in a mapping: YAML keeps the last and says nothing."""
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        names = [key.value for key in keys]
        for number, key in enumerate(keys):
            if key.value in names[:number]:
                yield key.start_mark.line + 1, key.value
    for child in node.value:
        for inner in child if isinstance(child, tuple) else (child,):
            yield from _find_doubles(inner, seen)
