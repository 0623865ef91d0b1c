"""Models that Ollama runs, on this machine unless another address is given."""

from __future__ import annotations

from pydantic_ai.models.ollama import OllamaModel
from pydantic_ai.providers.ollama import OllamaProvider
from pydantic_ai.settings import ModelSettings

from aws_cost_anomalies.language_model.model import LanguageModel

PRICED_AS = ""
ADDRESS = "http://localhost:11434/v1"


def built(asked: LanguageModel) -> OllamaModel:
    """The library's model."""
    provider = OllamaProvider(asked.base_url or ADDRESS, api_key=asked.api_key() or None)
    return OllamaModel(asked.model, provider=provider, settings=ModelSettings(max_retries=1))
