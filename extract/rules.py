"""Rules as data: YAML files with patterns, what they set, and sentences that prove them.

    rules:
      - id: opinion.agree_that
        pattern: <~agree> that
        match: ["Experts agree that prices will rise."]
        no_match: ["The ministers agreed to meet in May."]

A pattern is a row of atoms, one a token, separated by spaces:

    word  a|b         these words, whatever their case
    =May              this word in this case
    ~sign|ink         any inflected form of these words
    {money}           a word of the class `money`
    {feast.first}     the first word of a phrase of the class `feast`; so `.last`, any `.word` (also
                      `-` and `'`), and `.single`, a phrase of one word: the reader tells whether
                      they make a phrase
    pos:NOUN|PROPN    a part of speech;  tag:VBD  a fine tag;  ent:ORG  an entity label
    re:[0-9]{4}       a token that this regular expression matches as a whole
    ..3               up to three tokens of any kind
    TRIGGER           the head of what evokes an agreement (status rules)
    x?  x*  x+        optional, any number, at least one; 16 at most
    <x y>             what the rule marks; the whole match where there are no angles

Tokens are spaCy's: `country's` is two (`country 's`), `cease-fire` three (`cease - fire`).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.errors import RuleError
from extract.needs import Needs
from extract.resources import rule_folder

_APOSTROPHES = {"'": "’", "'s": "’s", "s'": "s’", "n't": "n’t"}
LONGEST_RUN = 16  # tokens that one atom may repeat; more do not occur but in dumps
_MARKS = ("-", "–", "'", "’", "'s", "’s")  # tokens within a phrase that are no words
_MODEL_ATOMS = ("pos:", "tag:", "ent:")
RULE_KEYS = ("id", "pattern", "set", "match", "no_match", "note")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file; one of a pack is judged `like` a shipped rule."""

    id: str
    patterns: tuple[str, ...]
    sets: Mapping[str, Any] = field(default_factory=dict)
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    like: str = ""

    @property
    def needs_model(self) -> bool:
        """Whether the patterns ask for tags or entities, so that a bare tokenizer is too little."""
        return any(atom in pattern for pattern in self.patterns for atom in _MODEL_ATOMS)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired: `start` and `end` are the marked tokens, `span` the whole match."""

    rule: Rule
    start: int
    end: int
    span: tuple[int, int]


class RuleSet:
    """The rules of one file, compiled for one vocabulary.

    Each pattern has a matcher of its own, which is asked only where a token for each of its atoms
    is there: of some hundred patterns, few are.
    """

    def __init__(
        self, rules: Iterable[Rule], classes: Mapping[str, list[str]], vocab: Vocab
    ) -> None:
        """Compile the patterns; a pattern that breaks the notation raises `RuleError`."""
        self.rules: dict[str, Rule] = {}
        self._vocab = vocab
        self._needs = Needs()
        self._long_runs = Matcher(vocab)
        self._patterns: list[_Pattern] = []
        self.put_first(rules, classes)

    def put_first(self, rules: Iterable[Rule], classes: Mapping[str, list[str]]) -> None:
        """Compile more rules, with word classes of their own, to stand before those there are."""
        added = {rule.id: rule for rule in rules}
        self.rules = {**added, **self.rules}
        for rule in added.values():
            for pattern in rule.patterns:
                atoms, focus = _parse_pattern(rule.id, pattern, classes)
                matcher = Matcher(self._vocab)
                matcher.add(rule.id, [atoms])
                self._patterns.append(_Pattern(rule, focus, matcher, self._needs.add(atoms)))
                self._watch_runs(atoms)

    def find(self, within: Doc | Span) -> list[Match]:
        """Return all matches, in text order, longest first at the same start.

        Positions are token indices of the Doc, also when `within` is a Span.
        """
        found: dict[tuple[str, int, int], Match] = {}
        for stretch in self._stretches(within):
            for match in self._matches(stretch):
                key = (match.rule.id, match.start, match.end)
                seen = found.get(key)
                if seen is None or _length(match) > _length(seen):
                    found[key] = match
        return sorted(found.values(), key=lambda m: (m.start, -m.end, m.rule.id))

    def _matches(self, within: Doc | Span) -> Iterator[Match]:
        offset = within.start if isinstance(within, Span) else 0
        there = self._needs.met_by({token.text for token in within})
        for rule, (first, last), matcher, needed in self._patterns:
            if needed & ~there:
                continue
            matches: Any = matcher(within, with_alignments=True)
            for _, start, end, alignment in matches:
                marked = [i for i, atom in enumerate(alignment) if first <= atom < last]
                if marked:
                    here = (offset + start + marked[0], offset + start + marked[-1] + 1)
                    yield Match(rule, *here, (offset + start, offset + end))

    def _watch_runs(self, atoms: list[dict[str, Any]]) -> None:
        """Look out for long runs of what a pattern repeats; no other row of atoms is unbounded."""
        for atom in atoms:
            if atom.get("OP") in {"*", "+"}:
                single = {key: value for key, value in atom.items() if key != "OP"}
                if (name := str(single)) not in self._long_runs:
                    self._long_runs.add(name, [[single] * (LONGEST_RUN + 1)])

    def _stretches(self, within: Doc | Span) -> Iterator[Doc | Span]:
        """Yield what is matched by itself: all, or pieces in which nothing repeats for too long.

        The matcher takes the fourth power of the time for a run in which a pattern may begin,
        pass from one repeated atom to the next, and end at each token. A run is cut from its end,
        where the noun stands.
        """
        cuts = [len(within)]
        runs: Any = self._long_runs(within) if len(self._long_runs) else []
        for start, end in sorted({(start, end) for _, start, end in runs}, reverse=True):
            if cuts[-1] >= end:
                cuts.append(start + 1)
        if len(cuts) == 1:
            yield within
        else:
            edges = [0, *reversed(cuts)]
            yield from (within[first:last] for first, last in pairwise(edges))


class _Pattern(NamedTuple):
    """A row of atoms, compiled; `focus` are the first atom that it marks and the one after."""

    rule: Rule
    focus: tuple[int, int]
    matcher: Matcher
    needed: int


def _length(match: Match) -> int:
    return match.span[1] - match.span[0]


def load_rules(name: str, vocab: Vocab) -> RuleSet:
    """Return the compiled rules of `models/rules/<name>.yaml`.

    Word classes come from the file itself, from `classes.yaml` beside it, and from the
    `classes.yaml` that all files share.
    Raises `RuleError` where the file breaks its format.
    """
    rules, classes = read_rules(name)
    return RuleSet(rules, classes, vocab)


@cache
def read_rules(name: str) -> tuple[list[Rule], dict[str, list[str]]]:
    """Return the rules and word classes of a rule file, as written."""
    content = read_yaml(name)
    shared = read_classes(name)
    rules = [_read_rule(name, entry) for entry in content.get("rules", [])]
    ids = [rule.id for rule in rules]
    if twice := sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
        raise RuleError(f"{name}.yaml: rule id {twice[0]} stands twice; ids must be unique")
    return rules, {**shared, **content.get("classes", {})}


@cache
def read_classes(name: str) -> dict[str, Any]:
    """Return the word classes a rule file shares: of `classes.yaml` and of that in its folder."""
    classes: dict[str, Any] = dict(read_yaml("classes").get("classes", {}))
    folder = name.rpartition("/")[0]
    if folder and (rule_folder() / folder / "classes.yaml").is_file():
        classes |= read_yaml(f"{folder}/classes").get("classes", {})
    return classes


@cache
def read_word_class(file: str, name: str) -> frozenset[str]:
    """Return the words of one class of a rule file, in lower case."""
    return frozenset(str(word).lower() for word in read_yaml(file)["classes"][name])


def _read_rule(name: str, entry: dict[str, Any]) -> Rule:
    for fault in find_entry_faults(entry, RULE_KEYS, needed=("id", "pattern", "match", "no_match")):
        raise RuleError(f"{name}.yaml: rule {entry.get('id')}: {fault}")
    return to_rule(entry)


def find_entry_faults(
    entry: Mapping[str, Any], known: Iterable[str], *, needed: Iterable[str]
) -> Iterator[str]:
    """Yield what keeps an entry of a rule file from being a rule."""
    for key in sorted(set(map(str, entry)) - set(known)):
        yield f"unknown key {key}, use {', '.join(known)}"
    for key in sorted(set(needed) - set(entry)):
        yield f"{key} is missing"
    if "id" in entry and not re.fullmatch(r"[\w.-]+", str(entry["id"])):
        yield f"the id {entry['id']!r} is no name, use letters, figures, `.`, `-` and `_`"
    for key in ("pattern", "match", "no_match"):
        listed = entry.get(key, [])
        listed = [listed] if isinstance(listed, str) and key == "pattern" else listed
        if not isinstance(listed, list):
            yield f"{key} is no list, write {key}: [...]"
        elif wrong := [text for text in listed if not isinstance(text, str)]:
            yield f"{key} holds {wrong[0]!r}, which is no text, put it in quotes"
    if not isinstance(entry.get("set", {}), dict):
        yield "set is no mapping, write set: {key: value}"


def to_rule(entry: Mapping[str, Any], *, like: str = "") -> Rule:
    """Return the rule of an entry without faults."""
    pattern = entry["pattern"]
    return Rule(
        id=str(entry["id"]),
        patterns=(pattern,) if isinstance(pattern, str) else tuple(pattern),
        sets=entry.get("set", {}),
        match=tuple(entry.get("match", ())),
        no_match=tuple(entry.get("no_match", ())),
        like=like,
    )


@cache
def read_yaml(name: str) -> dict[str, Any]:
    """Return the content of `models/rules/<name>.yaml`."""
    path = rule_folder() / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except OSError as error:
        raise RuleError(f"rule file {path} cannot be read: reinstall pactwire") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise RuleError(f"{path}: a mapping is expected at the top")
    return content


def rule_files() -> list[str]:
    """Return the names of all rule files, sorted, as `read_yaml` takes them."""
    folder = rule_folder()
    return sorted(
        path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yaml")
    )


@cache
def rules_sha256(packs: tuple[bytes, ...] = ()) -> str:
    """Return the SHA-256 over all rule files, names and contents, and the contents of packs."""
    digest = hashlib.sha256()
    for name in rule_files():
        content = (rule_folder() / f"{name}.yaml").read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for content in packs:
        digest.update(f"\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _parse_pattern(
    rule_id: str, pattern: str, classes: Mapping[str, list[str]]
) -> tuple[list[dict[str, Any]], tuple[int, int]]:
    atoms: list[dict[str, Any]] = []
    first, last = 0, None
    for word in pattern.split():
        opens = word.startswith("<") and len(word) > 1
        closes = word.endswith(">") and len(word) > 1
        if opens:
            first = len(atoms)
        bare = word[opens : len(word) - closes]
        atoms.append(_parse_atom(rule_id, bare, classes))
        if closes:
            last = len(atoms)
    if not atoms:
        raise RuleError(f"rule {rule_id}: empty pattern")
    return atoms, (first, len(atoms) if last is None else last)


def _parse_atom(rule_id: str, word: str, classes: Mapping[str, list[str]]) -> dict[str, Any]:
    if gap := re.fullmatch(r"\.\.(\d+)", word):
        return {"IS_SPACE": False, "OP": f"{{0,{gap[1]}}}"}
    if word == "TRIGGER":
        return {"_": {"is_trigger": True}}
    operator = {}
    if len(word) > 1 and word[-1] in "?*+":
        operator, word = {"OP": word[-1]}, word[:-1]
    prefix, _, rest = word.partition(":")
    match prefix:
        case "re" if rest:
            return {"TEXT": {"REGEX": f"^(?:{rest})$"}, **operator}
        case "pos" | "tag" if rest:
            return {prefix.upper(): {"IN": rest.split("|")}, **operator}
        case "ent" if rest:
            return {"ENT_TYPE": {"IN": rest.split("|")}, **operator}
    if word.startswith("{") and word.endswith("}"):
        name, _, part = word[1:-1].partition(".")
        try:
            members = [str(member) for member in classes[name]]
            members = _words_of(members, part) if part else members
        except KeyError:
            raise RuleError(f"rule {rule_id}: no word class {word}") from None
        return {"LOWER": {"IN": sorted(_expand(members))}, **operator}
    if word.startswith("=") and len(word) > 1:
        return {"ORTH": {"IN": word[1:].split("|")}, **operator}
    if word.startswith("~"):
        words = {form for base in word[1:].split("|") for form in inflect(base)}
        return {"LOWER": {"IN": sorted(words)}, **operator}
    return {"LOWER": {"IN": sorted(_expand(word.split("|")))}, **operator}


def _words_of(phrases: Iterable[str], part: str) -> list[str]:
    """Return the words, as spaCy splits them, that have a place in one of the phrases."""
    split = [_split_phrase(phrase) for phrase in phrases]
    match part:
        case "single":
            return [word for words in split if len(words) == 1 for word in words[0]]
        case "first":
            return [word for words in split if len(words) > 1 for word in words[0]]
        case "last":
            return [word for words in split if len(words) > 1 for word in words[-1]]
        case "word":
            return [*_MARKS, *(word for words in split for forms in words for word in forms)]
    raise KeyError(part)


def _split_phrase(phrase: str) -> list[list[str]]:
    """Return the words of a phrase, each in its forms: `women's` is also `women` and `womens`."""
    return [
        [word, word.replace("'", "’"), re.sub(r"\W+$|'s$", "", word), re.sub(r"\W", "", word)]
        for word in phrase.lower().replace("-", " ").split()
    ]


def _expand(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("~"):
            yield from inflect(word[1:])
        else:
            yield word.lower()
            if word in _APOSTROPHES:
                yield _APOSTROPHES[word]


def inflect(word: str) -> set[str]:
    """Return the forms of a word as verb and as noun: sign, signs, signed, signing.

    Irregular forms are listed in `models/rules/inflections.yaml`; a form that no text holds
    (`treatied`) does no harm in a pattern.
    """
    irregular = read_yaml("inflections")["irregular"]
    if word in irregular:
        return {word, *irregular[word]}
    if re.search(r"(s|x|z|ch|sh)$", word):
        return {word, word + "es", word + "ed", word + "ing"}
    if re.search(r"[^aeiou]y$", word):
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("ee"):
        return {word, word + "s", word + "d", word + "ing"}
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    return {word, word + "s", word + "ed", word + "ing"}
