"""A view as an address: what is usual is left out, so that the same view has one address."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.scope import Scope

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def address(path: str, view: DataclassInstance) -> str:
    """The path, and each field that differs from what its class has by default."""
    usual = type(view)()
    asked = {
        each.name: str(getattr(view, each.name))
        for each in fields(view)
        if getattr(view, each.name) != getattr(usual, each.name)
    }
    return path + (f"?{urlencode(asked)}" if asked else "")


def slice_of(scope: Scope) -> str:
    """A slice as the field `filter` has it: `service=Amazon S3,"tag:team=web, shop"`, quoted as in CSV."""
    written = io.StringIO()
    parts = [f"{naming.short(key)}={value}" for key, value in scope.values]
    csv.writer(written).writerow(parts)
    return written.getvalue().removesuffix(csv.excel.lineterminator)
