"""Exports as AWS delivers them: a manifest for each billing period says which files are the bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aws_cost_anomalies.delivery.delivery import Delivery
from aws_cost_anomalies.delivery.layout import ManifestPath, manifest_of, manifest_path
from aws_cost_anomalies.delivery.manifest import Manifest, read_manifest
from aws_cost_anomalies.errors import BadBill, DeliveryInProgress, MissingLocation, PartialResult, UsageError
from aws_cost_anomalies.objects import Location, StoredObject


@dataclass(frozen=True, slots=True)
class FoundManifest:
    """A manifest, and what its path says."""

    path: ManifestPath
    file: StoredObject


def current_manifests(objects: Sequence[StoredObject]) -> list[FoundManifest]:
    """The one manifest of each export and month that is in force, by export, then month.

    Raises:
        UsageError: two exports go by one name.
    """
    paths = ((manifest_path(file.key), file) for file in objects)
    return _in_force(FoundManifest(path, file) for path, file in paths if path is not None)


def copied_manifests(location: Location, objects: Sequence[StoredObject]) -> list[FoundManifest]:
    """The same of a copy of one month's folder: the path names no month, so each manifest is asked for it.

    What is no manifest of a month after all is left out.

    Raises:
        UsageError: two exports go by one name.
        MissingLocation: one has gone since the place was listed.
    """
    found = []
    for file in objects:
        if not file.name.lower().endswith("-manifest.json"):
            continue
        try:
            manifest = read_manifest(location.fetch(file).read_bytes(), file.origin)
        except BadBill:
            continue
        path = manifest_of(file.key, manifest.month, manifest.execution) if manifest.month else None
        if path is not None:
            found.append(FoundManifest(path, file))
    return _in_force(found)


def _in_force(manifests: Iterable[FoundManifest]) -> list[FoundManifest]:
    """One for each export and month. Raises: UsageError."""
    chosen: dict[tuple[str, str], FoundManifest] = {}
    for found in manifests:
        path, key = found.path, (found.path.export, str(found.path.month))
        other = chosen.get(key)
        if other and other.path.folder != path.folder:
            raise UsageError(
                f"Two exports are called {path.export}: {other.file.origin} and {found.file.origin}.",
                "Point --path or the prefix at one of them; keep a store for each (`database.path`).",
            )
        if other is None or _rank(found) > _rank(other):
            chosen[key] = found
    return [chosen[key] for key in sorted(chosen)]


def read_deliveries(
    location: Location, objects: Sequence[StoredObject], manifests: Sequence[FoundManifest]
) -> Iterator[Delivery]:
    """What each manifest delivers; one that cannot be taken carries its problem."""
    for found in manifests:
        delivery = Delivery(found.path.export, str(found.path.month))
        try:
            manifest = read_manifest(location.fetch(found.file).read_bytes(), found.file.origin)
            files = _files(manifest, objects, found)
        except MissingLocation:
            yield _failed(delivery, DeliveryInProgress(delivery.billing_period, found.file.origin))
        except PartialResult as problem:
            yield _failed(delivery, problem)
        else:
            yield replace(delivery, execution=manifest.execution, manifest_etag=found.file.etag).with_files(
                files
            )


def _failed(delivery: Delivery, problem: PartialResult) -> Delivery:
    return Delivery(delivery.export, delivery.billing_period, problem=problem)


def _rank(found: FoundManifest) -> tuple[bool, str]:
    """The manifest that is kept current, else that of the latest delivery: its folder begins with a time."""
    return not found.path.execution, found.path.execution


def _files(manifest: Manifest, objects: Sequence[StoredObject], found: FoundManifest) -> list[StoredObject]:
    """The files a manifest names. Raises: DeliveryInProgress."""
    by_key = {file.key: file for file in objects}
    by_name: dict[str, list[StoredObject]] = {}
    for file in objects:
        by_name.setdefault(file.name, []).append(file)
    files: dict[StoredObject, None] = {}
    for key in dict.fromkeys(manifest.keys):
        named = by_key.get(key) or _copied(key, by_name.get(key.rpartition("/")[2], ()))
        if named is None or named in files:  # two names and one file: the other one is missing
            raise DeliveryInProgress(f"{found.path.export} {found.path.month}", key)
        files[named] = None
    return list(files)


def _copied(key: str, alike: Sequence[StoredObject]) -> StoredObject | None:
    """The file of a copy of the bucket, or of a part of it: one path ends as the other does."""
    ending = [f for f in alike if f"/{key}".endswith(f"/{f.key}") or f"/{f.key}".endswith(f"/{key}")]
    return ending[0] if len(ending) == 1 else None
