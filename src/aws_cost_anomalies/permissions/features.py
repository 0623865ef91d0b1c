"""The table of permissions: feature → IAM actions, and on what. Knows no configuration and no ARN.

Source: the "Actions, resources, and condition keys" pages of the Service Authorization Reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class On(StrEnum):
    """What an action is allowed on, in words."""

    EVERYTHING = "everything: the action knows no resources"
    EXPORT_BUCKET = "the bucket of the export, below its prefix"
    EXPORT_FILES = "the files of the export"
    WORKGROUP = "`engine.workgroup`"
    CATALOG = "the catalog, `engine.database` and its tables `raw_*`"
    RESULT_BUCKET = "the bucket of `engine.output`"
    RESULT_FILES = "the files below `engine.output`"
    TOPICS = "the topics of the channels"
    PARAMETERS = "the parameters that the configuration names as `ssm:/name`"
    SECRETS = "the secrets that the configuration names as `secretsmanager:name`"
    MODELS = "models of Amazon Bedrock and inference profiles, in every region a profile may choose"
    STORE_BUCKET = "the bucket of `database.remote`, below its prefix"
    CALLERS = "the roles and users of the account"
    EXPORTS = "the Data Exports of the account"
    STORE_FILES = "the files below `database.remote`"


@dataclass(frozen=True, slots=True)
class Grant:
    """Actions allowed on one kind of thing."""

    actions: tuple[str, ...]
    on: On = On.EVERYTHING


@dataclass(frozen=True, slots=True)
class Feature:
    """A part of the program that asks AWS.

    Attributes:
        name: as `--feature` takes it.
        purpose: what it is for, as docs/permissions.md says it.
        grants: what it asks; nothing where another's permissions are used.
    """

    name: str
    purpose: str
    grants: tuple[Grant, ...] = ()


OPTIONAL = frozenset({"organizations", "cloudtrail"})
"""Features without which the work is done all the same, with less to tell."""
FEATURES = (
    Feature("cost-explorer", "`ingest --source cost-explorer`", (Grant(("ce:GetCostAndUsage",)),)),
    Feature("aws-anomalies", "`ingest --source aws-anomalies`", (Grant(("ce:GetAnomalies",)),)),
    Feature(
        "organizations",
        "account names from Cost Explorer; optional, ids are shown where it is refused",
        (Grant(("organizations:ListAccounts",)),),
    ),
    Feature(
        "live-costs",
        "questions answered by Cost Explorer now: costs and forecast",
        (Grant(("ce:GetCostAndUsage", "ce:GetCostForecast")),),
    ),
    Feature(
        "cloudwatch",
        "questions about metrics and alarms",
        (Grant(("cloudwatch:GetMetricStatistics", "cloudwatch:DescribeAlarms")),),
    ),
    Feature("budgets", "questions about budgets", (Grant(("budgets:ViewBudget",)),)),
    Feature(
        "s3-export",
        "`ingest --source cur` or `focus` from S3",
        (Grant(("s3:ListBucket",), On.EXPORT_BUCKET), Grant(("s3:GetObject",), On.EXPORT_FILES)),
    ),
    Feature(
        "athena",
        "`engine.kind: athena`, on top of `s3-export`",
        (
            Grant(
                ("athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"),
                On.WORKGROUP,
            ),
            Grant(
                (
                    "glue:GetDatabase",
                    "glue:CreateDatabase",
                    "glue:GetTable",
                    "glue:CreateTable",
                    "glue:DeleteTable",
                ),
                On.CATALOG,
            ),
            Grant(("s3:GetBucketLocation",), On.RESULT_BUCKET),
            Grant(("s3:PutObject", "s3:GetObject"), On.RESULT_FILES),
        ),
    ),
    Feature("spark", "`engine.kind: spark`: the workers read by a role of their own, with `s3-export`"),
    Feature("cloudtrail", "`explain --who`, and `alerts.who_did_it`", (Grant(("cloudtrail:LookupEvents",)),)),
    Feature("sns", "channels of the kind `sns`", (Grant(("sns:Publish",), On.TOPICS),)),
    Feature("ssm", "secrets in Parameter Store", (Grant(("ssm:GetParameter",), On.PARAMETERS),)),
    Feature(
        "secretsmanager",
        "secrets in Secrets Manager",
        (Grant(("secretsmanager:GetSecretValue",), On.SECRETS),),
    ),
    Feature(
        "bedrock",
        "`query`, and `alerts.narrator: llm`, with a model of Amazon Bedrock",
        (Grant(("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"), On.MODELS),),
    ),
    Feature(
        "lambda-store",
        "the store in S3 between the runs of a Lambda function",
        (
            Grant(("s3:ListBucket",), On.STORE_BUCKET),
            Grant(("s3:GetObject", "s3:PutObject"), On.STORE_FILES),
        ),
    ),
    Feature(
        "doctor",
        "`doctor`: whether the rest is allowed; optional, it says so where it is refused",
        (Grant(("iam:SimulatePrincipalPolicy", "iam:GetRole"), On.CALLERS),),
    ),
    Feature(
        "init",
        "`init`: which exports there are; optional, it asks where it is refused",
        (
            Grant(("bcm-data-exports:ListExports", "cur:DescribeReportDefinitions")),
            Grant(("bcm-data-exports:GetExport",), On.EXPORTS),
        ),
    ),
)
