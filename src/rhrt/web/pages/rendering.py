"""Writing a page of HTML from its template, with the style sheets and scripts that it asks for.

The templates hold the markup, and GOV.UK's macros the components.
"""

from hashlib import sha256
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from rhrt.faults import BadInput, Fault
from rhrt.files import read_bytes
from rhrt.interview.questions import OUT, WAYS
from rhrt.present.html import Prose
from rhrt.present.outline import if_worse_numbers
from rhrt.rulebook.model import Rulebook
from rhrt.web.govuk import FILES

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_BEGIN = """import {{ initAll }} from "./{}";
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
"""


class Files(NamedTuple):
    """What is served beside the pages: content by name, and which of it each page asks for."""

    content: dict[str, bytes]
    sheets: tuple[str, ...]
    scripts: tuple[str, ...] = ()


def gather(govuk: Path | None) -> Files:
    """Read the files: those of GOV.UK Frontend from a folder, or our own plain style sheet in their place.

    Raises BadInput where the folder does not hold them.
    """
    ours = _named("pages.css", _own("pages.css"))
    if govuk is None:
        plain = _named("plain.css", _own("plain.css"))
        return Files({**plain, **ours}, (*plain, *ours))
    styles, script = (_named(name, _read(govuk / name)) for name in FILES)
    begin = _named("begin.js", _BEGIN.format(*script).encode())
    return Files({**styles, **script, **ours, **begin}, (*styles, *ours), tuple(begin))


def kind(name: str) -> str:
    """Give the media type of a file."""
    return _KINDS[Path(name).suffix]


class Pages:
    """The templates, ready for one service: where it is put, and its style sheets."""

    def __init__(self, root: str, files: Files) -> None:
        macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        self._environment = Environment(
            loader=ChoiceLoader([PackageLoader("rhrt.web.pages"), macros]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["prose"] = lambda text, rulebook: Prose(rulebook).html(text)
        self._environment.globals.update(
            root=root, sheets=files.sheets, scripts=files.scripts, numbers=if_worse_numbers, apart={*WAYS, OUT}
        )

    def html(self, template: str, rulebook: Rulebook | None = None, **given: Any) -> str:
        """Write a page about a rulebook, or about none."""
        name = f"{rulebook.title}, {rulebook.area}" if rulebook else "A worry about a child"
        return self._environment.get_template(template).render(rulebook=rulebook, name=name, **given)


def _own(name: str) -> bytes:
    return resources("rhrt.web.pages").joinpath("static", name).read_bytes()


def _named(name: str, content: bytes) -> dict[str, bytes]:
    stem, _, suffix = name.rpartition(".")
    return {f"{stem}-{sha256(content).hexdigest()[:12]}.{suffix}": content}


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except BadInput:
        remedy = "Fill the folder: rhrt govuk FOLDER."
        raise BadInput([Fault(str(path), "This file of GOV.UK Frontend is not there.", remedy)]) from None
