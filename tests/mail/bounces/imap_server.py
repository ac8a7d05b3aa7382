"""A small IMAP server on this machine: one account, one inbox, over TLS; just what a mail program asks for."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.settings import Imap

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "rueckmeldung", "ein langes Kennwort"


@dataclass(slots=True)
class Inbox:
    """What lies on the server, by number, with its marks."""

    mails: dict[int, bytes] = field(default_factory=dict)
    marks: dict[int, set[str]] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)

    def put(self, content: bytes) -> None:
        number = max(self.mails, default=100) + 1
        self.mails[number] = content
        self.marks[number] = set()


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.decode().rstrip("\r\n").partition(" ")
            self.server.inbox.commands.append(command.partition(" ")[0].upper())
            if not self._answer(tag, command):
                return

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _answer(self, tag: str, command: str) -> bool:
        inbox = self.server.inbox
        match command.split(" ", 1)[0].upper():
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1")
            case "LOGIN":
                if f'"{PASSWORD}"' not in command or USER not in command:
                    self._say(f"{tag} NO [AUTHENTICATIONFAILED] no")
                    return True
            case "SELECT":
                self._say(f"* {len(inbox.mails)} EXISTS")
            case "UID":
                self._uid(command.split(" ", 1)[1])
            case "EXPUNGE":
                for number in [n for n, m in inbox.marks.items() if r"\Deleted" in m]:
                    del inbox.mails[number], inbox.marks[number]
            case "LOGOUT":
                self._say("* BYE")
                self._say(f"{tag} OK bye")
                return False
        self._say(f"{tag} OK done")
        return True

    def _uid(self, command: str) -> None:
        inbox = self.server.inbox
        kind, _, rest = command.partition(" ")
        if kind == "SEARCH":
            unseen = [str(n) for n, marks in inbox.marks.items() if r"\Seen" not in marks]
            self._say(" ".join(["* SEARCH", *unseen]))
            return
        number = int(rest.partition(" ")[0])
        if kind == "FETCH" and number in inbox.mails:
            most = int(re.search(r"<0\.(\d+)>", rest)[1])  # type: ignore[index]
            content = inbox.mails[number][:most]
            self._say(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(content)}}}")
            self.wfile.write(content + b")\r\n")
        elif kind == "STORE":
            inbox.marks[number] |= set(re.findall(r"\\\w+", rest))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, inbox: Inbox, tls: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.inbox = inbox
        self.socket = tls.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us hangs up; that is what some tests want."""


@contextmanager
def imap_server(tls: ssl.SSLContext) -> Iterator[tuple[Inbox, Imap]]:
    """The server, running, and how to reach it."""
    inbox = Inbox()
    server = _Server(inbox, tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield inbox, Imap("localhost", server.server_address[1], USER, PASSWORD)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
