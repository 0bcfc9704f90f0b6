"""The JSON Schema of everything that people write and of the answer that machines read."""

from typing import Any, get_type_hints

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from rhrt.record import Record
from rhrt.rulebook.model import Ways
from rhrt.rulebook.written import FILES, IndicatorsFile
from rhrt.steward.cases import WorkedCase
from rhrt.suggestion import Suggestion

_SAID = {"notice": str, "review_by": str | None}
_PARTS = {"level": None, "level_name": str | None, **get_type_hints(Suggestion), **_SAID}
_KEYS: dict[str, Any] = {name: (kind, ...) for name, kind in _PARTS.items() if name not in ("record", "rulebook")}

SuggestionDocument = create_model(
    "SuggestionDocument",
    __doc__="The document that machines read. `would_change` and `prompts` are beside the level, never behind it.",
    **_KEYS,
)

KINDS: dict[str, Any] = {
    **FILES,
    "indicators": IndicatorsFile,
    "ways": Ways,
    "case": WorkedCase,
    "record": Record,
    "suggestion": SuggestionDocument,
}
"""Each kind of document with the type that describes it."""


class Readable(GenerateJsonSchema):
    """Leaves out the titles that repeat each key, which clutter what an editor shows."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        """Give no title to a key."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Say nothing of defaults, which are the program's."""
        made = super().default_schema(schema)
        made.pop("default", None)
        return made


def schema_of(kind: str) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of one kind of document."""
    made = TypeAdapter(KINDS[kind]).json_schema(schema_generator=Readable)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
