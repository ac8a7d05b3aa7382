"""The proxies of docs/deployment in front of a service that says what it was asked, all on this machine."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = Path(__file__).parents[2] / "docs" / "deployment"
NAME = "feedback.example.org"
SERVICE = "127.0.0.1:8000"
"""Where the files expect the service."""
TYPED = "wirklich sehr gut " * 1000
"""What a page repeats that somebody typed: long, and easily made smaller."""
# What Debian's own nginx.conf says around a server, and every module's folder for what it cannot keep in memory.
AROUND_NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 768; }}
http {{
    access_log {folder}/access.log;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/nachklang.conf;
}}
"""


class Echo(BaseHTTPRequestHandler):
    """Says what it was asked, and repeats what was typed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._reply()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name it has there
        """Say nothing."""

    def _reply(self) -> None:
        asked = {"path": self.path, "headers": dict(self.headers.items()), "typed": TYPED}
        content = json.dumps(asked).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header(
            "Connection", "close"
        )  # so that nobody hears of it any more once it has stopped
        self.end_headers()
        self.wfile.write(content)


class _NamedConnection(http.client.HTTPConnection):
    """A line over TLS to a server that is known by its name only."""

    def connect(self) -> None:
        super().connect()
        anybody = ssl._create_unverified_context()  # noqa: S323 -- its certificate is our own
        self.sock = anybody.wrap_socket(self.sock, server_hostname=NAME)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back through the proxy."""

    status: int
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that runs."""

    port: int
    folder: Path
    """Everything it writes lies here."""
    service: ThreadingHTTPServer

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Reply:
        """One request over TLS."""
        connection = _NamedConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Host": NAME} | (headers or {}))
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, content)

    def written(self) -> str:
        """Everything that the proxy has written into files since it was started, its own configuration apart."""
        return "\n".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.suffix not in {".conf", ".json", ".pem", ".pid"}
        )


@contextmanager
def running(
    program: str, folder: Path, *, changed: dict[str, str] | None = None
) -> Iterator[Proxy]:
    """The proxy as our file configures it, after `changed`, with ports and folders of this trial."""
    service = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=service.serve_forever, args=(0.01,), daemon=True).start()
    port = _free_port()
    _make_certificate(folder)
    command = {"nginx": _nginx, "caddy": _caddy}[program](
        folder, port, service.server_port, changed or {}
    )
    with (folder / "said.log").open("wb") as said:
        process = subprocess.Popen(
            command,
            stdout=said,
            stderr=said,
            env={"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": "/usr/bin:/usr/sbin"},
        )
        try:
            _await(port, process)
            yield Proxy(port, folder, service)
        finally:
            process.terminate()
            process.wait(30)
            service.shutdown()
            service.server_close()


def stopped(proxy: Proxy) -> None:
    """From here on nobody answers behind the proxy."""
    proxy.service.shutdown()
    proxy.service.server_close()


def _nginx(folder: Path, port: int, service: int, changed: dict[str, str]) -> list[str]:
    text = _with(
        (FILES / "nginx.conf").read_text(encoding="utf-8"),
        changed
        | {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{_free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{folder}/certificate.pem",
            f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{folder}/key.pem",
            "/var/log/nginx": str(folder),
            SERVICE: f"127.0.0.1:{service}",
        },
    )
    (folder / "nachklang.conf").write_text(text, encoding="utf-8")
    # Whoever is root would have the work done by somebody who may not come into this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        AROUND_NGINX.format(folder=folder, user=user), encoding="utf-8"
    )
    return [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _caddy(folder: Path, port: int, service: int, changed: dict[str, str]) -> list[str]:
    text = _with(
        (FILES / "Caddyfile").read_text(encoding="utf-8"),
        changed
        | {
            "{\n\tservers {": "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {",
            f"{NAME} {{": f"https://{NAME}:{port} {{\n\ttls {folder}/certificate.pem {folder}/key.pem",
            SERVICE: f"127.0.0.1:{service}",
        },
    )
    path = folder / "Caddyfile.conf"
    path.write_text(text, encoding="utf-8")
    return [_program("caddy"), "run", "--config", str(path), "--adapter", "caddyfile"]


def _with(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"no longer in the file: {old!r}"
        text = text.replace(old, new)
    return text


def _program(name: str) -> str:
    found = shutil.which(name, path="/usr/bin:/usr/sbin:/usr/local/bin")
    assert found, f"{name} is missing: scripts/setup test installs it"
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError("the proxy does not start")


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
