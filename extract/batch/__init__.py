"""Many documents: each becomes a record or a reject, and both come out in a fixed order."""

from extract.batch.clash import find_clash
from extract.batch.local import Extractor, Outcome, extract_each, run
from extract.batch.results import Results

__all__ = ["Extractor", "Outcome", "Results", "extract_each", "find_clash", "run"]
