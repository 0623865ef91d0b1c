"""What the second look is learned from."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.second_look import learned
from aws_cost_anomalies.detectors.forecast import Forecast
from benchmarks.accuracy.bills import WORLDS, panel_of
from benchmarks.accuracy.labelled import LabelledBill
from benchmarks.accuracy.learning.examples import INCIDENTS, of_bill, together
from benchmarks.accuracy.scoring import score


@pytest.fixture(scope="module")
def bill() -> LabelledBill:
    return WORLDS["trials"](3, 400)


def test_examples_are_worth_telling_where_they_lie_in_events_of_their_direction(bill: LabelledBill) -> None:
    found = of_bill(bill, 4.0)
    assert set(found.traits) == set(learned().traits)
    assert {column.shape for column in found.traits.values()} == {found.worth.shape}
    assert 0.5 < found.worth.mean() < 0.98


def test_a_bill_weighs_the_same_however_many_marks_it_has(bill: LabelledBill) -> None:
    for sensitivity in (2.5, 6.0):
        found = of_bill(bill, sensitivity)
        assert found.weight.sum() == pytest.approx(INCIDENTS)
        assert found.weight.min() > 0


def test_examples_of_several_bills_stand_one_after_another(bill: LabelledBill) -> None:
    found = of_bill(bill, 4.0)
    both = together([found, found])
    assert both.worth.size == 2 * found.worth.size
    np.testing.assert_array_equal(both.traits["beyond"][: found.worth.size], found.traits["beyond"])


def test_the_second_look_withholds_more_that_is_false_than_that_is_true(bill: LabelledBill) -> None:
    panel = panel_of(WORLDS["accounts"](103, 300))
    marks = {look: Forecast(second_look=look).detect(panel).mark for look in (False, True)}
    judged = {look: score(WORLDS["accounts"](103, 300), mark) for look, mark in marks.items()}
    assert len(judged[True].false_starts) < 0.8 * len(judged[False].false_starts)
    assert len(judged[True].missed) <= len(judged[False].missed) + 0.03 * judged[True].n_events
    assert not ((marks[True] != 0) & (marks[False] == 0)).any()
