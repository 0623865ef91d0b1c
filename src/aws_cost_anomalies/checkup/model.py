"""Whether the language model could be asked, where one is wanted; it is not asked, since that is paid."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.reach import unreachable
from aws_cost_anomalies.settings import Settings

AREA = "model"
SERVERS = {
    "anthropic": "https://api.anthropic.com/",
    "openai": "https://api.openai.com/",
    "ollama": "http://localhost:11434/",
}
"""Provider → where it answers when the settings name no other server."""
KEYS = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY"}


def checks(settings: Settings, *, is_offline: bool) -> Iterator[Check]:
    """Whether its library, its key and its server are there."""
    if settings.alerts.narrator == "plain" and not settings.agent.model:
        yield Check(AREA, State.OK, "texts are written by rule; no model is needed")
        return
    name = settings.agent.named_model
    if not find_spec("pydantic_ai"):
        remedy = "pip install 'aws-cost-anomalies[agent]'; until then texts are written by rule."
        yield Check(AREA, State.PROBLEM, f"{name}: the library for models is not installed", remedy)
        return
    try:
        yield _model(settings, name, is_offline=is_offline)
    except CostAnomaliesError as error:
        yield Check.of_error(AREA, error, what=name)


def _model(settings: Settings, name: str, *, is_offline: bool) -> Check:
    """The model named. Raises: as reading its key."""
    agent, provider = settings.agent, name.partition(":")[0]
    if provider == "bedrock":
        said = f"{name}: whether Amazon Bedrock has it turned on shows only when it is asked, which is paid"
        remedy = "See permissions for bedrock:InvokeModel, and Model access in the console of Bedrock."
        return Check(AREA, State.UNCHECKED, said, remedy)
    written = agent.api_key.get_secret_value()
    variable = KEYS.get(provider, "")
    if variable and not written and not agent.base_url and not os.environ.get(variable):
        said, remedy = f"{name}: there is no key", f"Set `agent.api_key`, e.g. to ssm:/name, or {variable}."
        return Check(AREA, State.PROBLEM, said, remedy)
    if is_offline:
        return Check(AREA, State.UNCHECKED, f"{name}: nobody asked (--offline)")
    problem = unreachable(
        agent.base_url or SERVERS.get(provider, ""), Door(allow_private=True, seconds=agent.timeout_seconds)
    )
    if problem:
        return Check(
            AREA, State.PROBLEM, f"{name}: {problem}", "Check `agent.base_url`, and that the server runs."
        )
    Secret(written, settings.aws_profile or None).read()
    return Check(AREA, State.OK, f"{name}: its server can be reached; it was not asked, since that is paid")
