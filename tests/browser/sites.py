"""A site of somebody else, of another origin than the service: pages, a policy, and a form that it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

Answer = Callable[[dict[str, str]], str]


@contextmanager
def site(port: int, pages: dict[str, tuple[str, str]], policy: str, sent: Answer = lambda _: "") -> Iterator[str]:
    """Serve pages of somebody else: path to media type and content. ``sent`` answers a form with a page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(*pages.get(self.path, ("text/plain", "")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer("text/html", sent(dict(parse_qsl(body, keep_blank_values=True))))

        def answer(self, kind: str, content: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with answering(port, Handler) as url:
        yield url


@contextmanager
def answering(port: int, handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer at a port, in threads of its own, and say where that is."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()
