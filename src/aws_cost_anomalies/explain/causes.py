"""Known causes as data: each with its signs, what to check first and how to confirm it.

Commands are free of charge unless they say otherwise. `{in_region}` is the `--region` option; every other
placeholder is a value at hand, quoted (`filling.py`). Usage types are those of Cost and Usage Reports.
"""

from __future__ import annotations

from aws_cost_anomalies.explain.known import Cause
from aws_cost_anomalies.explain.service_causes import NETWORK, OPERATIONS, STORAGE
from aws_cost_anomalies.explain.signs import (
    INSTANCE,
    begins_on,
    carried_by,
    dearer,
    first_seen,
    lasts_at_most,
    less,
    more,
    more_of,
    never_metered,
    of_kind,
    offset_by,
    on_the_last_day,
    service,
    stopped,
    unless,
    unsettled,
    usage_type,
    was_free,
)
from aws_cost_anomalies.explain.templates import CONSOLE, events, metric, page
from aws_cost_anomalies.model.anomaly import Kind

_BILLS = f"{CONSOLE}/costmanagement/home#/bills"
_PLANS = f"{CONSOLE}/costmanagement/home#/savings-plans/inventory"
_COMMITTED = service(
    "AmazonEC2", "AmazonRDS", "AmazonElastiCache", "AmazonRedshift", "AmazonES", "AmazonMemoryDB",
    "AWSLambda", "AmazonECS", "AmazonEKS", "AmazonSageMaker", "AmazonDynamoDB", "AmazonDocDB",
    "AmazonNeptune",
)  # fmt: skip
_COVERED = r"^(SavingsPlanCoveredUsage|DiscountedUsage)$"
_COMMITMENT = r"^(SavingsPlan(Upfront|Recurring)Fee|RIFee|UpfrontReservationFee|RecurringReservationFee)$"
_GPU = r"(BoxUsage|SpotUsage|Host|Train|Notebk).*:(ml\.)?(p\d|g\d|gr\d|trn\d|inf\d|dl\d)\w*\."
_RETIRED = (
    "aws savingsplans describe-savings-plans --states retired payment-failed",
    "aws ec2 describe-reserved-instances --filters Name=state,Values=retired{in_region}",
)
_WHO_RAN = (events("EventName", "RunInstances"),)
_WHO_CHANGED = (events("EventSource", "{event_source}"), events("ReadOnly", "false"))


_BILLING = (
    Cause(
        name="A reservation or Savings Plan ended",
        signs=(more, _COMMITTED, dearer, unless(was_free)),
        weight=1.4,
        check_first="Whether a Savings Plan or reservation ended on the first day, and whether to renew it.",
        commands=_RETIRED,
        links=(_PLANS,),
    ),
    Cause(
        name="A reservation or Savings Plan covers less",
        signs=(
            more,
            carried_by("charge-type", "^Usage$"),
            offset_by("charge-type", _COVERED),
            unless(dearer),
        ),
        weight=1.3,
        check_first="Whether a commitment ended, or is used up by other usage or another account.",
        commands=_RETIRED,
        links=(_PLANS,),
    ),
    Cause(
        name="A new commitment or upfront purchase",
        signs=(more, carried_by("charge-type", _COMMITMENT)),
        weight=1.5,
        check_first="Who bought it, and whether net amortized cost, which spreads it, shows the same.",
        commands=("aws savingsplans describe-savings-plans --states active queued payment-pending",),
        links=(_PLANS,),
    ),
    Cause(
        name="A credit ran out",
        signs=(more, carried_by("charge-category", "^Credit$")),
        weight=1.5,
        check_first="Which credit was used up or expired, on the Credits page of Billing.",
        links=(f"{CONSOLE}/billing/home#/credits",),
    ),
    Cause(
        name="A fee of the start of the month",
        signs=(more, begins_on(1, 2, 3), lasts_at_most(2), carried_by("charge-category", "^Purchase$")),
        weight=1.2,
        check_first="Whether the months before had the same fee; then it will come again.",
        links=(_BILLS,),
    ),
    Cause(
        name="AWS Support",
        signs=(more, carried_by("service", r"(?i)(aws support \(|premium support)")),
        weight=1.6,
        check_first="Whether the support plan changed; its fee follows the whole bill of the month before.",
        links=(f"{CONSOLE}/support/plans/home",),
    ),
    Cause(
        name="Tax",
        signs=(more, carried_by("charge-category", "^Tax$")),
        weight=1.6,
        check_first="Whether the taxed amount grew, or the tax settings of an account changed.",
        links=(_BILLS,),
    ),
    Cause(
        name="The free tier ended",
        signs=(more, was_free),
        weight=1.5,
        check_first="Whether the free amount of the month is used up, or the account's free months are over.",
        commands=("aws freetier get-free-tier-usage --region us-east-1",),
        links=(f"{CONSOLE}/billing/home#/freetier",),
    ),
    Cause(
        name="An AWS Marketplace purchase or renewal",
        signs=(more, carried_by("publisher", r"^(?!AWS$|\(none\)$)")),
        weight=1.4,
        check_first="Whether a subscription was renewed, or a product bills by usage that grew.",
        links=(f"{CONSOLE}/marketplace/home#/subscriptions",),
    ),
)
_COMPUTE = (
    Cause(
        name="GPU instances in a region not used before",
        signs=(more, first_seen("region"), usage_type(_GPU)),
        weight=2.0,
        check_first="At once: whether somebody of yours started them; stolen keys are used like this.",
        commands=_WHO_RAN,
        links=page("ec2", "Instances:"),
    ),
    Cause(
        name="Instances in a region not used before",
        signs=(more, first_seen("region"), usage_type(INSTANCE)),
        weight=1.8,
        check_first="Whether somebody of yours started them; stolen keys are used like this.",
        commands=_WHO_RAN,
        links=page("ec2", "Instances:"),
    ),
    Cause(
        name="Data transfer of a region not used before",
        signs=(more, first_seen("region"), usage_type("(Out|In)-Bytes$")),
        weight=1.6,
        check_first="What runs in that region and who started it; stolen keys are used like this.",
        commands=("aws ec2 describe-instances{in_region}",),
        links=page("ec2", "Instances:"),
    ),
    Cause(
        name="SageMaker usage",
        signs=(more, service("AmazonSageMaker")),
        weight=1.25,
        check_first="Endpoints, notebooks and training jobs that nobody uses.",
        commands=(
            "aws sagemaker describe-endpoint --endpoint-name {endpoint}{in_region}",
            "aws sagemaker list-endpoints --status-equals InService{in_region}",
        ),
        links=page("sagemaker", "/endpoints"),
    ),
    Cause(
        name="Bedrock usage",
        signs=(more, service("AmazonBedrock", "AmazonBedrockService")),
        weight=1.25,
        check_first="Which model and caller took the tokens, in the Bedrock metrics of CloudWatch.",
        commands=(
            "aws cloudwatch list-metrics --namespace AWS/Bedrock --metric-name InputTokenCount{in_region}",
        ),
        links=page("bedrock", "/"),
    ),
    Cause(
        name="A new instance family or size",
        signs=(more, unless(of_kind(Kind.NEW)), never_metered(INSTANCE)),
        weight=1.1,
        check_first="Which deployment or person chose the type, and whether the old ones were meant to go.",
        commands=_WHO_CHANGED,
    ),
    Cause(
        name="More instances of the same type",
        signs=(more, more_of(INSTANCE, times=1.1)),
        check_first="Whether a scaling group grew with its load, or instances were left running.",
        commands=_WHO_CHANGED,
    ),
    Cause(
        name="RDS extended support",
        signs=(more, usage_type("ExtendedSupport")),
        weight=1.5,
        check_first="Which databases run an engine version that is past its end; an upgrade ends the fee.",
        commands=("aws rds describe-db-instances{in_region}",),
        links=page("rds", "databases:"),
    ),
    Cause(
        name="A function that calls itself, or is called in a loop",
        signs=(more, service("AWSLambda"), more_of("(Request|Lambda-GB-Second)", times=2.0)),
        weight=1.3,
        check_first="Invocations of the function, and whether it writes to what triggers it.",
        commands=(
            metric("AWS/Lambda", "Invocations", "FunctionName", value="function"),
            "aws lambda list-functions{in_region}",
        ),
        links=page("lambda", "/functions"),
    ),
)
_LESS = (
    Cause(
        name="Data that is late",
        signs=(less, unsettled, on_the_last_day),
        weight=1.5,
        check_first="Whether tomorrow's import fills the day; run ingest again before acting.",
    ),
    Cause(
        name="A gap in the data",
        signs=(less, of_kind(Kind.DROP, Kind.GONE), on_the_last_day),
        check_first="Whether the export has delivered the whole day; run ingest again before acting.",
    ),
    Cause(
        name="Something was stopped or deleted",
        signs=(less, stopped),
        weight=1.2,
        check_first="Whether that was meant: a wanted saving, or something that should be running.",
        commands=_WHO_CHANGED,
    ),
    Cause(
        name="A new commitment lowers the price",
        signs=(less, carried_by("charge-type", "^Usage$"), offset_by("charge-type", _COVERED)),
        weight=1.2,
        check_first="Whether a Savings Plan or reservation began on the first day.",
        commands=("aws savingsplans describe-savings-plans --states active",),
        links=(_PLANS,),
    ),
)
CAUSES: tuple[Cause, ...] = (*_BILLING, *_COMPUTE, *STORAGE, *NETWORK, *OPERATIONS, *_LESS)
"""Every known cause; of equals the earlier is told first."""
