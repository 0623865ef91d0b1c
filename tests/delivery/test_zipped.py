"""ZIP files of legacy reports, from a folder and a bucket: read as what is in them, or refused."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import boto3
import pytest
from buckets import BUCKET, opened, put

from aws_cost_anomalies.delivery.zipped import HARMLESS, Unzipped
from aws_cost_anomalies.errors import BadBill, MissingLocation
from aws_cost_anomalies.objects import StoredObject

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

BILL = b"lineItem/UnblendedCost\n" + b"".join(b"%d.25\n" % n for n in range(200_000))
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]


def a_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return content.getvalue()


WHOLE = a_zip({"hourly-1.csv": BILL})


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def s3(aws: str) -> S3Client:
    assert aws
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    return client


def place(where: object, cache: Path) -> Unzipped:
    return Unzipped(opened(where, cache), cache / "objects")


def laid(folder: Path, content: bytes) -> Path:
    """The bytes as the one ZIP of a folder, which is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hourly-1.csv.zip").write_bytes(content)
    return folder


def only(location: Unzipped) -> StoredObject:
    (found,) = location.objects()
    return found


def refusal(tmp_path: Path, content: bytes) -> BadBill:
    location = place(laid(tmp_path / "bills", content), tmp_path / "cache")
    with pytest.raises(BadBill) as refused:
        location.fetch(only(location))
    assert files(tmp_path / "cache") == []
    assert str(tmp_path / "bills" / "hourly-1.csv.zip") in refused.value.message
    return refused.value


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("method", METHODS)
def test_what_is_in_it_is_kept_in_the_cache_and_the_zip_stays(
    tmp_path: Path, cache: Path, method: int
) -> None:
    folder = laid(tmp_path / "bills", a_zip({"hourly-1.csv": BILL}, method))
    location = place(folder, cache)
    path = location.fetch(only(location))
    assert files(cache) == [path]
    assert path.name.endswith("-hourly-1.csv.gz")
    assert gzip.decompress(path.read_bytes()) == BILL
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [each.name for each in folder.iterdir()] == ["hourly-1.csv.zip"]


def test_it_is_unpacked_once_for_each_etag(tmp_path: Path, cache: Path) -> None:
    location = place(laid(tmp_path / "bills", WHOLE), cache)
    first = location.fetch(only(location))
    written = first.stat().st_mtime_ns
    assert location.fetch(only(location)) == first
    assert first.stat().st_mtime_ns == written
    laid(tmp_path / "bills", a_zip({"hourly-1.csv": b"a\n1\n"}))
    second = location.fetch(only(location))
    assert second != first
    assert gzip.decompress(second.read_bytes()) == b"a\n1\n"


def test_two_of_one_name_are_two(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name in ("one", "two"):
        laid(tmp_path / name, a_zip({"x.csv": name.encode()}))
        (tmp_path / name / "hourly-1.csv.zip").touch()
        monkeypatch.chdir(tmp_path / name)
        location = place(".", cache)
        wanted = only(location)
        found.append(location.fetch(wanted))
    assert [gzip.decompress(path.read_bytes()) for path in found] == [b"one", b"two"]


def test_of_a_bucket_the_zip_is_not_kept_beside_what_was_in_it(s3: S3Client, cache: Path) -> None:
    put(s3, "reports/hourly-1.csv.zip", WHOLE)
    location = place(f"s3://{BUCKET}/reports", cache)
    wanted = only(location)
    path = location.fetch(wanted)
    assert files(cache) == [path]
    assert gzip.decompress(path.read_bytes()) == BILL
    s3.delete_object(Bucket=BUCKET, Key="reports/hourly-1.csv.zip")
    assert location.fetch(wanted) == path  # and it is not asked for again


def test_what_is_no_zip_is_fetched_as_it_is(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "bills").mkdir()
    (tmp_path / "bills" / "a.csv").write_bytes(WHOLE)
    location = place(tmp_path / "bills", cache)
    assert location.fetch(only(location)) == tmp_path / "bills" / "a.csv"


def test_one_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, cache: Path) -> None:
    location = place(laid(tmp_path / "bills", WHOLE), cache)
    wanted = only(location)

    class Meanwhile(Event):
        """Asked on the way whether the file is still wanted; somebody writes to it then."""

        def is_set(self) -> bool:
            laid(tmp_path / "bills", WHOLE + b"more")
            return False

    with pytest.raises(MissingLocation, match="hourly-1.csv.zip"):
        location.fetch(wanted, Meanwhile())
    assert files(cache) == []


def test_one_that_is_given_up_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    location = place(laid(tmp_path / "bills", WHOLE), cache)
    given_up = Event()
    given_up.set()
    with pytest.raises(CancelledError):
        location.fetch(only(location), given_up)
    assert files(cache) == []


@pytest.mark.parametrize(
    "name", ["../../out.csv", "/etc/out.csv", "a/b/hourly-1.csv", "..\\out.csv", "x\0.csv"]
)
def test_the_name_inside_is_no_path(tmp_path: Path, cache: Path, name: str) -> None:
    packed = a_zip({name.replace("\0", "0"): BILL}).replace(b"x0.csv", b"x\0.csv")
    location = place(laid(tmp_path / "bills", packed), cache)
    if "\0" in name:  # zipfile ends a name there, and then it is no .csv
        with pytest.raises(BadBill):
            location.fetch(only(location))
        return
    path = location.fetch(only(location))
    assert set(files(tmp_path)) == {path, tmp_path / "bills" / "hourly-1.csv.zip"}


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({}, "a ZIP of 0 files"),
        ({"a.csv": b"1", "b.csv": b"2"}, "a ZIP of 2 files"),
        ({"a.parquet": b"1"}, "no .csv file"),
        ({"a.csv.zip": WHOLE}, "no .csv file"),
    ],
)
def test_it_holds_one_csv_file_or_is_refused(tmp_path: Path, members: dict[str, bytes], problem: str) -> None:
    assert problem in refusal(tmp_path, a_zip(members)).message


def test_a_folder_inside_is_no_file(tmp_path: Path, cache: Path) -> None:
    location = place(laid(tmp_path / "bills", a_zip({"20261001-20261101/": b"", "a.csv": BILL})), cache)
    assert gzip.decompress(location.fetch(only(location)).read_bytes()) == BILL


@pytest.mark.parametrize("name", ["__MACOSX/._hourly-1.csv", "._hourly-1.csv", "a/.DS_Store"])
def test_what_a_mac_packs_beside_it_is_left_out_as_in_a_folder(
    tmp_path: Path, cache: Path, name: str
) -> None:
    location = place(laid(tmp_path / "bills", a_zip({name: b"\0\5\26\7", "hourly-1.csv": BILL})), cache)
    assert gzip.decompress(location.fetch(only(location)).read_bytes()) == BILL
    assert "a ZIP of 0 files" in refusal(tmp_path / "alone", a_zip({name: b"\0"})).message


def test_one_without_a_name_is_refused_and_is_no_bug(tmp_path: Path) -> None:
    nameless = a_zip({"0.csv": BILL}).replace(b"0.csv", b"\0.csv")  # zipfile ends a name there
    assert "a ZIP of 0 files" in refusal(tmp_path, nameless).message


def test_an_encrypted_one_is_refused(tmp_path: Path) -> None:
    refused = refusal(tmp_path, changed(WHOLE, local=6, central=8, value=struct.pack("<H", 1)))
    assert "it is encrypted" in refused.message
    assert "password" in refused.hint


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_memory_has_no_bound_are_refused(tmp_path: Path, method: int) -> None:
    assert "packed by a method" in refusal(tmp_path, a_zip({"a.csv": BILL}, method)).message


def changed(content: bytes, *, local: int, central: int, value: bytes) -> bytes:
    """A ZIP of one member with other bytes at these places of its two headers."""
    there = bytearray(content)
    start = content.index(b"PK\1\2")
    there[local : local + len(value)] = value
    there[start + central : start + central + len(value)] = value
    return bytes(there)


def test_a_lie_about_its_length_is_refused(tmp_path: Path) -> None:
    shorter = changed(WHOLE, local=22, central=24, value=struct.pack("<L", len(BILL) - 1))
    longer = changed(WHOLE, local=22, central=24, value=struct.pack("<L", len(BILL) + 1))
    assert "cut short or garbled" in refusal(tmp_path, shorter).message
    assert f"of {len(BILL) + 1:,} bytes are there" in refusal(tmp_path, longer).message


def test_another_checksum_is_refused(tmp_path: Path) -> None:
    assert "CRC" in refusal(tmp_path, changed(WHOLE, local=14, central=16, value=b"\1\2\3\4")).message


def test_more_than_bills_ever_hold_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = changed(WHOLE, local=22, central=24, value=struct.pack("<L", 2 * HARMLESS))
    assert "it claims to hold 2,147,483,648 bytes in" in refusal(tmp_path, bomb).message


@pytest.mark.parametrize("content", [b"", b"PK", b"lineItem/UnblendedCost\n1\n", WHOLE[:-30], WHOLE[200:]])
def test_what_is_no_whole_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "cut short or garbled" in refusal(tmp_path, content).message


def test_garbled_bytes_are_refused_and_are_no_bug(tmp_path: Path, cache: Path) -> None:
    numbers = random.Random(7)  # noqa: S311 - which bytes are garbled
    small = a_zip({"a.csv": BILL[:2000]})
    for _ in range(400):
        there = bytearray(small)
        for _ in range(numbers.choice((1, 2, 8))):
            there[numbers.randrange(len(there))] = numbers.randrange(256)
        location = place(laid(tmp_path / "bills", bytes(there)), cache)
        wanted = only(location)
        try:
            kept = location.fetch(wanted)
        except BadBill:
            assert files(cache) == []
        else:
            assert gzip.decompress(kept.read_bytes()) == BILL[:2000]
            kept.unlink()
