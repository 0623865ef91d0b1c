"""World four: organizations as a practitioner of FinOps meets them, service by service."""

from __future__ import annotations

from benchmarks.accuracy.worlds.organizations.world import organizations

__all__ = ["organizations"]
