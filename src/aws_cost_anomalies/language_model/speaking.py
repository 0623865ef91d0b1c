"""One question to a model through the library, and what tokens cost by the prices that come with it.

Prices: the table of the package genai-prices in the version installed; it follows the providers' price lists.
"""

from __future__ import annotations

from genai_prices import Usage, calc_price
from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import UnexpectedModelBehavior
from pydantic_ai.messages import ModelRequest, ModelResponse
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)
"""What the library raises over an answer that is not in the shape it expects."""


async def answer(
    model: Model, question: str, *, instructions: str, max_tokens: int, timeout: float
) -> ModelResponse:
    """The model's answer, or the library's error; the connection is closed either way."""
    limits = ModelSettings(max_tokens=max_tokens, request_timeout=timeout)
    asked = ModelRequest.user_text_prompt(question, instructions=instructions)
    async with model:
        try:
            return await model_request(model, [asked], model_settings=limits)
        except UNREADABLE as error:
            raise UnexpectedModelBehavior(f"The answer cannot be read: {error}") from error


def usd(model: str, provider: str, *, read: int, written: int) -> float:
    """What so many tokens cost; 0 for a provider or model without a known price."""
    if not provider:
        return 0.0
    try:
        found = calc_price(Usage(input_tokens=read, output_tokens=written), model, provider_id=provider)
    except LookupError:
        return 0.0
    return float(found.total_price)
