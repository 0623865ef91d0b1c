"""Secrets: written in the configuration or kept elsewhere; read when they are used, shown nowhere.

A value may name its keeper: `env:NAME`, `file:PATH`, `ssm:/name`, `secretsmanager:name` or
`secretsmanager:name#key` for one key of a JSON secret. Anything else is the secret itself.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aws_cost_anomalies import aws
from aws_cost_anomalies.errors import MissingLocation, SettingsError

KEEPERS = ("env", "file", "ssm", "secretsmanager")
SHORTEST_PIECE = 6
"""A part of an address shorter than this is no secret of its own."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret, or where it is kept; printing it shows neither.

    Attributes:
        written: as the configuration has it; empty when there is none.
        profile: AWS profile that may read it, None for the standard chain.
    """

    written: str = field(default="", repr=False)
    profile: str | None = None

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.written)

    def read(self) -> str:
        """The secret itself, empty when there is none; asked of its keeper each time.

        Raises:
            SettingsError: the variable, the key or the secret is not there, or is empty.
            MissingLocation: no such file or parameter.
            AccessDenied, CredentialsError, ServiceUnavailable: AWS would not say.
        """
        if not is_kept_elsewhere(self.written):
            return self.written.strip()
        keeper, _, place = self.written.partition(":")
        read: Callable[[str], str] = {
            "env": _variable,
            "file": _file,
            "ssm": lambda name: aws.parameter(name, profile=self.profile),
            "secretsmanager": self._kept,
        }[keeper]
        value = read(place).strip()
        if not value:
            raise SettingsError(f"The secret at {keeper}:{place} is empty.", "Put the secret there.")
        return value

    def _kept(self, place: str) -> str:
        name, _, key = place.partition("#")
        value = aws.secret_value(name, profile=self.profile)
        return _of_json(value, name, key) if key else value


def is_kept_elsewhere(written: str) -> bool:
    """Whether it is a reference rather than the secret itself."""
    keeper, colon, _ = written.partition(":")
    return bool(colon) and keeper in KEEPERS


def redacted(text: str, *secrets: str) -> str:
    """A text without these secrets, nor the telling parts of those that are addresses."""
    pieces = {piece for secret in secrets for piece in (secret, *_pieces(secret))}
    for piece in sorted((piece for piece in pieces if piece), key=len, reverse=True):
        text = text.replace(piece, "…")
    return text


def _pieces(secret: str) -> list[str]:
    """What stands behind the host of an address: path, keys, signatures."""
    _, has_scheme, rest = secret.partition("://")
    parts = re.split(r"[/?&=#@:]", rest)[1:] if has_scheme else []
    return [part for part in parts if len(part) >= SHORTEST_PIECE]


def _variable(name: str) -> str:
    if name not in os.environ:
        raise SettingsError(
            f"The environment variable {name} is not set.", "A channel's secret is read from it."
        )
    return os.environ[name]


def _file(name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingLocation("file of a secret", name) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"The file {name} of a secret cannot be read.", "Check its owner and mode."
        ) from None


def _of_json(value: str, name: str, key: str) -> str:
    try:
        held = json.loads(value)
    except ValueError:
        held = None
    if not isinstance(held, dict) or not isinstance(held.get(key), str):
        hint = "Give the key of a JSON secret that holds text: secretsmanager:name#key."
        raise SettingsError(f"The secret {name} has no key {key!r} with a text.", hint)
    found: str = held[key]
    return found
