"""The page of worked cases: each story, the record made of it, what is expected and why, and what rhrt gives."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rhrt.record import Record
from rhrt.steward.cases import Expected, WorkedCase
from rhrt.steward.render.links import action_links, indicator_link, place_of_case
from rhrt.steward.render.markup import heading, link, listed, pairs, paragraph
from rhrt.steward.render.material import Material, anchor
from rhrt.steward.render.words import plain

_INTRO = (
    "Each case tells a story, gives the record made of it, and says what is expected and why. rhrt ran each of "
    "them when it wrote these pages."
)


def cases(material: Material) -> Iterator[str]:
    """Write the body of the page of worked cases."""
    yield paragraph(_INTRO)
    yield paragraph(result(material), "lines")
    yield heading(2, "by-level", "Cases by the level that they expect")
    for level in (*(one.level for one in material.rulebook.levels), None):
        found = [file for file, case in material.cases.items() if case.expected.level == level]
        if found:
            yield heading(3, f"expected-{level or 'none'}", f"Level {level}" if level else "No level")
            yield listed(link(place_of_case(file), material.cases[file].title) for file in found)
    for file, case in material.cases.items():
        yield from _case(material, file, case)


def result(material: Material) -> str:
    """Say how many examples gave what they expect, and name those that did not."""
    differ = [one.example.title for one in material.worked if not one.as_expected]
    given = f"{len(material.worked) - len(differ)} of {len(material.worked)} examples gave what they expect."
    return f"{given} These did not: {'; '.join(differ)}." if differ else given


def _case(material: Material, file: str, case: WorkedCase) -> Iterator[str]:
    yield heading(2, anchor("case", file.removesuffix(".yaml")), case.title)
    yield paragraph(case.narrative)
    yield _record(material, case.record)
    yield _expected(material, case.expected)
    yield paragraph(f"Why: {case.why}")
    runs = [one for one in material.worked if one.example.file == file]
    for run, change in zip(runs[1:], case.what_if, strict=True):
        yield paragraph(f"What if: {change.change}", "called")
        yield _expected(material, run.example.expected)
        yield paragraph(f"Why: {change.why}")
    for run in runs:
        if not run.as_expected:
            given = f"Level {run.suggestion.level}" if run.suggestion.level else "no level"
            yield paragraph(f"Not as expected: “{run.example.title}” gives something else ({given}).", "fill")


def _record(material: Material, record: Record) -> str:
    marks = record.indicators
    bands = {band.id: band.title for band in material.rulebook.age_bands}
    titles = {one.id: one.title for one in material.rulebook.circumstances}
    own = record.judgement.level if record.judgement else None
    answers = "; ".join(f"{plain(field)}: {plain(answer)}" for field, answer in record.situation.items())
    asked = material.rulebook.follow_up
    follow_ups = [escape(f"{asked[id_].text} {plain(answer)}") for id_, answer in record.follow_ups.items()]
    return pairs(
        (
            ("Age band", escape(bands.get(record.child.age_band or "", ""))),
            *(
                (said, listed(indicator_link(material, id_) for id_ in ids) if ids else "")
                for said, ids in (
                    ("Present", marks.present), ("Absent", marks.absent), ("Not known", marks.not_known)
                )
            ),
            ("Circumstances", escape("; ".join(titles[one] for one in record.circumstances))),
            ("Situation", escape(answers)),
            ("Follow-up questions", listed(follow_ups) if follow_ups else ""),
            ("The practitioner's own level", str(own or "")),
        )
    )  # fmt: skip


def _expected(material: Material, expected: Expected) -> str:
    level = f"Level {expected.level}" if expected.level else "No level"
    names = {f"route/{one.id}": one.name for one in material.rulebook.routes}
    names |= {f"urgency/{one.id}": one.name for one in material.rulebook.urgencies}
    rules = [f"route/{expected.route}"] if expected.route else []
    rules.append(f"urgency/{expected.urgency}")
    links = "; ".join(link(material.place_of_rule(rule), names.get(rule, rule)) for rule in rules)
    harm = "harm in question" if expected.harm else "harm not in question"
    steps = action_links(material, expected.actions)
    return pairs((("Expected", f"{level}; {links}; {harm}"), ("Steps expected", steps)))
