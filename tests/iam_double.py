"""An IAM on loopback: simulates one policy, and knows one role, in the query protocol.

with IamDouble(policy) as double:
    monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", double.url)
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from recorded_calls import Call, allows

NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
ROLE = "arn:aws:iam::123456789012:role/finops/nightly"


class IamDouble:
    """The service.

    Attributes:
        policy: what is allowed; None denies the simulation itself.
        asked: the parameters of each request.
    """

    def __init__(self, policy: Mapping[str, Any] | None, *, page_size: int = 2) -> None:
        self.policy = policy
        self.page_size = page_size
        self.asked: list[dict[str, list[str]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, asked: dict[str, list[str]]) -> tuple[int, str]:
        """Status and body."""
        self.asked.append(asked)
        operation = asked["Action"][0]
        if self.policy is None:
            error = "<Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message>"
            return 403, f'<ErrorResponse xmlns="{NAMESPACE}"><Error>{error}</Error></ErrorResponse>'
        result = self._role() if operation == "GetRole" else self._simulated(asked)
        wrapped = f"<{operation}Result>{result}</{operation}Result>"
        return 200, f'<{operation}Response xmlns="{NAMESPACE}">{wrapped}</{operation}Response>'

    def _role(self) -> str:
        fields = {"Path": "/finops/", "RoleName": "nightly", "RoleId": "AROA1", "Arn": ROLE}
        told = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
        return f"<Role>{told}<CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>"

    def _simulated(self, asked: dict[str, list[str]]) -> str:
        every = [
            Call(action, resource, _context(asked))
            for action in _members(asked, "ActionNames")
            for resource in _members(asked, "ResourceArns") or ["*"]
        ]
        start = int(asked.get("Marker", ["0"])[0])
        shown, rest = every[start : start + self.page_size], every[start + self.page_size :]
        more = f"<IsTruncated>{'true' if rest else 'false'}</IsTruncated>"
        more += f"<Marker>{start + self.page_size}</Marker>" if rest else ""
        return f"<EvaluationResults>{''.join(map(self._decided, shown))}</EvaluationResults>{more}"

    def _decided(self, call: Call) -> str:
        decision = "allowed" if self.policy and allows(self.policy, call) else "implicitDeny"
        return (
            f"<member><EvalActionName>{call.action}</EvalActionName><EvalResourceName>{escape(call.resource)}"
            f"</EvalResourceName><EvalDecision>{decision}</EvalDecision></member>"
        )


def _members(asked: dict[str, list[str]], name: str) -> list[str]:
    return [values[0] for key, values in asked.items() if key.startswith(f"{name}.member.")]


def _context(asked: dict[str, list[str]]) -> str:
    """The prefix that a listing is asked for."""
    values = [v[0] for key, v in asked.items() if key.startswith("ContextEntries.member.1.ContextKeyValues.")]
    return values[0] if values else ""


def _handler_of(double: IamDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, text = double.answer(parse_qs(body))
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
            pass

    return Handler
