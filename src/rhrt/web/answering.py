"""From a record document to a suggestion, with a rulebook that is served."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic_core import to_json

from rhrt.reasoning.assess import assess
from rhrt.record import Record, check
from rhrt.shape import Where, json_path
from rhrt.suggestion import Suggestion
from rhrt.web.settings import Settings


def suggested(document: Any, settings: Settings, where: Where = json_path) -> tuple[Record, Suggestion]:
    """Give the record and the suggestion for it; `where` names a place in the document.

    Raises BadInput with every fault, and NoAnswer.
    """
    record = Record.model_validate(document, where)
    rulebook = settings.rulebook(record.rulebook, where(("rulebook",)))
    if where is not json_path:
        check(record, rulebook, where)
    return record, assess(record, rulebook)


def answer(document: Any) -> Response:
    """Answer with a document as JSON."""
    return Response(to_json(document), media_type="application/json")
