"""What a question looks at: sources chosen by rule, monitors from the configuration."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from aws_cost_anomalies import views
from aws_cost_anomalies.errors import InvalidArgument, NoData
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.model.monitor import Direction
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.settings import Settings


def _coverage(source: str, text: str) -> Coverage:
    return Coverage(source, Period.parse(text), None, datetime(2026, 9, 1, tzinfo=UTC), ("USD",), ("e",), 1)


def test_the_most_detailed_source_that_covers_the_window_is_chosen() -> None:
    explorer = _coverage("cost_explorer", "2026-07-01..2026-08-31")
    assert views.choose([explorer, _coverage("cur", "2026-07-01..2026-08-30")], None, 14).data_source == "cur"
    stale = _coverage("cur", "2026-06-01..2026-07-31")
    assert views.choose([explorer, stale], None, 14).data_source == "cost_explorer"
    young = _coverage("cur", "2026-08-25..2026-08-31")
    assert views.choose([explorer, young], None, 14).data_source == "cost_explorer"
    assert views.choose([explorer, young], None, 200).data_source == "cost_explorer", (
        "most days, where none covers"
    )
    assert views.choose([explorer, young], "cur").data_source == "cur"


def test_a_source_that_is_not_loaded_is_no_data() -> None:
    with pytest.raises(NoData, match="of the source focus"):
        views.choose([_coverage("cur", "2026-08")], "focus")
    with pytest.raises(NoData):
        views.choose([], None)


def test_data_that_begins_later_is_no_data_and_says_which_days_there_are() -> None:
    later = _coverage("cur", "2026-08")

    def coverage(as_of: date) -> list[Coverage]:
        return [later] if later.covered.start < as_of else []

    assert views.source(coverage, None, as_of=date(2026, 8, 2)) == later
    for name in (None, "cur"):
        with pytest.raises(NoData, match="before 2026-08-01") as refused:
            views.source(coverage, name, as_of=date(2026, 8, 1))
        assert refused.value.hint == "Loaded are 2026-08-01..2026-08-31 (cur): choose a later `--as-of`."
    with pytest.raises(NoData, match="of the source focus"):
        views.source(coverage, "focus", as_of=date(2026, 8, 1))


def test_the_window_ends_with_the_last_covered_day_that_is_over() -> None:
    covered = _coverage("cur", "2026-08-01..2026-08-31")
    assert views.window(covered, date(2026, 11, 1), 14) == Period.parse("2026-08-18..2026-08-31")
    assert views.window(covered, date(2026, 8, 11), 3) == Period.parse("2026-08-08..2026-08-10")
    with pytest.raises(NoData):
        views.window(covered, date(2026, 8, 1), 3)


@pytest.fixture
def settings() -> Settings:
    watched = [
        {"name": "all"},
        {
            "name": "search",
            "filter": {"tag:team": "search"},
            "group_by": "service",
            "direction": "up",
            "min_impact": 50,
        },
    ]
    return Settings.model_validate({"monitors": watched, "anomaly": {"sensitivity": "low"}})


def test_without_monitors_there_is_one_with_the_usual_rules() -> None:
    (usual,) = views.monitors(Settings(), Asked())
    assert (usual.name, usual.group_by, usual.minimum_impact) == ("default", "service+account", 5.0)


def test_a_monitor_takes_what_it_leaves_out_from_the_usual_rules(settings: Settings) -> None:
    every, search = views.monitors(settings, Asked())
    assert (every.group_by, every.sensitivity, every.minimum_impact) == ("service+account", "low", 5.0)
    assert (search.group_by, search.direction, search.minimum_impact) == ("service", Direction.UP, 50.0)
    assert search.within.as_dict() == {"tag:team": "search"}


def test_what_a_question_says_wins(settings: Settings) -> None:
    asked = Asked(monitor="search", sensitivity="high", minimum_impact=1.0)
    (search,) = views.monitors(settings, asked)
    assert (search.sensitivity, search.minimum_impact) == ("high", 1.0)
    (described,) = views.monitors(settings, Asked(group_by="region"))
    assert (described.name, described.group_by) == ("default", "region")
    with pytest.raises(InvalidArgument, match="nobody"):
        views.monitors(settings, Asked(monitor="nobody"))


@pytest.mark.parametrize("least", [float("inf"), float("nan")])
def test_a_least_impact_that_nothing_reaches_is_refused(least: float) -> None:
    with pytest.raises(InvalidArgument, match="--min-impact cannot be .*; allowed: a finite amount"):
        views.monitors(Settings.load(environment={}), Asked(minimum_impact=least))


@pytest.mark.parametrize(
    ("currencies", "others"),
    [
        (("USD",), ()),
        (("EUR",), ()),
        (("AUD", "USD", "EUR"), ("AUD", "EUR")),
        (("EUR", "CNY"), ("EUR",)),
        ((), ()),
    ],
)
def test_every_currency_but_the_usual_one_has_ids_of_its_own(
    currencies: tuple[str, ...], others: tuple[str, ...]
) -> None:
    coverages = [replace(_coverage("cur", "2026-08"), currencies=(each,)) for each in currencies]
    marks = [views.other_currency(coverages, each) for each in currencies]
    assert marks == [each if each in others else "" for each in currencies]
