"""`rhrt spot`: the concerns to look at in what somebody told."""

from collections.abc import Iterator

import click
from rhrt_cli.options import FileName, again, content_of, in_use, printable, rulebook_option
from rhrt_cli.output import as_json, write

from rhrt.faults import BadInput, Fault
from rhrt.files import decode
from rhrt.present.terminal import WIDTH, wrap
from rhrt.rulebook.load import load_rulebook
from rhrt.search.find import Search
from rhrt.search.spot import MOST, Concern, Spotted, document, refuse_too_long, spot

SHOWN = 8
"""How many concerns are shown where nobody says."""

_WHY = {"denied": "denied", "past": "past", "others": "about somebody else"}


@click.argument("text", metavar="FILE|-", type=FileName())
@rulebook_option
@click.option("--limit", type=click.IntRange(1, MOST), default=SHOWN, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(text: str, rulebook_name: str | None, limit: int, form: str) -> None:
    """Suggest concerns to look at in what somebody told. You confirm or reject each.

    FILE holds some sentences; with - they are read from standard input. Leave out names. The words are used and
    forgotten. It is not an assessment, and no level is shown.
    """
    rulebook = in_use(load_rulebook(rulebook_name))
    name, content = content_of(text)
    told = decode(name, content)
    refuse_too_long(told, name)
    if not told.strip():
        raise BadInput([Fault(name, "There are no words here.", "Write what worries you in some sentences.")])
    spotted = spot(told, Search(rulebook), limit)
    write(as_json(document(spotted)) if form == "json" else "\n".join(_lines(spotted)) + "\n", form)


def _lines(spotted: Spotted) -> Iterator[str]:
    yield from wrap(spotted.notice)
    for number, concern in enumerate(spotted.concerns, 1):
        yield from _concern(number, concern)
    if spotted.apart:
        apart = "; ".join(f"“{printable(one.words)}” ({_WHY[one.why]})" for one in spotted.apart)
        yield from wrap(f"Set apart: {apart}. If one is a worry, say it in other words.")
    if spotted.concerns:
        yield from wrap(
            f"To see the signs of one: rhrt show ID{again()}. To record one: rhrt assess --present SIGN"
        )
    else:
        yield "Talk to your safeguarding lead."


def _concern(number: int, concern: Concern) -> Iterator[str]:
    """Give a concern in two lines: its title and id, and the words that suggest it."""
    yield f"{number:>2}. {_cut(concern.title, WIDTH - len(concern.id) - 7)}  {concern.id}"
    yield f"    You wrote: “{_cut(printable(concern.because[0]), WIDTH - 18)}”"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(most, 12) - 1].rstrip()}…"
