"""Status cues: what the words around a trigger say of the stage of an agreement."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.agreements.mention import Mention
from extract.rules import RuleSet


def find_cues(doc: Doc, mentions: Iterable[Mention], rules: RuleSet) -> None:
    """Give each mention the status rules that fit its sentence, in the order of the file."""
    order = {rule_id: number for number, rule_id in enumerate(rules.rules)}
    by_sentence: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for (start, end), group in by_sentence.items():
        heads = {mention.head: mention for mention in group}
        mark_triggers(doc, heads)
        for match in rules.find(doc[start:end]):
            if match.start not in heads:
                continue
            mention = heads[match.start]
            mention.told_by.update(range(*match.span))
            if match.rule.id not in mention.cues:
                mention.cues.append(match.rule.id)
                if match.rule.like:
                    mention.like[match.rule.id] = match.rule.like
                mention.cue_spans[match.rule.id] = match.span
        clear_triggers(doc, heads)
        for mention in group:
            mention.cues.sort(key=order.__getitem__)


def mark_triggers(doc: Doc, tokens: Iterable[int]) -> None:
    """Let the atom TRIGGER of the rules match these tokens."""
    for index in tokens:
        doc[index]._.is_trigger = True


def clear_triggers(doc: Doc, tokens: Iterable[int]) -> None:
    """Take the marks off again."""
    for index in tokens:
        doc[index]._.is_trigger = False
