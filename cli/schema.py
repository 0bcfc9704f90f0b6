"""`rhrt schema`: the JSON Schema of what people write and of what machines read."""

import click
from rhrt_cli.output import as_json, write

from rhrt.schema import schema_of

KINDS = (
    "record", "suggestion", "case", "rulebook", "indicators", "ways", "ladders", "circumstances", "services",
    "synonyms", "routes", "actions", "prompts", "afterwards", "safety", "coverage",
)  # fmt: skip


@click.argument("kind", type=click.Choice(KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of a file of a rulebook, of a record, or of an answer."""
    write(as_json(schema_of(kind)), "json")
