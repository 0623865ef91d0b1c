"""Models of OpenAI, and of every server that speaks its chat completions."""

from __future__ import annotations

from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings

from aws_cost_anomalies.language_model.model import LanguageModel

PRICED_AS = "openai"
NO_KEY = "none"
"""What a server of one's own is given when it wants no key."""


def built(asked: LanguageModel) -> OpenAIChatModel:
    """The library's model; without a key of its own OpenAI's takes OPENAI_API_KEY, others take none."""
    key = asked.api_key() or (NO_KEY if asked.base_url else None)
    provider = OpenAIProvider(asked.base_url or None, api_key=key)
    return OpenAIChatModel(asked.model, provider=provider, settings=ModelSettings(max_retries=1))
