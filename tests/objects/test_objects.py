"""Files in folders and buckets: listed, fetched whole, kept under what they are."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from buckets import opened, put

from aws_cost_anomalies.errors import (
    AccessDenied,
    CredentialsError,
    InvalidArgument,
    MissingLocation,
    ServiceUnavailable,
)
from aws_cost_anomalies.objects import StoredObject


def test_a_folder_lists_its_files_by_path(tmp_path, cache):
    for name in ("b/2.csv", "a.csv", "b/.hidden/x.csv", ".DS_Store"):
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text("x" * 3)
    found = opened(tmp_path / "data", cache).objects()
    assert [(o.key, o.name, o.size) for o in found] == [("a.csv", "a.csv", 3), ("b/2.csv", "2.csv", 3)]
    assert found[1].origin == str(tmp_path / "data" / "b" / "2.csv")


def test_a_file_of_a_folder_is_read_where_it_lies(tmp_path, cache):
    (tmp_path / "a.csv").write_text("x")
    place = opened(tmp_path, cache)
    (file,) = place.objects()
    assert place.fetch(file) == tmp_path / "a.csv"
    assert not cache.exists()


def test_a_single_file_is_a_place_too(tmp_path, cache):
    (tmp_path / "a.csv").write_text("x")
    place = opened(tmp_path / "a.csv", cache)
    (file,) = place.objects()
    assert place.fetch(file) == tmp_path / "a.csv"


def test_a_file_that_changed_after_it_was_listed_is_not_taken(tmp_path, cache):
    (tmp_path / "a.csv").write_text("x")
    place = opened(tmp_path, cache)
    (file,) = place.objects()
    (tmp_path / "a.csv").write_text("xy")
    with pytest.raises(MissingLocation) as told:
        place.fetch(file)
    assert "changed" in told.value.hint
    (tmp_path / "a.csv").unlink()
    with pytest.raises(MissingLocation):
        place.fetch(file)


@pytest.mark.parametrize("text", ["s3://", "s3:///prefix", "https://bucket.example/x"])
def test_a_place_that_is_none_is_refused(cache, text):
    with pytest.raises(InvalidArgument):
        opened(text, cache)


def test_a_folder_that_is_not_there_is_named(tmp_path, cache):
    with pytest.raises(MissingLocation, match="nowhere"):
        opened(tmp_path / "nowhere", cache).objects()


@pytest.mark.parametrize("text", ["s3://bills/exports", "s3://bills/exports/"])
def test_a_prefix_is_a_folder_not_the_beginning_of_a_name(bucket, cache, text):
    for key in ("exports/b/2.csv", "exports/1.csv", "exports-old/1.csv", "exports/empty/"):
        put(bucket, key, b"" if key.endswith("/") else b"abc")
    found = opened(text, cache).objects()
    assert [o.origin for o in found] == ["s3://bills/exports/1.csv", "s3://bills/exports/b/2.csv"]
    assert found[0].size == 3


def test_every_page_of_a_listing_is_read(bucket, cache):
    keys = sorted(f"p/{i:04d}.csv" for i in range(1003))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda key: put(bucket, key, b"x"), keys))
    assert [o.key for o in opened("s3://bills/p", cache).objects()] == keys


def test_an_object_is_fetched_once_and_then_read_from_the_cache(bucket, cache):
    put(bucket, "p/a [1].csv.gz", b"content")
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    path = place.fetch(file)
    assert path.read_bytes() == b"content"
    assert path.name.endswith(".csv.gz")
    assert cache in path.parents
    bucket.delete_object(Bucket="bills", Key=file.key)
    assert opened("s3://bills/p", cache).fetch(file) == path


def test_other_content_under_the_same_name_is_another_file(bucket, cache):
    place = opened("s3://bills/p", cache)
    paths = []
    for content in (b"first", b"other"):
        put(bucket, "p/a.csv", content)
        paths.append(place.fetch(place.objects()[0]))
    assert [path.read_bytes() for path in paths] == [b"first", b"other"]


def test_an_object_that_changed_after_it_was_listed_is_not_taken(bucket, cache):
    put(bucket, "p/a.csv", b"first")
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    put(bucket, "p/a.csv", b"other")
    with pytest.raises(MissingLocation) as told:
        place.fetch(file)
    assert "s3://bills/p/a.csv" in told.value.message
    bucket.delete_object(Bucket="bills", Key=file.key)
    with pytest.raises(MissingLocation):
        place.fetch(file)
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_an_object_of_another_length_is_not_taken(bucket, cache):
    put(bucket, "p/a.csv", b"content")
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    longer = StoredObject(file.key, file.origin, file.etag, file.size + 1)
    with pytest.raises(ServiceUnavailable, match="7 of 8 bytes"):
        place.fetch(longer)
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_an_object_uploaded_in_parts_is_taken(bucket, cache):
    upload = bucket.create_multipart_upload(Bucket="bills", Key="p/a.csv")["UploadId"]
    where = {"Bucket": "bills", "Key": "p/a.csv", "UploadId": upload}
    part = bucket.upload_part(**where, PartNumber=1, Body=b"content")
    done = {"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]}
    bucket.complete_multipart_upload(**where, MultipartUpload=done)
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    assert "-" in file.etag
    assert place.fetch(file).read_bytes() == b"content"


def test_many_may_fetch_at_once(bucket, cache):
    for i in range(12):
        put(bucket, f"p/{i}.csv", str(i).encode() * 1000)
    place = opened("s3://bills/p", cache)
    files = [*place.objects()] * 3
    gate = threading.Barrier(6)

    def fetch(file):
        gate.wait(10)
        return place.fetch(file).read_bytes()

    with ThreadPoolExecutor(6) as pool:
        contents = list(pool.map(fetch, files))
    assert contents == [file.name.partition(".")[0].encode() * 1000 for file in files]


def test_a_bucket_that_is_not_there_is_named(aws, cache):
    with pytest.raises(MissingLocation, match="nowhere"):
        opened("s3://nowhere/p", cache).objects()


def test_without_credentials_it_is_said_that_there_are_none(moto_url, cache, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    with pytest.raises(CredentialsError):
        opened("s3://bills/p", cache).objects()


LISTING = b"""<?xml version="1.0"?><ListBucketResult>
<Contents><Key>p/a.csv</Key><ETag>"1"</ETag><Size>1</Size></Contents></ListBucketResult>"""
DENIAL = b"""<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>"""


class ListsButDenies(BaseHTTPRequestHandler):
    """An S3 that lets anybody list and nobody read."""

    def do_GET(self):
        is_listing = "list-type" in self.path
        self.send_response(200 if is_listing else 403)
        self.end_headers()
        self.wfile.write(LISTING if is_listing else DENIAL)

    def log_message(self, *_):
        pass


@pytest.fixture
def denying(credentials, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), ListsButDenies) as server:
        threading.Thread(target=server.serve_forever).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
        yield
        server.shutdown()


def test_without_permission_the_action_is_named(denying, cache):
    place = opened("s3://bills/p", cache)
    (file,) = place.objects()
    with pytest.raises(AccessDenied) as told:
        place.fetch(file)
    assert told.value.action == "s3:GetObject"
    assert "s3://bills/p/a.csv" in told.value.message
