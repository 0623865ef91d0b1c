"""The sample bill with and without its anomalies, as tables to reckon with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pytest

from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.sources.sample import SampleBill, sample_bill


@dataclass(frozen=True)
class Table:
    """All line items of a bill, months put together."""

    columns: dict[str, np.ndarray]

    @classmethod
    def of(cls, bill: SampleBill) -> "Table":
        months = list(bill.months.values())
        return cls({name: np.concatenate([m[name][1] for m in months]) for name in months[0]})

    def __getitem__(self, column: str) -> np.ndarray:
        return self.columns[column]

    @cached_property
    def types(self) -> np.ndarray:
        return self["line_item_line_item_type"].astype(str)

    @cached_property
    def days(self) -> np.ndarray:
        return self["line_item_usage_start_date"].astype("M8[D]").astype(object)

    @cached_property
    def effective(self) -> np.ndarray:
        """Net amortized cost, from the formula that AWS gives for each type of line item."""
        types = self.types
        formulas = {
            "SavingsPlanCoveredUsage": self["savings_plan_net_savings_plan_effective_cost"],
            "SavingsPlanNegation": np.zeros(types.size),
            "SavingsPlanRecurringFee": self["savings_plan_total_commitment_to_date"]
            - self["savings_plan_used_commitment"],
            "DiscountedUsage": self["reservation_net_effective_cost"],
            "RIFee": self["reservation_net_unused_recurring_fee"],
        }
        conditions = [types == name for name in formulas]
        return np.select(conditions, list(formulas.values()), self["line_item_net_unblended_cost"])

    @cached_property
    def services(self) -> np.ndarray:
        """The ServiceName of each line, in the spelling of the store."""
        return np.array([_service_name(code, product) for code, product in self._products])

    @property
    def _products(self) -> Iterator[tuple[str, dict[str, str]]]:
        return zip(self["line_item_product_code"], self["product"], strict=True)

    def daily(self, chosen: np.ndarray) -> dict[date, float]:
        """Effective cost of the chosen lines by day."""
        found: dict[date, float] = {}
        for day, cost in zip(self.days[chosen], self.effective[chosen], strict=True):
            found[day] = found.get(day, 0.0) + cost
        return found


def _service_name(code: str, product: dict[str, str]) -> str:
    known = canonical(code)
    return known.name if known else product["product_name"]


@pytest.fixture(scope="session")
def bill() -> SampleBill:
    return sample_bill()


@pytest.fixture(scope="session")
def items(bill: SampleBill) -> Table:
    return Table.of(bill)


@pytest.fixture(scope="session")
def ordinary() -> Table:
    return Table.of(sample_bill(planted=False))
