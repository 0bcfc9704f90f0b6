"""What a deployer chooses."""

from dataclasses import dataclass
from pathlib import Path

from rhrt.faults import BadInput, Fault, nearest, one_of
from rhrt.rulebook.model import Rulebook
from rhrt.search.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service runs. The first rulebook is the default.

    `origins` may call from a browser, and may frame /prompt. `key`: where set, /v1 and /cds-services want
    `Authorization: Bearer KEY`. `root_path`: the path under which a reverse proxy puts the service. `govuk`: a
    folder that `rhrt govuk` filled. `by_meaning`: what searches by meaning too, beside words.
    """

    rulebooks: tuple[Rulebook, ...]
    origins: tuple[str, ...] = ()
    key: str | None = None
    root_path: str = ""
    demonstration: bool = False
    govuk: Path | None = None
    by_meaning: Meaning | None = None

    def rulebook(self, id_: str | None, where: str) -> Rulebook:
        """Give the rulebook of that id, or the default. Raises BadInput, at `where`, if it is not served."""
        if id_ is None:
            return self.rulebooks[0]
        served = {rulebook.id: rulebook for rulebook in self.rulebooks}
        if id_ in served:
            return served[id_]
        remedy = nearest(id_, served) or f"Write {one_of(list(served))}."
        raise BadInput([Fault(where, f"No rulebook called '{id_[:80]}' is served here.", remedy)])
