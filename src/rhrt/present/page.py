"""A suggestion as a page of HTML that needs nothing else: to read on a screen, and to print on one sheet."""

from rhrt.present.html import Prose, templates
from rhrt.present.outline import further, outline
from rhrt.present.picture import picture
from rhrt.suggestion import Suggestion

_PAGE = templates().get_template("page.html")


def as_page(suggestion: Suggestion, more: bool = False) -> str:
    """Write a suggestion as one page of HTML, ending in a line break. What is held back opens on the page."""
    said = outline(suggestion, more)
    return _PAGE.render(
        suggestion=suggestion,
        rulebook=suggestion.rulebook,
        said=said,
        further=further(said, outline(suggestion, more=True)) if said.held_back else (),
        picture=picture(suggestion),
        prose=Prose(suggestion.rulebook).html,
    )
