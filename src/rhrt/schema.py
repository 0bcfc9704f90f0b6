"""The JSON Schema of everything that people write and of the answer that machines read."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import TypedDict

from rhrt import suggestion
from rhrt.record import Record
from rhrt.rulebook.model import Circumstance, Service
from rhrt.rulebook.written import FILES, IndicatorsFile
from rhrt.steward.cases import WorkedCase


class SuggestionDocument(TypedDict):
    """The document that machines read. `would_change` and `prompts` are beside the level, never behind it."""

    level: int | None
    level_name: str | None
    route: str | None
    urgency: str
    harm: bool
    reasons: list[suggestion.Reason]
    actions: list[suggestion.NextStep]
    also_recorded: list[suggestion.Reason]
    strengths: list[suggestion.Reason]
    questions: list[suggestion.OpenQuestion]
    follow_ups: list[suggestion.FollowUp]
    could_be: suggestion.CouldBe
    would_change: list[suggestion.Change]
    prompts: list[suggestion.ShownPrompt]
    afterwards: list[suggestion.Next]
    neighbours: list[suggestion.Neighbours]
    undefined: list[suggestion.Undefined]
    circumstances: list[Circumstance]
    services: list[Service]
    judgement: suggestion.Agreement | None
    receipt: suggestion.Receipt
    notice: str
    review_by: str | None


KINDS: dict[str, Any] = {
    **FILES,
    "indicators": IndicatorsFile,
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
