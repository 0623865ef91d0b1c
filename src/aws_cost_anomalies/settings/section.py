"""What every group of keys is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A group of keys; a key nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
