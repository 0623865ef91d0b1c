"""The command line: parses, asks App, prints. Knows no SQL, no AWS and no arithmetic of its own.

Start-up is part of the contract: this package and its `commands` import typer and nothing heavier; everything
that draws (rich) or computes loads inside the command that needs it.
"""

from aws_cost_anomalies.cli.door import main

__all__ = ["main"]
