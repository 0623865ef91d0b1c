"""Small bills that the command line has loaded into a folder, and command lines run over a copy of it.

folder = load(tmp_path, {"AWS Lambda": [20.0, 21.0, 90.0]})
code, out, err = command_line(capsys, as_of=FIRST + timedelta(days=3))("alert", "--dry-run")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from aws_cost_anomalies.cli import main

Run = Callable[..., tuple[int, str, str]]
HEADER = "ChargePeriodStart,BillingCurrency,BilledCost,EffectiveCost,ServiceName,SubAccountId,ChargeCategory"
FIRST = date(2026, 6, 1)


def load(folder: Path, costs: Mapping[str, Sequence[float | None]], *, account: str = "111111111111") -> Path:
    """The folder, with a store of these costs: service → a charge a day from `FIRST` on, None for none."""
    rows = (
        f"{FIRST + timedelta(days=day)}T00:00:00Z,USD,{cost},{cost},{service},{account},Usage"
        for service, charged in costs.items()
        for day, cost in enumerate(charged)
        if cost is not None
    )
    (folder / "bill.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    (folder / "config.yaml").write_text("{}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with pytest.raises(SystemExit, match="0"):
            main(["--quiet", "ingest", "--source", "focus", "--path", "bill.csv"])
    return folder


def command_line(capsys: pytest.CaptureFixture[str], *, as_of: date) -> Run:
    """Exit code, standard output and standard error of a command line in the working directory."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--as-of", str(as_of)])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run
