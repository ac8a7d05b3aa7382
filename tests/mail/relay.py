"""A real SMTP server on this machine that says what a test wants."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from survey.settings import Smtp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

DROP = "drop"
"""Instead of a reply to the mail's end: the relay has the mail and the line is lost."""
LOSE = "lose"
"""Instead of a reply to the mail's end: the line is lost and the relay has nothing."""


@dataclass(slots=True)
class Relay:
    """What the server has seen, and what it says: per address, replies to use up one by one."""

    at_sender: dict[str, list[str]] = field(default_factory=dict)
    at_recipient: dict[str, list[str]] = field(default_factory=dict)
    at_end: dict[str, list[str]] = field(default_factory=dict)
    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    pipelines: bool = True
    """As nearly every relay does: commands may come without waiting for replies."""
    connections: int = 0
    quits: int = 0
    port: int = 0
    at_moment: Callable[[str], None] = lambda _moment: None
    """Called with ``recipient`` before that reply, with ``end`` when the relay has a mail and has not said so."""

    async def handle_EHLO(  # noqa: N802 -- the server's name for it
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        del server
        self.connections += 1
        return [*responses[:1], *["250-PIPELINING"] * self.pipelines, *responses[1:]]

    async def handle_MAIL(  # noqa: N802 -- the server's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        reply = _next(self.at_sender, address)
        if reply:
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- the server's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self.at_moment("recipient")
        reply = _next(self.at_recipient, address)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the server's name for it
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        (address,) = envelope.rcpt_tos
        reply = _next(self.at_end, address)
        if reply == LOSE:
            server.transport.abort()
            return "250 OK"
        if reply and reply != DROP:
            return reply
        self.senders.append(envelope.mail_from)
        self.received.append((address, message_from_bytes(envelope.content, policy=policy.default)))
        self.at_moment("end")
        if reply == DROP:
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(  # noqa: N802 -- the server's name for it
        self, _server: Any, _session: Any, _envelope: Any
    ) -> str:
        self.quits += 1
        return "221 Bye"

    @property
    def addresses(self) -> list[str]:
        """Who got mails, in order."""
        return [address for address, _ in self.received]

    def smtp(self, security: str = "none", host: str = "127.0.0.1") -> Smtp:
        """Settings that lead here."""
        return Smtp(host, self.port, security, "", "")


def _next(replies: dict[str, list[str]], address: str) -> str | None:
    waiting = replies.get(address) or replies.get("*")
    return waiting.pop(0) if waiting else None


class _AnyPort(Controller):
    """A controller on a free port, which is known only after the start."""

    def _trigger_server(self) -> None:
        socket.create_connection(("127.0.0.1", self.chosen_port()), 5).close()

    def chosen_port(self) -> int:
        sockets: Any = getattr(self.server, "sockets", ())
        return int(sockets[0].getsockname()[1])


@contextmanager
def relay(
    context: ssl.SSLContext | None = None, *, wrapped: bool = False, pipelines: bool = True
) -> Iterator[Relay]:
    """The server, running; with a certificate it offers STARTTLS, or speaks TLS from the start."""
    handler = Relay(pipelines=pipelines)
    options: dict[str, Any] = {}
    if context is not None:
        options = {"ssl_context": context} if wrapped else {"tls_context": context}
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    handler.port = controller.chosen_port()
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def a_talking_relay(*replies: bytes) -> Iterator[tuple[Smtp, list[bytes]]]:
    """One that greets, and then says these one after the other, whatever it hears; and what it hears."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as thread:
        talking = thread.submit(_talk, listening, replies, heard)
        yield Smtp("127.0.0.1", listening.getsockname()[1], "none", "", ""), heard
        talking.result(10)


def _talk(listening: socket.socket, replies: tuple[bytes, ...], heard: list[bytes]) -> None:
    line, _ = listening.accept()
    with line:
        line.settimeout(10)
        line.sendall(b"220 here\r\n")
        for reply in replies:
            heard.append(line.recv(100_000))
            line.sendall(reply)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate for localhost and the client's trust in it."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certificate(directory: Path) -> Certificate:
    """A fresh one that nobody else trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = directory / "relay.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    return Certificate(server, ssl.create_default_context(cafile=str(path)))
