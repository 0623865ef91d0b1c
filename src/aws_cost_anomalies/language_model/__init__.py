"""A language model by its name: one question, one answer, what it took. One file, one way to reach models.

    LanguageModel("anthropic:claude-haiku-4-5").ask("…", instructions="…").text

The library that speaks to them loads with the first question, and then only what that provider needs.
"""

from aws_cost_anomalies.language_model.model import LanguageModel, Reply

__all__ = ["LanguageModel", "Reply"]
