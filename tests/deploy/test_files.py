"""The files under deploy/: whole by their own rules, and every command in them is one of the program."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore.session
import pytest
import yaml
from botocore.validate import ParamValidator

from aws_cost_anomalies import __version__
from aws_cost_anomalies.cli.commands import SUMMARIES
from aws_cost_anomalies.cli.program import VALUES, built, hoisted

DEPLOY = Path(__file__).parents[2] / "deploy"
PAGE = DEPLOY.parent / "docs" / "DEPLOY.md"
CRON, COMPOSE = DEPLOY / "cron" / "aws-cost-anomalies", DEPLOY / "docker" / "compose.yaml"
CRONJOB, WORKFLOW = DEPLOY / "kubernetes" / "cronjob.yaml", DEPLOY / "github" / "aws-cost-anomalies.yml"
ECS = DEPLOY / "ecs"
DOCKERFILES = sorted(DEPLOY.rglob("Dockerfile"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
SHELL_WORD = r"(?:^|\s|/)aws-cost-anomalies +([^\n&|;`]+)"


def parsed(arguments: list[str]) -> tuple[str, dict[str, Any]]:
    """The command and its options, as the program's own parser reads them; it refuses others."""
    rest = hoisted(arguments)
    while rest[0].startswith("-"):
        del rest[: 2 if rest[0] in VALUES else 1]
    name, *options = rest
    assert name in SUMMARIES, name
    return name, built(name).make_context(name, options).params


def cron_lines() -> list[list[str]]:
    lines = CRON.read_text().splitlines()
    return [line.split(None, 6) for line in lines if re.match(r"[\d*]", line)]


def container(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    return found


def cronjob() -> dict[str, Any]:
    every = list(yaml.safe_load_all(CRONJOB.read_text()))
    assert [each["kind"] for each in every] == ["ServiceAccount", "PersistentVolumeClaim", "CronJob"]
    return every[-1]


def commands() -> list[list[str]]:
    """Arguments of the program, wherever a file calls it."""
    texts = [CRON.read_text(), *(unit.read_text() for unit in UNITS if unit.suffix == ".service")]
    texts += [step["run"] for step in workflow()["jobs"]["run"]["steps"] if "run" in step]
    found = [
        shlex.split(call)
        for text in texts
        for line in text.splitlines()
        if not line.startswith(("#", "PATH", "Documentation"))
        for call in re.findall(SHELL_WORD, line)
    ]
    services = compose()
    found += [shlex.split(call) for call in re.findall(SHELL_WORD, services["scheduler"]["command"][0])]
    composed = [services[name]["command"] for name in ("app", "dashboard")]
    return [
        *found,
        container(cronjob())["args"],
        task()["containerDefinitions"][0]["command"],
        *composed,
        ["run"],
    ]


def task() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ECS / "task.json").read_text())
    return found


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text())
    return found


def test_every_command_is_one_of_the_program() -> None:
    names = [parsed(each)[0] for each in commands()]
    assert sorted(names) == sorted(["run", "alert"] * 2 + ["run"] * 6 + ["serve"])


def test_every_command_of_the_page_is_one_of_the_program() -> None:
    text = PAGE.read_text()
    blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)).splitlines()
    calls = [line for line in blocks if line.startswith("aws-cost-anomalies ")]
    inline = [call for call in re.findall(r"`(aws-cost-anomalies [^`]+)`", text) if "/" not in call]
    names = {parsed(shlex.split(call.partition(" > ")[0])[1:])[0] for call in (*calls, *inline)}
    assert names == {"run", "alert", "iam-policy", "init", "doctor", "ingest"}


def test_the_page_names_what_is_there() -> None:
    text = PAGE.read_text()
    assert [each.name for each in sorted(DEPLOY.iterdir()) if f"](../deploy/{each.name})" not in text] == []
    named = set(re.findall(r"deploy/[\w./-]*\w", text))
    assert [name for name in named if not (DEPLOY.parent / name).exists()] == []
    parameters = set(re.findall(r"\b([A-Z]\w+)=", text.split("## cron")[0]))
    template = (DEPLOY / "aws" / "template.yaml").read_text().split("Conditions:")[0]
    assert [name for name in parameters if f"  {name}:\n" not in template] == []


def test_the_sums_of_the_page_come_out() -> None:
    text = " ".join(PAGE.read_text().split())
    sums = {
        "2 × 30 × 0.01 = 0.60": 2 * 30 * 0.01,
        "(30 × 60 + 720 × 5) × 2 = 10,800": (30 * 60 + 720 * 5) * 2,
        "10,800 GB-s × 0.0000166667 = 0.18": 10_800 * 0.0000166667,
        "50 MB × 80 = 4 GB": 50 * 80 / 1000,
        "4 GB × 0.023 = 0.09": 4 * 0.023,
        "(30 × 40 + 2 × 750) × 0.000005 = 0.01": (30 * 40 + 2 * 750) * 0.000005,
        "730 h × 0.0168 = 12.26": 730 * 0.0168,
        "2.5 × (0.04048 + 4 × 0.004445) = 0.15": 2.5 * (0.04048 + 4 * 0.004445),
        "0.5 × 0.10 = 0.05": 0.5 * 0.10,
        "10 GB × 0.08 = 0.80": 10 * 0.08,
        "5 minutes × 30 = 150": 5 * 30,
    }
    for said, comes_out in sums.items():
        assert said in text
        told = float(re.sub(r"[^\d.]", "", said.rpartition("=")[2]))
        assert told == pytest.approx(comes_out, abs=0.005)


def test_a_command_that_is_none_is_refused() -> None:
    with pytest.raises(AssertionError):
        parsed(["--quiet", "ran"])
    with pytest.raises(Exception, match="no such option|No such option"):
        parsed(["run", "--daily"])


def test_cron_has_five_fields_and_a_user() -> None:
    lines = cron_lines()
    assert len(lines) == 2
    for *fields, user, command in lines:
        assert all(re.fullmatch(r"\*|[0-5]?\d", field) for field in fields), fields
        assert user == "costs"
        assert "%" not in command, "cron takes it for a new line"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    text = unit.read_text()
    assert re.search(r"^\[(Service|Timer)\]$", text, re.MULTILINE)
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service").exists()
        assert "OnCalendar=" in text
    if analyse is None:  # not everywhere; the rest of this test holds anywhere
        return
    for each in UNITS:
        runnable = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", each.read_text(), flags=re.MULTILINE)
        (tmp_path / each.name).write_text(runnable)
    checked = subprocess.run(
        [analyse, "verify", tmp_path / unit.name], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_workflow_runs_daily_alone_and_with_few_rights() -> None:
    found = workflow()
    assert found[True]["schedule"] == [{"cron": "0 7 * * *"}]
    assert found["concurrency"] == {"group": "cost-anomalies", "cancel-in-progress": False}
    assert found["permissions"] == {"id-token": "write", "contents": "read"}
    steps = found["jobs"]["run"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert "secrets." not in WORKFLOW.read_text()
    assert all("${{" not in step.get("run", "") for step in steps), (
        "nothing of GitHub's is pasted into a shell"
    )


def test_the_pod_is_nobodys_root_and_writes_only_where_it_may() -> None:
    job = cronjob()["spec"]
    pod = job["jobTemplate"]["spec"]["template"]["spec"]
    one = container(cronjob())
    assert job["concurrencyPolicy"] == "Forbid"
    assert pod["restartPolicy"] in {"Never", "OnFailure"}
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert one["securityContext"]["readOnlyRootFilesystem"] is True
    assert one["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    volumes = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in one["volumeMounts"]} == volumes
    assert {env["name"] for env in one["env"]} == {"AWS_COST_DB_PATH", "AWS_COST_CACHE_DIR"}


@pytest.mark.parametrize(
    ("file", "service", "operation"),
    [("task.json", "ecs", "RegisterTaskDefinition"), ("schedule.json", "scheduler", "CreateSchedule")],
)
def test_the_apis_of_ecs_take_the_files(file: str, service: str, operation: str) -> None:
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(operation).input_shape
    found = ParamValidator().validate(json.loads((ECS / file).read_text()), shape)
    assert not found.has_errors(), found.generate_report()


def test_the_task_is_nobodys_root_and_writes_only_where_it_may() -> None:
    (one,) = task()["containerDefinitions"]
    assert one["user"] == "10001:10001"
    assert one["readonlyRootFilesystem"] is True
    assert one["linuxParameters"]["capabilities"] == {"drop": ["ALL"]}
    mounted = {each["sourceVolume"]: each["containerPath"] for each in one["mountPoints"]}
    assert mounted == {"data": "/data", "tmp": "/tmp"}
    assert {each["name"] for each in task()["volumes"]} == set(mounted)
    assert f"COPY config.yaml {one['command'][-1]}\n" in (ECS / "Dockerfile").read_text()


@pytest.mark.parametrize("name", ["app", "dashboard", "scheduler"])
def test_a_composed_container_is_nobodys_root_and_writes_only_where_it_may(name: str) -> None:
    service = compose()[name]
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert [each for each in service["volumes"] if not each.endswith(":ro")] == ["costs:/data"]
    build = compose()["app"]["build"]
    assert ((COMPOSE.parent / build["context"]).resolve() / build["dockerfile"]).is_file()


def test_the_dashboard_is_published_on_loopback_alone() -> None:
    services = compose()
    assert services["dashboard"]["ports"] == ["127.0.0.1:8765:8765"]
    assert [name for name, service in services.items() if "ports" in service] == ["dashboard"]


def test_the_image_has_what_the_dashboard_needs() -> None:
    locked = (DEPLOY.parent / "requirements-app.lock").read_text()
    assert {"starlette", "uvicorn", "mcp", "vl-convert-python"} <= set(
        re.findall(r"^([\w-]+)==", locked, re.MULTILINE)
    )


@pytest.mark.parametrize(
    "file", [f for f in DOCKERFILES if f.parent != ECS], ids=lambda file: file.parent.name
)
def test_an_image_is_built_from_a_version_and_what_is_there(file: Path) -> None:
    text = file.read_text()
    (base,) = re.findall(r"^FROM (\S+)$", text, re.MULTILINE)
    assert re.search(r":3\.\d+", base), base
    copied = [word for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for word in line.split()]
    assert copied
    assert [name for name in copied if not (DEPLOY.parent / name).exists()] == []
    assert "--require-hashes" in text


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.parent.name)
def test_the_linter_of_images_finds_nothing(file: Path) -> None:
    beside = Path(sys.executable).with_name("hadolint")
    linter = str(beside) if beside.exists() else shutil.which("hadolint")
    if linter is not None:  # of the development group; not on every kind of machine
        checked = subprocess.run([linter, "--no-color", file], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stdout) == (0, ""), checked.stderr
    instructions = re.findall(r"^([A-Z]+) (.*)$", file.read_text(), re.MULTILINE)
    assert not [rest for name, rest in instructions if name == "ADD" or ":latest" in rest]
    assert all("--no-cache-dir" in line for line in file.read_text().splitlines() if "pip install" in line)


def test_the_images_are_tagged_with_the_version() -> None:
    pod, page = container(cronjob())["image"], PAGE.read_text()
    base = (ECS / "Dockerfile").read_text()
    of_task = task()["containerDefinitions"][0]["image"].partition("/")[2]
    tagged = {
        compose()["app"]["image"],
        pod,
        of_task,
        *re.findall(r"aws-cost-anomalies:[\d.]+\d", page + base),
    }
    assert tagged == {f"aws-cost-anomalies:{__version__}"}


def test_the_command_line_runs_as_nobody() -> None:
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert text.index("USER 10001") > text.rindex("RUN ")
    assert 'ENTRYPOINT ["aws-cost-anomalies"]' in text


def test_the_script_is_one_a_shell_can_read() -> None:
    script = DEPLOY / "aws" / "build.sh"
    assert script.stat().st_mode & 0o100
    assert subprocess.run(["sh", "-n", script], capture_output=True, check=False).returncode == 0
    refused = subprocess.run([script, "tar"], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "build.sh zip" in refused.stderr
    if linter := shutil.which("shellcheck"):
        assert subprocess.run([linter, script], capture_output=True, check=False).stdout == b""
