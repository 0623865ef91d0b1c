"""Page after page of an answer. A token that is given twice would never end; it ends the asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from aws_cost_anomalies.errors import ServiceUnavailable


def pages(
    ask: Callable[..., Mapping[str, Any]], question: Mapping[str, Any], *, of: str, token: str = "NextToken"
) -> Iterator[Mapping[str, Any]]:
    """Every page of an answer; the next is asked for when somebody wants it.

    Args:
        ask: an operation of a boto3 client, or what calls one.
        question: its arguments.
        of: the service, for people.
        token: the key that an answer and the next question carry.

    Raises:
        ServiceUnavailable: the same token came twice.
    """
    seen: set[str] = set()
    while True:
        page = ask(**question)
        yield page
        given = page.get(token)
        if not given:
            return
        if given in seen:
            raise ServiceUnavailable(of, "it gave the same page token twice")
        seen.add(given)
        question = {**question, token: given}
