"""Models of the Anthropic API."""

from __future__ import annotations

from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.settings import ModelSettings

from aws_cost_anomalies.language_model.model import LanguageModel

PRICED_AS = "anthropic"


def built(asked: LanguageModel) -> AnthropicModel:
    """The library's model; without a key of its own it takes ANTHROPIC_API_KEY."""
    provider = AnthropicProvider(api_key=asked.api_key() or None, base_url=asked.base_url or None)
    return AnthropicModel(asked.model, provider=provider, settings=ModelSettings(max_retries=1))
