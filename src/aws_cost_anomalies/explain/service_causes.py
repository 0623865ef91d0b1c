"""Known causes of storage, networks and operations, as data; see `causes.py` for how they are written."""

from __future__ import annotations

from aws_cost_anomalies.explain.known import Cause
from aws_cost_anomalies.explain.signs import more, service, usage_type
from aws_cost_anomalies.explain.templates import metric, page

STORAGE = (
    Cause(
        name="EBS snapshots grow",
        signs=(more, usage_type("EBS:SnapshotUsage")),
        weight=1.2,
        check_first="Whether old snapshots are ever deleted: the rules of the backup or lifecycle policy.",
        commands=("aws ec2 describe-snapshots --owner-ids self{in_region}",),
        links=page("ec2", "Snapshots:"),
    ),
    Cause(
        name="EBS volumes, perhaps unattached",
        signs=(more, usage_type("EBS:Volume")),
        weight=1.1,
        check_first="Volumes in state available: they cost the same and belong to no instance.",
        commands=("aws ec2 describe-volumes --filters Name=status,Values=available{in_region}",),
        links=page("ec2", "Volumes:"),
    ),
    Cause(
        name="S3 storage grows",
        signs=(more, service("AmazonS3"), usage_type("TimedStorage")),
        weight=1.2,
        check_first="Which bucket grows, whether it keeps old versions, and its lifecycle rules.",
        commands=(
            "aws s3api get-bucket-lifecycle-configuration --bucket {bucket}{in_region}",
            "aws s3api list-buckets",
        ),
        links=page("s3", "/lens"),
    ),
    Cause(
        name="S3 requests",
        signs=(more, service("AmazonS3"), usage_type("Requests-")),
        weight=1.2,
        check_first="Who sends them: a job over many small objects, or a lifecycle transition.",
        commands=("aws s3api get-bucket-logging --bucket {bucket}{in_region}",),
        links=page("s3", "/lens"),
    ),
    Cause(
        name="S3 objects deleted or retrieved early",
        signs=(more, service("AmazonS3"), usage_type("(EarlyDelete|Retrieval)")),
        weight=1.3,
        check_first="Whether a lifecycle rule moves objects that are read or deleted soon after.",
        commands=("aws s3api get-bucket-lifecycle-configuration --bucket {bucket}{in_region}",),
        links=page("s3", "/lens"),
    ),
    Cause(
        name="DynamoDB on-demand traffic",
        signs=(more, service("AmazonDynamoDB"), usage_type("(Read|Write)RequestUnits")),
        weight=1.2,
        check_first="Which table takes it, and whether a scan or a retry loop runs.",
        commands=(
            metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", value="table"),
            "aws dynamodb list-tables{in_region}",
        ),
        links=page("dynamodbv2", "tables"),
    ),
    Cause(
        name="Athena scans more",
        signs=(more, service("AmazonAthena"), usage_type("DataScanned")),
        weight=1.2,
        check_first="The largest queries, and whether they name a partition.",
        commands=("aws athena list-query-executions{in_region}",),
        links=page("athena", "/query-editor/history/"),
    ),
)
NETWORK = (
    Cause(
        name="Data through a NAT gateway",
        signs=(more, usage_type("NatGateway-Bytes")),
        weight=1.3,
        check_first="Traffic to S3, ECR and the like, which a VPC endpoint takes off the gateway.",
        commands=(
            metric("AWS/NATGateway", "BytesOutToDestination", "NatGatewayId", value="nat"),
            "aws ec2 describe-nat-gateways{in_region}",
        ),
        links=page("vpcconsole", "NatGateways:"),
    ),
    Cause(
        name="Traffic between availability zones",
        signs=(more, usage_type("DataTransfer-Regional-Bytes")),
        weight=1.3,
        check_first="Chatty parts in different zones: databases, queues and load balancers across zones.",
        commands=("aws ec2 describe-flow-logs{in_region}",),
        links=page("vpcconsole", "vpcs:"),
    ),
    Cause(
        name="Traffic between regions",
        signs=(more, usage_type(r"AWS-(In|Out)-(ABytes|Bytes)|CrossRegion|Region-Bytes")),
        weight=1.3,
        check_first="Replication, backups copied abroad, or a client that calls the wrong region.",
        commands=("aws ec2 describe-flow-logs{in_region}",),
        links=page("vpcconsole", "vpcs:"),
    ),
    Cause(
        name="Traffic out to the internet",
        signs=(more, usage_type("DataTransfer-Out-(ABytes|Bytes)")),
        weight=1.2,
        check_first="What serves it: a download, a crawler, or data that leaves unasked.",
        commands=("aws ec2 describe-flow-logs{in_region}",),
        links=page("vpcconsole", "vpcs:"),
    ),
    Cause(
        name="Public IPv4 addresses",
        signs=(more, usage_type("PublicIPv4|ElasticIP")),
        weight=1.3,
        check_first="Idle addresses: each costs by the hour whether it is used or not.",
        commands=("aws ec2 describe-addresses{in_region}",),
        links=page("ec2", "Addresses:"),
    ),
)
OPERATIONS = (
    Cause(
        name="CloudWatch takes in more logs",
        signs=(more, service("AmazonCloudWatch"), usage_type("DataProcessing-Bytes|VendedLog")),
        weight=1.3,
        check_first="The log group that grows, and its log level.",
        commands=(
            metric("AWS/Logs", "IncomingBytes", "LogGroupName", value="log_group"),
            "aws logs describe-log-groups{in_region}",
        ),
        links=page("cloudwatch", "logsV2:log-groups"),
    ),
    Cause(
        name="CloudWatch metrics or requests for them",
        signs=(more, service("AmazonCloudWatch"), usage_type("CW:")),
        weight=1.2,
        check_first="Custom metrics with many dimensions, or a tool that polls GetMetricData.",
        commands=("aws cloudwatch list-metrics --recently-active PT3H{in_region}",),
        links=page("cloudwatch", "metricsV2:"),
    ),
    Cause(
        name="KMS requests",
        signs=(more, service("awskms"), usage_type("Requests")),
        weight=1.2,
        check_first="Which caller decrypts so often; S3 bucket keys save most of it.",
        commands=(
            "aws kms describe-key --key-id {key}{in_region}",
            "aws kms list-keys{in_region}",
        ),
        links=page("kms", "/kms/keys"),
    ),
    Cause(
        name="AWS Config records more changes",
        signs=(more, service("AWSConfig")),
        weight=1.1,
        check_first="Which resource type changes so often, and whether it has to be recorded.",
        commands=("aws configservice get-discovered-resource-counts{in_region}",),
        links=page("config", "/resources"),
    ),
    Cause(
        name="CloudTrail records more events",
        signs=(more, service("AWSCloudTrail")),
        weight=1.1,
        check_first="A second trail for the same events, or data events of a busy bucket or function.",
        commands=("aws cloudtrail list-trails{in_region}",),
        links=page("cloudtrail", "/trails"),
    ),
    Cause(
        name="GuardDuty looks at more",
        signs=(more, service("AmazonGuardDuty")),
        weight=1.1,
        check_first="Which source grew: flow logs, DNS, S3 or runtime events; and what made the traffic.",
        commands=("aws guardduty list-detectors{in_region}",),
        links=page("guardduty", "/usage"),
    ),
)
