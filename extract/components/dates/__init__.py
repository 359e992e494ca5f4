"""When: the date expressions of a text, each with the days that it may stand for.

`find_dates` reads a Doc; the rules lie in `models/rules/dates/`, each with a `set:` that names
one of the readers in `readers.py`. What they need to know of the text is a `Context`. The clock
is never asked: without a publication date, a relative date stays unresolved.
"""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.components.dates.detect import DateRules, find_dates
from extract.components.dates.periods import Reading
from extract.components.frames import DateFrame, ReadingFrame

__all__ = ["DateFinder", "find_dates", "make_dates"]

RULE_FILES = [
    "dates/calendar",
    "dates/holidays",
    "dates/times",
    "dates/numeric",
    "dates/relative",
    "dates/periods",
    "dates/ranges",
    "dates/spans",
    "dates/no_dates",
]


def to_frame(span: Span, reading: Reading) -> DateFrame:
    """Return what the Doc keeps of a date: plain strings and numbers."""
    return DateFrame(
        span=(span.start, span.end),
        value=reading.value,
        earliest=reading.earliest.isoformat() if reading.earliest else None,
        latest=reading.latest.isoformat() if reading.latest else None,
        granularity=reading.granularity,
        anchor=reading.anchor,
        rule=span.id_,
        alternatives=[
            ReadingFrame(value=value, reason=reason) for value, reason in reading.alternatives
        ],
    )


class DateFinder:
    """Write `doc.spans["dates"]` and `doc._.dates`, in the same order."""

    def __init__(self, rules: DateRules) -> None:
        """Take the compiled rules."""
        self._rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Find the dates of a Doc; what was written before is replaced."""
        found = find_dates(doc, self._rules)
        doc.spans["dates"] = [span for span, _ in found]
        doc._.dates = [to_frame(span, reading) for span, reading in found]
        return doc


@Language.factory(
    "pactwire_dates",
    assigns=["doc._.dates"],
    default_config={"rules": RULE_FILES, "tense_rules": "dates/tense"},
)
def make_dates(nlp: Language, name: str, rules: Sequence[str], tense_rules: str) -> DateFinder:
    """Return the component; `rules` are files under `models/rules/`, the first wins a tie."""
    return DateFinder(DateRules(nlp.vocab, rules, tense_rules))
