"""A day and the hour beside it are one time: `8.50 am on 8 October`, `Tuesday 13 May at 10.30`."""

from dataclasses import replace

from spacy.tokens import Doc, Span

from extract.components.dates.periods import Reading

Found = list[tuple[Span, Reading]]
_AFTER_DAY = frozenset({"at", ",", "@", "from", "around", "about"})
_BEFORE_DAY = frozenset({"on", ","})
_PART = "time.part_of_day"


def join_hours(doc: Doc, found: Found) -> Found:
    """Return the dates with each hour joined to the day that its phrase names.

    A part of a day that no day follows (`the night of the storm`) is none.
    """
    joined: Found = []
    for span, reading in found:
        pair = _join(doc, joined[-1], (span, reading)) if joined else None
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append((span, reading))
    return [pair for pair in joined if pair[0].id_ != _PART]


def _join(
    doc: Doc, left: tuple[Span, Reading], right: tuple[Span, Reading]
) -> tuple[Span, Reading] | None:
    between = [token.lower_ for token in doc[left[0].end : right[0].start]]
    for day, hour, joints in ((left[1], right[1], _AFTER_DAY), (right[1], left[1], _BEFORE_DAY)):
        if _is_hour(hour) and _is_day(day) and len(between) < 3 and joints.issuperset(between):
            value = f"{day.value.partition('T')[0]}T{hour.value.partition('T')[2]}"
            span = Span(doc, left[0].start, right[0].end, label="DATE", span_id="time.joined")
            return span, replace(day, value=value, granularity="time")
    return None


def _is_hour(reading: Reading) -> bool:
    """Tell whether a reading names an hour or a part of some day."""
    return reading.granularity == "time" and reading.earliest is None


def _is_day(reading: Reading) -> bool:
    """Tell whether a reading names one day, or a part of one: no hour yet."""
    named = reading.granularity == "day" or (
        reading.granularity == "time" and ":" not in reading.value
    )
    return named and reading.earliest is not None
