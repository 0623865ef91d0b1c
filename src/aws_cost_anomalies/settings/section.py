"""What every group of keys is."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator


class Section(BaseModel):
    """A group of keys; a key nobody reads is an error, and a number is finite."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _is_no_switch(cls, value: object, told: ValidationInfo) -> object:
        """The value; true is no 1 where a number is wanted. Raises: ValueError."""
        if isinstance(value, bool):
            kinds = _kinds(cls.model_fields[told.field_name or ""].annotation)
            if (int in kinds or float in kinds) and bool not in kinds:
                raise ValueError("it must be a number")
        return value

    @field_validator("*")
    @classmethod
    def _can_be_written_down(cls, value: object) -> object:
        """The value, `~` in a path meaning what it means to a shell.

        Raises:
            ValueError: neither a file nor a statement can be called that.
        """
        texts = value if isinstance(value, tuple | list) else (value,)
        if any("\0" in str(each) for each in texts if isinstance(each, str | Path)):
            raise ValueError("a text cannot hold a null character")
        if any("\ud800" <= c <= "\udfff" for each in texts if isinstance(each, str) for c in each):
            raise ValueError("a text cannot hold half a character (\\ud800 to \\udfff)")
        if isinstance(value, Path):
            try:
                return value.expanduser()
            except RuntimeError:
                raise ValueError("there is no such user") from None
        return value


def _kinds(annotation: object) -> list[object]:
    """What a field may be, with what its union is made of."""
    return [annotation, *(kind for each in get_args(annotation) for kind in _kinds(each))]
