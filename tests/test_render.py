"""The documents of a rulebook: they say all that it holds, link within themselves, and let nothing in."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhrt import BadInput, Rulebook, load_rulebook
from rhrt.part import Part
from rhrt.rulebook.kinds import AtLeast, Conditions
from rhrt.steward.cases import WhatIf
from rhrt.steward.render.documents import documents
from rhrt.steward.render.indicators import BYTE_ORDER_MARK, COLUMNS, JOINED, guarded, unguarded
from rhrt.steward.render.material import Material, anchor, gather, run
from rhrt.steward.render.transparency import transparency_record
from rhrt.steward.render.words import Words
from tests.checks.edits import BASE
from tests.conftest import RULEBOOK_FOLDER, the_rest_long
from tests.pictures import of_five_levels
from tests.test_repository import ROOT

PLANTED = " <script>alert(\"1\")</script> & 'x' <b onclick=y> &amp; --> ]]> </td></table> [a](javascript:x) {0} %s"
FORMULA = '=HYPERLINK("http://example.org","a")'
TEXTS = {
    "title", "area", "notice", "no_level", "if_worse", "no_answer", "short", "meaning", "name", "number",
    "hours", "note", "question", "why", "wording", "also", "printed_heading", "group", "text", "by_when",
    "who", "what", "check", "names", "guidance", "sentence", "guides", "words", "higher", "lower", "policy",
    "printed", "section", "edition",
}  # fmt: skip
"""The parts of a rulebook that are text: no id, no condition."""


HEREFORDSHIRE = pytest.mark.parametrize(
    "material", [pytest.param(RULEBOOK_FOLDER, marks=pytest.mark.long)], indirect=True, ids=["herefordshire-2020"]
)
"""A test that tells what the pages of this rulebook say. The others are tried on the small one in every run."""


@pytest.fixture(
    scope="module", params=the_rest_long([BASE, RULEBOOK_FOLDER], BASE), ids=["small", "herefordshire-2020"]
)
def material(request: pytest.FixtureRequest) -> Material:
    return gather(load_rulebook(request.param), request.param)


@pytest.fixture(scope="module")
def rulebook(material: Material) -> Rulebook:
    return material.rulebook


@pytest.fixture(scope="module")
def few(material: Material) -> Material:
    """Give the same with a few of its worked cases, which is quicker to write."""
    return replace_cases(material, dict([*material.cases.items()][:9]))


@pytest.fixture(scope="module")
def written(material: Material) -> Mapping[str, str]:
    return documents(material)


@pytest.fixture(scope="module")
def pages(written: Mapping[str, str]) -> dict[str, Element]:
    return parsed(written)


def parsed(written: Mapping[str, str]) -> dict[str, Element]:
    """Read every page; anything that is not valid HTML is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return {name: parser.parse(text) for name, text in written.items() if name.endswith(".html")}


def page_of(written: Mapping[str, str], name: str) -> Element:
    return parsed({name: written[name]})[name]


class Said(str):
    """The words of an element without spaces, which a browser sets anew; asked for a text, it looks past them."""

    def __contains__(self, text: object) -> bool:
        return super().__contains__(squeezed(str(text)))


def said(element: Element) -> Said:
    return Said(squeezed("".join(element.itertext())))


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_headings(pages: Mapping[str, Element]) -> dict[str, Element]:
    return {name: page for name, page in pages.items() if name.startswith(("heading-", "without-"))}


def places(page: Element) -> dict[str, Element]:
    return {one.attrib["id"]: one for one in page.iter() if "id" in one.attrib}


def rows(written: Mapping[str, str]) -> list[dict[str, str]]:
    """Read the table of indicators as a spreadsheet does."""
    text = written["indicators.csv"]
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_every_indicator_stands_once_on_the_pages_of_headings_in_its_exact_words(
    pages: Mapping[str, Element], rulebook: Rulebook
) -> None:
    found = {}
    for page in of_headings(pages).values():
        for id_, row in places(page).items():
            if id_.startswith("indicator/"):
                (wording,) = (one for one in row.iter("span") if one.get("class") == "wording")
                assert id_ not in found
                found[id_.removeprefix("indicator/")] = wording.text
    assert found == {indicator.id: indicator.wording for indicator in rulebook.indicators}
    wordings = [one for page in pages.values() for one in page.iter("span") if one.get("class") == "wording"]
    assert len(wordings) == len(rulebook.indicators)


@HEREFORDSHIRE
def test_an_indicator_stands_with_its_level_place_ladders_and_ways_of_saying_it(
    pages: Mapping[str, Element], rulebook: Rulebook
) -> None:
    row = said(places(pages["heading-learning-education.html"])["indicator/persistent-absence"])
    assert "Number 72. Under “Learning/education” in “Development Needs”. Framework, Appendix 1, Level 3" in row
    assert "Level 3, Intensive" in row
    assert "Milder: Occasional truanting or non-attendance and poor punctuality (Level 2)" in row
    assert "Graver: Chronic non-attendance, children persistently missing from education" in row
    for words in rulebook.indicator["persistent-absence"].also:
        assert words in row
    assert "A young carer who is missing school (expected: Level 3)" in row


@HEREFORDSHIRE
def test_an_indicator_printed_under_another_heading_says_so_and_is_named_there(
    pages: Mapping[str, Element],
) -> None:
    row = said(places(pages["heading-family-relationships.html"])["indicator/domestic-abuse-high-risk"])
    assert "Shown here, printed under Social and community resources" in row
    printed = said(pages["heading-community-resources.html"])
    assert "Printed here, shown under another heading" in printed
    assert "heading-family-relationships.html#indicator/domestic-abuse-high-risk" in links(
        pages["heading-community-resources.html"]
    )


@HEREFORDSHIRE
def test_needs_without_a_heading_and_what_cannot_be_recorded_stand_on_a_page_of_their_own(
    pages: Mapping[str, Element],
) -> None:
    here = places(pages["without-a-heading.html"])
    assert "Can be recorded No" in said(here["indicator/family-history-and-wellbeing"])
    assert "indicator/core-needs" in here


def test_every_rule_clause_case_contact_and_safety_sentence_has_a_place(
    pages: Mapping[str, Element], material: Material
) -> None:
    found = {id_ for page in pages.values() for id_ in places(page)}
    rulebook = material.rulebook
    expected = {*material.sources, *(f"safety/{one.id}" for one in rulebook.safety)}
    expected |= {f"contact/{one.id}" for one in rulebook.contacts}
    expected |= {f"action/{a.code}/{n}" for a in rulebook.actions for n in range(1, len(a.cases) + 1)}
    expected |= {f"clause/{one.clause}" for one in material.clauses}
    expected |= {f"case/{Path(file).stem}" for file in material.cases}
    assert expected <= found
    words = {name: said(page) for name, page in pages.items()}
    for rule in material.sources:
        assert rule in words[(material.place_of_rule(rule) or "").partition("#")[0]]


def test_every_text_that_the_rulebook_shows_is_on_the_pages(
    pages: Mapping[str, Element], material: Material
) -> None:
    everything = Said("".join(map(said, pages.values())))
    for name, text in texts(material.rulebook):
        assert text in everything, name
    for case in material.cases.values():
        for text in (case.title, case.narrative, case.why):
            assert text in everything


def texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a rulebook with the name of its part."""
    if isinstance(value, str):
        if name in TEXTS:
            yield name, value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, name)
    elif isinstance(value, Part):
        for part_name, part in value.as_dict().items():
            yield from texts(part, part_name)
    elif isinstance(value, Rulebook):
        for part_name, part in vars(value).items():
            if part_name not in {"topics", "synonyms"}:  # they stand with the services, and with nothing
                yield from texts(part, part_name)


def links(page: Element) -> list[str]:
    return [one.attrib["href"] for one in page.iter("a")]


def test_every_link_leads_to_a_file_and_a_place_that_are_there(
    pages: Mapping[str, Element], written: Mapping[str, str]
) -> None:
    there = {name: set(places(page)) for name, page in pages.items()}
    assert sum(len(links(page)) for page in pages.values()) > 10 * len(there)
    for name, page in pages.items():
        for href in links(page):
            file, _, place = href.partition("#")
            assert (file or name) in written, href
            assert not place or unquote(place) in there[file or name], href


def test_every_page_can_be_reached_from_the_first(pages: Mapping[str, Element]) -> None:
    reached, new = set[str](), {"index.html"}
    while new:
        reached |= new
        new = {href.partition("#")[0] for name in new for href in links(pages[name])} & set(pages) - reached
    assert reached == set(pages)


def test_every_page_has_a_language_a_title_one_h1_a_skip_link_and_landmarks(pages: Mapping[str, Element]) -> None:
    titles = [page.findtext("head/title") for page in pages.values()]
    assert len(titles) == len(set(titles))
    for name, page in pages.items():
        assert page.get("lang") == "en-GB"
        assert len(list(page.iter("h1"))) == len(list(page.iter("main"))) == 1, name
        first = next(page.iter("a"))
        assert (first.get("href"), first.get("class")) == ("#main", "skip")
        assert all(nav.get("aria-label") for nav in page.iter("nav"))
        ids = [one.attrib["id"] for one in page.iter() if "id" in one.attrib]
        assert len(ids) == len(set(ids)), name
        ranks = [int(str(one.tag)[1]) for one in page.iter() if re.fullmatch("h[1-6]", str(one.tag))]
        assert all(after - before <= 1 for before, after in pairwise(ranks)), name


def test_every_table_has_a_name_and_heads_with_a_scope(pages: Mapping[str, Element]) -> None:
    for page in pages.values():
        for table in page.iter("table"):
            assert said(places(page)[table.attrib["aria-labelledby"]])
            assert {one.get("scope") for head in table.iter("thead") for one in head.iter("th")} == {"col"}
            for row in (row for body in table.iter("tbody") for row in body):
                assert row[0].get("scope") == "row"
                assert said(row[0])
                assert all(cell.get("data-label") for cell in row[1:])


def test_the_pages_run_nothing_and_ask_nobody_for_anything(
    written: Mapping[str, str], pages: Mapping[str, Element]
) -> None:
    for name, page in pages.items():
        policy = {one.get("http-equiv"): one.get("content") for one in page.iter("meta")}
        assert policy["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        assert not {"script", "link", "img", "iframe", "object", "base", "form", "input"} & {
            str(one.tag) for one in page.iter()
        }
        for one in page.iter():
            assert not [
                key for key in one.attrib if key.startswith("on") or key in {"src", "srcset", "action", "style"}
            ]
        assert not re.search(r"https?://|url\(|@import", written[name])


@HEREFORDSHIRE
def test_conditions_are_said_in_words(rulebook: Rulebook) -> None:
    words = Words(rulebook)
    expected: list[tuple[Conditions, str]] = [
        ({}, "Always"),
        ({"level": 4, "grave": "yes", "out_of_hours": "yes"}, "Level 4, grave: yes, out of hours: yes"),
        ({"level": 0}, "No level"),
        ({"level": AtLeast(at_least=2, at_most=3)}, "Levels 2 to 3"),
        ({"level": AtLeast(at_least=2)}, "Level 2 or higher"),
        ({"level": AtLeast(at_least=0, at_most=3)}, "No level or up to Level 3"),
        ({"consent": ("not-sought", "refused")}, "Consent: not sought or refused"),
        ({"mark": "not-known", "level": 4}, "Marked not known, Level 4"),
        ({"age_band": ("under-2", "2-4")}, "Age band: “Under 2” or “2 to 4”"),
    ]
    for conditions, text in expected:
        assert words.condition(conditions) == text


@HEREFORDSHIRE
def test_each_case_of_an_action_stands_with_its_condition_words_contact_and_worked_cases(
    pages: Mapping[str, Element],
) -> None:
    here = places(pages["routes.html"])
    row = said(here["action/contact-edt/1"])
    assert row.startswith(squeezed("Duty team now: yes, grave: yes, open: no"))
    assert "Telephone the Emergency Duty Team and make the referral." in row
    assert "Ring Emergency Duty Team (EDT): (01905) 768020 (out of hours)" in row
    assert "worked cases" in row or "(expected: Level 4)" in row


@HEREFORDSHIRE
def test_a_rule_names_exactly_the_worked_cases_that_it_has_a_part_in(
    pages: Mapping[str, Element], material: Material
) -> None:
    for rule in (
        "route/mash-marf",
        "urgency/emergency",
        "action/contact-edt/1",
        "prompt/missing",
        "finding/unsafe",
    ):
        page = (material.place_of_rule(rule) or material.place_of_rule("action/contact-edt") or "").partition("#")[
            0
        ]
        named = [href for href in links(places(pages[page])[rule]) if href.startswith("cases.html#")]
        files = [one.example.file for one in material.worked if rule in one.rules]
        assert files
        assert named == [f"cases.html#case/{file.removesuffix('.yaml')}" for file in files]
    emergencies = [one for one in material.worked if "urgency/emergency" in one.rules]
    assert all(one.suggestion.urgency == "emergency" for one in emergencies)


def test_clauses_without_a_rule_say_why_and_the_share_is_counted(
    pages: Mapping[str, Element], material: Material
) -> None:
    here = places(pages["clauses.html"])
    for clause in material.clauses:
        row = here[f"clause/{clause.clause}"]
        assert [one for one in links(row) if not one.startswith("cases.html")] == [
            material.place_of_rule(rule) for rule in clause.rules
        ]
        assert (clause.why_not or "") in said(row)
    encoded = sum(bool(one.rules) for one in material.clauses)
    assert f"{encoded} of {len(material.clauses)} clauses are encoded." in said(pages["clauses.html"])


def test_a_case_that_gives_something_else_is_named_and_not_hidden(few: Material) -> None:
    file, case = next((file, case) for file, case in few.cases.items() if case.expected.level != 1)
    changed = {**few.cases, file: replace(case, expected=replace(case.expected, level=1))}
    assert all_as_expected(few) in documents(few)["cases.html"]
    written = documents(replace_cases(few, changed))
    assert f"These did not: {case.title}." in written["cases.html"]
    assert f"Not as expected: “{case.title}” gives something else" in said(page_of(written, "cases.html"))
    assert f"These did not: {case.title}." in written["transparency-record.md"]
    assert "gave what they expect." in written["cases.html"]
    assert all_as_expected(few) not in written["cases.html"]


def all_as_expected(material: Material) -> str:
    """Say that every case, as told and with each change, gave what it expects."""
    count = sum(1 + len(case.what_if) for case in material.cases.values())
    return f"{count} of {count} examples gave what they expect."


def replace_cases(material: Material, cases: Mapping[str, Any]) -> Material:
    return Material(material.rulebook, material.clauses, cases, run(material.rulebook, cases, Path()))


@HEREFORDSHIRE
def test_what_if_something_were_different_stands_with_its_case(material: Material) -> None:
    file, case = next(iter(material.cases.items()))
    change = WhatIf(
        change="It is late at night",
        situation={"out_of_hours": "yes"},
        expected=replace(case.expected, actions=("record-decision",)),
        why="The Emergency Duty Team answers then.",
    )
    written = documents(replace_cases(material, {file: replace(case, what_if=(change,))}))
    page = page_of(written, "cases.html")
    assert "What if: It is late at night" in said(page)
    assert "Why: The Emergency Duty Team answers then." in said(page)
    assert f"Not as expected: “{case.title}: It is late at night”" in said(page)
    assert "1 of 2 examples gave what they expect." in said(page)


@HEREFORDSHIRE
def test_a_case_whose_record_does_not_fit_is_refused_with_its_file(material: Material) -> None:
    file, case = next(iter(material.cases.items()))
    broken = replace(case, record=replace(case.record, circumstances=("zz",)))
    with pytest.raises(
        BadInput, match=rf"{re.escape(file)}: \$\.circumstances\[0\]: There is no circumstance 'zz'\."
    ):
        run(material.rulebook, {file: broken}, Path())


def test_the_table_gives_every_indicator_back_word_for_word(written: Mapping[str, str], rulebook: Rulebook) -> None:
    found = rows(written)
    assert tuple(found[0]) == COLUMNS
    assert [row["id"] for row in found] == [indicator.id for indicator in rulebook.indicators]
    for row, one in zip(found, rulebook.indicators, strict=True):
        assert unguarded(row["wording"]) == one.wording
        assert tuple(unguarded(row["also"]).split(JOINED)) == one.also
        assert (row["n"], row["level"]) == (str(one.n or ""), str(one.level))
        assert row["level name"] == rulebook.level[one.level].name
        assert row["printed heading"] == (one.printed_heading or "")
        assert row["ladders"].split(JOINED) == ([ladder.id for ladder in rulebook.ladders_of(one.id)] or [""])
        assert row["recordable"] == ("yes" if one.recordable else "no")
        assert row["source"].startswith(tuple(f"{document.short}, " for document in rulebook.documents))


@given(st.text(alphabet=st.sampled_from("=+-@'ab \t\r\n＝＋－＠1"), max_size=6))
def test_no_cell_begins_as_a_formula_and_every_cell_is_given_back(cell: str) -> None:
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", guarded(cell))
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell) in (cell, f"'{cell}")


def plant(value: Any, name: str = "") -> Any:
    """Add what would do harm to every text of a rulebook."""
    if isinstance(value, str):
        return (f"{FORMULA}{value}" if name == "wording" else value) + PLANTED if name in TEXTS else value
    if isinstance(value, tuple):
        return tuple(plant(one, name) for one in value)
    if isinstance(value, Part):
        return replace(value, **{key: plant(one, key) for key, one in value.as_dict().items()})  # type: ignore[type-var]
    return value


@pytest.fixture(scope="module")
def hostile(material: Material) -> Material:
    """Give a rulebook, clauses and cases that would run something, if anything ran."""
    parts = {
        key: plant(value, key) for key, value in vars(material.rulebook).items() if key in fields_of_rulebook()
    }
    rulebook = Rulebook(**parts)
    cases = {
        f'{file.removesuffix(".yaml")}"><b>.yaml': replace(
            case, title=case.title + PLANTED, narrative=PLANTED, why=PLANTED
        )
        for file, case in [*material.cases.items()][:9]
    }
    first, *others = material.clauses
    named = [replace(first, clause='R"><b>1'), replace(first, rules=("zz<b>",)), *others]
    clauses = tuple(replace(one, why_not=PLANTED) if one.why_not else one for one in named)
    return Material(rulebook, clauses, cases, run(rulebook, cases, Path()))


def fields_of_rulebook() -> set[str]:
    return set(Rulebook.__dataclass_fields__)


def test_nothing_that_a_rulebook_says_becomes_html(hostile: Material) -> None:
    written = documents(hostile)
    allowed = {str(one.tag) for page in parsed(documents_of_one_case(hostile)).values() for one in page.iter()}
    for name, page in parsed(written).items():
        tags = Counter(str(one.tag) for one in page.iter())
        assert not {"script", "b", "iframe"} & set(tags), name
        assert set(tags) <= allowed
        assert "<script" not in written[name]
        assert all(not key.startswith("on") for one in page.iter() for key in one.attrib)
        assert PLANTED in said(page)
        for href in links(page):
            assert re.match(r"[\w-]+\.(html|csv)|#main", href), href
    assert anchor("clause", 'R"><b>1') in places(parsed(written)["clauses.html"])


def documents_of_one_case(material: Material) -> Mapping[str, str]:
    return documents(replace_cases(material, dict([*material.cases.items()][:1])))


def test_nothing_that_a_rulebook_says_becomes_markdown(hostile: Material) -> None:
    record = documents(hostile)["transparency-record.md"]
    assert not re.search(r"(?<!\\)<", record)
    assert not re.search(r"(?<!\\)\]\(", record)


def test_nothing_that_a_rulebook_says_becomes_a_formula(hostile: Material) -> None:
    for row, one in zip(rows(documents(hostile)), hostile.rulebook.indicators, strict=True):
        assert row["wording"].startswith("'=HYPERLINK")
        assert unguarded(row["wording"]) == one.wording
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


@HEREFORDSHIRE
def test_a_rulebook_of_five_levels_is_written_with_five(few: Material) -> None:
    five = Material(of_five_levels(few.rulebook), few.clauses, few.cases, few.worked)
    written = documents(five)
    page = page_of(written, "index.html")
    assert "Level 5, Child protection" in said(places(page)["level/5"])
    assert "from Level 1, Universal, to Level 5, Child protection" in written["transparency-record.md"]


def test_the_transparency_record_marks_what_only_people_can_say(
    written: Mapping[str, str], material: Material, pages: Mapping[str, Element]
) -> None:
    fields = [field for part in transparency_record(material) for field in part.fields]
    numbers = [field.number for field in fields]
    assert len(numbers) == len(set(numbers))
    open_ = [field for field in fields if field.to_fill]
    markdown, page = written["transparency-record.md"], said(pages["transparency-record.html"])
    assert markdown.count("[To be filled in by ") == page.count("[Tobefilledinby") == len(open_)
    assert f"{len(open_)} of {len(fields)} fields need people" in page
    for field in fields:
        assert field.said or field.to_fill, field.number
        for text in (*field.said, field.to_fill or ""):
            assert text in page
    assert {"1.3", "5.1", "3.3"} <= {field.number for field in open_}


@HEREFORDSHIRE
def test_the_transparency_record_says_what_the_rulebook_says(
    written: Mapping[str, str], material: Material
) -> None:
    rulebook, markdown = material.rulebook, written["transparency-record.md"].replace("\\", "")
    for text in (rulebook.area, rulebook.notice, rulebook.no_answer, rulebook.difference.policy, rulebook.sha256):
        assert " ".join(text.split()) in markdown
    assert all(one.sentence in markdown for one in rulebook.safety)
    assert "No machine learning" in markdown
    assert all_as_expected(material) in markdown
    assert "7 of 7 numbers to ring have not been checked" in markdown
    assert not re.search(r"\{[\w.]+\}", markdown)


@HEREFORDSHIRE
def test_the_transparency_record_lists_every_alert_and_follow_up_question_for_a_lead_to_confirm(
    material: Material,
) -> None:
    (field,) = [one for part in transparency_record(material) for one in part.fields if one.number == "3.4"]
    lead = field.said.index("For a safeguarding lead to confirm, before it is used and whenever it changes:")
    points = field.said[lead + 1 :]
    rulebook = material.rulebook
    (alone,) = {one.wording for one in rulebook.indicators if one.id == "home-alone-no-serious-risk"}
    assert any(point.startswith("Alert. ") and f"“{alone}”. Ages: Under 2, 2 to 4." in point for point in points)
    assert any("“Is the child missing now?”; " in one and one.endswith("Answer: not known.") for one in points)
    for one in rulebook.follow_up.values():
        (said_of,) = [point for point in points if point.startswith(f"Follow-up question. {one.text} If yes: ")]
        assert ("If that is not known: take advice before you talk to the family." in said_of) == bool(
            one.if_not_known
        )
    outside = [one.text for one in rulebook.prompts if one.basis == "editorial"]
    outside += [one.text for action in rulebook.actions for one in action.cases if one.basis == "editorial"]
    outside += [one.wording for one in rulebook.circumstances if one.basis == "editorial"]
    marked = [point for point in points if "It rests on practice from outside the documents." in point]
    assert len(outside) == len(marked) > 5
    assert all(any(text in point for point in marked) for text in outside)
    for kind in ("Words of a step. ", "Circumstance. ", "Follow-up question. ", "To think about. "):
        assert any(point.startswith(kind) for point in marked)


@HEREFORDSHIRE
def test_the_page_of_prompts_says_what_each_answer_to_a_follow_up_question_does(
    material: Material, pages: Mapping[str, Element]
) -> None:
    rows = {one: said(places(pages["prompts.html"])[f"prompt/{one}"]) for one in material.rulebook.follow_up}
    assert "Ifyes:tellthepolice." in rows["missing"].replace(" ", "")
    assert "Ifyes:treatitassignificantharm,andtellthepolice." in rows["sexual-activity-under-thirteen"].replace(
        " ", ""
    )
    asked_first = {one for one, text in rows.items() if "Ifthatisnotknown:" in text.replace(" ", "")}
    assert asked_first == {one.id for one in material.rulebook.follow_up.values() if one.if_not_known} != set()


def test_no_template_lets_html_in() -> None:
    found = [path for path in (ROOT / "src" / "rhrt").rglob("*") if path.suffix in {".html", ".svg"}]
    assert {"shell.html", "page.html", "picture.svg", "base.html", "parts.html"} <= {path.name for path in found}
    for path in found:
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8")), path


@HEREFORDSHIRE
def test_a_safety_sentence_about_a_basis_quotes_it_in_one_piece(
    pages: Mapping[str, Element], rulebook: Rulebook
) -> None:
    meanings = {basis.id: basis.meaning for basis in rulebook.bases}
    (one,) = (one for one in rulebook.safety if one.basis is not None)
    paragraphs = ["".join(p.itertext()) for p in places(pages["index.html"])[f"safety/{one.id}"].iter("p")]
    quoted = f"Any sign at Level 4 of which this is so is present: “{meanings[one.basis or '']}” ({one.basis})"
    assert quoted in paragraphs


def test_the_code_names_no_area() -> None:
    import rhrt.steward.render as package

    folder = Path(package.__path__[0])
    for path in (path for path in folder.rglob("*") if path.suffix in {".py", ".yaml", ".html", ".css"}):
        assert not re.search(
            r"hereford|\bMASH\b|\bCHAT\b|\bMARF\b", path.read_text(encoding="utf-8"), re.IGNORECASE
        ), path


def test_the_same_small_rulebook_gives_the_same_bytes(tmp_path: Path) -> None:
    gives(documents(gather(load_rulebook(BASE), BASE)), "1", tmp_path, str(BASE))


@HEREFORDSHIRE
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_rulebook_gives_the_same_bytes(seed: str, written: Mapping[str, str], tmp_path: Path) -> None:
    gives(written, seed, tmp_path)


def gives(written: Mapping[str, str], seed: str, tmp_path: Path, *named: str) -> None:
    """Render in a process of its own, with another order of sets, and see the same bytes."""
    program = "from rhrt_cli.main import main; main(prog_name='rhrt')"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", program, "rulebook", "render", *named, str(tmp_path / "out")]
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    for name, text in written.items():
        assert (tmp_path / "out" / name).read_bytes() == text.encode(), name
