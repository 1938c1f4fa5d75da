"""A double of a cluster's HTTP on loopback: it records what is asked, answers as told, and may pass questions on to a real cluster."""

from __future__ import annotations

import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    authorization: str
    body: bytes


Answer = tuple[int, bytes]  # status and body; status 0 cuts the connection
Answering = Callable[[Asked], Answer | None]


class Double(ThreadingHTTPServer):
    """Answers as `answering` says; where it says nothing, as `upstream` does, else with 404 and no more."""

    daemon_threads = True
    seen: list[Asked]

    def __init__(self, answering: Answering | None = None, upstream: str = "", certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answering, self.upstream, self.seen = answering, upstream, []
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Double

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(self.command, self.path, self.headers.get("Authorization", ""), self.rfile.read(length))
        self.server.seen.append(asked)
        answer = self.server.answering(asked) if self.server.answering else None
        if answer is None:
            answer = _pass_on(self.server.upstream, asked) if self.server.upstream else (404, b'{"error": "none"}')
        status, body = answer
        if status == 0:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
            self.close_connection = True
            return
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", body.decode())
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 (the standard library's names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (likewise)
        """Nothing is logged."""


def _pass_on(upstream: str, asked: Asked) -> Answer:
    request = urllib.request.Request(
        upstream + asked.path, asked.body or None, {"Content-Type": "application/json"}, method=asked.method
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@contextmanager
def doubling(
    answering: Answering | None = None, upstream: str = "", certificate: Path | None = None
) -> Iterator[Double]:
    """A running double."""
    with Double(answering, upstream, certificate) as double:
        thread = threading.Thread(target=double.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield double
        finally:
            double.shutdown()


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that is its own authority, with its key, in one file."""
    key, certificate, both = folder / "key.pem", folder / "ca.pem", folder / "both.pem"
    line = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=diplo-test -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*line.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both
