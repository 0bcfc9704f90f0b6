"""What the tests of the deployment share: a real `rhrt serve`, and a real nginx with our file."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from tests.server import Server, free_port, serving
from tests.test_repository import ROOT

DEPLOYMENT = ROOT / "src" / "rhrt" / "web" / "deployment"
SITE = "https://forms.example.org"
INSTALL = "These tests need nginx and openssl. On Debian: apt-get install nginx openssl"
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/main.log notice;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/temporary/client;
    proxy_temp_path {folder}/temporary/proxy;
    fastcgi_temp_path {folder}/temporary/fastcgi;
    uwsgi_temp_path {folder}/temporary/uwsgi;
    scgi_temp_path {folder}/temporary/scgi;
    include {folder}/rhrt.conf;
}}
"""


class Proxy(NamedTuple):
    """An nginx that runs: where it answers, and the folder with all that it may write."""

    url: str
    folder: Path
    certificate: Path

    def client(self) -> httpx2.Client:
        """Ask it."""
        return httpx2.Client(base_url=self.url, verify=ssl.create_default_context(cafile=self.certificate))

    def wrote(self) -> str:
        """Give all that it wrote."""
        return "".join(path.read_text(encoding="utf-8") for path in self.folder.glob("*.log"))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate that signs itself, with its key beside it."""
    if not (shutil.which("openssl") and shutil.which("nginx")):
        pytest.fail(INSTALL)
    folder = tmp_path_factory.mktemp("certificate")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=rhrt", "-days", "2"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", "certificate.pem", "-keyout", "key.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    return folder / "certificate.pem"


def configured(folder: Path, certificate: Path, port: int, upstream: int) -> Path:
    """Write the file as it is printed, with other ports, and other paths of the certificate and of the log."""
    text = (DEPLOYMENT / "nginx.conf").read_text(encoding="utf-8")
    for printed, ours in (
        ("listen 443 ssl;", f"listen {port} ssl;"),
        ("http://127.0.0.1:8000;", f"http://127.0.0.1:{upstream};"),
        ("/etc/ssl/rhrt/certificate.pem;", f"{certificate};"),
        ("/etc/ssl/rhrt/key.pem;", f"{certificate.with_name('key.pem')};"),
        ("/var/log/nginx/rhrt.log crit;", f"{folder}/rhrt.log crit;"),
    ):
        assert text.count(f" {printed}") == 1, printed
        text = text.replace(f" {printed}", f" {ours}")
    (folder / "rhrt.conf").write_text(text, encoding="utf-8")
    (folder / "temporary").mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    around = folder / "nginx.conf"
    around.write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    return around


@contextmanager
def running(folder: Path, certificate: Path, upstream: int) -> Iterator[Proxy]:
    """Run nginx until it is no longer needed."""
    port = free_port()
    around = configured(folder, certificate, port, upstream)
    process = subprocess.Popen(["nginx", "-c", str(around), "-e", str(folder / "main.log")])
    try:
        while not _listens(port):
            assert process.poll() is None, (folder / "main.log").read_text(encoding="utf-8")
            time.sleep(0.02)
        yield Proxy(f"https://127.0.0.1:{port}", folder, certificate)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def service() -> Iterator[Server]:
    with serving("--root-path", "/rhrt", "--origin", SITE, "--demonstration") as running_:
        yield running_


@pytest.fixture
def upstream(service: Server) -> int:
    """Give the port of the service."""
    return int(service.url.split("/")[2].rpartition(":")[2])


@pytest.fixture
def proxy(tmp_path: Path, certificate: Path, upstream: int) -> Iterator[Proxy]:
    """Give an nginx of its own, so that no test is refused for what another asked."""
    with running(tmp_path, certificate, upstream) as made:
        yield made


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx2.Client]:
    with proxy.client() as made:
        yield made
