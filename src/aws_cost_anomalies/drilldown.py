"""What lies below an anomaly: its charges by every dimension there is, and what they metered.

Knows which questions to the store and to the raw files that takes; knows not what becomes of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from aws_cost_anomalies import slices, views
from aws_cost_anomalies.analysis.regroup import summed_by
from aws_cost_anomalies.detection import DRILL_DOWN, Judged, below
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.explain import explain
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.scope import NONE, Dimension
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

RESOURCE_HISTORY = timedelta(days=35)
"""Days of line items before an anomaly that tell what a resource usually costs."""
UNIT = Dimension("pricing-unit")
OF_CHARGES = tuple(map(Dimension, ("charge-category", "charge-type", "publisher")))
"""What kind of charge it is: told beside the dimensions of what was used."""
OF_LINE_ITEMS = (Dimension("operation"), Dimension("resource"))


@dataclass(frozen=True, slots=True)
class Parts:
    """What an anomaly is made of.

    Attributes:
        children: dimension → its charges by it; by operation and resource where the raw files are at hand.
        costs: its charges by all dimensions of the daily summary at once, units included.
        quantities: what these metered; None where the source states none.
    """

    children: dict[str, Panel]
    costs: Panel
    quantities: Panel | None

    @property
    def metered(self) -> tuple[Panel, Panel] | None:
        """Costs and quantities, where there are both."""
        return None if self.quantities is None else (self.costs, self.quantities)


class DrillDown:
    """Questions below an anomaly."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._store = store
        self._as_of = as_of

    def explained(self, judged: Judged, anomaly: Anomaly) -> Explanation:
        """One anomaly in full."""
        parts = self.parts(judged, anomaly)
        told = explain(
            anomaly,
            panel=judged.panel,
            flags=judged.flags,
            children=parts.children,
            metered=parts.metered,
            account_names=self._store.account_names(),
        )
        looked = judged.query
        return replace(
            told,
            charge_categories=looked.charge_categories,
            marketplace=looked.marketplace,
            options=views.options(self._settings, self._store.coverage(self._as_of), judged.panel),
        )

    def parts(self, judged: Judged, anomaly: Anomaly) -> Parts:
        """What an anomaly is made of."""
        finer = tuple(d for d in map(Dimension, DRILL_DOWN) if d not in judged.dimensions)
        keys = [d for d in map(Dimension.of_tag, self._store.tag_keys()) if d not in judged.dimensions]
        # The dimensions of every charge are one scan and no more scopes than root causes take; tags multiply.
        charges = tuple(d for d in OF_CHARGES if d not in judged.dimensions)
        by_meter = tuple(d for d in (*finer, UNIT) if d not in judged.dimensions)
        leaves, *by_key = self._store.panels(
            [
                below(judged, anomaly, (*by_meter, *charges)),
                *(below(judged, anomaly, (key,)) for key in keys),
            ],
            as_of=self._as_of,
        )
        by_column = {str(d): summed_by(leaves, d) for d in (*finer, *charges)}
        by_tag = dict(zip(map(str, keys), by_key, strict=True))
        lines = self._line_items(judged, anomaly)
        metered = below(judged, anomaly, by_meter)
        return Parts(by_column | by_tag | lines, summed_by(leaves, *by_meter), self._quantities(metered))

    def _quantities(self, query: PanelQuery) -> Panel | None:
        """What the charges of a query metered."""
        try:
            return self._store.panel(replace(query, metric="ConsumedQuantity"), as_of=self._as_of)
        except NoData:
            return None

    def _line_items(self, judged: Judged, anomaly: Anomaly) -> dict[str, Panel]:
        """Its charges by what only line items know; both dimensions are one scan of the raw files."""
        days = judged.query.period
        period = replace(days, start=max(days.start, anomaly.start_date - RESOURCE_HISTORY))
        query = replace(below(judged, anomaly, OF_LINE_ITEMS), period=period)
        try:
            panel = slices.line_items(self._settings, self._store, query)
        except NoData:
            return {}
        split = {str(dimension): summed_by(panel, dimension) for dimension in OF_LINE_ITEMS}
        return {name: by for name, by in split.items() if _is_known(by)}


def _is_known(panel: Panel) -> bool:
    """Whether the charges have values at all."""
    return any(value != NONE for scope in panel.scopes for _, value in scope.values)
