"""CloudTrail: which event source a service writes under."""

from __future__ import annotations

from aws_cost_anomalies.model.services import canonical

_PREFIXES = {
    "AmazonEC2": "ec2", "AmazonVPC": "ec2", "AWSDataTransfer": "ec2", "AmazonRDS": "rds",
    "AmazonDocDB": "rds", "AmazonNeptune": "rds", "AmazonES": "es", "AmazonElastiCache": "elasticache",
    "AmazonRedshift": "redshift", "AmazonMemoryDB": "memorydb", "AmazonDynamoDB": "dynamodb",
    "AmazonS3": "s3", "AWSLambda": "lambda", "AmazonECS": "ecs", "AmazonEKS": "eks", "AmazonECR": "ecr",
    "AmazonSageMaker": "sagemaker", "AmazonBedrock": "bedrock", "AmazonBedrockService": "bedrock",
    "AmazonCloudWatch": "logs", "AWSCloudTrail": "cloudtrail", "AWSConfig": "config",
    "AmazonGuardDuty": "guardduty", "awskms": "kms", "AmazonKinesis": "kinesis",
    "AmazonKinesisFirehose": "firehose", "AmazonMSK": "kafka", "ElasticMapReduce": "elasticmapreduce",
    "AmazonAthena": "athena", "AWSGlue": "glue", "AWSBackup": "backup",
    "AmazonEFS": "elasticfilesystem", "AmazonFSx": "fsx", "AWSELB": "elasticloadbalancing",
    "AmazonCloudFront": "cloudfront", "AmazonRoute53": "route53", "AmazonApiGateway": "apigateway",
    "AmazonStates": "states", "AWSQueueService": "sqs", "AmazonSNS": "sns", "CodeBuild": "codebuild",
    "AmazonWorkSpaces": "workspaces", "AWSSecretsManager": "secretsmanager",
    "ComputeSavingsPlans": "savingsplans",
}  # fmt: skip


def event_source(service: str) -> str | None:
    """`rds.amazonaws.com` for Amazon RDS under any of its names; None when nobody knows it."""
    known = canonical(service)
    prefix = _PREFIXES.get(known.code) if known else None
    return f"{prefix}.amazonaws.com" if prefix else None
