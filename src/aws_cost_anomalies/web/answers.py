"""What goes back to the browser: pages, parts of pages, files, and errors as pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from aws_cost_anomalies.errors import (
    CostAnomaliesError,
    NoData,
    StoreBusy,
    UnknownAnomaly,
    UsageError,
)
from aws_cost_anomalies.model.characters import cell, visible
from aws_cost_anomalies.model.document import plain
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.frame import Frame
from aws_cost_anomalies.page.markup import Child, Markup, tag

STATUS: tuple[tuple[type[CostAnomaliesError], int], ...] = (
    (UnknownAnomaly, 404),
    (UsageError, 400),
    (NoData, 404),
    (StoreBusy, 503),
)


def html(page: Markup, status: int = 200) -> Response:
    """A page, or a part of one."""
    return HTMLResponse(page, status)


def failure(frame: Frame, error: CostAnomaliesError, *more: Child) -> Response:
    """What went wrong, in a sentence and a hint, and what may follow them."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
    title = {404: "Nothing here", 503: "Busy"}.get(status, "That did not work")
    return html(frame.page(title, parts.card("What happened", told(error), more)), status)


def told(error: CostAnomaliesError) -> Markup:
    """An error in a sentence, and what to do."""
    hint = tag("p", error.hint) if error.hint else None
    return tag("div", tag("p", error.message), hint, role="alert")


def is_part(request: Request) -> bool:
    """Whether a page asks for a part of itself."""
    return request.headers.get("x-part") == "1"


def file(content: bytes | str, *, kind: str, name: str) -> Response:
    """A file to take away."""
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows for a spreadsheet; no text of the bill becomes a formula there."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    known = plain(value)
    return cell(visible(known) if isinstance(known, str) else known)
