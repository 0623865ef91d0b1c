"""`ingest` on the command line: what is said before, what is shown after, and how each trouble ends."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from cost_explorer_double import Charge, CostExplorerDouble

from aws_cost_anomalies.cli import main

Run = Callable[..., tuple[int, str, str]]
HEADER = "ChargePeriodStart,BillingCurrency,BilledCost,EffectiveCost,ServiceName,ChargeCategory"
PLAN = {"CoveredUsage": 100, "Negation": -100, "RecurringFee": 60}
AUGUST = [date(2026, 8, 1) + timedelta(days=i) for i in range(31)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exit code, standard output and standard error of a command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run_line(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--as-of", "2026-09-10"])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


@pytest.fixture
def explorer(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[CostExplorerDouble]:
    """A Cost Explorer with one service over August."""
    charges = [Charge(day, "AWS Lambda", unblended="1.50") for day in AUGUST]
    with CostExplorerDouble(charges) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        yield double


def deliver(
    folder: Path,
    *,
    cost: str = "10",
    currency: str = "USD",
    last: str | None = None,
    effective: str | None = None,
) -> None:
    """A FOCUS export of August: one service, one charge a day."""
    folder.mkdir(exist_ok=True)
    costs = [*[cost] * 30, last or cost]
    rows = (
        f"{day}T00:00:00Z,{currency},{each},{effective or each},AWS Support (Business),Usage"
        for day, each in zip(AUGUST, costs, strict=True)
    )
    (folder / "august.csv").write_text("\n".join([HEADER, *rows]) + "\n")


def load(run: Run, *arguments: str) -> tuple[int, str, str]:
    return run("ingest", "--source", "focus", "--path", "export", *arguments)


def total(run: Run) -> float:
    _, out, _ = run("trends", "--days", "31", "--format", "json")
    return float(json.loads(out)["total"]["total"])


def test_a_load_shows_its_period_and_sums(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    code, out, err = load(run)
    assert code == 0
    assert out.splitlines()[-1].split() == ["all", "loaded", "31", "310.00", "310.00", "USD"]
    assert "export" in err


def test_a_restatement_is_told(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    deliver(tmp_path / "export", last="4110")
    code, out, _ = load(run)
    assert code == 0
    assert out.splitlines()[-1] == "restated 2026-08: +4,100.00 USD, AWS Support (Business)"
    document = json.loads(run("trends", "--restatements", "--format", "json")[1])
    assert document["restatements"] == [
        {
            "date": "2026-08-31",
            "service": "AWS Support (Business)",
            "currency": "USD",
            "change": 4100.0,
            "effective_change": 4100.0,
            "data_source": "focus",
        }
    ]


def test_what_moved_the_default_metric_alone_is_told(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    deliver(tmp_path / "export", effective="8")
    assert (
        load(run)[1].splitlines()[-1] == "restated 2026-08: -62.00 USD net-amortized, AWS Support (Business)"
    )
    shown = run("trends", "--restatements")[1].splitlines()
    assert shown[2].split() == ["period", "source", "service", "days", "unblended", "net-amortized"]
    assert shown[4].split()[-4:] == ["31", "0.00", "-62.00", "USD"]
    for metric, change in (("net-amortized", "-62.00"), ("unblended", None)):
        shown = run("trends", "--restatements", "--metric", metric)[1].splitlines()
        assert metric in shown[0]
        assert shown[-1].split()[-2:] == ([change, "USD"] if change else shown[0].split()[-2:])
    code, _, err = run("trends", "--restatements", "--metric", "blended")
    assert (code, err.splitlines()[-1]) == (
        2, "error: --metric with --restatements cannot be 'blended'; allowed: unblended, net-amortized.",
    )  # fmt: skip


def test_what_moved_is_never_added_over_two_sources(
    run: Run, tmp_path: Path, explorer: CostExplorerDouble
) -> None:
    of_explorer = ("ingest", "--source", "cost-explorer", "--date", "2026-08")
    deliver(tmp_path / "export")
    load(run)
    run(*of_explorer)
    deliver(tmp_path / "export", last="4110")
    load(run)
    explorer.charges.append(Charge(AUGUST[-1], "AWS Support (Business)", unblended="4100"))
    run(*of_explorer)
    shown = run("trends", "--restatements")[1].splitlines()
    told = [line.split() for line in shown if line.startswith("2026-08")]
    assert [(line[1], line[-2]) for line in told] == [("cost-explorer", "+4,100.00"), ("focus", "+4,100.00")]
    only = run("trends", "--restatements", "--source", "focus", "--format", "json")[1]
    assert [moved["data_source"] for moved in json.loads(only)["restatements"]] == ["focus"]


def test_restatements_are_narrowed_by_the_flags_they_know_and_refuse_the_others(
    run: Run, tmp_path: Path
) -> None:
    deliver(tmp_path / "export")
    load(run)
    deliver(tmp_path / "export", last="4110")
    load(run)
    day = "2026-08-31"
    for flags, moved in (
        (("--period", "2026-08"), [day]),
        (("--period", "2026-08-01..2026-08-30"), []),
        (("--period", "2026-08", "--days", "1"), [day]),
        (("--days", "1"), [day]),
        (("--currency", "usd"), [day]),
        (("--currency", "EUR"), []),
        (("--filter", "service=AWS Support (Business)"), [day]),
        (("--filter", "service=Amazon S3"), []),
    ):
        document = json.loads(run("trends", "--restatements", "--format", "json", *flags)[1])
        assert [one["date"] for one in document["restatements"]] == moved, flags
    shown = run("trends", "--restatements", "--period", "2026-07", "--currency", "EUR")[1]
    assert shown == "No load has moved a day that was loaded before, 2026-07-01..2026-07-31, EUR.\n"
    for flags in (
        ("--group-by", "account"), ("--top", "3"), ("--granularity", "weekly"), ("--charges", "all"),
        ("--filter", "account=111111111111"),
    ):  # fmt: skip
        code, out, err = run("trends", "--restatements", *flags)
        assert (code, out) == (2, "")
        assert f"Restatements know no {flags[0]}" in err
        assert "hint: Leave it out; --days, " in " ".join(err.split())


def test_what_moved_by_less_than_a_cent_is_not_told(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    deliver(tmp_path / "export", last="10.0001")
    assert "restated" not in load(run)[1]
    assert "No load has moved" in run("trends", "--restatements")[1]
    document = json.loads(run("trends", "--restatements", "--format", "json")[1])
    assert [moved["change"] for moved in document["restatements"]] == [0.0001]


def test_commitments_that_cannot_be_amortized_are_told_once_for_an_export(run: Run, tmp_path: Path) -> None:
    header = (
        "line_item_usage_start_date,line_item_currency_code,line_item_unblended_cost,line_item_line_item_type"
    )
    for month in ("07", "08"):
        folder = tmp_path / "export" / f"2026{month}01-2026{int(month) + 1:02}01"
        folder.mkdir(parents=True)
        rows = [f"2026-{month}-05T00:00:00Z,USD,{cost},SavingsPlan{kind}" for kind, cost in PLAN.items()]
        (folder / "bill.csv").write_text("\n".join([header, *rows]) + "\n")
    _, out, _ = run("ingest", "--source", "cur", "--path", "export")
    (told,) = [line for line in out.split("\n\n") if "not amortized" in line]
    assert " ".join(told.split()).endswith(
        "count as billed, not amortized: it lacks savings_plan_savings_plan_effective_cost,"
        " savings_plan_total_commitment_to_date, savings_plan_used_commitment."
    )
    assert [line.split()[3:5] for line in out.splitlines() if "loaded" in line] == [["60.00", "60.00"]] * 2


def test_a_bad_file_ends_with_five_and_the_last_good_data_stays(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    deliver(tmp_path / "export", last="n/a")
    code, out, err = load(run)
    assert code == 5
    assert "failed" in out
    sentence, hint = err.splitlines()[-2:]
    assert sentence.startswith("error: ")
    assert sentence.endswith("holds 'n/a', which is not an amount.")
    assert hint == "hint: The last good version stays in place; have the file delivered again."
    assert total(run) == 310.0


def test_json_of_an_ingest_is_alone_even_when_it_failed(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export", cost="n/a")
    code, out, _ = load(run, "--format", "json")
    assert code == 5
    assert [bill["status"] for bill in json.loads(out)["bills"]] == ["failed"]


def test_two_currencies_ask_for_one(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    with (tmp_path / "export" / "august.csv").open("a") as file:
        file.write("2026-08-31T00:00:00Z,EUR,5,5,Amazon S3,Usage\n")
    assert load(run)[0] == 0
    code, _, err = run("trends")
    assert code == 2
    assert "hint: Choose one with `--currency EUR`, or" in err
    assert run("trends", "--currency", "EUR")[0] == 0


def test_a_store_that_is_being_written_ends_with_seven(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    with (tmp_path / "data" / "costs.duckdb.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, _, err = load(run, "--full-refresh")
    assert code == 7
    assert err.splitlines()[-1] == "hint: Wait for it to finish and try again."


def test_a_missing_folder_ends_with_two(run: Run) -> None:
    code, out, err = load(run)
    assert (code, out) == (2, "")
    assert "does not exist" in err


def test_the_price_is_said_before_and_after(run: Run, explorer: CostExplorerDouble) -> None:
    code, out, err = run("ingest", "--source", "cost-explorer", "--days", "20")
    assert code == 0, err
    assert "at least 1 paid request (0.01 USD)" in err
    assert out.splitlines()[-1] == "Paid for 1 request: 0.01 USD."


@pytest.mark.parametrize(
    ("refusal", "code", "says"),
    [("AccessDeniedException", 4, "ce:GetCostAndUsage"), ("ExpiredTokenException", 3, "expired")],
)
def test_refusals_of_aws_have_codes_of_their_own(
    run: Run, explorer: CostExplorerDouble, refusal: str, code: int, says: str
) -> None:
    explorer.fail(refusal, times=20)
    ended, out, err = run("ingest", "--source", "cost-explorer", "--days", "20")
    assert (ended, out) == (code, "")
    assert says in err
    assert "\nhint: " in err


def test_a_cap_on_paid_requests_is_kept(run: Run, explorer: CostExplorerDouble) -> None:
    explorer.fail("LimitExceededException", times=50)
    code, _, err = run("ingest", "--source", "cost-explorer", "--days", "20", "--max-paid-requests", "1")
    assert code == 5
    assert "the cap is 1." in err
    assert "--max-paid-requests" in err
    assert "Paid for 1 request: 0.01 USD.\nerror: " in err, "what was paid was paid"


def two_exports(folder: Path) -> None:
    """August from two FOCUS exports of one account, below one folder."""
    for export in ("daily", "hourly"):
        month = folder / "both" / export / "BILLING_PERIOD=2026-08"
        month.mkdir(parents=True)
        deliver(month)


def test_a_second_export_of_the_same_charges_is_refused_until_the_first_is_forgotten(
    run: Run, tmp_path: Path
) -> None:
    two_exports(tmp_path)
    code, out, err = run("ingest", "--source", "focus", "--path", "both")
    assert code == 5
    assert [line.split()[:2] for line in out.splitlines() if line.startswith("2026-08")] == [
        ["2026-08", "loaded"],
        ["2026-08", "failed"],
    ]
    sentence, hint = err.splitlines()[-2:]
    assert "2026-08 of hourly" in sentence
    assert "2026-08 of the export daily" in sentence
    command = "ingest --source focus --forget daily --date 2026-08"
    assert f"`aws-cost-anomalies {command}`" in hint
    assert total(run) == 310.0
    code, out, err = run(*command.split())
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].split() == ["2026-08", "forgotten", "31", "310.00", "310.00", "USD"]
    assert run("trends")[0] == 6
    assert run("ingest", "--source", "focus", "--path", "both/hourly")[0] == 0
    assert total(run) == 310.0


def test_what_is_not_there_cannot_be_forgotten(run: Run, tmp_path: Path) -> None:
    deliver(tmp_path / "export")
    load(run)
    code, _, err = run("ingest", "--source", "focus", "--forget", "old", "--format", "json")
    assert code == 6
    assert err.splitlines()[-1] == "hint: Exports that are loaded: export."
    code, out, _ = run("ingest", "--source", "focus", "--forget", "export", "--format", "json")
    assert [bill["status"] for bill in json.loads(out)["bills"]] == ["forgotten"]


@pytest.mark.parametrize("more", [("--path", "x"), ("--days", "3"), ("--full-refresh",)])
def test_forgetting_loads_nothing(run: Run, more: tuple[str, ...]) -> None:
    code, _, err = run("ingest", "--source", "focus", "--forget", "x", *more)
    assert code == 2
    assert "together with --forget" in err
    assert run("ingest", "--source", "aws-anomalies", "--forget", "x")[0] == 2
