"""Bad input: one sentence, a hint, the right exit code, and the last good data untouched."""

from datetime import UTC, date, datetime
from pathlib import Path

import boto3
import pytest
from cost_explorer_double import CostExplorerDouble
from cur_deliveries import daily, deliver, line, write_parquet

from aws_cost_anomalies.errors import CostAnomaliesError, InvalidArgument, MixedCurrencies, NoData, StoreBusy
from aws_cost_anomalies.model.answers import Asked

FIRST = date(2026, 8, 1)
AS_OF = date(2026, 9, 1)
AUGUST = daily(FIRST, [10.0] * 31)


def refused(app, ingest, source: str, **wanted: object) -> CostAnomaliesError:
    """What an ingest is refused with."""
    with pytest.raises(CostAnomaliesError) as caught:
        ingest(app, source, **wanted)
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value


@pytest.fixture
def app(open_app):
    return open_app(AS_OF)


@pytest.mark.usefixtures("aws")
def test_a_missing_bucket(app, ingest) -> None:
    error = refused(app, ingest, "cur", path="s3://no-such-bucket-here/costs")
    assert (error.exit_code, "no-such-bucket-here" in error.message) == (2, True)


def test_a_missing_folder(app, ingest, tmp_path: Path) -> None:
    assert refused(app, ingest, "cur", path=str(tmp_path / "nowhere")).exit_code == 2


@pytest.mark.usefixtures("aws")
def test_a_bucket_without_an_export(app, ingest) -> None:
    boto3.client("s3").create_bucket(Bucket="empty")
    error = refused(app, ingest, "cur", path="s3://empty/costs")
    assert error.exit_code == 6


def test_no_credentials_at_all(app, ingest) -> None:
    error = refused(app, ingest, "cost_explorer", days=7)
    assert error.exit_code == 3


@pytest.mark.parametrize("wanted", [{"days": 400}, {"days": 7, "group_by": "resource"}])
def test_what_cost_explorer_never_gives_is_refused_before_credentials_are_needed(
    app, ingest, wanted: dict[str, object]
) -> None:
    with pytest.raises(InvalidArgument):
        ingest(app, "cost_explorer", **wanted)


@pytest.mark.parametrize(
    ("code", "exit_code", "says"),
    [
        ("ExpiredTokenException", 3, "expired"),
        ("AccessDeniedException", 4, "ce:GetCostAndUsage"),
        ("LimitExceededException", 5, "Cost Explorer"),
    ],
)
@pytest.mark.usefixtures("aws")
def test_cost_explorer_refuses(app, ingest, monkeypatch, code: str, exit_code: int, says: str) -> None:  # noqa: PLR0917
    with CostExplorerDouble() as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        explorer.fail(code, times=10)
        error = refused(app, ingest, "cost_explorer", days=7)
    assert (error.exit_code, says.lower() in error.message.lower()) == (exit_code, True)
    assert sum(call.requests for call in app.store.api_calls()) == len(explorer.requests), (
        "what was paid is kept"
    )


def truncated(folder: Path) -> None:
    file = next(folder.rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-200])


def without_a_column(folder: Path) -> None:
    lines = [{k: v for k, v in each.items() if k != "line_item_unblended_cost"} for each in AUGUST]
    write_parquet(lines, next(folder.rglob("*.parquet")))


def with_a_cost_that_is_no_number(folder: Path) -> None:
    lines = [
        *({**each, "line_item_unblended_cost": "10"} for each in AUGUST[1:]),
        {**AUGUST[0], "line_item_unblended_cost": "n/a"},
    ]
    write_parquet(lines, next(folder.rglob("*.parquet")))


def with_a_cost_that_is_nan(folder: Path) -> None:
    write_parquet([*AUGUST[1:], line(FIRST, float("nan"))], next(folder.rglob("*.parquet")))


def without_its_file(folder: Path) -> None:
    next(folder.rglob("*.parquet")).unlink()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (truncated, "cut short"),
        (without_a_column, "line_item_unblended_cost"),
        (with_a_cost_that_is_no_number, "'n/a', which is not an amount"),
        (with_a_cost_that_is_nan, "'nan', which is not an amount"),
        (without_its_file, "missing"),
    ],
)
def test_a_spoilt_delivery_leaves_the_last_good_one(app, ingest, tmp_path: Path, spoil, says: str) -> None:  # noqa: PLR0917
    bill = deliver(tmp_path / "bill", AUGUST)
    ingest(app, "cur", path=str(bill))
    before = app.trends(Asked(), days=31).total
    spoil(bill)
    every = ingest(app, "cur", path=str(bill), full_refresh=True)
    told = [each.problem for each in every if each.status == "failed"]
    assert len(told) == 1
    assert says in told[0].lower()
    assert app.trends(Asked(), days=31).total == before


def test_a_spoilt_month_does_not_stop_the_others(app, ingest, tmp_path: Path) -> None:
    bill = deliver(tmp_path / "bill", [*daily(date(2026, 7, 1), [1.0] * 31), *AUGUST])
    truncated(bill / "costs/data/BILLING_PERIOD=2026-07")
    statuses = {each.billing_period: each.status for each in ingest(app, "cur", path=str(bill))}
    assert statuses == {"2026-07": "failed", "2026-08": "loaded"}


def test_two_currencies_are_never_summed(app, ingest, tmp_path: Path) -> None:
    lines = [*AUGUST, *daily(FIRST, [7.0] * 31, line_item_currency_code="CNY")]
    ingest(app, "cur", path=str(deliver(tmp_path / "bill", lines)))
    with pytest.raises(MixedCurrencies) as caught:
        app.trends(Asked())
    assert (caught.value.exit_code, "CNY" in caught.value.message) == (2, True)
    assert app.trends(Asked(currency="cny"), days=31).total.total == pytest.approx(217.0)


def test_a_second_writer_is_told_who_writes(app, ingest, tmp_path: Path) -> None:
    bill = deliver(tmp_path / "bill", AUGUST)
    with app.store.writing(datetime(2026, 9, 1, tzinfo=UTC)), pytest.raises(StoreBusy) as caught:
        ingest(app, "cur", path=str(bill))
    assert caught.value.exit_code == 7


def test_no_data_before_the_first_day_says_which_days_there_are(open_app, ingest, tmp_path: Path) -> None:
    ingest(open_app(AS_OF), "cur", path=str(deliver(tmp_path / "bill", AUGUST)))
    with pytest.raises(NoData, match=r"There is no cost data before 2026-08-01\.") as caught:
        open_app(FIRST).trends(Asked())
    assert caught.value.hint == "Loaded are 2026-08-01..2026-08-31 (cur): choose a later `--as-of`."
