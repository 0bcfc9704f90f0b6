"""`rhrt replay`: give a kept answer again."""

from itertools import islice
from typing import Any

import click
from rhrt_cli.options import FileName, content_of, printable, rulebook_option
from rhrt_cli.reading import rulebook_of

from rhrt.browser.rulebook import EVALUATED_BY
from rhrt.faults import BadInput, Fault
from rhrt.files import DoubledKey, Location, decode, json_of, too_deep
from rhrt.parser import parse
from rhrt.present.receipt import differences, same
from rhrt.reasoning.assess import assess
from rhrt.record import Record, check
from rhrt.shape import json_path

MOST_SHOWN = 100
"""How many differences are shown: with more, it is another answer."""


@click.argument("file", metavar="FILE|-", type=FileName())
@rulebook_option
def command(file: str, rulebook_name: str | None) -> None:
    """Give a kept answer again, and say whether it is the same, to the letter.

    FILE is what rhrt assess --format json printed, or an answer that was kept in a browser. If the answer differs,
    what differs is shown, and the exit code is 1.
    """
    before = _read(file)
    receipt = before["receipt"]
    record = Record.model_validate(receipt["record"], _where)
    rulebook = rulebook_of(rulebook_name, receipt["rulebook"], "$.receipt.rulebook")
    after = assess(check(record, rulebook, _where), rulebook).model_dump(mode="json")
    in_a_browser = receipt.get("evaluated_by") == list(EVALUATED_BY)
    if in_a_browser:  # evaluators of their own: all else must be the same
        before["receipt"] = {**receipt, "evaluated_by": after["receipt"]["evaluated_by"]}
    if same(before, after):
        where = " It was first given in a browser." if in_a_browser else ""
        click.echo(f"Same: this record gives this answer again, word for word.{where}")
        return
    changes = [f"  {printable(one)}" for one in islice(differences(before, after), MOST_SHOWN + 1)]
    if len(changes) > MOST_SHOWN:
        changes[MOST_SHOWN:] = ["  There is more."]
    click.echo(
        "\n".join(["Different: this record no longer gives this answer.", *_made_by(receipt, after), *changes])
    )
    click.get_current_context().exit(1)


def _made_by(then: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Say which rulebook made the answer, where it was another than the one that is asked now."""
    now = after["receipt"]
    if then.get("rulebook_sha256") == now["rulebook_sha256"]:
        return []
    return [f"  It was made by the rulebook {printable(_named(then))}. Asked now: {_named(now)}."]


def _named(receipt: dict[str, Any]) -> str:
    """Name the rulebook of a receipt, as far as it says which it was."""
    edition, sha256 = receipt.get("edition"), receipt.get("rulebook_sha256")
    said = [
        f"edition {edition[:80]}" if isinstance(edition, str) and edition else "of an edition that it does not say",
        f"hash {sha256[:12]}" if isinstance(sha256, str) and sha256 else "with no hash",
    ]
    return ", ".join([receipt["rulebook"][:80], *said])


def _where(location: Location) -> str:
    """Say where a part of the record stands in an answer."""
    return json_path(("receipt", "record", *location))


def _read(file: str) -> dict[str, Any]:
    name, content = content_of(file)
    text = decode(name, content)
    what, remedy = (
        "This is not an answer with a receipt.",
        "Keep one with: rhrt assess RECORD --format json > answer.json",
    )
    try:
        document = {} if too_deep(text) else json_of(text)
        if isinstance(document, dict) and {"record", "rulebook_sha256"} <= document.keys():
            what, remedy = "This is a receipt alone.", "Replay the whole answer that it came with. " + remedy
        if isinstance(document["receipt"]["record"], dict) and isinstance(document["receipt"]["rulebook"], str):
            return dict(document)
    except DoubledKey:
        parse(name, content)  # says where
        raise BadInput([Fault(name, "A key is written twice.", "Keep one of the two.")]) from None
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    raise BadInput([Fault(name, what, remedy)])
