"""Time expressions in one shape, so that no score knows who marked them."""

from dataclasses import dataclass, field

from extract.evaluation.gold import Mark
from extract.records import Date, DocumentRecord

TYPES = ("DATE", "TIME", "DURATION", "SET")  # the types of TIMEX3

# The type of a granularity that is no date's.
_TYPES = {"time": "TIME", "duration": "DURATION", "set": "SET"}


@dataclass(frozen=True, slots=True, order=True)
class MarkedTimex:
    """A time expression; `value` is None where the annotator or the pipeline gave none.

    `days` are the first and the last day that it may stand for; only a prediction has them.
    """

    mark: Mark
    type: str
    value: str | None
    days: tuple[str | None, str | None] = field(default=(None, None), compare=False)


@dataclass(frozen=True, slots=True)
class TimexDocument:
    """A document's time expressions; `sha256` is that of the text to which they refer, in UTF-8.

    `text` and `dct`, the day against which its relative dates are read, are the gold's alone.
    """

    id: str
    sha256: str
    timexes: tuple[MarkedTimex, ...]
    text: str = ""
    dct: str | None = None


def from_record(record: DocumentRecord) -> TimexDocument:
    """Return what the scores need of a record."""
    timexes = tuple(_from_date(date) for date in record.dates)
    return TimexDocument(record.document.id, record.document.sha256, timexes)


def _from_date(date: Date) -> MarkedTimex:
    return MarkedTimex(
        Mark(date.start, date.end, date.text),
        _TYPES.get(date.granularity, "DATE"),
        date.value,
        (date.earliest, date.latest),
    )
