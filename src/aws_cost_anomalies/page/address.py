"""A view as an address: what is usual is left out, so that the same view has one address."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING
from urllib.parse import urlencode

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
