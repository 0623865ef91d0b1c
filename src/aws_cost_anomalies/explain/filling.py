"""Commands and links with the values at hand filled in; what comes from a bill is quoted.

Knows templates and clues; runs nothing.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import timedelta
from string import Formatter
from urllib.parse import quote

from aws_cost_anomalies.explain.clues import Clues
from aws_cost_anomalies.model.events import event_source
from aws_cost_anomalies.model.period import ONE_DAY

LEADS, NAMED = 0.5, 0.2
"""Shares of the impact from which an account or region, and a resource, is the one to look at."""
MOST_BACK = timedelta(days=89)
"""Metrics and events of a longer anomaly are asked for its last days."""
_IDS = {
    "instance": r"\b(i-[0-9a-f]{8,17})$",
    "nat": r"\b(nat-[0-9a-z]{8,})$",
    "volume": r"\b(vol-[0-9a-z]{8,})$",
    "bucket": r"^(?:arn:aws[a-z-]*:s3:::)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$",
    "function": r":function:(\w[\w-]*)(?::|$)",
    "table": r":table/(\w[\w.-]*)$",
    "log_group": r":log-group:([\w./#][\w./#-]*)",
    "key": r":key/(\w[\w-]*)$",
    "database": r":db:(\w[\w-]*)$",
    "endpoint": r":endpoint/(\w[\w-]*)$",
}
"""What a resource is called in its own API; none can be taken for an option."""
_ACCOUNT, _REGION = re.compile(r"\d{12}"), re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")


def values_at_hand(clues: Clues) -> dict[str, str]:
    """Placeholder → value, for those that are known: account, region, resource, days."""
    anomaly = clues.anomaly
    start = max(anomaly.start_date, anomaly.end_date - MOST_BACK)
    values = {
        "start": f"{start}T00:00:00Z",
        "end": f"{anomaly.end_date + ONE_DAY}T00:00:00Z",
        "before": f"{start - timedelta(days=7)}T00:00:00Z",
        "first_from": f"{anomaly.start_date - ONE_DAY}T00:00:00Z",
        "first_to": f"{anomaly.start_date + ONE_DAY}T00:00:00Z",
        "event_source": event_source(clues.leading("service", LEADS)) or "",
        "account": clues.leading("account", LEADS),
        "region": clues.leading("region", LEADS),
    }
    if not _ACCOUNT.fullmatch(values["account"]):
        values["account"] = ""
    if not _REGION.fullmatch(values["region"]):
        values["region"] = ""
    resource = clues.leading("resource", NAMED)
    values |= {name: _part(pattern, resource) for name, pattern in _IDS.items()}
    return {name: value for name, value in values.items() if value}


def command(templates: Sequence[str], values: Mapping[str, str]) -> str:
    """The first template whose values are all at hand, each quoted for a POSIX shell; the region goes along.

    Returns:
        One line; empty when no template can be filled.
    """
    region = f" --region {shlex.quote(values['region'])}" if "region" in values else ""
    quoted = {name: shlex.quote(value) for name, value in values.items()}
    return _first(templates, {**quoted, "in_region": region})


def link(templates: Sequence[str], values: Mapping[str, str]) -> str:
    """The first template whose values are all at hand, each quoted for a URL; empty when there is none."""
    return _first(templates, {name: quote(value, safe="") for name, value in values.items()})


def _first(templates: Sequence[str], values: Mapping[str, str]) -> str:
    for template in templates:
        wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
        if wanted <= values.keys():
            return template.format_map(values)
    return ""


def _part(pattern: str, resource: str) -> str:
    found = re.search(pattern, resource)
    return found[1] if found else ""
