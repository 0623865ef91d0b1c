"""Models of Amazon Bedrock, by the Converse API."""

from __future__ import annotations

from pydantic_ai.models.bedrock import BedrockConverseModel
from pydantic_ai.providers.bedrock import BedrockProvider

from aws_cost_anomalies import aws
from aws_cost_anomalies.language_model.model import LanguageModel

PRICED_AS = "aws"


def built(asked: LanguageModel) -> BedrockConverseModel:
    """The library's model, with this program's credentials. Raises: CredentialsError, SettingsError."""
    client = aws.client("bedrock-runtime", profile=asked.profile, region=asked.region, attempts=2)
    return BedrockConverseModel(asked.model, provider=BedrockProvider(bedrock_client=client))
