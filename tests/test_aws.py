"""The door of AWS: clients, refusals in our own words, account names. Against moto and loopback sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    ResponseStreamingError,
    SSOTokenLoadError,
    TokenRetrievalError,
)
from cost_explorer_double import CostExplorerDouble
from http_double import HttpDouble, Reply

from aws_cost_anomalies import aws as door
from aws_cost_anomalies.errors import (
    AccessDenied,
    CostAnomaliesError,
    CredentialsError,
    MissingLocation,
    NoData,
    ServiceUnavailable,
    SettingsError,
    UsageError,
    WrongRegion,
)

SSO = """
[profile finops]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Billing
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.example.com/start
[profile broken]
credential_process = /bin/false
"""


def refused(code: str, status: int = 400, message: str = "", **headers: str) -> ClientError:
    meta = {"HTTPStatusCode": status, "HTTPHeaders": headers}
    return ClientError({"Error": {"Code": code, "Message": message}, "ResponseMetadata": meta}, "Op")


def met(
    error: Exception, action: str = "s3:GetObject", resource: str = "s3://bills/cur/a.parquet", **more: str
) -> CostAnomaliesError:
    with pytest.raises(CostAnomaliesError) as caught, door.translated(action, resource, **more):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "status", "kind", "words"),
    [
        ("ExpiredToken", 400, CredentialsError, "expired"),
        ("ExpiredTokenException", 400, CredentialsError, "expired"),
        ("RequestTimeTooSkewed", 403, CredentialsError, "clock"),
        ("UnrecognizedClientException", 400, CredentialsError, "does not accept"),
        ("InvalidAccessKeyId", 403, CredentialsError, "InvalidAccessKeyId"),
        ("SignatureDoesNotMatch", 403, CredentialsError, "does not accept"),
        ("AccessDenied", 403, AccessDenied, "s3:GetObject on s3://bills/cur/a.parquet"),
        ("AccessDeniedException", 400, AccessDenied, "denies s3:GetObject"),
        ("UnauthorizedOperation", 403, AccessDenied, "denies s3:GetObject"),
        ("403", 403, AccessDenied, "denies s3:GetObject"),
        ("NoSuchBucket", 404, MissingLocation, "bucket bills"),
        ("NoSuchKey", 404, MissingLocation, "object s3://bills/cur/a.parquet"),
        ("404", 404, MissingLocation, "object s3://bills/cur/a.parquet"),
        ("Throttling", 400, ServiceUnavailable, "Amazon S3 did not answer: Throttling"),
        ("LimitExceededException", 400, ServiceUnavailable, "LimitExceededException"),
        ("SlowDown", 503, ServiceUnavailable, "SlowDown"),
        ("InternalError", 500, ServiceUnavailable, "HTTP 500"),
        ("", 502, ServiceUnavailable, "HTTP 502"),
        ("DataUnavailableException", 400, NoData, "yet"),
        ("BillExpirationException", 400, NoData, "for these days any more"),
    ],
)
def test_a_refusal_is_told_by_its_meaning(code: str, status: int, kind: type, words: str) -> None:
    error = met(refused(code, status))
    assert type(error) is kind
    assert words in error.message
    assert error.hint


def test_what_nobody_foresaw_is_told_in_the_words_of_aws() -> None:
    error = met(refused("ValidationException", 400, "Start date is too old."), "ce:GetCostAndUsage", "")
    assert type(error) is UsageError
    assert error.message == "AWS refuses ce:GetCostAndUsage: Start date is too old."


@pytest.mark.parametrize(("code", "status"), [("PermanentRedirect", 301), ("301", 301), ("400", 307)])
def test_a_bucket_elsewhere_names_both_regions(code: str, status: int) -> None:
    error = met(refused(code, status, **{"x-amz-bucket-region": "eu-west-1"}), region="us-east-1")
    assert type(error) is WrongRegion
    assert "bills is not in us-east-1" in error.message
    assert "eu-west-1" in error.hint


def test_the_region_asked_is_read_from_the_refusal_when_nobody_tells() -> None:
    text = "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'"
    error = met(refused("AuthorizationHeaderMalformed", 400, text))
    assert "is not in us-east-1" in error.message


def test_a_denied_head_of_a_bucket_is_denied_though_it_names_the_region() -> None:
    error = met(refused("403", 403, **{"x-amz-bucket-region": "us-east-1"}), "s3:ListBucket", "s3://bills")
    assert type(error) is AccessDenied


def test_a_missing_bucket_is_a_bucket_even_without_a_code() -> None:
    error = met(refused("404", 404), "s3:ListBucket", "s3://bills/")
    assert error.message == "The bucket bills does not exist."


def test_cost_explorer_turned_off_is_no_matter_of_policy() -> None:
    text = "User not enabled for cost explorer access"
    error = met(refused("AccessDeniedException", 400, text), "ce:GetCostAndUsage", "")
    assert type(error) is AccessDenied
    assert "Turn Cost Explorer on" in error.hint


@pytest.mark.parametrize(
    "error",
    [
        SSOTokenLoadError(error_msg="Token for corp does not exist"),
        TokenRetrievalError(provider="sso", error_msg="Token has expired and refresh failed"),
    ],
)
def test_an_expired_session_names_the_command_that_renews_it(error: Exception) -> None:
    told = met(error, profile="finops")
    assert type(told) is CredentialsError
    assert told.hint == "Run `aws sso login --profile finops`."


def test_a_stream_cut_short_can_be_tried_again() -> None:
    told = met(ResponseStreamingError(error="peer went away"))
    assert type(told) is ServiceUnavailable
    assert told.transient


def test_a_page_that_a_proxy_put_in_place_of_an_answer_is_no_bug() -> None:
    with HttpDouble() as proxy:
        proxy.reply(
            Reply(200, b"<html><meta charset=utf-8>Please sign in.</html>", {"Content-Type": "text/html"})
        )
        settings = {"region_name": "us-east-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
        sts = boto3.client("sts", endpoint_url=proxy.url, **settings)
        with pytest.raises(ServiceUnavailable) as caught, door.translated("sts:GetCallerIdentity"):
            sts.get_caller_identity()
    assert "proxy" in caught.value.hint


def test_an_expired_token_names_the_profile_in_the_hint() -> None:
    assert "aws sso login --profile finops" in met(refused("ExpiredToken"), profile="finops").hint


class TestClient:
    def test_no_credentials(self) -> None:
        with pytest.raises(CredentialsError, match="No AWS credentials were found"):
            door.client("s3")

    def test_half_of_the_credentials(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOMEBODY")
        with pytest.raises(CredentialsError, match="AWS_SECRET_ACCESS_KEY is missing") as caught:
            door.client("s3")
        assert "AKIASOMEBODY" not in caught.value.message + caught.value.hint

    @pytest.mark.parametrize("by", ["argument", "environment"])
    def test_a_profile_that_is_not_there(self, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
        if by == "environment":
            monkeypatch.setenv("AWS_PROFILE", "finops")
        with pytest.raises(SettingsError, match="'finops' is not configured") as caught:
            door.client("s3", profile="finops" if by == "argument" else None)
        assert "aws configure list-profiles" in caught.value.hint

    @pytest.mark.parametrize("by", ["argument", "environment"])
    def test_a_session_nobody_opened(self, by: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "config").write_text(SSO)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        if by == "environment":
            monkeypatch.setenv("AWS_PROFILE", "finops")
        with pytest.raises(CredentialsError) as caught:
            door.client("ce", profile="finops" if by == "argument" else None)
        assert caught.value.hint == "Run `aws sso login --profile finops`."

    def test_a_credential_process_that_fails(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "config").write_text(SSO)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        with pytest.raises(CredentialsError, match="profile 'broken' could not be fetched"):
            door.client("s3", profile="broken")

    def test_an_unreadable_configuration(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "config").write_text("[profile finops\nregion")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        with pytest.raises(SettingsError, match="configuration cannot be used"):
            door.client("s3", profile="finops")

    def test_a_malformed_region(self, credentials: None) -> None:
        with pytest.raises(SettingsError, match="'us east'"):
            door.client("s3", region="us east")

    def test_a_malformed_endpoint(self, credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "loopback")
        with pytest.raises(SettingsError) as caught:
            door.client("s3")
        assert "AWS_ENDPOINT_URL" in caught.value.hint

    def test_without_any_region_it_asks_where_aws_keeps_billing(
        self, credentials: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("AWS_DEFAULT_REGION")
        assert door.client("s3").meta.region_name == "us-east-1"


class TestNetwork:
    def test_a_region_of_no_cloud_is_a_setting_and_not_an_outage(self) -> None:
        told = met(EndpointConnectionError(endpoint_url="https://ce.us-eest-1.amazonaws.com/"))
        assert type(told) is SettingsError
        assert "'us-eest-1'" in told.message

    def test_a_known_region_that_does_not_answer_is_an_outage(self) -> None:
        told = met(EndpointConnectionError(endpoint_url="https://ce.us-east-1.amazonaws.com/"))
        assert type(told) is ServiceUnavailable
        assert "ce.us-east-1.amazonaws.com cannot be reached" in told.message

    @pytest.fixture
    def silence(self) -> Iterator[str]:
        """A listener that never answers."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"

    def test_nobody_listens(self, credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        with pytest.raises(ServiceUnavailable, match="cannot be reached"):
            door.caller_identity()

    def test_an_answer_that_never_comes(self, silence: str, credentials: None) -> None:
        impatient = Config(read_timeout=0.1, retries={"mode": "standard", "total_max_attempts": 1})
        s3 = boto3.client("s3", endpoint_url=silence, config=impatient)
        with pytest.raises(ServiceUnavailable, match="took too long"), door.translated("s3:ListAllMyBuckets"):
            s3.list_buckets()


class TestBuckets:
    def test_a_bucket_that_is_not_there(self, aws: str) -> None:
        s3 = door.client("s3")
        with (
            pytest.raises(MissingLocation, match="bucket nowhere"),
            door.translated("s3:ListBucket", "s3://nowhere/cur"),
        ):
            s3.list_objects_v2(Bucket="nowhere")

    def test_an_object_that_is_not_there(self, aws: str) -> None:
        s3 = door.client("s3")
        s3.create_bucket(Bucket="bills")
        with (
            pytest.raises(MissingLocation, match="object s3://bills/gone"),
            door.translated("s3:GetObject", "s3://bills/gone"),
        ):
            s3.head_object(Bucket="bills", Key="gone")

    def test_a_bucket_name_that_cannot_be(self, aws: str) -> None:
        s3 = door.client("s3")
        with (
            pytest.raises(UsageError, match="bucket name"),
            door.translated("s3:ListBucket", "s3://two words"),
        ):
            s3.list_objects_v2(Bucket="two words")


class TestAccounts:
    def test_names_of_the_whole_organization(self, aws: str) -> None:
        organizations = door.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        more_than_a_page = range(101)
        for number in more_than_a_page:
            organizations.create_account(AccountName=f"team-{number}", Email=f"t{number}@example.com")
        accounts = door.account_names()
        assert accounts.problem == ""
        assert {f"team-{number}" for number in more_than_a_page} <= set(accounts.names.values())
        assert all(len(account_id) == 12 for account_id in accounts.names)

    def test_an_account_without_an_organization_has_no_names_and_says_so(
        self, credentials: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with CostExplorerDouble() as double:
            double.fail("AWSOrganizationsNotInUseException")
            monkeypatch.setenv("AWS_ENDPOINT_URL_ORGANIZATIONS", double.url)
            accounts = door.account_names()
        assert accounts.names == {}
        assert accounts.problem == "The account is in no organization."

    def test_a_refusal_is_an_answer(self, credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
        with CostExplorerDouble() as double:
            double.fail("AccessDeniedException", times=1)
            monkeypatch.setenv("AWS_ENDPOINT_URL_ORGANIZATIONS", double.url)
            accounts = door.account_names()
        assert accounts.names == {}
        assert "organizations:ListAccounts" in accounts.problem

    def test_names_are_not_worth_failing_for(
        self, credentials: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with CostExplorerDouble() as double:
            double.fail("ServiceException", status=500, times=9)
            monkeypatch.setenv("AWS_ENDPOINT_URL_ORGANIZATIONS", double.url)
            accounts = door.account_names()
        assert accounts.names == {}
        assert "AWS Organizations did not answer" in accounts.problem

    def test_whose_credentials(self, aws: str) -> None:
        identity = door.caller_identity()
        assert identity.account == "123456789012"
        assert identity.arn.startswith("arn:aws:")
