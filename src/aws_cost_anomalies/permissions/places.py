"""Where a configuration keeps things, as ARNs; what it leaves open is `*`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from aws_cost_anomalies.permissions.features import On
from aws_cost_anomalies.secret import is_kept_elsewhere
from aws_cost_anomalies.settings import Settings

ANY = ("*",)
SSM, SECRETS_MANAGER = "ssm:", "secretsmanager:"
SUFFIX = "-??????"
"""What Secrets Manager appends to the name of a secret in its ARN."""


def places(settings: Settings) -> dict[On, tuple[str, ...]]:
    """Kind of thing → the ARNs this configuration means; every one there is where it names none."""
    aws = f"arn:{_partition(settings)}"
    exports = [each.location for each in (settings.s3, settings.focus) if each.location]
    engine = settings.engine
    glue, referred = f"{aws}:glue:*:*", tuple(references(settings))
    tables = (f"{glue}:database/{engine.database}", f"{glue}:table/{engine.database}/raw_*")
    return {
        On.EVERYTHING: ANY,
        On.EXPORT_BUCKET: _buckets(aws, exports),
        On.EXPORT_FILES: _files(aws, exports),
        On.WORKGROUP: (f"{aws}:athena:*:*:workgroup/{engine.workgroup}",),
        On.CATALOG: (f"{glue}:catalog", *tables),
        On.RESULT_BUCKET: _buckets(aws, [engine.output]),
        On.RESULT_FILES: _files(aws, [engine.output]),
        On.TOPICS: _topics(settings) or (f"{aws}:sns:*:*:*",),
        On.PARAMETERS: _kept(aws, referred, SSM) or (f"{aws}:ssm:*:*:parameter/*",),
        On.SECRETS: _kept(aws, referred, SECRETS_MANAGER) or (f"{aws}:secretsmanager:*:*:secret:*",),
        On.MODELS: (f"{aws}:bedrock:*::foundation-model/*", f"{aws}:bedrock:*:*:inference-profile/*"),
        On.CALLERS: (f"{aws}:iam::*:role/*", f"{aws}:iam::*:user/*"),
        On.EXPORTS: (f"{aws}:bcm-data-exports:*:*:export/*",),
        On.STORE_BUCKET: _buckets(aws, [settings.database.remote]),
        On.STORE_FILES: _files(aws, [settings.database.remote]),
    }


def prefixes(settings: Settings) -> dict[On, tuple[str, ...]]:
    """Bucket that is listed → the beginnings of keys that are; empty when it is listed whole."""
    exports = [each.location for each in (settings.s3, settings.focus) if each.location]
    listed = {On.EXPORT_BUCKET: exports, On.STORE_BUCKET: [settings.database.remote]}
    keys = {on: [_place(url)[1] for url in urls] for on, urls in listed.items()}
    return {on: tuple(f"{key}/*" for key in found) if all(found) else () for on, found in keys.items()}


def references(part: BaseModel) -> Iterator[str]:
    """Every secret of a configuration that says where it is kept instead of what it is."""
    return (text for text in _secrets(part) if text.startswith((SSM, SECRETS_MANAGER)))


def written_out(settings: Settings) -> bool:
    """Whether the configuration holds a secret itself, not just where one is kept."""
    return any(not is_kept_elsewhere(text) for text in _secrets(settings))


def _secrets(value: object) -> Iterator[str]:
    """Every secret there is, as it is written."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _secrets(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _secrets(item)
    elif isinstance(value, SecretStr) and value.get_secret_value():
        yield value.get_secret_value()


def _kept(aws: str, referred: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The ARNs of those references that are of one kind."""
    names = dict.fromkeys(each.removeprefix(kind) for each in referred if each.startswith(kind))
    return tuple(_parameter(aws, name) if kind == SSM else _secret(aws, name) for name in names)


def _parameter(aws: str, name: str) -> str:
    return name if name.startswith("arn:") else f"{aws}:ssm:*:*:parameter/{name.lstrip('/')}"


def _secret(aws: str, reference: str) -> str:
    name = reference.partition("#")[0]
    return name if name.startswith("arn:") else f"{aws}:secretsmanager:*:*:secret:{name}{SUFFIX}"


def _topics(settings: Settings) -> tuple[str, ...]:
    found = (getattr(channel, "topic_arn", "") for channel in settings.channels if channel.kind == "sns")
    return tuple(dict.fromkeys(arn for arn in found if arn))


def _buckets(aws: str, urls: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{aws}:s3:::{_place(url)[0]}" for url in urls)) or (f"{aws}:s3:::*",)


def _files(aws: str, urls: list[str]) -> tuple[str, ...]:
    found = (_place(url) for url in urls)
    below = (f"{aws}:s3:::{bucket}/{key}/*" if key else f"{aws}:s3:::{bucket}/*" for bucket, key in found)
    return tuple(dict.fromkeys(below)) or (f"{aws}:s3:::*/*",)


def _place(url: str) -> tuple[str, str]:
    """Bucket and prefix of an `s3://` URL; any bucket where there is no URL."""
    split = urlsplit(url)
    return split.netloc or "*", split.path.strip("/")


def _partition(settings: Settings) -> str:
    """Which of AWS's separate worlds the configured regions lie in."""
    regions = (settings.s3.region, settings.focus.region, settings.cost_explorer.region)
    if any(region.startswith("cn-") for region in regions):
        return "aws-cn"
    return "aws-us-gov" if any(region.startswith("us-gov-") for region in regions) else "aws"
