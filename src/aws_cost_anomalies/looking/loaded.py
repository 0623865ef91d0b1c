"""The bill as it is loaded, on one day, and what tells it from every other state of it.

Knows the load records; asks nothing of the charges.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store


class Loaded:
    """What looks at the bill look at. Safe to share between threads.

    Attributes:
        settings: as App's; store and as_of likewise.
    """

    def __init__(self, settings: Settings, store: Store, *, as_of: date) -> None:
        """Read nothing yet."""
        self.settings = settings
        self.store = store
        self.as_of = as_of
        self._charges: Kept[str] = Kept(4)

    def charges(self) -> str:
        """What tells the charges loaded now from those of every other time."""
        return self._charges.get(self.store.version(), self._loads)

    def _loads(self) -> str:
        loads = [
            (
                load.data_source,
                load.export,
                load.billing_period,
                load.version,
                load.loaded_at.isoformat(),
                load.rows,
            )
            for load in self.store.loads()
        ]
        return sha256(repr(sorted(loads)).encode()).hexdigest()
