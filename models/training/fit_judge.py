"""Fit the weights of the judges, in one command.

    python models/training/fit_judge.py --data DATA_FOLDER [--readers FOLDER]

The rules find candidates in the marked texts; what the marks say of them is learned: which
entities are parties, which candidates are agreements, their status, date, place, topic and
signatories. Thresholds and figures come from cross-validation over texts. With `--readers`
(`train_reader.py --folds` writes them) the judge of readings is fitted, each text read by a reader
that did not see it; without, the judge for pipelines that have no reader. Two runs give the same
file.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import yaml

from agreement_texts import FOLDS, read_framenet, read_press_gold, read_texts
from extract.components.agreements.frames import build_parties
from extract.components.agreements.judging import (
    Judge,
    agreement_features,
    probability,
    status_features,
)
from extract.components.agreements.slots import SLOTS, tell_status
from extract.resources import DEFAULT_PIPELINE, rule_folder
from extract.vocabulary import Status
from judge_examples import Candidates, Finder, Group, count_gold, fills
from linear_models import Weights, choose_threshold, fit_logistic, fit_multinomial

CUE = 2.0
THRESHOLDS = tuple(round(0.2 + 0.03 * step, 2) for step in range(18))
# Where the weights start from and are drawn back to: what grammar says before any data. The gold
# leans to two governments' releases; constructions must not be unlearnt from them.
PARTY_PRIOR = {
    "how=between": 3.0,
    "how=among": 2.0,
    "how=with": 2.5,
    "how=by": 1.5,
    "how=subject": 2.0,
    "how=person": 1.0,
    "how=modifier": 1.0,
    "untied": -1.0,
    "bias": -1.0,
}
STATUS_PRIOR = {  # a cue speaks for its own status, the first of a sentence twice, the latest most
    status: {
        f"cue=status.{status}": CUE / 2,
        f"first=status.{status}": CUE / 2,
        f"latest={status}": CUE,
    }
    for status in get_args(Status)
}
STATUS_PRIOR["in_force"]["cue=status.described"] = CUE / 2  # of what holds, no stage is told
SLOT_PRIORS = {
    "date": {
        "bias": -1.0,
        "on_clause": 1.5,
        "in_phrase": 1.0,
        "same_sentence": 0.5,
        "sentence_before": -1.0,
        "on_cue": 1.5,
        "of_trigger": 2.0,
        "content": -1.0,
        "of_other_noun": -1.0,
    },
    "place": {
        "bias": -2.0,
        "on_clause": 1.5,
        "dep=obl:in": 1.5,
        "dep=obl:at": 1.5,
        "no_side": 0.5,
        "is_side": -1.0,
        "sentence_before": -1.0,
    },
    "signatory": {"bias": -1.0, "tied": 1.5, "body_is_party": 0.5, "verb=sign": 1.0},
    "topic": {
        "bias": -1.5,
        "part=joint": 2.0,
        "construction=joint complement short": 1.0,  # agree to cooperate in X
        "part=purpose": 1.0,
        "part=noun": 1.5,
        "part=that": 0.5,
        "preposition=on": 1.0,
        "part=empty": -2.0,
        "part=bare": -2.0,
        "part=core": -0.5,
    },
}

Examples = list[tuple[list[str], bool]]


def main() -> None:
    """Find the candidates, fit the models, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--readers", type=Path, help="the folder of the readers of the folds")
    parser.add_argument("--model", default=DEFAULT_PIPELINE)
    options = parser.parse_args()
    finder = Finder(options.model, options.readers)
    read = read_texts if options.readers else read_press_gold
    content = fit_judge(finder(read(options.data)), finder(read_framenet(options.data)))
    name = "judge_of_readings" if options.readers else "judge"
    write_judge(rule_folder() / f"{name}.yaml", content)


def fit_judge(documents: list[Candidates], extra: list[Candidates]) -> dict[str, Any]:
    """Fit all models on all documents, their thresholds on held-out ones; return the file.

    `extra`, FrameNet's sentences, only teaches topics: for parties and detection it was of no use
    (press is not its domain).
    """
    total = sum(document.total for document in documents)
    parties = fit_logistic(party_examples(documents), PARTY_PRIOR)
    party_threshold, party_f1 = choose_party_threshold(documents)
    judge = Judge(parties, party_threshold, {}, 0.0, {}, {})

    def agreement_examples(some: list[Candidates]) -> Examples:
        groups = list(all_groups(some))
        chosen = [judge.choose_parties(group.sides) for group in groups]
        return [
            (agreement_features(group.doc, group.mentions, parties), group.gold is not None)
            for group, parties in zip(groups, chosen, strict=True)
        ]

    agreements = fit_logistic(agreement_examples(documents))
    threshold, f1 = choose_threshold(cross_validate(documents, agreement_examples), total)
    right, told = cross_validate_statuses(documents)
    found = sum(len(document.groups) for document in documents)
    print(f"{found} candidates, {total} gold; cross-validated:")
    print(f"  detection F1 {f1:.3f}; of those found: party F1 {party_f1:.3f}, ", end="")
    print(f"status accuracy {right / max(told, 1):.3f}", flush=True)
    statuses = fit_multinomial(status_examples(documents), STATUS_PRIOR)
    return {
        "about": "Weights of the judge (extract/components/agreements/judging.py), fitted by "
        "models/training/fit_judge.py; not to be edited by hand.",
        "parties": {"threshold": party_threshold, "weights": clip(parties)},
        "agreements": {"threshold": threshold, "weights": clip(agreements)},
        "statuses": {"weights": {s: clip(w) for s, w in statuses.items()}},
        "slots": {slot: fit_slot(documents, extra, slot) for slot in SLOTS},
    }


def all_groups(documents: Iterable[Candidates]) -> Iterable[Group]:
    """Yield the candidates of all documents."""
    return (group for document in documents for group in document.groups)


def split(documents: list[Candidates], fold: int) -> tuple[list[Candidates], list[Candidates]]:
    """Return the documents outside of a fold and those in it."""
    return [d for d in documents if d.fold != fold], [d for d in documents if d.fold == fold]


def fit_slot(documents: list[Candidates], extra: list[Candidates], slot: str) -> dict[str, Any]:
    """Fit one slot: its weights on all documents, its threshold on held-out folds."""
    single = slot != "signatory"
    prior = SLOT_PRIORS[slot]
    rated: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        seen, held = split(documents, fold)
        weights = fit_logistic(slot_examples(all_groups(seen + extra), slot), prior)
        for group in all_groups(held):
            answers = [
                (probability(weights, found), right)
                for found, right in slot_examples([group], slot)
            ]
            rated += [max(answers, key=lambda pair: pair[0])] if single and answers else answers
    gold = sum(count_gold(group, slot) for group in all_groups(documents))
    threshold, f1 = choose_threshold(rated, gold)
    print(f"  {slot} F1 {f1:.3f} of those found ({gold} gold)", flush=True)
    weights = fit_logistic(slot_examples(all_groups(documents + extra), slot), prior)
    return {"threshold": threshold, "weights": clip(weights)}


def slot_examples(groups: Iterable[Group], slot: str) -> Examples:
    """Return the candidates of a slot, in the candidates that are agreements."""
    return [
        (sorted(candidate.features), fills(group.doc, candidate, slot, group.gold))
        for group in groups
        if group.gold is not None and (group.gold["status"] or slot == "topic")
        for candidate in group.slots[slot]
    ]


def party_examples(documents: list[Candidates]) -> Examples:
    """Return the candidate sides of the candidates that are agreements."""
    return [
        (sorted(side.features), right is not None)
        for group in all_groups(documents)
        if group.gold is not None
        for side, right in zip(group.sides, group.right_sides, strict=True)
    ]


def status_examples(documents: list[Candidates]) -> list[tuple[list[str], str]]:
    """Return the features and gold status of the candidates that are agreements."""
    return [
        (status_features(group.doc, group.mentions), group.gold["status"])
        for group in all_groups(documents)
        if group.gold is not None
    ]


def choose_party_threshold(documents: list[Candidates]) -> tuple[float, float]:
    """Return the threshold whose sets of parties have the best F1, and that F1.

    A set is what the record would have: one party found twice, under two names, is wrong once.
    """
    counts = {threshold: np.zeros(3) for threshold in THRESHOLDS}
    for fold in range(FOLDS):
        seen, held = split(documents, fold)
        weights = fit_logistic(party_examples(seen), PARTY_PRIOR)
        for group in all_groups(held):
            for threshold in THRESHOLDS if group.gold is not None else ():
                counts[threshold] += count_parties(group, Judge(weights, threshold, {}, 0, {}, {}))
    scores = {t: 2 * right / (found + gold) for t, (right, found, gold) in counts.items()}
    best = max(scores, key=lambda threshold: scores[threshold])
    return best, float(scores[best])


def count_parties(group: Group, judge: Judge) -> tuple[int, int, int]:
    """Return how many parties a judge gets right, finds, and should find."""
    sides = [side for side, _ in judge.choose_parties(group.sides)]
    numbers = {id(s): n for s, n in zip(group.sides, group.right_sides, strict=True)}
    right = {numbers[id(side)] for side in sides} - {None}
    members = [member for side in sides for member in side.members]
    found = build_parties(group.doc, members, group.finder)
    return len(right), len(found), len(group.gold["parties"]) if group.gold else 0


def cross_validate(
    documents: list[Candidates],
    examples: Callable[[list[Candidates]], Examples],
    prior: Weights | None = None,
) -> list[tuple[float, bool]]:
    """Return (probability, right) of every example of the documents, judged unseen."""
    rated = []
    for fold in range(FOLDS):
        seen, held = split(documents, fold)
        weights = fit_logistic(examples(seen), prior)
        rated += [(probability(weights, found), right) for found, right in examples(held)]
    return rated


def cross_validate_statuses(documents: list[Candidates]) -> tuple[int, int]:
    """Return how many statuses are right of how many, judged by models that did not see them.

    The slots are told these statuses: they will be no surer of them when they are put to work.
    """
    right = told = 0
    for fold in range(FOLDS):
        seen, held = split(documents, fold)
        weights = fit_multinomial(status_examples(seen), STATUS_PRIOR)
        judge = Judge({}, 0.5, {}, 0.5, weights, {})
        for group in all_groups(held):
            if group.gold is None:
                continue
            status = judge.choose_status(status_features(group.doc, group.mentions))
            tell_status(group.slots, status)
            right += status == group.gold["status"]
            told += 1
    return right, told


def write_judge(path: Path, content: dict[str, Any]) -> None:
    """Write the YAML file that the judge reads."""
    path.write_text(yaml.safe_dump(content, sort_keys=False, width=100), encoding="utf-8")


def clip(weights: Weights) -> Weights:
    """Return the weights that matter, two decimals each."""
    return {name: round(w, 2) for name, w in weights.items() if abs(w) >= 0.02}


if __name__ == "__main__":
    main()
