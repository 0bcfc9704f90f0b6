"""<rhrt-prompt> as the platform means a field of a form: its value, given back by a server or set by a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rhrt import Record, Rulebook, assess
from tests.browser.accessibility import assert_axe_finds_nothing
from tests.browser.hosting import (
    CALM,
    FIREFOX,
    SIGN,
    answer,
    complaints,
    expect_fields,
    fields,
    find,
    headline,
    heard,
    hosted,
    leave_and_come_back,
    mark,
    no_danger,
    on_paper,
    record,
    suggested,
)
from tests.server import Server
from tests.test_repository import ROOT

NOT_SAID = {"level": None, "reason": None}
"""The judgement of somebody who was asked for their own level, and would rather not say."""

KEPT: dict[str, Any] = {"indicators": {"present": [SIGN]}, "situation": CALM, "circumstances": ["young-carer"]}
REFUSED: tuple[tuple[object, str], ...] = (
    ("not JSON", "it is not JSON"),
    ({"indicators": {"present": SIGN}}, "record.indicators.present is not a list of ids"),
    (
        {**KEPT, "rulebook": "another-area"},
        "record.rulebook is “another-area”, and this asks by “herefordshire-2020”",
    ),
)
"""What a server may write and is no record of this rulebook, and the words for that."""

LEVEL_2, LEVEL_4 = "Suggested: Level 2, Additional", "Suggested: Level 4, Specialist"


@pytest.fixture(autouse=True)
def said(page: Page) -> Iterator[list[str]]:
    """Give all that the page complains of. A test that expects something empties it."""
    found = complaints(page)
    yield found
    assert found == []


def written(kept: object) -> str:
    """Write a value as a server writes it: an attribute in the page."""
    return f'value="{escape(kept if isinstance(kept, str) else json.dumps(kept))}"'


# --- Given back by a server ---


def test_the_value_that_the_readme_writes_is_marked(page: Page, loading: str, served: Server) -> None:
    readme = (ROOT / "src/rhrt/web/component/README.md").read_text(encoding="utf-8")
    shown = re.search(r'<rhrt-prompt (name="rhrt" value="[^"]*")></rhrt-prompt>', readme)
    assert shown
    prompt = hosted(page, served, loading, shown[1])
    danger = prompt.locator("[data-question='immediate_danger']")
    expect(danger.get_by_label("No", exact=True)).to_be_checked()
    assert record(page)["situation"] == {"immediate_danger": "no"}


def test_what_a_server_writes_as_the_value_is_marked_again_and_sent_again_without_a_script(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading, written({**KEPT, "child": {"age_band": "5-9"}}))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    expect(prompt.locator(".kept").get_by_label("Yes")).to_be_checked()
    expect(prompt.get_by_label("How old is the child?")).to_have_value("5-9")
    expect(prompt.get_by_label("Young carer")).to_be_checked()
    expect_fields(page, {"rhrt-status": "suggested", "rhrt-level": "2"})
    sent = fields(page)
    assert record(page)["rulebook"] == rulebook.id
    assert record(page).items() >= {"circumstances": ["young-carer"], "child": {"age_band": "5-9"}}.items()
    again = hosted(page, served, loading, written(sent["rhrt-record"]))
    expect(suggested(again)).to_have_text(LEVEL_2)
    expect_fields(page, sent)
    assert again.evaluate("prompt => prompt.value === prompt.defaultValue")


def test_i_would_rather_not_say_is_in_the_value_and_in_a_record_that_the_service_reads(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading, "commit-first " + written(KEPT))
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    prompt.get_by_label("I would rather not say").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    kept = fields(page)["rhrt-record"]
    assert json.loads(kept)["judgement"] == NOT_SAID
    answered = page.request.post(f"{served.url}/v1/assessments", data=json.loads(kept))
    assert answered.json() == assess(Record.model_validate({**KEPT, "judgement": None}), rulebook).model_dump(
        "json"
    )
    again = hosted(page, served, loading, "commit-first " + written(kept))
    expect(suggested(again)).to_have_text(LEVEL_2)
    assert fields(page)["rhrt-record"] == kept


def test_the_attribute_is_the_default_until_something_is_marked_and_a_reset_goes_back_to_it(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, written(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    prompt.evaluate("prompt => prompt.removeAttribute('value')")
    expect_fields(page, {"rhrt-status": "empty"})
    prompt.evaluate("(prompt, kept) => { prompt.defaultValue = kept }", json.dumps(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(suggested(prompt)).to_have_text(LEVEL_4)
    prompt.evaluate("prompt => prompt.setAttribute('value', '')")
    expect(suggested(prompt)).to_have_text(LEVEL_4)
    assert prompt.get_attribute("value") == "", "what is marked is not written into the page"
    prompt.evaluate("(prompt, kept) => prompt.setAttribute('value', kept)", json.dumps(KEPT))
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    assert record(page)["situation"] == CALM
    prompt.evaluate("prompt => prompt.setAttribute('value', '')")
    expect_fields(page, {"rhrt-status": "empty"})
    prompt.evaluate("(prompt, kept) => { prompt.value = kept; prompt.defaultValue = ''; }", json.dumps(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)  # a value that a script gives is no default either
    page.get_by_role("button", name="Clear", exact=True).click()
    expect_fields(page, {"rhrt-status": "empty"})


def test_a_default_that_a_script_sets_counts_whenever_that_runs(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, does=f"prompt.defaultValue = {json.dumps(json.dumps(KEPT))};")
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    assert json.loads(prompt.get_attribute("value") or "") == KEPT


@pytest.mark.parametrize("refused", REFUSED)
def test_a_default_that_is_no_record_of_this_rulebook_is_refused_in_words(
    refused: tuple[object, str], page: Page, loading: str, served: Server, said: list[str]
) -> None:
    given, why = refused
    prompt = hosted(page, served, loading, written(given))
    expect(headline(prompt)).to_have_text("What was filled in before is not here")
    assert said == [f"This is no record for <rhrt-prompt>: {why}."]
    said.clear()
    expect_fields(page, {"rhrt-status": "empty"})
    prompt.evaluate("(prompt, kept) => prompt.setAttribute('value', kept)", json.dumps(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)


def test_a_sign_that_the_rulebook_does_not_have_any_longer_can_be_taken_out_and_the_words_say_so(
    page: Page, loading: str, served: Server, said: list[str]
) -> None:
    prompt = hosted(page, served, loading, written({**KEPT, "indicators": {"present": [SIGN, "an-old-sign"]}}))
    result = prompt.get_by_role("region", name="Suggestion")
    expect(result).to_contain_text("There is no indicator 'an-old-sign'. Take it out, under “Marked so far”.")
    expect(result).to_contain_text("(01432) 260800")
    assert "rhrt" not in result.inner_text()
    assert all("422" in one for one in said)
    said.clear()
    prompt.get_by_role("button", name="“an-old-sign”: take out").click()
    expect(suggested(prompt)).to_have_text(LEVEL_2)


def test_coming_back_finds_what_was_marked_over_the_default_and_else_the_default_of_now(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, written(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    leave_and_come_back(page)
    expect(suggested(page.locator("rhrt-prompt"))).to_have_text(LEVEL_2)
    answer(page.locator("rhrt-prompt"), "suspected_significant_harm", "Yes")
    expect(suggested(page.locator("rhrt-prompt"))).to_have_text(LEVEL_4)
    leave_and_come_back(page)
    expect(suggested(page.locator("rhrt-prompt"))).to_have_text(LEVEL_4)
    assert record(page)["indicators"]["present"] == [SIGN]


def test_fields_that_a_browser_keeps_in_place_of_the_text_are_taken_too(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading)
    restore = """(prompt, kept) => { const fields = new FormData(); fields.set("rhrt-record", kept);
        prompt.formStateRestoreCallback(fields, "restore"); }"""
    prompt.evaluate(restore, json.dumps(KEPT))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    assert [one["record"]["indicators"]["present"] for one in heard(page, "rhrt-change")] == [[SIGN]]
    prompt.evaluate("prompt => prompt.formStateRestoreCallback(null, 'restore')")
    no_danger(prompt)
    assert record(page)["indicators"]["present"] == [SIGN]


# --- What a form may be sent with ---


def sends(page: Page) -> bool:
    """Press the button that sends the form, and say whether the browser lets it go."""
    script = """() => { let sent = false;
        const form = document.querySelector("form");
        const hear = (event) => { event.preventDefault(); sent = true; };
        form.addEventListener("submit", hear, { once: true });
        const button = Object.assign(document.createElement("button"), { textContent: "Send" });
        form.append(button);
        button.click();
        button.remove();
        form.removeEventListener("submit", hear);
        return sent; }"""
    found: bool = page.evaluate(script)
    return found


MORE = "Answer the questions, or mark what you have seen, until there is a suggestion."


def test_a_form_that_requires_it_is_not_sent_before_there_is_a_suggestion(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, "required")
    assert not sends(page)
    expect(prompt.get_by_label("Yes", exact=True).first).to_be_focused()
    judged = """({ validity, validationMessage, willValidate }) =>
        [validity.valueMissing, validationMessage, willValidate]"""
    assert prompt.evaluate(judged) == [True, MORE, True]
    answer(prompt, "immediate_danger", "No")
    expect(prompt.get_by_role("region", name="Suggestion")).to_have_attribute("aria-busy", "false")
    assert prompt.evaluate(judged) == [True, MORE, True], "one answer gives no suggestion"
    page.route("**/v1/prompt", lambda _route: None)
    no_danger(prompt)
    assert prompt.evaluate(judged) == [True, "Wait for the suggestion.", True]
    page.unroute("**/v1/prompt")
    answer(prompt, "suspected_significant_harm", "Yes")
    expect_fields(page, {"rhrt-status": "suggested"})
    assert prompt.evaluate(judged) == [False, "", True]
    assert sends(page)
    prompt.evaluate("prompt => { prompt.value = null }")
    assert not prompt.evaluate("prompt => prompt.checkValidity()")
    prompt.evaluate("prompt => { prompt.required = false }")
    assert prompt.evaluate("prompt => prompt.checkValidity() && !prompt.hasAttribute('required')")
    assert sends(page)


def test_where_ones_own_level_comes_first_it_is_what_is_missing(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading, "required commit-first " + written(KEPT))
    expect(headline(prompt)).to_have_text("Before you see the suggestion")
    assert not sends(page)
    assert prompt.evaluate("prompt => prompt.validationMessage") == "Choose a level, or “I would rather not say”."
    expect(prompt.get_by_label("Level 1, Universal")).to_be_focused()
    prompt.get_by_label("I would rather not say").check()
    prompt.get_by_role("button", name="Show the suggestion").click()
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    assert sends(page)


def test_a_service_that_is_gone_or_knows_no_such_rulebook_stops_no_form(
    page: Page, loading: str, served: Server, said: list[str]
) -> None:
    prompt = hosted(page, served, loading, "required")
    page.route("**/v1/**", lambda route: route.abort())
    answer(prompt, "immediate_danger", "No")
    expect_fields(page, {"rhrt-status": "unavailable"})
    assert sends(page)
    prompt.evaluate("prompt => { prompt.value = null; prompt.rulebook = 'another' }")
    expect(page.get_by_text("Ring 999.")).to_be_visible()
    assert sends(page), "there is nothing to fill in"
    assert all("ERR_FAILED" in one for one in said)
    said.clear()


def test_a_host_says_itself_what_is_wrong_and_what_is_switched_off_is_not_judged(
    page: Page, loading: str, served: Server
) -> None:
    does = "prompt.setCustomValidity?.('Ask the lead.');"
    prompt = hosted(page, served, loading, does=does)
    prompt.evaluate("prompt => prompt.setCustomValidity('Ask the lead.')")
    judged = "({ validity, validationMessage }) => [validity.customError, validity.valueMissing, validationMessage]"
    assert prompt.evaluate(judged) == [True, False, "Ask the lead."]
    assert prompt.evaluate("prompt => prompt.reportValidity()") is False
    expect(prompt.get_by_label("Yes", exact=True).first).to_be_focused()
    no_danger(prompt)
    expect(suggested(prompt)).to_have_text("No level suggested")
    assert not sends(page), "what is marked does not change what the host says"
    page.evaluate("document.querySelector('#set').disabled = true")
    assert prompt.evaluate("prompt => prompt.willValidate") is False
    assert sends(page)
    page.evaluate("document.querySelector('#set').disabled = false")
    prompt.evaluate("prompt => prompt.setCustomValidity('')")
    assert sends(page)


def test_a_label_of_the_host_leads_to_the_first_control_and_is_among_its_labels(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'id="need"')
    page.evaluate("""() => { const label = document.createElement("label");
        Object.assign(label, { htmlFor: "need", textContent: "Level of need" });
        document.querySelector("#set").before(label); }""")
    page.get_by_text("Level of need").click()
    expect(prompt.get_by_label("Yes", exact=True).first).to_be_focused()
    assert prompt.evaluate("prompt => [...prompt.labels].map((one) => one.textContent)") == ["Level of need"]
    prompt.get_by_label("Say it in a few words").focus()
    prompt.get_by_role("heading", name="What does the guidance suggest?").click()
    prompt.evaluate("prompt => { prompt.className = 'wide' }")
    page.add_style_tag(content=".wide { padding: 30px }")
    prompt.click(position={"x": 5, "y": 5})
    assert page.evaluate("document.querySelector('rhrt-prompt').shadowRoot.activeElement") is None


# --- What changes while it is there ---

OF_ANY_FIELD = (
    *("name", "type", "value", "defaultValue", "required", "disabled", "form", "labels", "focus", "willValidate"),
    *("validity", "validationMessage", "checkValidity", "reportValidity", "setCustomValidity"),
)
OF_ITS_OWN = ("rulebook", "endpoint", "watch", "commitFirst")
CALLED_BY_THE_BROWSER = (
    *("constructor", "connectedCallback", "disconnectedCallback", "adoptedCallback", "attributeChangedCallback"),
    *("formResetCallback", "formDisabledCallback", "formStateRestoreCallback"),
)


def test_nothing_is_public_but_what_any_field_has_and_the_attributes(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, written(KEPT))
    names = """prompt => { const names = [];
        for (let at = prompt; at !== HTMLElement.prototype; at = Object.getPrototypeOf(at))
            names.push(...Object.getOwnPropertyNames(at), ...Object.getOwnPropertySymbols(at).map(String));
        return names; }"""
    assert sorted(prompt.evaluate(names)) == sorted(OF_ANY_FIELD + OF_ITS_OWN + CALLED_BY_THE_BROWSER)
    assert prompt.evaluate("prompt => [prompt.type, prompt.localName]") == ["rhrt-prompt", "rhrt-prompt"]


def test_another_name_and_a_rulebook_that_is_not_served_count_at_once(
    page: Page, loading: str, served: Server, rulebook: Rulebook
) -> None:
    prompt = hosted(page, served, loading, written(KEPT))
    expect_fields(page, {"rhrt-status": "suggested"})
    now = """(prompt, [property, value]) => { prompt[property] = value;
        return Object.fromEntries(new FormData(prompt.form)); }"""
    sent = prompt.evaluate(now, ["name", "need"])
    assert sent["need-status"] == "suggested"
    assert all(name.startswith("need-") for name in sent)
    sent = prompt.evaluate(now, ["rulebook", "another"])
    assert (sent["need-status"], sent["need-level"], sent["need-receipt"]) == ("empty", "", "")
    assert json.loads(sent["need-record"])["indicators"]["present"] == [SIGN], "what was marked is still there"
    prompt.evaluate(now, ["rulebook", rulebook.id])
    expect(suggested(prompt)).to_have_text(LEVEL_2)


def test_a_default_and_its_rulebook_may_come_in_either_order(page: Page, loading: str, both: Server) -> None:
    prompt = hosted(page, both, loading, written({**KEPT, "rulebook": "herefordshire-2020"}))
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    island = {"rulebook": "marram-2025", "situation": {"danger_now": "yes"}}
    order = """(prompt, [kept, rulebook]) => { prompt.defaultValue = ""; prompt.rulebook = rulebook;
        prompt.defaultValue = kept; }"""
    prompt.evaluate(order, [json.dumps(island), "marram-2025"])
    expect(prompt.get_by_role("alert").first).to_contain_text("At once. Call 999.")
    expect_fields(page, {"rhrt-status": "suggested"})


def test_a_default_that_comes_before_its_rulebook_is_taken_when_the_rulebook_comes(
    page: Page, loading: str, both: Server, said: list[str]
) -> None:
    prompt = hosted(page, both, loading)
    island = {"rulebook": "marram-2025", "situation": {"danger_now": "yes"}}
    prompt.evaluate("(prompt, kept) => { prompt.defaultValue = kept }", json.dumps(island))
    expect(headline(prompt)).to_have_text("What was filled in before is not here")
    assert "record.rulebook is “marram-2025”" in said.pop()
    prompt.evaluate("prompt => { prompt.rulebook = 'marram-2025' }")
    expect(prompt.get_by_role("alert").first).to_contain_text("At once. Call 999.")
    expect_fields(page, {"rhrt-status": "suggested"})


def test_moved_within_the_page_it_keeps_what_was_found_and_asks_nothing_again(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, written(KEPT))
    find(prompt, "mum drinking more and more")
    prompt.get_by_text("Or choose from a list").click()
    expect(suggested(prompt)).to_have_text(LEVEL_2)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    move = "(prompt, how) => prompt.form[how](prompt, prompt.form.querySelector('label'))"
    for how in ("insertBefore", "moveBefore"):
        prompt.evaluate("prompt => prompt.form.querySelector('fieldset').append(prompt)")
        prompt.evaluate(move, how)
    expect(prompt.get_by_label("Say it in a few words")).to_have_value("mum drinking more and more")
    expect(prompt.locator(".found > .concerns > li").first).to_be_visible()
    assert prompt.locator("details[open] > summary", has_text="Or choose from a list").count() == 1
    page.wait_for_timeout(200)
    assert asked == []
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(suggested(prompt)).to_have_text(LEVEL_4)


def test_taken_out_and_put_back_while_it_asks_it_asks_again(page: Page, loading: str, served: Server) -> None:
    prompt = hosted(page, served, loading)
    page.route("**/v1/prompt", lambda _route: None)
    answer(prompt, "suspected_significant_harm", "Yes")
    page.evaluate("() => { window.kept = document.querySelector('rhrt-prompt'); kept.remove(); }")
    page.unroute("**/v1/prompt")
    page.wait_for_timeout(100)
    page.evaluate("() => { kept.setAttribute('name', 'need'); document.querySelector('form').append(kept); }")
    expect(suggested(prompt)).to_have_text(LEVEL_4)
    expect_fields(page, {"need-status": "suggested"})


def test_moved_into_another_document_it_keeps_its_look(page: Page, loading: str, served: Server) -> None:
    hosted(page, served, loading)
    button = """prompt => prompt.ownerDocument.defaultView
        .getComputedStyle(prompt.shadowRoot.querySelector('.words button')).backgroundColor"""
    # Firefox's driver finds nothing again in another document that it was given before.
    before = page.evaluate(f"({button})(document.querySelector('rhrt-prompt'))")
    page.evaluate("""async () => { const frame = document.createElement("iframe");
        document.body.append(frame);
        frame.contentDocument.body.append(document.querySelector("rhrt-prompt")); }""")
    moved = page.frame_locator("iframe").locator("rhrt-prompt")
    assert moved.evaluate("prompt => prompt.shadowRoot.adoptedStyleSheets.length") == 1
    assert moved.evaluate(button) == before
    answer(moved, "suspected_significant_harm", "Yes")
    expect(suggested(moved)).to_have_text(LEVEL_4)


# --- Two children ---

SECOND = """(attributes) => { const other = document.createElement("rhrt-prompt");
    for (const [name, value] of Object.entries(attributes)) other.setAttribute(name, value);
    document.querySelector("form").append(other); }"""


NO_TREE_IN_FIREFOX = pytest.mark.skipif(
    FIREFOX,
    reason="Firefox's driver gives no tree of what is told to a screen reader. test_firefox.py asks otherwise.",
)


def groups(page: Page) -> list[str]:
    """Give the names of the groups on the page as the browser tells them to whoever cannot see it."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [node["name"]["value"] for node in tree["nodes"] if node.get("role", {}).get("value") == "group"]


def test_two_children_of_one_form_have_each_their_words_and_their_name(
    page: Page, loading: str, served: Server
) -> None:
    hosted(page, served, loading, 'label="First child" name="first"')
    page.evaluate(SECOND, {"label": "Second child", "name": "second"})
    for which, name in (("First child", "first"), ("Second child", "second")):
        prompt = page.locator(f"rhrt-prompt[name={name}]")
        expect(prompt.get_by_role("heading", level=2)).to_have_text(f"{which}: What does the guidance suggest?")
        expect(prompt.get_by_role("region", name=f"Suggestion, {which}")).to_have_count(1)
        expect(prompt.get_by_role("region", name=f"What worries you about the child? {which}")).to_have_count(1)
        prompt.get_by_text("Or choose from a list").wait_for()
    assert_axe_finds_nothing(page)
    assert {name.partition("-")[0] for name in fields(page)} == {"first", "second"}
    page.evaluate("document.querySelector('rhrt-prompt').removeAttribute('label')")
    expect(page.get_by_role("heading", name="What does the guidance suggest?", exact=True)).to_have_count(1)


def test_two_prompts_of_one_name_are_told_to_the_host_once(
    page: Page, loading: str, served: Server, said: list[str]
) -> None:
    hosted(page, served, loading)
    page.evaluate(SECOND, {})
    page.evaluate(SECOND, {})
    page.evaluate(SECOND, {"name": "other"})
    expect(page.get_by_role("heading", name="What does the guidance suggest?")).to_have_count(4)
    twice = "Two <rhrt-prompt> of one form have the name “rhrt”. Give each a name of its own."
    assert said == [twice]
    said.clear()


@NO_TREE_IN_FIREFOX
def test_two_children_of_one_form_are_two_groups_each_with_its_name(
    page: Page, loading: str, served: Server
) -> None:
    hosted(page, served, loading, 'label="First child" name="first"')
    page.evaluate(SECOND, {"label": "Second child", "name": "second"})
    expect(page.get_by_role("heading", name="Second child: What does the guidance suggest?")).to_have_count(1)
    named = {f"{which} child: What does the guidance suggest?" for which in ("First", "Second")}
    assert named <= set(groups(page))
    page.evaluate("document.querySelector('rhrt-prompt').setAttribute('label', 'The older child')")
    assert "The older child: What does the guidance suggest?" in groups(page)


@NO_TREE_IN_FIREFOX
def test_a_label_of_the_host_names_it_where_it_was_there_first(page: Page, loading: str, served: Server) -> None:
    hosted(page, served, loading)
    page.evaluate("""() => { const label = document.createElement("label");
        Object.assign(label, { htmlFor: "need", textContent: "Level of need" });
        document.querySelector("#set").append(label); }""")
    page.evaluate(SECOND, {"id": "need", "name": "other"})
    expect(page.get_by_role("heading", name="What does the guidance suggest?")).to_have_count(2)
    assert {"Level of need", "What does the guidance suggest?"} <= set(groups(page))


# --- On paper, and on a page of another language ---


def test_a_print_has_what_was_marked_and_what_came_of_it_and_no_control_that_means_nothing_there(
    page: Page, loading: str, served: Server
) -> None:
    prompt = hosted(page, served, loading, 'watch="story"')
    answer(prompt, "immediate_danger", "No")
    find(prompt, "young carer")
    mark(prompt, SIGN, "Not known")
    prompt.get_by_text("Age and circumstances (optional)").click()
    prompt.get_by_label("Young carer", exact=True).check()
    prompt.get_by_text("Age and circumstances (optional)").click()
    answer(prompt, "suspected_significant_harm", "Yes")
    expect(suggested(prompt)).to_have_text(LEVEL_4)
    on_paper(page)
    for gone in (
        "Nearest first",
        "You wrote",
        "Say it in a few words",
        "Or choose from a list",
        "is looked through",
    ):
        expect(prompt.get_by_text(gone).first).to_be_hidden()
    assert prompt.locator("input:visible, button:visible:not(li > *)").count() == 0
    shown = {
        "[data-question='immediate_danger']": "No",
        f".kept [data-concern='{SIGN}']": "Not known",
        "details fieldset:has([value='young-carer'])": "Young carer",
    }
    for place, words in shown.items():
        expect(prompt.locator(f"{place} label:visible")).to_have_text(words)
    unanswered = prompt.locator("[data-question='medical_emergency'] > .choices")
    assert unanswered.evaluate("one => getComputedStyle(one, '::before').content") == '"Not answered"'
    expect(unanswered.locator("label:visible")).to_have_count(0)
    result = prompt.get_by_role("region", name="Suggestion")
    for title in ("What to do next", "Why", "If things get worse"):
        expect(result.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(result.get_by_text("Does the child need urgent medical help?")).to_be_visible()
    expect(result.get_by_role("heading", name="Your own judgement")).to_be_hidden()
    expect(result.get_by_text("Receipt:")).to_be_visible()
    assert_axe_finds_nothing(page)


def test_on_a_page_of_another_language_and_direction_it_reads_from_the_left_as_english(
    page: Page, loading: str, served: Server
) -> None:
    does = """Object.assign(document.documentElement, { dir: "rtl", lang: "ar" });
        prompt.setAttribute("label", "الطفل الأول");"""
    prompt = hosted(page, served, loading, does=does)
    inside = prompt.locator(".prompt")
    assert inside.evaluate("one => [one.lang, getComputedStyle(one).direction]") == ["en-GB", "ltr"]
    assert prompt.locator("bdi").evaluate("one => one.lang") == "ar"
    number = prompt.get_by_role("link", name="(01432) 260800")
    text = """link => { const at = (from, to) => { const range = document.createRange();
        range.setStart(link.firstChild, from); range.setEnd(link.firstChild, to);
        return range.getBoundingClientRect().left; };
        return [at(0, 1), at(1, 2), at(6, 7), at(8, 9)]; }"""
    places = number.evaluate(text)
    assert places == sorted(places), "the bracket, the code and the number stand in this order"
    heading = inside.get_by_role("heading", name="First, is anybody in danger?")
    assert heading.evaluate("one => getComputedStyle(one).textAlign") == "start"
    assert_axe_finds_nothing(page)
