"""Slot by slot: what fills each slot of an agreement, how sure that is, and why.

Reads what the judge weighed (`doc._.reasons`, set by `analyse(..., explain=True)`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.report import to_line
from extract.report.wording import to_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.components.frames import ReasonsFrame

_SHOWN = 3  # reasons a slot
_MOST_AGAINST = 2  # of them, where something was refused: the third speaks for it


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a slot (a weight above 0) or against it, and the features that say so."""

    text: str
    weight: float
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills a slot of an agreement, or might have; `start` and `end` are characters.

    `agreement` is empty where the whole candidate was refused; `reasons` come strongest first.
    """

    agreement: str
    slot: str
    text: str
    start: int
    end: int
    filled: bool
    rules: tuple[str, ...]
    confidence: float | None
    needed: float | None
    rival: str | None
    note: str
    reasons: tuple[Reason, ...]


def explain_slots(doc: "Doc") -> list[Slot]:
    """Return the slots of each agreement in their order, then what was refused."""
    slots = [_to_slot(doc, frame) for frame in doc._.reasons or ()]
    return sorted(slots, key=lambda slot: slot.agreement == "")


def _to_slot(doc: "Doc", frame: "ReasonsFrame") -> Slot:
    span = doc[frame["span"][0] : frame["span"][1]]
    number = frame["agreement"]
    return Slot(
        agreement="" if number is None else f"a{number + 1}",
        slot=frame["slot"],
        text=frame["text"],
        start=span.start_char,
        end=span.end_char,
        filled=frame["filled"],
        rules=tuple(frame["rules"]),
        confidence=_rounded(frame["chance"]),
        needed=frame["needed"],
        rival=frame["rival"],
        note=frame["note"],
        reasons=tuple(tell_reasons(frame)),
    )


def _rounded(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 4)


def tell_reasons(frame: "ReasonsFrame") -> list[Reason]:
    """Return the reasons in plain words, strongest first; what says the same is summed."""
    weights: dict[str, float] = {}
    features: dict[str, list[str]] = {}
    for feature, weight in frame["weights"].items():
        text = _say_reading(feature, frame) or to_words(feature, frame["slot"], frame["quotes"])
        weights[text] = weights.get(text, 0.0) + weight
        features.setdefault(text, []).append(feature)
    reasons = [Reason(text, round(weights[text], 2), tuple(features[text])) for text in weights]
    said = (reason for reason in reasons if reason.weight)
    return sorted(said, key=lambda reason: (-abs(reason.weight), reason.text))


def _say_reading(feature: str, frame: "ReasonsFrame") -> str:
    """Return `reader: party 0.93` for each of its steps; nothing for what no reader says."""
    name, step, limit = feature.partition(">")
    if not step or not name.startswith("read"):
        return ""
    what = name.removeprefix("read").strip()
    what = {"": "an agreement", "on average": "an agreement, on average"}.get(what, what)
    chance = frame["readings"].get(name)
    return f"reader: {what} {chance:.2f}" if chance is not None else f"reader: {what} over {limit}"


def strongest(slot: Slot) -> tuple[Reason, ...]:
    """Return the reasons worth showing: of what was refused, mainly those against it."""
    if slot.filled:
        return slot.reasons[:_SHOWN]
    against = [reason for reason in slot.reasons if reason.weight < 0][:_MOST_AGAINST]
    speaking = [reason for reason in slot.reasons if reason.weight > 0]
    return (*against, *speaking[: 1 if against else _SHOWN])


def to_sentence(slot: Slot) -> str:
    """Return what fills a slot and why, in one line."""
    filled = " ".join(filter(None, (say_confidence(slot), _say_what(slot))))
    reasons = (f"{reason.text} {reason.weight:+.2f}" for reason in strongest(slot))
    why = "; ".join((filled, *filter(None, (slot.note,)), *reasons))
    return f"{slot.agreement}: {why}" if slot.agreement else why


def _say_what(slot: Slot) -> str:
    return f"{slot.text}, rather than {slot.rival}" if slot.rival else slot.text


def say_confidence(slot: Slot) -> str:
    """Return the confidence; nothing for what a plain rule filled."""
    return "" if slot.confidence is None else f"{slot.confidence:.2f}"


def print_slots(slots: Iterable[Slot], console: Console) -> None:
    """Print the slots, an agreement after the other, each with its strongest reasons.

    A number without a sign is a confidence, one with a sign the weight of a reason.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("slot", no_wrap=True, style="cyan")
    table.add_column("sure", no_wrap=True, justify="right")
    table.add_column("filled with, and why", overflow="fold")
    shown = None
    for slot in slots:
        label = slot.agreement or "refused"
        if shown != label:
            if shown is not None:
                table.add_row()
            table.add_row(Text(label, "bold"))
            shown = label
        for cells in _lines(slot):
            table.add_row(*cells)
    if shown is not None:
        console.print(table)


def _lines(slot: Slot) -> Iterator[tuple[Text, Text, Text]]:
    """Yield what fills a slot, then a line a reason; in grey what was refused."""
    refused = bool(slot.agreement) and not slot.filled
    name = f"not {slot.slot}" if refused else slot.slot
    what = Text(to_line(_say_what(slot)), "dim" if refused else "bold")
    what.append(f"  {' '.join(slot.rules)}", "not bold dim")
    if not slot.filled and slot.needed is not None and (slot.confidence or 0) < slot.needed:
        what.append(f"  needs {slot.needed:.2f}", "not bold")
    yield Text(name, "dim" if refused else ""), Text(say_confidence(slot)), what
    if slot.note:
        yield Text(), Text(), Text(to_line(slot.note))
    for reason in strongest(slot):
        weight = Text(f"{reason.weight:+.2f}", "green" if reason.weight > 0 else "red")
        yield Text(), weight, Text(to_line(reason.text))
