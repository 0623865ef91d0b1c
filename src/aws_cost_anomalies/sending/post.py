"""The one door to HTTP: a POST to an address of the configuration, and its answer.

A name is resolved, its addresses are checked, and the connection is made to a checked one, so that no second
look-up can lead elsewhere; the certificate is still held against the name. Redirects are not followed,
answers are read up to a limit, and neither address nor headers are told to any log.
"""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2

from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.quiet import hushed
from aws_cost_anomalies.sending.addresses import is_address, refused, resolved
from aws_cost_anomalies.sending.deadline import Deadline
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.receipts import ambiguous, failed, pending, seconds_of

CONNECT_SECONDS = 5.0
LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        text: the body's beginning.
        retry_after: seconds it asked to wait, None when it did not.
    """

    status: int
    text: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One address to connect to, or a proxy that connects."""

    url: httpx2.URL
    server_name: str = ""
    proxy: str = ""

    @property
    def port(self) -> int:
        """The port that is connected to."""
        return self.url.port or (443 if self.url.scheme == "https" else 80)

    @property
    def proxy_address(self) -> tuple[str, int | None]:
        """Host and port of the proxy."""
        proxy = httpx2.URL(self.proxy)
        return proxy.host, proxy.port


def post(url: str, body: bytes, *, headers: Mapping[str, str], door: Door) -> Answer | Receipt:
    """The answer, or what the lack of one means.

    Args:
        url: where to; a secret.
        body: what.
        headers: `Host` and the like are added.
        door: how the network may be reached.
    """
    ways = ways_to(url, door)
    if isinstance(ways, Receipt):
        return ways
    target = httpx2.URL(url)
    outcome: Answer | Receipt = pending(f"{target.host} cannot be reached")
    with hushed("httpx2", "httpcore2"):
        for way in ways:
            outcome = _asked(way, body, headers={**headers, "Host": _host(target)}, door=door)
            if isinstance(outcome, Answer) or outcome.delivery is not Delivery.PENDING:
                break
    return outcome


def ways_to(url: str, door: Door) -> list[Way] | Receipt:
    """The checked addresses that a url leads to, or why there is none."""
    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL:
        return failed("The channel's `url` is no web address")
    refusal = refused(
        target.scheme, target.host, has_login=bool(target.userinfo), allow_private=door.allow_private
    )
    return failed(f"The channel's {refusal}") if refusal else _ways(target, door)


def _ways(target: httpx2.URL, door: Door) -> list[Way] | Receipt:
    """The checked addresses to try, one after another; through the environment's proxy where there is one."""
    proxy = _proxy(target)
    try:
        found = resolved(target.host, target.port or (443 if target.scheme == "https" else 80))
    except (OSError, UnicodeError):
        # Behind a proxy only the proxy may know the names of the world.
        return [Way(target, proxy=proxy)] if proxy else pending(f"The name {target.host} cannot be resolved")
    allowed = found.public + (found.private if door.allow_private else ())
    if not allowed:
        return failed(
            f"{target.host} is inside a private network ({found.private[0]}), which is refused; "
            "if that is meant, set `allow_private: true` on the channel"
        )
    if proxy:
        return [Way(target, proxy=proxy)]
    name = "" if is_address(target.host) else target.host
    return [Way(target.copy_with(host=address), server_name=name) for address in allowed]


def _asked(way: Way, body: bytes, *, headers: Mapping[str, str], door: Door) -> Answer | Receipt:
    """The answer on one way; pending when the body surely did not leave and another way may be tried."""
    limits = {"connect": min(CONNECT_SECONDS, door.seconds), "read": door.seconds, "write": door.seconds}
    try:
        with Deadline(door.seconds) as deadline, _transport(way) as transport:
            extensions = {"timeout": {**limits, "pool": door.seconds}, "trace": deadline.trace}
            if way.server_name:
                extensions["sni_hostname"] = way.server_name
            fixed = {"Accept-Encoding": "identity", "User-Agent": "aws-cost-anomalies"}
            request = httpx2.Request(
                "POST", way.url, headers={**fixed, **headers}, content=body, extensions=extensions
            )
            return _read(transport.handle_request(request))
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
        doubted = "certificate" in str(error).lower()
        why = "shows a certificate that is not trusted for it" if doubted else "cannot be reached"
        return pending(f"{headers['Host']} {why}")
    except (httpx2.LocalProtocolError, httpx2.UnsupportedProtocol, UnicodeError):
        return failed("The channel's token or address holds a character that cannot be sent")
    except httpx2.TransportError as error:
        late = deadline.is_over or isinstance(error, httpx2.TimeoutException)
        what = f"did not answer within {door.seconds:g} s" if late else "broke the connection off"
        return ambiguous(f"{headers['Host']} {what}; it may have arrived")
    except ImportError:
        return failed("The environment names a SOCKS proxy; `pip install 'httpx2[socks]'` to use it")


def _transport(way: Way) -> httpx2.HTTPTransport:
    context: ssl.SSLContext = httpx2.create_ssl_context()
    return httpx2.HTTPTransport(verify=context, trust_env=False, proxy=way.proxy or None)


def _read(response: httpx2.Response) -> Answer:
    """The answer's status and the beginning of its body."""
    body = b""
    try:
        for piece in response.iter_raw():
            body += piece
            if len(body) >= LONGEST_ANSWER:
                break
    finally:
        response.close()
    wait = response.headers.get("retry-after", "")
    return Answer(
        status=response.status_code,
        text=body[:LONGEST_ANSWER].decode(errors="replace"),
        retry_after=seconds_of(wait, response.headers.get("date", "")) if wait else None,
    )


def _proxy(target: httpx2.URL) -> str:
    """The environment's proxy for an address; empty for none."""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(target.scheme) or proxies.get("all", "")
    if not proxy or urllib.request.proxy_bypass(target.host):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _host(target: httpx2.URL) -> str:
    """The `Host` header: the name as it was written, not the address connected to."""
    return target.netloc.decode("ascii")
