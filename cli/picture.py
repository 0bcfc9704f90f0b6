"""`rhrt picture`: a suggestion drawn on the continuum of need."""

from typing import Any

from rhrt_cli.output import write
from rhrt_cli.reading import Given, record_options, suggest

from rhrt.present.picture import as_svg


@record_options
def command(**given: Any) -> None:
    """Print the suggestion for a record as a picture (SVG): the level on the continuum of need.

    RECORD is a file of YAML or JSON (rhrt record new writes one), or - for standard input. Or record
    nothing but what --present and --situation say.
    """
    write(as_svg(suggest(Given(**given))), "svg")
