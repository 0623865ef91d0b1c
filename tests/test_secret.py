"""Secrets: read where they are kept, shown nowhere."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import boto3
import pytest

from aws_cost_anomalies.errors import CredentialsError, MissingLocation, SettingsError
from aws_cost_anomalies.quiet import SILENT, hushed
from aws_cost_anomalies.secret import Secret, redacted

HUSH = "https://hooks.slack.com/services/T0/B0/veryS3cret"


def test_a_secret_written_out_is_itself() -> None:
    assert Secret(HUSH).read() == HUSH
    assert Secret("pagerduty://key@api").read() == "pagerduty://key@api"
    assert not Secret()
    assert Secret().read() == ""


def test_it_shows_itself_nowhere() -> None:
    shown = f"{Secret(HUSH)} {Secret(HUSH)!r} {[Secret(HUSH)]}"
    assert "S3cret" not in shown


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_HOOK", f"{HUSH}\n")
    assert Secret("env:A_HOOK").read() == HUSH
    monkeypatch.setenv("A_HOOK", "  ")
    with pytest.raises(SettingsError, match="empty"):
        Secret("env:A_HOOK").read()
    monkeypatch.delenv("A_HOOK")
    with pytest.raises(SettingsError, match="A_HOOK is not set"):
        Secret("env:A_HOOK").read()


def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "hook").write_text(f"{HUSH}\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert Secret(f"file:{tmp_path}/hook").read() == HUSH
    with pytest.raises(MissingLocation):
        Secret(f"file:{tmp_path}/none").read()
    with pytest.raises(SettingsError, match="cannot be read"):
        Secret(f"file:{tmp_path}/bytes").read()


def test_from_systems_manager(aws: str) -> None:
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name="/alerts/hook", Value=HUSH, Type="SecureString")
    assert Secret("ssm:/alerts/hook").read() == HUSH
    arn = ssm.get_parameter(Name="/alerts/hook")["Parameter"]["ARN"]
    assert Secret(f"ssm:{arn}").read() == HUSH
    with pytest.raises(MissingLocation, match="/alerts/none"):
        Secret("ssm:/alerts/none").read()


def test_from_secrets_manager(aws: str) -> None:
    manager = boto3.client("secretsmanager", region_name="eu-west-1")
    arn = manager.create_secret(Name="hook", SecretString=HUSH)["ARN"]
    here = boto3.client("secretsmanager")
    here.create_secret(Name="alerts", SecretString=json.dumps({"slack": HUSH, "port": 25}))
    here.create_secret(Name="bytes", SecretBinary=b"\x00")
    assert Secret(f"secretsmanager:{arn}").read() == HUSH
    assert Secret("secretsmanager:alerts#slack").read() == HUSH
    with pytest.raises(MissingLocation, match="none"):
        Secret("secretsmanager:none").read()
    for wrong in ("alerts#teams", "alerts#port", "bytes"):
        with pytest.raises(SettingsError):
            Secret(f"secretsmanager:{wrong}").read()


def test_without_credentials_aws_says_so() -> None:
    with pytest.raises(CredentialsError):
        Secret("ssm:/alerts/hook").read()


def test_no_log_at_any_level_and_no_variable_holds_it(aws: str, caplog: pytest.LogCaptureFixture) -> None:
    boto3.client("ssm").put_parameter(Name="/alerts/hook", Value=HUSH, Type="SecureString")
    boto3.client("secretsmanager").create_secret(Name="alerts", SecretString=HUSH)
    caplog.clear()
    caplog.set_level(1)
    logging.getLogger("botocore.parsers").setLevel(logging.DEBUG)
    try:
        Secret("ssm:/alerts/hook").read()
        Secret("secretsmanager:alerts").read()
    finally:
        logging.getLogger("botocore.parsers").setLevel(logging.NOTSET)
    assert caplog.records
    assert "S3cret" not in caplog.text
    assert not [name for name, value in os.environ.items() if "S3cret" in value]


def test_the_log_would_have_held_it(aws: str, caplog: pytest.LogCaptureFixture) -> None:
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name="/alerts/hook", Value=HUSH, Type="String")
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    ssm.get_parameter(Name="/alerts/hook")
    assert "S3cret" in caplog.text


def test_levels_return_when_the_last_block_ends() -> None:
    top, below = logging.getLogger("hushed-test"), logging.getLogger("hushed-test.below")
    top.setLevel(logging.INFO)
    below.setLevel(logging.DEBUG)
    with hushed("hushed-test"):
        with hushed("hushed-test"):
            assert below.level == SILENT
        assert not below.isEnabledFor(logging.CRITICAL)
        assert not logging.getLogger("hushed-test.late").isEnabledFor(logging.CRITICAL)
    assert (top.level, below.level) == (logging.INFO, logging.DEBUG)


def test_an_echo_is_redacted() -> None:
    told = redacted("no veryS3cret at hooks.slack.com/services/T0/B0/veryS3cret, t0ken", HUSH, "t0ken", "")
    assert "S3cret" not in told
    assert "t0ken" not in told
    assert "hooks.slack.com" in told
