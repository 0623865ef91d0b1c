"""Large objects of S3: fetched in pieces, held against their ETag, given up whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
import time
from dataclasses import replace

import pytest
from buckets import opened, put

from aws_cost_anomalies.errors import DiskFull, MissingLocation, ServiceUnavailable
from aws_cost_anomalies.objects.pieces import PIECE
from benchmarks.s3_double import S3Double


def upload_in_parts(s3, key, *parts):
    where = {"Bucket": "bills", "Key": key}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    etags = [
        s3.upload_part(**where, PartNumber=number, Body=part)["ETag"]
        for number, part in enumerate(parts, start=1)
    ]
    done = [{"ETag": etag, "PartNumber": number} for number, etag in enumerate(etags, start=1)]
    s3.complete_multipart_upload(**where, MultipartUpload={"Parts": done})


LARGE = bytes(range(256)) * (PIECE // 256 * 2 + 1)


def asked_for(place):
    """Every range that S3 was asked for from now on."""
    ranges = []
    place._s3().meta.events.register(
        "before-parameter-build.s3.GetObject", lambda params, **_: ranges.append(params.get("Range", ""))
    )
    return ranges


def test_a_large_object_comes_in_pieces(bucket, cache):
    put(bucket, "p/a.csv", LARGE)
    put(bucket, "p/b.csv", b"x" * PIECE)
    put(bucket, "p/nothing.csv", b"")
    place = opened("s3://bills/p", cache)
    large, one, nothing = place.objects()
    ranges = asked_for(place)
    assert place.fetch(large).read_bytes() == LARGE
    last = len(LARGE) - 1
    assert sorted(ranges) == [
        f"bytes=0-{PIECE - 1}",
        f"bytes={2 * PIECE}-{last}",
        f"bytes={PIECE}-{2 * PIECE - 1}",
    ]
    ranges.clear()
    assert place.fetch(one).read_bytes() == b"x" * PIECE
    assert place.fetch(nothing).read_bytes() == b""
    assert ranges == ["", ""]


def test_a_large_object_that_changes_between_its_pieces_is_not_taken(bucket, cache):
    put(bucket, "p/a.csv", LARGE)
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    asked = threading.Semaphore(1)

    def overwrite(params, **_):
        if not asked.acquire(blocking=False):
            put(bucket, "p/a.csv", LARGE[::-1])

    place._s3().meta.events.register("before-parameter-build.s3.GetObject", overwrite)
    with pytest.raises(MissingLocation):
        place.fetch(file)
    assert [path for path in cache.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("content", [b"content", LARGE])
def test_what_came_is_held_against_its_etag(bucket, cache, content, monkeypatch):
    """Uploaded at once or in parts: one byte that is another on its way is noticed."""
    put(bucket, "p/at once.csv", content)
    upload_in_parts(bucket, "p/in one.csv", content)
    upload_in_parts(bucket, "p/in parts.csv", b"x" * 5 * 2**20, content)
    upload_in_parts(bucket, "p/in unequal parts.csv", b"x" * 5 * 2**20, b"y" * 6 * 2**20, content)
    place = opened("s3://bills/p", cache)
    files = place.objects()
    assert [file.etag[32:] for file in files] == ["", "-1", "-2", "-3"]
    write = os.pwrite

    def spoilt(descriptor, chunk, position):
        return write(descriptor, bytes([chunk[0] ^ 1]) + chunk[1:], position)

    with monkeypatch.context() as line:
        line.setattr(os, "pwrite", spoilt)
        for file in files:
            with pytest.raises(ServiceUnavailable, match="another checksum"):
                place.fetch(file)
    assert [place.fetch(file).stat().st_size for file in files] == [file.size for file in files]


@pytest.mark.parametrize("content", [b"content", LARGE])
def test_a_disk_that_takes_a_part_of_what_is_written_is_given_the_rest(bucket, cache, content, monkeypatch):
    put(bucket, "p/a.csv", b"x")
    bucket.put_object(Bucket="bills", Key="p/a.csv", Body=content, ServerSideEncryption="aws:kms")
    write = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda to, chunk, at: write(to, chunk[: len(chunk) // 2 + 1], at))
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    assert place.fetch(file).read_bytes() == content


def test_a_full_disk_is_told_and_leaves_nothing(bucket, cache, monkeypatch):
    put(bucket, "p/a.csv", LARGE)
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    write = os.pwrite

    def full(to, chunk, at):
        if at > PIECE:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(to, chunk, at)

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(DiskFull):
        place.fetch(file)
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_nothing_is_written_once_a_fetch_has_failed(bucket, cache, monkeypatch):
    """The system may give the number of the closed file to another."""
    put(bucket, "p/a.csv", LARGE)
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    streams = place._pieces._streams
    submit, written = streams.submit, []
    write = os.pwrite

    def slowly(to, chunk, at):
        written.append(at)
        time.sleep(0.05)
        return write(to, chunk, at)

    def until_two(*args):
        if len(submitted) == 2:
            raise RuntimeError("can't start new thread")
        submitted.append(args)
        return submit(*args)

    submitted = []
    monkeypatch.setattr(os, "pwrite", slowly)
    monkeypatch.setattr(streams, "submit", until_two)
    with pytest.raises(RuntimeError):
        place.fetch(file)
    so_far = len(written)
    time.sleep(0.5)
    assert (len(submitted), len(written)) == (2, so_far)


@pytest.fixture
def other_service(credentials, tmp_path, monkeypatch):
    """A service that speaks S3, as far as it goes: it knows no HEAD."""
    (tmp_path / "served/p").mkdir(parents=True)
    (tmp_path / "served/p/a.csv").write_bytes(LARGE)
    with S3Double(tmp_path / "served") as double:
        for name, value in double.environment.items():
            monkeypatch.setenv(name, value)
        yield double


def test_a_service_that_knows_no_ranges_sends_all_of_it(other_service, cache):
    other_service.knows_ranges = False
    place = opened("s3://bucket/p", cache)
    (file,) = place.objects()
    assert place.fetch(file).read_bytes() == LARGE


def test_a_service_that_cannot_say_of_which_parts_an_etag_is_made_is_believed(other_service, cache):
    other_service.etags = {key: f"{etag}-2" for key, etag in other_service.etags.items()}
    place = opened("s3://bucket/p", cache)
    (file,) = place.objects()
    assert place.fetch(file).read_bytes() == LARGE


def test_an_etag_of_another_making_is_believed(other_service, cache):
    other_service.etags = dict.fromkeys(other_service.etags, "version 7")
    place = opened("s3://bucket/p", cache)
    (file,) = place.objects()
    assert place.fetch(file).read_bytes() == LARGE


@pytest.mark.parametrize("size", [6, PIECE + 1])
def test_more_than_was_listed_is_not_taken(other_service, cache, size):
    """By a service that does not compare ETags."""
    place = opened("s3://bucket/p", cache)
    (file,) = place.objects()
    listed = replace(file, size=size)
    with pytest.raises(ServiceUnavailable, match="bytes|checksum"):
        place.fetch(listed)


def test_an_etag_made_with_a_key_tells_no_checksum(bucket, cache):
    put(bucket, "p/a.csv", b"other")
    bucket.put_object(Bucket="bills", Key="p/a.csv", Body=b"content", ServerSideEncryption="aws:kms")
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    assert place.fetch(file).read_bytes() == b"content"


@pytest.mark.parametrize("content", [b"content" * 9, LARGE], ids=["small", "in pieces"])
@pytest.mark.parametrize("spoils", [lambda body: body[: len(body) // 2], lambda body: b"~" + body[1:]])
@pytest.mark.parametrize("times", [1, 99])
def test_what_breaks_off_or_is_spoilt_on_its_way_is_asked_for_again(
    other_service, cache, content, spoils, times
):
    other_service.objects["p/a.csv"].write_bytes(content)
    other_service.etags["p/a.csv"] = hashlib.md5(content).hexdigest()
    left = threading.Semaphore(times)
    other_service.spoil = lambda body: spoils(body) if body and left.acquire(blocking=False) else body
    place = opened("s3://bucket/p", cache)
    (file,) = place.objects()
    if times == 1:
        assert place.fetch(file).read_bytes() == content
    else:
        with pytest.raises(ServiceUnavailable, match="broke off|bytes|checksum"):
            place.fetch(file)
