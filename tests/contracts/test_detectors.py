"""What every detector promises, over the family's list."""

import warnings
from dataclasses import fields
from datetime import date
from importlib import import_module

import numpy as np
import pytest

from aws_cost_anomalies.detectors import KINDS
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.kinds import MOST_SCORE
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.ports import Detector
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 1, 5)
DAYS = 90
ARRAYS = ("expected", "lower", "upper", "score", "mark")


@pytest.fixture(params=sorted(KINDS))
def detector(request: pytest.FixtureRequest) -> Detector:
    return built(request.param)


def built(name: str, **parameters: object) -> Detector:
    module, _, attribute = KINDS[name].partition(":")
    kind: Detector = getattr(import_module(module), attribute)(**parameters)
    return kind


def panel_of(costs: Floats, *, start: date = START, unsettled: int = 0) -> Panel:
    settled = np.ones(costs.shape, dtype=bool)
    settled[:, costs.shape[1] - unsettled :] = False
    return Panel(
        scopes=tuple(Scope((("ServiceName", f"service {n}"),)) for n in range(len(costs))),
        period=Period(start, start + costs.shape[1] * ONE_DAY),
        costs=costs,
        settled=settled,
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def bill(seed: int = 7) -> Floats:
    """Eight scopes that between them hold noise, weeks, a spike, steps, a drift, a start and an end."""
    rng = np.random.default_rng(seed)
    costs = 1000.0 * np.exp(0.05 * rng.normal(size=(8, DAYS)))
    costs[1] *= np.where(np.arange(DAYS) % 7 < 5, 1.0, 0.4)
    costs[2, 60] *= 5
    costs[3, 50:] *= 2
    costs[4, 40:] *= 1.01 ** np.arange(DAYS - 40)
    costs[5, :45] = 0.0
    costs[6, 70:] = 0.0
    costs[7, 55:] *= 0.4
    return costs


def assert_equal(one: Flags, other: Flags) -> None:
    for name in ARRAYS:
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), rtol=1e-6, atol=1e-9, err_msg=name
        )


def test_it_marks_something_on_a_bill_with_anomalies(detector: Detector) -> None:
    assert np.any(detector.detect(panel_of(bill())).mark)


def test_every_array_has_the_shape_of_the_panel(detector: Detector) -> None:
    flags = detector.detect(panel_of(bill()))
    assert {getattr(flags, name).shape for name in ARRAYS} == {(8, DAYS)}
    assert flags.mark.dtype == np.int8
    assert set(np.unique(flags.mark)) <= {int(mark) for mark in Mark}


@pytest.mark.parametrize("shape", [(0, 30), (3, 1), (3, 0), (0, 0), (2, 8)])
def test_small_and_empty_panels_have_flags_of_their_shape(detector: Detector, shape: tuple[int, int]) -> None:
    flags = detector.detect(panel_of(np.full(shape, 100.0)))
    assert {getattr(flags, name).shape for name in ARRAYS} == {shape}
    assert not np.any(flags.mark)


def test_a_marked_day_has_a_verdict_that_agrees_with_its_mark(detector: Detector) -> None:
    flags = detector.detect(panel_of(bill()))
    marked = flags.mark != Mark.NONE
    for name in ("expected", "lower", "upper", "score"):
        assert np.all(np.isfinite(getattr(flags, name)[marked])), name
    assert np.all(flags.lower[marked] <= flags.expected[marked])
    assert np.all(flags.expected[marked] <= flags.upper[marked])
    falls = np.isin(flags.mark, (Mark.LOW, Mark.DRIFT_DOWN))
    assert np.all(flags.score[falls] < 0)
    assert np.all(flags.score[marked & ~falls] > 0)


def test_an_unknown_cost_is_never_marked_and_breaks_nothing(detector: Detector) -> None:
    costs = bill()
    holes = np.random.default_rng(1).random(costs.shape) < 0.1
    costs[holes] = np.nan
    costs[0] = np.nan
    flags = detector.detect(panel_of(costs))
    assert not np.any(flags.mark[np.isnan(costs)])
    assert np.any(flags.mark)


@pytest.mark.parametrize("last", [10, 45, 50, 61, 75, 89])
def test_later_days_do_not_change_a_verdict(detector: Detector, last: int) -> None:
    costs = bill()
    whole = detector.detect(panel_of(costs))
    cut = detector.detect(panel_of(costs[:, :last]))
    other = costs.copy()
    other[:, last:] = 7.0 * other[:, last:] + 13.0
    changed = detector.detect(panel_of(other))
    for name in ARRAYS:
        wanted = getattr(cut, name)
        np.testing.assert_allclose(getattr(whole, name)[:, :last], wanted, rtol=1e-9, err_msg=name)
        np.testing.assert_allclose(getattr(changed, name)[:, :last], wanted, rtol=1e-9, err_msg=name)


def test_marks_do_not_depend_on_the_currency(detector: Detector) -> None:
    costs = bill()
    marks = detector.detect(panel_of(costs)).mark
    np.testing.assert_array_equal(detector.detect(panel_of(costs * 1000.0)).mark, marks)


@pytest.mark.parametrize("weeks", [1, 5, 52])
def test_marks_do_not_depend_on_the_year(detector: Detector, weeks: int) -> None:
    """No cost here depends on the day of the month; a shift by whole weeks keeps the weekdays."""
    costs = bill()
    shifted = detector.detect(panel_of(costs, start=START + 7 * weeks * ONE_DAY)).mark
    same = shifted == detector.detect(panel_of(costs)).mark
    assert same.mean() > 0.99


def test_the_order_of_scopes_does_not_matter(detector: Detector) -> None:
    costs = bill()
    order = np.random.default_rng(3).permutation(len(costs))
    flags = detector.detect(panel_of(costs))
    permuted = detector.detect(panel_of(costs[order]))
    assert_equal(Flags(*(getattr(flags, name)[order] for name in ARRAYS)), permuted)


def test_a_scope_is_judged_alike_in_any_company(detector: Detector) -> None:
    costs = bill()
    together = detector.detect(panel_of(costs)).mark[3]
    np.testing.assert_array_equal(detector.detect(panel_of(costs[3:4])).mark[0], together)


def test_an_unsettled_day_never_says_that_cost_fell(detector: Detector) -> None:
    costs = bill()
    costs[:, -3:] *= 0.1
    marks = detector.detect(panel_of(costs, unsettled=3)).mark[:, -3:]
    assert not np.any(np.isin(marks, (Mark.LOW, Mark.DRIFT_DOWN)))


def test_flat_and_empty_scopes_are_never_odd(detector: Detector) -> None:
    costs = np.stack((np.full(DAYS, 100.0), np.zeros(DAYS), np.full(DAYS, -25.0)))
    assert not np.any(detector.detect(panel_of(costs)).mark)


def test_it_leaves_the_panel_as_it_was(detector: Detector) -> None:
    costs = bill()
    detector.detect(panel_of(costs))
    np.testing.assert_array_equal(costs, bill())


@pytest.mark.parametrize("name", sorted(KINDS))
def test_sensitivity_widens_what_is_odd(name: str) -> None:
    panel = panel_of(bill())
    odd = [np.count_nonzero(built(name, sensitivity=s).detect(panel).mark) for s in ("low", "medium", "high")]
    assert odd == sorted(odd)
    with pytest.raises(InvalidArgument, match="low, medium, high"):
        built(name, sensitivity="extreme").detect(panel)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_sensitivity_that_is_a_number_is_a_score(name: str) -> None:
    panel = panel_of(bill())
    odd = [
        np.count_nonzero(built(name, sensitivity=score).detect(panel).mark) for score in (20.0, 6.0, 3.0, 1.5)
    ]
    assert odd == sorted(odd)
    assert odd[0] < odd[-1]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_parameter_has_a_default(name: str) -> None:
    assert "sensitivity" in {field.name for field in fields(built(name))}  # type: ignore[arg-type]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("score", [0.1, 60.0, MOST_SCORE])
def test_no_score_that_may_be_asked_for_overflows(name: str, score: float) -> None:
    days = np.arange(3 * DAYS)
    rng = np.random.default_rng(3)
    noisy = 300.0 * np.exp(rng.normal(size=(2, 3 * DAYS))) * (rng.random((2, 3 * DAYS)) < [[1.0], [0.4]])
    monthly, weekly = (np.where(days % each == 1, 2e6, 0.0) for each in (30, 7))
    costs = np.vstack([noisy, monthly, weekly, np.where(days > 2 * DAYS, monthly, 0.0), np.zeros(3 * DAYS)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = built(name, sensitivity=score).detect(panel_of(costs))
    assert not (np.isnan(found.upper) & ~np.isnan(found.expected)).any()
