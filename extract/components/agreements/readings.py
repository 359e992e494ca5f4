"""What the reader says of a group of mentions, as evidence that the judge weighs.

Probabilities become steps (`read>0.5`), so that the weights of the judge stay plain and readable.
"""

from collections.abc import Iterable, Iterator, Mapping

from extract.components.agreements.mention import MOST_TELLING, Mention
from extract.components.frames import TokenSpan
from extract.vocabulary import STATUSES

_STEPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_LIKELY = 0.3  # from here on a reading of a mention counts for its group


def steps(name: str, chance: float) -> set[str]:
    """Return the names of the steps that a probability reaches."""
    return {f"{name}>{step}" for step in _STEPS if chance > step}


def all_steps(chances: Mapping[str, float]) -> set[str]:
    """Return the names of the steps that any of some named probabilities reaches."""
    return {step for name, chance in chances.items() for step in steps(name, chance)}


def tell_chance(group: list[Mention]) -> set[str]:
    """Return how surely the surest mention, and the mean one, evokes an agreement."""
    return all_steps(read_chance(group))


def read_chance(group: list[Mention]) -> dict[str, float]:
    """Return the probability of the surest mention and of the mean one, nothing without reader."""
    chances = [m.reading.chance for m in group if m.reading is not None]
    if not chances:
        return {}
    return {"read": max(chances), "read on average": sum(chances) / len(chances)}


def tell_part(group: list[Mention], part: str, spans: Iterable[TokenSpan]) -> set[str]:
    """Return how surely one of some spans plays a part in an agreement."""
    return all_steps(read_part(group, part, spans))


def read_part(group: list[Mention], part: str, spans: Iterable[TokenSpan]) -> dict[str, float]:
    """Return the probability that the likeliest of some spans plays a part."""
    readings = [m.reading for m in group[:MOST_TELLING] if m.reading is not None]
    if not readings:
        return {}
    shares = [reading.share(part, *span) for span in spans for reading in readings]
    return {f"read {part}": max(shares, default=0.0)}


def tell_overlap(mention: Mention, part: str, span: TokenSpan) -> set[str]:
    """Return how well a span and what plays a part are expected to overlap."""
    return all_steps(read_overlap([mention], part, span))


def read_overlap(group: list[Mention], part: str, span: TokenSpan) -> dict[str, float]:
    """Return the best overlap of a span and what plays a part, as the mentions are read."""
    found = [m.reading.overlap(part, *span) for m in group if m.reading is not None]
    return {f"read {part}": max(found)} if found else {}


def tell_statuses(group: list[Mention]) -> set[str]:
    """Return how surely an agreement is at each stage: the mean of its likely mentions."""
    return all_steps(read_statuses(group))


def read_statuses(group: list[Mention]) -> dict[str, float]:
    """Return the probability of each stage."""
    readings = [m.reading for m in group if m.reading is not None]
    likely = [r for r in readings if r.chance > _LIKELY] or readings
    if not likely:
        return {}
    return {
        f"read {status}": sum(float(r.statuses[number]) for r in likely) / len(likely)
        for number, status in enumerate(STATUSES)
    }


def read_spans(group: list[Mention], part: str, *, above: float) -> Iterator[TokenSpan]:
    """Yield the spans that the reader gives a part in the agreement, each once."""
    readings = [m.reading for m in group[:MOST_TELLING] if m.reading is not None]
    spans = (span for reading in readings for span in reading.spans(part, above=above))
    yield from dict.fromkeys(spans)
