"""What a loaded pipeline has and lacks, read off what its components say they assign.

Names of factories would not do: `ner` and `parser` are one component in `press_en`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from spacy.language import Language

from extract.article import Notice
from extract.components.labels import load_labels
from extract.errors import PipelineError

_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})


class _Part(NamedTuple):
    """What the components ask of a pipeline; any of `assigned` gives it."""

    name: str
    assigned: tuple[str, ...]


_NEEDED = (
    _Part("names", ("doc.ents",)),
    _Part("trees", ("token.dep",)),
    _Part("sentences", ("token.is_sent_start", "doc.sents")),
)
_WANTED = (
    _Part("tags", ("token.tag",)),
    _Part("parts of speech", ("token.pos",)),
    _Part("lemmas", ("token.lemma",)),
)


def check_needed(name: str, nlp: Language, labels: list[str]) -> None:
    """Raise `PipelineError` where a pipeline gives no names, trees or sentences."""
    lacks = [_describe(nlp, part) for part in _NEEDED if not _has(nlp, part)]
    if labels and not load_labels().mapped(labels) & _NAMES:
        lacks.append(f"names of people, bodies or places (its labels are {_join(labels[:5])})")
    if lacks:
        raise PipelineError(
            f"pipeline {name} lacks {_join(lacks)}; use one with a tagger of names and a parser, "
            "press_en or en_core_web_sm"
        )


def _describe(nlp: Language, part: _Part) -> str:
    off = [pipe for pipe in nlp.disabled if set(part.assigned) & _assigned_by(nlp, pipe)]
    if off:
        return f"{part.name} (its component {off[0]} is disabled)"
    return f"{part.name} (no component assigns {part.assigned[0]})"


def _has(nlp: Language, part: _Part) -> bool:
    return any(set(part.assigned) & _assigned_by(nlp, pipe) for pipe in nlp.pipe_names)


def _assigned_by(nlp: Language, pipe: str) -> set[str]:
    """Return what a component says it assigns; our own only refine what others assigned.

    An attribute ruler says nothing, so its rules are read.
    """
    meta = nlp.get_pipe_meta(pipe)
    if meta.factory.startswith("pactwire_") and "doc.ents" in meta.requires:
        return set()
    assigned = set(meta.assigns)
    if meta.factory == "attribute_ruler":
        ruler: Any = dict(nlp.components)[pipe]
        assigned |= {f"token.{attr.lower()}" for rule in ruler.patterns for attr in rule["attrs"]}
    return assigned


def name_labels(nlp: Language) -> list[str]:
    """Return the labels that the components which mark names declare, sorted."""
    found = {
        label
        for pipe in nlp.pipe_names
        if "doc.ents" in _assigned_by(nlp, pipe)
        for label in nlp.pipe_labels.get(pipe, [])
    }
    return sorted(found)


def tell_gaps(name: str, nlp: Language, labels: list[str]) -> Iterator[Notice]:
    """Yield what a pipeline could do better with, and what of it is not read."""
    if missing := [part.name for part in _WANTED if not _has(nlp, part)]:
        message = f"pipeline {name} gives no {_join(missing, 'or')}: less will be found"
        yield Notice("pipeline", message)
    if unknown := load_labels().unknown(labels):
        message = f"pipeline {name} also marks {_join(unknown)}, which no rule knows: dropped"
        yield Notice("labels", message)


def _join(words: Iterable[str], last: str = "and") -> str:
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end
