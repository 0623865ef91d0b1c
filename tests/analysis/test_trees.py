import json
from pathlib import Path

import numpy as np
import pytest

from aws_cost_anomalies.analysis.trees import Trees

STUMP = [[0, 1.5, 1, 2], [-1.0], [2.0]]
DEEP = [[1, 0.0, 1, 4], [0, 3.0, 2, 3], [10.0], [20.0], [30.0]]


@pytest.fixture
def trees(tmp_path: Path) -> Trees:
    path = tmp_path / "trees.json"
    path.write_text(json.dumps({"traits": ["a", "b"], "start": 0.5, "trees": [STUMP, DEEP]}))
    return Trees.read(path)


def test_log_odds_are_what_every_tree_says_and_the_start(trees: Trees) -> None:
    rows = {"a": np.array([1.0, 3.0, 4.0, 1.0]), "b": np.array([0.0, -1.0, 0.0, 0.1])}
    assert trees.log_odds(rows).tolist() == [0.5 - 1 + 10, 0.5 + 2 + 10, 0.5 + 2 + 20, 0.5 - 1 + 30]


def test_a_value_on_the_limit_goes_left(trees: Trees) -> None:
    assert trees.log_odds({"a": np.array([1.5]), "b": np.array([1.0])}).tolist() == [0.5 - 1 + 30]


def test_traits_are_taken_by_name_whatever_their_order(trees: Trees) -> None:
    a, b, other = np.array([4.0]), np.array([-1.0]), np.array([9.0])
    assert trees.log_odds({"b": b, "other": other, "a": a}) == trees.log_odds({"a": a, "b": b})


def test_many_rows_are_asked_about_in_parts(trees: Trees) -> None:
    a = np.arange(5000.0)
    whole = trees.log_odds({"a": a, "b": np.zeros(5000)})
    assert whole.shape == (5000,)
    assert whole[-1] == trees.log_odds({"a": a[-1:], "b": np.zeros(1)})[0]
