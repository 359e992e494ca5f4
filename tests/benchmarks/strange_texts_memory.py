"""Measure the peak memory of the extractor on long prose, in a process that did nothing else.

    PYTHONPATH=tests python tests/benchmarks/strange_texts_memory.py PIPELINE [LENGTH ...]

Prints one JSON line, {"0": MB, LENGTH: MB, ...}, where 0 stands for the loaded pipeline after a
sentence, then the record of the last text. Lengths must rise: a peak never falls.
"""

import json
import sys
from pathlib import Path

from strange_texts import LONGEST_PROSE, make_prose

from extract import load
from extract.article import make_article
from extract.batch import extract_each
from extract.exporters.jsonl import to_line
from extract.records import DocumentRecord

STATUS = Path("/proc/self/status")  # unlike getrusage, it forgets what the parent process took


def read_peak() -> float:
    """Return the highest resident memory of this process so far, in MB."""
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return round(int(lines["VmHWM"].split()[0]) / 1024, 1)


def main() -> None:
    """Run the lengths one after the other and print the peak after each."""
    pipeline, *given = sys.argv[1:]
    lengths = [int(length) for length in given] or [LONGEST_PROSE // 4, LONGEST_PROSE]
    extractor = load(pipeline)
    extractor("Peru and Chile signed a pact in Lima on Monday.")
    peaks = {0: read_peak()}
    for length in lengths:
        article = make_article(make_prose(length, seed=length), source=str(length))
        [outcome] = extract_each([article], extractor)
        peaks[length] = read_peak()
    print(json.dumps(peaks))
    if not isinstance(outcome, DocumentRecord):
        sys.exit(outcome.message)
    sys.stdout.write(to_line(outcome).decode())


if __name__ == "__main__":
    main()
