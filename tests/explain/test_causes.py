"""Every known cause has a case it fits and a near one it does not; AWS CLI understands every command."""

from __future__ import annotations

import shlex
from datetime import date
from string import Formatter
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore import xform_name
from botocore.session import Session
from cause_clues import made, meter, of

from aws_cost_anomalies.explain import filling
from aws_cost_anomalies.explain.causes import CAUSES
from aws_cost_anomalies.explain.clues import Clues
from aws_cost_anomalies.explain.known import known_causes
from aws_cost_anomalies.model.anomaly import Kind

EC2, S3, RDS = "Amazon Elastic Compute Cloud", "Amazon Simple Storage Service", "Amazon RDS"
COVERED = [("Usage", 2.0), ("SavingsPlanCoveredUsage", -1.0)]
P5, M5 = "BoxUsage:p5.48xlarge", "BoxUsage:m5.large"
DEARER = [meter(M5, 100, 100, 2.0, 1.0)]
SYDNEY = {"region": {"ap-southeast-2"}}

Case = tuple[str, Clues, Clues]
"""A cause, clues that fit, clues that nearly do."""
CASES: list[Case] = [
    (
        "A reservation or Savings Plan ended",
        made(shares=of(EC2), meters=DEARER, rate=990.0),
        made(shares=of(EC2), meters=[meter(M5, 200, 100)]),
    ),
    (
        "A reservation or Savings Plan covers less",
        made(shares={"charge-type": COVERED}),
        made(shares=of(charge_type="Usage")),
    ),
    (
        "A new commitment or upfront purchase",
        made(shares=of(charge_type="SavingsPlanUpfrontFee")),
        made(shares=of(charge_type="SavingsPlanCoveredUsage")),
    ),
    ("A credit ran out", made(shares=of(charge_category="Credit")), made(shares=of(charge_category="Usage"))),
    (
        "A fee of the start of the month",
        made(shares=of(charge_category="Purchase"), start=date(2026, 8, 1), days=1),
        made(shares=of(charge_category="Purchase"), start=date(2026, 8, 15), days=1),
    ),
    ("AWS Support", made(shares=of("AWS Support (Business)")), made(shares=of("Amazon Connect"))),
    ("Tax", made(shares=of(charge_category="Tax")), made(shares=of(charge_category="Adjustment"))),
    (
        "The free tier ended",
        made(meters=[meter("Request", 100, 0, 10.0, 0.0)], rate=1000.0),
        made(meters=[meter("Request", 100, 50, 10.0, 10.0)]),
    ),
    (
        "An AWS Marketplace purchase or renewal",
        made(shares=of(publisher="Lighthouse Ltd.")),
        made(shares=of(publisher="AWS")),
    ),
    (
        "GPU instances in a region not used before",
        made(shares=of(EC2, f"APS2-{P5}", region="ap-southeast-2"), new=SYDNEY),
        made(shares=of(EC2, f"APS2-{P5}", region="ap-southeast-2")),
    ),
    (
        "Instances in a region not used before",
        made(shares=of(EC2, f"APS2-{M5}", region="ap-southeast-2"), new=SYDNEY),
        made(shares=of(EC2, f"APS2-{M5}", region="us-east-1"), new=SYDNEY),
    ),
    (
        "Data transfer of a region not used before",
        made(shares=of(EC2, "APS2-DataTransfer-Out-Bytes", region="ap-southeast-2"), new=SYDNEY),
        made(shares=of(EC2, "APS2-DataTransfer-Out-Bytes", region="ap-southeast-2")),
    ),
    ("SageMaker usage", made(shares=of("Amazon SageMaker")), made(shares=of("Amazon Comprehend"))),
    ("Bedrock usage", made(shares=of("Amazon Bedrock")), made(shares=of("Amazon Polly"))),
    (
        "A new instance family or size",
        made(meters=[meter(P5, 10, 0, 98.0, None)]),
        made(meters=[meter("NatGateway-Hours", 10, 0, 98.0, None)]),
    ),
    (
        "More instances of the same type",
        made(meters=[meter(M5, 200, 100)]),
        made(meters=[meter(M5, 104, 100)]),
    ),
    (
        "RDS extended support",
        made(shares=of(RDS, "ExtendedSupport:Yr1-Yr2:MySQL5.7")),
        made(shares=of(RDS, "RDS:GP3-Storage")),
    ),
    (
        "A function that calls itself, or is called in a loop",
        made(shares=of("AWS Lambda"), meters=[meter("Request", 900, 100)]),
        made(shares=of("AWS Lambda"), meters=[meter("Request", 130, 100)]),
    ),
    ("EBS snapshots grow", made(shares=of(EC2, "EBS:SnapshotUsage")), made(shares=of(EC2, M5))),
    (
        "EBS volumes, perhaps unattached",
        made(shares=of(EC2, "EUC1-EBS:VolumeUsage.gp3")),
        made(shares=of(EC2, "EBS:SnapshotUsage")),
    ),
    (
        "S3 storage grows",
        made(shares=of(S3, "EU-TimedStorage-ByteHrs")),
        made(shares=of("Amazon DynamoDB", "TimedStorage-ByteHrs")),
    ),
    ("S3 requests", made(shares=of(S3, "Requests-Tier1")), made(shares=of("AWS KMS", "KMS-Requests"))),
    (
        "S3 objects deleted or retrieved early",
        made(shares=of(S3, "EarlyDelete-ByteHrs-GLACIER")),
        made(shares=of(S3, "TimedStorage-GlacierByteHrs")),
    ),
    (
        "DynamoDB on-demand traffic",
        made(shares=of("Amazon DynamoDB", "EU-WriteRequestUnits")),
        made(shares=of("Amazon DynamoDB", "WriteCapacityUnit-Hrs")),
    ),
    (
        "Athena scans more",
        made(shares=of("Amazon Athena", "DataScannedInTB")),
        made(shares=of("Amazon Redshift", "DataScannedInTB")),
    ),
    (
        "Data through a NAT gateway",
        made(shares=of(EC2, "EU-NatGateway-Bytes")),
        made(shares=of(EC2, "EU-NatGateway-Hours")),
    ),
    (
        "Traffic between availability zones",
        made(shares=of(EC2, "DataTransfer-Regional-Bytes")),
        made(shares=of(EC2, "DataTransfer-Out-Bytes")),
    ),
    (
        "Traffic between regions",
        made(shares=of(EC2, "USE1-EUW1-AWS-Out-Bytes")),
        made(shares=of(EC2, "DataTransfer-Out-Bytes")),
    ),
    (
        "Traffic out to the internet",
        made(shares=of(EC2, "DataTransfer-Out-Bytes")),
        made(shares=of(EC2, "USE1-EUW1-AWS-Out-Bytes")),
    ),
    (
        "Public IPv4 addresses",
        made(shares=of("Amazon VPC", "PublicIPv4:IdleAddress")),
        made(shares=of("Amazon VPC", "VpcEndpoint-Hours")),
    ),
    (
        "CloudWatch takes in more logs",
        made(shares=of("Amazon CloudWatch", "DataProcessing-Bytes")),
        made(shares=of("Amazon CloudWatch", "TimedStorage-ByteHrs")),
    ),
    (
        "CloudWatch metrics or requests for them",
        made(shares=of("Amazon CloudWatch", "CW:GMD-Metrics")),
        made(shares=of("Amazon CloudWatch", "DataProcessing-Bytes")),
    ),
    ("KMS requests", made(shares=of("AWS KMS", "KMS-Requests")), made(shares=of("AWS KMS", "KMS-Keys"))),
    ("AWS Config records more changes", made(shares=of("AWS Config")), made(shares=of("AWS WAF"))),
    ("CloudTrail records more events", made(shares=of("AWS CloudTrail")), made(shares=of("AWS WAF"))),
    ("GuardDuty looks at more", made(shares=of("Amazon GuardDuty")), made(shares=of("Amazon Macie"))),
    (
        "Data that is late",
        made(impact=-500, start=date(2026, 8, 31), days=1, has_open_days=True),
        made(impact=-500, start=date(2026, 8, 31), days=1),
    ),
    (
        "A gap in the data",
        made(impact=-500, kind=Kind.DROP, start=date(2026, 8, 31), days=1),
        made(impact=-500, kind=Kind.DROP, start=date(2026, 8, 20), days=1),
    ),
    (
        "Something was stopped or deleted",
        made(impact=-1000, meters=[meter(M5, 0, 100, None, 1.0, -1000.0)]),
        made(impact=-1000, meters=[meter(M5, 50, 100, 1.0, 1.0, -1000.0)]),
    ),
    (
        "A new commitment lowers the price",
        made(impact=-1000, shares={"charge-type": COVERED}),
        made(impact=-1000, shares=of(charge_type="Usage")),
    ),
]  # fmt: skip


def names(clues: Clues) -> list[str]:
    return [cause.name for cause in known_causes(clues, CAUSES)]


def test_every_cause_has_its_cases() -> None:
    assert [case[0] for case in CASES] == [cause.name for cause in CAUSES]


@pytest.mark.parametrize(("name", "fits", "nearly"), CASES, ids=[case[0] for case in CASES])
def test_a_cause_fits_what_it_is_for_and_not_what_is_near(name: str, fits: Clues, nearly: Clues) -> None:
    assert name in names(fits)
    assert name not in names(nearly)


@pytest.mark.parametrize(("name", "fits", "nearly"), CASES, ids=[case[0] for case in CASES])
def test_no_cause_fits_a_move_the_other_way(name: str, fits: Clues, nearly: Clues) -> None:
    other_way = made(
        impact=-fits.anomaly.impact.total_impact, start=fits.anomaly.start_date, shares=fits.shares,
        days=(fits.anomaly.end_date - fits.anomaly.start_date).days + 1,
    )  # fmt: skip
    assert name not in names(other_way)


def test_nothing_is_named_when_nothing_fits() -> None:
    assert known_causes(made(shares=of("Amazon Chime", "Minutes")), CAUSES) == ()


def test_at_most_three_are_named_the_best_first() -> None:
    found = known_causes(
        made(
            shares=of(EC2, f"APS2-{P5}", region="ap-southeast-2", charge_type="SavingsPlanUpfrontFee"),
            new=SYDNEY,
            meters=[meter(f"APS2-{P5}", 9, 0, 9.0, None)],
        ),
        CAUSES,
    )
    assert [cause.name for cause in found] == [
        "GPU instances in a region not used before",
        "Instances in a region not used before",
        "A new commitment or upfront purchase",
    ]


def test_a_cause_says_why_where_and_how_to_confirm_it() -> None:
    shares = of(
        EC2, "NatGateway-Bytes", account="100000000003", region="eu-west-1",
        resource="arn:aws:ec2:eu-west-1:100000000003:natgateway/nat-0123456789abcdef0",
    )  # fmt: skip
    (cause,) = known_causes(made(shares=shares), CAUSES)
    assert cause.facts == (
        "100 % of it in usage type NatGateway-Bytes",
        "in account 100000000003, region eu-west-1",
    )
    assert shlex.split(cause.command)[:9] == [
        "aws", "cloudwatch", "get-metric-statistics", "--namespace", "AWS/NATGateway", "--metric-name",
        "BytesOutToDestination", "--dimensions", "Name=NatGatewayId,Value=nat-0123456789abcdef0",
    ]  # fmt: skip
    assert cause.command.endswith("--region eu-west-1")
    assert cause.link == "https://console.aws.amazon.com/vpcconsole/home?region=eu-west-1#NatGateways:"


HOSTILE = [
    "$(reboot)",
    "`id`",
    "a; rm -rf /",
    "'",
    '"',
    "x\ny",
    "--endpoint-url=http://x",
    "a&region=b#c",
    "é",
]
RESOURCES = [
    "arn:aws:logs:us-east-1:1:log-group:/aws/{}", "arn:aws:lambda:us-east-1:1:function:{}", "{}",
    "arn:aws:dynamodb:us-east-1:1:table/{}", "arn:aws:s3:::{}", "arn:aws:kms:us-east-1:1:key/{}",
    "arn:aws:sagemaker:us-east-1:1:endpoint/{}", "i-{}", "natgateway/nat-{}",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("form", RESOURCES)
def test_a_value_from_a_bill_never_leaves_its_place(form: str, value: str) -> None:
    shares = of(EC2, "x", account=value, region=value, resource=form.format(value), usage=value)
    values = filling.values_at_hand(made(shares=shares))
    assert {"account", "region"}.isdisjoint(values)
    for cause in CAUSES:
        calm = filling.command(cause.commands, dict.fromkeys(values, "calm"))
        words = shlex.split(filling.command(cause.commands, values))
        assert len(words) == len(shlex.split(calm))
        assert [w for w in words if w.startswith("--")] == [
            w for w in shlex.split(calm) if w.startswith("--")
        ]
        assert "\n" not in filling.command(cause.commands, values)


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_filled_in_is_one_word_of_the_shell_and_one_part_of_the_link(value: str) -> None:
    filled = filling.command(("aws x --id {id}{in_region}",), {"id": value, "region": value})
    assert shlex.split(filled) == ["aws", "x", "--id", value, "--region", value]
    link = filling.link(("https://h/p?region={region}#f",), {"region": value})
    assert parse_qs(urlsplit(link).query, strict_parsing=True) == {"region": [value]}
    assert urlsplit(link).fragment == "f"


def every_command() -> list[str]:
    return sorted({template for cause in CAUSES for template in cause.commands})


@pytest.mark.parametrize("template", every_command())
def test_the_aws_command_line_knows_every_command_and_option(template: str) -> None:
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    filled = filling.command(
        (template,), {**dict.fromkeys(wanted - {"in_region"}, "x"), "region": "us-east-1"}
    )
    program, service, operation, *words = shlex.split(filled)
    model = Session().get_service_model({"configservice": "config", "s3api": "s3"}.get(service, service))
    methods = {xform_name(name, "-"): model.operation_model(name) for name in model.operation_names}
    shape = methods[operation].input_shape
    options = {f"--{xform_name(member, '-')}" for member in shape.members} if shape else set()
    assert program == "aws"
    assert {word for word in words if word.startswith("--")} <= options | {"--region"}
    required = {f"--{xform_name(member, '-')}" for member in shape.required_members} if shape else set()
    assert required <= set(words)
