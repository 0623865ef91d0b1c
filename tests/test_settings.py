"""Settings: precedence, checks and sentences."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from aws_cost_anomalies.errors import InvalidSetting, MissingLocation, SettingsError, UnknownSetting
from aws_cost_anomalies.settings import ENVIRONMENT, Settings
from aws_cost_anomalies.settings.section import Section


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str) -> Path:
        file = tmp_path / "config.yaml"
        file.write_text(text)
        return file

    return _write


def test_defaults_are_those_of_the_documentation() -> None:
    settings = Settings.load(environment={})
    assert settings.cost_explorer.region == "us-east-1"
    assert settings.cost_explorer.lookback_days == 14
    assert settings.database.path == Path("data/costs.duckdb")
    assert settings.anomaly.rolling_window_days == 14
    assert settings.anomaly.z_score_threshold == 2.5
    assert settings.anomaly.min_daily_cost == 1.0
    assert settings.anomaly.drift_threshold_pct == 20.0
    assert (settings.agent.max_tokens, settings.agent.max_agent_iterations) == (4096, 10)


def test_flags_win_over_environment_over_file_over_defaults(write) -> None:
    file = write("database: {path: from-file, cache_dir: cache-from-file}\naws_profile: from-file\n")
    environment = {"AWS_COST_DB_PATH": "from-environment", "AWS_COST_PROFILE": "from-environment"}
    settings = Settings.load(file, environment=environment, flags={"aws_profile": "from-flag"})
    assert settings.aws_profile == "from-flag"
    assert settings.database.path == Path("from-environment")
    assert settings.database.cache_dir == Path("cache-from-file")
    assert settings.database.settle_hours == 24


def test_every_environment_variable_reaches_its_key() -> None:
    settings = Settings.load(environment={name: f"value-of-{name}" for name in ENVIRONMENT})
    for name, key in ENVIRONMENT.items():
        value: object = settings
        for part in key.split("."):
            value = getattr(value, part)
        assert str(value) == f"value-of-{name}"


def test_an_empty_variable_overrides_nothing(write) -> None:
    file = write("aws_profile: from-file\n")
    assert Settings.load(file, environment={"AWS_COST_PROFILE": ""}).aws_profile == "from-file"


def test_the_model_uses_its_own_profile_and_falls_back() -> None:
    both = Settings.load(environment={"AWS_COST_PROFILE": "cost", "AWS_BEDROCK_PROFILE": "model"})
    assert (both.aws_profile, both.model_profile) == ("cost", "model")
    assert Settings.load(environment={"AWS_COST_PROFILE": "cost"}).model_profile == "cost"
    assert Settings.load(environment={}).model_profile == ""


@pytest.mark.parametrize(
    ("text", "key", "near"),
    [
        ("anomly: {}", "anomly", "anomaly"),
        ("anomaly: {sensitivty: low}", "anomaly.sensitivty", "anomaly.sensitivity"),
        (
            "agent: {mcp_servers: [{name: a, comand: b}]}",
            "comand` in entry 1 of `agent.mcp_servers",
            "command",
        ),
    ],
)
def test_an_unknown_key_is_named_with_its_near_match(write, text: str, key: str, near: str) -> None:
    with pytest.raises(UnknownSetting) as caught:
        Settings.load(write(text), environment={})
    assert f"`{key}`" in caught.value.message
    assert f"`{near}`" in caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cost_explorer: {lookback_days: 400}", "cost_explorer.lookback_days"),
        ("anomaly: {group_by: servce}", "anomaly.group_by"),
        ("anomaly: {sensitivity: loud}", "anomaly.sensitivity"),
        ("anomaly: [1, 2]", "anomaly"),
        ("tags: 7", "tags"),
        ("database: text", "database"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(write, text: str, key: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(write(text), environment={})
    assert f"`{key}`" in caught.value.message
    assert "config.yaml" in caught.value.message


CHANNEL = "channels: [{name: log, kind: stdout}, {name: ops, kind: %s}]"
SUBSCRIPTION = "subscriptions: [{name: search, channels: [log], %s}]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("channels: hello", "sets `channels` to 'hello': it must be a list: an entry a line, each beginning"),
        (
            "s3: {bucket: 's3://bills/exports'}",
            "`s3.bucket` to 's3://bills/exports': it must be the name alone",
        ),
        ("focus: {bucket: bills/exports}", "what follows it in an address is the `prefix`"),
        ("tags: team", "sets `tags` to 'team': it must be a list, e.g. [one, another]"),
        ("tags: [team, 7]", "sets entry 2 of `tags` to 7: it must be text; put it in quotes"),
        ("alerts: {fresh_days: soon}", "sets `alerts.fresh_days` to 'soon': it must be a whole number"),
        ("anomaly: {currency: EURO}", "to 'EURO': it must be an ISO code of three letters, e.g. EUR"),
        ("alerts: {fresh_days: 0}", "sets `alerts.fresh_days` to 0: it must be at least 1"),
        ("alerts: {growth: much}", "sets `alerts.growth` to 'much': it must be a number"),
        (
            "cost_explorer: {max_paid_requests: true}",
            "`cost_explorer.max_paid_requests` to true: it must be a",
        ),
        ("monitors: [{name: a, min_impact: yes}]", "`min_impact` of monitor a to true: it must be a number"),
        ("anomaly: {min_impact: .inf}", "sets `anomaly.min_impact` to inf: it must be a finite number"),
        ("anomaly: {min_impact_pct: .nan}", "to nan: it must be a finite number"),
        ("alerts: {fresh_days: .inf}", "sets `alerts.fresh_days` to inf: it must be a finite number"),
        (SUBSCRIPTION % "min_impact: .inf", "`min_impact` of subscription search to inf: it must be"),
        ("anomaly: {marketplace: 7}", "sets `anomaly.marketplace` to 7: it must be true or false"),
        ("anomaly: [a]", "sets `anomaly` to ['a']: it must hold keys and values"),
        ("aws_profile: 2026-01-01", "`aws_profile`: it must be text; put it in quotes"),
        (CHANNEL % "slak", "sets `kind` of channel ops to 'slak': it must be slack, teams, email,"),
        (CHANNEL % "slack", "channel ops: a channel of kind slack needs `url`"),
        ("channels: [{kind: stdout}]", "entry 1 of `channels`: `name` is missing."),
        ("channels: [{name: ops}]", "channel ops: `kind` is missing."),
        ("channels: [stdout]", "sets entry 1 of `channels` to 'stdout': it must hold keys and values"),
        (SUBSCRIPTION % "channel: ops", "unknown key `channel` in subscription search."),
        (
            SUBSCRIPTION % "accounts: [111122223333]",
            "sets entry 1 of `accounts` of subscription search to 111122223333: "
            "to YAML that is a number; put it in quotes: '111122223333'.",
        ),
        (SUBSCRIPTION % "accounts: [012345670123]", "it must be text; put it in quotes"),
        (
            SUBSCRIPTION % "accounts: [prod]",
            "`accounts` of subscription search to ['prod']: an account is its",
        ),
        (SUBSCRIPTION % "filter: {account: prod}", "an account is its id of 12 digits, in quotes"),
        (SUBSCRIPTION % "filter: {servce: S3}", "A dimension cannot be 'servce'"),
        ("monitors: [{name: a}, {name: a}]", "`monitors`: two monitors have the name 'a'"),
        ("- a", "must hold keys and values, not a list."),
    ],
)
def test_a_mistake_is_told_in_the_words_of_the_file(write, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load(write(text), environment={"AWS_COST_DB_PATH": "costs.duckdb"})
    assert said in caught.value.message
    assert caught.value.hint


def test_a_key_with_nothing_behind_it_has_its_default(write) -> None:
    file = write("channels:\ndatabase:\nanomaly:\n  sensitivity:\n")
    assert Settings.load(file, environment={}) == Settings()
    assert Settings.load(file, environment={"AWS_COST_DB_PATH": "a"}).database.path == Path("a")


def test_an_account_may_be_named_by_its_digits(write) -> None:
    subscribed = (
        "subscriptions: [{name: a, channels: [b], accounts: ['012345670123'], filter: {account: (none)}}]"
    )
    assert Settings.load(write(subscribed), environment={}).subscriptions[0].accounts == ("012345670123",)


def test_a_bad_value_from_the_command_line_is_not_blamed_on_the_file(write) -> None:
    with pytest.raises(InvalidSetting, match="The command line sets"):
        Settings.load(write(""), environment={}, flags={"cost_explorer.lookback_days": 0})


@pytest.mark.parametrize("text", ["a: [", "- a\n- b\n", "just words", "\t"])
def test_a_file_that_is_no_settings_is_said_so(write, text: str) -> None:
    with pytest.raises(SettingsError):
        Settings.load(write(text), environment={})


def test_a_file_of_other_bytes_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(SettingsError):
        Settings.load(file, environment={})


def test_a_named_file_must_exist_and_the_default_one_need_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(environment={}) == Settings()
    with pytest.raises(MissingLocation):
        Settings.load("elsewhere.yaml", environment={})
    (tmp_path / "config.yaml").write_text("tags: [team]\n")
    assert Settings.load(environment={}).tags == ("team",)


def test_no_number_of_the_settings_takes_true_or_infinity() -> None:
    def numbers(section: type[Section]) -> Iterator[tuple[type[Section], str]]:
        for name, field in section.model_fields.items():
            text = str(field.annotation)
            if "settings" not in text and ("int" in text or "float" in text):
                yield section, name

    every = [each for section in Section.__subclasses__() for each in numbers(section)]
    assert len(every) > 20, "the numbers of the settings are found"
    for section, name in every:
        for wrong in (True, False, math.inf, math.nan):
            with pytest.raises(ValidationError) as caught:
                section.model_validate({name: wrong})
            assert name in {each["loc"][0] for each in caught.value.errors()}, (section, name, wrong)
