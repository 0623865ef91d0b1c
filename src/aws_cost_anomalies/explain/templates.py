"""Templates of commands and console pages that several causes share."""

from __future__ import annotations

CONSOLE = "https://console.aws.amazon.com"


def metric(namespace: str, name: str, dimension: str, *, value: str, statistic: str = "Sum") -> str:
    """The CloudWatch command for a metric's days, from a week before."""
    return (
        f"aws cloudwatch get-metric-statistics --namespace {namespace} --metric-name {name}"
        f" --dimensions Name={dimension},Value={{{value}}} --start-time {{before}} --end-time {{end}}"
        f" --period 86400 --statistics {statistic}{{in_region}}"
    )


def events(attribute: str, value: str) -> str:
    """The CloudTrail command for events around the first anomalous day."""
    return (
        f"aws cloudtrail lookup-events --lookup-attributes AttributeKey={attribute},AttributeValue={value}"
        " --start-time {first_from} --end-time {first_to}{in_region}"
    )


def page(service_name: str, fragment: str) -> tuple[str, str]:
    """A console page in the region, or wherever the console is."""
    home = f"{CONSOLE}/{service_name}/home"
    return (f"{home}?region={{region}}#{fragment}", f"{home}#{fragment}")
