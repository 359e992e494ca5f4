"""Let contestants read by turns, each in a process of its own, on one thread of one core."""

import json
import logging
import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from speed.entrants import Entrant

_POOLS = ("OMP", "OPENBLAS", "MKL", "BLIS", "RAYON")
# onnxruntime heeds no variable: the component that uses it asks for one thread itself.
ONE_THREAD = {f"{pool}_NUM_THREADS": "1" for pool in _POOLS} | {"PYTHONUTF8": "1"}
_LOG = logging.getLogger(__name__)


class Round(NamedTuple):
    """What reading one slice took."""

    seconds: float
    cpu_seconds: float
    words: int
    names: int


class Contestant:
    """A running process that reads a slice when it is told the path."""

    def __init__(self, entrant: Entrant) -> None:
        """Start the process; it loads while the first path waits."""
        self.label = entrant.label
        self.rounds: list[Round] = []
        self.peak: float | None = None
        self._process = subprocess.Popen(
            entrant.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | ONE_THREAD,
        )

    def read(self, path: Path) -> bool:
        """Have a slice read and keep its figures; False where the process has ended."""
        try:
            print(path, file=self._process.stdin, flush=True)
        except BrokenPipeError:
            return False
        answer = self._process.stdout.readline()
        if answer:
            self.rounds.append(Round(**json.loads(answer)))
            self.peak = find_peak(self._process.pid)
        return bool(answer)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def hold_to_one_core() -> None:
    """Hold this process and all that it starts to one core, where the system knows how."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def find_peak(process: int) -> float | None:
    """Return the peak resident memory of a process in MB.

    None on a system without /proc, and of a process that has ended. `ru_maxrss` will not do: on
    Linux a process inherits that of the one that started it.
    """
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
    return int(fields["VmHWM"].split()[0]) / 1024 if "VmHWM" in fields else None


def run_rounds(
    entrants: Iterable[Entrant], warm_up: Path, slices: Sequence[Path]
) -> list[Contestant]:
    """Return those that read all slices; a slice goes to one after the other, then the next.

    The warm-up, in which the models load too, is not among their rounds. One that fails leaves
    its own message on stderr and drops out.
    """
    contestants = [Contestant(entrant) for entrant in entrants]
    try:
        contestants = _read_all(contestants, warm_up, "warm-up")
        for contestant in contestants:
            contestant.rounds.clear()
        for number, path in enumerate(slices, start=1):
            contestants = _read_all(contestants, path, f"round {number} of {len(slices)}")
        return contestants
    finally:
        for contestant in contestants:
            contestant.stop()


def _read_all(contestants: list[Contestant], path: Path, stage: str) -> list[Contestant]:
    left = []
    for contestant in contestants:
        if contestant.read(path):
            left.append(contestant)
            _LOG.info("%s: %s: %.1f s", stage, contestant.label, contestant.rounds[-1].seconds)
        else:
            contestant.stop()
            _LOG.warning("%s left out: it ended in the %s", contestant.label, stage)
    return left
