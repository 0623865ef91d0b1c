"""A lease on work that only one may do at a time, over all machines: a file in S3 says who, and until when.

It saves work that would be in vain; what keeps two writers apart for good is that a shared file is replaced
only by who has seen its last version. The file stays when the work is done: it then names nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from aws_cost_anomalies.errors import StoreBusy
from aws_cost_anomalies.objects.shared_file import SharedFile


@contextmanager
def lease(file: SharedFile, holder: str, *, now: datetime, until: datetime) -> Iterator[None]:
    """Be the only holder meanwhile.

    A lease that has run out is taken over, and so is one of the same holder: whoever asks again in its name
    does so because the first one has ended.

    Args:
        file: the lease.
        holder: who asks, unlike anybody else.
        now: aware.
        until: when it runs out, should its holder never end it.

    Raises:
        StoreBusy: somebody else holds it.
    """
    held = _held(file)
    if held is not None and held["holder"] != holder and now < datetime.fromisoformat(held["until"]):
        raise StoreBusy(file.url, held["holder"], datetime.fromisoformat(held["since"]))
    file.replace(_written(holder, since=now, until=until))
    try:
        yield
    finally:
        with suppress(StoreBusy):  # it ran out, and is somebody else's by now
            file.replace(_written("", since=now, until=now))


def _held(file: SharedFile) -> dict[str, str] | None:
    """Who holds it; None when nobody ever did, or nobody can tell."""
    content = file.read()
    try:
        found = json.loads(content or b"{}")
        datetime.fromisoformat(found["until"]), datetime.fromisoformat(found["since"])
        return {**found, "holder": str(found["holder"])}
    except (ValueError, KeyError, TypeError):
        return None


def _written(holder: str, *, since: datetime, until: datetime) -> bytes:
    return json.dumps({"holder": holder, "since": since.isoformat(), "until": until.isoformat()}).encode()
