"""The files of a rulebook folder, and what each of them holds."""

from collections.abc import Mapping

from rhrt.part import Part, part
from rhrt.rulebook.kinds import (
    Action,
    Afterwards,
    Finding,
    Judgement,
    Prompt,
    Route,
    SafetySentence,
    Source,
    Urgency,
)
from rhrt.rulebook.model import (
    AgeBand,
    Agencies,
    Basis,
    Circumstance,
    Clause,
    Contact,
    Degree,
    Difference,
    Document,
    Heading,
    Ladder,
    Level,
    Retired,
    Review,
    Service,
    SituationField,
    Topic,
    WrittenIndicator,
)


@part
class RulebookFile(Part):
    """What the rulebook is, the words it uses, and whom to ring."""

    id: str
    title: str
    area: str
    edition: str
    published: str
    notice: str
    no_level: str
    if_worse: str
    if_worse_contacts: tuple[str, ...]
    no_answer: str
    documents: tuple[Document, ...]
    levels: tuple[Level, ...]
    headings: tuple[Heading, ...]
    bases: tuple[Basis, ...]
    contacts: tuple[Contact, ...]
    age_bands: tuple[AgeBand, ...]
    situation: tuple[SituationField, ...]
    degree: Degree
    difference: Difference
    aliases: Mapping[str, str]
    review: Review | None = None
    retired: tuple[Retired, ...] = ()


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
class LaddersFile(Part):
    """The same concerns at rising severity."""

    ladders: tuple[Ladder, ...]


@part
class CircumstancesFile(Part):
    """Special circumstances, with the guidance for each."""

    circumstances: tuple[Circumstance, ...]


@part
class ServicesFile(Part):
    """Services by topic, and the partner agencies of each level."""

    topics: tuple[Topic, ...]
    services: tuple[Service, ...]
    agencies: tuple[Agencies, ...]


@part
class SynonymsFile(Part):
    """Groups of words that people use for one another. For finding indicators, never for deciding."""

    synonyms: tuple[tuple[str, ...], ...]


@part
class RoutesFile(Part):
    """From what was recorded to a level, a route and an urgency."""

    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    routes: tuple[Route, ...]
    urgencies: tuple[Urgency, ...]


@part
class ActionsFile(Part):
    """What to do next, in order."""

    actions: tuple[Action, ...]


@part
class PromptsFile(Part):
    """Questions that make the reader think again."""

    prompts: tuple[Prompt, ...]


@part
class AfterwardsFile(Part):
    """What happens after the next steps."""

    afterwards: tuple[Afterwards, ...]


@part
class SafetyFile(Part):
    """What must be true of every answer."""

    safety: tuple[SafetySentence, ...]


@part
class CoverageFile(Part):
    """Each fact and reading of the framework, with the rules that encode it."""

    coverage: tuple[Clause, ...]


FILES: Mapping[str, type[Part]] = {
    "rulebook": RulebookFile,
    "ladders": LaddersFile,
    "circumstances": CircumstancesFile,
    "services": ServicesFile,
    "synonyms": SynonymsFile,
    "routes": RoutesFile,
    "actions": ActionsFile,
    "prompts": PromptsFile,
    "afterwards": AfterwardsFile,
    "safety": SafetyFile,
    "coverage": CoverageFile,
}
"""Each file of a rulebook folder, without its `.yaml`; indicators are in a folder of their own."""
