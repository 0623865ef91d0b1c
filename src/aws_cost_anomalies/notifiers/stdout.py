"""Messages as text on standard output: for cron, for CI and to look at. Knows no network."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TextIO

from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.sending.plain import plain_text
from aws_cost_anomalies.sending.receipts import failed, sent


@dataclass(frozen=True, slots=True)
class Stdout:
    """Whoever reads this program's output.

    Attributes:
        stream: None means standard output as it is then.
    """

    stream: TextIO | None = None

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """The text, written; there are no threads."""
        stream = self.stream or sys.stdout
        text = plain_text(message, may_repeat=may_repeat)
        encoding = stream.encoding or "utf-8"
        try:
            stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
            stream.flush()
        except OSError as error:
            return failed(f"Standard output cannot be written: {error.strerror}")
        return sent("Written to standard output")
