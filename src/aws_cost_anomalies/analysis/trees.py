"""Decision trees, boosted: log-odds as the sum of what each tree says of a row of traits.

Knows how trees are kept and read; must not know what the traits are, nor how the trees were learned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
ROWS = 2048
"""Rows asked about together: where each of them stands in each tree fits the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Some trees, all as long as the longest.

    Attributes:
        traits: names of what a row holds, in order.
        start: log-odds before any tree speaks.
        trait: (n_trees, n_nodes) which trait a node asks for; 0 at a leaf.
        limit: (n_trees, n_nodes) up to which value it sends a row to the left; leaves send nowhere else.
        left: (n_trees, n_nodes) the node to the left; a leaf itself.
        right: likewise.
        says: (n_trees, n_nodes) log-odds of a leaf; 0 elsewhere.
        depth: steps to the deepest leaf.
    """

    traits: tuple[str, ...]
    start: float
    trait: Whole
    limit: Floats
    left: Whole
    right: Whole
    says: Floats
    depth: int

    @classmethod
    def read(cls, path: Path) -> Trees:
        """Trees from a file: each is nodes, `[trait, limit, left, right]` or, of a leaf, `[log-odds]`."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        shape = len(kept["trees"]), max(map(len, kept["trees"]))
        trait, limit, says = np.zeros(shape, np.intp), np.zeros(shape), np.zeros(shape)
        left = np.tile(np.arange(shape[1]), (shape[0], 1))
        right = left.copy()
        for n, nodes in enumerate(kept["trees"]):
            for at, node in enumerate(nodes):
                if len(node) == 1:
                    says[n, at] = node[0]
                else:
                    trait[n, at], limit[n, at], left[n, at], right[n, at] = node
        depth = max(_depth(nodes) for nodes in kept["trees"])
        return cls(tuple(kept["traits"]), kept["start"], trait, limit, left, right, says, depth)

    def log_odds(self, traits: Mapping[str, Floats]) -> Floats:
        """What all trees say together of rows with these traits, each (n,): (n,)."""
        rows = np.stack([traits[name] for name in self.traits], axis=1)
        return np.concatenate([self._of(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)])

    def _of(self, rows: Floats) -> Floats:
        tree = np.arange(len(self.trait))
        at = np.zeros((len(rows), tree.size), dtype=np.intp)
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[each, self.trait[tree, at]] <= self.limit[tree, at]
            at = np.where(goes_left, self.left[tree, at], self.right[tree, at])
        return np.asarray(self.start + self.says[tree, at].sum(axis=1))


def _depth(nodes: list[list[Any]], at: int = 0) -> int:
    """Steps from a node to the deepest leaf below it."""
    if len(nodes[at]) == 1:
        return 0
    return 1 + max(_depth(nodes, nodes[at][side]) for side in (2, 3))
