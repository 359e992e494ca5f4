"""Pactwire: raw press text in; who agreed what with whom, as validated records, out.

raw press text → article → entities → dates → agreements → records

readers yield articles, press marks their front matter, the spaCy components find names,
roles, dates, references and agreements, assemble turns each Doc into a DocumentRecord.

>>> import extract
>>> record = extract.load()("Peru and Chile signed a pact.", published="2025-07-03")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline import Extractor, load
    from extract.records import DocumentRecord

__all__ = ["DocumentRecord", "Extractor", "load"]


def __getattr__(name: str) -> Any:
    """Import on first use, so that `pactwire --help` need not wait for spaCy."""
    if name in {"Extractor", "load"}:
        from extract import pipeline

        return getattr(pipeline, name)
    if name == "DocumentRecord":
        from extract.records import DocumentRecord

        return DocumentRecord
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
