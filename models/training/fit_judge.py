"""Fit the weights of the judge, `models/rules/judge.yaml`, in one command.

    python models/training/fit_judge.py --data DATA_FOLDER [--model NAME_OR_PATH]

The rules find candidates on `agreements/press-gold.train.jsonl`; what the gold says of them is
learned: which entities are parties, which candidates are agreements, and their status. Linear
models with an L2 penalty; thresholds and figures come from cross-validation over documents.
No random draw anywhere: two runs give the same file.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
import yaml
from scipy.optimize import minimize
from spacy.tokens import Doc

from extract import load
from extract.article import make_article
from extract.assemble import to_agreement_date
from extract.components.agreements.judging import (
    Judge,
    agreement_features,
    probability,
    status_features,
)
from extract.components.agreements.mention import Mention
from extract.components.agreements.parties import PartyFinder
from extract.components.agreements.sides import SideCandidate, side_candidates
from extract.components.agreements.slots import SLOTS, SlotCandidate, slot_candidates, tell_status
from extract.resources import DEFAULT_PIPELINE, rule_folder
from extract.vocabulary import Status

FOLDS = 5
MIN_COUNT = 3  # a feature seen less often has no weight
PENALTY = 4.0
CUE = 2.0
Weights = dict[str, float]
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


@dataclass
class Group:
    """A candidate agreement with its features and what the gold says of it."""

    doc: Doc
    mentions: list[Mention]
    sides: list[SideCandidate]
    gold: dict[str, Any] | None
    right_sides: list[bool]
    slots: dict[str, list[SlotCandidate]]


def main() -> None:
    """Find the candidates, fit the models, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--model", default=DEFAULT_PIPELINE)
    parser.add_argument("--output", type=Path, default=rule_folder() / "judge.yaml")
    options = parser.parse_args()
    folder = options.data / "agreements"
    press = read_lines(folder / "press-gold.train.jsonl")
    sentences = [
        from_framenet(entry)
        for name in ("lu_core", "lu_cooperation", "lu_negatives")
        for entry in read_lines(folder / f"framenet-{name}.jsonl")
    ]
    total = sum(len(entry["agreements"]) for entry in press)
    content = fit_judge(
        find_groups(press, options.model), find_groups(sentences, options.model), total
    )
    write_judge(options.output, content)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def from_framenet(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a FrameNet sentence in the shape of press-gold; it says nothing of the status."""
    text = entry["text"]
    agreements = [
        {
            "triggers": [agreement["trigger"]],
            "status": None,
            "parties": [
                {"mentions": [without_opener(text, party, "(the|a|an|both)")]}
                for party in agreement["parties"]
            ],
            "topic": agreement["topic"]
            and without_opener(text, agreement["topic"], "(on|in|to|for|about|over|of|that)"),
            "date": None,
            "place": None,
            "signatories": [],
        }
        for agreement in entry["agreements"]
    ]
    return {
        "id": entry["id"],
        "title": None,
        "published": None,
        "text": text,
        "agreements": agreements,
    }


def without_opener(text: str, span: dict[str, Any], opener: str) -> dict[str, Any]:
    """Return a span without the word that opens it, if it is one of these."""
    found = re.match(rf"{opener}\s+", text[span["start"] : span["end"]], re.IGNORECASE)
    start = span["start"] + (found.end() if found else 0)
    return {"start": start, "end": span["end"], "text": text[start : span["end"]]}


def find_groups(entries: list[dict[str, Any]], model: str) -> list[list[Group]]:
    """Return, for each gold document, its candidates beside the gold they overlap."""
    extractor = load(model)
    component = extractor.nlp.get_pipe("pactwire_agreements")
    found = []
    for entry in entries:
        article = make_article(
            entry["text"],
            source=entry["id"],
            id=entry["id"],
            title=entry["title"],
            published=entry["published"],
        )
        doc = extractor.nlp(extractor.prepare(article)[1])
        groups, finder = component.find(doc)
        found.append(pair_with_gold(doc, groups, finder, entry["agreements"]))
    return found


def pair_with_gold(
    doc: Doc, groups: list[list[Mention]], finder: PartyFinder, gold: list[dict[str, Any]]
) -> list[Group]:
    """Give each gold agreement to the candidate that shares most triggers and parties with it."""
    candidates = [side_candidates(doc, group, finder) for group in groups]
    rights = [
        [[is_right(doc, side, finder, agreement) for side in sides] for agreement in gold]
        for sides in candidates
    ]
    scores = sorted(
        (
            (-shared_triggers(doc, group, agreement), -sum(rights[g][a]), g, a)
            for g, group in enumerate(groups)
            for a, agreement in enumerate(gold)
        ),
    )
    pairs: dict[int, int] = {}
    for shared, _, g, a in scores:
        if shared < 0 and g not in pairs and a not in pairs.values():
            pairs[g] = a
    return [
        Group(
            doc,
            group,
            candidates[g],
            gold[pairs[g]] if g in pairs else None,
            rights[g][pairs[g]] if g in pairs else [],
            slot_candidates(
                doc,
                group,
                finder,
                [
                    side
                    for side, right in zip(candidates[g], rights[g][pairs[g]], strict=True)
                    if right
                ],
            )
            if g in pairs
            else {},
        )
        for g, group in enumerate(groups)
    ]


def shared_triggers(doc: Doc, group: list[Mention], agreement: dict[str, Any]) -> int:
    """Return how many gold triggers the mentions overlap."""
    spans = [(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in group]
    return sum(
        any(start < trigger["end"] and trigger["start"] < end for start, end in spans)
        for trigger in agreement["triggers"]
    )


def is_right(doc: Doc, side: SideCandidate, finder: PartyFinder, agreement: dict[str, Any]) -> bool:
    """Tell whether a candidate side is a gold party: a mention of the same place, or its name."""
    spans = [member.span for member in side.members]
    names = set()
    if side.entity is not None:
        spans += finder.entities[side.entity]["mentions"]
        names.add(finder.entities[side.entity]["name"].casefold())
    places = {(doc[a:b].start_char, doc[a:b].end_char) for a, b in spans}
    return any(
        (mention["start"], mention["end"]) in places
        or mention["text"].casefold().removeprefix("the ") in names
        for party in agreement["parties"]
        for mention in party["mentions"]
    )


def fit_judge(documents: list[list[Group]], extra: list[list[Group]], total: int) -> dict[str, Any]:
    """Fit all models on all documents, their thresholds on held-out ones; return the file.

    `extra`, FrameNet's sentences, only teaches topics: for parties and detection it was of no use
    (press is not its domain). `total` is the number of gold agreements of the documents.
    """
    parties = fit_logistic(party_examples(documents), PARTY_PRIOR)
    party_threshold, party_f1 = choose_threshold(
        cross_validate(documents, party_examples, PARTY_PRIOR), count_right(documents)
    )
    judge = Judge(parties, party_threshold, {}, 0.0, {}, {})

    def agreement_examples(some: list[list[Group]]) -> list[tuple[list[str], bool]]:
        groups = [group for groups in some for group in groups]
        chosen = [judge.choose_parties(group.sides) for group in groups]
        return [
            (agreement_features(group.doc, group.mentions, parties), group.gold is not None)
            for group, parties in zip(groups, chosen, strict=True)
        ]

    agreements = fit_logistic(agreement_examples(documents))
    threshold, f1 = choose_threshold(cross_validate(documents, agreement_examples), total)
    right, told = cross_validate_statuses(documents)
    print(f"{sum(map(len, documents))} candidates, {total} gold; cross-validated on train:")
    print(f"  detection F1 {f1:.3f}; of those found: party F1 {party_f1:.3f}, ", end="")
    print(f"status accuracy {right / told:.3f}")
    return {
        "about": "Weights of the judge (extract/components/agreements/judging.py), fitted by "
        "models/training/fit_judge.py; not to be edited by hand.",
        "parties": {"threshold": party_threshold, "weights": clip(parties)},
        "agreements": {"threshold": threshold, "weights": clip(agreements)},
        "statuses": {
            "weights": {
                s: clip(w)
                for s, w in fit_multinomial(status_examples(documents), STATUS_PRIOR).items()
            }
        },
        "slots": {slot: fit_slot(documents, extra, slot) for slot in SLOTS},
    }


def fit_slot(documents: list[list[Group]], extra: list[list[Group]], slot: str) -> dict[str, Any]:
    """Fit one slot: its weights on all documents, its threshold on held-out folds."""
    single = slot != "signatory"
    prior = SLOT_PRIORS[slot]
    rated: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = fit_logistic(
            slot_examples([d for i, d in enumerate(documents) if i % FOLDS != fold] + extra, slot),
            prior,
        )
        for group in (g for i, d in enumerate(documents) if i % FOLDS == fold for g in d):
            answers = [
                (probability(weights, found), right)
                for found, right in slot_examples([[group]], slot)
            ]
            rated += [max(answers, key=lambda pair: pair[0])] if single and answers else answers
    gold = sum(count_gold(group, slot) for groups in documents for group in groups)
    threshold, f1 = choose_threshold(rated, gold)
    print(f"  {slot} F1 {f1:.3f} of those found ({gold} gold)")
    return {
        "threshold": threshold,
        "weights": clip(fit_logistic(slot_examples(documents + extra, slot), prior)),
    }


def count_gold(group: Group, slot: str) -> int:
    """Return how many fillers of a slot the gold has."""
    if group.gold is None:
        return 0
    if slot == "signatory":
        return len(group.gold["signatories"])
    return int(group.gold[slot] is not None)


def slot_examples(documents: list[list[Group]], slot: str) -> list[tuple[list[str], bool]]:
    """Return the candidates of a slot, in the candidates that are agreements."""
    return [
        (sorted(candidate.features), fills(group.doc, candidate, slot, group.gold))
        for groups in documents
        for group in groups
        if group.gold is not None and (group.gold["status"] or slot == "topic")
        for candidate in group.slots[slot]
    ]


def fills(doc: Doc, candidate: SlotCandidate, slot: str, gold: dict[str, Any]) -> bool:
    """Tell whether the gold has this candidate in the slot, by the scoring of ANNOTATION.md."""
    if slot == "date":
        value = to_agreement_date(doc, doc._.dates[candidate.number]).value
        return gold["date"] is not None and gold["date"]["value"] == value
    spans = [candidate.span]
    if slot == "signatory":
        spans = doc._.entities[candidate.number]["mentions"]
        marks = [mention for person in gold["signatories"] for mention in person["mentions"]]
    else:
        marks = [gold[slot]] if gold[slot] else []
    return any(covers(doc, span, mark, half=slot == "topic") for span in spans for mark in marks)


def covers(doc: Doc, span: tuple[int, int], mark: dict[str, Any], *, half: bool) -> bool:
    """Tell whether two spans overlap, with `half` by half of the words of the longer."""
    found = doc[span[0] : span[1]]
    start, end = max(found.start_char, mark["start"]), min(found.end_char, mark["end"])
    if start >= end:
        return False
    words = [len(re.findall(r"\w+", text)) for text in (found.text, mark["text"])]
    return not half or 2 * len(re.findall(r"\w+", doc.text[start:end])) >= max(words)


def party_examples(documents: list[list[Group]]) -> list[tuple[list[str], bool]]:
    """Return the candidate sides of the candidates that are agreements."""
    return [
        (sorted(side.features), right)
        for groups in documents
        for group in groups
        if group.gold is not None
        for side, right in zip(group.sides, group.right_sides, strict=True)
    ]


def status_examples(documents: list[list[Group]]) -> list[tuple[list[str], str]]:
    """Return the features and gold status of the candidates that are agreements."""
    return [
        (status_features(group.doc, group.mentions), group.gold["status"])
        for groups in documents
        for group in groups
        if group.gold is not None
    ]


def count_right(documents: list[list[Group]]) -> int:
    """Return how many sides of the candidates are right: what perfect judging would find."""
    return sum(right for _, right in party_examples(documents))


def cross_validate(
    documents: list[list[Group]],
    examples: Callable[[list[list[Group]]], list[tuple[list[str], bool]]],
    prior: Weights | None = None,
) -> list[tuple[float, bool]]:
    """Return (probability, right) of every example of the documents, judged unseen."""
    rated = []
    for fold in range(FOLDS):
        held = [d for i, d in enumerate(documents) if i % FOLDS == fold]
        seen = [d for i, d in enumerate(documents) if i % FOLDS != fold]
        weights = fit_logistic(examples(seen), prior)
        rated += [(probability(weights, found), right) for found, right in examples(held)]
    return rated


def cross_validate_statuses(documents: list[list[Group]]) -> tuple[int, int]:
    """Return how many statuses are right of how many, judged by models that did not see them.

    The slots are told these statuses: they will be no surer of them when they are put to work.
    """
    right = told = 0
    for fold in range(FOLDS):
        held = [d for i, d in enumerate(documents) if i % FOLDS == fold]
        weights = fit_multinomial(
            status_examples([d for i, d in enumerate(documents) if i % FOLDS != fold]),
            STATUS_PRIOR,
        )
        judge = Judge({}, 0.5, {}, 0.5, weights, {})
        for group in (g for groups in held for g in groups if g.gold is not None):
            status = judge.choose_status(status_features(group.doc, group.mentions))
            tell_status(group.slots, status)
            right += status == group.gold["status"]
            told += 1
    return right, told


def choose_threshold(rated: list[tuple[float, bool]], total: int) -> tuple[float, float]:
    """Return the threshold with the best F1 against `total` true ones, and that F1."""
    best = (0.5, 0.0)
    for threshold in np.arange(0.2, 0.71, 0.02):
        kept = [right for chance, right in rated if chance >= threshold]
        f1 = 2 * sum(kept) / (len(kept) + total)
        if f1 > best[1]:
            best = (round(float(threshold), 2), f1)
    return best


def to_matrix(rows: Sequence[Sequence[str]]) -> tuple[np.ndarray, list[str]]:
    """Return a 0/1 matrix (rows, features) and the feature names, rare ones left out."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        matrix[number, [index[name] for name in row if name in index]] = 1.0
    return matrix, names


def fit_logistic(examples: list[tuple[list[str], bool]], prior: Weights | None = None) -> Weights:
    """Return the weights of a logistic regression drawn to a prior (the bias is not penalised)."""
    halves = {
        answer: {name: sign * weight / 2 for name, weight in (prior or {}).items()}
        for answer, sign in (("yes", 1.0), ("no", -1.0))
    }
    weights = fit_multinomial([(row, "yes" if right else "no") for row, right in examples], halves)
    told = {name: w - weights["no"][name] for name, w in weights["yes"].items()}
    return {**(prior or {}), **told}


def fit_multinomial(
    examples: list[tuple[list[str], str]], prior: dict[str, Weights] | None = None
) -> dict[str, Weights]:
    """Return the weights of a multinomial logistic regression, a table a class."""
    matrix, names = to_matrix([row for row, _ in examples])
    classes = sorted({answer for _, answer in examples})
    target = np.zeros((len(examples), len(classes)))
    target[range(len(examples)), [classes.index(answer) for _, answer in examples]] = 1.0
    centre = np.array(
        [[(prior or {}).get(c, {}).get(name, 0.0) for c in classes] for name in names]
    )
    strength = np.array([0.0 if name == "bias" else PENALTY for name in names])[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(names), len(classes))
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        log_sums = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        chances = np.exp(scores - log_sums)
        value = (
            -(target * (scores - log_sums)).sum() + 0.5 * (strength * (weights - centre) ** 2).sum()
        )
        return float(value), (matrix.T @ (chances - target) + strength * (weights - centre)).ravel()

    result = minimize(loss, centre.ravel(), jac=True, method="L-BFGS-B")
    table = result.x.reshape(len(names), len(classes))
    return {
        answer: {name: round(float(w), 3) for name, w in zip(names, table[:, c], strict=True)}
        for c, answer in enumerate(classes)
    }


def write_judge(path: Path, content: dict[str, Any]) -> None:
    """Write the YAML file that the judge reads."""
    path.write_text(yaml.safe_dump(content, sort_keys=False, width=100), encoding="utf-8")


def clip(weights: Weights) -> Weights:
    """Return the weights that matter, two decimals each."""
    return {name: round(w, 2) for name, w in weights.items() if abs(w) >= 0.02}


if __name__ == "__main__":
    main()
