"""What sounds like telling is counted from notes that people marked, and takes nothing away."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from rhrt.search.reading import sentences
from rhrt.search.telling import telling
from tests.search_quality.marked_notes import TOLD, Span, note, notes, weights


@pytest.mark.long
def test_the_weights_are_those_that_the_marked_notes_give() -> None:
    kept = json.loads((files("rhrt.search") / "telling.json").read_text(encoding="utf-8"))
    assert kept == weights(), "python -m tests.search_quality.marked_notes > src/rhrt/search/telling.json"


def test_a_note_is_read_with_its_marks() -> None:
    read = note("Visit. {d No nits}, {t:a-sign,another Dad shouted}.")
    assert read.text == "Visit. No nits, Dad shouted."
    assert read.spans == (Span(7, 14, "d", ()), Span(16, 27, TOLD, ("a-sign", "another")))
    assert [read.kind_at(place) for place in (0, 8, 17)] == [TOLD, "d", TOLD]


@pytest.mark.parametrize("line", ["{d No nits", "No nits}", "{d No {p nits}}"])
def test_a_mark_that_does_not_end_or_stands_in_another_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\{|\}"):
        note(line)


def test_all_marked_notes_can_be_read_and_are_of_many_hands() -> None:
    assert sum(1 for _ in notes()) > 10_000


def test_what_is_told_counts_for_more_than_what_is_well_and_nothing_for_nothing() -> None:
    def least(text: str) -> int:
        return min(telling(list(sentences(text))).values())

    assert least("He hit her again last night.") == 100
    assert 30 <= least("No concerns at all, she is thriving.") < 50
    assert telling([]) == {}
