"""The Lambda function, called as Lambda calls it: its store and settings in S3, its channel on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
import recorded_calls
from alert_kills import Inbox, inbox
from buckets import put_all
from cur_deliveries import daily, deliver

from aws_cost_anomalies import App, Settings, permissions
from aws_cost_anomalies.aws_lambda import handler
from aws_cost_anomalies.errors import InvalidArgument, MissingLocation, SettingsError, StoreBusy
from aws_cost_anomalies.model.alert import Delivery

pytestmark = pytest.mark.slow

HOME = "s3://home/daily"
CONFIG = """
s3: {bucket: bucket}
database: {settle_hours: 0}
channels:
  - {name: hook, kind: webhook, url: "ssm:/costs/hook", allow_private: true}
"""
CALLER = "import sys; from test_aws_lambda import Invocation, handler; handler({}, Invocation(sys.argv[1]))"


@dataclass
class Invocation:
    """What Lambda says of an invocation."""

    aws_request_id: str
    seconds: int = 300

    def get_remaining_time_in_millis(self) -> int:
        return self.seconds * 1000


@pytest.fixture
def taken() -> Iterator[Inbox]:
    with inbox() as listening:
        yield listening


Bill = Callable[[list[float]], None]


@pytest.fixture
def bill(aws: str, tmp_path: Path, taken: Inbox, monkeypatch: pytest.MonkeyPatch) -> Bill:
    """An account with a configured function; called with costs, it has a bill that ends yesterday."""
    monkeypatch.setenv("AWS_COST_STORE", HOME)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="home")
    s3.put_object(Bucket="home", Key="daily/config.yaml", Body=CONFIG)
    boto3.client("ssm").put_parameter(Name="/costs/hook", Value=taken.url, Type="SecureString")
    today = datetime.now(UTC).date()  # noqa: TID251 - as the function reads it

    def delivered(costs: list[float]) -> None:
        folder = tmp_path / f"bill-{sum(costs)}"
        deliver(folder, daily(today - timedelta(days=len(costs)), costs), execution=f"of-{sum(costs)}")
        put_all(folder, bucket="bucket")

    return delivered


def stored(tmp_path: Path, *, later: timedelta = timedelta(0)) -> App:
    """The use cases on the store as it rests in S3 now."""
    path = tmp_path / "looked-at.duckdb"
    boto3.client("s3").download_file("home", "daily/costs.duckdb", str(path))
    channel = {"name": "hook", "kind": "webhook", "url": "ssm:/costs/hook", "allow_private": True}
    settings = Settings.load(environment={}, flags={"database.path": path, "channels": [channel]})
    return App(settings, now=datetime.now(UTC) + later)  # noqa: TID251


def lease() -> dict[str, str]:
    body = boto3.client("s3").get_object(Bucket="home", Key="daily/lease.json")["Body"]
    found: dict[str, str] = json.loads(body.read())
    return found


def test_a_spike_is_told_once_however_often_the_function_is_called(
    bill: Bill, taken: Inbox, tmp_path: Path
) -> None:
    bill([100.0] * 60 + [300.0])
    first = handler({}, Invocation("a"))
    assert [*first["alerts"].values()] == ["sent"], first
    assert first["problems"] == []
    assert json.loads(json.dumps(first)) == first
    again = handler({"action": "run"}, Invocation("b"))
    assert again["alerts"] == {}
    assert [*taken.arrived.values()] == [[False]]
    assert [run.is_good for run in stored(tmp_path).store.runs()] == [True, True]
    assert lease()["holder"] == ""


def test_two_at_once_give_one_set_of_alerts(bill: Bill, taken: Inbox, tmp_path: Path) -> None:
    bill([100.0] * 60 + [300.0])
    ended: dict[str, object] = {}
    together = threading.Barrier(2)

    def invoke(name: str) -> None:
        together.wait()
        try:
            ended[name] = handler({}, Invocation(name))
        except StoreBusy as busy:
            ended[name] = busy

    _in_threads(invoke, ["a", "b"])
    for name, result in ended.items():
        if isinstance(result, StoreBusy):
            ended[name] = handler({}, Invocation(name))
    assert [*taken.arrived.values()] == [[False]]
    (entry,) = stored(tmp_path).store.alerts()
    assert entry.delivery is Delivery.SENT


def test_the_same_event_twice_at_once_gives_one_set_of_alerts(
    bill: Bill, taken: Inbox, tmp_path: Path
) -> None:
    bill([100.0] * 60 + [300.0])
    ended: list[object] = []
    together = threading.Barrier(2)

    def invoke(name: str) -> None:
        together.wait()
        try:
            ended.append(handler({}, Invocation("a")))
        except StoreBusy as busy:
            ended.append(busy)

    _in_threads(invoke, ["a", "a "])
    handler({}, Invocation("a"))
    assert [*taken.arrived.values()] == [[False]]
    assert len(stored(tmp_path).store.alerts()) == 1


def _in_threads(work: Callable[[str], None], names: list[str]) -> None:
    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)


def killed(name: str, until: Callable[[], bool]) -> None:
    """A function that got SIGKILL as soon as something was so."""
    paths = [str(Path(__file__).parent), *(path for path in sys.path if path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    child = subprocess.Popen([sys.executable, "-c", CALLER, name], env=environment)
    ended = threading.Event()
    while not until() and child.poll() is None:
        ended.wait(0.01)
    assert child.poll() is None, "it ended before it was killed"
    child.send_signal(signal.SIGKILL)
    child.wait()


def test_what_was_killed_while_loading_is_done_by_its_retry(bill: Bill, taken: Inbox, tmp_path: Path) -> None:
    bill([100.0] * 60 + [300.0])
    s3 = boto3.client("s3")
    killed("a", lambda: s3.list_objects_v2(Bucket="home", Prefix="daily/costs")["KeyCount"] > 0)
    assert lease()["holder"] == "a"
    with pytest.raises(StoreBusy, match="is being written by a since"):
        handler({}, Invocation("b"))
    assert [*handler({}, Invocation("a"))["alerts"].values()] == ["sent"]
    assert [*taken.arrived.values()] == [[False]]


def test_what_was_killed_while_sending_is_on_record_and_sent_again_labelled(
    bill: Bill, taken: Inbox, tmp_path: Path
) -> None:
    bill([100.0] * 60 + [300.0])
    with taken.lock:  # the receiver takes the body and does not answer
        killed("a", lambda: _is_sending(tmp_path))
    (entry,) = stored(tmp_path).store.alerts()
    assert entry.delivery is Delivery.SENDING
    assert handler({}, Invocation("a"))["alerts"] == {}, "it may still be on its way"
    later = [*stored(tmp_path, later=timedelta(minutes=40)).daily.deliver(lambda _: None)]
    assert [(each.delivery, each.may_repeat) for each in later] == [(Delivery.SENT, True)]
    (arrivals,) = taken.arrived.values()
    assert arrivals[-1] is True


def _is_sending(tmp_path: Path) -> bool:
    held = boto3.client("s3").list_objects_v2(Bucket="home", Prefix="daily/costs")
    return held["KeyCount"] > 0 and any(
        entry.delivery is Delivery.SENDING for entry in stored(tmp_path).store.alerts()
    )


def test_a_run_that_lacks_something_is_a_result(bill: Bill, taken: Inbox, tmp_path: Path) -> None:
    bill([100.0] * 60 + [300.0])
    key = boto3.client("s3").list_objects_v2(Bucket="bucket", Prefix="costs/data")["Contents"][0]["Key"]
    boto3.client("s3").put_object(Bucket="bucket", Key=key, Body=b"PAR1 and no more")
    done: Any = handler({}, Invocation("a"))
    assert len(done["problems"]) == 1
    assert "was not loaded" in done["problems"][0]


def test_a_run_that_could_not_be_done_is_an_error(bill: Bill) -> None:
    with pytest.raises(MissingLocation, match="bucket"):
        handler({}, Invocation("a"))
    assert lease()["holder"] == ""


def test_a_watch_is_quiet_after_a_good_run_and_calls_out_after_none(
    bill: Bill, taken: Inbox, tmp_path: Path
) -> None:
    bill([100.0] * 60)
    handler({}, Invocation("a"))
    assert handler({"action": "watch"}, Invocation("b"))["alerts"] == {}
    assert taken.arrived == {}
    s3 = boto3.client("s3")
    config = CONFIG + "alerts: {silent_hours: 1}\n"
    s3.put_object(Bucket="home", Key="daily/config.yaml", Body=config)
    app = stored(tmp_path, later=timedelta(hours=-2))
    app.store.path.unlink()
    with app.store.writing(app.now) as writer:
        from aws_cost_anomalies.model.alert import Run

        writer.record_run(Run(app.now, is_good=True, summary="fine"))
    s3.upload_file(str(app.store.path), "home", "daily/costs.duckdb")
    done: Any = handler({"action": "watch"}, Invocation("c"))
    assert [*done["alerts"].values()] == ["sent"]
    assert "no good run" in done["summary"]
    assert len(taken.arrived) == 1


def test_the_secret_is_nowhere_but_in_its_keeper(
    bill: Bill, taken: Inbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bill([100.0] * 60 + [300.0])
    with caplog.at_level("DEBUG"):
        done = handler({}, Invocation("a"))
    assert len(taken.arrived) == 1
    said = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith(("werkzeug", "moto")))
    stored(tmp_path)
    assert taken.url not in said
    assert taken.url not in json.dumps(done)
    assert taken.url.encode() not in (tmp_path / "looked-at.duckdb").read_bytes()
    assert all(taken.url not in value for value in os.environ.values())


def test_every_call_is_in_its_policy(
    bill: Bill, taken: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill([100.0] * 60 + [300.0])
    monkeypatch.setenv(*recorded_calls.PLUGIN)
    recorded_calls.CALLS.clear()
    handler({}, Invocation("a"))
    made = {call.action for call in recorded_calls.CALLS}
    (tmp_path / "config.yaml").write_text(CONFIG)
    settings = Settings.load(tmp_path / "config.yaml")
    policy: Any = permissions.document(permissions.needed(settings), settings)
    assert [c for c in recorded_calls.CALLS if not recorded_calls.allows(policy, c)] == []
    assert made == {action for each in policy["Statement"] for action in each["Action"]}


def test_a_function_that_does_not_know_its_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError) as caught:
        handler({}, Invocation("a"))
    assert caught.value.hint == "Set AWS_COST_STORE to s3://bucket/prefix."


@pytest.mark.parametrize("event", [{"action": "dance"}, {"action": ["run"]}, "run", ["run"], None])
def test_an_event_that_asks_for_something_else(event: Any) -> None:
    with pytest.raises(InvalidArgument, match="allowed: run, watch"):
        handler(event, Invocation("a"))
