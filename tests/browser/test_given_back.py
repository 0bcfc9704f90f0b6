"""What a host gives to <rhrt-prompt> and hears from it: drafts, properties and events, whenever its script runs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from rhrt import Rulebook
from tests.browser.hosting import (
    CALM,
    MODULE_FIRST,
    SIGN,
    answer,
    expect_fields,
    fields,
    find,
    headline,
    heard,
    hosted,
    mark,
    no_danger,
    record,
    suggested,
)
from tests.server import Server

DRAFT = {"record": {"indicators": {"present": [SIGN]}, "situation": CALM}}

MISSHAPEN: tuple[Any, ...] = (
    3,
    True,
    [],
    "not JSON",
    '"a text"',
    {"present": ["lack-of-food"]},
    {"record": 3},
    {"record": "{"},
    {"record": {"name": "A child"}},
    {"record": {"rulebook": "another-area"}},
    {"record": {"rulebook": 3}},
    {"record": {"indicators": ["lack-of-food"]}},
    {"record": {"indicators": {"present": "lack-of-food"}}},
    {"record": {"indicators": {"present": [3]}}},
    {"record": {"indicators": {"unknown": ["lack-of-food"]}}},
    {"record": {"indicators": {"present": ["lack-of-food"], "absent": ["lack-of-food"]}}},
    {"record": {"circumstances": 3}},
    {"record": {"situation": ["yes"]}},
    {"record": {"situation": {"immediate_danger": True}}},
    {"record": {"follow_ups": ["yes"]}},
    {"record": {"follow_ups": {"home-alone": "perhaps"}}},
    {"record": {"child": {"age": 3}}},
    {"record": {"judgement": 2}},
    {"record": {"judgement": {"level": "2"}}},
)


def value(prompt: Locator) -> str:
    found: str = prompt.evaluate("prompt => prompt.value")
    return found


def give(prompt: Locator, given: object) -> str:
    """Set the value, and give the name and the words of what was raised."""
    script = """(prompt, given) => {
        try { prompt.value = given; return ""; } catch (error) { return `${error.name}: ${error.message}`; }
    }"""
    raised: str = prompt.evaluate(script, given)
    return raised


def asked(page: Page) -> list[str]:
    """Give the list to which each record is added for which a suggestion is asked."""
    sent: list[str] = []

    def seen(request: Request) -> None:
        if request.url.endswith("/v1/prompt"):
            sent.append(request.post_data or "")

    page.on("request", seen)
    return sent


def suspected(prompt: Locator) -> None:
    """Mark what gives the highest level, and see it."""
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")


@pytest.mark.usefixtures("said")
def test_after_a_draft_it_answers_for_what_is_marked(page: Page, loading: str, served: Server) -> None:
    as_frameworks_give_it = f"new Proxy({json.dumps(DRAFT)}, {{}})"
    prompt = hosted(page, served, loading, does=f"prompt.value = {as_frameworks_give_it};")
    expect(suggested(prompt)).to_have_text("Suggested: Level 2, Additional")
    suspected(prompt)
    sent = fields(page)
    assert (sent["rhrt-status"], sent["rhrt-level"], sent["rhrt-route"]) == ("suggested", "4", "mash-marf")
    assert record(page)["indicators"]["present"] == [SIGN]
    assert record(page)["situation"] == {**CALM, "suspected_significant_harm": "yes"}
    assert json.loads(sent["rhrt-receipt"])["record"]["situation"]["suspected_significant_harm"] == "yes"
    assert value(prompt) == sent["rhrt-record"]
    assert record(page) == heard(page, "rhrt-change")[-1]["record"]


@pytest.mark.usefixtures("said")
def test_nothing_as_the_value_is_nothing_marked(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, does="prompt.value = null;")
    expect_fields(page, {"rhrt-status": "empty"})
    suspected(prompt)
    for nothing in ("null", "undefined", "''", "{}", "{record: null}"):
        assert give(prompt, DRAFT) == ""
        prompt.evaluate(f"prompt => {{ prompt.value = {nothing} }}")
        expect_fields(page, {"rhrt-status": "empty"})
    expect(headline(prompt)).to_have_count(0)


@pytest.mark.usefixtures("said")
def test_properties_count_whenever_they_are_set_and_nothing_inside_can_be_put_over(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    does = f"""Object.assign(prompt, {{ name: "need", rulebook: "{rulebook.id}", watch: "story", commitFirst: true,
        disabled: true, endpoint: "/" }});
        Object.assign(prompt, {{ marked: null, service: "x", served: null, result: null, danger: 3 }});"""
    prompt = hosted(page, served, loading, does=does)
    expect(prompt.get_by_role("button", name="Find")).to_be_disabled()
    expect(prompt.get_by_text("What you write in this form is looked through")).to_be_visible()
    prompt.evaluate("prompt => { prompt.disabled = false }")
    no_danger(prompt)
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    expect_fields(page, {"need-status": "waiting"})
    prompt.evaluate("prompt => { prompt.name = 'other'; prompt.commitFirst = false; prompt.watch = null }")
    expect(suggested(prompt)).to_have_text("No level suggested")
    expect_fields(page, {"other-status": "suggested"})
    assert "need-status" not in fields(page)
    read = "({ name, rulebook, watch, commitFirst, disabled }) => [name, rulebook, watch, commitFirst, disabled]"
    assert prompt.evaluate(read) == ["other", rulebook.id, "", False, False]
    assert prompt.evaluate("prompt => prompt.form === document.querySelector('form')")


@pytest.mark.usefixtures("said")
def test_what_was_submitted_can_be_given_back_in_each_of_its_forms(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, "commit-first")
    find(prompt, "mum drinking more and more")
    mark(prompt, "parental-substance-escalating", "Not known")
    no_danger(prompt)
    prompt.get_by_label("I would rather not say").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text("No level suggested")
    expect_fields(page, {"rhrt-status": "suggested"})
    kept, sent = record(page), fields(page)
    assert kept["judgement"] == {"level": None, "reason": None}
    receipt = sent["rhrt-receipt"]
    for given in (receipt, json.loads(receipt), {**kept, "judgement": None}):
        assert (give(prompt, None), give(prompt, given)) == ("", "")
        now = record(page)
        assert {**now, "situation": None} == {**kept, "situation": None, "judgement": None}, given
        assert now["situation"].items() >= kept["situation"].items(), "a receipt has what was not asked, too"
        expect(headline(prompt)).to_have_text("Before you see the suggestion")
    before_this_release = {"status": "suggested", "record": {**kept, "judgement": None}, "committed": True}
    for given in (
        before_this_release,
        kept,
        {"record": kept},
        {"record": sent["rhrt-record"]},
        sent["rhrt-record"],
    ):
        assert (give(prompt, None), give(prompt, given)) == ("", "")
        expect(suggested(prompt)).to_have_text("No level suggested")
        assert value(prompt) == sent["rhrt-record"], "they would rather not say: it is not asked again"


@pytest.mark.usefixtures("said")
def test_what_is_no_record_is_refused_aloud_and_leaves_what_is_marked(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    suspected(prompt)
    before = value(prompt)
    for given in MISSHAPEN:
        raised = give(prompt, given)
        assert raised.startswith("TypeError: This is no record for <rhrt-prompt>: "), given
        assert raised.endswith("."), given
        assert value(prompt) == before, given
    expect(suggested(prompt)).to_have_text("Suggested: Level 4, Specialist")
    assert "record.indicators.present is not a list of ids" in give(prompt, MISSHAPEN[12])
    assert "record.rulebook is “another-area”, and this asks by “herefordshire-2020”" in give(prompt, MISSHAPEN[9])


@pytest.mark.parametrize("given", [MISSHAPEN[12], {"record": {**DRAFT["record"], "rulebook": "another-area"}}])
def test_what_is_no_record_is_said_also_where_nobody_can_be_told_by_the_script(
    page: Page, loading: str, served: Server, said: list[str], given: object
) -> None:
    prompt = hosted(page, served, loading, does=f"prompt.value = {json.dumps(given)};")
    assert len(said) == 1
    assert "This is no record for <rhrt-prompt>: record." in said.pop()
    if loading != MODULE_FIRST:  # there the host's script was told, by a TypeError
        expect(headline(prompt)).to_have_text("What was filled in before is not here")
    expect_fields(page, {"rhrt-status": "empty"})
    suspected(prompt)


def test_what_was_marked_by_one_rulebook_is_not_taken_for_another(
    page: Page, loading: str, both: Server, said: list[str]
) -> None:
    prompt = hosted(page, both, loading)
    suspected(prompt)
    prompt.evaluate("prompt => { prompt.rulebook = 'marram-2025' }")
    expect(headline(prompt)).to_have_text("What was filled in before is not here")
    expect_fields(page, {"rhrt-status": "empty"})
    assert "record.rulebook is “herefordshire-2020”, and this asks by “marram-2025”" in said.pop()


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("how", ["prompt.value = given", "prompt.setAttribute('value', given)"])
def test_a_host_that_sets_the_value_at_every_event_sees_one_request_a_mark(
    how: str, page: Page, loading: str, served: Server
) -> None:
    does = f"""for (const name of ["rhrt-change", "rhrt-suggestion", "input", "change"])
        prompt.addEventListener(name, () => {{
            const sorted = Object.entries(JSON.parse(prompt.value)).sort();
            for (const given of [prompt.value, JSON.stringify(Object.fromEntries(sorted))]) {{
                {how};
                setTimeout(() => {{ {how}; }});
                Promise.resolve().then(() => {{ {how}; }});
            }}
        }});"""
    sent = asked(page)
    prompt = hosted(page, served, loading, does=does)
    marks = ("suspected_significant_harm", "immediate_danger", "medical_emergency")
    for place, question in enumerate(marks, 1):
        answer(prompt, question, "Yes")
        page.wait_for_function(
            "place => heard.filter(([name]) => name === 'rhrt-suggestion').length >= place", arg=place
        )
        page.wait_for_timeout(300)  # for what the host does later, and what would come of it
        assert len(sent) == place
    expect_fields(page, {"rhrt-status": "suggested"})
    assert record(page)["situation"] == dict.fromkeys(marks, "yes")


@pytest.mark.usefixtures("said")
def test_an_equal_value_changes_nothing_in_whatever_order_it_is_written(
    page: Page, loading: str, served: Server
) -> None:
    sent = asked(page)
    prompt = hosted(page, served, loading, does=f"prompt.value = {json.dumps(DRAFT)};")
    expect(suggested(prompt)).to_have_text("Suggested: Level 2, Additional")
    prompt.get_by_label("Say it in a few words").fill("no food")
    situation = dict(reversed(CALM.items()))
    for equal in (value(prompt), json.loads(value(prompt)), {**DRAFT["record"], "situation": situation}):
        assert give(prompt, equal) == ""
        expect(prompt.get_by_label("Say it in a few words")).to_have_value("no food")
    expect_fields(page, {"rhrt-status": "suggested"})
    assert len(sent) == 1


@pytest.mark.usefixtures("said")
def test_a_host_hears_input_and_change_when_something_is_marked_and_reads_the_truth(
    page: Page, loading: str, served: Server
) -> None:
    does = """window.saved = [];
        const form = document.querySelector("form");
        for (const type of ["input", "change"]) form.addEventListener(type, ({ target }) => {
            const sent = JSON.parse(new FormData(form).get("rhrt-record"));
            window.saved.push([type, target === prompt, sent, JSON.parse(prompt.value)]);
        });"""
    prompt = hosted(page, served, loading, does=does)

    def saved() -> list[Any]:
        found: list[Any] = page.evaluate("window.saved.splice(0)")
        return found

    find(prompt, "mum drinking more and more")
    prompt.get_by_label("Say it in a few words").press("x")
    assert saved() == [], "what is typed to find a sign is none of the host's"
    answer(prompt, "suspected_significant_harm", "Yes")
    mark(prompt, "parental-substance-escalating")
    prompt.get_by_text("Age and circumstances (optional)").click()
    prompt.get_by_label("How old is the child?").select_option("5-9")
    heard_now = saved()
    assert [(one[0], one[1]) for one in heard_now] == [("input", True), ("change", True)] * 3
    assert all(one[2] == one[3] for one in heard_now)
    assert heard_now[0][2]["situation"] == {"suspected_significant_harm": "yes"}
    assert heard_now[2][2]["indicators"]["present"] == ["parental-substance-escalating"]
    assert heard_now[-1][2] == record(page)
    assert record(page)["child"] == {"age_band": "5-9"}
    assert give(prompt, None) == ""
    assert saved() == [], "what a host sets itself it is not told"
