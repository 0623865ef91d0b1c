"""What Cost Explorer is asked to group by. Knows its limit of two groupings at once; asks nothing."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.scope import tag_of

MOST_GROUPINGS = 2
"""GetCostAndUsage takes no more at once. Source: Cost Explorer API reference, GetCostAndUsage, GroupBy."""

_KEYS = {
    "service": "SERVICE",
    "account": "LINKED_ACCOUNT",
    "region": "REGION",
    "charge-type": "RECORD_TYPE",
    "usage-type": "USAGE_TYPE",
}
_OTHER_NAMES = {"record-type": "charge-type"}
_KEYED = {"tag": "TAG", "cost-category": "COST_CATEGORY"}
_ALLOWED = (
    "service, service+account, or either with one more of region, charge-type, usage-type, tag:KEY, "
    "cost-category:NAME"
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """One dimension of a request.

    Attributes:
        name: as people write it, `usage-type` or `tag:team`.
        type: DIMENSION, TAG or COST_CATEGORY.
        key: the dimension of Cost Explorer, or the key of the tag or cost category.
    """

    name: str
    type: str
    key: str

    @classmethod
    def parse(cls, text: str) -> Grouping | None:
        """The dimension a name means; None when Cost Explorer has none of that name."""
        name = _OTHER_NAMES.get(text, text)
        if name in _KEYS:
            return cls(name, "DIMENSION", _KEYS[name])
        kind, _, key = name.partition(":")
        return cls(name, _KEYED[kind], key) if kind in _KEYED and key else None


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """The dimensions of a fetch: the service, perhaps the account, and at most one more.

    Three dimensions do not fit into one request: then the accounts are listed first, and one request is made
    for each of them. Every plan covers all charges once, so two plans over the same days have the same total.

    Attributes:
        groupings: in the order service, account, the third.
    """

    groupings: tuple[Grouping, ...]

    @classmethod
    def parse(cls, text: str) -> QueryPlan:
        """The plan that `service+account+region` means; the order of the names is free.

        Raises:
            InvalidArgument: a name nobody knows, no service, or too many dimensions.
        """
        parsed = [Grouping.parse(name.strip()) for name in text.split("+")]
        groupings = [grouping for grouping in parsed if grouping is not None]
        names = [grouping.name for grouping in groupings]
        others = [grouping for grouping in groupings if grouping.name not in {"service", "account"}]
        is_twice = len(set(names)) < len(names)
        if len(groupings) < len(parsed) or is_twice or "service" not in names or len(others) > 1:
            raise InvalidArgument("The grouping of Cost Explorer", text, _ALLOWED)
        order = sorted(groupings, key=lambda g: (g.name != "service", g.name != "account"))
        return cls(tuple(order))

    @property
    def is_by_account(self) -> bool:
        """Whether one request for each account is needed."""
        return len(self.groupings) > MOST_GROUPINGS

    @property
    def at_once(self) -> tuple[Grouping, ...]:
        """What one request groups by."""
        return tuple(g for g in self.groupings if not (self.is_by_account and g.name == "account"))

    @property
    def tags(self) -> tuple[str, ...]:
        """The keys of `Tags` that its charges have."""
        return tuple(tag for g in self.groupings if (tag := tag_of(g.name)) is not None)

    @property
    def fewest_requests(self) -> int:
        """How many requests it takes when every answer fits on one page and one account has all the spend."""
        return 2 if self.is_by_account else 1

    def __str__(self) -> str:
        """The names, joined by `+`."""
        return "+".join(grouping.name for grouping in self.groupings)


ACCOUNTS = QueryPlan((Grouping("account", "DIMENSION", "LINKED_ACCOUNT"),))
"""What each account spent: lists the accounts, and says what the requests for each must add up to."""
