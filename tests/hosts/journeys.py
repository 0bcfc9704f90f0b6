"""What a person does with the prompt, the same in every host: each is a column of the matrix."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.hosts.visit import SUSPECTED, Fields, Visit

FIELDS = {"status", "record", "receipt", "level", "route", "urgency", "own-level", "own-reason"}


def _is_whole(fields: Fields) -> None:
    """Hold that these are all fields of a prompt in which suspicion was marked, and that they fit one another."""
    assert set(fields) == FIELDS
    assert (fields["status"], fields["level"], fields["route"]) == ("suggested", "4", "mash-marf")
    record = json.loads(fields["record"])
    assert record["situation"] == {SUSPECTED: "yes"}
    assert json.loads(fields["receipt"])["record"]["situation"][SUSPECTED] == "yes"


def first_show(visit: Visit) -> None:
    visit.open()
    assert visit.asked == []
    visit.mark()
    visit.shows()
    _is_whole(visit.holds(level="4"))
    assert len(visit.asked) == 1


def submit(visit: Visit) -> None:
    visit.open()
    visit.tell("A story")
    visit.mark()
    visit.holds(level="4")
    visit.send()
    _is_whole(visit.received())


def server_error_and_back(visit: Visit) -> None:
    visit.open()
    visit.mark()
    visit.holds(level="4")
    visit.send()
    visit.has_problem()
    visit.ready()
    expect(visit.marked()).to_be_checked()
    visit.shows()
    visit.holds(level="4")
    visit.tell("A story")
    visit.send()
    _is_whole(visit.received())


def reset(visit: Visit) -> None:
    visit.open()
    visit.mark()
    visit.holds(level="4")
    visit.press("Clear")
    visit.shows_nothing()
    visit.mark()
    visit.shows()


def disabled(visit: Visit) -> None:
    visit.open()
    visit.mark()
    visit.holds(level="4")
    visit.does("off()")
    expect(visit.marked()).to_be_disabled()
    visit.shows()
    visit.does("on()")
    expect(visit.marked()).to_be_enabled()
    expect(visit.marked()).to_be_checked()
    _is_whole(visit.holds(level="4"))
    assert len(visit.asked) == 1


def back(visit: Visit) -> None:
    _leave_and_come_back(visit)
    expect(visit.marked()).to_be_checked()
    visit.shows()
    visit.holds(level="4")
    visit.tell("")
    visit.send()
    visit.has_problem()
    visit.ready()
    expect(visit.marked()).to_be_checked()
    visit.tell("A story")
    visit.send()
    _is_whole(visit.received())


def _leave_and_come_back(visit: Visit) -> None:
    visit.open()
    visit.tell("A story")
    visit.mark()
    visit.holds(level="4")
    visit.page.goto(visit.elsewhere)
    visit.page.go_back()
    visit.ready()


def back_is_empty_as_the_other_fields_are(visit: Visit) -> None:
    _leave_and_come_back(visit)
    expect(visit.page.get_by_label("What has happened?")).to_have_value("")
    visit.shows_nothing()
    visit.mark()
    visit.shows()


def removed_and_added_again(visit: Visit) -> None:
    _take_out_and_put_in(visit)
    expect(visit.marked()).to_be_checked()
    visit.shows()
    _is_whole(visit.holds(level="4"))


def _take_out_and_put_in(visit: Visit) -> None:
    visit.open()
    visit.mark()
    visit.holds(level="4")
    visit.does("takeOut()")
    expect(visit.prompts()).to_have_count(0)
    visit.does("putIn()")
    visit.ready()


def removed_and_empty_when_added_again(visit: Visit) -> None:
    _take_out_and_put_in(visit)
    visit.shows_nothing()
    visit.mark()
    visit.shows()


def draft(visit: Visit) -> None:
    visit.open()
    visit.mark()
    before = visit.holds(level="4")
    kept = visit.keep()
    visit.asked.clear()
    visit.open(draft=kept)
    expect(visit.marked()).to_be_checked()
    visit.shows()
    assert visit.holds(level="4") == before
    assert len(visit.asked) == 1


def two_prompts(visit: Visit) -> None:
    visit.open(two="yes")
    expect(visit.prompts()).to_have_count(2)
    for at, child in enumerate(("First child", "Second child")):
        expect(visit.prompt(at).get_by_text(child).first).to_be_visible()
    visit.mark()
    visit.mark(words="No", at=1)
    visit.holds("first", level="4")
    second = json.loads(visit.holds("second")["record"])
    assert second["situation"] == {SUSPECTED: "no"}
    visit.tell("A story")
    visit.send()
    _is_whole(visit.received("first"))
    assert json.loads(visit.received("second")["record"])["situation"] == {SUSPECTED: "no"}
