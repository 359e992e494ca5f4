"""Merging: mentions of the same agreement are one agreement, the headline's included."""

from spacy.tokens import Doc

from extract.components.agreements.mention import MOST_TELLING, Mention
from extract.components.frames import EntityFrame
from extract.components.references import side_key

_GENERIC = {"agreement", "memorandum", "partnership"}  # kinds that a vaguer word may stand for
_NEAR = 60  # tokens within which one shared side is enough
_FAR = 300  # tokens within which `the agreement` looks for what it points back to
_LOOK_BACK = 100  # agreements that a mention is compared with: time stays linear in the text


def group_mentions(
    doc: Doc, mentions: list[Mention], entities: list[EntityFrame], names: dict[int, str]
) -> list[list[Mention]]:
    """Return the mentions grouped by agreement, in text order.

    `names` gives the name of each named trigger by its start. A mention joins the nearest earlier
    group that it fits: the same name, or sides that do not contradict, and kinds that one word
    may stand for.
    """
    groups: list[list[Mention]] = []
    for mention in mentions:
        group = _told_before(doc, mention, groups)
        if group is None:
            near = reversed(groups[-_LOOK_BACK:])
            group = next((g for g in near if _fits(doc, mention, g, entities, names)), None)
        if group is not None:
            group.append(mention)
        elif not mention.continues:
            groups.append([mention])
    return groups


def _told_before(doc: Doc, mention: Mention, groups: list[list[Mention]]) -> list[Mention] | None:
    """Return the agreement that the words just before tell of, where this one goes on with it.

    `agreed to cooperate`; `A memorandum was signed with X. The two sides agreed to ...`; a headline
    and its subhead.
    """
    if not groups or groups[-1][-1] is mention:
        return None
    last = groups[-1][-1]
    if mention.form == last.form == "verb" and doc[last.head] in doc[mention.head].ancestors:
        return groups[-1]
    follows = last.sentence[1] == mention.sentence[0]
    if mention.shared and follows:
        mention.sides = []
        return groups[-1]
    if mention.continues and (follows or last.sentence == mention.sentence):
        return groups[-1]
    if not mention.sides and _in(doc, mention, "subhead") and _in(doc, last, "headline"):
        return groups[-1]
    return None


def _in(doc: Doc, mention: Mention, section: str) -> bool:
    return any(s.start <= mention.start < s.end for s in doc.spans.get(section, ()))


def _fits(
    doc: Doc,
    mention: Mention,
    group: list[Mention],
    entities: list[EntityFrame],
    names: dict[int, str],
) -> bool:
    named = {names[m.start] for m in group[:MOST_TELLING] if m.start in names}
    if mention.start in names and named:
        return names[mention.start] in named
    if not _kinds_agree(mention, group) or mention.apart:
        return False
    ours, theirs = set(sides_of(mention, entities)), set(group_sides(group, entities))
    if not ours:
        return mention.anaphoric and mention.start - group[-1].end <= _FAR
    if not theirs:
        return all(_in(doc, m, "headline") for m in group)
    if ours <= theirs or theirs <= ours:
        return len(ours & theirs) >= 2 or mention.anaphoric or _is_close(mention, group)
    shared = ours & theirs
    bodies = [entities[n]["type"] == "ORG" for n in mention.entities()]
    return (
        bool(shared)
        and all(bodies)
        and _told_by_elimination(ours - shared, theirs - shared, entities)
    )


def _told_by_elimination(ours: set[str], theirs: set[str], entities: list[EntityFrame]) -> bool:
    """Tell whether the one side left on each hand is a country and a body of unknown country.

    `Chad and Peru agree` ... `the Ministry of Ports of Chad and the Lima Harbour Board signed`: the
    board is Peru's. The body is given the country.
    """
    if len(ours) != 1 or len(theirs) != 1:
        return False
    keys = sorted([*ours, *theirs], key=lambda key: key.startswith("#"))
    if keys[0].startswith("#") or not keys[1].startswith("#"):
        return False
    body = entities[int(keys[1][1:])]
    if body["type"] != "ORG":
        return False
    body["country"] = keys[0]
    return True


def _is_close(mention: Mention, group: list[Mention]) -> bool:
    return mention.start - group[-1].end <= _NEAR


def _kinds_agree(mention: Mention, group: list[Mention]) -> bool:
    kinds = {m.kind for m in group[:MOST_TELLING]}
    if mention.kind in kinds:
        return True
    if mention.form == "verb":  # `agreed`, `to cooperate`: of any kind; `to buy`: of its own
        return mention.kind in _GENERIC
    if any(m.form == "verb" for m in group[:MOST_TELLING]):
        return True
    return (mention.kind in _GENERIC and bool(kinds & _GENERIC)) or mention.kind == "agreement"


def sides_of(mention: Mention, entities: list[EntityFrame]) -> list[str]:
    """Return one key a side: its country where known, so that a ministry and its state are one."""
    return list(dict.fromkeys(side_key(number, entities) for number in mention.entities()))


def group_sides(group: list[Mention], entities: list[EntityFrame]) -> list[str]:
    """Return the side keys of the first mentions of a group, each once."""
    return list(
        dict.fromkeys(
            key for mention in group[:MOST_TELLING] for key in sides_of(mention, entities)
        )
    )
