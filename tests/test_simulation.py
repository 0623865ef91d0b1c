"""What IAM is asked to simulate: of whom, about what, page by page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from iam_double import ROLE, IamDouble

from aws_cost_anomalies.aws import Identity
from aws_cost_anomalies.aws.simulation import Asked, denied, example, principal_of
from aws_cost_anomalies.errors import AccessDenied, UsageError

USER = "arn:aws:iam::123456789012:user/ann"
POLICY = {"Statement": [{"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::bills/exports/*"]}]}


@pytest.fixture
def iam(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[IamDouble]:
    with IamDouble(POLICY) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", double.url)
        yield double


def test_a_session_is_of_a_role_in_its_path(iam: IamDouble) -> None:
    session = Identity("123456789012", "arn:aws:sts::123456789012:assumed-role/nightly/i-0abc")
    assert principal_of(session, profile=None) == ROLE
    assert iam.asked[0]["RoleName"] == ["nightly"]
    assert principal_of(Identity("123456789012", USER), profile=None) == USER
    with pytest.raises(UsageError, match="cannot simulate"):
        principal_of(Identity("1", "arn:aws:sts::123456789012:federated-user/ann"), profile=None)


def test_every_page_counts(iam: IamDouble) -> None:
    asked = Asked(("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), ("arn:aws:s3:::bills/exports/*",))
    assert denied(asked, USER, profile=None, region="") == ["s3:PutObject", "s3:DeleteObject"]
    assert len(iam.asked) == 2


def test_whoever_may_not_simulate_is_told_so(iam: IamDouble) -> None:
    iam.policy = None
    with pytest.raises(AccessDenied, match="iam:SimulatePrincipalPolicy"):
        denied(Asked(("ce:GetCostAndUsage",), ("*",)), USER, profile=None, region="")


@pytest.mark.parametrize(
    ("pattern", "one"),
    [
        ("arn:aws:s3:::bills/exports/*", "arn:aws:s3:::bills/exports/example"),
        ("arn:aws:athena:*:*:workgroup/primary", "arn:aws:athena:eu-west-1:1:workgroup/primary"),
        (
            "arn:aws:secretsmanager:*:*:secret:costs-??????",
            "arn:aws:secretsmanager:eu-west-1:1:secret:costs-aaaaaa",
        ),
        ("*", "*"),
    ],
)
def test_a_pattern_is_asked_about_as_one_thing_that_it_means(pattern: str, one: str) -> None:
    assert example(pattern, region="eu-west-1", account="1") == one
