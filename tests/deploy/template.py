"""A CloudFormation template with its intrinsic functions worked out, as far as these tests need them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

NOTHING = object()
NAMED = re.compile(r"\$\{([^}]+)\}")


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms."""


def _short(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {suffix: loader.construct_sequence(node, deep=True)}
    return {suffix: loader.construct_mapping(node, deep=True)}  # type: ignore[arg-type]


_Loader.add_multi_constructor("!", _short)


def resolved(path: Path, **given: str) -> dict[str, Any]:
    """The template's resources, with these parameters; what only AWS knows is `*`."""
    template = yaml.load(path.read_text(), _Loader)
    values = {name: str(each.get("Default", "")) for name, each in template["Parameters"].items()}
    values |= {"AWS::Partition": "aws", **given}
    found: dict[str, Any] = _resolved(template["Resources"], values, template["Conditions"])
    return found


def _resolved(part: Any, values: Mapping[str, str], conditions: Mapping[str, Any]) -> Any:
    def within(inner: Any) -> Any:
        return _resolved(inner, values, conditions)

    if isinstance(part, list):
        return [made for each in part if (made := within(each)) is not NOTHING]
    if not isinstance(part, dict):
        return part
    (name, inner), *more = part.items()
    if more or name not in {"Ref", "Sub", "GetAtt", "If"}:
        return {key: made for key, each in part.items() if (made := within(each)) is not NOTHING}
    if name == "If":
        condition, yes, no = inner
        return within(yes if _holds(conditions[condition], values) else no)
    return _named(name, inner, values)


def _named(function: str, name: str, values: Mapping[str, str]) -> object:
    """What a reference stands for."""
    if name == "AWS::NoValue":
        return NOTHING
    if function == "Sub":
        return NAMED.sub(lambda found: values.get(found[1], "*"), name)
    return name if function == "GetAtt" else values.get(name, "*")


def _holds(condition: Any, values: Mapping[str, str]) -> bool:
    match condition:
        case {"Not": [inner]}:
            return not _holds(inner, values)
        case {"Equals": [{"Ref": name}, value]}:
            return values[name] == value
    raise AssertionError(condition)
