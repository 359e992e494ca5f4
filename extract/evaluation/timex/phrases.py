"""Phrases with their values, as collections of test cases have them: only the value is judged.

Each collection writes its values in its own way, so that a phrase here has all the values that
are right, or the days that it may begin and end with. A category that is no date (a time of
day, a duration, a set) is out of scope: shown, and left out of the sum.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Protocol, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from extract.evaluation.gold import Mark, replay
from extract.evaluation.timex.marks import MarkedTimex

_IN_SCOPE = frozenset({"DATE", "date", "daterange", "Day", "Week", "Month", "Quarter", "Year"})
_FIGURES = {"Day": 10, "Month": 7, "Year": 4}  # of an ISO date

Days = tuple[str | None, str | None]  # the first and the last; None where an interval is open
_Text = Annotated[str, Field(min_length=1)]


def _check_moment(moment: str) -> str:
    datetime.fromisoformat(moment.removeprefix("-"))
    return moment


_Moment = Annotated[str, AfterValidator(_check_moment)]  # ISO 8601; `-` before a year BC


@dataclass(frozen=True, slots=True)
class MarkedPhrase:
    """A phrase within `text`, the text of the gold's line `document`."""

    document: str
    text: str
    dct: str | None
    mark: Mark
    category: str
    values: frozenset[str]
    intervals: frozenset[Days]
    in_scope: bool

    def is_right(self, predicted: MarkedTimex | None) -> bool:
        """Tell whether a prediction has a right value, or stands for the right days."""
        if predicted is None:
            return False
        if predicted.value in self.values:
            return True
        return self.in_scope and any(  # hours are not told by their days
            all(day in (None, found) for day, found in zip(days, predicted.days, strict=True))
            for days in self.intervals
        )


class _TimenormLine(BaseModel):
    """A phrase with its TIMEX3 value: only that very value is right."""

    id: str
    dct: str | None
    phrase: _Text
    type: str
    value: str

    def phrases(self) -> Iterator[MarkedPhrase]:
        yield MarkedPhrase(
            self.id,
            self.phrase,
            self.dct,
            Mark(0, len(self.phrase), self.phrase),
            self.type,
            frozenset({self.value}),
            frozenset(),
            self.type in _IN_SCOPE,
        )


class _DucklingLine(BaseModel):
    """A phrase with its first moment, the grain of that and, of an interval, the moment after it.

    Right is the value of the first moment at that grain (not of an interval), or the same days.
    """

    id: str
    dct: str | None
    text: _Text
    kind: str
    start: _Moment
    grain: str
    end: _Moment | None = None
    open: str | None = None

    def phrases(self) -> Iterator[MarkedPhrase]:
        yield MarkedPhrase(
            self.id,
            self.text,
            self.dct,
            Mark(0, len(self.text), self.text),
            f"{self.kind} {self.grain}",
            frozenset() if self.end else frozenset({_to_value(self.start, self.grain)}),
            frozenset(self._intervals()),
            self.grain in _IN_SCOPE,
        )

    def _intervals(self) -> Iterator[Days]:
        start, end = _read_day(self.start), _read_day(self.end)
        if start and end:
            yield start.isoformat(), _day_before(end)
        elif start and self.open == "before":
            yield None, _day_before(start)
        elif start and self.open:
            yield start.isoformat(), None


class _Span(BaseModel):
    start: Annotated[int, Field(ge=0)]
    end: int
    text: _Text
    type: str
    value: str | None
    past: dict[str, str] = {}
    future: dict[str, str] = {}
    values: tuple[dict[str, str], ...] = ()

    def mark(self) -> Mark:
        return Mark(self.start, self.end, self.text)

    def right_values(self) -> Iterator[str]:
        yield from (reading["date"] for reading in (self.past, self.future) if "date" in reading)
        yield from (reading["value"] for reading in self.values if "value" in reading)
        if self.value:
            yield self.value

    def intervals(self) -> Iterator[Days]:
        for reading in (self.past, self.future, *self.values):
            start = _read_day(reading.get("startDate") or reading.get("start"))
            end = _read_day(reading.get("endDate") or reading.get("end"))
            first = start.isoformat() if start else None
            if end:
                yield first, end.isoformat()
                yield first, _day_before(end)
            elif first:
                yield first, None


class _RecognizersLine(BaseModel):
    """A sentence with its phrases, each with all of its readings, before and after the date.

    Right is the value as given (`XXXX-10-02`, where the year is left open), that of any reading,
    or the days of any reading; whether the last day given belongs to an interval differs from
    case to case there, so that it and the day before it are both right.
    """

    id: str
    dct: str | None
    text: str
    timex: tuple[_Span, ...]

    @model_validator(mode="after")
    def _replay(self) -> Self:
        replay(self.text, (span.mark() for span in self.timex))
        return self

    def phrases(self) -> Iterator[MarkedPhrase]:
        for span in self.timex:
            yield MarkedPhrase(
                self.id,
                self.text,
                self.dct,
                span.mark(),
                span.type or "none given",
                frozenset(span.right_values()) - {"not resolved"},
                frozenset(span.intervals()),
                span.type in _IN_SCOPE,
            )


class PhraseLine(Protocol):
    """A line of a collection."""

    @property
    def id(self) -> str:
        """Its id."""

    def phrases(self) -> Iterator[MarkedPhrase]:
        """Yield the phrases in it; there may be none."""


# What reads a line, by the field that only lines of that form have.
PHRASE_LINES: dict[str, Callable[[str], PhraseLine]] = {
    "phrase": _TimenormLine.model_validate_json,
    "grain": _DucklingLine.model_validate_json,
    "not_supported": _RecognizersLine.model_validate_json,
}


def choose_prediction(phrase: MarkedPhrase, found: Sequence[MarkedTimex]) -> MarkedTimex | None:
    """Return what was found where the phrase is: the one that shares most of it, then the first."""
    overlapping = [timex for timex in found if timex.mark.overlaps(phrase.mark)]
    return max(overlapping, key=lambda timex: _shared(timex.mark, phrase.mark), default=None)


def _shared(left: Mark, right: Mark) -> int:
    return min(left.end, right.end) - max(left.start, right.start)


def _to_value(moment: str, grain: str) -> str:
    """Return a moment as TIMEX3 writes it at a grain; before Christ there are years alone."""
    day = _read_day(moment)
    if day is None:
        return f"BC{moment[1:5]}"
    if grain == "Week":
        return f"{day.isocalendar().year:04}-W{day.isocalendar().week:02}"
    if grain == "Quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return moment[: _FIGURES.get(grain, 16)]


def _read_day(moment: str | None) -> date | None:
    """Return the day of a moment, None where it has no day (`08:00:00`, `2019-02-29`)."""
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()
