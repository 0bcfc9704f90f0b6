"""Requests that are refused, each as large as the service takes one: what costs most to refuse, of every kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote_plus

from rhrt import Record, Rulebook
from rhrt.interview.carried import Carried, of_record, write
from rhrt.web.request import LARGEST, MOST_FIELDS

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
HOOK = "/cds-services/rhrt-level-of-need"
RECORDS = ("/v1/assessments", "/v1/prompt")
LONGEST_ADDRESS = 60_000
"""How many bytes of an address a server lets through, about."""


class Asked(NamedTuple):
    """A request: its path, its query, and its body, if any, of a content type."""

    path: str
    query: str = ""
    body: bytes | None = None
    kind: str = JSON


def word(number: int, length: int = 6) -> str:
    """Give a word, another for each number up to 300 million."""
    left = number * 7_919 % 26**6
    letters = "".join(chr(ord("a") + left // 26**place % 26) for place in range(6))
    return (letters * (length // 6 + 1))[:length]


def filled(entry: Callable[[int], str], before: str = "", after: str = "", size: int = LARGEST) -> str:
    """Write as many entries, with commas between them, as there is room for."""
    room, entries = size - len((before + after).encode()), list[str]()
    while (room := room - len((made := entry(len(entries))).encode()) - 1) >= 0:
        entries.append(made)
    return before + ",".join(entries) + after


def in_any_json() -> Iterator[tuple[str, str | bytes]]:
    """Give bodies that no endpoint takes."""
    yield "the last key is the first again", filled(lambda at: f'"{word(at)}":1', '{"twice":1,', ',"twice":1}')
    yield "the last two keys are the same", filled(lambda at: f'"{word(at)}":1', "{", ',"twice":1,"twice":1}')
    yield "one key again and again", filled(lambda _: '"a":1', "{", "}")
    yield "many objects with a key twice in the last", filled(lambda _: "{}", "[", ',{"a":1,"a":1}]')
    for deep in (21, 600, 900, 5_000, LARGEST // 2):
        yield f"lists {deep} deep", "[" * deep + "]" * deep
    yield "objects deep", '{"a":' * 10_000 + "1" + "}" * 10_000
    yield "twenty deep, many times", filled(lambda _: "[" * 19 + "]" * 19, "[", "]")
    yield "never closed", "[" * LARGEST
    yield "closed too often", "]" * LARGEST
    yield "never closed and not deep", filled(lambda _: "[]", "[")
    yield "quotes that do not end", '"' + '\\"' * (LARGEST // 2 - 1)
    yield "broken at its end", filled(lambda at: f'"{word(at)}":1', "{", ",}")
    yield "no number at its end", filled(lambda _: "1", "[", ",NaN]")
    yield "a long number at its end", filled(lambda _: "1", "[", f",{'9' * 5_000}]")
    yield "one long number", "9" * LARGEST
    yield "half a character", filled(lambda _: '"\\ud800"', "[", "]")
    yield "half a character at its end", filled(lambda _: '"\\u0061"', "[", ',"\\ud800"]')
    yield "not UTF-8 at its end", b'"' + "é".encode() * (LARGEST // 2 - 2) + b"\xff"
    yield "too large", "[" * (LARGEST + 1)


def in_shape() -> Iterator[tuple[str, str]]:
    """Give documents that are JSON, but nothing that is asked for."""
    yield "a list of nothing", filled(lambda _: "0", "[", "]")
    yield "a list of objects", filled(lambda _: "{}", "[", "]")
    yield "one long word", json.dumps("x" * (LARGEST - 2))
    yield "unknown keys", filled(lambda at: f'"{word(at)}":1', "{", "}")
    yield "unknown keys that are long", filled(lambda at: f'"{word(at, 100)}":1', "{", "}")
    yield "unknown keys nearly right", filled(lambda at: f'"indicators{word(at, 4)}":1', "{", "}")


def of_records(rulebook: Rulebook, size: int) -> Iterator[tuple[str, str]]:
    """Give records that cannot be assessed."""
    known = next(one.id for one in rulebook.indicators if one.recordable)
    question = rulebook.situation[0].id
    for mark in ("present", "absent", "not_known"):
        inside = ('{"indicators":{"' + mark + '":[', "]}}")
        yield f"numbers as {mark}", filled(lambda _: "1", *inside, size=size)
        yield f"objects as {mark}", filled(lambda _: "{}", *inside, size=size)
        yield f"unknown ids as {mark}", filled(lambda at: f'"{word(at)}"', *inside, size=size)
    inside = ('{"indicators":{"present":[', "]}}")
    yield "unknown ids that are long", filled(lambda at: f'"{word(at, 100)}"', *inside, size=size)
    yield "ids nearly right", filled(lambda at: f'"{known}{word(at, 4)}"', *inside, size=size)
    yield "an unknown id after known ones", filled(lambda _: f'"{known}"', inside[0], ',"x"]}}', size=size)
    yield "a number after words", filled(lambda _: '""', inside[0], ",1]}}", size=size)
    both = '{"indicators":{"absent":["' + known + '"],"present":['
    yield "marked present and absent", filled(lambda _: f'"{known}"', both, "]}}", size=size)
    yield "unknown circumstances", filled(lambda at: f'"{word(at)}"', '{"circumstances":[', "]}", size=size)
    yield "unknown questions", filled(lambda at: f'"{word(at)}":"yes"', '{"situation":{', "}}", size=size)
    yield "numbers as answers", filled(lambda at: f'"{word(at)}":1', '{"situation":{', "}}", size=size)
    yield "one long answer", json.dumps({"situation": {question: "x" * (size - 100)}})
    for part in ("child", "indicators", "judgement"):
        inside = ('{"' + part + '":{', "}}")
        yield f"unknown keys in {part}", filled(lambda at: f'"{word(at)}":1', *inside, size=size)
    yield "a rulebook with a long name", json.dumps({"rulebook": "x" * (size - 20)})


def of_contexts(rulebook: Rulebook, size: int) -> Iterator[tuple[str, str]]:
    """Give contexts with keys of others by which a sign would be lost."""
    known = next(one.id for one in rulebook.indicators if one.recordable)
    yield "too many keys of others", filled(lambda at: f'"{word(at)}":1', "{", "}", size=size)
    yield (
        "keys of others that are long",
        filled(lambda at: f'"{word(at, 1_000)}":1', "{", ',"x":1,"indicator":1}', size=size),
    )
    yield (
        "a sign at the end of what is not read",
        filled(lambda at: f'"{word(at)}"', '{"others":[', f',"{known}"]}}', size=size),
    )
    yield (
        "a question at the end of what is not read",
        filled(lambda _: '""', '{"others":[', f',{{"{rulebook.situation[0].id}":1}}]}}', size=size),
    )


def of_feedback() -> Iterator[tuple[str, str]]:
    """Give feedback that cannot be counted."""
    inside = ('{"feedback":[', "]}")
    yield "outcomes of nothing", filled(lambda _: "{}", *inside)
    yield "numbers as outcomes", filled(lambda _: "1", *inside)
    yield "unknown keys in an outcome", filled(lambda at: f'"{word(at)}":1', '{"feedback":[{', "}]}")
    right = '{"card":"","outcome":"overridden","outcomeTimestamp":"2026-01-31T09:30:00Z"}'
    yield "a wrong outcome after right ones", filled(lambda _: right, inside[0], ",{}]}")
    accepted = ('{"feedback":[{"acceptedSuggestions":[', "]}]}")
    yield "numbers as suggestions", filled(lambda _: "1", *accepted)
    yield "suggestions of nothing", filled(lambda _: "{}", *accepted)


def of_addresses() -> Iterator[tuple[str, Asked]]:
    """Give addresses that ask for nothing there is."""
    names = filled(word, size=LONGEST_ADDRESS).replace(",", "&")
    for path in ("/v1/health", "/v1/rulebooks", "/v1/indicators", "/v1/metrics", "/prompt", "/cds-services"):
        yield "many names", Asked(path, names)
        yield "nothing between", Asked(path, "&" * LONGEST_ADDRESS + "x")
    again = "&".join(["q=1"] * (LONGEST_ADDRESS // 4))
    yield "one name again and again", Asked("/v1/indicators", again)
    yield (
        "names nearly right",
        Asked("/v1/indicators", filled(lambda at: f"limi{word(at, 3)}", size=LONGEST_ADDRESS).replace(",", "&")),
    )
    yield "too many words", Asked("/v1/indicators", "q=" + "x+" * (LONGEST_ADDRESS // 2 - 2))
    yield "escaped words", Asked("/v1/indicators", "q=" + "%41" * (LONGEST_ADDRESS // 3))
    yield "a long rulebook", Asked("/v1/indicators", "q=a&rulebook=" + "x" * LONGEST_ADDRESS)
    yield "a long limit", Asked("/v1/indicators", "q=a&limit=" + "9" * LONGEST_ADDRESS)
    yield "a long path", Asked("/v1/rulebooks/" + "x" * LONGEST_ADDRESS)
    yield "a long page", Asked("/check/" + "x" * LONGEST_ADDRESS)


def of_forms(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give forms that no page of ours sends."""
    begun = Carried(of_record(Record(), rulebook))
    state = json.loads(write(begun))
    yield "many fields", "&".join(f"{word(at, 3)}=1" for at in range(LARGEST // 6))
    yield "as many fields as may be", "&".join(f"{word(at, 28)}=1" for at in range(MOST_FIELDS))
    yield "no state", "state=" + "x" * (LARGEST - 6)
    yield "an escaped state", "state=" + "%41" * (LARGEST // 3 - 2)
    yield "a deep state", "state=" + "[" * (LARGEST - 6)
    yield "many answers", f"state={quote_plus(write(begun))}&" + "&".join(["answer=1"] * (MOST_FIELDS - 2))
    places = [["list", "+other"], ["rungs", rulebook.ladders[0].rungs[0], *rulebook.ladders[0].rungs]]
    for place in places:
        gone = json.dumps({**state, "trail": [place] * 29 + [["nowhere"]]})
        yield f"a trail of {place[0]} to nowhere", "state=" + quote_plus(gone)
    for name, record in of_records(rulebook, LARGEST // 2):
        written = json.dumps({**state, "record": {"rulebook": rulebook.id, **json.loads(record)}})
        yield f"a record with {name}", "state=" + quote_plus(written, safe='{}[]:",')


def refused(rulebook: Rulebook) -> dict[str, Asked]:
    """Give every such request, by its path and what is wrong with it."""
    return {f"{asked.path[:40]}: {name}": asked for name, asked in _every(rulebook)}


def _every(rulebook: Rulebook) -> Iterator[tuple[str, Asked]]:
    feedback, spot = f"{HOOK}/feedback", "/v1/spot"
    for name, body in (*in_any_json(), *in_shape()):
        content = body if isinstance(body, bytes) else body.encode()
        for path in (*RECORDS, spot, HOOK, feedback):
            yield name, Asked(path, "", content)
    call = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    hook = f'{{"hook":"alt.rhrt.safeguarding-referral-draft","hookInstance":"{call}","context":'
    for name, record in of_records(rulebook, LARGEST - len(hook) - 1):
        for path in RECORDS:
            yield name, Asked(path, "", record.encode())
        yield name, Asked(HOOK, "", f"{hook}{record}}}".encode())
    for name, context in of_contexts(rulebook, LARGEST - len(hook) - 1):
        yield name, Asked(HOOK, "", f"{hook}{context}}}".encode())
    for name, body in of_feedback():
        yield name, Asked(feedback, "", body.encode())
    yield "too long a text", Asked(spot, "", json.dumps({"text": "x " * 32_000}).encode())
    yield from of_addresses()
    for name, form in of_forms(rulebook):
        for path in ("/check/2", "/check/result"):
            yield name, Asked(path, "", form.encode(), FORM)
