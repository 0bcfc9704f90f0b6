"""Writing a page of HTML from its template. The templates hold the markup, and GOV.UK's macros the components."""

from __future__ import annotations

from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from rhrt.interview.concerns import BY_LIST, BY_WORDS, NONE, OUT
from rhrt.interview.question import Choice
from rhrt.present.html import Prose
from rhrt.present.outline import if_worse_numbers
from rhrt.rulebook.model import Rulebook
from rhrt.web.pages.files import Files


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
        self._environment.filters["prose"] = _prose
        self._environment.globals.update(
            root=root, sheets=files.sheets, scripts=files.scripts, numbers=if_worse_numbers, apart=_apart
        )

    def html(self, template: str, rulebook: Rulebook | None = None, **given: Any) -> str:
        """Write a page about a rulebook, or about none."""
        name = f"{rulebook.title}, {rulebook.area}" if rulebook else "A worry about a child"
        return self._environment.get_template(template).render(rulebook=rulebook, name=name, **given)


def _prose(text: str, rulebook: Rulebook) -> Markup:
    """Escape a text, with each number of the rulebook's contacts as a link that rings it."""
    return Markup(Prose(rulebook).html(text))  # noqa: S704 - Prose escapes all else


def _apart(choice: Choice) -> bool:
    """Say whether a choice stands apart from the others, being a way elsewhere and no answer."""
    return choice.value in {BY_WORDS, BY_LIST, NONE, OUT}
