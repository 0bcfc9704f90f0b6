"""An attribute is made once and kept, and nobody waits for another thread that makes it: it may be gone."""

from __future__ import annotations

from threading import Event, Thread

from rhrt.made_once import made_once


class Slow:
    """Its first value takes until somebody lets it go on."""

    def __init__(self) -> None:
        self.begun, self.go_on, self.made = Event(), Event(), 0

    @made_once
    def value(self) -> int:
        """Count how often it is made."""
        self.made += 1
        if self.made == 1:
            self.begun.set()
            self.go_on.wait(20)
        return 7


def test_an_attribute_is_made_when_it_is_asked_for_and_never_again() -> None:
    one = Slow()
    one.go_on.set()
    assert one.made == 0
    assert (one.value, one.value, one.made) == (7, 7, 1)


def test_no_thread_waits_for_another_one_that_is_making_it() -> None:
    """Where a lock is held for it, a child that is forked meanwhile waits for ever."""
    one = Slow()
    first = Thread(target=lambda: one.value)
    first.start()
    assert one.begun.wait(20)
    second = Thread(target=lambda: one.value, daemon=True)
    second.start()
    second.join(5)
    waited = second.is_alive()
    one.go_on.set()
    first.join()
    assert not waited
    assert one.made == 2, "each made it"
