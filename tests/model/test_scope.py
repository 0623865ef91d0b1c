"""Names of dimensions: how people spell them, and what is said of one that nobody knows."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.scope import Dimension, Scope


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("total", ()),
        ("service+account", ("service", "account")),
        (" ServiceName + subaccountid + service", ("service", "account")),
        ("tag:team+cost-category:Unit", ("tag:team", "cost-category:Unit")),
    ],
)
def test_dimensions_are_understood_as_people_spell_them(text: str, names: tuple[str, ...]) -> None:
    assert tuple(d.name for d in Dimension.parse(text)) == names


@pytest.mark.parametrize(
    ("text", "near"),
    [("servic", "service"), ("acount", "account"), ("usage_type", "usage-type"), ("zzz", "")],
)
def test_a_name_nobody_knows_is_refused_with_the_near_one(text: str, near: str) -> None:
    with pytest.raises(InvalidArgument, match=text) as refused:
        Dimension(text)
    assert refused.value.hint == (f"Did you mean {near}?" if near else "")


def test_an_account_is_named_behind_its_id_and_nothing_else_is() -> None:
    scope = Scope((("ServiceName", "1"), ("SubAccountId", "1"), ("tag:team", "1")))
    assert scope.named({"1": "prod"}) == "1 · 1 (prod) · 1"
    assert scope.named({"2": "dev"}) == str(scope)
    assert Scope().named({"1": "prod"}) == "total"
