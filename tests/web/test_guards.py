"""Headers, origins, keys, and a path under a reverse proxy."""

from __future__ import annotations

import asyncio
import re
from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any

import pytest
from fastapi import APIRouter, Response
from fastapi.testclient import TestClient

from rhrt.web import component, guard, request
from rhrt.web.application import application
from rhrt.web.settings import Settings

SITE = "https://forms.example.org"
KEY = "a-key-of-some-length"


def test_every_answer_has_the_security_headers_and_is_not_kept(client: TestClient) -> None:
    for answer in (client.get("/v1/health"), client.get("/nowhere"), client.post("/v1/assessments", json=[])):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "server" not in answer.headers
        assert "set-cookie" not in answer.headers


def test_without_an_allow_list_no_site_may_ask(client: TestClient) -> None:
    answer = client.get("/v1/health", headers={"Origin": SITE})
    assert "access-control-allow-origin" not in answer.headers
    ask = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/assessments", headers=ask).status_code == 405


def test_a_site_on_the_allow_list_may_ask_and_no_other(settings: Settings) -> None:
    served = TestClient(application(replace(settings, origins=(SITE,))))
    allowed = served.post("/v1/assessments", json={}, headers={"Origin": SITE})
    assert allowed.headers["access-control-allow-origin"] == SITE
    for origin in ("https://evil.example.org", "null", SITE + ".evil.example", "http://forms.example.org"):
        refused = served.post("/v1/assessments", json={}, headers={"Origin": origin})
        assert "access-control-allow-origin" not in refused.headers
        assert "access-control-allow-credentials" not in refused.headers
    for headers in ({}, {"Origin": SITE}, {"Origin": "https://evil.example.org"}):
        assert served.get("/v1/health", headers=headers).headers["vary"] == "Origin"


def test_a_browser_may_ask_first_whether_it_may_ask(settings: Settings) -> None:
    served = TestClient(application(replace(settings, origins=(SITE,))))
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = served.options("/v1/assessments", headers={"Origin": SITE, **ask})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == SITE
    assert served.options("/v1/assessments", headers={"Origin": "https://evil.example", **ask}).status_code == 400


def test_only_the_prompt_may_be_framed_and_only_by_the_allow_list(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def router(_: Settings) -> APIRouter:
        made = APIRouter()

        @made.get("/prompt")
        async def page() -> Response:
            return Response("", headers={"Cache-Control": "max-age=60"})

        return made

    monkeypatch.setattr(component, "router", router)
    monkeypatch.setattr("rhrt.web.demonstration.router", lambda _: APIRouter())
    served = TestClient(application(replace(settings, origins=(SITE,))))
    page = served.get("/prompt")
    assert page.headers["content-security-policy"].endswith(f"frame-ancestors 'self' {SITE}")
    assert "x-frame-options" not in page.headers
    assert page.headers["cache-control"] == "max-age=60"
    assert served.get("/v1/health").headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_with_a_key_the_api_wants_it_and_health_does_not(settings: Settings) -> None:
    served = TestClient(application(replace(settings, key=KEY)))
    right = {"Authorization": f"Bearer {KEY}"}
    for wrong in ({}, {"Authorization": KEY}, {"Authorization": f"Bearer {KEY}x"}, {"Authorization": "Bearer é"}):
        sent = {name.encode(): value.encode() for name, value in wrong.items()}
        for method, path in (("POST", "/v1/assessments"), ("GET", "/v1/metrics"), ("GET", "/v1/openapi.json"),
                             ("POST", "/cds-services/rhrt-level-of-need"), ("GET", "/cds-services")):  # fmt: skip
            answer = served.request(method, path, headers=sent)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["faults"][0]["where"] == "Authorization"
    assert served.post("/v1/assessments", json={}, headers=right).status_code == 200
    assert served.get("/v1/health").status_code == 200
    described = served.get("/v1/openapi.json", headers=right).json()
    assert described["security"] == [{"key": []}]
    assert described["paths"]["/v1/health"]["get"]["security"] == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_scheme_of_a_key_may_be_written_in_any_case_and_the_key_may_not(
    settings: Settings, scheme: str
) -> None:
    served = TestClient(application(replace(settings, key=KEY)))
    assert served.get("/cds-services", headers={"Authorization": f"{scheme} {KEY}"}).status_code == 200
    for wrong in (KEY.upper(), f"{KEY} x", KEY[:-1], ""):
        assert served.get("/cds-services", headers={"Authorization": f"{scheme} {wrong}"}).status_code == 401
    for other in ("Basic", "Bearers", ""):
        assert served.get("/cds-services", headers={"Authorization": f"{other} {KEY}"}).status_code == 401


READ = {
    200: ("/check", "/check/{style}", "/rhrt-prompt.js", "/prompt", "/prompt.css", "/demo", "/demo/host.js",
          "/v1/health", "/v1/rulebooks", "/v1/rulebooks/herefordshire-2020", "/v1/indicators?q=food",
          "/v1/openapi.json", "/cds-services"),
    303: ("/", "/check/2"),
    307: ("/rhrt-prompt-0.js",),
    404: ("/nowhere", "/check/nowhere", "/v1/rulebooks/nowhere"),
    405: ("/v1/assessments",),
    422: ("/v1/indicators",),
}  # fmt: skip
"""Addresses by what GET answers there."""


@pytest.fixture(scope="module")
def served(settings: Settings) -> TestClient:
    return TestClient(application(replace(settings, demonstration=True)), follow_redirects=False)


@pytest.mark.parametrize(("status", "path"), [(status, path) for status, paths in READ.items() for path in paths])
def test_head_is_answered_where_get_is_with_the_same_status_and_headers_and_no_body(
    served: TestClient, status: int, path: str
) -> None:
    style = re.findall(r"/check/([\w.-]+\.css)", served.get("/check").text)[0]
    path = path.format(style=style)
    read, asked = served.get(path), served.head(path)
    assert (asked.status_code, asked.headers, asked.content) == (status, read.headers, b"")
    assert read.status_code == status


def test_head_wants_the_key_where_get_does(settings: Settings) -> None:
    served = TestClient(application(replace(settings, key=KEY)))
    assert served.head("/v1/metrics").status_code == 401
    assert served.head("/v1/metrics", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200


def test_the_body_of_an_answer_to_head_is_not_even_sent_to_the_server(settings: Settings) -> None:
    start, body = call(application(settings), [], [], "HEAD", "/v1/health")
    assert start["status"] == 200
    assert (b"content-length", b"0") not in start["headers"]
    assert body["body"] == b""


def test_an_address_that_is_only_read_says_so_where_another_method_is_sent(client: TestClient) -> None:
    assert client.delete("/v1/health").headers["allow"] == "GET, HEAD"


def test_a_site_on_the_allow_list_may_ask_with_head(settings: Settings) -> None:
    served = TestClient(application(replace(settings, origins=(SITE,))))
    ask = {"Access-Control-Request-Method": "HEAD", "Access-Control-Request-Headers": "authorization"}
    assert served.options("/v1/rulebooks", headers={"Origin": SITE, **ask}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("root", "path"), [("", "/"), ("/rhrt", "/"), ("/rhrt", "/rhrt/")])
def test_the_root_leads_to_the_start_page_and_does_not_repeat_the_host_that_was_named(
    settings: Settings, method: str, root: str, path: str
) -> None:
    served = TestClient(application(replace(settings, root_path=root)), follow_redirects=False)
    answer = served.request(
        method, path, headers={"Host": "planted.example", "X-Forwarded-Host": "planted.example"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{root}/check"
    assert "planted" not in str(answer.headers) + answer.text


def test_it_works_below_a_path_whether_the_proxy_takes_the_path_away_or_not(settings: Settings) -> None:
    served = TestClient(application(replace(settings, root_path="/rhrt")))
    assert served.get("/v1/health").status_code == 200
    assert served.get("/rhrt/v1/health").status_code == 200
    assert served.get("/rhrtx/v1/health").status_code == 404
    assert served.get("/rhrt/v1/openapi.json").json()["servers"] == [{"url": "/rhrt"}]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/../v1/assessments", "/v1/rulebooks/..%2f..%2fetc%2fpasswd", "/v1/rulebooks/%00", "/v1//health",
        "/v1/health/", "/V1/HEALTH",
        "/v1/health%0d%0aX-Planted:%20yes", "/v1/rulebooks/%ff%fe", "/%2e%2e/%2e%2e/etc",
        "/v1/health;x=1", "/v1\\health", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_tricks_with_the_path_find_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "x-planted" not in answer.headers


Messages = list[MutableMapping[str, Any]]


def call(
    app: Any,
    messages: list[dict[str, Any]],
    headers: list[tuple[bytes, bytes]],
    method: str = "POST",
    path: str = "/v1/assessments",
) -> Messages:
    """Send a request by hand: the messages given, and then silence."""
    sent: Messages = []
    scope = {"type": "http", "method": method, "path": path, "raw_path": b"", "query_string": b"",
             "headers": headers, "scheme": "http", "http_version": "1.1", "root_path": "", "client": None,
             "server": None}  # fmt: skip

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


SENT = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]


def test_a_body_that_does_not_arrive_in_time_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "SECONDS", 0.01)
    monkeypatch.setattr(guard, "SECONDS", 0.01)
    part = {"type": "http.request", "body": b'{"child"', "more_body": True}
    start, said = call(application(settings), [part], SENT)
    assert start["status"] == 408
    assert b"did not arrive within" in said["body"]


def test_what_a_caller_still_sends_is_heard_out_so_that_it_can_read_the_refusal(settings: Settings) -> None:
    part = {"type": "http.request", "body": b" " * 40_000, "more_body": True}
    messages = [dict(part) for _ in range(9)] + [{**part, "more_body": False}]
    start, _ = call(application(settings), messages, SENT)
    assert start["status"] == 413
    assert messages == []


def test_a_caller_who_goes_away_gets_no_answer_and_is_no_failure(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "rhrt.web")
    assert call(application(settings), [{"type": "http.disconnect"}], SENT) == []
    assert "POST /v1/assessments 499" in caplog.text
    assert "failed" not in caplog.text
