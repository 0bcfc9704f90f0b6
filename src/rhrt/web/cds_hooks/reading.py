"""Reading a document of CDS Hooks against its shape."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from rhrt.faults import BadInput
from rhrt.shape import faults_of, few_unknown_keys, json_path


def expect(shape: TypeAdapter[Any], document: Any) -> Any:
    """Give the document. Raises BadInput with every fault where it has another shape."""
    try:
        return shape.validate_python(few_unknown_keys(document, _KEYS), strict=True)
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False), document, json_path, _KEYS)
    raise BadInput(faults)


_KEYS = ("hook", "hookInstance", "context", "prefetch", "feedback", "card", "outcome", "outcomeTimestamp",
         "acceptedSuggestions", "overrideReason", "reason", "userComment", "code", "system", "display")  # fmt: skip
