"""An attribute that is made when it is first asked for, and kept."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cached_property  # noqa: TID251 - the one place that frees it of its lock
from typing import Any, TypeVar

_Made = TypeVar("_Made")


class made_once(cached_property[_Made]):  # noqa: N801 - a decorator, named as `property` is
    """`cached_property` as CPython has it from 3.12 on: without the lock that a class has for all its objects.

    A child that is forked while another thread holds that lock would never answer. Without it two threads may make
    the same value at once, so what is made must depend on the object alone.
    """

    def __init__(self, make: Callable[[Any], _Made]) -> None:
        super().__init__(make)
        self.lock = nullcontext()
