"""The inference engine, durable-rules, driven so that it never loses a fact or fires a rule wrongly.

The C module is driven directly: one ruleset for each kind of fact, one live session at a time, one fact
asserted and drained before the next, the session always deleted. A fact the engine refuses, alters, or
answers with nothing is a fault, and then no level is shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet, finalize

from pydantic_core import to_json

from rhrt.faults import EvaluatorsDiffer
from rhrt.reasoning.program import LONGEST_WORD, Comparison, Rule, Term

if TYPE_CHECKING:
    from types import ModuleType

try:
    import durable_rules_engine as _durable
except ImportError:  # it does not import on CPython 3.13 and later as released
    _durable = None

engine: ModuleType | None = _durable
"""The C module; None where it cannot be imported."""

NAME = "durable-rules 2.0.28"

Fact = Mapping[str, str | int]

AT_ONCE = 50
"""How many facts share a session: opening one costs more than a fact does, and a long one gets slow."""

_SESSION = "0"
_FINDING, _PRIME = "finding", "prime"
_NO_SESSION = "309"
_LARGEST_NUMBER = 2**53
_AS_JSON: Mapping[Comparison, str] = {"==": "", ">=": "$gte", "<=": "$lte"}


class Ruleset:
    """The rules about one kind of fact, built once. What the C module holds of them is freed with this object."""

    def __init__(self, kind: str, fields: Mapping[str, type], rules: tuple[Rule, ...]) -> None:
        if engine is None:
            raise EvaluatorsDiffer("The inference engine is not installed.")
        self._engine = engine
        self._kind = kind
        self._shapes = {kind: _Shape(fields), _FINDING: _Shape({"finding": str})}
        self._rules = {
            f"r{index}_{number}": rule
            for index, rule in enumerate(rules)
            for number in range(len(rule.alternatives))
        }
        self._lock = Lock()
        self._asserted: dict[str, Fact] = {}
        self._seen: set[str] = set()
        self._fired: list[str] = []
        self._found: list[str] = []
        self._handle: int | None = None
        self._build()
        _living.add(self)

    def fire(self, facts: Iterable[Fact]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Give, for each fact, the names of the rules that fire and the findings they establish, sorted.

        Raises EvaluatorsDiffer where the engine loses, alters or refuses anything.
        """
        given = list(facts)
        with self._lock:
            if self._handle is None:
                self._build()
            together = (given[start : start + AT_ONCE] for start in range(0, max(1, len(given)), AT_ONCE))
            return [fired for some in together for fired in self._fire_together(some)]

    def start_anew(self) -> None:
        """In a forked child: another thread may have held the lock, and been in the middle of a session.

        What the C module holds is left alone, for deleting it there is not safe; the next fact builds it anew.
        """
        self._lock = Lock()
        self._freed.detach()
        self._handle = None

    def _build(self) -> None:
        handle = self._handle = self._engine.create_ruleset(f"rhrt-{self._kind}", _encode(self._definitions()))
        self._offset = 0
        self._prime()
        self._freed = finalize(self, self._engine.delete_ruleset, handle)
        self._freed.atexit = False  # the process gives all of it back

    def _fire_together(self, facts: Sequence[Fact]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        self._asserted, self._seen = {}, set()
        try:
            return [self._fire(fact) for fact in facts]
        finally:
            self._delete()

    def _fire(self, fact: Fact) -> tuple[tuple[str, ...], tuple[str, ...]]:
        self._fired, self._found = [], []
        self._put(self._kind, fact)
        self._drain()
        if len(self._seen) != len(self._asserted):
            raise EvaluatorsDiffer("The inference engine lost a fact.")
        return tuple(sorted(set(self._fired))), tuple(sorted(set(self._found)))

    def _definitions(self) -> Mapping[str, object]:
        """Write the rules as the engine reads them, with one that catches every fact of each kind."""
        definitions: dict[str, object] = {}
        for id_, rule in self._rules.items():
            definitions[id_] = _when(rule.about, rule.alternatives[int(id_.split("_")[1])])
        for kind in (self._kind, _FINDING, _PRIME):
            definitions[f"seen_{kind}"] = _when(kind, ())
        return definitions

    def _prime(self) -> None:
        """Fire one action: deleting the state of a ruleset that never fired any reads freed memory."""
        _, self._offset = self._engine.assert_fact(
            self._handle, _encode({"kind": _PRIME, "id": "0", "sid": _SESSION})
        )
        result = self._engine.start_action_for_state(self._handle, self._offset)
        while result and (result if isinstance(result, str) else result[1]):
            result = self._engine.complete_and_start_action(self._handle, self._offset)
        self._engine.delete_state(self._handle, _SESSION)

    def _put(self, kind: str, fact: Fact) -> None:
        """Assert a fact, chained ones too, after checking the exact type of every value."""
        if not self._shapes[kind].fits(fact):
            raise EvaluatorsDiffer(f"A fact about the {kind} has the wrong fields, or an unfit value.")
        text = _encode({"kind": kind, **fact, "id": str(len(self._asserted) + 1), "sid": _SESSION})
        if len(text) * 4 >= LONGEST_WORD:  # a character is four bytes at the most
            _refuse_long_words(kind, fact)
        code, self._offset = self._engine.assert_fact(self._handle, text)
        if code:
            raise EvaluatorsDiffer(f"The inference engine refused a fact about the {kind} (code {code}).")
        self._asserted[f'":{{"m":{text}}}}}'] = fact

    def _drain(self) -> None:
        result = self._engine.start_action_for_state(self._handle, self._offset)
        message = result[1] if result else None
        if not message:
            raise EvaluatorsDiffer("The inference engine accepted a fact and fired nothing.")
        while message:
            self._take(message)
            message = self._engine.complete_and_start_action(self._handle, self._offset)

    def _take(self, message: str) -> None:
        """Note a rule that fired, and assert what it establishes as a fact of its own.

        The message is `{"RULE":{"m":FACT}}`, the fact to the letter as it was asserted.
        """
        end = message.index('"', 2)
        after = message[end:]
        fact = self._asserted.get(after)
        if fact is None:
            raise EvaluatorsDiffer("The inference engine altered a fact.")
        rule = self._rules.get(message[2:end])
        if rule is None:
            self._seen.add(after)
            if "finding" in fact:
                self._found.append(str(fact["finding"]))
            return
        self._fired.append(rule.name)
        if rule.finding:
            self._put(_FINDING, {"finding": rule.finding})

    def _delete(self) -> None:
        try:
            self._engine.delete_state(self._handle, _SESSION)
        except self._engine.error as error:
            if _NO_SESSION not in str(error):
                raise


_living = WeakSet[Ruleset]()


def _start_anew() -> None:
    for ruleset in _living:
        ruleset.start_anew()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_start_anew)


def _encode(value: object) -> str:
    """Write JSON without spaces, as the engine writes a fact back: see `_take`."""
    return to_json(value).decode()


class _Shape:
    """What every fact of a kind must look like: these fields, each of exactly this type, no value too large."""

    def __init__(self, fields: Mapping[str, type]) -> None:
        self._names = tuple(fields)
        self._types = tuple(fields.values())
        self._numbers = [name for name, kind in fields.items() if kind is int]

    def fits(self, fact: Fact) -> bool:
        """Say whether a fact has the shape, to the exact type of every value."""
        if tuple(fact) != self._names or tuple(map(type, fact.values())) != self._types:
            return False
        return all(-_LARGEST_NUMBER < int(fact[name]) < _LARGEST_NUMBER for name in self._numbers)


def _refuse_long_words(kind: str, fact: Fact) -> None:
    for name, value in fact.items():
        if isinstance(value, str) and len(value.encode()) >= LONGEST_WORD:
            raise EvaluatorsDiffer(f"A fact about the {kind} has an unfit value for '{name}'.")


def _when(kind: str, terms: tuple[Term, ...]) -> Mapping[str, object]:
    conditions: list[object] = [{"kind": kind}]
    for field, how, constant in terms:
        plain = {field: constant}
        conditions.append({_AS_JSON[how]: plain} if _AS_JSON[how] else plain)
    return {"all": [{"m": {"$and": conditions} if terms else {"kind": kind}}]}
