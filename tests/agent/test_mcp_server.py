"""The MCP server, asked by the official client over both transports."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from aws_cost_anomalies.agent.tools import TOOLS
from aws_cost_anomalies.errors import UsageError
from aws_cost_anomalies.mcp_server import listening

PROGRAM = ("-c", "from aws_cost_anomalies.cli import main; main()")
READING = sorted(tool.name for tool in TOOLS if not tool.effect.asks_first)
TOKEN = "a-token-for-this-test"


def line(demo_store: Path, *flags: str) -> list[str]:
    return [*PROGRAM, "mcp", *flags, "--config", str(demo_store), "--as-of", "2026-09-01"]


async def asked(server: Any, name: str, arguments: dict[str, Any]) -> tuple[list[Any], Any]:
    """The tools of a server, and what comes of a call."""
    async with Client(server) as client:
        return list((await client.list_tools()).tools), await client.call_tool(name, arguments)


def by_stdio(demo_store: Path, *flags: str) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=line(demo_store, *flags),
        env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
    )


@contextmanager
def serving(demo_store: Path, token: str = TOKEN) -> Iterator[str]:
    """The server over HTTP on a free port: its address."""
    environment = {**os.environ, "MCP_TOKEN": token}
    settings = json.loads(demo_store.read_text().partition("\n")[2])
    file = demo_store.parent / f"mcp-{os.getpid()}.yaml"
    file.write_text(json.dumps({**settings, "mcp": {"token": "env:MCP_TOKEN"}}))
    command = [sys.executable, *line(file, "--http", "--port", "0")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://\S+", said)
            assert found, said
            yield found[0]
        finally:
            process.terminate()
            file.unlink()


def test_a_client_on_standard_streams_lists_and_calls(demo_store: Path) -> None:
    tools, result = anyio.run(
        asked, by_stdio(demo_store), "cost_trend", {"period": "2026-08", "group_by": "total"}
    )
    assert sorted(tool.name for tool in tools) == READING
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert json.loads(result.content[0].text)["data"]["total"]["total"] == pytest.approx(57937.71, abs=0.01)
    assert not result.is_error


def test_what_writes_is_offered_only_when_asked_for(demo_store: Path) -> None:
    writing = {tool.name for tool in TOOLS if tool.effect == "writes"}
    tools, result = anyio.run(asked, by_stdio(demo_store), "record_feedback", {"anomaly_id": "abcd"})
    assert result.is_error
    assert not writing & {tool.name for tool in tools}
    tools, _ = anyio.run(asked, by_stdio(demo_store, "--allow-writes"), "loaded_data", {})
    assert writing <= {tool.name for tool in tools}
    assert not [tool.name for tool in tools if tool.name == "import_cost_explorer"]


def test_a_mistake_is_a_result_and_no_protocol_error(demo_store: Path) -> None:
    _, result = anyio.run(asked, by_stdio(demo_store), "cost_trend", {"dayz": 1})
    assert result.is_error
    assert "dayz" in result.content[0].text


def test_a_client_over_http_needs_the_token(demo_store: Path) -> None:
    with serving(demo_store) as url:

        async def through(token: str) -> tuple[list[Any], Any]:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
                return await asked(streamable_http_client(url, http_client=http), "loaded_data", {})

        tools, result = anyio.run(through, TOKEN)
        assert sorted(tool.name for tool in tools) == READING
        assert "sample" in result.content[0].text
        ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        kinds = {"Accept": "application/json, text/event-stream"}
        knows = {"Authorization": f"Bearer {TOKEN}", **kinds}
        refused = {
            401: {**kinds, "Authorization": "Bearer no"},
            421: {**knows, "Host": "evil.example"},
            403: {**knows, "Origin": "https://evil.example"},
        }
        assert httpx2.post(url, json=ping, headers=kinds).status_code == 401
        for origin in ("http://localhost:3000", "https://localhost"):
            known = httpx2.post(url, json=ping, headers={**knows, "Origin": origin})
            assert known.status_code not in refused, "a proxy speaks TLS with the browser"
        for status, headers in refused.items():
            assert httpx2.post(url, json=ping, headers=headers).status_code == status


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_beyond_this_machine_only_with_a_token_that_is_not_guessed(host: str) -> None:
    with pytest.raises(UsageError, match="fewer than 16 characters") as caught:
        listening(host, 0, "short")
    assert "openssl rand -hex 32" in caught.value.hint


def test_a_port_that_is_taken_is_said() -> None:
    with listening("127.0.0.1", 0, "short") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            UsageError, match=f"Port {port} of 127.0.0.1 cannot be used: address already in use.$"
        ):
            listening("127.0.0.1", port, "short")
