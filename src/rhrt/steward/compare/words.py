"""The parts of a rulebook in words: what a list is called, what a field is called, what a value says."""

from __future__ import annotations

from collections.abc import Mapping

from rhrt.part import Part
from rhrt.rulebook.kinds import AtLeast

PARTS: Mapping[str, str] = {
    "contacts": "Whom to ring",
    "indicators": "Indicators",
    "aliases": "Ids that were renamed",
    "retired": "Signs that were taken out",
    "ladders": "Ladders",
    "findings": "Findings",
    "judgements": "The practitioner's own judgement",
    "routes": "Routes",
    "urgencies": "How soon",
    "actions": "Next steps",
    "prompts": "Prompts and follow-up questions",
    "afterwards": "What happens afterwards",
    "circumstances": "Circumstances",
    "services": "Services",
    "topics": "Topics of help",
    "agencies": "Partner agencies",
    "situation": "Questions and answers",
    "age_bands": "Age bands",
    "levels": "Levels",
    "headings": "Headings",
    "bases": "Why an indicator stands at its level",
    "safety": "Safety sentences",
    "degree": "Words of degree",
    "difference": "Where the practitioner sees another level",
    "if_worse": "If things get worse",
    "if_worse_contacts": "Whom to ring if things get worse",
    "no_level": "What is said where there is no level",
    "no_answer": "What is said where no answer can be given",
    "notice": "Notice under every answer",
    "id": "Id of the rulebook",
    "title": "Title",
    "edition": "Edition",
    "area": "Area",
    "published": "When it was published",
    "review": "When it is to be reviewed",
    "documents": "Documents",
    "coverage": "Clauses of the framework",
    "synonyms": "Words that people use for one another",
}
"""The parts of a rulebook in the order in which their changes are told. Any other part follows, by its own name."""

_FIELDS: Mapping[str, str] = {
    "also": "ways of saying it",
    "n": "number in the framework",
    "printed_heading": "heading as printed",
    "shown_under": "heading it is shown under",
    "recordable": "whether it can be recorded",
    "basis": "basis (why it stands at its level)",
    "when": "when it applies",
    "values": "answers, the default first",
    "ask_first": "whether it is asked first",
    "otherwise": "who answers at other hours",
    "verified": "day on which the number was checked",
    "rank": "place in the order",
    "about": "what it looks at",
    "consider": "indicators to consider as well",
    "answer": "what the answer must be",
    "first": "steps one of which comes first",
    "some": "steps one of which is there",
    "never": "steps that are never there",
    "if_yes": "what yes means",
    "if_not_known": "what not known means",
    "absent": "signs marked absent of which it is asked",
    "recorded": "what was recorded",
    "before": "steps that stand first",
    "after": "steps that stand behind them",
    "alone": "whether nothing else is marked",
    "strengths": "whether it holds strengths",
    "why": "reason given",
    "what": "what it offers",
    "who": "who does it",
    "by_when": "by when",
    "why_not": "reason why no rule encodes it",
}

_NAMING = ("wording", "sentence", "question", "meaning", "name", "title", "text", "guides", "higher")


def part_name(name: str) -> str:
    """Say what a part of the rulebook is called."""
    return PARTS.get(name, name.replace("_", " ").capitalize())


def field_name(name: str) -> str:
    """Say what a field is called."""
    return _FIELDS.get(name, name.replace("_", " "))


def called(entry: Part) -> str:
    """Give the words by which a person knows an entry; empty where it has none."""
    known = entry.as_dict()
    for name in ("name", "title") if "number" in known or "names" in known else _NAMING:
        if isinstance(known.get(name), str):
            return str(known[name])
    return ""


def in_words(value: object) -> str:
    """Say a value in words."""
    if value is None or value in ((), {}):
        return "always" if value == {} else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Part):
        return _entry(value)
    if isinstance(value, Mapping):
        return ", and ".join(_condition(str(name), wanted) for name, wanted in value.items())
    if isinstance(value, tuple):
        several = any(isinstance(one, Mapping) for one in value) and len(value) > 1
        said = [in_words(one) for one in value]
        return "either " + "; or ".join(said) if several else "; ".join(said)
    return str(value)


def _entry(entry: Part) -> str:
    if isinstance(entry, AtLeast):
        return _between(entry)
    said = ((name, value) for name, value in entry.as_dict().items() if value not in (None, ()))
    return ". ".join(f"{field_name(name).capitalize()}: {in_words(value)}" for name, value in said)


def _condition(name: str, wanted: object) -> str:
    if name == "level":
        return _level(wanted)
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    said = [_between(value) if isinstance(value, AtLeast) else str(value) for value in values]
    return f"{name.replace('_', ' ')} is {' or '.join(said)}"


def _level(wanted: object) -> str:
    if isinstance(wanted, AtLeast):
        return f"the level is {_between(wanted)}"
    return f"Level {wanted}" if wanted else "no level"


def _between(bounds: AtLeast) -> str:
    low = "none" if bounds.at_least == 0 else str(bounds.at_least)
    if bounds.at_most is None:
        return f"{low} or higher"
    return f"{low} to {bounds.at_most}"
