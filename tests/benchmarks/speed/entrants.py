"""Who takes part: the pipelines that exist, their parts, the ceiling and the peer from npm."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from extract.resources import pipeline_places

_HERE = Path(__file__).parent
_CONTESTANTS = (sys.executable, str(_HERE / "contestants.py"))
_PARTS = {
    "NER alone": ("ner",),
    "syntax alone": ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer"),
}
_LOG = logging.getLogger(__name__)


class Entrant(NamedTuple):
    """A contestant before it runs: how the table calls it, and the command that starts it."""

    label: str
    command: tuple[str, ...]


def find_pipelines(names: Iterable[str]) -> dict[str, Path]:
    """Return the folders of the pipelines that exist; of each other one a line is logged."""
    found = {}
    for name in names:
        places = [Path(name), *pipeline_places(name)]
        place = next((place for place in places if (place / "config.cfg").is_file()), None)
        if place:
            found[name] = place.resolve()
        else:
            _LOG.warning("%s left out: not in %s", name, " or ".join(map(str, places)))
    return found


def list_entrants(pipelines: dict[str, Path]) -> list[Entrant]:
    """Return the contestants in Python: each pipeline with all on it, alone and in parts."""
    entrants = []
    for name, place in pipelines.items():
        folder = str(place)
        entrants += [
            Entrant(f"{name}: whole extractor", (*_CONTESTANTS, "extractor", folder)),
            Entrant(f"{name}: spaCy pipeline alone", (*_CONTESTANTS, "pipeline", folder)),
        ]
        components = json.loads((place / "meta.json").read_text(encoding="utf-8"))["pipeline"]
        entrants += [
            Entrant(f"{name}: {part}", (*_CONTESTANTS, "pipeline", folder, *parts))
            for part, parts in _PARTS.items()
            if "tok2vec" in components and set(parts) <= set(components)
        ]
    return [*entrants, Entrant("bare spaCy tokenizer, the ceiling", (*_CONTESTANTS, "tokenizer"))]


def fetch_compromise(folder: Path) -> list[Entrant]:
    """Return compromise as the only entrant; none, and a line in the log, where it cannot be had.

    npm installs it in the folder unless it lies there already.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    manifest = folder / "node_modules" / "compromise" / "package.json"
    if node is None or npm is None:
        _LOG.warning("compromise left out: no node or no npm on the PATH")
        return []
    if not manifest.is_file() and not _install(npm, "compromise@14", folder):
        return []
    release = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    command = (node, str(_HERE / "compromise_names.mjs"), str(folder))
    return [Entrant(f"compromise {release} (npm): topics()", command)]


def _install(npm: str, package: str, folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    place = ["--prefix", str(folder), "--no-audit", "--no-fund"]
    patience = ["--fetch-retries", "1", "--loglevel", "error"]  # ten seconds without a network
    command = [npm, "install", *place, *patience, package]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["no reason given"])[0]
        _LOG.warning("%s left out: npm cannot install it: %s", package, reason)
    return not ended.returncode
