"""No charge counts twice, and no bill takes the place of another payer's.

Knows what a charge counts for: an account of a payer on a day, in a currency. Several exports of one data
source add up only where these differ.
"""

from __future__ import annotations

import shlex

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import DailyCharges
from aws_cost_anomalies.model.load import Load, Overlap
from aws_cost_anomalies.store.cover import is_month
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def refuse_double(connection: Connection, load: Load, charges: DailyCharges) -> None:
    """Refuse a bill whose charges another one holds.

    Args:
        connection: in a transaction that has deleted what the bill replaces, and not written it yet.
        load: the record of the bill.
        charges: it brings.

    Raises:
        BadBill: charges of the same account, day and currency are there, from another export, or under
            another name of the billing period.
    """
    if load.covered is None:
        return
    values = {
        "data_source": load.data_source,
        "billing_period": load.billing_period,
        "start": load.covered.start,
        "end": load.covered.end,
        "charges": str(charges.path),
    }
    row = connection.execute(statement("overlap", values, **_meanings())).fetchone()
    if row is None:
        return
    export, billing_period, first, last, accounts, account = row
    whose = f"account {account}" if accounts == 1 else f"{accounts} accounts such as {account}"
    drops = forget(load.data_source, export, billing_period)
    raise BadBill(
        _name(load),
        f"the bill {billing_period} of the export {export} holds charges of {whose} on the same days, {first}"
        f" to {last}, and they would count twice",
        f"Name one export with `report_name`, or give this one a store of its own; {drops} drops what is"
        " held, so that this one can be loaded.",
    )


def refuse_other_payer(connection: Connection, load: Load, charges: DailyCharges, *, replaced: str) -> None:
    """Refuse a bill that takes the place of another one of its name.

    Args:
        connection: in a transaction that has written the record of the bill, and not yet deleted anything.
        load: the record of the bill.
        charges: it brings.
        replaced: the charges it would take the place of.

    Raises:
        BadBill: a payer has no charge any more, and the files of the last version lay elsewhere.
    """
    values = {
        "data_source": load.data_source,
        "export": load.export,
        "billing_period": load.billing_period,
        "charges": str(charges.path),
    }
    row = connection.execute(statement("lost_payer", values, replaced=replaced)).fetchone()
    if row is None:
        return
    payer, other, folder = row
    drops = forget(load.data_source, load.export, load.billing_period)
    raise BadBill(
        _name(load),
        f"it has charges of the payer {other}, and those of the payer {payer}, loaded from {folder} under the"
        " same name, would be lost",
        "Keep a store for each with `database.path`, or have one of the exports called otherwise; files"
        f" without manifests can be loaded from one place above both; {drops} drops what is held.",
    )


def overlaps(connection: Connection) -> tuple[Overlap, ...]:
    """The bills, two and two, that hold the same charges."""
    return tuple(Overlap(*row) for row in connection.execute(statement("overlaps", **_meanings())).fetchall())


def forget(data_source: str, export: str, billing_period: str) -> str:
    """The command that drops a bill, for a hint."""
    only = f" --date {billing_period}" if is_month(billing_period) else ""
    source = data_source.replace("_", "-")
    return f"`aws-cost-anomalies ingest --source {source} --forget {shlex.quote(export)}{only}`"


def _meanings() -> dict[str, str]:
    return {name: statement(name) for name in ("counted", "counted_same", "counted_twice")}


def _name(load: Load) -> str:
    return f"The bill {load.billing_period} of {load.export}"
