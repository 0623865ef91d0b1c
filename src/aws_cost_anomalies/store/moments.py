"""Moments: aware in Python, UTC without a zone in the store."""

from __future__ import annotations

from datetime import UTC, datetime


def stored(moment: datetime) -> datetime:
    """An aware moment as the store keeps it. Raises: ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).replace(tzinfo=None)


def told(moment: datetime) -> datetime:
    """A moment out of the store, aware."""
    return moment.replace(tzinfo=UTC)
