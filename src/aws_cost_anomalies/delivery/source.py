"""A source whose bills are exported files: fetches what changed and says what it could not take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from aws_cost_anomalies.delivery.deliveries import deliveries
from aws_cost_anomalies.delivery.delivery import Delivery
from aws_cost_anomalies.delivery.layout import is_zip
from aws_cost_anomalies.delivery.zipped import Unzipped
from aws_cost_anomalies.errors import BadBill, DeliveryInProgress, MissingLocation, NoData, PartialResult
from aws_cost_anomalies.model.bill import FetchRequest, FocusMapping, Plan, RawBill, RawFile
from aws_cost_anomalies.objects import StoredObject, open_location

DOWNLOADS = 8
"""Files fetched at once."""
AHEAD = 3
"""Bills on their way while one is worked on: the line is in use while a large one is added up."""
PART = 1 << 27
"""Bytes worth adding up before the rest of a bill is here; each time costs as much as these, beside them."""
MOMENT = 0.2
"""Seconds in which files that are on this disk already, or nearly, are all here."""
_Fetched = Future[Path]


@dataclass(frozen=True, slots=True)
class ExportKind:
    """What exports are: cur, focus or sample, and how their columns are read."""

    data_source: str
    mapping: FocusMapping


class ExportSource:
    """Exports of one kind below one place, a folder or `s3://bucket/prefix`.

    Attributes:
        data_source: cur, focus or sample.
        skipped: (export, billing period) that the last fetch found unchanged.
        problems: (export, billing period, why) that the last fetch could not take.
    """

    paid_requests = 0

    def __init__(  # noqa: PLR0913 - one for each setting of an export
        self,
        location: str,
        *,
        kind: ExportKind,
        report_name: str | None = None,
        cache_dir: Path,
        profile: str | None = None,
        region: str | None = None,
        stays: tuple[str, ...] = (),
    ) -> None:
        """Ask nothing of the place yet.

        Args:
            location: a folder, or `s3://bucket/prefix`.
            kind: what exports there are.
            report_name: of the one wanted; None means every one.
            cache_dir: where files of a bucket, and what was in a ZIP, are kept on this disk.
            profile: of the AWS configuration; None means the standard chain.
            region: of the bucket; None means the configured one.
            stays: how the names of files end that stay in a bucket, for an engine that reads them there.

        Raises:
            InvalidArgument: the location is none.
        """
        self.data_source = kind.data_source
        self.mapping = kind.mapping
        self.skipped: list[tuple[str, str]] = []
        self.problems: list[tuple[str, str, PartialResult]] = []
        self._where = location
        self._report_name = report_name
        place = open_location(location, cache_dir=cache_dir, profile=profile, region=region)
        self._location = Unzipped(place, cache_dir / "objects")
        self._stays = stays if location.startswith("s3://") else ()

    def plan(self, request: FetchRequest) -> Plan:
        """Free: exports are files."""
        which = "every bill" if request.full_refresh else "the bills that changed"
        return Plan(steps=(f"Look through {self._where} and take {which}.",))

    def fetch(self, request: FetchRequest) -> Iterator[RawBill]:
        """The bills wanted, raw files on this disk; the next ones are on their way while one is worked on.

        A bill that cannot be taken is left to `problems` and does not stop the others. Beginnings come of
        those whose files come one after another, where the request wants them.

        Raises:
            NoData: no export is there, or none of the days asked for.
            MissingLocation, WrongRegion, AccessDenied, CredentialsError: the place cannot be read.
        """
        self.skipped, self.problems = [], []
        with ThreadPoolExecutor(DOWNLOADS) as pool:
            coming: deque[tuple[Delivery, list[_Fetched]]] = deque()
            given_up = Event()
            try:
                for delivery in self._wanted(request):
                    files = [pool.submit(self._taken, file, given_up) for file in delivery.files]
                    coming.append((delivery, files))
                    if len(coming) > AHEAD:
                        yield from self._received(*coming.popleft(), in_parts=request.in_parts)
                while coming:
                    yield from self._received(*coming.popleft(), in_parts=request.in_parts)
            finally:
                given_up.set()
                pool.shutdown(cancel_futures=True)

    def _taken(self, file: StoredObject, given_up: Event) -> Path:
        """Where the file is from now on: on this disk, or at its origin, where a path leads to nothing."""
        if file.origin.endswith(self._stays):
            if is_zip(file.key):
                hint = "Have the report delivered as Parquet or GZIP, or unset `engine.read_in_place`."
                raise BadBill(file.origin, "it is a ZIP, which no engine reads where it lies", hint)
            return Path(file.origin)
        return self._location.fetch(file, given_up)

    def _wanted(self, request: FetchRequest) -> Iterator[Delivery]:
        months = []
        is_any = False
        for delivery in deliveries(self._location, self._where, self._report_name):
            months.append(delivery.billing_period)
            if not _is_asked(delivery, request):
                continue
            is_any = True
            key = delivery.export, delivery.billing_period
            if delivery.problem is not None:
                self.problems.append((*key, delivery.problem))
            elif request.known.get(key) == delivery.version and not request.full_refresh:
                self.skipped.append(key)
            else:
                yield delivery
        if not is_any:
            there = ", ".join(sorted(set(months)))
            raise NoData(
                f"of {request.period} below {self._where}", f"Billing periods that are there: {there}."
            )

    def _received(
        self, delivery: Delivery, coming: Sequence[_Fetched], *, in_parts: bool
    ) -> Iterator[RawBill]:
        """The bill with its files, after its beginnings; none when one of them cannot be had."""
        key = delivery.export, delivery.billing_period
        if in_parts:
            yield from self._beginnings(delivery, coming)
        try:
            files = [
                _raw_file(file, path.result()) for file, path in zip(delivery.files, coming, strict=True)
            ]
        except MissingLocation:
            missing = next(f for f, path in zip(delivery.files, coming, strict=True) if path.exception())
            self.problems.append((*key, DeliveryInProgress(" ".join(key), missing.origin)))
        except PartialResult as problem:
            self.problems.append((*key, problem))
        else:
            yield self._bill(delivery, files)

    def _beginnings(self, delivery: Delivery, coming: Sequence[_Fetched]) -> Iterator[RawBill]:
        """What is here of a bill, each time that as much has come since as is still to come, or more.

        Few times, since each costs something, and little is left to add up when the last file is here.
        """
        wait(coming, timeout=MOMENT)
        waiting = dict(zip(coming, delivery.files, strict=True))
        here: list[RawFile] = []
        new = 0
        while waiting:
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                if done.exception():
                    return
                file = waiting.pop(done)
                here.append(_raw_file(file, done.result()))
                new += file.size
            to_come = sum(file.size for file in waiting.values())
            if waiting and new >= max(PART, to_come):
                yield self._bill(delivery, here, awaits=len(waiting))
                new = 0

    def _bill(self, delivery: Delivery, files: Sequence[RawFile], *, awaits: int = 0) -> RawBill:
        return RawBill(
            data_source=self.data_source,
            export=delivery.export,
            period=delivery.period,
            billing_period=delivery.billing_period,
            version=delivery.version,
            files=tuple(files),
            format=delivery.format,
            mapping=self.mapping,
            execution=delivery.execution,
            manifest_etag=delivery.manifest_etag,
            left_out=delivery.left_out,
            awaits=awaits,
        )


def _is_asked(delivery: Delivery, request: FetchRequest) -> bool:
    asked, offered = request.period, delivery.period
    return asked is None or (offered.start < asked.end and asked.start < offered.end)


def _raw_file(file: StoredObject, path: Path) -> RawFile:
    size = path.stat().st_size if is_zip(file.key) else file.size
    return RawFile(path=path.absolute(), origin=file.origin, etag=file.etag, size=size)
