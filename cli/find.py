"""`rhrt find`: indicators by plain words."""

import json

import click
from rhrt_cli.options import again, in_use, printable, rulebook_option, standard_input
from rhrt_cli.output import write

from rhrt.faults import BadInput, Fault
from rhrt.files import decode
from rhrt.present.terminal import wrap
from rhrt.rulebook.load import load_rulebook
from rhrt.search.find import LONGEST_QUERY, Found, Search, document, find, refuse_too_many


@click.argument("words", nargs=-1, required=True)
@rulebook_option
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(words: tuple[str, ...], rulebook_name: str | None, limit: int, form: str) -> None:
    """Find indicators by plain words, best first.

    For example: rhrt find mum drinking more and more, kids left to it

    The words are used and forgotten, but a shell keeps what you type in its history. With - as the words, they
    are read from standard input, one worry a line, and no shell sees them: rhrt find -

    For a whole story there is rhrt spot.
    """
    rulebook = in_use(load_rulebook(rulebook_name))
    queries = _queries() if words == ("-",) else {"WORDS": " ".join(words)}
    if not any(query.strip() for query in queries.values()):
        where = "standard input" if words == ("-",) else "WORDS"
        raise BadInput([Fault(where, "There are no words to look for.", "Say what worries you in plain words.")])
    for where, query in queries.items():
        refuse_too_many(
            query, where, f"Use {LONGEST_QUERY:,} characters at most. For a story: rhrt spot FILE{again()}."
        )
    search = Search(rulebook)
    write("".join([_said(query, find(query, search, limit), form) for query in queries.values()]), form)


def _queries() -> dict[str, str]:
    """Read one query a line, by where it stands."""
    lines = decode("standard input", standard_input()).splitlines()
    return {f"standard input:{number}:1": line for number, line in enumerate(lines, 1)}


def _said(query: str, found: list[Found], form: str) -> str:
    if form == "json":
        return json.dumps([document(one) for one in found], ensure_ascii=False) + "\n"
    if not found:
        return (
            f"Nothing fits “{printable(query[:200])}”. That does not mean there is no concern.\n"
            "Try other words, or talk to your safeguarding lead.\n"
        )
    lines = []
    for one in found:
        lines += wrap(f"“{one.indicator.wording}”")
        lines += [f"  Level {one.indicator.level}", f"  {one.indicator.id}", ""]
    lines += wrap(
        f"Choose by the words, not by the level. To record one: rhrt assess --present ID{again()}. "
        f"To see what is milder or graver: rhrt show ID{again()}."
    )
    return "\n".join(lines) + "\n"
