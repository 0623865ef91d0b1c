"""Every label is true: its days, its scope, its money; and what must stay silent is there to be seen."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.sources.sample import PERIOD

COLUMNS = {
    "SubAccountId": "line_item_usage_account_id",
    "RegionId": "product_region_code",
    "x_UsageType": "line_item_usage_type",
}


@pytest.fixture(scope="session")
def differences(items, ordinary):
    """(service, account, region, usage type) → day → effective cost with anomalies, less that without."""
    found = defaultdict(lambda: defaultdict(float))
    for table, sign in ((items, 1.0), (ordinary, -1.0)):
        keys = zip(table.services, *(table[column] for column in COLUMNS.values()), strict=True)
        for key, day, cost in zip(keys, table.days, table.effective, strict=True):
            found[key][day] += sign * cost
    return found


def is_within(scope, key):
    values = dict(zip(("ServiceName", *COLUMNS), key, strict=True))
    return all(values[dimension] == value for dimension, value in scope.values)


def test_every_kind_of_anomaly_is_planted(bill):
    assert {label.kind for label in bill.labels} == set(Kind)


def test_a_label_says_what_the_anomaly_costs(bill, differences):
    for label in bill.labels:
        hit = [days for key, days in differences.items() if is_within(label.scope, key)]
        cost = sum(change for days in hit for day, change in days.items() if day in label.days)
        assert cost == pytest.approx(label.impact, abs=0.006), label
        assert (label.impact > 0) is Kind(label.kind).is_increase, label


def test_nothing_differs_outside_the_labels(bill, differences):
    for key, days in differences.items():
        labels = [label for label in bill.labels if is_within(label.scope, key)]
        for day, change in days.items():
            if not any(day in label.days for label in labels):
                assert abs(change) < 1e-8, (key, day, change)


def test_every_day_of_an_anomaly_differs(bill, differences):
    for label in bill.labels:
        changed = {
            day
            for key, days in differences.items()
            if is_within(label.scope, key)
            for day, change in days.items()
            if abs(change) > 0.1
        }
        assert changed == set(label.days), label


def test_the_first_35_days_are_clean_and_most_anomalies_lie_in_the_last_60(bill):
    starts = [label.days.start for label in bill.labels]
    assert min(starts) >= PERIOD.start + timedelta(days=35)
    late = [start for start in starts if start >= PERIOD.end - timedelta(days=60)]
    assert len(late) >= 0.8 * len(starts)


def test_two_anomalies_never_share_a_day_of_a_service_in_an_account(bill):
    seen = [
        (label.scope.as_dict()["ServiceName"], label.scope.as_dict()["SubAccountId"], label)
        for label in bill.labels
    ]
    for i, (service, account, label) in enumerate(seen):
        for other_service, other_account, other in seen[i + 1 :]:
            if (service, account) == (other_service, other_account):
                assert label.days.end <= other.days.start or other.days.end <= label.days.start


def test_each_anomaly_is_large_against_its_service_in_its_account(bill, ordinary):
    names = ordinary.services
    for label in bill.labels:
        scope = label.scope.as_dict()
        chosen = (names == scope["ServiceName"]) & (
            ordinary["line_item_usage_account_id"] == scope["SubAccountId"]
        )
        usual = sum(cost for day, cost in ordinary.daily(chosen).items() if day in label.days)
        assert abs(label.impact) > 0.15 * usual, label
        assert abs(label.impact) > 30.0, label


def test_an_expired_savings_plan_changes_the_rate_and_not_the_usage(items, ordinary):
    def of(table):
        chosen = table["line_item_usage_type"] == "BoxUsage:r6g.2xlarge"
        chosen &= np.isin(table.types, ["Usage", "SavingsPlanCoveredUsage"])
        return table["line_item_usage_amount"][chosen].sum(), table.effective[chosen].sum()

    (usage, cost), (usual_usage, usual_cost) = of(items), of(ordinary)
    assert usage == pytest.approx(usual_usage)
    assert cost > usual_cost + 2_000


def test_the_moved_log_cluster_nets_to_nothing(bill):
    moved = [
        label for label in bill.labels if label.scope.as_dict()["ServiceName"] == "Amazon OpenSearch Service"
    ]
    assert {label.scope.as_dict()["SubAccountId"] for label in moved} == {"100000000002", "100000000006"}
    assert sum(label.impact for label in moved) == pytest.approx(0.0, abs=0.01)


def test_some_still_go_on_when_the_bill_ends_and_one_begins_the_day_before(bill):
    going_on = [label for label in bill.labels if label.days.last_day == PERIOD.last_day]
    assert {"new", "step_up", "spike"} <= {label.kind for label in going_on}
    assert any(label.days.start == date(2026, 8, 30) for label in going_on)


def pattern_days(bill, items, name):
    """Each pattern of a name with the daily cost of its scope."""
    found = [pattern for pattern in bill.patterns if pattern.kind == name]
    assert found
    for pattern in found:
        chosen = items.services == pattern.scope.as_dict()["ServiceName"]
        for dimension, column in COLUMNS.items():
            chosen &= np.isin(
                items[column].astype(str), pattern.scope.as_dict().get(dimension, items[column].astype(str))
            )
        daily = items.daily(chosen & (items.types == "Usage"))
        yield pattern, np.array([daily.get(day, 0.0) for day in PERIOD])


def test_patterns_never_share_a_day_with_an_anomaly_of_their_scope(bill):
    for pattern in bill.patterns:
        for label in bill.labels:
            differ = any(
                label.scope.as_dict().get(key, value) != value
                for key, value in pattern.scope.values
                if value != NONE
            )
            assert differ or label.days.end <= pattern.days.start or pattern.days.end <= label.days.start


def test_backups_peak_on_sundays(bill, items):
    for _, costs in pattern_days(bill, items, "sunday backup"):
        sundays = np.array([day.weekday() == 6 for day in PERIOD])
        assert (costs[sundays] > 50).all()
        assert not costs[~sundays].any()


def test_jobs_peak_when_a_month_begins(bill, items):
    for pattern, costs in pattern_days(bill, items, "closing of the month"):
        first = PERIOD.index(pattern.days.start)
        assert costs[first : first + 2].min() > 2 * costs[first - 28 : first].mean()


def test_pennies_grow_tenfold_and_stay_pennies(bill, items):
    for pattern, costs in pattern_days(bill, items, "pennies"):
        day = PERIOD.index(pattern.days.start)
        assert 1.0 > costs[day] > 7 * np.median(costs)


def test_a_holiday_is_as_quiet_as_a_sunday(bill, items):
    for pattern, costs in pattern_days(bill, items, "holiday"):
        day = PERIOD.index(pattern.days.start)
        assert pattern.days.start.weekday() == 4
        assert costs[day] < 0.5 * costs[day - 1]


def test_the_batch_workload_bursts(bill, items):
    for _, costs in pattern_days(bill, items, "bursts"):
        assert np.percentile(costs, 90) > 4 * np.median(costs)
        assert (costs > 3 * np.median(costs)).sum() > 12


def test_storage_grows_by_a_third_of_a_percent_a_day(bill, items):
    for _, costs in pattern_days(bill, items, "growth"):
        daily = (costs[-7:].mean() / costs[:7].mean()) ** (1 / 113) - 1
        assert daily == pytest.approx(0.003, abs=0.0004)


def test_hosted_zones_are_billed_on_the_first(bill, items):
    for pattern, costs in pattern_days(bill, items, "hosted zones"):
        assert costs[PERIOD.index(pattern.days.start)] == pytest.approx(4.0)
