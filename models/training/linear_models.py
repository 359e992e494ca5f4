"""Linear models over named features: logistic and multinomial, with an L2 penalty to a prior.

No random draw anywhere: the same examples give the same weights.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

MIN_COUNT = 3  # a feature seen less often has no weight
PENALTY = 4.0
Weights = dict[str, float]


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


def to_matrix(rows: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    """Return a sparse 0/1 matrix (rows, features) and the feature names, rare ones left out."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    index = {name: i for i, name in enumerate(names)}
    places = [
        (number, index[name]) for number, row in enumerate(rows) for name in row if name in index
    ]
    ones = (np.ones(len(places)), tuple(zip(*places, strict=True)) or ((), ()))
    return csr_matrix(ones, shape=(len(rows), len(names))), names


def choose_threshold(rated: list[tuple[float, bool]], total: int) -> tuple[float, float]:
    """Return the threshold with the best F1 against `total` true ones, and that F1."""
    best = (0.5, 0.0)
    for threshold in np.arange(0.2, 0.71, 0.02):
        kept = [right for chance, right in rated if chance >= threshold]
        f1 = 2 * sum(kept) / (len(kept) + total)
        if f1 > best[1]:
            best = (round(float(threshold), 2), f1)
    return best
