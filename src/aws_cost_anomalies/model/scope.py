"""Dimensions people group by, and scopes: one slice of spend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.characters import named

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
    "pricing-unit": "PricingUnit",
    "resource": "ResourceId",
    "operation": "x_Operation",
}
TAG, COST_CATEGORY = "tag:", "cost-category:"
"""How the name of a dimension begins that has a key of its own: `tag:team`, `cost-category:Unit`."""
NAMES = (*SHORT_NAMES, f"{TAG}KEY", f"{COST_CATEGORY}NAME")
"""What people can group by, as messages list it."""
LINE_ITEM_ONLY = frozenset({"resource", "operation"})
NONE = "(none)"
"""What a missing value of a dimension is called."""


@dataclass(frozen=True, slots=True, order=True)
class Dimension:
    """A way to split spend: its short name, and the key it has in a scope (`ServiceName`, `tag:team`).

    Cost categories are kept among the tags, under their whole name, so that neither hides the other.
    """

    name: str

    def __post_init__(self) -> None:
        """Refuse a name nobody can group by. Raises: InvalidArgument."""
        is_keyed = any(self.name.removeprefix(start) not in {"", self.name} for start in (TAG, COST_CATEGORY))
        if self.name not in SHORT_NAMES and not is_keyed:
            near = get_close_matches(self.name, SHORT_NAMES, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else ""
            raise InvalidArgument("A dimension", self.name, ", ".join(NAMES), hint=hint)
        if "\0" in self.name:
            raise InvalidArgument("A dimension", self.name, "a key without a null character")

    @classmethod
    def of_tag(cls, tag: str) -> Dimension:
        """The dimension of a key in `Tags`: what `tag` gives."""
        return cls(tag if tag.startswith(COST_CATEGORY) else TAG + tag)

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
        """Its key in a scope: the FOCUS column, `tag:KEY` or `cost-category:NAME`."""
        return SHORT_NAMES.get(self.name, self.name)

    @property
    def tag(self) -> str | None:
        """Its key in `Tags`: that of a tag, or the whole name of a cost category; None for a column."""
        if self.name.startswith(COST_CATEGORY):
            return self.name
        return self.name.removeprefix(TAG) if self.name.startswith(TAG) else None

    @property
    def is_line_item_only(self) -> bool:
        """Whether only line items know it, not the daily summary."""
        return self.name in LINE_ITEM_ONLY

    def __str__(self) -> str:
        """The short name."""
        return self.name


def tag_of(name: str) -> str | None:
    """The key in `Tags` that a dimension of this name, or a scope's key, means; None for a column."""
    return Dimension(name).tag if name.startswith((TAG, COST_CATEGORY)) else None


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

    def named(self, account_names: Mapping[str, str]) -> str:
        """As it prints, with an account's name behind its id: `Amazon S3 · 111111111111 (prod)`."""
        names = {(SHORT_NAMES["account"], account): name for account, name in account_names.items()}
        named = ((k, f"{v} ({names[k, v]})" if (k, v) in names else v) for k, v in self.values)
        return str(Scope(tuple(named)))

    def contains(self, other: Scope) -> bool:
        """Whether every charge of `other` is one of this scope."""
        return set(self.values) <= set(other.values)

    def __str__(self) -> str:
        """The values, joined; `total` for everything."""
        return " · ".join(named(value) for _, value in self.values) or "total"
