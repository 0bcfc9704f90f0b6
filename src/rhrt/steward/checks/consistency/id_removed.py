"""An id was removed, so older records cannot be read.

Finds: an indicator that could be recorded in the earlier state of the rulebook and now cannot, under its id or
an alias, and that is not said to be taken out. So also one that was said to be taken out, and no longer is. It
looks only where it is told what came before: `rhrt rulebook check --since FOLDER`.

Why it matters: records that people have kept name indicators by their id. They would be refused, and nothing
would say why.

To put it right: where another indicator has taken its place, write `old-id: new-id` under `aliases` in
`rulebook.yaml`. Where nothing has, write its id and the last edition that had it under `retired`.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each id that could be recorded before and cannot now, unless it is said to be taken out."""
    before, now = folder.before, folder.rulebook
    if before is None:
        return
    for id_ in (*before.position, *before.aliases):
        if now.aliases.get(id_, id_) not in now.position and id_ not in now.taken_out:
            what = f"'{id_}' could be recorded before, and now cannot."
            yield Problem("rulebook", ("aliases",), what, _remedy(id_, id_ in now.indicator, before.edition))
    for id_ in before.taken_out:
        if now.aliases.get(id_, id_) not in now.position and id_ not in now.taken_out:
            what = f"'{id_}' was said to be taken out, and now nothing is said of it."
            yield Problem("rulebook", ("retired",), what, "Write it under retired, as it was.")


def _remedy(id_: str, is_there: bool, edition: str) -> str:
    if is_there:
        return "Let it be recorded, or take it out and say so under retired."
    taken_out = f'{{id: {id_}, last_edition: "{edition}"}}'
    return f"Write '{id_}: NEW-ID' here, or if nothing has taken its place, under retired: {taken_out}."
