"""`doctor`: what is well, what is not, what to do about it, and that looking neither pays nor sends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import recorded_calls
from buckets import data_export, put_all
from cur_lines import line
from daily_bills import MARCH, days_of, load, month_bill
from http_double import HttpDouble
from iam_double import IamDouble

from aws_cost_anomalies import permissions
from aws_cost_anomalies.cli import main
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason
from aws_cost_anomalies.model.alert import Run as DailyRun
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

Run = Callable[..., tuple[int, str, str]]
EXPORT = {"s3": {"bucket": "bills", "prefix": "exports"}}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exit code, standard output and standard error of `doctor` in a folder of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run_line(*arguments: str, settings: object = None) -> tuple[int, str, str]:
        if settings is not None:
            Path("config.yaml").write_text(json.dumps(settings))
        with pytest.raises(SystemExit) as ended:
            main(["doctor", *arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


def told(run: Run, *arguments: str, settings: object = None) -> dict[str, list[dict[str, Any]]]:
    """Area → its checks."""
    code, out, err = run(*arguments, "--format", "json", settings=settings)
    document = json.loads(out)
    problems = [check for check in document["checks"] if check["state"] == "problem"]
    assert (document["well"], err) == (not problems, "")
    assert code == (problems[0]["exit_code"] if problems else 0)
    assert all(check["remedy"] for check in document["checks"] if check["state"] in {"problem", "warning"})
    areas = dict.fromkeys(check["area"] for check in document["checks"])
    return {area: [check for check in document["checks"] if check["area"] == area] for area in areas}


def states(checks: list[dict[str, Any]]) -> list[str]:
    return [check["state"] for check in checks]


@pytest.fixture
def export(aws: str, tmp_path: Path) -> None:
    """One month of an export in the bucket of moto."""
    assert aws
    data_export(tmp_path / "made", "2026-08", [line(day=day) for day in range(1, 5)])
    put_all(tmp_path / "made")


@pytest.fixture
def iam(monkeypatch: pytest.MonkeyPatch) -> Iterator[IamDouble]:
    """An IAM that allows all that the settings need."""
    settings = Settings.model_validate(EXPORT)
    with IamDouble(permissions.document(permissions.needed(settings), settings)) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", double.url)
        yield double


def test_offline_and_without_an_account_it_looks_at_this_machine(
    run: Run, golden: Callable[[str, str], None]
) -> None:
    code, out, err = run("--offline")
    assert (code, err) == (0, "")
    golden(
        "doctor-offline.txt",
        re.sub(r"aws-cost-anomalies \d.*(\n +\w.*)?\nok ", "THE VERSIONS\nok ", out, count=1),
    )


def test_without_credentials_the_rest_is_still_looked_at(run: Run) -> None:
    found = told(run, settings=EXPORT)
    (credentials,) = found["credentials"]
    assert (credentials["state"], credentials["exit_code"]) == ("problem", 3)
    assert states(found["permissions"] + found["bills"]) == ["not_checked", "not_checked"]
    assert states(found["store"]) == ["warning"]


def test_where_all_is_there_all_is_well_and_nothing_was_paid_or_sent(
    run: Run, export: None, iam: IamDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*recorded_calls.PLUGIN)
    recorded_calls.CALLS.clear()
    with HttpDouble() as receiver:
        hook = {"name": "ops", "kind": "webhook", "url": receiver.url, "allow_private": True}
        monkeypatch.setenv("HOOK", receiver.url)
        kept = {**hook, "name": "kept", "url": "env:HOOK"}
        found = told(run, settings={**EXPORT, "channels": [hook, kept]})
        assert receiver.asked == []
    assert "account 123456789012" in found["credentials"][0]["said"]
    assert [check["said"] for check in found["permissions"]] == ["s3-export: s3:ListBucket, s3:GetObject"]
    assert (
        "daily in s3://bills/exports: 1 billing period, 2026-08 to 2026-08, last" in found["bills"][0]["said"]
    )
    areas = ("credentials", "permissions", "bills", "channels", "model")
    assert {state for area in areas for state in states(found[area])} == {"ok"}
    asked = {call.action for call in recorded_calls.CALLS}
    assert asked == {"sts:GetCallerIdentity", "iam:SimulatePrincipalPolicy", "s3:ListBucket", "s3:GetObject"}
    assert iam.asked[0]["ContextEntries.member.1.ContextKeyValues.member.1"] == ["exports/example"]


def test_what_is_not_allowed_is_named_with_the_policy_that_allows_it(
    run: Run, export: None, iam: IamDouble
) -> None:
    settings = Settings.model_validate(EXPORT)
    policy: Any = permissions.document(permissions.needed(settings), settings)
    iam.policy = {"Statement": policy["Statement"][:1]}
    (check,) = told(run, settings=EXPORT)["permissions"]
    assert (check["state"], check["exit_code"]) == ("problem", 4)
    assert check["said"] == "s3-export: IAM denies s3:GetObject"
    assert "iam-policy --feature s3-export" in check["remedy"]


def test_where_nothing_may_be_simulated_it_says_so(run: Run, export: None, iam: IamDouble) -> None:
    iam.policy = None
    (check,) = told(run, settings=EXPORT)["permissions"]
    assert (check["state"], check["said"]) == ("not_checked", "AWS denies iam:SimulatePrincipalPolicy")
    assert "iam-policy --feature doctor" in check["remedy"]


def test_an_expired_sign_on_comes_with_the_command_that_renews_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "aws-config"
    config.write_text(
        "[profile team]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Reader\n"
        "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("HOME", str(tmp_path))
    (check,) = told(run, settings={**EXPORT, "aws_profile": "team"})["credentials"]
    assert (check["state"], check["exit_code"]) == ("problem", 3)
    assert "`aws sso login --profile team`" in check["remedy"]


def test_a_configuration_that_cannot_be_read_is_a_finding(run: Run) -> None:
    found = told(run, settings={"channels": [{"name": "ops", "kind": "slak"}]})
    assert list(found) == ["configuration"]
    assert "`kind` of channel ops" in found["configuration"][0]["said"]
    assert run(settings={"channels": "none"})[0] == 2
    subscribed = {"subscriptions": [{"name": "a", "channels": ["nobody"]}]}
    assert (
        "names no channel: 'nobody'"
        in told(run, "--offline", settings=subscribed)["configuration"][0]["said"]
    )


def test_a_secret_that_others_may_read_is_warned_of(run: Run) -> None:
    channel = {"name": "ops", "kind": "webhook", "url": "https://hooks.corp.com/veryS3cret"}
    Path("config.yaml").touch(mode=0o644)
    first, second = told(run, "--offline", settings={"channels": [channel]})["configuration"]
    assert (first["state"], second["state"]) == ("ok", "warning")
    assert "chmod 600 config.yaml" in second["remedy"]
    Path("config.yaml").chmod(0o600)
    assert len(told(run, "--offline")["configuration"]) == 1


@pytest.mark.parametrize(
    ("channel", "state", "said"),
    [
        (
            {"kind": "webhook", "url": "https://127.0.0.1:1/", "allow_private": True},
            "problem",
            "cannot be reached",
        ),
        ({"kind": "webhook", "url": "https://localhost:1/"}, "problem", "inside a private network"),
        ({"kind": "webhook", "url": "env:NO_SUCH_HOOK"}, "problem", "NO_SUCH_HOOK is not set"),
        ({"kind": "webhook", "url": "secretsmanager:hook"}, "not_checked", "each reading of it is paid"),
        ({"kind": "webhook", "url": "ssm:/hook"}, "not_checked", "without credentials"),
        (
            {"kind": "email", "host": "127.0.0.1", "port": 1, "sender": "a@b.c", "to": ["d@e.f"]},
            "problem",
            ":1 cannot",
        ),
        (
            {"kind": "sns", "topic_arn": "arn:aws:sns:us-east-1:111122223333:costs"},
            "not_checked",
            "only a message",
        ),
    ],
)
def test_a_channel_is_looked_at_without_a_message(
    run: Run, channel: dict[str, object], state: str, said: str
) -> None:
    (check,) = told(run, settings={"channels": [{"name": "ops", **channel}]})["channels"]
    assert check["state"] == state
    assert said in check["said"]


def test_a_model_is_looked_at_without_a_question(run: Run) -> None:
    wanted = {"alerts": {"narrator": "llm"}}
    (bedrock,) = told(run, settings=wanted)["model"]
    assert (bedrock["state"], "which is paid" in bedrock["said"]) == ("not_checked", True)
    (key,) = told(run, settings={**wanted, "agent": {"model": "anthropic:claude-haiku-4-5"}})["model"]
    assert (key["state"], "ANTHROPIC_API_KEY" in key["remedy"]) == ("problem", True)
    with HttpDouble() as server:
        agent = {"model": "ollama:llama3.2", "base_url": f"{server.url}/v1"}
        (there,) = told(run, settings={**wanted, "agent": agent})["model"]
        assert (there["state"], server.asked) == ("ok", [])
    (gone,) = told(run, settings={**wanted, "agent": {**agent, "base_url": "http://127.0.0.1:1/v1"}})["model"]
    assert gone["state"] == "problem"


def test_runs_and_alerts_that_went_wrong_are_told(run: Run) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - the command line reads the clock
    failed = OutboxEntry(
        "k", "all", "ops", Reason.NEW, "first seen", (), Message("k", "t", "x", "k"), now, Delivery.FAILED
    )
    with Store(Path("data/costs.duckdb")).writing(now) as writer:
        writer.save_findings([], [failed])
        writer.save_alerts([failed])
        writer.record_run(DailyRun(now - timedelta(hours=40), is_good=True, summary="fine"))
        writer.record_run(DailyRun(now - timedelta(hours=2), is_good=False, summary="no credentials"))
    found = told(run, "--offline")
    assert "holds no charges" in found["store"][0]["said"]
    assert found["runs"][0]["state"] == "problem"
    assert "the last one: no credentials" in found["runs"][0]["said"]
    assert "1 given up in the last two weeks by channel ops" in found["alerts"][0]["said"]
    assert "alert --retry" in found["alerts"][0]["remedy"]


def test_exports_that_count_twice_are_a_problem(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aws_cost_anomalies.store.twice.refuse_double", lambda *_: None)
    for export in ("daily", "hour ly"):
        load(Store(Path("data/costs.duckdb")), month_bill(MARCH, export=export), days_of(MARCH, ["1"] * 31))
    (check,) = [each for each in told(run, "--offline")["store"] if each["state"] == "problem"]
    assert check["said"] == (
        "cur: the exports daily and hour ly hold the same charges in 2026-03, which count twice"
    )
    assert "`aws-cost-anomalies ingest --source cur --forget 'hour ly'`" in check["remedy"]


def test_a_file_that_is_no_store_is_a_problem(run: Run) -> None:
    Path("data").mkdir()
    Path("data/costs.duckdb").write_bytes(b"not a store at all" * 1000)
    (check,) = told(run, "--offline")["store"]
    assert (check["state"], check["exit_code"]) == ("problem", 2)
