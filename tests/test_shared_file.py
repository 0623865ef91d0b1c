"""Files in S3 that several write: nobody overwrites what he has not seen; a lease names its holder."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from lossy_proxy import LossyProxy

from aws_cost_anomalies.errors import InvalidArgument, MissingLocation, StoreBusy
from aws_cost_anomalies.objects import SharedFile, lease

URL = "s3://costs/daily/costs.duckdb"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=15)


@pytest.fixture
def bucket(aws: str) -> str:
    boto3.client("s3").create_bucket(Bucket="costs")
    return aws


@pytest.mark.usefixtures("bucket")
class TestSharedFile:
    def test_it_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        SharedFile(URL).replace(io.BytesIO(b"one"))
        other = SharedFile(URL)
        assert other.read() == b"one"
        assert other.fetch(tmp_path / "copy")
        assert (tmp_path / "copy").read_bytes() == b"one"
        assert [path.name for path in tmp_path.iterdir()] == ["copy"]

    def test_what_is_not_there_is_not_fetched(self, tmp_path: Path) -> None:
        assert SharedFile(URL).read() is None
        assert not SharedFile(URL).fetch(tmp_path / "copy")
        assert list(tmp_path.iterdir()) == []

    def test_the_first_one_wins(self) -> None:
        first, second = SharedFile(URL), SharedFile(URL)
        first.replace(b"first")
        with pytest.raises(StoreBusy, match="another process since 20"):
            second.replace(b"second")
        assert SharedFile(URL).read() == b"first"

    def test_who_has_not_seen_the_last_version_is_refused(self) -> None:
        first, second = SharedFile(URL), SharedFile(URL)
        first.replace(b"1")
        assert second.read() == b"1"
        second.replace(b"2")
        second.replace(b"3")
        with pytest.raises(StoreBusy):
            first.replace(b"4")
        assert first.read() == b"3"
        first.replace(b"5")

    def test_a_write_whose_answer_was_lost_is_ones_own(
        self, bucket: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with LossyProxy(bucket, loses=1) as proxy:
            monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.url)
            file = SharedFile(URL)
            file.replace(b"1")
            proxy.loses = 2
            file.replace(b"2")
            assert proxy.lost == 2
            assert file.read() == b"2"

    def test_a_bucket_that_is_not_there(self) -> None:
        with pytest.raises(MissingLocation, match="bucket nowhere"):
            SharedFile("s3://nowhere/costs.duckdb").replace(b"1")


@pytest.mark.parametrize("url", ["costs/daily", "s3://costs", "s3:///daily", "https://costs/daily"])
def test_a_place_that_is_none(url: str) -> None:
    with pytest.raises(InvalidArgument, match="s3://bucket/key"):
        SharedFile(url)


@pytest.mark.usefixtures("bucket")
class TestLease:
    def test_one_at_a_time(self) -> None:
        with lease(SharedFile(URL), "a", now=NOON, until=LATER):
            asked = lease(SharedFile(URL), "b", now=NOON, until=LATER)
            with pytest.raises(StoreBusy, match="written by a since 2026-11-22 12:00:00"), asked:
                pass
        with lease(SharedFile(URL), "b", now=NOON, until=LATER):
            pass

    def test_it_is_over_when_the_work_failed(self) -> None:
        with pytest.raises(ZeroDivisionError), lease(SharedFile(URL), "a", now=NOON, until=LATER):
            raise ZeroDivisionError
        with lease(SharedFile(URL), "b", now=NOON, until=LATER):
            pass

    @pytest.mark.parametrize(("holder", "now"), [("a", NOON), ("b", LATER)])
    def test_whoever_died_is_succeeded_by_himself_or_in_time(self, holder: str, now: datetime) -> None:
        died = lease(SharedFile(URL), "a", now=NOON, until=LATER)
        died.__enter__()
        with lease(SharedFile(URL), holder, now=now, until=now + timedelta(minutes=15)):
            assert json.loads(SharedFile(URL).read() or b"")["holder"] == holder

    def test_who_overstayed_does_not_end_the_lease_of_the_next(self) -> None:
        with lease(SharedFile(URL), "a", now=NOON, until=LATER):
            following = lease(SharedFile(URL), "b", now=LATER, until=LATER + timedelta(minutes=15))
            following.__enter__()
        assert json.loads(SharedFile(URL).read() or b"")["holder"] == "b"

    @pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"holder": "a", "until": "noon"}'])
    def test_what_nobody_can_read_holds_nobody_up(self, content: bytes) -> None:
        boto3.client("s3").put_object(Bucket="costs", Key="daily/costs.duckdb", Body=content)
        with lease(SharedFile(URL), "a", now=NOON, until=LATER):
            pass
