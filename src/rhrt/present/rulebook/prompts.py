"""The page of prompts, and of what happens after the next steps."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.rulebook.links import case_links, indicator_links, source
from rhrt.present.rulebook.markup import Row, heading, listed, paragraph, table
from rhrt.present.rulebook.material import Material
from rhrt.present.rulebook.words import Words
from rhrt.rulebook.model import Prompt

_INTRO = (
    "Questions that make the reader think again. They stand beside the answer, the lowest rank first. None of them "
    "changes a level."
)


def prompts(material: Material) -> Iterator[str]:
    """Write the body of the page of prompts."""
    words = Words(material.rulebook)
    yield paragraph(_INTRO)
    yield heading(2, "prompts", "Think again")
    ranked = sorted(material.rulebook.prompts, key=lambda one: one.rank)
    columns = ("Prompt", "When it is shown", "Worked cases that show it")
    yield from table("prompts", columns, (_prompt(material, words, one) for one in ranked), "rules")
    yield heading(2, "afterwards", "What happens next")
    yield paragraph("For information only: no date is worked out from it.")
    rows = []
    for one in material.rulebook.afterwards:
        rule = f"afterwards/{one.id}"
        said = f"{paragraph(one.text)}{paragraph(rule, 'source')}{source(material, one.source)}"
        when = listed(escape(alternative) for alternative in words.alternatives(one.when))
        rows.append(Row((said, when, case_links(material, material.with_rules([rule]))), rule))
    yield from table("afterwards", columns, rows, "rules")


def _prompt(material: Material, words: Words, prompt: Prompt) -> Row:
    rule = f"prompt/{prompt.id}"
    editorial = "" if prompt.basis == "framework" else " It rests on knowledge from outside the documents."
    said = (
        f'<p class="name">{escape(prompt.text)}</p>{paragraph(prompt.why)}'
        f"{paragraph(f'{rule}, rank {prompt.rank}.{editorial}', 'source')}{source(material, prompt.source)}"
    )
    return Row((said, _when(material, words, prompt), case_links(material, material.with_rules([rule]))), rule)


def _when(material: Material, words: Words, prompt: Prompt) -> str:
    """Say what must be recorded, in which situation, and what the reader is asked to look at."""
    titles = {one.id: one.title for one in material.rulebook.circumstances}
    pieces = []
    if prompt.indicators:
        pieces.append(f"<p>One of these is present:</p>{indicator_links(material, prompt.indicators)}")
    if prompt.circumstances:
        or_ = "Or one" if prompt.indicators else "One"
        listed_ = listed(escape(titles.get(one, one)) for one in prompt.circumstances)
        pieces.append(f"<p>{or_} of these circumstances is recorded:</p>{listed_}")
    said = words.alternatives(prompt.when)
    and_ = "And" if pieces else "The situation"
    pieces.append(f"<p>{and_}:</p>{listed(map(escape, said))}")
    if prompt.consider:
        pieces.append(f"<p>It points to:</p>{indicator_links(material, prompt.consider)}")
    return "".join(pieces)
