"""The nginx file that the README names, in a real nginx before a real `rhrt serve`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import httpx2
import pytest

from tests.deployment.conftest import SITE, Proxy, configured, running
from tests.server import Server, free_port
from tests.test_repository import ROOT

PLANTED = "Zebedee-Quillfeather"
PROBLEM = "application/problem+json"
PAGES = ("check", "demo", "demo/form", "demo/frame", "prompt", "rhrt-prompt.js", "v1/health",
         "v1/rulebooks/herefordshire-2020", "cds-services")  # fmt: skip
LARGE = 30_000_000
DANGER = {"situation": {"immediate_danger": "yes"}}


def test_nginx_takes_the_file_as_it_is_printed(tmp_path: Path, certificate: Path) -> None:
    around = configured(tmp_path, certificate, free_port(), 8000)
    command = ["nginx", "-t", "-c", str(around), "-e", str(tmp_path / "main.log")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "test is successful" in result.stderr
    assert "warn" not in result.stderr


@pytest.mark.parametrize("page", PAGES)
def test_what_is_served_comes_through_for_get_and_head(page: str, client: httpx2.Client) -> None:
    read, asked = client.get(f"/rhrt/{page}"), client.head(f"/rhrt/{page}")
    assert (read.status_code, asked.status_code) == (200, 200)
    assert read.headers["strict-transport-security"] == "max-age=31536000"
    assert asked.content == b""
    for name in ("content-type", "content-length", "content-encoding", "cache-control", "vary"):
        assert asked.headers.get(name) == read.headers.get(name), name


def test_every_address_that_is_printed_for_forms_and_people_is_answered(client: httpx2.Client) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "src").rglob("*.md"))]
    printed = {one for text in texts for one in re.findall(r"https://rhrt\.example\.org(/[^\s\"`)]*)", text)}
    assert {"/rhrt/rhrt-prompt.js", "/rhrt/prompt", "/rhrt/", "/rhrt/v1/health"} <= printed
    asked = {one: client.get(one, follow_redirects=True).status_code for one in printed - {"/rhrt"}}
    assert asked == dict.fromkeys(asked, 200), "/rhrt alone stands for the path"


@pytest.mark.parametrize(("path", "ways"), [("/rhrt", ["/rhrt/", "/rhrt/check"]), ("/rhrt/", ["/rhrt/check"])])
def test_the_address_of_the_service_leads_to_the_start_page_and_names_no_host_or_port(
    path: str, ways: list[str], client: httpx2.Client, proxy: Proxy
) -> None:
    led = client.get(path, follow_redirects=True)
    assert (led.status_code, str(led.url)) == (200, f"{proxy.url}/rhrt/check")
    assert [one.headers["location"] for one in led.history] == ways


def test_an_address_that_a_page_prints_has_the_scheme_and_the_port_that_were_asked_for(
    client: httpx2.Client, proxy: Proxy
) -> None:
    assert f"{proxy.url}/rhrt/rhrt-prompt.js" in client.get("/rhrt/demo").text


def test_a_page_of_the_named_site_is_answered_and_no_other(client: httpx2.Client) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = client.options("/rhrt/v1/prompt", headers={"Origin": SITE, **ask})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE)
    answer = client.post("/rhrt/v1/prompt", json=DANGER, headers={"Origin": SITE})
    assert answer.json()["suggestion"]["level"] == 4
    assert answer.headers["access-control-allow-origin"] == SITE
    stranger = client.post("/rhrt/v1/prompt", json=DANGER, headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in stranger.headers


@pytest.mark.parametrize("page", ["rhrt-prompt.js", "v1/rulebooks/herefordshire-2020"])
def test_what_is_large_comes_compressed_where_that_is_asked_for(page: str, client: httpx2.Client) -> None:
    packed, plain = (
        client.get(f"/rhrt/{page}"),
        client.get(f"/rhrt/{page}", headers={"Accept-Encoding": "identity"}),
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize("content", [b"[" * 70_000, b"[" * 5_000_000])
def test_a_body_that_is_too_large_is_refused_in_words(content: bytes, client: httpx2.Client) -> None:
    answer = client.post("/rhrt/v1/prompt", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)
    assert answer.json()["status"] == 413
    assert answer.json()["detail"] == "The body is larger than 64 KiB. Send only what is asked for."


def test_as_much_as_rhrt_takes_reaches_it(client: httpx2.Client) -> None:
    content = b'{"x": "' + b"x" * (64 * 1024 - 9) + b'"}'
    answer = client.post("/rhrt/v1/prompt", content=content, headers={"Content-Type": "application/json"})
    assert (len(content), answer.status_code) == (65_536, 422)


def test_whoever_asks_too_often_is_told_to_wait_and_then_answered(client: httpx2.Client) -> None:
    asked = [client.get("/rhrt/v1/health") for _ in range(200)]
    refused = [one for one in asked if one.status_code != 200]
    assert asked[:100] == [one for one in asked[:100] if one.status_code == 200]
    assert {one.status_code for one in refused} == {429}
    assert refused[0].headers["content-type"] == PROBLEM
    assert "Try again in a few seconds." in refused[0].json()["detail"]
    assert any(client.get("/rhrt/v1/health").status_code == 200 for _ in range(200))


def test_where_the_service_is_gone_the_number_to_ring_is_there(tmp_path: Path, certificate: Path) -> None:
    with running(tmp_path, certificate, free_port()) as proxy, proxy.client() as client:
        for path in (f"/rhrt/v1/indicators?q={PLANTED}", "/rhrt/check"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "text/plain")
            assert "If a child is in danger, call 999." in answer.text
        assert not _shows(PLANTED, proxy.wrote())


def _shows(planted: str, written: str) -> bool:
    return any(part in written.lower() for part in planted.lower().split("-"))


def test_nothing_that_is_sent_is_written_to_a_log_or_to_the_disk(proxy: Proxy, service: Server) -> None:
    """A body or an answer that nginx would put down for a while is answered 500 here: it has no place for it."""
    shutil.rmtree(proxy.folder / "temporary")
    before = sorted(proxy.folder.rglob("*"))
    text = (f"{PLANTED} is hungry. " * 4_000)[:60_000]
    with proxy.client() as client:
        for path in (f"/rhrt/v1/indicators?q={PLANTED}", f"/rhrt/{PLANTED}?{PLANTED}", f"/{PLANTED}?x={PLANTED}"):
            assert client.get(path, headers={"Referer": f"https://{PLANTED}/"}).status_code in (200, 404)
        for path in ("/rhrt/v1/spot", "/rhrt/v1/prompt", f"/rhrt/{PLANTED}"):
            kind = {"Content-Type": "application/json"}
            answer = client.post(path, content=json.dumps({"text": text}), headers=kind)
            assert answer.status_code in (404, 422), answer.text
            streamed = client.post(path, content=iter([b'{"text": "', text.encode(), b'"}']), headers=kind)
            assert streamed.status_code == answer.status_code
        assert client.post("/rhrt/v1/spot", content=f"{PLANTED} " * 9_000).status_code == 413
        assert len(client.get("/rhrt/v1/openapi.json", headers={"Accept-Encoding": "identity"}).content) > 100_000
        many = [client.get(f"/rhrt/v1/indicators?q={PLANTED}").status_code for _ in range(150)]
        assert 429 in many
    assert sorted(proxy.folder.rglob("*")) == before
    assert (proxy.folder / "access.log").read_text(encoding="utf-8") == ""
    assert (proxy.folder / "rhrt.log").read_text(encoding="utf-8") == ""
    assert not _shows(PLANTED, proxy.wrote())
    assert not _shows(PLANTED, service.says())


class _Large(BaseHTTPRequestHandler):
    """Answers with more than any buffer holds."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * LARGE)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def large() -> Iterator[int]:
    """Give the port of what answers so."""
    with HTTPServer(("127.0.0.1", 0), _Large) as upstream:
        Thread(target=upstream.serve_forever).start()
        yield upstream.server_port
        upstream.shutdown()


def test_an_answer_that_is_read_slowly_is_not_put_on_the_disk(
    tmp_path: Path, certificate: Path, large: int
) -> None:
    with running(tmp_path, certificate, large) as proxy:
        shutil.rmtree(proxy.folder / "temporary")
        with proxy.client() as client, client.stream("GET", "/rhrt/") as answer:
            time.sleep(0.5)
            assert sum(map(len, answer.iter_raw())) == LARGE
        assert (proxy.folder / "rhrt.log").read_text(encoding="utf-8") == ""


ODD = [f"GET /rhrt/{PLANTED} HTTP/9.9", PLANTED, f"GET /rhrt/check HTTP/1.1\r\n{PLANTED}"]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_request_is_not_written_either(odd: str, proxy: Proxy) -> None:
    at = ["openssl", "s_client", "-quiet", "-connect", proxy.url.removeprefix("https://")]
    done = subprocess.run(at, input=f"{odd}\r\n\r\n".encode(), capture_output=True, check=False, timeout=20)
    assert b"400 Bad Request" in done.stdout or b"505" in done.stdout
    assert not _shows(PLANTED, proxy.wrote())
