"""Faults that change nothing anybody could see: module → fault → why."""

EQUIVALENT: dict[str, dict[str, str]] = {}
