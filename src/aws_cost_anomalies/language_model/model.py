"""A language model that can be asked, and what its failures mean.

Knows names, limits and errors; knows nothing of what is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aws_cost_anomalies import aws
from aws_cost_anomalies.errors import (
    AccessDenied,
    CostAnomaliesError,
    CredentialsError,
    InvalidArgument,
    ServiceUnavailable,
    SettingsError,
)
from aws_cost_anomalies.quiet import hushed

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model

PROVIDERS = {
    "anthropic": "aws_cost_anomalies.language_model.anthropic",
    "bedrock": "aws_cost_anomalies.language_model.bedrock",
    "ollama": "aws_cost_anomalies.language_model.ollama",
    "openai": "aws_cost_anomalies.language_model.openai",
}
"""What a name begins with → the module that reaches such models; `openai` is whatever speaks like it."""
LIBRARIES = ("anthropic", "botocore", "boto3", "httpcore2", "httpx2", "openai", "urllib3")
"""Whose logs hold whole requests, keys included."""
CHARACTERS_PER_TOKEN = 3
"""Fewer than tokenizers need for English and JSON: a question takes at most so many tokens."""
UNAUTHORIZED, FORBIDDEN, TOO_MANY, SERVER_ERROR = 401, 403, 429, 500


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and what it took.

    Attributes:
        tokens: read and written.
        usd: what they cost; 0 where nobody knows the price.
    """

    text: str
    tokens: int
    usd: float


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model that can be asked.

    Attributes:
        name: provider and model, e.g. `anthropic:claude-haiku-4-5`.
        profile: AWS profile for Bedrock, None for the standard chain.
        region: of Bedrock, None for the configured one.
        base_url: of a server other than the provider's own; empty for that.
        api_key: reads the key; empty takes the provider's own environment variable.
        max_tokens: longest answer.
        timeout: seconds for one answer.
    """

    name: str
    profile: str | None = None
    region: str | None = None
    base_url: str = ""
    api_key: Callable[[], str] = field(default=str, repr=False)
    max_tokens: int = 4096
    timeout: float = 60.0

    @property
    def model(self) -> str:
        """The name without the provider."""
        return self.name.partition(":")[2]

    def ask(self, question: str, *, instructions: str) -> Reply:
        """Its answer to one question. Not from within an event loop.

        Raises:
            InvalidArgument: a provider nobody knows.
            SettingsError: the extra is not installed, a key is missing, or the model cannot be asked so.
            CredentialsError, AccessDenied: the provider refuses.
            ServiceUnavailable: no answer, or none that can be read.
        """
        with hushed(*LIBRARIES), _translated(self), self._door():
            answer = asyncio.run(self._answer(question, instructions))
        usage = answer.usage
        read, written = usage.input_tokens, usage.output_tokens
        return Reply(answer.text or "", read + written, self.usd(read, written))

    @contextmanager
    def reached(self) -> Iterator[Model]:
        """The library's model for a block in which its failures become ours. Raises: as `ask`."""
        with hushed(*LIBRARIES), _translated(self), self._door():
            yield self._module().built(self)

    def at_most(self, characters: int) -> float:
        """What a question of so many characters and the longest answer can cost, USD. Raises: as `ask`."""
        return self.usd(characters // CHARACTERS_PER_TOKEN, self.max_tokens)

    def usd(self, read: int, written: int) -> float:
        """What so many tokens cost; 0 where nobody knows, as of a server of one's own. Raises: as `ask`."""
        with _translated(self):
            priced = "" if self.base_url and self.name.startswith("openai:") else self._module().PRICED_AS
            price: float = _speaking().usd(self.model, priced, read=read, written=written)
        return price

    async def _answer(self, question: str, instructions: str) -> ModelResponse:
        built: Model = self._module().built(self)
        limits = {"max_tokens": self.max_tokens, "timeout": self.timeout}
        answer: ModelResponse = await _speaking().answer(built, question, instructions=instructions, **limits)
        return answer

    def _door(self) -> AbstractContextManager[None]:
        """Where failures of boto3 become ours, for a model that is reached through it."""
        if self.name.startswith("bedrock:"):
            return aws.translated("bedrock:InvokeModel", self.model, profile=self.profile)
        return nullcontext()

    def _module(self) -> Any:  # noqa: ANN401
        """What reaches its provider."""
        provider = self.name.partition(":")[0]
        if provider not in PROVIDERS or not self.model:
            allowed = " or ".join(f"{each}:MODEL" for each in PROVIDERS)
            raise InvalidArgument("The language model", self.name, allowed)
        return import_module(PROVIDERS[provider])


def _speaking() -> Any:  # noqa: ANN401
    return import_module("aws_cost_anomalies.language_model.speaking")


@contextmanager
def _translated(model: LanguageModel) -> Iterator[None]:
    """A block in which the library's failures become ours; nothing of an answer's body is shown."""
    try:
        failures = import_module("pydantic_ai.exceptions")
    except ImportError:
        raise _not_installed() from None
    try:
        yield
    except ImportError:
        raise _not_installed() from None
    except (failures.ModelRequestTimeout, failures.ModelTimeoutError):
        raise ServiceUnavailable(model.name, f"no answer within {model.timeout:g} seconds") from None
    except failures.ModelHTTPError as error:
        raise _refusal(model, error.status_code) from None
    except failures.ModelAPIError:
        raise ServiceUnavailable(model.name, "it cannot be reached") from None
    except failures.AgentRunError:
        raise ServiceUnavailable(model.name, "its answer cannot be read") from None
    except failures.UserError as error:
        hint = "Set `agent.model`, and `agent.api_key` where the provider wants a key."
        raise SettingsError(f"{model.name} cannot be asked: {str(error).rstrip('.')}.", hint) from None


def _not_installed() -> SettingsError:
    hint = "Install it: pip install 'aws-cost-anomalies[agent]'."
    return SettingsError("Language models need the extra `agent`.", hint)


def _refusal(model: LanguageModel, status: int) -> CostAnomaliesError:
    """What an HTTP status of a provider means."""
    if status == UNAUTHORIZED:
        return CredentialsError(f"{model.name} refuses the credentials.", "Renew the key, or set another.")
    if status == FORBIDDEN:
        action = "bedrock:InvokeModel" if model.name.startswith("bedrock:") else "the key"
        return AccessDenied(action, model.name)
    if status >= SERVER_ERROR or status == TOO_MANY:
        return ServiceUnavailable(model.name, f"HTTP status {status}")
    hint = "Check `agent.model`, `agent.max_tokens` and what the provider offers."
    return SettingsError(f"{model.name} does not take the question: HTTP status {status}.", hint)
