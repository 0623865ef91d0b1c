"""`alert` and `run` on a small bill: what is said on which stream, and with which exit code it ends."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cloud_trail_double import CloudTrailDouble
from http_double import HttpDouble, Reply
from loaded_bills import FIRST, Run, command_line, load

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.store import Store

DAYS = 60
OWN = "123456789012"
"""The account of the moto server."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of a bill that is usual but for its last day; copy it, do not write to it."""
    costs = [20.0 + day % 3 for day in range(DAYS - 1)] + [90.0]
    return load(tmp_path_factory.mktemp("alerts"), {"AWS Lambda": costs}, account=OWN)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Exit code, standard output and standard error of a command line on a copy of the store."""
    monkeypatch.chdir(shutil.copytree(loaded, tmp_path / "own"))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    line = command_line(capsys, as_of=FIRST + timedelta(days=DAYS))

    def run_line(*arguments: str, settings: str = "{}") -> tuple[int, str, str]:
        Path("config.yaml").write_text(settings)
        return line(*arguments)

    return run_line


def hook(url: str, **subscription: object) -> str:
    channel = {"name": "ops", "kind": "webhook", "url": url, "allow_private": True}
    subscribed = [{"name": "all", "channels": ["ops"], **subscription}]
    return json.dumps({"channels": [channel], "subscriptions": subscribed})


def test_a_dry_run_shows_the_message_and_changes_nothing(run: Run) -> None:
    for _ in range(2):
        code, out, err = run("alert", "--dry-run")
        assert (code, err) == (0, "")
        assert out.startswith("1 alert would be sent, 0 held back.")
        assert "cost spike in AWS Lambda" in out
        assert "\nCheck first: " in out
        assert "\\n" not in out
        assert "aws-cost-anomalies explain" in out
        assert "\\n" not in out


def test_without_a_channel_an_alert_is_printed_once(run: Run) -> None:
    code, out, _ = run("alert")
    assert code == 0
    assert "cost spike in AWS Lambda" in out
    assert "1 of 1 alert sent, 0 held back." in out
    assert run("alert")[1].startswith("Nothing to send: nothing is new. 1 held back.")
    _, out, _ = run("alert", "--dry-run")
    assert "it was told on" in " ".join(out.split())


def test_a_machines_answer_is_alone_on_standard_output(run: Run) -> None:
    _, out, err = run("alert", "--format", "json")
    told = json.loads(out)
    assert [alert["delivery"] for alert in told["alerts"]] == ["sent"]
    assert told["alerts"][0]["message"]["anomalies"][0]["scope"]["ServiceName"] == "AWS Lambda"
    assert "cost spike in AWS Lambda" in err


def test_a_channel_that_is_down_is_named_and_tried_again_by_the_next_run(run: Run) -> None:
    with HttpDouble() as receiver:
        url = receiver.url
        receiver.reply(Reply(429, b"slow down", {"Retry-After": "7200"}))
        code, out, err = run("alert", settings=hook(url))
        assert code == 5
        assert "0 of 1 alert sent" in out
        assert "Channel ops did not take an alert" in err
        assert len(receiver.asked) == 1
        code, out, _ = run("alert", settings=hook(url))
        assert (code, out.splitlines()[0]) == (0, "Nothing to send: nothing is new. 1 held back.")


def test_a_channel_that_refuses_for_good_is_spoken_of_until_somebody_tries_again(run: Run) -> None:
    with HttpDouble() as receiver:
        receiver.reply(Reply(404, b"gone"))
        assert run("alert", settings=hook(receiver.url))[0] == 5
        _, _, err = run("alert", settings=hook(receiver.url))
        assert "1 alert was given up in the last two weeks; `alert --retry` tries again." in err
        receiver.reply(Reply(200))
        code, _, err = run("alert", "--retry", settings=hook(receiver.url))
        assert (code, err) == (0, "1 alert is tried again.\n1 of 1 alert sent.\n")
        assert len(receiver.asked) == 2
        assert "given up" not in run("alert", settings=hook(receiver.url))[2]


def test_a_channel_that_failed_for_a_moment_is_tried_again(run: Run) -> None:
    with HttpDouble() as receiver:
        receiver.reply(Reply(500, b"oops"), Reply(500, b"oops"), Reply(500, b"oops"))
        code, _, err = run("alert", settings=hook(receiver.url))
        assert (code, len(receiver.asked)) == (5, 3)
        assert "given up" not in err
        receiver.reply(Reply(200))
        _, _, err = run("alert", settings=hook(receiver.url))
        assert "1 alert waits to be sent; the next `run` tries again, `alert --retry` now." in err
        code, _, err = run("alert", "--retry", settings=hook(receiver.url))
        assert (code, err) == (0, "1 alert is tried again.\n1 of 1 alert sent.\n")


def test_what_a_killed_sender_left_is_spoken_of_until_it_is_sent_again(run: Run) -> None:
    with HttpDouble() as receiver:
        run("alert", settings=hook(receiver.url))
        now = datetime.now(UTC)  # noqa: TID251 - the command line reads the clock
        later = now + timedelta(minutes=20)
        store = Store(Path("data/costs.duckdb"))
        (sent,) = store.alerts()
        taken = replace(sent, delivery=Delivery.SENDING, not_before=later, sent_at=None, reference="")
        with store.writing(now) as writer:
            writer.save_alerts([taken])
        code, _, err = run("alert", "--retry", settings=hook(receiver.url))
        assert code == 0
        assert "1 alert is being sent; if its sender was killed, " in err
        assert f"a run from {later:%Y-%m-%d %H:%M} UTC on sends again" in err
        checks = json.loads(run("doctor", "--offline", "--format", "json", settings=hook(receiver.url))[1])
        (check,) = [each for each in checks["checks"] if each["area"] == "alerts"]
        assert "1 being sent since" in check["said"]
        assert f"from {later:%Y-%m-%d %H:%M} UTC on" in check["remedy"]
        with store.writing(now) as writer:
            writer.save_alerts([replace(taken, not_before=now - timedelta(minutes=1))])
        err = run("alert", "--retry", settings=hook(receiver.url))[2]
        assert err == "1 alert is tried again.\n1 of 1 alert sent.\n"
        assert len(receiver.asked) == 2


def test_a_subscription_to_no_channel_is_refused_with_the_near_one(run: Run) -> None:
    code, _, err = run("alert", settings=hook("http://127.0.0.1:9/", channels=["opps"]))
    assert code == 2
    assert "Subscription all names no channel: 'opps'." in err
    assert "Did you mean ops?" in err


def test_a_subscription_that_nobody_could_be_told_by_is_refused(run: Run) -> None:
    code, _, err = run("alert", settings=hook("http://127.0.0.1:9/", monitors=["defualt"]))
    assert code == 2
    assert "Subscription all names no monitor: 'defualt'." in err
    assert "Did you mean default?" in err
    code, _, err = run("alert", settings=hook("http://127.0.0.1:9/", channels=[]))
    assert code == 2
    assert "`channels` of subscription all to []: it must not be empty" in err


def test_an_alert_waits_for_a_secret_that_is_not_there_yet(run: Run) -> None:
    code, _, err = run("alert", settings=hook("env:COSTS_HOOK"))
    assert code == 5
    assert "The environment variable COSTS_HOOK is not set." in err
    assert "1 alert waits to be sent; the next `run` tries again, `alert --retry` now." in err
    assert "given up" not in err
    assert "1 alert waits" in run("alert", settings=hook("env:COSTS_HOOK"))[2]


def test_a_run_judges_what_is_there_although_its_bill_is_gone(run: Run) -> None:
    code, out, err = run("run", "--source", "focus", "--path", "gone.csv", "--format", "json")
    report = json.loads(out)
    assert code == 2
    assert report["good"] is False
    assert [alert["delivery"] for alert in report["alerts"]] == ["sent"]
    assert "gone.csv" in report["problems"][0]["problem"]
    assert "gone.csv" in err


def test_a_run_over_what_is_loaded_is_good_and_says_what_it_did(run: Run) -> None:
    code, out, _ = run("run", "--no-ingest")
    assert code == 0
    assert "1 of 1 alert sent" in out
    assert "1 anomaly in view, 1 alert sent" in " ".join(out.split())


def test_a_run_that_can_judge_nothing_has_the_same_keys_and_lists_what_it_sent(run: Run) -> None:
    settings = hook("env:COSTS_HOOK")
    run("alert", settings=settings)
    now = datetime(2026, 9, 1, tzinfo=UTC)
    with Store(Path("data/costs.duckdb")).writing(now) as writer:
        writer.save_alerts([replace(each, not_before=None) for each in writer.alerts()])
    unjudged, judged = (
        json.loads(run("run", "--no-ingest", "--format", "json", *more, settings=settings)[1])
        for more in (("--currency", "CHF"), ())
    )
    assert unjudged.keys() == judged.keys()
    assert (unjudged["through"], unjudged["gaps"], unjudged["held_back"]) == (None, [], [])
    assert [alert["delivery"] for alert in unjudged["alerts"]] == ["pending"]


def test_the_watch_is_quiet_while_runs_are_good(run: Run) -> None:
    run("run", "--no-ingest")
    code, _, err = run("alert", "--watch")
    assert (code, err) == (0, "All is well.\n")


def test_a_watch_over_no_run_at_all_does_not_say_that_all_is_well(run: Run) -> None:
    code, _, err = run("alert", "--watch")
    assert code == 6
    assert "There was no run yet" in err
    assert "hint: Schedule `aws-cost-anomalies run`" in err


def test_what_waited_for_a_secret_can_be_sent_as_soon_as_it_is_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpDouble() as receiver:
        run("alert", settings=hook("env:COSTS_HOOK"))
        monkeypatch.setenv("COSTS_HOOK", receiver.url)
        assert run("alert", settings=hook("env:COSTS_HOOK"))[1].startswith("Nothing to send")
        assert receiver.asked == []
        for said in (
            "1 alert is tried again.\n1 of 1 alert sent.\n",
            "No alert waits, and none failed in the",
        ):
            code, _, err = run("alert", "--retry", settings=hook("env:COSTS_HOOK"))
            assert code == 0
            assert err.startswith(said)
        assert len(receiver.asked) == 1


def test_an_unknown_source_is_refused_with_the_near_one(run: Run) -> None:
    code, _, err = run("run", "--source", "cost-explorr")
    assert code == 2
    assert "cost-explorer" in err


def test_messages_tell_who_did_it_where_that_is_wanted(
    run: Run, aws: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert aws
    last = FIRST + timedelta(days=DAYS - 1)
    with CloudTrailDouble() as trail:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDTRAIL", trail.url)
        at = datetime(last.year, last.month, last.day, 2, 10, tzinfo=UTC)
        trail.happened("PublishVersion", at, source="lambda.amazonaws.com", role="ci-deploy")
        assert "CloudTrail" not in run("alert", "--dry-run")[1]
        assert trail.requests == []
        wanted = "alerts: {who_did_it: true}"
        _, out, _ = run("alert", "--dry-run", settings=wanted)
        assert "Changes in CloudTrail around its first day (evidence, not a verdict)" in out
        assert f"PublishVersion by role ci-deploy, {at:%Y-%m-%d %H:%M} UTC" in out
        trail.fail("AccessDeniedException")
        _, out, _ = run("alert", "--dry-run", settings=wanted)
        assert "CloudTrail not asked: AWS denies cloudtrail:LookupEvents" in " ".join(out.split())
        _, out, _ = run("alert", "--format", "json", settings=wanted)
        (told,) = json.loads(out)["alerts"][0]["message"]["anomalies"]
        assert [deed["name"] for deed in told["activity"]["deeds"]] == ["PublishVersion"]


def test_what_a_restated_bill_took_back_is_listed_and_said_of_its_id(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (told,) = json.loads(run("alert", "--format", "json")[1])["alerts"]
    (number,) = (one["anomaly_id"] for one in told["message"]["anomalies"])
    load(Path.cwd(), {"AWS Lambda": [20.0 + day % 3 for day in range(DAYS)]}, account=OWN)
    capsys.readouterr()
    withdrawn = ["with the data through 2026-07-30", "on 20"]
    for when, told in zip(withdrawn, (["withdrawn"], []), strict=True):
        document = json.loads(run("anomalies", "--format", "json")[1])
        assert document["anomalies"] == []
        assert [(one["anomaly_id"], one["status"]) for one in document["withdrawn"]] == [
            (number, "withdrawn")
        ]
        assert f"withdrawn: {number} spike of AWS Lambda" in run("anomalies")[1]
        for words in (
            ("explain", number),
            ("feedback", number[:8], "no"),
            ("feedback", number, "yes", "--dry-run"),
        ):
            for style in ("table", "json", "csv"):
                code, out, err = run(*words, "--format", style)
                assert (code, out) == (6, "")
                assert f"The anomaly '{number}' was withdrawn {when}" in err
                assert "took back the cost spike in AWS Lambda" in err
                assert "hint: " in err
        sent = json.loads(run("alert", "--format", "json")[1])["alerts"]
        assert [alert["reason"] for alert in sent] == told
