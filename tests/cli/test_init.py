"""`init`: what it finds, what it asks, and the file it writes, which the program itself can read."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import recorded_calls
from exports_double import FOCUS, ExportsDouble

from aws_cost_anomalies import permissions
from aws_cost_anomalies.cli import main
from aws_cost_anomalies.settings import Settings

Run = Callable[..., tuple[int, str, str]]
PROGRAM = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
FILE = Path("config.yaml")
QUESTIONS = (
    "AWS profile", "Bill:", "Tag keys", "Alerts go to", "Where its address is kept", "Least impact",
)  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exit code, standard output and standard error of `init` in a folder of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run_line(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["init", *arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


@pytest.fixture
def double(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExportsDouble]:
    """Both services, with an export of recommendations, which is no bill."""
    with ExportsDouble() as made:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BCM_DATA_EXPORTS", made.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE", made.url)
        made.export("advice", "bills", query="SELECT action_type FROM COST_OPTIMIZATION_RECOMMENDATIONS")
        yield made


def read() -> Settings:
    return Settings.load(FILE, environment={})


def test_without_a_terminal_the_best_export_is_taken_and_the_others_are_told(
    run: Run, double: ExportsDouble, golden: Callable[[str, str], None]
) -> None:
    double.report("old", "archive")
    double.export("focus", "bills", query=FOCUS)
    double.export("broken", "bills", StatusCode="UNHEALTHY", StatusReason="INSUFFICIENT_PERMISSION")
    double.export("daily", "bills")
    code, out, err = run()
    assert (code, out) == (0, "")
    golden("init.txt", err)
    golden("init.yaml", FILE.read_text())
    assert read().s3.location == "s3://bills/exports/daily"
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600


def test_a_focus_export_and_a_legacy_report_are_told_apart(run: Run, double: ExportsDouble) -> None:
    double.export("focus", "bills", query=FOCUS, prefix="")
    double.report("old", "archive")
    run("--export", "old")
    assert (read().s3.location, read().s3.region) == ("s3://archive/reports/old", "us-east-1")
    run("--force")
    assert (read().focus.location, read().s3.location) == ("s3://bills/focus", "")


def test_what_may_not_be_listed_is_said_and_no_failure(run: Run, double: ExportsDouble) -> None:
    double.fail("AccessDeniedException")
    double.report("old", "archive")
    code, _, err = run()
    assert code == 0
    assert "note: exports could not be looked for: AWS denies bcm-data-exports:ListExports" in err
    assert read().s3.bucket == "archive"


def test_nothing_else_is_asked_than_the_table_of_permissions_has(
    run: Run, double: ExportsDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    double.export("daily", "bills")
    monkeypatch.setenv(*recorded_calls.PLUGIN)
    recorded_calls.CALLS.clear()
    run()
    (feature,) = permissions.named(["init"])
    allowed = {action for grant in feature.grants for action in grant.actions}
    assert {call.action for call in recorded_calls.CALLS} == allowed


def test_with_no_account_it_writes_a_file_for_cost_explorer(run: Run) -> None:
    code, _, err = run()
    assert code == 0
    assert "note: exports could not be looked for: No AWS credentials were found." in err
    assert read() == Settings.model_validate({"cost_explorer": {"lookback_days": 14}})
    assert "could not be looked for" not in run("--force", "--offline")[2]


def test_flags_answer_every_question(run: Run) -> None:
    code, _, err = run(
        "--profile", "costs", "--export", "s3://bills/exports/focus/", "--source", "focus", "--offline",
        "--tags", "team, env,team", "--channel", "slack", "--secret", "ssm:/costs/slack",
        "--min-impact", "100",
    )  # fmt: skip
    assert (code, "note:" in err) == (0, False)
    settings = read()
    assert (settings.aws_profile, settings.tags) == ("costs", ("team", "env"))
    assert settings.focus.location == "s3://bills/exports/focus"
    (channel,), (subscription,) = settings.channels, settings.subscriptions
    assert (channel.kind, channel.url.get_secret_value()) == ("slack", "ssm:/costs/slack")
    assert (subscription.channels, subscription.min_impact) == (("team",), 100.0)


def test_a_configuration_that_is_there_stays_unless_it_is_forced(run: Run) -> None:
    FILE.write_text("tags: [mine]\n")
    code, _, err = run("--offline")
    assert (code, FILE.read_text()) == (2, "tags: [mine]\n")
    assert "error: config.yaml is there already.\n" in err
    FILE.chmod(0o644)
    assert run("--offline", "--force")[0] == 0
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600
    assert list(FILE.absolute().parent.iterdir()) == [FILE.absolute()]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--channel", "slack", "--secret", "https://hooks.slack.com/veryS3cret"),
            "allowed: env:NAME, file:PATH",
        ),
        (("--channel", "pigeon"), "allowed: stdout, slack, teams, webhook"),
        (("--channel", "slack", "--min-impact", "-1"), "an amount, 0 or more"),
        (("--export", "bills"), "or s3://bucket/prefix"),
        (("--export", "s3://bills", "--source", "csv"), "allowed: cur, focus"),
        (("--config", "no/such/folder/config.yaml"), "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_refused_and_no_file_is_left(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = run("--offline", *arguments)
    assert (code, said in err, "S3cret" in err) == (2, True, False)
    assert list(Path().iterdir()) == []


def test_on_a_terminal_it_asks_at_most_six_questions(tmp_path: Path) -> None:
    config = tmp_path / "aws-config"
    config.write_text("[profile costs]\nregion = eu-west-1\n[profile prod]\nregion = eu-west-1\n")
    keyboard, terminal = pty.openpty()
    os.write(keyboard, b"costs\ns3://bills/daily\nteam,env\nslack\n\n50\n")
    done = subprocess.run(
        [*PROGRAM, "init", "--offline"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_CONFIG_FILE": str(config)},
        stdin=terminal,
        capture_output=True,
        text=True,
        check=True,
    )
    os.close(keyboard)
    os.close(terminal)
    settings = Settings.load(tmp_path / "config.yaml", environment={})
    assert (settings.aws_profile, settings.s3.location) == ("costs", "s3://bills/daily")
    assert (settings.tags, settings.subscriptions[0].min_impact) == (("team", "env"), 50.0)
    assert settings.channels[0].url.get_secret_value() == "env:SLACK_WEBHOOK"
    assert done.stdout.strip() == ""
    assert "(costs, prod)" in done.stderr
    assert sum(question in done.stderr for question in QUESTIONS) == len(QUESTIONS) == 6
