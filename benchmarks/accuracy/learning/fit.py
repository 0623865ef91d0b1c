"""Boosted trees fitted to examples: run inside the rivals' own virtual environment, which has scikit-learn.

Usage: python fit.py IN.npz OUT.json
IN holds `names`, `rows` (n, n_traits), `worth` (n,) and `weight` (n,). OUT gets the trees in the form that
`aws_cost_anomalies.analysis.trees` reads, one a line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

TREES = 250
LEAVES = 12
RATE = 0.05
LEAST_DAYS = 40
RIDGE = 5.0
DIGITS = 6


def main() -> None:
    """Fit, and write."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=LEAST_DAYS,
        l2_regularization=RIDGE,
        early_stopping=False,
        random_state=0,
    )
    with np.load(sys.argv[1]) as given:
        model.fit(given["rows"], given["worth"], sample_weight=given["weight"])
        names = given["names"].tolist()
    start = float(model._baseline_prediction.item())
    trees = [_nodes(stage[0].nodes) for stage in model._predictors]
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = json.dumps({"traits": names, "start": _short(start)})
    Path(sys.argv[2]).write_text(f'{head[:-1]}, "trees": [\n{lines}\n]}}\n', encoding="utf-8")


def _nodes(nodes: Any) -> list[list[float | int]]:  # noqa: ANN401
    """A tree as lists: `[trait, limit, left, right]`, or `[log-odds]` at a leaf."""
    return [
        [_short(node["value"])]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            _short(node["num_threshold"]),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]


def _short(number: float) -> float:
    """With six digits, as it is kept."""
    return float(f"{number:.{DIGITS}g}")


if __name__ == "__main__":
    main()
