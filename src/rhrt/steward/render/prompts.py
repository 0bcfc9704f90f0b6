"""The page of follow-up questions and prompts, and of what happens after the next steps."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.present.outline import IF_YES, if_yes
from rhrt.rulebook.model import Prompt
from rhrt.steward.render.links import case_links, indicator_links, source
from rhrt.steward.render.markup import Row, heading, listed, paragraph, said, table
from rhrt.steward.render.material import Material
from rhrt.steward.render.words import ALWAYS, Words

_ASKED = (
    "Asked after the concerns and before the answer, in this order, at most three of them. Each has yes, no and "
    "not known. One that would change no step is not asked."
)
_THOUGHT = (
    "Questions that make the reader think again. They stand beside the answer, the lowest rank first. None of them "
    "changes a level or a step."
)


def prompts(material: Material) -> Iterator[str]:
    """Write the body of the page of prompts."""
    words = Words(material.rulebook)
    columns = ("Prompt", "When it is shown", "Worked cases that show it")
    asked = material.rulebook.follow_up.values()
    if asked:
        yield heading(2, "follow-ups", "Follow-up questions")
        yield paragraph(_ASKED)
        yield from table("follow-ups", columns, (_prompt(material, words, one) for one in asked), "rules")
    yield heading(2, "prompts", "Think again")
    yield paragraph(_THOUGHT)
    ranked = sorted((one for one in material.rulebook.prompts if not one.if_yes), key=lambda one: one.rank)
    yield from table("prompts", columns, (_prompt(material, words, one) for one in ranked), "rules")
    yield heading(2, "afterwards", "What happens next")
    yield paragraph("For information only: no date is worked out from it.")
    rows = []
    for one in material.rulebook.afterwards:
        rule = f"afterwards/{one.id}"
        shown = f"{paragraph(one.text)}{paragraph(rule, 'source')}{source(material, one.source)}"
        when = listed(escape(alternative) for alternative in words.alternatives(one.when))
        rows.append(Row((shown, when, case_links(material, material.with_rules([rule]))), rule))
    yield from table("afterwards", columns, rows, "rules")


def _prompt(material: Material, words: Words, prompt: Prompt) -> Row:
    rule = f"prompt/{prompt.id}"
    editorial = "" if prompt.basis == "framework" else " It rests on knowledge from outside the documents."
    shown = (
        f"{paragraph(prompt.text, 'called')}{paragraph(prompt.why)}{_does(prompt)}"
        f"{paragraph(f'{rule}, rank {prompt.rank}.{editorial}', 'source')}{source(material, prompt.source)}"
    )
    return Row((shown, _when(material, words, prompt), case_links(material, material.with_rules([rule]))), rule)


def _does(prompt: Prompt) -> str:
    """Say what the answers to a follow-up question do."""
    if not prompt.if_yes:
        return ""
    known = f" If that is not known: {IF_YES[prompt.if_not_known]}." if prompt.if_not_known else ""
    return paragraph(f"If yes: {if_yes(prompt.if_yes)}.{known}", "detail")


def _when(material: Material, words: Words, prompt: Prompt) -> str:
    """Say what must be recorded, in which situation, and what the reader is asked to look at."""
    titles = {one.id: one.title for one in material.rulebook.circumstances}
    pieces = []
    if prompt.indicators:
        pieces.append(said("One of these is present", indicator_links(material, prompt.indicators)))
    if prompt.absent:
        lead = "Or one of these is marked absent" if pieces else "One of these is marked absent"
        pieces.append(said(lead, indicator_links(material, prompt.absent)))
    if prompt.circumstances:
        lead = "Or one of these circumstances is recorded" if pieces else "One of these circumstances is recorded"
        pieces.append(said(lead, (escape(titles.get(one, one)) for one in prompt.circumstances)))
    situations = words.alternatives(prompt.when)
    if situations != [ALWAYS]:
        lead = "And in this situation" if pieces else "In this situation"
        pieces.append(said(lead, map(escape, situations)))
    if prompt.consider:
        pieces.append(said("It points to", indicator_links(material, prompt.consider)))
    return "".join(pieces) or ALWAYS
