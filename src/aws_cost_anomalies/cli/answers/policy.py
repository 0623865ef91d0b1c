"""IAM permissions, printed as a table or as CSV; as JSON they are the policy itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen

if TYPE_CHECKING:
    from aws_cost_anomalies.permissions import Feature, On


@dataclass(frozen=True, slots=True)
class PrintedPolicy:
    """Permissions for one reader."""

    features: Sequence[Feature]
    places: Mapping[On, Sequence[str]]

    def show(self, screen: Screen) -> None:
        """Print each feature, what it is for and what it asks."""
        drawn = tables.table("feature", "IAM action", "on")
        for line in self._lines():
            drawn.add_row(*map(tables.name, line))
        screen.show(drawn)

    def document(self) -> dict[str, object]:
        """The permissions by feature; the policy itself is made in `permissions`."""
        return {feature.name: [list(grant.actions) for grant in feature.grants] for feature in self.features}

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        """Feature, action, resource; those that a whole grant shares stand once."""
        for feature in self.features:
            name = feature.name
            for grant in feature.grants:
                for action, place in zip_longest(grant.actions, self.places[grant.on], fillvalue=""):
                    yield name, action, place
                    name = ""
            if not feature.grants:
                yield name, "none", ""

    def rows(self) -> Iterator[Sequence[object]]:
        """One CSV row for each action and resource."""
        yield "feature", "action", "resource"
        for feature in self.features:
            for grant in feature.grants:
                for action in grant.actions:
                    for resource in self.places[grant.on]:
                        yield feature.name, action, resource
