"""Scores as a Markdown table that also reads well in a terminal."""

from collections.abc import Sequence

from extract.evaluation import Evaluation
from extract.evaluation.scores import Score

HEADER = ("measure", "P", "R", "F1", "95 % interval", "support")


def to_table(evaluation: Evaluation) -> str:
    """Return one row a measure: shares to three digits, a dash where there was nothing to count."""
    rows = [(measure, *to_cells(score)) for measure, score in evaluation.scores.items()]
    return to_markdown(HEADER, rows)


def to_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (header, rule, *rows)) + "\n"


def to_cells(score: Score) -> tuple[str, ...]:
    """Return what a table shows of a score, in the order of `HEADER` after its name."""
    if not score.tp + score.fp + score.fn:
        return "-", "-", "-", "-", "0"
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return *shares, f"{score.low:.3f}–{score.high:.3f}", str(score.support)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"
