"""Channels in the settings: what each kind needs, and that no error shows a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aws_cost_anomalies import kinds
from aws_cost_anomalies.errors import InvalidArgument, InvalidSetting
from aws_cost_anomalies.notifiers import KINDS
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.alerts import NEEDED

HUSH = "xoxb-veryS3cret"


def loaded(tmp_path: Path, *channels: dict[str, Any]) -> Settings:
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump({"channels": list(channels)}))
    return Settings.load(file, environment={})


def test_the_settings_know_every_kind() -> None:
    assert set(NEEDED) == set(KINDS)


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ({"kind": "slack"}, "`url`, or `token` and `conversation`"),
        ({"kind": "slack", "token": HUSH}, "`conversation`"),
        ({"kind": "teams"}, "`url`"),
        ({"kind": "webhook", "token": HUSH}, "`url`"),
        ({"kind": "email", "host": "h", "password": HUSH}, "`host` and `sender` and `to`"),
        (
            {
                "kind": "email",
                "host": "h",
                "sender": "a@b.c",
                "to": ["d@e.f"],
                "password": HUSH,
                "security": "none",
            },
            "unencrypted",
        ),
        ({"kind": "email", "host": "h", "sender": "a@b.c\nBcc: x@y.z", "to": ["d@e.f"]}, "mail addresses"),
        ({"kind": "email", "host": "h", "sender": "a@b.c", "to": ["nobody"]}, "mail addresses"),
        ({"kind": "sns"}, "`topic_arn`"),
        ({"kind": "sns", "topic_arn": "costs"}, "ARN"),
        ({"kind": "apprise"}, "`url`"),
        ({"kind": "apprise", "url": HUSH}, "must name a service"),
        (
            {"kind": "slack", "url": HUSH},
            "must begin with https:// and name a host, or say where it is kept: env:",
        ),
        ({"kind": "teams", "url": f"https:///{HUSH}"}, "name a host."),
        ({"kind": "webhook", "url": f"http://hooks.corp.com/{HUSH}"}, "not encrypted"),
        ({"kind": "webhook", "url": f"https://me:{HUSH}@hooks.corp.com/"}, "a user name or a password"),
        ({"kind": "webhook", "url": f"https://10.0.0.7/{HUSH}"}, "inside a private network (10.0.0.7)"),
        ({"kind": "webhook", "url": f"https://[::1/{HUSH}"}, "no web address"),
        ({"kind": "webhook", "url": f"https://corp.com:{HUSH}/"}, "no web address"),
        ({"kind": "slack", "url": {"secret": HUSH}}, "`url` of channel it: it must be text"),
        (
            {"kind": "slack", "url": "env:HOOK", "timeout_seconds": 0},
            "`timeout_seconds` of channel it to 0: it must be more than 0",
        ),
    ],
)
def test_what_is_missing_is_said_without_a_secret(tmp_path: Path, channel: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        loaded(tmp_path, {"name": "it", **channel})
    assert told in str(refused.value)
    assert "S3cret" not in str(refused.value)
    assert "S3cret" not in refused.value.hint


@pytest.mark.parametrize(
    "url",
    ["env:HOOK", "file:/run/secrets/hook", "ssm:/costs/hook", "secretsmanager:costs#hook", "https://a.b/c"],
)
def test_an_address_may_be_kept_elsewhere(tmp_path: Path, url: str) -> None:
    assert loaded(tmp_path, {"name": "it", "kind": "slack", "url": url}).channels[0].name == "it"
    private = {"name": "it", "kind": "webhook", "url": "http://10.0.0.7:8080/", "allow_private": True}
    assert loaded(tmp_path, private).channels[0].allow_private


def test_two_channels_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="two channels have the name 'log'") as refused:
        loaded(
            tmp_path,
            {"name": "log", "kind": "stdout"},
            {"name": "log", "kind": "slack", "url": f"https://a.b/{HUSH}"},
        )
    assert "S3cret" not in str(refused.value)


def test_settings_print_no_secret(tmp_path: Path) -> None:
    settings = loaded(tmp_path, {"name": "it", "kind": "slack", "token": HUSH, "conversation": "C01"})
    shown = f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert "S3cret" not in shown
    assert "S3cret" not in repr(kinds.notifier(settings, "it"))


def test_a_channel_nobody_configured(tmp_path: Path) -> None:
    settings = loaded(tmp_path, {"name": "log", "kind": "stdout"})
    with pytest.raises(InvalidArgument, match="'lgo'; allowed: log"):
        kinds.notifier(settings, "lgo")
    with pytest.raises(InvalidArgument, match="'log'; allowed: stdout"):
        kinds.notifier(loaded(tmp_path), "log")
