"""What a run must not write over: its own sources."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.readers.walk import find_files


def find_clash(inputs: Iterable[str], outputs: Iterable[str]) -> str | None:
    """Return why one of the outputs cannot be written, in one line; None where all can.

    An output may be neither a source, nor a file that exists in a folder that is read, nor another
    output. The output of the last run is no exception: it would be read as a source, and nothing
    sure tells it from one. Devices, pipes and `-` are never replaced.
    """
    inputs, taken = list(inputs), set[Path]()
    for path in outputs:
        if path == "-" or (Path(path).exists() and not Path(path).is_file()):
            continue
        target = Path(path).resolve()
        if target in taken:
            return f"{path} is named for two outputs; name another file"
        if target.exists() and target in _find_sources(inputs):
            return f"{path} is read as a source and would be overwritten; name another file"
        taken.add(target)
    return None


def _find_sources(inputs: Iterable[str]) -> Iterator[Path]:
    for path in inputs:
        if path in ("", "-"):
            continue
        for found in find_files(Path(path)):
            if isinstance(found, Path):
                yield found.resolve()
