"""A mail server on loopback: real SMTP, with replies as the test wants them."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mail:
    """One mail as it was handed in."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class SmtpDouble:
    """The server.

    Attributes:
        replies: by verb or by recipient, what is said instead of yes; of DATA also `hang` and `reset`.
        login: name and password it knows; empty means that nobody needs to log in.
        tls: for STARTTLS, or for the whole connection when `is_wrapped`.
    """

    replies: dict[str, str] = field(default_factory=dict)
    login: Mapping[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    is_wrapped: bool = False
    mails: list[Mail] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        wrapped = {"ssl": self.tls} if self.is_wrapped else {}
        starting = self._loop.create_server(self._protocol, sock=listening, **wrapped)  # type: ignore[arg-type]
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(5)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _closed(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.test",
            loop=self._loop,
            tls_context=None if self.is_wrapped else self.tls,
            require_starttls=bool(self.tls) and not self.is_wrapped,
            authenticator=self._authenticated if self.login else None,
            auth_required=bool(self.login),
            auth_require_tls=not self.is_wrapped,
        )

    def _authenticated(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        known = self.login.get(given.login.decode()) == given.password.decode()
        return AuthResult(success=known, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        self.mails.append(Mail(envelope.mail_from, envelope.rcpt_tos, envelope.content))
        reply = self.replies.get("DATA", "250 OK")
        if reply == "hang":
            await asyncio.sleep(30)
        if reply == "reset":
            assert server.transport is not None
            server.transport.abort()
        return reply
