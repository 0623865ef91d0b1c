"""Scores as Markdown. Knows figures and headings; must not know detectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.accuracy.scoring import Score

KINDS = ("spike", "drop", "step_up", "step_down", "drift_up", "drift_down", "new", "gone", "missing")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; the first column left, the others right."""
    lines = [" | ".join(header), " | ".join(["---", *["--:"] * (len(header) - 1)])]
    lines += [" | ".join(_cell(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def overall(scores: Mapping[str, Score]) -> str:
    """One line a detector."""
    header = ("detector", "precision", "recall", "F1", "false/1k", "dollar recall", "events")
    return table(
        header,
        [
            (name, s.precision, s.recall, s.f1, s.false_per_1000, s.dollar_recall, s.n_events)
            for name, s in scores.items()
        ],
    )


def by_kind(scores: Mapping[str, Score]) -> str:
    """Recall, and mean days to the first notice, a kind of event a column."""
    present = [kind for kind in KINDS if any(kind in s.recall_by_kind for s in scores.values())]
    rows = [(name, *(_recall(s, kind) for kind in present)) for name, s in scores.items()]
    return table(("world", *present), rows)


def _recall(score: Score, kind: str) -> str:
    if kind not in score.recall_by_kind:
        return "–"
    return f"{score.recall_by_kind[kind]:.2f} ({score.delay[kind]:.1f} d)"


def by_family(score: Score) -> str:
    """False incidents per 1,000 normal series-days, by family of series, the noisiest first."""
    ordered = sorted(score.false_by_family.items(), key=lambda item: -item[1])
    return ", ".join(f"{family} {rate:.1f}" for family, rate in ordered)
