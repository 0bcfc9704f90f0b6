"""An old id now stands for a sign at another level.

Finds: an id that in the earlier state of the rulebook was one indicator, and now leads to another that stands at a
higher or lower level, or has another basis. It looks only where it is told what came before:
`rhrt rulebook check --since FOLDER`.

Why it matters: records that people have kept would say something else. The worry in them would grow or shrink, and
nobody would have looked at the child again.

To put it right: lead the id to a sign at the same level. Where there is none, write it under `retired`. Where the
same sign has moved to another level, keep its id.
"""

from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each id that leads to a sign at another level, or with another basis, than before."""
    if folder.before is None:
        return
    for id_ in folder.rulebook.aliases:
        old, new = _read_as(folder.before, id_), _read_as(folder.rulebook, id_)
        if old is None or new is None or old.id == new.id or _stands(old) == _stands(new):
            continue
        what = f"'{id_}' was {_said(old)}, and now is read as '{new.id}', {_said(new)}."
        remedy = "Lead it to a sign that stands there, or write it under retired."
        yield Problem("rulebook", ("aliases", id_), what, remedy)


def _read_as(rulebook: Rulebook, id_: str) -> Indicator | None:
    return rulebook.indicator.get(rulebook.aliases.get(id_, id_))


def _stands(indicator: Indicator) -> tuple[int, str | None]:
    return indicator.level, indicator.basis


def _said(indicator: Indicator) -> str:
    basis = f" with the basis '{indicator.basis}'" if indicator.basis else ""
    return f"at Level {indicator.level}{basis}"
