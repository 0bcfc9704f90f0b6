"""Counts how often the way through the code enters a room, and how often it climbs back: `python -m tests.journey`.

A room is the first folder under `src/rhrt`, or a file beside them, in the order in which a journey enters them.
A stay begins where a function of one room calls one of another. A climb is such a call into a room that was left:
the journey entered it before the room that calls. Each pair of functions is counted once.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import rhrt
from rhrt.parser import read

SOURCE = str(Path(rhrt.__file__).parent)
ROOT = Path(__file__).parents[1]
EXAMPLE = read(ROOT / "rules" / "example-record.yaml").value
FIRST, SECOND = ROOT / "tests" / "checks" / "base", ROOT / "tests" / "frameworks" / "marram-2025"


class Call(NamedTuple):
    """One function that calls another: `room/file.py:function` each."""

    caller: str
    called: str


class Journey:
    """What was called on the way, each pair once, in order."""

    def __init__(self) -> None:
        self.begin_again()

    def begin_again(self) -> None:
        """Forget what was called until now."""
        self.rooms: dict[str, int] = {}
        self.calls: dict[Call, None] = {}

    @property
    def stays(self) -> list[Call]:
        """The calls from one room into another."""
        return [call for call in self.calls if _room(call.caller) != _room(call.called)]

    @property
    def climbs(self) -> list[Call]:
        """The calls into a room that was left."""
        return [call for call in self.stays if self.rooms[_room(call.called)] < self.rooms[_room(call.caller)]]

    def heard(self, frame: FrameType, event: str, _: Any) -> None:
        """Hear of one event of the interpreter."""
        called = _place(frame)
        if event != "call" or called is None:
            return
        self.rooms.setdefault(_room(called), len(self.rooms))
        outer = frame.f_back
        while outer is not None and _place(outer) is None:
            outer = outer.f_back
        if outer is not None and (caller := _place(outer)) is not None:
            self.calls.setdefault(Call(caller, called))


def _place(frame: FrameType) -> str | None:
    """Give where a function stands, where it is one of ours."""
    file = frame.f_code.co_filename
    if not file.startswith(SOURCE) or frame.f_code.co_name == "<module>":
        return None
    return f"{Path(file).relative_to(SOURCE).as_posix()}:{frame.f_code.co_qualname}"


def _room(place: str) -> str:
    return place.partition(":")[0].partition("/")[0]


@contextmanager
def followed() -> Iterator[Journey]:
    """Follow all that is called within, in every thread."""
    journey = Journey()
    threading.setprofile(journey.heard)
    sys.setprofile(journey.heard)
    try:
        yield journey
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def of_a_record() -> Journey:
    """Follow a record from `rhrt.assess` to the page."""
    from rhrt.present.page import as_page

    rulebook = rhrt.load_rulebook()
    record = rhrt.Record.model_validate(EXAMPLE)
    as_page(rhrt.assess(record, rulebook), more=True)  # all that is imported when it is first needed
    with followed() as journey:
        as_page(rhrt.assess(record, rulebook), more=True)
    return journey


def of_a_body() -> Journey:
    """Follow the body of a request to its answer."""
    from fastapi.testclient import TestClient

    from rhrt.web.application import application
    from rhrt.web.settings import Settings

    settings = Settings(rulebooks=(rhrt.load_rulebook(),))
    with followed() as journey, TestClient(application(settings)) as client:  # it answers in a thread of its own
        client.post("/v1/assessments", json=EXAMPLE).raise_for_status()
        journey.begin_again()
        client.post("/v1/assessments", json=EXAMPLE).raise_for_status()
    return journey


def of_a_folder(folder: Path) -> Journey:
    """Follow a rulebook from its folder to an engine that has assessed."""
    rhrt.assess(rhrt.Record(), rhrt.load_rulebook(FIRST))
    with followed() as journey:
        rhrt.assess(rhrt.Record(), rhrt.load_rulebook(folder))
    return journey


def main() -> None:
    """Print the stays and climbs of the three journeys, and every climb."""
    journeys = {"a record": of_a_record(), "a body": of_a_body(), "a folder": of_a_folder(SECOND)}
    for name, journey in journeys.items():
        print(f"{name}: {len(journey.stays)} stays in {len(journey.rooms)} rooms, {len(journey.climbs)} climbs")
        if "-v" in sys.argv:
            print(*(f"    {call.caller} -> {call.called}" for call in journey.climbs), sep="\n")


if __name__ == "__main__":
    main()
