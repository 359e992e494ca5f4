"""Left out: the triggers that fired and were never judged, each with the reason.

Told only where an explanation is asked for: a run has no use for them.
"""

from collections.abc import Iterable

from extract.components.agreements.mention import Mention
from extract.components.agreements.triggers import is_likely

LeftOut = tuple[Mention, str]


def find_left_out(fired: Iterable[Mention], groups: Iterable[list[Mention]]) -> list[LeftOut]:
    """Return the mentions that fired and are in no group, each with the reason, in text order."""
    judged = [mention for group in groups for mention in group]
    starts = {mention.start for mention in judged}
    nouns = {m.sentence for m in judged if m.form != "verb" and m.needs == 1}
    left = sorted((m for m in fired if m.start not in starts), key=lambda m: m.start)
    return [(mention, _why(mention, nouns)) for mention in left]


def _why(mention: Mention, nouns: set[tuple[int, int]]) -> str:
    if not is_likely(mention):
        return "the reader sees no agreement in it"
    if mention.form == "verb" and mention.sentence in nouns:
        return "a noun in its sentence tells of the agreement"
    return "it only goes on with an agreement, and none is told before"
