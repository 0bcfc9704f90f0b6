"""The script of the prompt as it is served, /prompt, and the pages of the demonstration, without a browser."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rhrt import Rulebook, load_rulebook
from rhrt.web.application import application
from rhrt.web.component import FRAME
from rhrt.web.component.module import HERE, PARTS, module_of
from rhrt.web.demonstration import HERE as DEMONSTRATION
from rhrt.web.settings import Settings
from tests.test_repository import ROOT

MARRAM = Path(__file__).parents[1] / "frameworks" / "marram-2025"
HOST = "https://forms.example.org"
SOURCE = {path.name: path.read_text(encoding="utf-8") for path in (HERE / "script").glob("*.js")}


@pytest.fixture(scope="module")
def showing(rulebook: Rulebook) -> TestClient:
    settings = Settings(rulebooks=(rulebook,), origins=(HOST,), root_path="/need", demonstration=True)
    return TestClient(application(settings))


def known(content: bytes) -> dict[str, object]:
    found = re.match(r"const SERVED = (.*);\n", content.decode())
    assert found
    served: dict[str, object] = json.loads(found[1])
    return served


def test_the_script_is_one_module_of_at_most_16_kilobytes(rulebook: Rulebook) -> None:
    both = module_of((rulebook, load_rulebook(str(MARRAM))))
    assert len(gzip.compress(both.content, mtime=0)) <= 16 * 1024
    assert b"\nimport " not in both.content
    assert b"\nexport " not in both.content


def test_every_part_of_the_script_is_served_once() -> None:
    assert set(PARTS) == {name.removesuffix(".js") for name in SOURCE}
    assert len(PARTS) == len(set(PARTS))


@pytest.mark.parametrize("name", sorted(SOURCE))
def test_the_script_makes_no_markup_of_data_and_keeps_nothing(name: str) -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|localStorage|sessionStorage|cookie|<style"
    )
    code = re.sub(r"//.*", "", SOURCE[name])
    assert not re.search(forbidden, code)
    assert not re.search(r"\.style\b(?!\))", code), "a strict policy allows no style attribute"


@pytest.mark.parametrize("name", sorted(SOURCE))
def test_the_script_has_no_word_of_one_area(name: str) -> None:
    assert not re.search(r"hereford|\bmash\b|marf|chat|\beha\b|999|Level [0-9]|marram", SOURCE[name], re.IGNORECASE)


def test_the_script_brings_danger_and_the_numbers_to_ring_of_each_rulebook(rulebook: Rulebook) -> None:
    island = load_rulebook(str(MARRAM))
    served = known(module_of((rulebook, island)).content)["rulebooks"]
    assert isinstance(served, list)
    assert [one["id"] for one in served] == [rulebook.id, island.id]
    numbers = [number["number"] for number in served[0]["numbers"]]
    assert numbers == ["999", "(01432) 260800", "(01905) 768020"]
    alarms = {question["id"]: question["alarms"] for question in served[0]["first"]}
    assert alarms["immediate_danger"]["yes"]["headline"] == "Emergency. Call 999 now."
    assert alarms["immediate_danger"]["yes"]["steps"][0]["text"] == "Make sure the police have been called on 999."
    assert alarms["suspected_significant_harm"] == {}, "not an emergency: nobody is told to call 999"
    assert served[1]["first"][0]["alarms"]["yes"]["headline"] == "At once. Call 999."


def test_the_script_brings_what_to_do_at_once_after_each_answer_to_a_follow_up_question_that_is_an_emergency(
    rulebook: Rulebook,
) -> None:
    served = known(module_of((rulebook, load_rulebook(str(MARRAM)))).content)["rulebooks"]
    assert isinstance(served, list)
    at_once = {id_ for id_, one in rulebook.follow_up.items() if {"danger", "medical"} & set(one.if_yes)}
    assert at_once
    assert {id_: list(said) for id_, said in served[0]["alarms"].items()} == {id_: ["yes"] for id_ in at_once}
    for id_, said in served[0]["alarms"].items():
        assert said["yes"]["headline"] == "Emergency. Call 999 now.", id_
        called = "ambulance" if "medical" in rulebook.follow_up[id_].if_yes else "police"
        assert re.search(rf"{called} .*called on 999", said["yes"]["steps"][0]["text"]), id_


def test_no_comment_of_the_script_or_the_look_travels(rulebook: Rulebook) -> None:
    content = module_of((rulebook,)).content.decode()
    served = known(content.encode())
    assert not re.search(r"(^| )//|^ *(/\*| \*)", content, re.MULTILINE)
    assert "/*" not in str(served["style"])
    assert ".prompt{" in str(served["style"])
    for name in ("class FollowUps", "const keep", "const refuse", "customElements.define"):
        assert name in content, name


def test_the_script_loses_spaces_and_long_names_where_they_say_nothing_and_no_text_changes(
    rulebook: Rulebook,
) -> None:
    content = module_of((rulebook,)).content.decode()
    source = "\n".join(
        re.sub(r"^ *//.*|^ */\*\*(?s:.*?)\*/| // .*", "", one, flags=re.M) for one in SOURCE.values()
    )
    texts = set(re.findall(r'"(?:[^"\\\n]|\\.)*"', source))
    assert len(texts) > 200
    assert not [text for text in texts if text not in content]
    assert not [text for text in texts if "#" in text], "what looks like a private name would be made short"
    assert not re.search(r"`[^`]*\$\{[^}`]*`", source), "within a text in a text, spaces would go"
    private = r"(?<=[.\s{;}])#[a-zA-Z]\w*"
    assert len(set(re.findall(private, source))) == len(set(re.findall(private, content.partition("\n")[2])))


def test_what_is_said_at_once_names_no_level(rulebook: Rulebook) -> None:
    """It is shown before one's own level is asked."""
    for one in (rulebook, load_rulebook(str(MARRAM))):
        content = known(module_of((one,)).content)
        assert not re.search(r"Level \d", json.dumps(content["rulebooks"]))


def test_the_script_has_a_name_that_stays_and_a_name_for_its_content(showing: TestClient) -> None:
    newest = showing.get("/rhrt-prompt.js")
    assert newest.headers["content-type"].startswith("text/javascript")
    version = newest.headers["etag"].split('"')[1]
    pinned = showing.get(f"/rhrt-prompt-{version}.js")
    assert pinned.content == newest.content
    assert "immutable" in pinned.headers["cache-control"]
    assert "max-age=300" in newest.headers["cache-control"]
    unchanged = showing.get("/rhrt-prompt.js", headers={"If-None-Match": f'"{version}"'})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == newest.headers["etag"]


def test_the_version_changes_with_the_numbers_to_ring(rulebook: Rulebook) -> None:
    contacts = tuple(
        replace(one, number="(01432) 000000") if one.id == "mash" else one for one in rulebook.contacts
    )
    assert module_of((replace(rulebook, contacts=contacts),)).version != module_of((rulebook,)).version


def test_a_version_that_is_no_longer_served_leads_to_the_newest(showing: TestClient) -> None:
    old = showing.get("/rhrt-prompt-000000000000.js", follow_redirects=False)
    assert (old.status_code, old.headers["location"]) == (307, "rhrt-prompt.js")


def test_only_sites_on_the_allow_list_may_read_the_script_or_frame_the_page(showing: TestClient) -> None:
    welcome = showing.get("/rhrt-prompt.js", headers={"Origin": HOST})
    assert welcome.headers["access-control-allow-origin"] == HOST
    stranger = showing.get("/rhrt-prompt.js", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in stranger.headers
    assert "origin" in stranger.headers["vary"].lower(), "a cache keeps the two apart"
    framed = showing.get("/prompt")
    assert f"frame-ancestors 'self' {HOST}" in framed.headers["content-security-policy"]
    assert json.dumps([HOST]).replace('"', "&#34;") in framed.text


def test_the_page_for_an_iframe_takes_a_rulebook_and_ones_own_level_first_and_nothing_else(
    showing: TestClient, rulebook: Rulebook
) -> None:
    assert " commit-first>" not in showing.get("/prompt").text
    page = showing.get(f"/prompt?rulebook={rulebook.id}&commit-first=yes").text
    assert f'<rhrt-prompt rulebook="{rulebook.id}" commit-first>' in page
    assert "(01432) 260800" in page, "whom to ring, where the script does not run"
    for query in ("rulebook=another", "child=x", "rulebook="):
        refused = showing.get(f"/prompt?{query}")
        assert refused.status_code == 422, query
        assert refused.json()["faults"][0]["where"].startswith("query.")


AROUND = {
    one.name: one.read_text(encoding="utf-8") for one in (FRAME / "prompt.js", DEMONSTRATION / "static" / "host.js")
}
"""The two scripts that speak with one another: of the page in an iframe, and of the page around it."""


def test_every_message_between_a_page_and_its_iframe_is_known_to_both_and_in_the_readme() -> None:
    spoken = {name: set(re.findall(r'"(rhrt-[a-z]+)"', code)) for name, code in AROUND.items()}
    messages = spoken["host.js"] - {"rhrt-prompt"}
    assert messages == spoken["prompt.js"] - {"rhrt-prompt", "rhrt-change", "rhrt-suggestion"}
    readme = (ROOT / "src/rhrt/web/component/README.md").read_text(encoding="utf-8")
    assert messages == set(re.findall(r'`\{type: "(rhrt-[a-z]+)"', readme))


@pytest.mark.parametrize("name", sorted(AROUND))
def test_neither_script_of_an_iframe_makes_markup_or_keeps_anything(name: str) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Storage|cookie", AROUND[name])
    assert '"*"' not in AROUND[name], "a message goes to one origin"


@pytest.mark.parametrize("path", ["/demo", "/demo/form", "/demo/form/own-level-first", "/demo/frame", "/prompt"])
def test_every_address_on_a_page_is_below_the_path_of_the_proxy(path: str, showing: TestClient) -> None:
    html = showing.get(path).text
    addresses = re.findall(r'(?:href|src|action|data-prompt)="([^"#]+)"', html)
    assert addresses
    for address in addresses:
        assert address.startswith("/need/") or not address.startswith("/"), address


def test_a_form_that_is_sent_is_shown_and_what_was_typed_is_only_text(showing: TestClient) -> None:
    sent = {"narrative": "<script>alert(1)</script>", "rhrt-level": "3"}
    shown = showing.post("/demo/form", data=sent)
    assert shown.status_code == 200
    assert "&lt;script&gt;" in shown.text
    assert "<script>" not in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert showing.post("/demo/form", json=sent).status_code == 415


def test_without_the_option_there_is_no_demonstration(client: TestClient) -> None:
    for path in ("/demo", "/demo/form", "/demo/host.js"):
        assert client.get(path).status_code == 404
    assert client.get("/prompt").status_code == 200


def test_the_page_of_the_three_rungs_shows_the_script_that_the_demonstration_runs(showing: TestClient) -> None:
    shown = showing.get("/demo").text
    script = showing.get("/demo/host.js").text.strip()
    assert script in unescape(shown)
    assert "rhrt-prompt.js" in shown
