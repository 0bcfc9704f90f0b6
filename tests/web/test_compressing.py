"""Answers come compressed where that is asked for. What is kept is kept five minutes, or named by its content."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from rhrt import Rulebook
from rhrt.web import compressing
from rhrt.web.application import application
from rhrt.web.compressing import SMALLEST
from rhrt.web.govuk import FILES
from rhrt.web.settings import Settings

PLAIN = {"Accept-Encoding": "identity"}
MOST_SECONDS = 300


@pytest.fixture(scope="module")
def served(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Serve all that can be served, with the files of GOV.UK Frontend as somebody may have changed them."""
    folder = tmp_path_factory.mktemp("govuk")
    for name in FILES:
        (folder / name).write_text(name, encoding="utf-8")
    every = replace(settings, demonstration=True, govuk=folder)
    return TestClient(application(every), follow_redirects=False, headers=PLAIN)


def addresses(served: TestClient, rulebook: Rulebook) -> Iterator[str]:
    """Give every address that GET answers; where its path has a place for a name, with each name that is used."""
    script = re.findall(r"rhrt-prompt-\w+\.js", served.get("/prompt").text)[0]
    check = served.get("/check").text
    files = re.findall(r'"(/check/[^"]+\.(?:css|js))"', check)
    files += [f"/check/{name}" for name in re.findall(r'from "\./([^"]*)"', served.get(files[-1]).text)]
    named = {
        "/rhrt-prompt-{version}.js": [f"/{script}", "/rhrt-prompt-000000000000.js"],
        "/v1/rulebooks/{id}": [f"/v1/rulebooks/{rulebook.id}", "/v1/rulebooks/none"],
        "/check/{name}": [*files, "/check/none"],
        "/v1/indicators": ["/v1/indicators?q=food", "/v1/indicators"],
    }
    app = served.app
    for route in iter_route_contexts(app.routes):  # type: ignore[attr-defined]
        if "GET" in (route.methods or ()):
            assert route.path in named or "{" not in str(route.path), (
                "a new place for a name: say which names there are"
            )
            yield from named.get(str(route.path), [str(route.path)])


def test_what_is_kept_is_kept_for_five_minutes_at_most_or_for_ever_under_a_name_of_its_content(
    served: TestClient, rulebook: Rulebook
) -> None:
    for_ever, for_a_while = set[str](), set[str]()
    for address in addresses(served, rulebook):
        answer = served.get(address)
        kept = answer.headers["cache-control"]
        seconds = [int(one) for one in re.findall(r"(?:max-age|s-maxage)=(\d+)", kept)]
        if "immutable" in kept:
            (name,) = re.findall(r"-([0-9a-f]{12})\.(?:js|css)$", address)
            assert sha256(answer.content).hexdigest().startswith(name), address
            for_ever.add(address)
        elif seconds:
            assert max(seconds) <= MOST_SECONDS, address
            for_a_while.add(address)
        else:
            assert kept in ("no-store", "private, no-cache"), address
    assert {f"/v1/rulebooks/{rulebook.id}", "/rhrt-prompt.js", "/prompt.css", "/demo/host.js"} <= for_a_while
    assert len(for_ever) == 5, "the script, three files of GOV.UK Frontend and what begins it, and our own look"


def test_every_answer_of_some_size_is_the_same_compressed_and_not(served: TestClient, rulebook: Rulebook) -> None:
    packed = 0
    for address in {*addresses(served, rulebook)} - {"/v1/metrics"}:  # they count who asks for them
        plain, asked = served.get(address), served.get(address, headers={"Accept-Encoding": "br, gzip"})
        head = served.head(address, headers={"Accept-Encoding": "br, gzip"})
        assert (head.headers, head.content) == (asked.headers, b""), address
        assert "content-encoding" not in plain.headers
        assert asked.content == plain.content
        assert asked.headers.get("vary") == plain.headers.get("vary")
        if len(plain.content) >= SMALLEST:
            assert asked.headers["content-encoding"] == "gzip", address
            assert int(asked.headers["content-length"]) < len(plain.content)
            assert "Accept-Encoding" in plain.headers["vary"]
            packed += 1
        else:
            assert asked.headers == plain.headers
    assert packed > 10


def test_an_answer_to_what_was_sent_comes_compressed_too(served: TestClient) -> None:
    record = {"indicators": {"present": ["lack-of-food"]}}
    asked = served.post("/v1/prompt", json=record, headers={"Accept-Encoding": "gzip"})
    assert asked.headers["content-encoding"] == "gzip"
    assert asked.json() == served.post("/v1/prompt", json=record).json()


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("GZIP", True), ("br, gzip;q=0.5, zstd", True), ("gzip; q=1.0", True), ("gzip ;q=0.001", True),
     ("", False), ("identity", False), ("br", False), ("gzip;q=0", False), ("gzip; q=0.000", False),
     ("xgzip", False), ("*", False)],
)  # fmt: skip
def test_only_whoever_names_gzip_gets_it(accepted: str, packed: bool, served: TestClient) -> None:
    answer = served.get("/rhrt-prompt.js", headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) is packed
    assert answer.text.startswith("const SERVED")


def test_what_caches_may_keep_is_compressed_once_and_what_people_sent_is_never_kept(
    settings: Settings, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[int]()

    def counted(body: bytes, level: int) -> bytes:
        done.append(len(body))
        return zlib.compress(body, level, wbits=16 + zlib.MAX_WBITS)

    monkeypatch.setattr(compressing, "_gzip", counted)
    compressing._once.cache_clear()
    served = TestClient(application(settings), headers={"Accept-Encoding": "gzip"})
    for _ in range(3):
        served.get("/rhrt-prompt.js")
        served.get(f"/v1/rulebooks/{rulebook.id}")
    assert len(done) == compressing._once.cache_info().currsize == 2
    for _ in range(3):
        served.post("/v1/prompt", json={"indicators": {"present": ["lack-of-food"]}})
        served.post("/check/2", data={"rulebook": rulebook.id})
    assert len(done) == 8
    assert compressing._once.cache_info().currsize == 2


def test_what_did_not_change_is_not_sent_again_whether_it_was_compressed_or_not(served: TestClient) -> None:
    for encoding in ("gzip", "identity"):
        asked = {"Accept-Encoding": encoding}
        first = served.get("/rhrt-prompt.js", headers=asked)
        again = served.get("/rhrt-prompt.js", headers={**asked, "If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["vary"] == first.headers["vary"] == "Origin, Accept-Encoding"
        assert again.headers["etag"] == first.headers["etag"]
        assert first.headers["etag"].startswith("W/"), "the same content in other bytes"
