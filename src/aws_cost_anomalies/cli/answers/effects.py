"""Usage, rate and mix of an impact, printed: a table that adds up, and what the meters say."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import money, tables
from aws_cost_anomalies.model.explanation import Effects, Meter

LABELS = {
    "usage": "more or less used, at the usual price",
    "rate": "another unit price",
    "mix": "moved to dearer or cheaper kinds",
    "not_metered": "charges without a quantity",
    "other": "not told apart",
}
_TINY, _SMALL_PRICE, _MILLION = 1e-4, 1e-3, 1e6


def lines(effects: Effects, currency: str) -> Iterator[Table | Text]:
    """The table, then a line per meter."""
    drawn = tables.table("why", "effect", "share", numbers=("effect", "share"), footer=True)
    for name, label in LABELS.items():
        amount = getattr(effects, name)
        if amount or name in {"usage", "rate"}:
            drawn.add_row(label, tables.change(amount), _share(amount, effects.total))
    footers = (Text("total"), tables.change(effects.total), _share(effects.total, effects.total))
    for column, footer in zip(drawn.columns, footers, strict=True):
        column.footer = footer
    yield drawn
    for meter in effects.meters:
        yield tables.caption(_metered(meter, currency))


def _metered(meter: Meter, currency: str) -> str:
    """`BoxUsage:m5.large: 480 Hrs instead of 240, 0.096 USD each as usual`."""
    values = meter.scope.as_dict()
    name = values.get("x_UsageType", str(meter.scope))
    instead = f"{_number(meter.quantity)} {meter.unit} instead of {_number(meter.usual_quantity)}"
    return f"{name}: {instead}{_price(meter, currency)}"


def _price(meter: Meter, currency: str) -> str:
    now, usual = meter.unit_price, meter.usual_unit_price
    if now is None:
        return ""
    if usual is None:
        return f", {_each(now, currency)}, never metered before"
    if abs(now - usual) <= _TINY * max(now, usual):
        return f", {_each(now, currency)} as before"
    return f", {_each(now, currency)}, {_each(usual, currency)} before"


def _each(price: float, currency: str) -> str:
    """A unit price; of a request or the like, that of a million."""
    if 0 < abs(price) < _SMALL_PRICE:
        return f"{_number(price * _MILLION)} {currency} a million"
    return f"{_number(price)} {currency} each"


def _number(value: float) -> str:
    """Four figures that count, without an exponent where people would not write one."""
    whole = 1000
    return f"{value:,.0f}" if abs(value) >= whole else f"{value:.4g}"


def _share(part: float, total: float) -> Text:
    return Text(money.share(part, total))
