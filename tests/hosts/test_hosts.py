"""What holds of each host beside the matrix: one request a mark, drafts that do not fit, and the watched field."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hosting import told
from tests.hosts.hosts import HOSTS, Sites
from tests.hosts.journeys import draft
from tests.hosts.test_matrix import visiting
from tests.hosts.visit import LEVEL_4, SUSPECTED

BY_SCRIPT = [name for name, host in HOSTS.items() if host.guide not in {"", "server"}]
THAT_SET_THE_VALUE = [name for name in BY_SCRIPT if "not-controlled" not in name]
FIRST = ("module", "host")
"""Which script runs first: the prompt's, or the host's."""

OF_ANOTHER = json.dumps({"rulebook": "another-area", "situation": {SUSPECTED: "yes"}})
NOT_HERE = "What was filled in before is not here"


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("host", THAT_SET_THE_VALUE)
def test_a_host_that_sets_the_value_on_every_event_sees_one_request_a_mark(
    host: str, first: str, page: Page, opened: Sites
) -> None:
    visit = visiting(host, page, opened)
    visit.open(first=first)
    for marks, (question, words) in enumerate(
        [("immediate_danger", "No"), ("medical_emergency", "No"), (SUSPECTED, "Yes"), (SUSPECTED, "No")], start=1
    ):
        visit.mark(question, words)
        visit.has_asked(marks)
    assert json.loads(visit.holds(status="suggested")["record"])["situation"][SUSPECTED] == "no"
    assert len(visit.asked) == 4
    assert visit.said == []


@pytest.mark.parametrize("host", BY_SCRIPT)
def test_a_draft_is_there_when_the_hosts_script_runs_first(host: str, page: Page, opened: Sites) -> None:
    visit = visiting(host, page, opened)
    visit.always = {"first": "host"}
    draft(visit)
    assert visit.said == []


def as_kept(host: str, record: str) -> str:
    """Give a record as the host keeps its drafts."""
    whole = host in {"form-io", "surveyjs"}
    return json.dumps({"rhrt": {"rhrt-record": record} if whole else record})


@pytest.mark.parametrize(
    "host", ["plain-html", "iframe", "form-io", "surveyjs", "react-18-controlled", "react-19-controlled", "vue-3"]
)
def test_a_draft_of_another_rulebook_is_refused_in_words(host: str, page: Page, opened: Sites) -> None:
    visit = visiting(host, page, opened)
    page.goto("about:blank")
    more = {"host": "uncontrolled"} if host == "vue-3" else {}
    visit.open(draft=as_kept(host, OF_ANOTHER), **more)
    inside = page.frame_locator("iframe").locator("main") if host == "iframe" else visit.prompt()
    expect(inside.get_by_text(NOT_HERE)).to_be_visible()
    assert any("record.rulebook is “another-area”" in one for one in visit.said)
    visit.mark()
    visit.shows(LEVEL_4)


@pytest.mark.parametrize(("host", "deed"), [("form-io", "on()"), ("form-io", "redraw()"), ("surveyjs", "redraw()")])
def test_a_form_builder_finds_the_watched_field_by_its_name_also_after_it_was_drawn_again(
    host: str, deed: str, page: Page, opened: Sites
) -> None:
    visit, sent = visiting(host, page, opened), told(page)
    visit.open()
    visit.does(deed)
    visit.ready()
    visit.tell("There is never enough food in the house")
    expect(visit.prompt().get_by_text("What you write in this form is looked through")).to_be_visible()
    offered = visit.prompt().get_by_role("heading", name="From what you wrote: is any of this so?")
    expect(offered).to_be_visible()
    assert sent == ["There is never enough food in the house"]


def test_form_io_takes_the_prompt_out_of_its_html_component_and_leaves_the_words(page: Page, opened: Sites) -> None:
    visit = visiting("form-io", page, opened)
    visit.open()
    expect(page.locator("rhrt-prompt[name=lost]")).to_have_count(0)
    expect(page.get_by_text("If a child is in danger, call 999.").first).to_be_visible()


@pytest.mark.parametrize("host", ["react-18-controlled", "react-19-controlled"])
def test_the_example_of_the_guide_for_react_goes_on_with_a_draft(host: str, page: Page, opened: Sites) -> None:
    visit = visiting(host, page, opened)
    suspected = json.dumps({"situation": {SUSPECTED: "yes"}})
    visit.open(host="example", draft=as_kept(host, suspected))
    visit.shows(LEVEL_4)
    visit.mark("immediate_danger")
    visit.has_asked(2)
    situation = json.loads(visit.holds(status="suggested")["record"])["situation"]
    assert situation == {SUSPECTED: "yes", "immediate_danger": "yes"}
    assert visit.said == []


def test_what_is_no_record_at_all_reaches_the_error_boundary_of_react_19(page: Page, opened: Sites) -> None:
    visit = visiting("react-19-controlled", page, opened)
    with page.expect_event("pageerror"):
        page.goto(f"{visit.url}?{urlencode({'draft': as_kept('react', 'no JSON')})}")
    assert visit.said == ["This is no record for <rhrt-prompt>: it is not JSON."]
    expect(visit.prompts()).to_have_count(0)


def test_what_is_no_record_at_all_is_said_in_words_by_the_component_for_react_18(page: Page, opened: Sites) -> None:
    visit = visiting("react-18-controlled", page, opened)
    visit.open(draft=as_kept("react", "no JSON"))
    expect(visit.prompt().get_by_text(NOT_HERE)).to_be_visible()
