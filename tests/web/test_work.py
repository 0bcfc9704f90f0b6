"""What a request costs: refused, no more CPU than ten good assessments; and a search keeps nothing else waiting."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from itertools import permutations
from random import Random
from statistics import median
from threading import Event
from time import process_time
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

import pytest

from rhrt import Rulebook
from rhrt.interview.carried import Carried, write
from rhrt.interview.session import Place, Session
from rhrt.reasoning import assess as assessing
from rhrt.search.spot import LONGEST, Spotted
from rhrt.search.words import Words
from rhrt.web.application import application
from rhrt.web.searches import BUSY, MOST, Queue
from rhrt.web.settings import Settings
from tests.web.refused import FORM, Asked, refused, word

T = TypeVar("T")


class Answer(NamedTuple):
    """An answer: its status, its headers and its body."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


class Service:
    """A service asked without a network or a client, so that nothing but its own work is measured."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._app, self._loop = application(Settings(rulebooks=(rulebook,))), asyncio.new_event_loop()
        self.rulebook, self.searches = rulebook, self._app.state.searches

    def status(self, asked: Asked) -> int:
        """Ask, and give the status of the answer."""
        return self.run(self.ask(asked)).status

    def run(self, asking: Coroutine[Any, Any, T]) -> T:
        """Run what asks."""
        return self._loop.run_until_complete(asking)

    async def ask(self, asked: Asked) -> Answer:
        """Ask, and give the answer."""
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked.body or b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope(asked), receive, send)
        return Answer(sent[0]["status"], dict(sent[0]["headers"]), b"".join(one["body"] for one in sent[1:]))

    async def crowd(self, asked: Asked, queue: Queue) -> list[asyncio.Task[Answer]]:
        """Ask the same until no more may wait for it."""
        under_way = [asyncio.create_task(self.ask(asked)) for _ in range(MOST)]
        while queue.under_way < MOST:
            await asyncio.sleep(0)
        return under_way

    def cost(self, asked: Asked) -> float:
        """Give the CPU seconds of a request: the least of three, for what happens beside it only adds."""
        return min(self.spent(asked) for _ in range(3))

    def close(self) -> None:
        """End its loop."""
        self._loop.close()

    def spent_anew(self, asked: Asked) -> float:
        """Give the CPU seconds of a request where all that was remembered is forgotten."""
        assessing._engine_of(self.rulebook).conclusions.forget()
        return self.spent(asked)

    def spent(self, asked: Asked) -> float:
        """Give the CPU seconds of a request."""
        begun = process_time()
        self.status(asked)
        return process_time() - begun


def scope(asked: Asked) -> dict[str, Any]:
    """Write a request as a server hands it on."""
    headers = [(b"host", b"testserver")]
    if asked.body is not None:
        headers += [(b"content-type", asked.kind.encode()), (b"content-length", b"%d" % len(asked.body))]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "GET" if asked.body is None else "POST",
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "root_path": "",
        "query_string": asked.query.encode(),
        "headers": headers,
        "server": ("testserver", 80),
        "client": ("testclient", 1),
    }


SEARCHES = {
    "narratives": Asked("/v1/spot", "", b'{"text": "hungry"}'),
    "words": Asked("/v1/indicators", "q=hungry"),
}
OTHERS = (
    Asked("/v1/health"),
    Asked("/check"),
    Asked("/v1/assessments", "", b"{}"),
    Asked("/v1/prompt", "", b"{}"),
    Asked("/check/2", "", b"rulebook=herefordshire-2020", FORM),
)


@pytest.fixture(scope="module")
def service(rulebook: Rulebook) -> Iterator[Service]:
    made = Service(rulebook)
    yield made
    made.close()


def good(service: Service, rulebook: Rulebook) -> float:
    """Give the CPU seconds of a good assessment: the median of records of which no fact was seen before."""
    chance = Random()
    signs = [one.id for one in rulebook.indicators if one.recordable]
    records = [{"indicators": {"present": chance.sample(signs, 8)}} for _ in range(15)]
    asked = [Asked("/v1/assessments", "", json.dumps(record).encode()) for record in records]
    assert service.status(asked[0]) == 200
    return median(map(service.spent_anew, asked[1:]))


@pytest.mark.long
def test_a_refused_request_costs_at_most_ten_good_assessments(service: Service, rulebook: Rulebook) -> None:
    every = refused(rulebook)
    assert len(every) > 250
    assert {service.status(asked) for asked in every.values()} == {400, 404, 413, 422}
    most = 10 * good(service, rulebook)
    dear = [name for name, asked in every.items() if service.cost(asked) > most]
    # Once more, for the machine may have been busy elsewhere.
    assert [name for name in dear if service.cost(every[name]) > 10 * good(service, rulebook)] == []


def test_what_people_send_has_its_turn_between_large_bodies(service: Service) -> None:
    large = Asked("/v1/assessments", "", b"[" + b"{}," * 20_000 + b"{}]")
    done = list[str]()

    async def ask(name: str, asked: Asked) -> None:
        await service.ask(asked)
        done.append(name)

    async def crowd() -> None:
        bodies = [asyncio.create_task(ask("large", large)) for _ in range(5)]
        await asyncio.gather(*bodies, *(asyncio.create_task(ask("small", one)) for one in OTHERS))

    service.run(crowd())
    assert done.count("large") == 5
    assert "large" not in done[: len(OTHERS)]


def longest_narratives(rulebook: Rulebook) -> dict[str, str]:
    """Give narratives as long as one may be, by what makes them dear."""
    known = [word for one in rulebook.indicators for word in one.wording.lower().split() if word.isalpha()]
    common = ["child", "food", "home", "school", "parent", "hit", "mum", "dad", "sex", "drug"]
    return {
        "words that nobody uses": _longest([word(number) for number in range(2_000)]),
        "spelt wrongly": _longest([f"{one}{letter}" for one in known for letter in "qxz"]),
        "one sentence": _longest(known),
        "short sentences": _longest([f"{one}." for one in known]),
        "clauses": _longest([f"{a} {b} {c}," for a, b, c in zip(known, known[1:], known[2:], strict=False)]),
        "clauses of common words": _longest([f"{a} {b} {c}," for a, b, c in permutations(common, 3)]),
    }


def _longest(words: Sequence[str]) -> str:
    chance = Random(0)
    return " ".join(chance.choice(words) for _ in range(LONGEST))[:LONGEST]


@pytest.mark.long
def test_the_longest_narrative_costs_at_most_250_good_assessments(service: Service, rulebook: Rulebook) -> None:
    """It is some 300 to 1,300 where SQLite is asked anew for every clause, or every spelling is sought."""
    narratives = longest_narratives(rulebook)
    dear = [name for name, text in narratives.items() if not _is_cheap(service, rulebook, text)]
    assert [name for name in dear if not _is_cheap(service, rulebook, narratives[name])] == []


def _is_cheap(service: Service, rulebook: Rulebook, text: str) -> bool:
    asked = Asked("/v1/spot", "", json.dumps({"text": text, "limit": 50}).encode())
    return service.status(asked) == 200 and service.cost(asked) <= 250 * good(service, rulebook)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let no search in words end before this is set."""
    going_on = Event()
    fit = Words.fit

    def waiting(words: Words, text: Iterable[str]) -> tuple[dict[str, int], int]:
        assert going_on.wait(60)
        return fit(words, text)

    monkeypatch.setattr(Words, "fit", waiting)
    yield going_on
    going_on.set()


@pytest.mark.parametrize("kind", SEARCHES)
def test_nothing_else_waits_for_a_search_and_few_searches_wait(kind: str, service: Service, held: Event) -> None:
    """All of it in one event loop: where a search held it, the others would not be answered."""

    async def asked() -> tuple[list[Answer], Answer, list[Answer]]:
        under_way = await service.crowd(SEARCHES[kind], getattr(service.searches, kind))
        others = [await service.ask(one) for one in OTHERS]
        one_more = await service.ask(SEARCHES[kind])
        held.set()
        return others, one_more, [*[await one for one in under_way], await service.ask(SEARCHES[kind])]

    others, one_more, searched = service.run(asked())
    assert [one.status for one in others] == [200] * len(OTHERS)
    assert one_more.status == 503
    assert one_more.headers[b"retry-after"].isdigit()
    assert json.loads(one_more.body)["faults"] == [BUSY._asdict()]
    assert [one.status for one in searched] == [200] * (MOST + 1)


def test_a_few_words_do_not_wait_for_narratives(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = Event()
    monkeypatch.setattr("rhrt.search.spot.spot", lambda *_: Spotted((), ()) if going_on.wait(60) else None)

    async def asked() -> tuple[Answer, Answer, list[Answer]]:
        under_way = await service.crowd(SEARCHES["narratives"], service.searches.narratives)
        found, on_page = await service.ask(SEARCHES["words"]), await service.ask(_words_typed(service.rulebook))
        going_on.set()
        return found, on_page, [await one for one in under_way]

    found, on_page, searched = service.run(asked())
    assert json.loads(found.body)["indicators"][0]["indicator"] == "lack-of-food"
    assert "Which is nearest" in on_page.body.decode()
    assert {one.status for one in searched} == {200}


def test_the_page_says_what_to_do_where_too_many_search(service: Service, held: Event) -> None:
    asked = _words_typed(service.rulebook)

    async def one_too_many() -> Answer:
        under_way = await service.crowd(asked, service.searches.words)
        answer = await service.ask(asked)
        held.set()
        assert {(await one).status for one in under_way} == {200}
        return answer

    refused_one = service.run(one_too_many())
    assert refused_one.status == 503
    assert refused_one.headers[b"retry-after"].isdigit()
    said = refused_one.body.decode()
    assert "Too many people are searching just now" in said
    assert "Your answers are still there." in said
    assert "call 999" in said


def _words_typed(rulebook: Rulebook) -> Asked:
    """Press the button of the page that takes words."""
    first = [field.id for field in rulebook.situation if field.ask_first]
    session = Session(rulebook, situation=dict.fromkeys(first, "no"))
    state = write(Carried(session.at(Place("words"))))
    return Asked("/check/3", "", urlencode({"state": state, "press": "on", "words": "hungry"}).encode(), FORM)
