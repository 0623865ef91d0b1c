"""Replays, printed: how often, how right, and what an alert budget or planted anomalies show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from rich.table import Table

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers.accounts import among
from aws_cost_anomalies.cli.answers.anomalies import (
    PrintedAnomalies,
    scopes_of,
)
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.answer_document import about, unanswered_objects
from aws_cost_anomalies.model.answers import Detected
from aws_cost_anomalies.model.backtest import Backtest, Budget, Label, Planted
from aws_cost_anomalies.model.document import anomaly_object
from aws_cost_anomalies.model.scope import Scope


@dataclass(frozen=True, slots=True)
class PrintedBacktest:
    """A replay for one reader; `accounts` names those in it, by id."""

    backtest: Backtest
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print how often it would have spoken, how right it was, and what it told."""
        replay = self.backtest
        days = f"{replay.days_replayed} days of {replay.series:,} series replayed"
        screen.show(tables.title(f"{days}: {_rate(replay.alerts_per_week)}"))
        if replay.accuracy is not None:
            screen.show(tables.blank(), self._accuracy())
        if replay.missed:
            screen.show(tables.blank(), tables.title("Labels that nothing was told of"), self._missed())
        screen.show(tables.blank())
        _anomalies(replay, replay.anomalies, self.accounts).show(screen)

    def _accuracy(self) -> Table:
        drawn = tables.table("against the labels", "value", numbers=("value",))
        for name, value in asdict(self.backtest.accuracy).items():  # type: ignore[arg-type]
            drawn.add_row(name.replace("_", " "), "–" if value is None else f"{value:.2f}")
        return drawn

    def _missed(self) -> Table:
        drawn = tables.table("kind", "days", "scope")
        for label in self.backtest.missed:
            drawn.add_row(label.kind.replace("_", " "), str(label.days), tables.name(label.scope))
        return drawn

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            **backtest_object(self.backtest),
            "account_names": among(self.accounts, replayed_scopes(self.backtest)),
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per anomaly."""
        return _anomalies(self.backtest, self.backtest.anomalies, self.accounts).rows()


@dataclass(frozen=True, slots=True)
class PrintedBudget:
    """An alert budget for one reader; `accounts` names those in it, by id."""

    budget: Budget
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print the setting that keeps to it and what is no longer told."""
        usual, chosen = self.budget.usual, self.budget.chosen
        kept = "keeps to" if chosen.alerts_per_week <= self.budget.alerts_per_week else "comes nearest to"
        asked = f"at most {self.budget.alerts_per_week:g} alerts a week"
        setting = (
            f"Sensitivity {chosen.sensitivity} from {self.budget.minimum_impact:,.2f} {usual.view.currency}"
        )
        screen.show(
            tables.title(f"{setting} {kept} {asked}: {_rate(chosen.alerts_per_week)}"),
            tables.caption(f"{usual.sensitivity} tells {_rate(usual.alerts_per_week)}"),
            tables.blank(),
        )
        if self.budget.silent:
            screen.show(tables.title(f"Not told any more: {len(self.budget.silent)}"))
            _anomalies(chosen, self.budget.silent, self.accounts).show(screen)
        else:
            screen.show(tables.caption(f"Everything that {usual.sensitivity} tells is told."))

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            "budget": self.budget.alerts_per_week,
            "minimum_impact": self.budget.minimum_impact,
            **backtest_object(self.budget.chosen),
            "silent": [anomaly_object(anomaly) for anomaly in self.budget.silent],
            "account_names": among(self.accounts, budget_scopes(self.budget)),
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per anomaly that is told."""
        return _anomalies(self.budget.chosen, self.budget.chosen.anomalies, self.accounts).rows()


@dataclass(frozen=True, slots=True)
class PrintedPlanted:
    """Planted anomalies for one reader."""

    planted: tuple[Planted, ...]

    def show(self, screen: Screen) -> None:
        """Print how many of each kind and size were found."""
        count, found = sum(p.count for p in self.planted), sum(p.found for p in self.planted)
        screen.show(tables.title(f"{found} of {count} planted anomalies found"))
        if not self.planted:
            screen.show(tables.caption("The history is too short to plant any: 50 days are needed."))
            return
        numbers = ("size", "planted", "found", "days to detect")
        drawn = tables.table("kind", *numbers, numbers=numbers)
        for each in self.planted:
            days = "–" if each.median_days_to_detect is None else f"{each.median_days_to_detect:g}"
            drawn.add_row(
                each.kind.replace("_", " "), f"{each.size:.0%}", str(each.count), str(each.found), days
            )
        screen.show(tables.blank(), drawn)

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {"planted": [asdict(each) for each in self.planted]}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per kind and size."""
        yield ["kind", "size", "count", "found", "median_days_to_detect"]
        for each in self.planted:
            yield [each.kind, each.size, each.count, each.found, each.median_days_to_detect]


def replayed_scopes(backtest: Backtest) -> list[Scope]:
    """The scopes of what was told, and of the labels missed."""
    return [*scopes_of(backtest.anomalies), *(label.scope for label in backtest.missed)]


def budget_scopes(budget: Budget) -> list[Scope]:
    """The scopes of what is told, and of what no longer is."""
    return [*replayed_scopes(budget.chosen), *scopes_of(budget.silent)]


def backtest_object(backtest: Backtest) -> dict[str, object]:
    """A replay as its JSON object."""
    accuracy = {} if backtest.accuracy is None else asdict(backtest.accuracy)
    return {
        **about(backtest.view),
        "monitor": backtest.monitor,
        "sensitivity": backtest.sensitivity,
        "days_replayed": backtest.days_replayed,
        "series": backtest.series,
        "alerts_per_week": backtest.alerts_per_week,
        **accuracy,
        "anomalies": [anomaly_object(anomaly) for anomaly in backtest.anomalies],
        "missed": [_label_object(label) for label in backtest.missed],
        "unanswered": unanswered_objects(backtest.unanswered),
    }


def _label_object(label: Label) -> dict[str, object]:
    return {
        "kind": label.kind,
        "start_date": label.days.start,
        "end_date": label.days.last_day,
        "scope": label.scope.as_dict(),
        "impact": label.impact,
    }


def _rate(alerts_per_week: float) -> str:
    return f"{alerts_per_week:.1f} alerts a week"


def _anomalies(
    backtest: Backtest, anomalies: Sequence[Anomaly], accounts: Mapping[str, str]
) -> PrintedAnomalies:
    """The anomalies of a replay as `anomalies` prints them."""
    return PrintedAnomalies(
        Detected(
            view=backtest.view,
            as_of=backtest.view.period.end,
            monitor=backtest.monitor,
            sensitivity=backtest.sensitivity,
            anomalies=tuple(anomalies),
            unanswered=backtest.unanswered,
        ),
        accounts,
    )
