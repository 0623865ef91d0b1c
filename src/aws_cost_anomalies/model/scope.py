"""Dimensions people group by, and scopes: one slice of spend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aws_cost_anomalies.errors import InvalidArgument

SHORT_NAMES: dict[str, str] = {
    "service": "ServiceName",
    "account": "SubAccountId",
    "region": "RegionId",
    "usage-type": "x_UsageType",
    "charge-category": "ChargeCategory",
    "charge-type": "x_ChargeType",
    "payer": "BillingAccountId",
    "provider": "ProviderName",
    "publisher": "PublisherName",
    "resource": "ResourceId",
    "operation": "x_Operation",
}
LINE_ITEM_ONLY = frozenset({"resource", "operation"})
NONE = "(none)"
"""What a missing value of a dimension is called."""


@dataclass(frozen=True, slots=True, order=True)
class Dimension:
    """A way to split spend: its short name, and the key it has in a scope (`ServiceName`, `tag:team`)."""

    name: str

    def __post_init__(self) -> None:
        """Refuse a name nobody can group by. Raises: InvalidArgument."""
        if self.name not in SHORT_NAMES and not (
            self.name.startswith("tag:") and len(self.name) > len("tag:")
        ):
            raise InvalidArgument("A dimension", self.name, ", ".join((*SHORT_NAMES, "tag:KEY")))

    @classmethod
    def parse(cls, text: str) -> tuple[Dimension, ...]:
        """The dimensions of `service+account`; none for `total`. FOCUS spellings are understood too."""
        if text.strip() in {"", "total"}:
            return ()
        focus = {column.lower(): name for name, column in SHORT_NAMES.items()}
        names = [part.strip() for part in text.split("+")]
        return tuple(dict.fromkeys(cls(focus.get(name.lower(), name)) for name in names))

    @property
    def key(self) -> str:
        """Its key in a scope: the FOCUS column, or `tag:KEY`."""
        return SHORT_NAMES.get(self.name, self.name)

    @property
    def tag(self) -> str | None:
        """The tag key, when it is a tag."""
        return self.name.removeprefix("tag:") if self.name.startswith("tag:") else None

    @property
    def is_line_item_only(self) -> bool:
        """Whether only line items know it, not the daily summary."""
        return self.name in LINE_ITEM_ONLY

    def __str__(self) -> str:
        """The short name."""
        return self.name


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One slice of spend: dimension key → value, in group-by order. The empty scope is everything."""

    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, dimensions: Iterable[Dimension], values: Iterable[str | None]) -> Scope:
        """Pair dimensions with their values; a missing value is `(none)`."""
        pairs = zip(dimensions, values, strict=True)
        return cls(tuple((d.key, NONE if v is None else v) for d, v in pairs))

    @classmethod
    def from_mapping(cls, values: Mapping[str, str]) -> Scope:
        """From what `as_dict` gave."""
        return cls(tuple(values.items()))

    def as_dict(self) -> dict[str, str]:
        """Dimension key → value."""
        return dict(self.values)

    def contains(self, other: Scope) -> bool:
        """Whether every charge of `other` is one of this scope."""
        return set(self.values) <= set(other.values)

    def __str__(self) -> str:
        """The values, joined; `total` for everything."""
        return " · ".join(value for _, value in self.values) or "total"
