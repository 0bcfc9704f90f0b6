"""The page of a suggestion: it says what the text says, holds all it needs, and lets nothing in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, Suggestion, assess
from rhrt.parser import read
from rhrt.present.outline import Outline, outline
from rhrt.present.page import as_page
from rhrt.present.picture import as_svg
from tests.conftest import CASES, case, the_rest_long
from tests.pictures import suggested

EXAMPLE = Path(__file__).parents[1] / "rules" / "example-record.yaml"
PLANTED = " <script>alert(\"1\")</script> & 'x' <b> &amp; --> ]]>"


def of_case(path: Path, rulebook: Rulebook) -> Suggestion:
    return assess(Record.model_validate(case(path)["record"]), rulebook)


@pytest.fixture(scope="module")
def example(rulebook: Rulebook) -> Suggestion:
    return assess(Record.model_validate(read(EXAMPLE).value), rulebook)


def parsed(page: str) -> Element:
    """Read a page; anything that is not valid HTML is an error."""
    document: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return document


def said(document: Element) -> str:
    """Give the words of a page without spaces, which a browser sets anew."""
    return squeezed("".join(document.itertext()))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def texts(outline: Outline) -> Iterator[str]:
    yield outline.headline
    yield from outline.lines
    for section in outline.sections:
        yield section.title
        yield section.intro or ""
        for item in section.items:
            yield item.text
            yield from item.details
    yield from outline.small_print


@pytest.mark.parametrize("path", the_rest_long(CASES, *CASES[::4]), ids=lambda path: path.stem)
@pytest.mark.parametrize("more", [False, True], ids=["brief", "more"])
def test_the_page_of_each_case_is_valid_and_says_what_the_text_says_in_its_order(
    path: Path, more: bool, rulebook: Rulebook
) -> None:
    suggestion = of_case(path, rulebook)
    document = parsed(as_page(suggestion, more))
    body = document.find("body")
    assert body is not None
    whole, at = said(body), 0
    for text in map(squeezed, texts(outline(suggestion, more))):
        at = whole.index(text, at) + len(text)


def test_what_is_held_back_is_on_the_page_closed(example: Suggestion) -> None:
    document = parsed(as_page(example))
    (closed,) = document.iter("details")
    assert "open" not in closed.attrib
    for name in outline(example).held_back:
        assert name in (closed.findtext("summary") or "")
    for text in texts(outline(example, more=True)):
        assert squeezed(text) in said(document)
    assert not list(parsed(as_page(example, more=True)).iter("details"))


def test_the_next_steps_are_numbered_and_the_rest_is_not(example: Suggestion) -> None:
    document = parsed(as_page(example))
    (steps,) = document.iter("ol")
    assert len(steps.findall("li")) == len(example.actions)


def test_the_page_has_a_language_a_title_a_heading_and_ids_that_fit(example: Suggestion) -> None:
    document = parsed(as_page(example))
    assert document.get("lang") == "en-GB"
    assert (document.findtext("head/title") or "").startswith("Ask MASH for a consultation with a social worker")
    headings = [one.tag for one in document.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}
    titles = ["".join(one.itertext()) for one in document.iter("h2")]
    assert len(titles) == len(set(titles))
    ids = [one.attrib["id"] for one in document.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    for one in document.iter():
        assert set(one.get("aria-labelledby", "").split()) <= set(ids)


def test_the_page_holds_the_picture_the_notice_and_the_whole_receipt(example: Suggestion) -> None:
    page = as_page(example)
    assert as_svg(example).strip() in page
    footer = page[page.index("<footer>") :]
    assert example.rulebook.notice in said_of(footer)
    assert example.receipt.rulebook_sha256 in footer
    assert example.receipt.record_sha256 in footer


def said_of(html: str) -> str:
    return " ".join(
        "".join(parsed(f"<!DOCTYPE html><title>x</title>{html.partition('</body>')[0]}").itertext()).split()
    )


def test_paper_has_a_place_for_the_name_by_hand_and_the_page_has_nowhere_to_type(example: Suggestion) -> None:
    document = parsed(as_page(example))
    name, decision = (one for one in document.iter("div") if "by-hand" in one.get("class", ""))
    assert "child's name" in "".join(name.itertext())
    assert "by hand" in "".join(name.itertext())
    assert [one.text for one in decision.iter("li")] == ["Name", "Role", "Date"]
    typed = {"input", "textarea", "form", "button", "select"}
    assert not [one for one in document.iter() if one.tag in typed or "contenteditable" in one.attrib]


@pytest.mark.parametrize("path", CASES[::7], ids=lambda path: path.stem)
def test_the_page_runs_nothing_and_asks_nobody_for_anything(path: Path, rulebook: Rulebook) -> None:
    page = as_page(of_case(path, rulebook))
    document = parsed(page)
    policy = {one.get("http-equiv"): one.get("content") for one in document.iter("meta")}
    assert policy["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert [one.get("content") for one in document.iter("meta") if one.get("name") == "robots"] == ["noindex"]
    assert not {"script", "link", "img", "iframe", "object", "base"} & {str(one.tag) for one in document.iter()}
    for one in document.iter():
        assert not [
            key for key in one.attrib if key.startswith("on") or key in {"src", "srcset", "action", "style"}
        ]
        assert one.get("href", "tel:").startswith("tel:")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg\")|url\(|@import|<script", page)


def test_every_number_to_ring_is_a_link_that_rings_it(example: Suggestion) -> None:
    links = {one.text: one.get("href") for one in parsed(as_page(example)).iter("a")}
    assert links["(01432) 260800"] == "tel:01432260800"
    assert links["999"] == "tel:999"
    numbers = {contact.number for contact in example.rulebook.contacts}
    assert set(links) <= numbers


def test_a_number_inside_a_word_is_no_link_and_a_rulebook_may_have_no_numbers(example: Suggestion) -> None:
    rulebook = replace(example.rulebook, if_worse="See 1999 and A999.", if_worse_contacts=())
    bare = replace(rulebook, contacts=tuple(replace(contact, number=None) for contact in rulebook.contacts))
    for one in (rulebook, bare):
        page = as_page(replace(example, rulebook=one))
        assert "See 1999 and A999." in page
    assert "<a " not in page


def test_an_emergency_is_said_in_words_above_everything(rulebook: Rulebook) -> None:
    urgent = assess(Record.model_validate({"situation": {"immediate_danger": "yes"}}), rulebook)
    page = as_page(urgent)
    assert squeezed("Emergency. Call 999 now.") in squeezed(re.sub("<[^>]+>", "", page[: page.index("<h1>")]))
    assert 'class="urgent"' in page
    assert 'class="urgent"' not in as_page(suggested(rulebook, 3))


def test_everything_from_a_rulebook_is_escaped(example: Suggestion) -> None:
    rulebook = replace(
        example.rulebook,
        title=PLANTED,
        area=PLANTED,
        notice=PLANTED,
        if_worse=PLANTED,
        levels=tuple(replace(level, name=PLANTED) for level in example.rulebook.levels),
        contacts=tuple(replace(one, name=PLANTED, number=f"9{PLANTED}") for one in example.rulebook.contacts),
        urgencies=tuple(replace(one, name=PLANTED) for one in example.rulebook.urgencies),
        routes=tuple(replace(one, name=PLANTED) for one in example.rulebook.routes),
        documents=tuple(replace(one, short=PLANTED) for one in example.rulebook.documents),
    )
    steps = tuple(replace(step, text=PLANTED, who=PLANTED, when=PLANTED) for step in example.actions)
    reasons = tuple(replace(reason, wording=PLANTED) for reason in example.reasons)
    planted = replace(example, rulebook=rulebook, actions=steps, reasons=reasons)
    page = as_page(planted, more=True)
    assert "<script" not in page
    assert "<b>" not in page
    assert said(parsed(page)).count(squeezed(PLANTED)) > 20
    assert not [one for one in parsed(page).iter() if one.tag in {"script", "b"}]


@pytest.mark.parametrize(("form", "templates"), [("text", False), ("markdown", False), ("html", True)])
def test_only_a_page_needs_templates(form: str, templates: bool) -> None:
    program = (
        "import sys; from rhrt_cli.main import main; "
        f"main({['assess', str(EXAMPLE), '--format', form]!r}, standalone_mode=False); "
        "sys.exit('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
    assert (done.returncode == 1, done.stderr) == (templates, b"")


def test_the_page_is_the_same_every_time(example: Suggestion) -> None:
    assert as_page(example) == as_page(example)


def test_assess_prints_the_page_and_a_trace_apart_from_it(example: Suggestion) -> None:
    result = CliRunner().invoke(main, ["assess", str(EXAMPLE), "--format", "html", "--trace"])
    assert result.stdout == as_page(example)
    assert "Trace" in result.stderr
    more = CliRunner().invoke(main, ["assess", "-", "--format", "html", "--more"], input=json.dumps({}))
    assert "<details" not in more.stdout
