"""Reading what a request sends: its address and its body. What is wrong is refused with the status that says so."""

import asyncio
import json
from collections.abc import Callable, Collection
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from rhrt.faults import BadInput, Fault, nearest, one_of
from rhrt.files import DEEPEST, DoubledKey, json_of, too_deep
from rhrt.shape import faults_of, few_unknown_keys, json_path
from rhrt.web.problems import Refused

T = TypeVar("T")

LARGE = 16 * 1024
"""From how many bytes on a body waits for other large ones. What forms and pages send is smaller."""

LARGEST = 64 * 1024
"""The largest body, in bytes. A record that marks every indicator of a framework is about 8 KiB."""

SECONDS = 10.0
"""How long a body may take to arrive."""

MOST_FIELDS = 2_000
"""How many fields a form may have."""

MOST_TOLD = 20
"""How many faults of an address are told."""


def query(request: Request, *known: str) -> dict[str, str]:
    """Give the parameters of an address. Raises BadInput for one that is not known or is written twice.

    What is not known is refused, so that a misspelt name is never ignored.
    """
    faults, given = [], dict[str, str]()
    for name, value in request.query_params.multi_items():
        if name not in known:
            remedy = nearest(name, known) or (f"Use {one_of(known)}." if known else "Leave it out.")
            faults.append(Fault(f"query.{name[:60]}", "This parameter is not known here.", remedy))
        elif name in given:
            faults.append(Fault(f"query.{name}", "This parameter is written twice.", "Keep one of the two."))
        given[name] = value
    if faults:
        raise BadInput(faults[:MOST_TOLD])
    return given


class Awaited:
    """The bodies that are awaited. One timer ends those that are late: one for each costs a 20th of an answer."""

    def __init__(self) -> None:
        self._ends: dict[asyncio.Task[Any], float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> asyncio.Task[Any]:
        """Await a body for `SECONDS`, in the task that runs: it is cancelled some time after that."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        if task is None:
            raise RuntimeError("A request is answered in a task.")
        self._ends[task] = loop.time() + SECONDS
        self._timer = self._timer or loop.call_later(SECONDS, self._end_late)
        return task

    def end(self, task: asyncio.Task[Any]) -> None:
        """Await it no longer."""
        del self._ends[task]

    def _end_late(self) -> None:
        loop = asyncio.get_running_loop()
        for task in [task for task, end in self._ends.items() if end <= loop.time()]:
            task.cancel(_LATE)
        self._timer = loop.call_later(SECONDS / 10, self._end_late) if self._ends else None


async def json_body(request: Request) -> Any:
    """Read a body of JSON, at an address without parameters.

    Raises BadInput for a parameter, and Refused: 408, 413, 415, or 400 for what is not JSON, or is written twice.
    """
    query(request)
    return await _read(request, "application/json", _json)


async def form_body(request: Request) -> list[tuple[str, str]]:
    """Read what an HTML form sends, as pairs in order. Raises Refused: 408, 413, 415 or 400."""
    return await _read(request, "application/x-www-form-urlencoded", _form)


def expect(shape: TypeAdapter[Any], document: Any, keys: Collection[str]) -> Any:
    """Give a document that has a shape. Raises BadInput with every fault; `keys` are what may have been meant."""
    try:
        return shape.validate_python(few_unknown_keys(document, keys), strict=True)
    except ValidationError as error:
        raise BadInput(faults_of(error.errors(include_url=False), document, json_path, keys)) from None


async def _read(request: Request, kind: str, parse: Callable[[str], T]) -> T:
    """Read a body. Large ones are taken one at a time, and all else that came has its turn between them."""
    _expect_type(request, kind)
    content = await _arrived(request)
    if len(content) < LARGE:
        return parse(_decoded(content))
    async with request.app.state.one_large_body:
        await asyncio.sleep(0)
        return parse(_decoded(content))


def _json(text: str) -> Any:
    if too_deep(text):
        raise Refused(400, _TOO_DEEP)
    try:
        value = json_of(text, _no_number)
    except DoubledKey as doubled:
        key = str(doubled)[:60].encode(errors="replace").decode()
        raise Refused(400, Fault(key, f"The key '{key}' is written twice.", "Keep one of the two.")) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        fault = Fault(where, "This is not well-formed JSON.", "Check the quotes, commas and brackets.")
        raise Refused(400, fault) from None
    except ValueError:
        raise Refused(400, Fault("$", "A number is too long.", "Write a number such as 2.")) from None
    if "\\u" in text:
        _refuse_half_characters(value)
    return value


def _form(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, _NOT_UTF8) from None
    except ValueError:
        fault = Fault("body", f"There are more than {MOST_FIELDS} fields.", "Send only what the page asks for.")
        raise Refused(400, fault) from None


_TOO_DEEP = Fault("$", f"Lists and objects nest deeper than {DEEPEST} levels.", "Check the brackets.")
_LATE = "the body is late"
_TOO_LARGE = Fault("body", f"The body is larger than {LARGEST // 1024} KiB.", "Send only what is asked for.")
_NOT_UTF8 = Fault("body", "This is not UTF-8 text.", "Send UTF-8.")


def _expect_type(request: Request, wanted: str) -> None:
    """Refuse any other content type, charset or encoding."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != wanted or charset not in ("", "charset=utf-8"):
        fault = Fault("Content-Type", f"The body must be {wanted}, in UTF-8.", f"Send Content-Type: {wanted}.")
        raise Refused(415, fault)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        fault = Fault("Content-Encoding", "A compressed body is not taken.", "Send it as it is.")
        raise Refused(415, fault)


async def _arrived(request: Request) -> bytes:
    """Wait for a body of bounded size, for a bounded time."""
    size = request.headers.get("content-length", "0")
    if not size.isdecimal() or len(size) > 12 or int(size) > LARGEST:
        raise Refused(413, _TOO_LARGE)
    content, awaited = bytearray(), request.app.state.awaited
    task = awaited.begin()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > LARGEST:
                raise Refused(413, _TOO_LARGE)
    except asyncio.CancelledError as cancelled:
        if cancelled.args != (_LATE,):
            raise
        task.uncancel()
        fault = Fault("body", f"The body did not arrive within {SECONDS:g} seconds.", "Send it again.")
        raise Refused(408, fault) from None
    finally:
        awaited.end(task)
    return bytes(content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, _NOT_UTF8) from None


def _no_number(name: str) -> None:
    raise Refused(400, Fault("$", f"{name} is not JSON.", "Write a number such as 2."))


def _refuse_half_characters(value: Any) -> None:
    """Refuse half of a surrogate pair: it is no text, and could not be sent back in an answer."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(400, Fault("$", "There is half a character here.", "Send whole characters.")) from None
