"""planned.yaml: read, and refused in a sentence."""

from pathlib import Path

import pytest

from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.plans import read_plans


def test_a_plan_is_read_with_short_and_focus_names(tmp_path: Path) -> None:
    file = tmp_path / "planned.yaml"
    file.write_text(
        "- {scope: {service: EC2, SubAccountId: '1', 'tag:team': x}, days: 2026-08, owner: ann, at_most: 5}\n"
    )
    (plan,) = read_plans(file)
    assert plan.scope.as_dict() == {"ServiceName": "EC2", "SubAccountId": "1", "tag:team": "x"}
    assert plan.days == Period.parse("2026-08-01..2026-08-31")
    assert (plan.owner, plan.at_most) == ("ann", 5.0)


def test_no_file_and_an_empty_one_plan_nothing(tmp_path: Path) -> None:
    assert read_plans(tmp_path / "none.yaml") == ()
    (tmp_path / "empty.yaml").write_text("")
    assert read_plans(tmp_path / "empty.yaml") == ()


@pytest.mark.parametrize(
    "text",
    [
        "a: [", "just words", "- 7", "- {scope: {service: a}, days: 2026-08}",
        "- {scope: {servce: a}, days: 2026-08, owner: x}", "- {scope: {service: a}, days: soon, owner: x}",
        "- {scope: {service: a}, days: 2026-08, owner: x, at_most: lots}",
        "- {scope: 1, days: 2026-08, owner: x}",
        "- {scope: {service: a}, days: 2026-08, owner: x, until: 1}",
        "- {scope: {total: a}, days: 2026-08, owner: x}",
    ],
)  # fmt: skip
def test_what_is_no_plan_is_said_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "planned.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_plans(file)
    assert "planned.yaml" in caught.value.message
