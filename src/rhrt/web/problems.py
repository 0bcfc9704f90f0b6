"""What is answered where there is no answer: problem details (RFC 9457) that name the field and the remedy."""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from rhrt.faults import BadInput, Fault, NoAnswer, NotWhole

SECONDS_TO_WAIT = "5"
"""After how many seconds somebody may ask again where too many ask."""

PROBLEM = "application/problem+json"
"""The media type of a problem."""

_KNOWN = {
    404: Fault("path", "There is nothing at this address.", "Look at /v1/openapi.json for what there is."),
    405: Fault("method", "This address does not take that method.", "Use a method that the Allow header names."),
}


class Refused(Exception):  # noqa: N818 - named for what it is, not for the mechanism
    """A request cannot be taken as it came: an HTTP status with every fault found."""

    def __init__(self, status: int, *faults: Fault) -> None:
        self.status, self.faults = status, faults
        super().__init__(HTTPStatus(status).phrase)


def problem(status: int, faults: Iterable[Fault] = (), detail: str = "") -> Response:
    """Make the answer to a request that failed."""
    listed = list(faults)
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or " ".join(f"{fault.what} {fault.remedy}" for fault in listed[:3]),
        "faults": [fault._asdict() for fault in listed],
    }
    return Response(to_json(document), status, media_type=PROBLEM)


def answer_with_problems(app: FastAPI) -> None:
    """Let every failure of an application be answered with a problem."""
    app.exception_handler(BadInput)(_bad_input)
    app.exception_handler(Refused)(_refused)
    app.exception_handler(NoAnswer)(_no_answer)
    app.exception_handler(HTTPException)(_http)


async def _bad_input(_request: Request, error: BadInput) -> Response:
    return problem(422, map(_over_http, error.faults))


def _over_http(fault: Fault) -> Fault:
    """Name the address that does what a command does: who asks here may have no shell."""
    return fault._replace(remedy=fault.remedy.replace("rhrt find WORDS", "GET /v1/indicators?q=WORDS"))


async def _refused(_request: Request, error: Refused) -> Response:
    answer = problem(error.status, error.faults)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if error.status == 503:
        answer.headers["Retry-After"] = SECONDS_TO_WAIT
    return answer


def status_of(error: NoAnswer) -> int:
    """Give the status where there is no answer: 503 where it is the rulebook that gives none, else 500."""
    return 503 if isinstance(error, NotWhole) else 500


async def _no_answer(_request: Request, error: NoAnswer) -> Response:
    """Say whom to ring and what to do, and no level."""
    return problem(status_of(error), (), error.advice)


async def _http(_request: Request, error: HTTPException) -> Response:
    known = _KNOWN.get(error.status_code)
    answer = problem(error.status_code, [known] if known else [], "" if known else "The request cannot be taken.")
    answer.headers.update(error.headers or {})
    if answer.headers.get("Allow") == "GET":
        answer.headers["Allow"] = "GET, HEAD"
    return answer
