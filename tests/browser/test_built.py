"""What `rhrt rulebook build` writes, as a browser runs it: without a service, from a web server or from a stick."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect
from pydantic_core import to_json
from rhrt_cli.main import main

from rhrt import Record, Rulebook, assess
from rhrt.browser.rulebook import EVALUATED_BY
from rhrt.reasoning.assess import ready
from rhrt.steward.cases import read_examples
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import complaints, find, headline, mark, no_danger, suggested
from tests.browser.prompting import expected, first_difference
from tests.browser.sites import answering
from tests.conftest import RULEBOOK_FOLDER
from tests.server import free_port

DRINK = "parental-substance-escalating"
NO_LEVEL = "No suggestion can be given now"


class Quiet(SimpleHTTPRequestHandler):
    """A web server that holds files, and says nothing."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".webmanifest": "application/manifest+json"}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def build(to: Path, *more: str) -> str:
    result = CliRunner().invoke(main, ["rulebook", "build", str(to), *more])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("built") / "site"
    build(to, "--withdrawn", "withdrawn.json")
    return to


@pytest.fixture
def held(folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the folder that a test may change."""
    return shutil.copytree(folder, tmp_path / "site")


@pytest.fixture
def url(held: Path) -> Iterator[str]:
    with answering(free_port(), partial(Quiet, directory=str(held))) as at:  # type: ignore[arg-type]
        yield at


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("built") / "level-of-need.html"
    build(to, "--single")
    return to


@pytest.fixture(params=["folder", "single"])
def address(request: pytest.FixtureRequest, url: str, single: Path) -> str:
    """Give where the page is: on a web server, or in one file."""
    return f"{url}/index.html" if request.param == "folder" else single.as_uri()


def asked_of(page: Page) -> list[str]:
    """Give the list to which each address is added that the page asks."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


def opened(page: Page, address: str) -> Locator:
    page.goto(address)
    prompt = page.locator("rhrt-prompt")
    prompt.get_by_role("heading", name="What does the guidance suggest?").wait_for()
    return prompt


def drinking(prompt: Locator) -> None:
    no_danger(prompt)
    find(prompt, "mum drinking more and more")
    mark(prompt, DRINK)


# --- The journey


def test_a_worry_in_plain_words_gives_the_suggestion_that_the_engine_gives_and_asks_nobody(
    address: str, page: Page, held: Path, rulebook: Rulebook
) -> None:
    (held / "withdrawn.json").write_text("[]", encoding="utf-8")
    said, asked = complaints(page), asked_of(page)
    prompt = opened(page, address)
    drinking(prompt)
    record = json.loads(page.evaluate("document.querySelector('rhrt-prompt').value"))
    suggestion = assess(Record.model_validate(record), rulebook)
    expect(suggested(prompt)).to_have_text(f"Suggested: Level {suggestion.level}, {suggestion.level_name}")
    assert said == []
    files = {path.relative_to(held).as_posix() for path in held.rglob("*") if path.is_file()}
    own = {address.replace("index.html", name) for name in files}
    assert {*asked} <= (own if address.startswith("http") else {address})


ANSWERED = """(records) => import("./script/here.js").then(async ({ LOCAL }) => {
    const texts = [];
    for (const record of records) texts.push(JSON.stringify(await LOCAL("v1/prompt", record)));
    return texts;
})"""


def test_every_worked_case_and_what_if_is_answered_as_by_the_service_but_for_who_evaluated(
    page: Page, url: str, rulebook: Rulebook
) -> None:
    records = [json.loads(to_json(one.record)) for one in read_examples(RULEBOOK_FOLDER / "cases")]
    page.goto(f"{url}/index.html")
    given = page.evaluate(ANSWERED, records)
    assert len(given) == len(records) > 300
    own, theirs = (json.dumps(list(one), separators=(",", ":")) for one in (EVALUATED_BY, ready(rulebook)))
    said = [" and ".join(one) for one in (EVALUATED_BY, ready(rulebook))]
    for record, text in zip(records, given, strict=True):
        as_theirs = text.replace(own, theirs).replace(*said)
        assert first_difference(as_theirs, expected(record, rulebook)) is None, record


def test_nothing_is_kept_by_the_browser_but_the_files(page: Page, url: str) -> None:
    prompt = opened(page, f"{url}/index.html")
    title = page.title()
    drinking(prompt)
    headline(prompt).wait_for()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert (page.title(), page.url) == (title, f"{url}/index.html")
    cached = "caches.keys().then((all) => Promise.all(all.map((one) => caches.open(one).then((it) => it.keys()))))"
    for requests in page.evaluate(f"{cached}.then((all) => all.map((each) => each.map((one) => one.url)))"):
        assert not [one for one in requests if "?" in one or "withdrawn" in one]


def test_it_is_there_without_a_signal_after_the_first_visit(page: Page, url: str, held: Path) -> None:
    opened(page, f"{url}/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    shutil.rmtree(held)
    prompt = opened(page, f"{url}/index.html")
    drinking(prompt)
    expect(suggested(prompt)).to_contain_text("Suggested: Level")


def test_a_new_build_takes_the_place_of_the_old_one_at_the_next_connection(
    page: Page, url: str, held: Path
) -> None:
    opened(page, f"{url}/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    before, (kept,) = page.locator("#age").text_content(), page.evaluate("caches.keys()")
    build(held, "--days", "30", "--withdrawn", "withdrawn.json")
    page.evaluate("navigator.serviceWorker.ready.then((it) => it.update()).then(() => true)")
    while page.evaluate("caches.keys()") == [kept] or len(page.evaluate("caches.keys()")) != 1:
        page.wait_for_timeout(50)
    opened(page, f"{url}/index.html")
    assert page.locator("#age").text_content() != before


# --- It goes out of date, and knows it


def stale(page: Page, words: str) -> None:
    prompt = page.locator("rhrt-prompt")
    drinking(prompt)
    expect(headline(prompt)).to_have_text(NO_LEVEL)
    expect(prompt.get_by_text(words)).to_be_visible()
    expect(prompt.get_by_text(re.compile(r"MASH.*\d{5}")).first).to_be_visible()
    expect(page.locator("#age")).to_contain_text(words)
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")
    assert sent["rhrt-level"] == sent["rhrt-route"] == sent["rhrt-receipt"] == ""


@pytest.mark.parametrize(("days", "words"), [(366, "out of date"), (-2, "Put the clock of the device right")])
def test_past_its_day_or_before_it_was_built_it_gives_the_numbers_and_no_level(
    days: int, words: str, page: Page, address: str
) -> None:
    page.add_init_script(f"""const Now = Date; globalThis.Date = class extends Now {{
        constructor(...of) {{ super(...(of.length ? of : [Now.now() + {days} * 86400000])); }} }};""")
    opened(page, address)
    stale(page, words)


def test_once_its_hash_is_withdrawn_it_gives_no_level(page: Page, url: str, held: Path, rulebook: Rulebook) -> None:
    (held / "withdrawn.json").write_text(json.dumps([rulebook.sha256]), encoding="utf-8")
    opened(page, f"{url}/index.html")
    stale(page, "has been withdrawn")


def test_a_list_that_withdraws_another_rulebook_is_no_hindrance(page: Page, url: str, held: Path) -> None:
    (held / "withdrawn.json").write_text(json.dumps(["0" * 64]), encoding="utf-8")
    prompt = opened(page, f"{url}/index.html")
    drinking(prompt)
    expect(suggested(prompt)).to_contain_text("Suggested: Level")


# --- Safe without us


def numbers_are_there(page: Page) -> None:
    expect(page.get_by_role("heading", name="If a child is in danger now, call 999")).to_be_visible()
    expect(page.get_by_text(re.compile(r"MASH.*\d{5}")).first).to_be_visible()
    expect(page.get_by_text("Ring one of the numbers above")).to_be_visible()


def test_where_scripts_are_off_a_sentence_and_the_numbers_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    numbers_are_there(page)
    context.close()


@pytest.mark.parametrize("broken", ["data/rulebook.js", "data/said.js", "rhrt-prompt.js", "script/evaluate.js"])
@pytest.mark.parametrize("how", ["gone", "cut"])
def test_where_a_file_is_broken_a_sentence_and_the_numbers_are_there(
    broken: str, how: str, page: Page, url: str, held: Path
) -> None:
    whole = (held / broken).read_text(encoding="utf-8")
    (held / broken).unlink()
    if how == "cut":
        (held / broken).write_text(whole[: len(whole) // 2], encoding="utf-8")
    page.goto(f"{url}/index.html")
    numbers_are_there(page)


def test_where_the_search_is_broken_it_says_so_and_the_rest_works(page: Page, url: str, held: Path) -> None:
    (held / "data/words.js").unlink()
    prompt = opened(page, f"{url}/index.html")
    no_danger(prompt)
    prompt.get_by_label("Say it in a few words").fill("drinking")
    prompt.get_by_role("button", name="Find").click()
    expect(prompt.get_by_text("The search does not answer just now")).to_be_visible()


# --- Everybody


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_wrong_and_nothing_is_cut_off(width: int, page: Page, url: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    prompt = opened(page, f"{url}/index.html")
    assert_axe_finds_nothing(page, "nothing marked")
    drinking(prompt)
    headline(prompt).wait_for()
    assert_axe_finds_nothing(page, "a suggestion")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_can_be_begun_anew(page: Page, url: str) -> None:
    prompt = opened(page, f"{url}/index.html")
    drinking(prompt)
    headline(prompt).wait_for()
    page.get_by_role("button", name="Start again, with nothing marked").click()
    expect(suggested(prompt)).to_have_count(0)


# --- The files


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_rulebook_on_the_same_day_gives_the_same_bytes(folder: Path, single: Path, tmp_path: Path) -> None:
    build(tmp_path / "again", "--withdrawn", "withdrawn.json")
    build(tmp_path / "again.html", "--single")
    assert contents(folder) == contents(tmp_path / "again")
    assert single.read_bytes() == (tmp_path / "again.html").read_bytes()
