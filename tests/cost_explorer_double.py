"""A Cost Explorer on loopback: speaks AWS JSON 1.1 and answers from a list of charges.

    with CostExplorerDouble([Charge(date(2026, 11, 1), "AWS Lambda", unblended="1.50")]) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)

It honours the time period, grouping, filters and paging, and can be told to fail. An operation is a method
named like it in snake case.
"""

from __future__ import annotations

import csv
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cost_explorer_forecast import forecast

_DIMENSIONS = {
    "SERVICE": "service",
    "LINKED_ACCOUNT": "account",
    "REGION": "region",
    "RECORD_TYPE": "record_type",
    "USAGE_TYPE": "usage_type",
}
_METRICS = {
    "UnblendedCost": "unblended",
    "BlendedCost": "blended",
    "AmortizedCost": "amortized",
    "NetAmortizedCost": "net_amortized",
    "UsageQuantity": "quantity",
}
_MOST_GROUPINGS = 2
_FORECAST_DAYS = 14


@dataclass(frozen=True)
class Charge:
    """What one day of something cost; a cost that is not given is the unblended one."""

    day: date
    service: str
    account: str = "111111111111"
    region: str = "us-east-1"
    record_type: str = "Usage"
    usage_type: str = "NoUsageType"
    tags: Mapping[str, str] = field(default_factory=dict)
    cost_categories: Mapping[str, str] = field(default_factory=dict)
    unblended: str = "0"
    blended: str | None = None
    amortized: str | None = None
    net_amortized: str | None = None
    quantity: str = "0"
    unit: str = "N/A"
    currency: str = "USD"
    estimated: bool = False

    def metric(self, name: str) -> Decimal:
        value = getattr(self, _METRICS[name])
        return Decimal(self.unblended if value is None else value)


def read_charges(path: Path) -> list[Charge]:
    """The charges of a CSV file with date, service, unblended_cost_usd and estimated."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Charge(
                date.fromisoformat(row["date"]),
                row["service"],
                unblended=row["unblended_cost_usd"],
                estimated=row["estimated"] == "True",
            )
            for row in csv.DictReader(file)
        ]


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    operation: str
    body: Mapping[str, Any]


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, code: str, status: int = 400, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = message


class _Silence(Exception):  # noqa: N818
    """No answer at all, after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class CostExplorerDouble:
    """The service; `requests` lists what was asked of it, failures included."""

    def __init__(
        self,
        charges: Iterable[Charge] = (),
        *,
        page_size: int = 1000,
        account_names: Mapping[str, str] | None = None,
    ) -> None:
        self.charges = list(charges)
        self.page_size = page_size
        self.account_names = dict(account_names or {})
        self.anomalies: list[dict[str, Any]] = []
        """What GetAnomalies tells: each in the shape of its API."""
        self.requests: list[Asked] = []
        self.repeats_its_token = False
        self.edit: Callable[[dict[str, Any]], None] = lambda answer: None
        """Spoils a good answer, for tests of bad ones."""
        self._failures: list[Exception] = []
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, code: str, *, times: int = 1, status: int = 400, message: str = "") -> None:
        """Refuse the next requests."""
        self._failures += [Refused(code, status, message)] * times

    def succeed(self, times: int = 1) -> None:
        """Answer the next requests, before failures that are told later."""
        self._failures += [Exception("no failure")] * times

    def hang_up(self, *, times: int = 1, after: float = 0) -> None:
        """Break the next connections off without an answer."""
        self._failures += [_Silence(after)] * times

    def answer(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What the service says to a request. Raises: Refused."""
        self.requests.append(Asked(operation, body))
        failure = self._failures.pop(0) if self._failures else None
        if isinstance(failure, Refused):
            raise failure
        if isinstance(failure, _Silence):
            self._closing.wait(failure.seconds)
            raise failure
        method = getattr(self, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower(), None)
        if method is None:
            raise Refused("UnknownOperationException", message=operation)
        answer = method(body)
        self.edit(answer)
        return answer

    def get_cost_and_usage(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """GetCostAndUsage, by day or by month."""
        group_by = body.get("GroupBy", [])
        if len(group_by) > _MOST_GROUPINGS:
            raise Refused("ValidationException", message="At most 2 groupings are allowed")
        days = _days(body["TimePeriod"])
        charges = [c for c in self.charges if c.day in set(days) and _fits(c, body.get("Filter"))]
        rows = [
            row
            for start, end in _spans(days, body["Granularity"])
            for row in _rows_of((start, end), [c for c in charges if start <= c.day < end], group_by)
        ]
        start, end = self._page(body, len(rows))
        answer: dict[str, Any] = {
            "GroupDefinitions": group_by,
            "ResultsByTime": _results(rows[start:end], body["Metrics"], is_grouped=bool(group_by)),
            "DimensionValueAttributes": self._attributes(rows[start:end], group_by),
        }
        if end < len(rows):
            answer["NextPageToken"] = self._token(start if self.repeats_its_token and start else end)
        return answer

    def get_cost_forecast(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """GetCostForecast: each day costs what days cost on average so far, a tenth up or down."""
        days = _days(body["TimePeriod"])
        name = "".join(word.capitalize() for word in body["Metric"].split("_"))
        past = [c for c in self.charges if c.day < days[0] and _fits(c, body.get("Filter"))]
        if len({c.day for c in past}) < _FORECAST_DAYS:
            raise Refused("DataUnavailableException", message="Insufficient amount of historical data")
        mean = sum(c.metric(name) for c in past) / len({c.day for c in past})
        return forecast(mean, _spans(days, body["Granularity"]), unit=past[0].currency)

    def get_dimension_values(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """GetDimensionValues: those with a charge in the period."""
        days = set(_days(body["TimePeriod"]))
        attribute = _DIMENSIONS[body["Dimension"]]
        charges = [c for c in self.charges if c.day in days and _fits(c, body.get("Filter"))]
        found = sorted({getattr(c, attribute) for c in charges})
        values = [value for value in found if body.get("SearchString", "") in value]
        start, end = self._page(body, len(values), body.get("MaxResults"))
        answer: dict[str, Any] = {
            "DimensionValues": [self._described(value) for value in values[start:end]],
            "ReturnSize": len(values[start:end]),
            "TotalSize": len(values),
        }
        if end < len(values):
            answer["NextPageToken"] = self._token(end)
        return answer

    def get_anomalies(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """GetAnomalies: those that AWS detected in the interval, both its days in it."""
        first = body["DateInterval"]["StartDate"]
        last = body["DateInterval"].get("EndDate", "9999-12-31")
        said = body.get("Feedback")
        found = [
            each
            for each in self.anomalies
            if first <= each["AnomalyStartDate"][:10] <= last and said in {None, each.get("Feedback")}
        ]
        start, end = self._page(body, len(found), body.get("MaxResults"))
        answer: dict[str, Any] = {"Anomalies": found[start:end]}
        if end < len(found):
            answer["NextPageToken"] = self._token(start if self.repeats_its_token and start else end)
        return answer

    def _page(self, body: Mapping[str, Any], total: int, size: int | None = None) -> tuple[int, int]:
        token = body.get("NextPageToken")
        if token is not None and not re.fullmatch(r"page-\d+", token):
            raise Refused("InvalidNextTokenException", message=f"The token {token} is invalid")
        start = int(token.removeprefix("page-")) if token else 0
        return start, min(total, start + min(size or self.page_size, self.page_size))

    def _token(self, start: int) -> str:
        return f"page-{start}"

    def _described(self, value: str) -> dict[str, Any]:
        name = self.account_names.get(value)
        return {"Value": value, "Attributes": {"description": name} if name else {}}

    def _attributes(
        self, rows: Sequence[_Row], group_by: Sequence[Mapping[str, str]]
    ) -> list[dict[str, Any]]:
        keys = [grouping["Key"] for grouping in group_by]
        if "LINKED_ACCOUNT" not in keys:
            return []
        position = keys.index("LINKED_ACCOUNT")
        return [
            self._described(account) for account in sorted({row.keys[position] for row in rows if row.keys})
        ]


@dataclass(frozen=True)
class _Row:
    """One group of one day or month; one without charges is one row without keys."""

    span: tuple[date, date]
    keys: tuple[str, ...]
    charges: tuple[Charge, ...]


def _days(period: Mapping[str, str]) -> list[date]:
    start, end = date.fromisoformat(period["Start"]), date.fromisoformat(period["End"])
    if start >= end:
        raise Refused(
            "ValidationException", message="Start date (and hour) should be before end date (and hour)"
        )
    return [start + timedelta(days=n) for n in range((end - start).days)]


def _spans(days: Sequence[date], granularity: str) -> list[tuple[date, date]]:
    """First day and end of each day, or of each month as far as it was asked for."""
    if granularity == "DAILY":
        return [(day, day + timedelta(days=1)) for day in days]
    if granularity != "MONTHLY":
        raise Refused("ValidationException", message=f"{granularity} is not served here")
    starts = [day for day in days if day.day == 1 or day == days[0]]
    return list(zip(starts, [*starts[1:], days[-1] + timedelta(days=1)], strict=True))


def _key(charge: Charge, kind: str, key: str) -> str:
    if kind == "TAG":
        return f"{key}${charge.tags.get(key, '')}"
    if kind == "COST_CATEGORY":
        return f"{key}${charge.cost_categories.get(key, '')}"
    return str(getattr(charge, _DIMENSIONS[key]))


def _rows_of(
    span: tuple[date, date], charges: Sequence[Charge], group_by: Sequence[Mapping[str, str]]
) -> list[_Row]:
    groups: dict[tuple[str, ...], list[Charge]] = {}
    for charge in charges:
        groups.setdefault(tuple(_key(charge, g["Type"], g["Key"]) for g in group_by), []).append(charge)
    return [_Row(span, keys, tuple(groups[keys])) for keys in sorted(groups)] or [_Row(span, (), ())]


def _results(rows: Sequence[_Row], metrics: Sequence[str], *, is_grouped: bool) -> list[dict[str, Any]]:
    results: dict[tuple[date, date], dict[str, Any]] = {}
    for row in rows:
        result = results.setdefault(
            row.span,
            {
                "TimePeriod": {"Start": str(row.span[0]), "End": str(row.span[1])},
                "Total": {},
                "Groups": [],
                "Estimated": not row.charges or any(c.estimated for c in row.charges),
            },
        )
        if not is_grouped:
            result["Total"] = _amounts(row.charges, metrics)
        elif row.keys:
            result["Groups"].append({"Keys": list(row.keys), "Metrics": _amounts(row.charges, metrics)})
    return list(results.values())


def _amounts(charges: Sequence[Charge], metrics: Sequence[str]) -> dict[str, dict[str, str]]:
    return {
        metric: {
            "Amount": format(sum(c.metric(metric) for c in charges), "f"),
            "Unit": _unit(charges, metric),
        }
        for metric in metrics
    }


def _unit(charges: Sequence[Charge], metric: str) -> str:
    units = {charge.unit if metric == "UsageQuantity" else charge.currency for charge in charges}
    return units.pop() if len(units) == 1 else "N/A"


def _fits(charge: Charge, expression: Mapping[str, Any] | None) -> bool:
    if not expression:
        return True
    (kind, inner), *more = expression.items()
    if more:
        raise Refused("ValidationException", message="Expression must have exactly one root operator")
    if kind == "And":
        return all(_fits(charge, part) for part in inner)
    if kind == "Or":
        return any(_fits(charge, part) for part in inner)
    if kind == "Not":
        return not _fits(charge, inner)
    if kind == "Dimensions":
        return _key(charge, "DIMENSION", inner["Key"]) in inner["Values"]
    having = charge.tags if kind == "Tags" else charge.cost_categories
    return having.get(inner["Key"], "") in inner["Values"]


def _handler_of(double: CostExplorerDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
            try:
                status, answer = 200, double.answer(self.headers["X-Amz-Target"].rpartition(".")[2], body)
            except Refused as refused:
                status, answer = refused.status, {"__type": refused.code, "message": refused.message}
            except _Silence:
                self.close_connection = True
                return
            self._reply(status, json.dumps(answer).encode())

        def _reply(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
