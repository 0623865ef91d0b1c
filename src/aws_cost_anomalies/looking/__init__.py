"""What a page looks at again and again, over one store on one day."""

from __future__ import annotations

from datetime import date

from aws_cost_anomalies.looking.exploring import Exploring
from aws_cost_anomalies.looking.findings import Watching
from aws_cost_anomalies.looking.loaded import Loaded
from aws_cost_anomalies.looking.tuning import Tuning
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store


class Looking:
    """Answers kept from question to question for as long as the charges stay the same.

    Attributes:
        watching: what is odd.
        exploring: the bill over time.
        tuning: how loud other settings would have been.
    """

    def __init__(self, settings: Settings, store: Store, *, as_of: date) -> None:
        """Answer nothing yet; arguments as App's."""
        loaded = Loaded(settings, store, as_of=as_of)
        self.watching = Watching(loaded)
        self.exploring = Exploring(loaded)
        self.tuning = Tuning(loaded)
