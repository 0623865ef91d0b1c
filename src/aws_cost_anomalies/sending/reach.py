"""Whether an address could be sent to: resolved, checked, connected to as a message would be, and left again.

Nothing is said on the connection but the handshake that shows the certificate.
"""

from __future__ import annotations

import socket
import ssl

from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import CONNECT_SECONDS, Way, ways_to

PROXY_PORT = 8080


def unreachable(url: str, door: Door) -> str:
    """Why an address could not be sent to, without the secret in it; empty when it could.

    Through a proxy only the proxy is reached.
    """
    ways = ways_to(url, door)
    if isinstance(ways, Receipt):
        return ways.detail
    problems = [_problem(way, min(CONNECT_SECONDS, door.seconds)) for way in ways]
    return "" if "" in problems else problems[0]


def unreachable_host(host: str, port: int, *, seconds: float) -> str:
    """Why a host and port could not be connected to; empty when they could."""
    try:
        socket.create_connection((host, port), timeout=min(CONNECT_SECONDS, seconds)).close()
    except (OSError, UnicodeError):
        return f"{host}:{port} cannot be reached"
    return ""


def _problem(way: Way, seconds: float) -> str:
    """Why one way does not lead there."""
    if way.proxy:
        proxy = way.proxy_address
        return unreachable_host(proxy[0], proxy[1] or PROXY_PORT, seconds=seconds)
    name = way.server_name or way.url.host
    try:
        with socket.create_connection((way.url.host, way.port), timeout=seconds) as connection:
            if way.url.scheme == "https":
                ssl.create_default_context().wrap_socket(connection, server_hostname=name).close()
    except ssl.SSLError:
        return f"{name} shows a certificate that is not trusted for it"
    except OSError:
        return f"{name} cannot be reached"
    return ""
