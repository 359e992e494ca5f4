"""Find a pipeline by its name or folder, load it, and tell in one line what it lacks."""

import importlib
import importlib.metadata
import importlib.util
import json
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.lang.en import English
from spacy.language import Language
from spacy.util import is_compatible_version, is_minor_version_match, load_config

from extract.article import Notice
from extract.components.labels import load_labels
from extract.errors import PipelineError
from extract.resources import pipeline_places
from extract.suitability import check_needed, name_labels, tell_gaps

RECIPES = {
    "press_en": "models/training/train_press_en.py",
    "press_en_fast": "models/training/train_press_en_fast.py",
}


class _Found(NamedTuple):
    """The folder of a pipeline, and the package that has it, where it is an installed one."""

    folder: Path
    package: str | None = None


def load_language(name: str | Path) -> tuple[Language, list[Notice]]:
    """Load a pipeline, and add the component that maps its labels to ours.

    `name` is a shipped pipeline, a folder, or an installed spaCy package. Returns what a user
    should know of it too. Raises `PipelineError` where none is found or it cannot serve.
    """
    name = str(name)
    found = _find(name)
    nlp = _load(name, found)
    labels = name_labels(nlp)
    check_needed(name, nlp, labels)
    _try(name, nlp)
    states = not labels or "GPE" in load_labels().mapped(labels)
    before = "pactwire_names" if "pactwire_names" in nlp.component_names else None
    put_to_work(nlp, "pactwire_labels", config={"states": states}, before=before)
    return nlp, [*_tell_version(name, found.folder), *tell_gaps(name, nlp, labels)]


def put_to_work(nlp: Language, component: str, **options: Any) -> None:
    """Add a component of ours, or enable it where a saved pipeline has it disabled."""
    if component in nlp.disabled:
        nlp.enable_pipe(component)
    elif component not in nlp.pipe_names:
        nlp.add_pipe(component, **options)


# Finding


def _find(name: str) -> _Found:
    given = Path(name)
    places = [given, *([] if given.is_absolute() else pipeline_places(name))]
    for found in [*map(_Found, places), *_installed(name)]:
        if (found.folder / "config.cfg").is_file():
            return found
    if name and given.exists():
        raise PipelineError(f"{name} is no spaCy pipeline: {_tell_what_it_is(given)}")
    looked = ", ".join(str(place) for place in places)
    recipes = " and ".join(f"{n} (`python {path} --data FOLDER`)" for n, path in RECIPES.items())
    raise PipelineError(
        f"no pipeline {name or '(no name)'}: looked in {looked} and among the installed spaCy "
        f"packages (`python -m spacy download {name if name[:3] == 'en_' else 'en_core_web_sm'}`); "
        f"shipped are, with what builds each, {recipes}"
    )


def _tell_what_it_is(path: Path) -> str:
    if path.is_file():
        return "it is a file; give the folder that holds its config.cfg"
    inner = sorted(
        meta.parent for depth in ("*", "*/*") for meta in path.glob(f"{depth}/meta.json")
    )
    pipelines = [folder for folder in inner if (folder / "config.cfg").is_file()]
    hint = f"give {pipelines[0]}" if pipelines else "give a folder that `nlp.to_disk` wrote"
    return f"it has no config.cfg; {hint}"


def _installed(name: str) -> Iterator[_Found]:
    """Yield the pipeline in an installed package; any other package is left alone."""
    package = name.replace("-", "_")
    try:
        spec = importlib.util.find_spec(package) if package.isidentifier() else None
    except ValueError:  # a module without a spec, such as __main__
        return
    if spec is None or not spec.origin:
        return
    folder = Path(spec.origin).parent
    meta = _read_meta(folder)
    if {"lang", "name", "version"} <= set(meta):
        yield _Found(folder / f"{meta['lang']}_{meta['name']}-{meta['version']}", package)


# Loading


def _load(name: str, found: _Found) -> Language:
    try:
        if found.package:
            importlib.import_module(found.package)  # it may bring components of its own
        config = load_config(found.folder / "config.cfg", interpolate=False)
        _check_language(name, config)
        return _load_folder(name, found.folder, config)
    except PipelineError:
        raise
    except Exception as error:  # foreign code and foreign files: they fail in any way they like
        told = "".join(f"; {notice.message}" for notice in _tell_version(name, found.folder))
        raise PipelineError(f"pipeline {name} cannot be loaded: {_reason(error)}{told}") from error


def _load_folder(name: str, folder: Path, config: Any) -> Language:
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W09[45]\]")  # told by _tell_version
            return spacy.load(folder)
    except ValueError as error:
        if absent := _tell_absent_component(config):
            raise PipelineError(f"pipeline {name} needs {absent}") from error
        raise


def _try(name: str, nlp: Language) -> None:
    """Run a pipeline once: only that shows a component that was never trained."""
    try:
        nlp("Peru and Chile signed a pact in Lima.")
    except Exception as error:
        raise PipelineError(f"pipeline {name} cannot be run: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return textwrap.shorten(str(error) or type(error).__name__, 300, placeholder=" ...")


def _check_language(name: str, config: Any) -> None:
    language = config.get("nlp", {}).get("lang", "en")
    if language != "en":
        raise PipelineError(
            f"pipeline {name} reads another language ({language}); only English (en) is read"
        )


def _tell_absent_component(config: Any) -> str | None:
    """Name a component that nothing installed can make, and the package that could."""
    for component in config.get("nlp", {}).get("pipeline", []):
        section = config.get("components", {}).get(component, {})
        factory = section.get("factory")
        if factory is not None and not English.has_factory(factory):
            package = next(_packages(section), None)
            cure = f"`pip install {package}`" if package else "install the package that has it"
            return f"the component {factory}: {cure}"
    return None


def _packages(section: Any) -> Iterator[str]:
    """Yield the packages of the functions a section names: spacy-transformers.TransformerModel."""
    for key, value in section.items():
        if hasattr(value, "items"):
            yield from _packages(value)
        elif key.startswith("@"):
            package = str(value).partition(".")[0]
            if package != "spacy":
                yield package


# Its meta.json


def _tell_version(name: str, place: Path) -> Iterator[Notice]:
    """Tell of a pipeline that was made for another minor version of spaCy."""
    made_for = str(_read_meta(place).get("spacy_version", ""))
    here = importlib.metadata.version("spacy")
    lowest = made_for.lstrip("><=~ ").partition(",")[0]
    if made_for and not (
        is_compatible_version(here, made_for) or is_minor_version_match(here, lowest)
    ):
        yield Notice(
            "spacy_version",
            f"pipeline {name} was made for spaCy {made_for}, this is {here}; install the one made "
            "for it where it fails or finds little",
        )


def _read_meta(folder: Path) -> dict[str, Any]:
    """Return what a pipeline says of itself; nothing where its meta.json cannot be read."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}
