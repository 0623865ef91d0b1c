"""Verdicts kept from one question to the next: the same costs are judged once by the same detector.

`anomalies` and `alert` judge what `explain` is asked of next. Verdicts are kept under what they were made of:
the costs, the detector, this program. So none can be out of date. Knows panels, flags and a folder; knows no
store, and not how a detector thinks.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies import private
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.ports import Detector

MOST_CELLS = 1_000_000
"""Verdicts on more days of scopes than these are made again: a file of these has 34 MB."""
MOST_KEPT = 12
"""A question has one file for each level of each monitor; the oldest of more are thrown away."""
MADE_BY = ("analysis", "detectors", "model")
"""Rooms whose files, as they are, a verdict comes from."""
MADE_OF = ("*.py", "*.json")
"""Code, and what was learned."""
BEFORE = "before"
"""In a file: how many days before its first one were not judged."""
_DIGEST = hashlib.sha256
_DIGEST_SIZE = _DIGEST().digest_size


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Those kept in a folder that nobody depends on: what cannot be read or written there is judged again."""

    folder: Path

    def of(self, panel: Panel, detector: Detector) -> Flags:
        """The verdicts of a detector on a panel."""
        scopes, days = panel.costs.shape
        if scopes * min(days, getattr(detector, "last", None) or days) > MOST_CELLS:
            return detector.detect(panel)
        path = self.folder / _name(panel, detector)
        with suppress(OSError):
            content = path.read_bytes()
            digest, arrays = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
            if _DIGEST(arrays).digest() == digest:
                return _flags(arrays)
        flags = detector.detect(panel)
        with suppress(OSError):
            self._keep(path, _arrays(flags))
        return flags

    def _keep(self, path: Path, arrays: bytes) -> None:
        """Put a file in its place whole, since another process may do so now; raises OSError."""
        private.make_folder(self.folder)
        handle, draft = tempfile.mkstemp(dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_DIGEST(arrays).digest())
                file.write(arrays)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
        oldest_first = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for superfluous in oldest_first[:-MOST_KEPT]:
            superfluous.unlink(missing_ok=True)


def _name(panel: Panel, detector: Detector) -> str:
    """What the verdicts are made of, in a word."""
    name = _DIGEST(repr((_program(), detector, panel.period, panel.costs.shape)).encode())
    for array in (panel.costs, panel.settled):
        name.update(np.ascontiguousarray(array).tobytes())
    return name.hexdigest()


@cache
def _program() -> str:
    """This program and numpy, told from any others, which might judge differently."""
    name = _DIGEST(np.__version__.encode())
    here = Path(__file__).parent
    rooms = [here / room for room in MADE_BY]
    for file in sorted(file for room in rooms for kind in MADE_OF for file in room.glob(kind)):
        name.update(file.read_bytes())
    return name.hexdigest()


def _arrays(flags: Flags) -> bytes:
    """The verdicts as a file: from the first day on that was judged."""
    judged = (~np.isnan(flags.expected) | (flags.mark != 0)).any(axis=0)
    first = int(judged.argmax()) if judged.any() else 0
    there: dict[str, Any] = {name: getattr(flags, name) for name in Flags.__slots__}
    kept = {name: array[:, first:] for name, array in there.items() if array is not None}
    kept[BEFORE] = first
    content = io.BytesIO()
    np.savez(content, **kept)
    return content.getvalue()


def _flags(arrays: bytes) -> Flags:
    with np.load(io.BytesIO(arrays)) as found:
        before = int(found[BEFORE])
        return Flags(**{name: _behind(before, found[name]) for name in found.files if name != BEFORE})


def _behind(days: int, array: NDArray[Any]) -> NDArray[Any]:
    """An array behind so many days without a verdict."""
    nothing = np.nan if array.dtype.kind == "f" else 0
    return np.pad(array, ((0, 0), (days, 0)), constant_values=nothing)
