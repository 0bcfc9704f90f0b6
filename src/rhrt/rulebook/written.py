"""The files of a rulebook folder, and what each of them holds."""

from collections.abc import Mapping
from dataclasses import field, fields, make_dataclass
from itertools import chain

from rhrt.part import Part, part
from rhrt.rulebook.kinds import Source
from rhrt.rulebook.model import Clause, Rulebook, WrittenIndicator


@part
class IndicatorsFile(Part):
    """Indicators from one place in the framework; `level` is theirs unless each gives its own.

    `wordings_sha256` is the digest of what was compared with the source, word for word, and of why each indicator
    stands there: see `rhrt.steward.write`.
    """

    source: Source
    indicators: tuple[WrittenIndicator, ...]
    level: int | None = None
    wordings_sha256: str | None = None


@part
class CoverageFile(Part):
    """Each fact and reading of the framework, with the rules that encode it."""

    coverage: tuple[Clause, ...]


_HELD: Mapping[str, tuple[str, ...]] = {
    "ladders": ("ladders",),
    "circumstances": ("circumstances",),
    "services": ("topics", "services", "agencies"),
    "synonyms": ("synonyms",),
    "routes": ("findings", "judgements", "routes", "urgencies"),
    "actions": ("actions",),
    "prompts": ("prompts",),
    "afterwards": ("afterwards",),
    "safety": ("safety",),
}
"""The parts of a `Rulebook` that each file holds. All others are in `rulebook.yaml`, but indicators and ways."""

_IS: Mapping[str, str] = {
    "rulebook": "What the rulebook is, the words it uses, and whom to ring.",
    "ladders": "The same concerns at rising severity.",
    "circumstances": "Special circumstances, with the guidance for each.",
    "services": "Services by topic, and the partner agencies of each level.",
    "synonyms": "Groups of words that people use for one another. For finding indicators, never for deciding.",
    "routes": "From what was recorded to a level, a route and an urgency.",
    "actions": "What to do next, in order.",
    "prompts": "Questions that make the reader think again.",
    "afterwards": "What happens after the next steps.",
    "safety": "What must be true of every answer.",
}
"""What each of these files is, as its JSON Schema says it."""


def _kind(name: str, what: str) -> type[Part]:
    """Make the class of a file of the parts that it holds, each as `Rulebook` has it."""
    known = {one.name: (one.name, one.type, field(default=one.default)) for one in fields(Rulebook)}
    held = _HELD.get(name) or known.keys() - {"indicators", "ways", *chain.from_iterable(_HELD.values())}
    parts = [one for key, one in known.items() if key in held]
    own = {"__doc__": what, "__module__": __name__}
    as_part = {"slots": True, "kw_only": True, "repr": False, "eq": False}
    return make_dataclass(f"{name.title()}File", parts, bases=(Part,), namespace=own, **as_part)


FILES: Mapping[str, type[Part]] = {
    **{name: _kind(name, what) for name, what in _IS.items()},
    "coverage": CoverageFile,
}
"""Each file of a rulebook folder, without its `.yaml`; indicators and ways are in folders of their own."""

WAYS = "ways/"
"""The folder of the files that each hold the `Ways` of one hand."""
