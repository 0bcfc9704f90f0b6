"""The forms of Django and Flask, as their guide writes them, each in a process of its own.

`python -m tests.hosts.servers django FOLDER PORT` serves what is in the folder.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.hosts.packages import guide

_RECEIVED = "<h2>Received</h2><pre>{{ fields }}</pre>"
_SECRET = "for-a-test-alone-and-no-secret"  # noqa: S105


def django(folder: Path) -> Any:
    """Make the application that a project of Django around the guide's code would be."""
    from django import conf, setup, urls
    from django.core.wsgi import get_wsgi_application

    here = "django.%s"
    middleware = ("contrib.sessions.middleware.SessionMiddleware", "middleware.csrf.CsrfViewMiddleware")
    conf.settings.configure(
        SECRET_KEY=_SECRET,
        DEBUG_PROPAGATE_EXCEPTIONS=True,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="project",
        MIDDLEWARE=[here % one for one in middleware],
        SESSION_ENGINE="django.contrib.sessions.backends.file",
        SESSION_FILE_PATH=str(folder),
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}],
    )
    setup()
    views = import_module("views")
    project = type(sys)("project")
    two = urls.path("two", views.referral, {"form": views.TwoChildren})
    vars(project)["urlpatterns"] = [urls.path("", views.referral), two]
    sys.modules["project"] = project
    return get_wsgi_application()


def flask(_: Path) -> Any:
    """Import the application of the guide's code."""
    return import_module("app").app


_MADE: dict[str, Callable[[Path], Any]] = {"django": django, "flask": flask}


class _Several(ThreadingMixIn, WSGIServer):
    daemon_threads = True  # a browser holds connections open that it does not use


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(host: str, folder: Path, port: int) -> None:
    """Serve the guide's code, which is in the folder, until the process is ended."""
    sys.path.insert(0, str(folder))
    with make_server("127.0.0.1", port, _MADE[host](folder), _Several, _Quiet) as server:
        server.serve_forever()


def write(folder: Path, host: str, service: str) -> None:
    """Write the guide's code for a host into a folder, with the address of the service."""
    for name, text in guide("server").items():
        where, _, file = name.partition("/")
        if where == host:
            with_path = text.replace("https://rhrt.example.org/rhrt", service)
            (folder / file).write_text(with_path.replace("https://rhrt.example.org", service), encoding="utf-8")
    (folder / "received.html").write_text(_RECEIVED, encoding="utf-8")


@contextmanager
def running(host: str, folder: Path, port: int, service: str) -> Iterator[str]:
    """Run the forms of Django or Flask, and give where they are."""
    write(folder, host, service)
    command = [sys.executable, "-m", "tests.hosts.servers", host, str(folder), str(port)]
    with subprocess.Popen(command, env={"SECRET_KEY": _SECRET}) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    while process.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the forms at port {port} could not be run: {process.returncode}")


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
