"""Reasons: what spoke for and against each slot of an agreement, as the judge weighed it.

Each feature of a linear model adds its weight to the score, so the weights of the features that
held are the reasons. They are told as they are; `extract/report/wording.py` puts them into words.
"""

import math
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from extract.components.agreements.hearing import Hearing
from extract.components.agreements.judging import Judge
from extract.components.agreements.left_out import LeftOut
from extract.components.agreements.party_reasons import of_parties, of_refused_sides
from extract.components.agreements.quotes import quote_mentions, quote_sides
from extract.components.agreements.readings import read_chance, read_statuses
from extract.components.agreements.slot_reasons import of_signatories, of_slot
from extract.components.agreements.triggers import is_likely
from extract.components.agreements.weighing import name_of, text_of, to_reasons, weigh
from extract.components.frames import AgreementFrame, ReasonsFrame
from extract.vocabulary import Status


def give_reasons(
    hearing: Hearing, frame: AgreementFrame | None, number: int | None
) -> list[ReasonsFrame]:
    """Return the reasons of each slot of an agreement, or why a candidate is none."""
    found = [_of_agreement(hearing)]
    if frame is not None:
        found += [_of_kind(hearing, frame), _of_status(hearing, frame["status"])]
        found += of_parties(hearing, frame["parties"])
    if frame is not None or not hearing.parties:
        found += of_refused_sides(hearing)
    if frame is not None:
        found += of_signatories(hearing)
        for slot in ("date", "place", "topic"):
            found += of_slot(hearing, slot)
    for reasons in found:
        reasons["agreement"] = number
    return found


def reasons_left_out(doc: Doc, left_out: Iterable[LeftOut]) -> list[ReasonsFrame]:
    """Return why each trigger that fired was not judged."""
    return [
        to_reasons(
            "agreement",
            doc[mention.start : mention.end].text,
            (mention.start, mention.end),
            filled=False,
            rules=mention.rules,
            chance=mention.reading.chance if mention.reading is not None else None,
            note=why,
        )
        for mention, why in left_out
        if not (mention.rules[0].startswith("possible.") and not is_likely(mention))
    ]


def _of_agreement(hearing: Hearing) -> ReasonsFrame:
    first = hearing.group[0]
    span = (first.start, first.end)
    judge = hearing.judge
    return to_reasons(
        "agreement",
        text_of(hearing, span),
        span,
        filled=hearing.verdict is not None,
        rules=sorted({rule for mention in hearing.group for rule in mention.rules}),
        chance=hearing.confidence,
        needed=judge.threshold,
        weights=weigh(judge.agreements, hearing.agreement),
        quotes=quote_mentions(hearing.doc, hearing.group)
        | quote_sides(hearing, (side for m in hearing.group for side in m.sides))
        | {"sure": f"{sum(chance for _, chance in hearing.parties):.2f}"},
        readings=read_chance(hearing.group),
        note=_note_parties(hearing),
    )


def _note_parties(hearing: Hearing) -> str:
    """Say of a refused candidate who its parties would be."""
    if hearing.verdict is not None:
        return ""
    names = [name_of(hearing, side) for side, _ in hearing.parties]
    return f"with {' and '.join(names)} as parties" if names else "no party to it is found"


def _of_kind(hearing: Hearing, frame: AgreementFrame) -> ReasonsFrame:
    """Say which trigger gives the kind: the first that has it, else a court does."""
    telling = [m for m in hearing.group if m.kind == frame["kind"]]
    clearest = min(telling or hearing.group, key=lambda m: (m.form == "verb", m.needs, m.start))
    span = (clearest.start, clearest.end)
    told = "the clearest of its triggers" if len(hearing.group) > 1 else "its trigger"
    return to_reasons(
        "kind",
        frame["kind"],
        span,
        rules=sorted({rule for mention in telling for rule in mention.rules}),
        note=f"{told}: {text_of(hearing, span)}" if telling else "a court is told of beside it",
    )


def _of_status(hearing: Hearing, status: Status) -> ReasonsFrame:
    """Weigh a status against the one that it outdid: what counts for both decides nothing."""
    statuses = hearing.judge.statuses
    chances = _status_chances(hearing.judge, hearing.status)
    rival = max((s for s in sorted(chances) if s != status), key=chances.__getitem__)
    ours, theirs = statuses[status], statuses[rival]
    names = ours.keys() | theirs.keys()
    contrast = {name: round(ours.get(name, 0.0) - theirs.get(name, 0.0), 4) for name in names}
    cues = {cue: span for m in reversed(hearing.group) for cue, span in m.cue_spans.items()}
    telling = f"status.{status}"
    trigger = hearing.group[0]
    return to_reasons(
        "status",
        status,
        cues.get(telling, (trigger.start, trigger.end)),
        rules=[telling] if telling in cues else sorted(cues),
        chance=chances[status],
        rival=rival,
        weights=weigh(contrast, hearing.status),
        quotes=quote_mentions(hearing.doc, hearing.group),
        readings=read_statuses(hearing.group),
    )


def _status_chances(judge: Judge, features: list[str]) -> Mapping[Status, float]:
    scores = {
        status: sum(weights.get(name, 0.0) for name in features)
        for status, weights in judge.statuses.items()
    }
    highest = max(scores.values())
    shares = {status: math.exp(score - highest) for status, score in scores.items()}
    return {status: share / sum(shares.values()) for status, share in shares.items()}
