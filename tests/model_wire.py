"""What a language model says as each provider puts it on the wire, whole or as a stream.

Bedrock's Converse and ConverseStream (AWS event stream, both checksums), Anthropic's messages and OpenAI's
chat completions (server-sent events). Tool input comes in fragments, as it does from the real ones.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

READ, WRITTEN = 1000, 200
"""Tokens that every answer takes."""
_NUMBERS = count(1)
_FRAGMENT = 7


@dataclass(frozen=True)
class Use:
    """A call of a tool that the model asks for."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: f"call_{next(_NUMBERS)}")


Parts = Sequence[str | Use]


def document(path: str, model: str, parts: Parts) -> dict[str, Any]:
    """The whole answer, as the API at this path words it."""
    calls = [part for part in parts if isinstance(part, Use)]
    if path.endswith("/converse"):
        return {
            "output": {"message": {"role": "assistant", "content": [_bedrock(part) for part in parts]}},
            "stopReason": "tool_use" if calls else "end_turn",
            "usage": _bedrock_usage(),
            "metrics": {"latencyMs": 12},
        }
    if path.endswith("/messages"):
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [_anthropic(part) for part in parts],
            "stop_reason": "tool_use" if calls else "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": READ, "output_tokens": WRITTEN},
        }
    text = "".join(part for part in parts if isinstance(part, str))
    message: dict[str, Any] = {"role": "assistant", "content": text or None}
    if calls:
        message["tool_calls"] = [_openai(use) for use in calls]
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "tool_calls" if calls else "stop", "message": message}],
        "usage": _openai_usage(),
    }


def stream(path: str, model: str, parts: Parts) -> tuple[str, bytes]:
    """The answer in pieces: content type and body."""
    if path.endswith("/converse-stream"):
        body = b"".join(_frame(kind, payload) for kind, payload in _bedrock_events(parts))
        return "application/vnd.amazon.eventstream", body
    if path.endswith("/messages"):
        events = _anthropic_events(model, parts)
        lines = "".join(f"event: {each['type']}\ndata: {json.dumps(each)}\n\n" for each in events)
        return "text/event-stream", lines.encode()
    lines = "".join(f"data: {json.dumps(each)}\n\n" for each in _openai_chunks(model, parts))
    return "text/event-stream", f"{lines}data: [DONE]\n\n".encode()


def _pieces(text: str) -> list[str]:
    return [text[start : start + _FRAGMENT] for start in range(0, len(text), _FRAGMENT)] or [""]


def _bedrock(part: str | Use) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part}
    return {"toolUse": {"toolUseId": part.id, "name": part.tool, "input": dict(part.arguments)}}


def _bedrock_usage() -> dict[str, int]:
    return {"inputTokens": READ, "outputTokens": WRITTEN, "totalTokens": READ + WRITTEN}


def _bedrock_events(parts: Parts) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "messageStart", {"role": "assistant"}
    for index, part in enumerate(parts):
        if isinstance(part, Use):
            start = {"toolUse": {"toolUseId": part.id, "name": part.tool}}
            yield "contentBlockStart", {"contentBlockIndex": index, "start": start}
            deltas = [{"toolUse": {"input": piece}} for piece in _pieces(json.dumps(dict(part.arguments)))]
        else:
            deltas = [{"text": piece} for piece in _pieces(part)]
        for delta in deltas:
            yield "contentBlockDelta", {"contentBlockIndex": index, "delta": delta}
        yield "contentBlockStop", {"contentBlockIndex": index}
    has_call = any(isinstance(part, Use) for part in parts)
    yield "messageStop", {"stopReason": "tool_use" if has_call else "end_turn"}
    yield "metadata", {"usage": _bedrock_usage(), "metrics": {"latencyMs": 12}}


def _frame(kind: str, payload: Mapping[str, Any]) -> bytes:
    """One message of the AWS event stream. Source: Amazon Transcribe/S3 Select event stream encoding."""
    headers = b"".join(
        struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", 7, len(value)) + value.encode()
        for name, value in (
            (":event-type", kind),
            (":content-type", "application/json"),
            (":message-type", "event"),
        )
    )
    body = json.dumps(payload).encode()
    prelude = struct.pack("!II", 16 + len(headers) + len(body), len(headers))
    head = prelude + struct.pack("!I", zlib.crc32(prelude))
    whole = head + headers + body
    return whole + struct.pack("!I", zlib.crc32(whole))


def _anthropic(part: str | Use) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "text", "text": part}
    return {"type": "tool_use", "id": part.id, "name": part.tool, "input": dict(part.arguments)}


def _anthropic_events(model: str, parts: Parts) -> Iterator[dict[str, Any]]:
    empty = document("/v1/messages", model, [])
    yield {"type": "message_start", "message": {**empty, "usage": {"input_tokens": READ, "output_tokens": 1}}}
    for index, part in enumerate(parts):
        block = _anthropic(part)
        if isinstance(part, Use):
            block, key = {**block, "input": {}}, "partial_json"
            kind, pieces = "input_json_delta", _pieces(json.dumps(dict(part.arguments)))
        else:
            block, key = {**block, "text": ""}, "text"
            kind, pieces = "text_delta", _pieces(part)
        yield {"type": "content_block_start", "index": index, "content_block": block}
        for piece in pieces:
            yield {"type": "content_block_delta", "index": index, "delta": {"type": kind, key: piece}}
        yield {"type": "content_block_stop", "index": index}
    reason = "tool_use" if any(isinstance(part, Use) for part in parts) else "end_turn"
    ended = {"stop_reason": reason, "stop_sequence": None}
    yield {"type": "message_delta", "delta": ended, "usage": {"output_tokens": WRITTEN}}
    yield {"type": "message_stop"}


def _openai(use: Use) -> dict[str, Any]:
    called = {"name": use.tool, "arguments": json.dumps(dict(use.arguments))}
    return {"id": use.id, "type": "function", "function": called}


def _openai_usage() -> dict[str, int]:
    return {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}


def _openai_chunks(model: str, parts: Parts) -> Iterator[dict[str, Any]]:
    def chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1_790_000_000,
            "model": model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }

    yield chunk({"role": "assistant", "content": ""})
    calls = 0
    for part in parts:
        if isinstance(part, str):
            for piece in _pieces(part):
                yield chunk({"content": piece})
            continue
        start = {"index": calls, "id": part.id, "type": "function"}
        yield chunk({"tool_calls": [{**start, "function": {"name": part.tool, "arguments": ""}}]})
        for piece in _pieces(json.dumps(dict(part.arguments))):
            yield chunk({"tool_calls": [{"index": calls, "function": {"arguments": piece}}]})
        calls += 1
    yield chunk({}, "tool_calls" if calls else "stop")
    yield {**chunk({}), "choices": [], "usage": _openai_usage()}
