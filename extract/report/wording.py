"""Wording: the features of the judge in plain words.

Features that say the same thing share one wording, so that their weights add up to one reason:
`how=subject` and `how=subject,form=noun` are both `subject of the verb`.
"""

import re
from collections.abc import Callable, Mapping

_CONDITION = re.compile(r",(?:untied,tied|form)=.*")  # in which case a weight is added on top
_TIES_IN_LIST = re.compile(r"'(\w+)'")
_VAGUE_TIES = {"same_sentence"}
_TRIGGER_ITSELF = {"agreement", "status"}  # the slots whose features are those of the trigger

_PHRASES = {
    "untied": "in no construction with the trigger",
    "tied=0": "no construction ties any party",
    "tied=1": "a construction ties one party",
    "tied=2": "constructions tie two parties",
    "tied=3": "constructions tie three parties or more",
    "mentions=1": "named once",
    "mentions=2": "named twice",
    "mentions=3": "named three times",
    "mentions=4": "named four times or more",
    "rank=0": "the country named most",
    "rank=1": "the country named second most",
    "rank=2": "the country named third most",
    "rank=3": "other countries are named more",
    "behind_person": "a person named acts for it",
    "described": "described, not named",
    "in_headline": "in the headline",
    "headline": "in the headline",
    "in_sentence": "in the sentence of the trigger",
    "same_sentence": "in the sentence of the trigger",
    "sentence_before": "in the sentence before",
    "just_before": "in the sentences just before",
    "before": "before the trigger",
    "after": "after the trigger",
    "premodifier": "right in front of the trigger",
    "in_phrase": "in the phrase of the trigger",
    "on_clause": "in the clause of the trigger",
    "on_higher_clause": "in a clause above that of the trigger",
    "on_lower_clause": "in a clause below that of the trigger",
    "on_cue": "beside the words that tell the status",
    "of_trigger": "in a clause that says how it came about",
    "of_other_noun": "in a clause about something else",
    "content": "in a clause that says what it holds",
    "time=past": "before publication",
    "time=now": "on the day of publication",
    "time=future": "after publication",
    "time=unknown": "not to be compared with publication",
    "is_side": "a party itself",
    "no_side": "not a party itself",
    "tied": "tied to the trigger by a construction",
    "body_is_party": "acts for a party",
    "body_elsewhere": "acts for someone who is no party",
    "no_body": "acts for nobody who is told",
    "parties=1": "one party",
    "parties=2": "two parties or more",
    "parties=3": "two parties or more",
    "needs=1,parties=0": "no party that is sure",
    "needs=1,parties=1": "one party",
    "needs=1,parties=2": "two parties or more",
    "needs=2,parties=0": "a vague word without parties",
    "needs=2,parties=1": "a vague word with one party",
    "needs=2,parties=2": "a vague word with two parties or more",
    "triggers=1": "told once",
    "triggers=2": "told twice",
    "triggers=3": "told three times or more",
    "plural": "several at once: a plural",
    "definite": "told as known: `the`, `this`",
    "indefinite": "told as new: `a`, `an`",
    "negated": "its verb is negated",
    "first": "beside the first trigger",
    "later": "beside a later trigger",
    "candidates=1": "the only candidate",
    "candidates=4": "one of four candidates or more",
    "latest=none": "no status rule fired",
    "first=none": "no status rule fired",
    "cue=none": "no status rule fired",
    "verb=none": "no verb above it",
    "preposition=none": "after no preposition",
    "how=person": "a person named acts for it",
    "how=read": "the reader takes it for a party",
    "how=context": "told nearby",
}
_TYPES = {
    "country": "a country",
    "ORG": "an organisation",
    "GPE": "a place",
    "LOC": "a region",
    "FAC": "a building or site",
    "NORP": "a people or group",
    "PERSON": "a person",
}
_ROLES = {
    "ROOT": "main word of the sentence",
    "acl": "clause on a noun",
    "advcl": "side clause",
    "advmod": "adverb",
    "amod": "adjective",
    "appos": "apposition",
    "ccomp": "clause as object",
    "compound": "first part of a compound",
    "conj": "second of two that are joined",
    "flat": "part of a name",
    "iobj": "indirect object",
    "nmod": "attribute of a noun",
    "nsubj": "subject",
    "obj": "object",
    "obl": "adjunct of a verb",
    "xcomp": "complement of a verb",
}
_TAGS = {
    "NN": "noun",
    "NNS": "plural noun",
    "NNP": "name",
    "VB": "infinitive",
    "VBD": "past tense",
    "VBG": "-ing form",
    "VBN": "past participle",
    "VBP": "present tense",
    "VBZ": "present tense",
}
_OPENERS = {
    "ADJ": "an adjective",
    "ADP": "a preposition",
    "ADV": "an adverb",
    "DET": "a determiner",
    "NOUN": "a noun",
    "NUM": "a number",
    "PRON": "a pronoun",
    "PROPN": "a name",
    "SYM": "a symbol",
    "VERB": "a verb",
}
_FORMS = {"noun": "told by a noun", "verb": "told by a verb", "name": "told by a name"}
_CONSTRUCTIONS = {
    "inside": "the trigger itself says it",
    "noun complement": "complement of the trigger",
    "verb complement": "complement of the verb",
    "verb object": "object of the verb",
    "clause purpose": "purpose told on the verb: `to ...`",
    "purpose": "purpose told on the trigger: `to ...`",
    "predicate": "what the verb behind the trigger says",
    "that": "a clause with `that`",
    "joint": "what they will do together",
    "read": "the reader proposes it",
    "": "the construction around it",
}
_RANKS = {"0": "closest", "1": "second", "2": "third"}

Quotes = Mapping[str, str]


def to_words(feature: str, slot: str, quotes: Quotes) -> str:
    """Return what a feature says of a slot; `quotes` gives the words of the text by feature.

    A feature that nobody has put into words comes back as it is.
    """
    feature = _simplify(feature)
    if feature in _PHRASES:
        return _PHRASES[feature]
    name, mark, value = re.match(r"([^=<>]*)([=<>]?)(.*)", feature, re.DOTALL).groups()  # type: ignore[union-attr]
    if mark and name in _FAMILIES:
        return _FAMILIES[name](value, slot, quotes)
    return feature


def _simplify(feature: str) -> str:
    """Return the feature that a combined one adds to: `on_clause` of `status=signed,on_clause`."""
    feature = _CONDITION.sub("", feature)
    name, _, rest = feature.partition(",")
    if not rest or not name.startswith(("cue=", "status=")):
        return "described" if name == "described" else feature
    if rest.startswith("["):
        ties = _TIES_IN_LIST.findall(rest)
        telling = [tie for tie in ties if tie not in _VAGUE_TIES] or ties
        return telling[-1] if telling else name
    return rest if rest in _PHRASES else f"dep={rest}"


def _how(value: str, slot: str, quotes: Quotes) -> str:
    quoted = quotes.get(f"how={value}", "")
    if value == "subject":
        return f'subject of "{quoted}"' if quoted else "subject of the verb"
    if value == "modifier":
        return f'right in front of "{quoted}"' if quoted else "right in front of the trigger"
    return f'"{quoted}"' if quoted else f'after "{value}"'


def _fired(rule: str, slot: str, quotes: Quotes) -> str:
    quoted = quotes.get(f"rule={rule}") or quotes.get(f"cue={rule}")
    return f'{rule} fired on "{quoted}"' if quoted else f"{rule} fired"


def _dep(value: str, slot: str, quotes: Quotes) -> str:
    role, colon, preposition = value.partition(":")
    said = _ROLES.get(role, role)
    if colon:
        said = f'after "{preposition}"' if preposition else f"{said}, without a preposition"
    return f"the trigger as {said}" if slot in _TRIGGER_ITSELF else f"grammar: {said}"


def _candidates(value: str, slot: str, quotes: Quotes) -> str:
    return f"one of {value} candidates"


def _construction(value: str, slot: str, quotes: Quotes) -> str:
    """Return the construction around a topic in words, by the first that its name opens with."""
    name = quotes.get("construction", value)
    return next((said for opens, said in _CONSTRUCTIONS.items() if name.startswith(opens)), name)


def _latest(value: str, slot: str, quotes: Quotes) -> str:
    return _fired(f"status.{value}", slot, quotes)


def _sure(value: str, slot: str, quotes: Quotes) -> str:
    total = quotes.get("sure")
    return f"how sure its parties are, summed: {total}" if total else "its parties are sure"


_FAMILIES: dict[str, Callable[[str, str, Quotes], str]] = {
    "how": _how,
    "rule": _fired,
    "cue": _fired,
    "first": _fired,
    "latest": _latest,
    "dep": _dep,
    "sure": _sure,
    "candidates": _candidates,
    "construction": _construction,
    "part": _construction,
    "type": lambda value, slot, quotes: _TYPES.get(value, value),
    "word": lambda value, slot, quotes: f'the word "{value}"',
    "verb": lambda value, slot, quotes: f'the verb "{value}"',
    "aux": lambda value, slot, quotes: f'with "{value}"',
    "tag": lambda value, slot, quotes: f"verb as {_TAGS.get(value, value)}",
    "kind": lambda value, slot, quotes: f"of the kind {value}",
    "form": lambda value, slot, quotes: _FORMS.get(value, value),
    "granularity": lambda value, slot, quotes: f"known to the {value}",
    "opens": lambda value, slot, quotes: f"opens with {_OPENERS.get(value, value)}",
    "preposition": lambda value, slot, quotes: f'after "{value}"',
    "rank": lambda value, slot, quotes: f"{_RANKS.get(value, 'later')} construction",
    "length": lambda value, slot, quotes: _less("long", value),
    "distance": lambda value, slot, quotes: _less("from the trigger", value),
}


def _less(what: str, limit: str) -> str:
    """Return `fewer than 4 words long`; the last class has no limit."""
    return f"many words {what}" if limit == "99" else f"fewer than {limit} words {what}"
