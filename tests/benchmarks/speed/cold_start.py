"""Print the seconds that importing, loading and the first record take in this fresh process.

python tests/benchmarks/speed/cold_start.py press_en_fast < TEXT_FILE
"""

import json
import sys
import time


def main() -> None:
    """Time the three steps of a first use, one JSON line."""
    text = sys.stdin.read()
    start = time.perf_counter()
    from extract import load  # `import extract` alone imports next to nothing

    imported = time.perf_counter()
    extractor = load(sys.argv[1])
    loaded = time.perf_counter()
    extractor(text)
    done = time.perf_counter()
    steps = {"import": imported - start, "load": loaded - imported, "first record": done - loaded}
    print(json.dumps(steps))


if __name__ == "__main__":
    main()
