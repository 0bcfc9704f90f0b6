"""`rhrt show`: one indicator, with its ladder."""

from collections.abc import Iterator

import click
from rhrt_cli.options import again, completing, in_use, indicator_ids, rulebook_option

from rhrt.faults import BadInput, Fault, nearest
from rhrt.present.outline import cite
from rhrt.present.terminal import wrap
from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import Indicator, Ladder, Rulebook


@click.argument("id_", metavar="ID", shell_complete=completing(indicator_ids))
@rulebook_option
def command(id_: str, rulebook_name: str | None) -> None:
    """Show one indicator: its words as printed, its level, its ladder, its source, and how people say it.

    ID may also be a concern of rhrt spot: then its signs are shown.
    """
    rulebook = in_use(load_rulebook(rulebook_name))
    if ladder := next((one for one in rulebook.ladders if one.id == id_), None):
        click.echo("\n".join(_concern(ladder, rulebook)))
        return
    indicator = rulebook.indicator.get(rulebook.aliases.get(id_, id_))
    if id_ in rulebook.taken_out:
        raise BadInput([Fault("ID", rulebook.taken_out[id_].what, "The rulebook of that edition has its words.")])
    if indicator is None:
        remedy = (
            nearest(id_, [*rulebook.indicator, *(one.id for one in rulebook.ladders)])
            or f"Find it by plain words: rhrt find WORDS{again()}."
        )
        raise BadInput([Fault("ID", f"There is no indicator '{id_[:80]}'.", remedy)])
    click.echo("\n".join(_lines(indicator, rulebook)))


def _concern(ladder: Ladder, rulebook: Rulebook) -> Iterator[str]:
    """Give the signs of a concern by their words, from the mildest to the gravest."""
    yield ladder.title
    for id_ in ladder.rungs:
        yield from wrap(f"“{rulebook.indicator[id_].wording}”", "  - ")
        yield f"    {id_}"
    yield from wrap(f"The mildest is first. To record one: rhrt assess --present ID{again()}.")


def _lines(indicator: Indicator, rulebook: Rulebook) -> Iterator[str]:
    yield from wrap(f"“{indicator.wording}”")
    yield f"Level {indicator.level}, {rulebook.level[indicator.level].name}"
    titles = {heading.id: heading.title for heading in rulebook.headings}
    if indicator.heading:
        yield f"Heading: {titles[indicator.heading]}"
    if indicator.shown_under:
        yield f"Also belongs under: {titles[indicator.shown_under]}"
    for basis in rulebook.bases:
        if basis.id == indicator.basis:
            yield from wrap(f"Basis: {basis.meaning}")
    number = f", indicator {indicator.n}" if indicator.n else ""
    yield f"Source: {cite(rulebook, indicator.source)}{number}"
    yield f"Id: {indicator.id}"
    if not indicator.recordable:
        yield "It states nothing, so it cannot be recorded."
    for ladder in rulebook.ladders_of(indicator.id):
        yield ""
        yield from _ladder(ladder, indicator, rulebook)
    yield ""
    yield "People also say"
    for words in indicator.also:
        yield f"  - {words}"


def _ladder(ladder: Ladder, shown: Indicator, rulebook: Rulebook) -> Iterator[str]:
    yield f"Ladder: {ladder.title}"
    for id_ in (*([ladder.strength] if ladder.strength else []), *ladder.rungs):
        rung = rulebook.indicator[id_]
        here = " (this one)" if rung is shown else ""
        yield from wrap(f"Level {rung.level}{here}: “{rung.wording}”", "  - ")
