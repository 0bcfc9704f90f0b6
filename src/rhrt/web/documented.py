"""How an endpoint says what it takes and gives, for the description of the API."""

from pathlib import Path
from typing import Any

from rhrt.parser import read

PROBLEMS: Any = read(Path(__file__).with_name("problems.yaml")).value
"""Each status of a failure, in words."""

BODY = (400, 408, 413, 415, 422)
"""What can be wrong with a body."""

Documented = dict[int | str, dict[str, Any]]


def answers(*problems: int, schema: str | None = None, kind: str = "application/json") -> Documented:
    """Describe the answers of an endpoint: one of a schema, or a problem. 401 is always possible."""
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "string"}
    described: Documented = {200: {"description": "The answer.", "content": {kind: {"schema": shape}}}}
    fault = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted({401, *problems}):
        described[status] = {"description": PROBLEMS[f"{status}"], "content": fault}
    return described


def takes(schema: str | dict[str, Any], examples: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe the body that an endpoint takes: by the name of its schema, or by the schema itself."""
    body = {"schema": {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema}
    content = {**body, "examples": examples} if examples else body
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def parameters(**described: dict[str, Any]) -> dict[str, Any]:
    """Describe the parameters of an address: each with its schema; `required` beside it where it must be there."""
    made = []
    for name, schema in described.items():
        required = schema.pop("required", False)
        made.append({"name": name, "in": "query", "required": required, "schema": schema})
    return {"parameters": made}
