"""Measure side by side in one run: words per second, peak memory and cold start.

    python tests/benchmarks/pipeline_speed.py --data DATA_FOLDER

Contestants: the trained pipelines alone and with the whole extractor on them, the parts of the
CNN one, the bare tokenizer, and the names of compromise (npm). Each is a process of its own, all
on one thread of the same core; they read by turns, so that noise of the machine falls on all.
Tables on stdout, progress on stderr. See `speed/`.
"""

import argparse
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from speed.documents import Document, deal_slices, read_documents, write_slice
from speed.entrants import Entrant, fetch_compromise, find_pipelines, list_entrants
from speed.rounds import ONE_THREAD, Contestant, Round, hold_to_one_core, run_rounds

from extract.evaluation.table import to_markdown

SOURCE = Path("press", "us-state.jsonl")
NPM_FOLDER = Path(__file__).parents[2] / ".build" / "compromise"
COLD_START = Path(__file__).parent / "speed" / "cold_start.py"
WARM_UP = 5  # documents
SPEED_HEADER = (
    "contestant",
    "words/s",
    "slowest–fastest round",
    "words/s of CPU time",
    "peak memory, MB",
    "names found",
)
STEPS = ("import", "load", "first record", "sum", "whole process")
_LOG = logging.getLogger(__name__)


def to_speed_row(label: str, rounds: Sequence[Round], peak: float | None) -> tuple[str, ...]:
    """Return the row of a contestant: the median round, the spread, the names of all rounds."""
    speeds = [r.words / r.seconds for r in rounds]
    names = sum(r.names for r in rounds)
    return (
        label,
        f"{median(speeds):,.0f}",
        f"{min(speeds):,.0f}–{max(speeds):,.0f}",
        f"{median(r.words / r.cpu_seconds for r in rounds):,.0f}",
        "-" if peak is None else f"{peak:,.0f}",
        f"{names:,}" if names else "-",
    )


def to_cold_row(name: str, starts: Sequence[dict[str, float]]) -> tuple[str, ...]:
    """Return the row of a pipeline: the median of each step."""
    return name, *(f"{median(start[step] for start in starts):.2f}" for step in STEPS)


def time_cold_start(place: Path, text: str) -> dict[str, float] | None:
    """Return the seconds of each step of a first use in a fresh process, and of all of it.

    None where it fails; its message is on stderr.
    """
    start = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, str(COLD_START), str(place)],
        input=text,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | ONE_THREAD,
        check=False,
    )
    whole = time.perf_counter() - start
    if ended.returncode:
        _LOG.warning("cold start of %s left out: it failed", place.name)
        return None
    steps = json.loads(ended.stdout)
    return {**steps, "sum": sum(steps.values()), "whole process": whole}


def compare_speed(
    entrants: Sequence[Entrant], documents: Sequence[Document], rounds: int
) -> list[Contestant]:
    """Have all entrants read the documents in rounds; a failed one is left out."""
    with tempfile.TemporaryDirectory() as folder:
        warm_up = write_slice(documents[:WARM_UP], Path(folder, "warm-up.jsonl"))
        slices = [
            write_slice(dealt, Path(folder, f"slice-{number}.jsonl"))
            for number, dealt in enumerate(deal_slices(documents, rounds))
        ]
        return run_rounds(entrants, warm_up, slices)


def compare_cold_starts(pipelines: dict[str, Path], text: str, count: int) -> list[tuple[str, ...]]:
    """Return a row a pipeline, each started so many times, by turns; a failed one has none."""
    rounds = [
        {name: time_cold_start(place, text) for name, place in pipelines.items()}
        for _ in range(count)
    ]
    starts = {name: [timed for by in rounds if (timed := by[name])] for name in pipelines}
    return [to_cold_row(name, timed) for name, timed in starts.items() if timed]


def describe_machine() -> str:
    """Return what a reader must know of the machine to read the figures."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores of which one is used, load average "
        f"before the run {load}; Python {platform.python_version()}, spaCy {version('spacy')}."
    )


def main() -> None:
    """Run the contest and the cold starts, and print both tables."""
    arguments = _parse()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    documents = _read(arguments.data / SOURCE, arguments.documents)
    hold_to_one_core()
    print(f"{describe_machine()}\n", flush=True)
    pipelines = find_pipelines(arguments.pipelines)
    entrants = list_entrants(pipelines)
    entrants += fetch_compromise(NPM_FOLDER) if arguments.npm else []
    contestants = compare_speed(entrants, documents, arguments.rounds)
    print(
        f"{len(documents):,} of the {arguments.documents:,} documents asked for, "
        f"{sum(document['words'] for document in documents):,} words between white space, "
        f"in {min(arguments.rounds, len(documents))} rounds.\n"
    )
    rows = [to_speed_row(each.label, each.rounds, each.peak) for each in contestants]
    print(to_markdown(SPEED_HEADER, rows), flush=True)
    middle = sorted(documents, key=lambda document: document["words"])[len(documents) // 2]
    print(
        f"Cold start: median seconds of {arguments.starts} fresh processes, files in the system's "
        f"cache, on the document of median length ({middle['words']:,} words).\n"
    )
    starts = compare_cold_starts(pipelines, middle["text"], arguments.starts)
    print(to_markdown(("pipeline", *STEPS), starts))


def _read(path: Path, limit: int) -> list[Document]:
    if not path.is_file():
        raise SystemExit(f"Error: no file {path}; --data takes the folder that holds {SOURCE}")
    documents = read_documents(path, limit)
    if not documents:
        raise SystemExit(f"Error: no document in {path}; a line needs one JSON object")
    return documents


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {SOURCE}")
    parser.add_argument("--documents", type=_positive, default=2000, help="at most; default 2000")
    parser.add_argument("--rounds", type=_positive, default=5, help="default 5")
    parser.add_argument("--starts", type=_positive, default=5, help="cold starts; default 5")
    parser.add_argument("--npm", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--pipelines", nargs="+", default=["press_en", "press_en_fast"])
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


if __name__ == "__main__":
    main()
