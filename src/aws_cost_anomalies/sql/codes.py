"""Which product codes say by themselves what service a charge is for.

A code is surer than a name: where the code is known, the names in a bill are not asked for. Knows mappings
and services; runs nothing.
"""

from __future__ import annotations

from functools import cache

from sqlglot import exp

from aws_cost_anomalies.model.bill import FocusMapping, RawColumn
from aws_cost_anomalies.model.services import SERVICES
from aws_cost_anomalies.sql.charges import parsed


def code_column(mapping: FocusMapping) -> RawColumn | None:
    """The column that is x_ServiceCode as it stands; None where a charge may be another provider's."""
    charge = {projection.alias_or_name: projection.unalias() for projection in parsed(mapping).selects}
    code, provider = charge.get("x_ServiceCode"), charge.get("ProviderName")
    if not isinstance(code, exp.Column) or not isinstance(provider, exp.Literal) or provider.this != "AWS":
        return None
    return next((column for column in mapping.columns if column.name == code.name), None)


def is_known(code: str) -> bool:
    """Whether the code says what service it is, whatever name the bill gives it."""
    return code.isascii() and code.lower() in _spellings()


@cache
def _spellings() -> frozenset[str]:
    spelt = (spelling for s in SERVICES for spelling in (s.name, s.code, *s.aliases))
    return frozenset(spelling.lower() for spelling in spelt)
