"""A small MCP server of somebody else, on standard input and output: adds, hangs, fails, looks around.

python tests/foreign_server.py [what its first tool says of itself]
"""

from __future__ import annotations

import os
import sys
import time

from mcp.server.mcpserver import MCPServer

server = MCPServer("foreign")


@server.tool(description=sys.argv[1] if len(sys.argv) > 1 else "Adds two numbers.")
def add(a: int, b: int) -> int:
    return a + b


@server.tool(description="Waits too long.")
def hang() -> str:
    time.sleep(30)
    return "late"


@server.tool(description="Fails.")
def fail() -> str:
    raise ValueError("the tool is broken")


@server.tool(description="A large answer.")
def large() -> str:
    return "line\n" * 50_000


@server.tool(description="Names of the environment.")
def environment() -> str:
    return "\n".join(sorted(os.environ))


if __name__ == "__main__":
    server.run("stdio")
