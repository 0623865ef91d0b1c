"""An explanation: its days, its ranking, its sentence."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.explain import explain
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 3, 2)
RDS = Scope((("ServiceName", "Amazon RDS"),))


def panel_of(costs: Floats, scopes: tuple[Scope, ...], unsettled: int = 0) -> Panel:
    array = np.atleast_2d(costs)
    settled = np.ones(array.shape, dtype=bool)
    settled[:, array.shape[1] - unsettled :] = False
    return Panel(
        scopes=scopes,
        period=Period(MONDAY, MONDAY + array.shape[1] * ONE_DAY),
        costs=array,
        settled=settled,
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def told(costs: Floats, unsettled: int = 0, **split: Floats) -> Explanation:
    panel = panel_of(costs, (RDS,), unsettled)
    flags = combine(Mad().detect(panel), TheilSen().detect(panel))
    (anomaly,) = episodes(panel, flags, rules=EpisodeRules())
    children = {
        name.replace("_", "-"): panel_of(
            rows, tuple(Scope(((name, f"{name}-{n}"),)) for n in range(len(rows)))
        )
        for name, rows in split.items()
    }
    return explain(anomaly, panel=panel, flags=flags, children=children)


def spike(days: int = 3, level: float = 400.0) -> Floats:
    return np.concatenate((np.full(60 - days, 100.0), np.full(days, level)))


def test_the_days_reach_from_four_weeks_before_to_the_end_of_the_view() -> None:
    told_days = told(np.concatenate((spike(), np.full(5, 100.0)))).days
    assert (told_days[0].day, told_days[-1].day) == (MONDAY + 29 * ONE_DAY, MONDAY + 64 * ONE_DAY)
    odd = [day for day in told_days if day.is_anomalous]
    assert [day.day for day in odd] == [MONDAY + n * ONE_DAY for n in (57, 58, 59)]
    assert all(day.actual > day.upper > day.expected > day.lower for day in odd)


def test_a_step_is_shown_against_the_level_from_before_as_long_as_it_lasts() -> None:
    days = {day.day: day for day in told(spike(20)).days}
    assert all(day.is_anomalous for when, day in days.items() if when >= MONDAY + 40 * ONE_DAY)
    assert {day.expected for day in days.values()} == {100.0}


def test_the_days_say_what_is_settled_and_the_view_ends_with_the_last_known_day() -> None:
    explanation = told(np.append(spike(), np.nan), unsettled=2)
    assert [day.is_settled for day in explanation.days[-3:]] == [True, False, False]
    assert np.isnan(explanation.days[-1].actual)
    assert explanation.through == MONDAY + 59 * ONE_DAY


def test_the_most_telling_dimension_comes_first() -> None:
    costs = spike()
    flat = np.full(60, 100.0)
    explanation = told(
        costs,
        region=np.stack((costs,)),
        account=np.stack((costs - 20.0, np.full(60, 20.0))),
        usage_type=np.stack((costs - 90.0, flat - 10.0)),
    )
    assert [b.dimension for b in explanation.breakdowns] == ["usage-type", "account", "region"]
    assert all(b.causes[0].contribution == 900.0 for b in explanation.breakdowns)


def test_a_spike_is_told_with_money_days_and_who_carries_it() -> None:
    costs = spike()
    explanation = told(costs, account=np.stack((costs - 80.0, np.full(60, 80.0))))
    assert explanation.summary == (
        "Amazon RDS cost 900.00 USD more than expected (+300 %) over 3 days since 2026-04-28, "
        "100 % of it in account account-0; still going on."
    )


def test_one_value_alone_is_not_named() -> None:
    costs = spike(1)
    explanation = told(costs, region=np.stack((costs,)))
    assert explanation.summary == (
        "Amazon RDS cost 300.00 USD more than expected (+300 %) on 2026-04-30; "
        "first seen on the last day in view."
    )


def test_what_others_saved_is_said() -> None:
    first, second = np.full(60, 50.0), np.full(60, 50.0)
    first[59], second[59] = 500.0, 10.0
    explanation = told(first + second, account=np.stack((first, second)))
    assert "100 % of it in account account-0, partly offset elsewhere" in explanation.summary


@pytest.mark.parametrize(
    ("costs", "sentence"),
    [
        (
            np.concatenate((np.zeros(57), np.full(3, 50.0))),
            "Amazon RDS is new and cost 150.00 USD over 3 days",
        ),
        (spike(3, 0.0), "Amazon RDS stopped on 2026-04-28 and cost 300.00 USD less than expected since"),
        (spike(3, 40.0), "Amazon RDS cost 180.00 USD less than expected (-60 %) over 3 days"),
        (np.append(spike(1), [100.0] * 3), "on 2026-04-30; over since 2026-04-30."),
        (spike(20), "over 20 days since 2026-04-11; still going on."),
        (
            spike(30),
            "; such a level is the usual one by now and told as odd no longer, +9,000.00 USD in 30 days"
            " if it stays.",
        ),
        (100.0 * 1.012 ** np.clip(np.arange(90) - 60, 0, None), "Amazon RDS drifts up and cost"),
    ],
)
def test_each_kind_has_its_sentence(costs: Floats, sentence: str) -> None:
    assert sentence in told(costs).summary


def test_the_sentence_says_what_the_accounts_are_called() -> None:
    scope = Scope((*RDS.values, ("SubAccountId", "111111111111")))
    panel = panel_of(spike(), (scope,))
    flags = Mad().detect(panel)
    (anomaly,) = episodes(panel, flags, rules=EpisodeRules())
    explanation = explain(
        anomaly, panel=panel, flags=flags, children={}, account_names={"111111111111": "prod"}
    )
    assert explanation.summary.startswith("Amazon RDS · 111111111111 (prod) cost ")


def test_a_scope_of_another_panel_is_refused() -> None:
    panel = panel_of(spike(), (RDS,))
    flags = Mad().detect(panel)
    (anomaly,) = episodes(panel, flags, rules=EpisodeRules())
    with pytest.raises(KeyError):
        explain(anomaly, panel=panel_of(spike(), (Scope(),)), flags=flags, children={})


def test_it_says_what_the_first_day_was_measured_against_where_the_detector_does() -> None:
    panel = panel_of(spike(), (RDS,))
    flags = Forecast().detect(panel)
    (anomaly,) = episodes(panel, flags, rules=EpisodeRules())
    assert explain(anomaly, panel=panel, flags=flags, children={}).expected_from == "last week's level"
    assert told(spike()).expected_from == ""
