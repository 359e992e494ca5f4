"""Measure in one run what share of the time each part of the main job takes.

    OMP_NUM_THREADS=1 python tests/benchmarks/component_speed.py --data DATA_FOLDER

Reads press releases one by one, text to record, and times each component of the pipeline around
its calls. A table on stdout.
"""

import argparse
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from extract import load
from extract.evaluation.table import to_markdown
from extract.resources import DEFAULT_PIPELINE

SOURCE = Path("press", "us-state.jsonl")
WARM_UP = 5  # documents


class Timed:
    """A component that counts the seconds of its calls."""

    def __init__(self, component: Callable[..., Any]) -> None:
        self.component = component
        self.seconds = 0.0

    def __call__(self, doc: Any) -> Any:
        """Call the component; what it streams is timed text by text."""
        started = time.perf_counter()
        try:
            return self.component(doc)
        finally:
            self.seconds += time.perf_counter() - started


def main() -> None:
    """Read the documents, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--model", default=DEFAULT_PIPELINE)
    options = parser.parse_args()
    with (options.data / SOURCE).open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in islice(lines, options.documents + WARM_UP)]
    extractor = load(options.model)
    timed = {name: Timed(component) for name, component in extractor.nlp.pipeline}
    extractor.nlp._components = list(timed.items())
    started = time.perf_counter()
    for number, entry in enumerate(entries):
        if number == WARM_UP:
            for part in timed.values():
                part.seconds = 0.0
            started = time.perf_counter()
        extractor(entry["text"], published=entry["published"], id=entry["id"])
    whole = time.perf_counter() - started
    rows = [(name, part.seconds) for name, part in timed.items()]
    rows += [("all else", whole - sum(seconds for _, seconds in rows)), ("text to record", whole)]
    header = ("part", "seconds", "share of the time")
    cells = [(name, f"{seconds:.1f}", f"{seconds / whole:.1%}") for name, seconds in rows]
    print(to_markdown(header, cells))


if __name__ == "__main__":
    main()
