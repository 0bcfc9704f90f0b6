"""`rhrt spot`: the signs to look at in what somebody told."""

import click
from rhrt_cli.options import FileName, again, content_of, in_use, printable, rulebook_option
from rhrt_cli.output import as_json, write

from rhrt.faults import BadInput, Fault
from rhrt.files import decode
from rhrt.present.terminal import wrap
from rhrt.rulebook.load import load_rulebook
from rhrt.search.find import Search
from rhrt.search.spot import MOST, NOTICE, USUAL, Candidate, document, refuse_too_long, spot


@click.argument("text", metavar="FILE|-", type=FileName())
@rulebook_option
@click.option("--limit", type=click.IntRange(1, MOST), default=USUAL, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(text: str, rulebook_name: str | None, limit: int, form: str) -> None:
    """Suggest signs to look at in what somebody told. You confirm or reject each.

    FILE holds some sentences; with - they are read from standard input. Leave out names. The words are used and
    forgotten. It is not an assessment, and no level is shown.
    """
    rulebook = in_use(load_rulebook(rulebook_name))
    name, content = content_of(text)
    told = decode(name, content)
    refuse_too_long(told, name)
    if not told.strip():
        raise BadInput([Fault(name, "There are no words here.", "Write what worries you in some sentences.")])
    candidates = spot(told, Search(rulebook), limit)
    write(as_json(document(candidates)) if form == "json" else _as_text(candidates) + "\n", form)


def _as_text(candidates: list[Candidate]) -> str:
    if not candidates:
        return "Nothing fits those words. That does not mean there is no concern. Talk to your safeguarding lead."
    lines = [*wrap(NOTICE), ""]
    for one in candidates:
        lines += wrap(f"“{one.indicator.wording}”")
        lines += [f"  {one.indicator.id}"]
        for words in one.because:
            lines += wrap(f"You wrote: “{printable(words)}”", "  ")
        lines.append("")
    return "\n".join([*lines, *wrap(f"To record one: rhrt assess --present ID{again()}.")])
