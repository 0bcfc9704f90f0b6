"""The transparency record: what rhrt can say of itself with one rulebook, and what only people can say.

What it says is in `transparency.yaml`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rhrt.parser import read
from rhrt.present.markdown import escaped
from rhrt.present.outline import IF_YES, PROMPTS_IN_VIEW, if_yes
from rhrt.rulebook.kinds import Case, Conditions, Prompt, words_of
from rhrt.rulebook.model import Circumstance, Rulebook
from rhrt.steward.render.material import Material
from rhrt.steward.render.words import plain
from rhrt.suggestion import MOST_FOLLOW_UPS
from rhrt.version import VERSION

_RECORD: Any = read(Path(__file__).with_suffix(".yaml")).value
_LISTS: Mapping[str, str] = _RECORD["lists"]

TITLE: str = _RECORD["title"]


class Filled(NamedTuple):
    """One field: its number and name, what rhrt can say, and who has to say what (None where nothing is left)."""

    number: str
    name: str
    said: tuple[str, ...]
    to_fill: str | None

    @property
    def called(self) -> str:
        """The name of the field, after its number where it has one."""
        return f"{self.number} {self.name}" if self.number[0].isdigit() else self.name


class FilledPart(NamedTuple):
    """One part of the record with its fields."""

    title: str
    fields: tuple[Filled, ...]


def transparency_record(material: Material) -> tuple[FilledPart, ...]:
    """Fill in the record as far as a program can."""
    facts, lists = _facts(material), _lists(material)
    return tuple(
        FilledPart(part["title"], tuple(_filled(field, facts, lists) for field in part["fields"]))
        for part in _RECORD["parts"]
    )


def _filled(field: Mapping[str, Any], facts: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Filled:
    said = (text.format_map(facts) for text in field.get("said", ()))
    to_fill = _RECORD["to_fill"].format_map(field) if "who" in field else None
    return Filled(field["number"], field["name"], (*said, *lists.get(field.get("lists", ""), ())), to_fill)


def progress(parts: tuple[FilledPart, ...]) -> str:
    """Say how many fields are still to be filled in by people."""
    fields = [field for part in parts for field in part.fields]
    said: str = _RECORD["progress"]
    return said.format(open=sum(field.to_fill is not None for field in fields), fields=len(fields))


def record_as_markdown(material: Material, parts: tuple[FilledPart, ...]) -> str:
    """Write the record as Markdown, to fill in and publish, ending in a line break."""
    return "\n".join(_lines(material, parts)) + "\n"


def _lines(material: Material, parts: tuple[FilledPart, ...]) -> Iterator[str]:
    rulebook = material.rulebook
    yield f"# {escaped(f'{TITLE}: {rulebook.title}, {rulebook.area}')}"
    yield f"\n{escaped(progress(parts))}"
    for part in parts:
        yield f"\n## {escaped(part.title)}"
        for field in part.fields:
            yield f"\n### {escaped(field.called)}"
            yield from (f"\n{_one_line(text)}" for text in field.said)
            if field.to_fill:
                yield f"\n**{_one_line(field.to_fill)}**"
    yield f"\n---\n\n{escaped(material.made_from)}"


def _one_line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _facts(material: Material) -> Mapping[str, Any]:
    rulebook = material.rulebook
    first, last = rulebook.levels[0], rulebook.levels[-1]
    unchecked = sum(contact.verified is None for contact in rulebook.contacts)
    return {
        "rulebook": rulebook,
        "version": VERSION,
        "levels": f"Level {first.level}, {first.name}, to Level {last.level}, {last.name}",
        "indicators": sum(indicator.recordable for indicator in rulebook.indicators),
        "questions": len(rulebook.situation),
        "routes": "; ".join(route.name for route in rulebook.routes),
        "actions": len(rulebook.actions),
        "asked_first": " ".join(one.question for one in rulebook.situation if one.ask_first),
        "prompts": PROMPTS_IN_VIEW,
        "most": MOST_FOLLOW_UPS,
        "follow_ups": len(rulebook.follow_up),
        "cases": len(material.cases),
        "result": material.result,
        "encoded": sum(bool(clause.rules) for clause in material.clauses),
        "clauses": len(material.clauses),
        "safety": len(rulebook.safety),
        "unchecked": f"{unchecked} of {len(rulebook.contacts)}",
    }


def _lists(material: Material) -> Mapping[str, tuple[str, ...]]:
    """Give what the rulebook lists, for the fields that name it."""
    rulebook = material.rulebook
    listed = {"level": "levels", "question": "situation", "document": "documents", "always": "safety"}
    parts = {name: getattr(rulebook, part) for name, part in listed.items()}
    said = {name: tuple(_LISTS[name].format(one=one) for one in own) for name, own in parts.items()}
    points = (*_alerts(rulebook), *_steps(rulebook), *_follow_ups(rulebook), *_thoughts(rulebook))
    return {**said, "to_confirm": (_LISTS["to_confirm"], *points) if points else ()}


def _alerts(rulebook: Rulebook) -> Iterator[str]:
    """Give the signs, some at some ages, and the answers that establish something more than their level."""
    for finding in rulebook.findings:
        for conditions in finding.when:
            alert = _alert(rulebook, conditions)
            if alert["signs"]:
                yield _LISTS["alert"].format(meaning=finding.meaning, **alert)


def _alert(rulebook: Rulebook, conditions: Conditions) -> Mapping[str, str]:
    """Quote the signs and questions of a condition, with the ages and answers that it asks for."""
    titles = {band.id: band.title for band in rulebook.age_bands}
    signs = [rulebook.indicator[id_].wording for id_ in words_of(conditions.get("indicator", ()))]
    asked = [id_ for id_ in words_of(conditions.get("asked", ())) if id_ in rulebook.follow_up]
    bands = ", ".join(titles.get(band, band) for band in words_of(conditions.get("age_band", ())))
    answers = " or ".join(plain(one) for one in words_of(conditions.get("answer", ()))) if asked else ""
    return {
        "signs": "; ".join(f"“{one}”" for one in (*signs, *(rulebook.follow_up[id_].text for id_ in asked))),
        "ages": _LISTS["ages"].format(ages=bands) if bands else "",
        "answers": _LISTS["answers"].format(answers=answers) if answers else "",
    }


def _follow_ups(rulebook: Rulebook) -> Iterator[str]:
    for one in rulebook.follow_up.values():
        known = _LISTS["not_known"].format(deed=IF_YES[one.if_not_known]) if one.if_not_known else ""
        yield _LISTS["follow_up"].format(
            text=one.text, yes=if_yes(one.if_yes), not_known=known, outside=_outside(one)
        )


def _thoughts(rulebook: Rulebook) -> Iterator[str]:
    for one in rulebook.prompts:
        if one.basis == "editorial" and not one.if_yes:
            yield _LISTS["thought"].format(text=one.text, outside=_outside(one))


def _steps(rulebook: Rulebook) -> Iterator[str]:
    """Give the words of steps, and the circumstances, that rest on practice from outside the documents."""
    for case in (case for action in rulebook.actions for case in action.cases if _outside(case)):
        yield _LISTS["step"].format(text=case.text, outside=_outside(case))
    for one in (one for one in rulebook.circumstances if _outside(one)):
        yield _LISTS["circumstance"].format(text=one.wording, outside=_outside(one))


def _outside(rule: Prompt | Case | Circumstance) -> str:
    return _LISTS["outside"] if rule.basis == "editorial" else ""
