"""The accuracy tables of `docs/ACCURACY.md`, made anew.

    python -m benchmarks.accuracy [--seeds N] [--series N] [--rivals FOLDER [--packages A,B]] [--write]

`--rivals` names the folder of the rivals' virtual environment (made on first use) and of their kept scores;
without it only the product's own detectors are judged. `--write` replaces the tables in the document.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.detectors.zscore import ZScore
from aws_cost_anomalies.model.panel import Panel
from benchmarks.accuracy import tables
from benchmarks.accuracy.bills import WORLDS, panel_of
from benchmarks.accuracy.labelled import Event, LabelledBill
from benchmarks.accuracy.rivals.run import NAMES, environment, rival_score
from benchmarks.accuracy.scoring import GAP, Score, incidents, score

REPORTED = 100
"""First seed of the bills reported on; the detector was tuned on seeds 0 to 2."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "ACCURACY.md"
MARKER = "<!-- tables -->"
SUBSET = (33, 150)
THRESHOLDS = (0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0)


def own_marks(name: str, panel: Panel) -> NDArray[np.int8]:
    """Marks of one of the product's detectors."""
    if name == "mad + theil-sen":
        return combine(Mad().detect(panel), TheilSen().detect(panel)).mark
    kinds = {
        "forecast": Forecast,
        "forecast, high": lambda: Forecast(sensitivity="high"),
        "forecast, low": lambda: Forecast(sensitivity="low"),
        "zscore (7 days, 20 %)": ZScore,
    }
    return kinds[name]().detect(panel).mark


OWN = ("forecast", "forecast, high", "forecast, low", "mad + theil-sen", "zscore (7 days, 20 %)")


@dataclass(frozen=True, slots=True)
class Pool:
    """Scores of several bills taken together, world by world."""

    bills: dict[str, list[LabelledBill]]

    @classmethod
    def of(cls, seeds: int, series: int) -> Pool:
        """Bills of every world for the reported seeds."""
        numbers = range(REPORTED, REPORTED + seeds)
        return cls({name: [make(seed, series) for seed in numbers] for name, make in WORLDS.items()})

    def judged(self, name: str) -> dict[str, Score]:
        """Scores of a detector, a world each."""
        return {
            world: score(joined(bills), np.vstack([own_marks(name, panel_of(bill)) for bill in bills]))
            for world, bills in self.bills.items()
        }


def joined(bills: list[LabelledBill]) -> LabelledBill:
    """Bills of one world and length as one, their series numbered through."""
    events, offset = [], 0
    for bill in bills:
        events += [Event(e.series + offset, e.kind, e.start, e.end, e.impact, e.ratio) for e in bill.events]
        offset += len(bill.families)
    families = tuple(family for bill in bills for family in bill.families)
    costs, quiet = (np.vstack([getattr(bill, name) for bill in bills]) for name in ("costs", "quiet"))
    regular = np.concatenate([bill.regular for bill in bills])
    return replace(
        bills[0], costs=costs, families=families, events=tuple(events), regular=regular, quiet=quiet
    )


def large_on_regular(pool: Pool) -> list[tuple[object, ...]]:
    """Recall of spikes and steps of 100 % and more, and of every event, on regular series, a world each."""
    rows = []
    for world, found in pool.judged("forecast").items():
        bill = joined(pool.bills[world])
        regular = [e for e in bill.events if bill.regular[e.series] and e.start >= bill.judged_from]
        large = [e for e in regular if e.kind in {"spike", "step_up"} and e.ratio >= 1]
        missed = set(found.missed)
        shares = (1 - sum(e in missed for e in some) / len(some) for some in (large, regular))
        rows.append((world, *shares, len(large), len(regular)))
    return rows


def half_loaded(pool: Pool) -> list[tuple[object, ...]]:
    """False incidents per 1,000 normal series on a last day that is partly loaded, every tenth day."""
    rng = np.random.default_rng(5)
    parts = {
        "whole": lambda n: np.ones(n),
        "half of every scope": lambda n: np.full(n, 0.5),
        "about half of each (σ 0.1)": lambda n: np.clip(rng.normal(0.5, 0.1, n), 0.05, 1.0),
        "no rows of every second scope": lambda n: (rng.random(n) < 0.5).astype(float),
    }
    rows = []
    for name, loaded in parts.items():
        rates = []
        for bills in pool.bills.values():
            false = normal = 0
            for day in range(max(60, bills[0].judged_from), bills[0].costs.shape[1], 10):
                panel = panel_of(bills[0], days=day + 1)
                panel.costs[:, day] *= loaded(len(panel.scopes))
                begun = incidents(Forecast(last=GAP + 2).detect(panel).mark)[:, day]
                calm = ~bills[0].quiet[:, day]
                false, normal = false + int(begun[calm].sum()), normal + int(calm.sum())
            rates.append(1000 * false / normal)
        rows.append((name, *rates))
    return rows


def rivals(folder: Path, packages: list[str]) -> str:
    """The rival packages on small bills, at their best threshold, beside ours at its default."""
    python = environment(folder)
    bills = [make(REPORTED, *SUBSET) for make in WORLDS.values()]
    rows = []
    for name in packages:
        given = [rival_score(name, bill, python=python, kept=folder / "scores") for bill in bills]
        at = {k: _pooled(bills, [_as_marks(s, k) for s, _ in given]) for k in THRESHOLDS}
        best = max(at, key=lambda k: at[k][2])
        decisions = sum(bill.costs.size for bill in bills) / sum(seconds for _, seconds in given)
        rows.append((name, *at[1.0], *at[best], f"{decisions:,.0f}"))
    for name in OWN:
        found = _pooled(bills, [own_marks(name, panel_of(bill)) for bill in bills])
        rows.append((name, *found, "", "", "", "", ""))
    header = (
        "detector",
        "P",
        "R",
        "F1",
        "false/1k",
        "best P",
        "best R",
        "best F1",
        "best false/1k",
        "verdicts per CPU-s",
    )
    return tables.table(header, rows)


def _as_marks(signed: NDArray[np.float64], threshold: float) -> NDArray[np.int8]:
    return ((signed >= threshold) + 2 * (signed <= -threshold)).astype(np.int8)


def _pooled(bills: list[LabelledBill], marks: list[NDArray[np.int8]]) -> tuple[float, float, float, float]:
    """Precision, recall, F1 and false incidents per 1,000 over bills taken together."""
    scores = [score(bill, mark, burn_in=28) for bill, mark in zip(bills, marks, strict=True)]
    events = sum(s.n_events for s in scores)
    hits = sum(s.recall * s.n_events for s in scores)
    false = sum(len(s.false_starts) for s in scores)
    precision, recall = hits / max(hits + false, 1), hits / max(events, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return precision, recall, f1, 1000 * false / sum(s.normal_days for s in scores)


def document(pool: Pool, folder: Path | None, packages: list[str]) -> str:
    """Every table, under its heading."""
    scores = {name: pool.judged(name) for name in OWN}
    parts = []
    for world in WORLDS:
        parts += [f"### World `{world}`", tables.overall({n: s[world] for n, s in scores.items()})]
        parts.append(f"False per 1,000 by family: {tables.by_family(scores['forecast'][world])}.")
    parts += [
        "### Recall by kind (and mean days to the first notice), `forecast`",
        tables.by_kind(scores["forecast"]),
    ]
    parts += [
        "### Regular series: recall of rises of 100 % and more, and of all events",
        tables.table(("world", "≥ 100 %", "all", "events ≥ 100 %", "events"), large_on_regular(pool)),
    ]
    parts += [
        "### A last day that is not fully loaded: false incidents per 1,000 series",
        tables.table(("loaded", *WORLDS), half_loaded(pool)),
    ]
    if folder is not None:
        parts += [
            f"### Other packages, {SUBSET[0]} series × {SUBSET[1]} days of each world",
            rivals(folder, packages),
        ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Print the tables, or write them into the document."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--rivals", type=Path)
    parser.add_argument("--packages", default=",".join(NAMES))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = document(Pool.of(asked.seeds, asked.series), asked.rivals, asked.packages.split(","))
    if asked.write:
        head = DOCUMENT.read_text(encoding="utf-8").partition(MARKER)[0]
        DOCUMENT.write_text(f"{head}{MARKER}\n\n{text}", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
