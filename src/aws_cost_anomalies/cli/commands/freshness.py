"""Whether an answer is old news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.model.answers import View

STALE_DAYS = 3


def note_if_stale(session: Session, view: View) -> None:
    """Say on standard error that the data ends well before today; the sample bill never ages."""
    age = (session.as_of - view.through).days
    if age > STALE_DAYS and view.data_source != "sample":
        ends = f"the data ends on {view.through}, {age} days before {session.as_of}"
        session.notices.note(f"{ends}; `ingest` brings it up to date.")
