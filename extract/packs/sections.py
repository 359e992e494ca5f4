"""What the rules of each section set, and the shipped rule that each is judged like."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from extract.rules import Rule, read_rules
from extract.vocabulary import Kind, Status

SECTIONS = ("triggers", "decoys", "statuses")  # named as the shipped files are
_SETTINGS = {
    "triggers": ("kind", "form", "needs", "continues"),
    "decoys": (),
    "statuses": ("status",),
}
_NEEDED = {"triggers": ("kind", "form"), "decoys": (), "statuses": ("status",)}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "form": ("noun", "verb", "name"),
    "status": get_args(Status),
}


def find_setting_faults(section: str, sets: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with `set` of a rule in a section."""
    known = _SETTINGS[section]
    for key in sets:
        if key not in known:
            use = f"use {', '.join(known)}" if known else "take it away, a decoy sets nothing"
            yield f"unknown setting {key}, {use}"
    for key in _NEEDED[section]:
        if key not in sets:
            yield f"set.{key} is missing, use one of {', '.join(_CHOICES[key])}"
    for key, choices in _CHOICES.items():
        if key in known and key in sets and sets[key] not in choices:
            yield f"unknown {key} {sets[key]}, use one of {', '.join(choices)}"
    needs = sets.get("needs", 1)
    if "needs" in known and not (type(needs) is int and needs in (1, 2)):
        yield f"set.needs is {needs}, write 1 or 2"
    if "continues" in known and not isinstance(sets.get("continues", False), bool):
        yield f"set.continues is {sets['continues']}, write true or false"


def find_model_faults(section: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the shipped rule that an entry names with `like`."""
    if "like" not in entry:
        return
    ids = [rule.id for rule in read_rules(section)[0]]
    if section == "decoys":
        yield "like is not for decoys, take it away"
    elif entry["like"] not in ids:
        close = difflib.get_close_matches(str(entry["like"]), ids, n=1, cutoff=0.0)
        yield f"like: there is no shipped rule {entry['like']} in {section}, as is {close[0]}"
    elif section == "statuses":
        status = _find(section, entry["like"]).sets["status"]
        if entry.get("set", {}).get("status", status) != status:
            yield f"like: {entry['like']} means {status}, and set.status another, keep one"


def settle(section: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with all that `like` and its own settings imply; faults stay in it."""
    given = entry.get("set", {})
    if section == "decoys" or not isinstance(given, dict):
        return dict(entry)
    like = entry.get("like") or _choose_model(section, given)
    ids = [rule.id for rule in read_rules(section)[0]]
    from_model = dict(_find(section, like).sets) if "like" in entry and like in ids else {}
    return {**entry, "like": like, "set": {**from_model, **given}}


def _find(section: str, rule_id: str) -> Rule:
    return next(rule for rule in read_rules(section)[0] if rule.id == rule_id)


def _choose_model(section: str, sets: Mapping[str, Any]) -> str:
    """Return the shipped rule nearest to a new one: of its form and kind, or of its status."""
    rules = read_rules(section)[0]
    if section == "statuses":
        return f"status.{sets.get('status')}"
    form = [rule for rule in rules if rule.sets["form"] == sets.get("form")] or rules
    named = [rule for rule in form if f".{sets.get('form')}." in rule.id] or form
    alike = [_of_kind(named, sets.get("kind")), _of_kind(form, sets.get("kind"))]
    return next(filter(None, (*alike, _of_kind(named, "agreement"))), named[0].id)


def _of_kind(rules: Iterable[Rule], kind: Any) -> str | None:
    """Return the first rule of a kind: the shipped files open with the most general ones."""
    return next((rule.id for rule in rules if rule.sets["kind"] == kind), None)
