"""The machinery of mutation testing: slips are made where they can be, are slips, and are found out or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rhrt.faults import BadInput
from rhrt.parser import parse
from rhrt.rulebook.read import assembled
from rhrt.steward.cases import Example, read_examples
from rhrt.steward.checks.safety import sentence_broken
from rhrt.steward.folder import RulebookFolder, open_folder
from tests.mutation.bench import SAME, WORDS, Bench, Verdict
from tests.mutation.chosen import FEWEST, chosen, every_choice, every_mutant, spread
from tests.mutation.kinds.every import KINDS
from tests.mutation.mutant import GONE, Edit, Mutant, contents, digest, mutated
from tests.mutation.score import found, found_by, table
from tests.mutation.survivors import out_of_date, reviewed, unreviewed

BASE = Path(__file__).parent / "checks" / "base"
"""A small rulebook, on which a mutant is tried in no time."""

Made = dict[str, list[Mutant]]


@pytest.fixture(scope="module")
def made(herefordshire: RulebookFolder) -> Made:
    return every_mutant(herefordshire, KINDS)


@pytest.fixture(scope="module")
def small() -> Bench:
    return Bench(open_folder(BASE))


def a_mutant(*edits: Edit) -> Mutant:
    return Mutant("a-slip", "somewhere", "something", edits)


def says(folder: RulebookFolder, mutant: Mutant) -> str:
    """Give the digest of what a mutant's files say, or that they are refused when they are read."""
    try:
        return digest(mutated(folder.written, mutant.edits))
    except BadInput as refused:
        return refused.faults[0].what


def verdict(killer: str | None, kind: str = "a-slip", by: str = "") -> Verdict:
    return Verdict(Mutant(kind, "somewhere", "something", ()), killer, by)


@pytest.mark.long
def test_there_are_slips_of_every_kind(made: Made) -> None:
    assert [kind for kind, mutants in made.items() if not mutants] == []
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.long
def test_every_slip_makes_the_files_say_something_else(herefordshire: RulebookFolder, made: Made) -> None:
    original = digest(herefordshire.written)
    assert digest(mutated(herefordshire.written, ())) == original
    for mutants in made.values():
        for mutant in spread(mutants, 1)[:3]:
            assert digest_or_refusal(herefordshire, mutant) != original, mutant.name
    assert digest(herefordshire.written) == original


def digest_or_refusal(folder: RulebookFolder, mutant: Mutant) -> str:
    """Give the digest of the files with a slip in them, or what is said of it where they are then refused."""
    try:
        return digest(mutated(folder.written, mutant.edits))
    except BadInput as bad:
        return bad.faults[0].what


def test_what_is_taken_away_is_gone_in_another_process_too(herefordshire: RulebookFolder) -> None:
    sent = Edit("routes", ("routes", 0), "".join(list(GONE)))  # pickled and read again, it is another object
    after: Any = mutated(herefordshire.written, [sent])["routes"].value
    before: Any = herefordshire.written["routes"].value
    assert after["routes"] == before["routes"][1:]


@pytest.mark.long
def test_every_mutant_has_a_name_of_its_own(made: Made) -> None:
    names = [mutant.name for mutants in made.values() for mutant in mutants]
    assert len(names) == len(set(names))


@pytest.mark.long
def test_no_place_that_decides_is_left_out_and_the_rest_is_even_by_kind(made: Made) -> None:
    tried = chosen(made, KINDS, 1500, 1)
    deciding = {kind.name for kind in KINDS if kind.decides}
    places = {one.place for kind in deciding for one in made[kind] if not one.place.startswith("prompts/")}
    assert places <= {mutant.place for mutant in tried}
    assert 1000 <= len(tried) <= 1500
    counted = Counter(mutant.kind for mutant in tried)
    assert [kind for kind, mutants in made.items() if counted[kind] < min(FEWEST, len(mutants))] == []


@pytest.mark.long
def test_the_same_seed_gives_the_same_choice_and_another_seed_another(made: Made) -> None:
    once, again, other = (chosen(made, KINDS, 1000, seed) for seed in (1, 1, 2))
    assert once == again
    assert once != other


@pytest.mark.long
def test_several_seeds_give_what_each_gives_once(made: Made) -> None:
    one, other = ({mutant.name for mutant in chosen(made, KINDS, 500, seed)} for seed in (1, 2))
    both = [mutant.name for mutant in every_choice(made, KINDS, 500, (1, 2))]
    assert set(both) == one | other
    assert len(both) == len(set(both))


ONCE_MISSED = (
    "milder-basis",
    "copy-strengths",
    "alias-to-another-level",
    "cut-text",
    "drop-worse-contact",
    "not-recordable",
)


@pytest.mark.parametrize("kind", ONCE_MISSED)
def test_every_slip_that_once_went_unseen_in_a_new_rulebook_is_found_out(kind: str, small: Bench) -> None:
    slips = every_mutant(small.folder, KINDS)[kind]
    assert slips
    verdicts = [small.tried(mutant) for mutant in slips]
    assert [one.mutant.name for one in verdicts if one.killer is None] == []
    assert {one.killer for one in verdicts} != {SAME}


@pytest.mark.long
def test_what_is_typed_is_read_as_yaml_reads_it(herefordshire: RulebookFolder, made: Made) -> None:
    (slip,) = [one for one in made["cut-text"] if one.place == "rulebook/if_worse"]
    typed = contents(herefordshire.written, slip.edits)
    assert set(typed) == {f"{name}.yaml" for name in herefordshire.written}
    line = next(one for one in typed["rulebook.yaml"].decode().splitlines() if one.startswith("if_worse: "))
    assert " #" in line
    said: Any = herefordshire.written["rulebook"].value
    read: Any = parse("rulebook.yaml", typed["rulebook.yaml"]).value
    assert read == {**said, "if_worse": line.removeprefix("if_worse: ").partition(" #")[0]}
    assert said["if_worse"].startswith(read["if_worse"])


DEADLY: Sequence[tuple[str, str, Edit]] = (
    ("load", "is not known here", Edit("ladders", ("ladders", 0, "rungs", 0), "no-such-sign")),
    ("checks", "wording-changed", Edit("indicators/level-3", ("indicators", 2, "wording"), "Hit by a child")),
    ("cases", "late-again.yaml", Edit("routes", ("urgencies", 0, "when"), [{"danger": "no"}])),
    (
        "checks",
        "sentence-broken",
        Edit("actions", ("actions", 1, "cases", 2, "when"), {"level": 3, "night": "yes"}),
    ),
)


@pytest.mark.parametrize(("killer", "by", "edit"), DEADLY, ids=[by for _, by, _ in DEADLY])
def test_a_deadly_slip_is_found_out_by_what_should(small: Bench, killer: str, by: str, edit: Edit) -> None:
    tried = small.tried(a_mutant(edit))
    assert tried.killer == killer
    assert by in tried.by


WORSE: Sequence[tuple[str, str]] = (
    ("drop-alternative", "findings/alert/"),
    ("remove-value", "findings/alert/"),
    ("drop-alternative", "findings/pressing/"),
    ("drop-alternative", "findings/advice_first/"),
    ("drop-alternative", "findings/hold/"),
    ("drop-alternative", "findings/tell_nobody_yet/"),
    ("answer-becomes-no", "findings/"),
    ("drop-if-yes", "follow-ups/"),
    ("milder-if-yes", "follow-ups/"),
    ("drop-if-not-known", "follow-ups/"),
    ("family-before-advice", "actions/"),
)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "place"), WORSE, ids=map("".join, WORSE))
def test_a_slip_that_would_tell_the_family_too_soon_is_found_out_by_a_safety_sentence(
    kind: str, place: str, herefordshire: RulebookFolder, made: Made
) -> None:
    mutant = spread([one for one in made[kind] if one.place.startswith(place)], 10)[0]
    written = mutated(herefordshire.written, mutant.edits)
    try:
        rulebook = assembled(written, mutant.name)
    except BadInput as bad:
        refused = [fault.where for fault in bad.faults]
    else:
        refused = []
        assert list(sentence_broken.check(replace(herefordshire, rulebook=rulebook, written=written))), mutant.name
    # Where it is refused, a sentence names a question that is none any more.
    assert all("safety.yaml" in where for where in refused), mutant.name


def test_the_proof_finds_out_what_nothing_before_it_does() -> None:
    without = Bench(open_folder(BASE), checks=(), examples=())
    tried = without.tried(a_mutant(Edit("routes", ("urgencies", 1, "when"), [{"level": 1}])))
    assert tried[1:] == ("proof", "a-concern-never-lowers")


def test_what_is_written_again_in_the_same_words_is_no_slip(small: Bench) -> None:
    name: Any = small.folder.written["rulebook"].value
    assert small.tried(a_mutant(Edit("rulebook", ("title",), name["title"]))).killer == SAME


def test_conditions_that_come_to_the_same_are_no_slip(small: Bench) -> None:
    both = [{"danger": "yes"}, {"danger": "yes", "night": "yes"}, {"harm_suspected": "yes"}, {"harm_named": "yes"}]
    without = Bench(small.folder, checks=())
    assert without.tried(a_mutant(Edit("routes", ("findings", 2, "when"), both))).killer == SAME


@pytest.mark.parametrize(
    "edit",
    [
        Edit("actions", ("actions", 1, "cases", 0, "contact"), "hub"),
        Edit("actions", ("actions", 1, "cases", 0, "text"), "Ring somebody."),
        Edit("routes", ("urgencies", 1, "when"), [{"level": 3}]),
        Edit("rulebook", ("contacts", 1, "number"), "(03069) 990009"),
        Edit("ladders", ("ladders", 0, "strength"), None),
        Edit("coverage", ("coverage", 6, "why_not"), "It is about something else."),
        Edit("safety", ("safety", 0, "first"), ["record-decision"]),
    ],
    ids=lambda edit: "/".join(map(str, (edit.file, *edit.location))),
)
def test_what_somebody_could_see_is_a_slip_even_if_nothing_finds_it_out(edit: Edit) -> None:
    without = Bench(open_folder(BASE), checks=(), examples=(), proof=False)
    assert without.tried(a_mutant(edit)).killer is None


@pytest.mark.parametrize(("least", "killer"), [(2, SAME), (3, None)], ids=["the-same", "another"])
def test_a_prompt_that_asks_for_no_less_than_its_sign_gives_is_the_same(least: int, killer: str | None) -> None:
    level = {"level": {"at_least": least, "at_most": 3}}
    before = mutated(
        open_folder(BASE).written,
        [Edit("prompts", ("prompts", 0, "when"), [{"level": {"at_least": 0, "at_most": 3}}])],
    )
    folder = replace(open_folder(BASE), written=before, rulebook=assembled(before, "before"))
    without = Bench(folder, checks=(), examples=(), proof=False)
    assert without.tried(a_mutant(Edit("prompts", ("prompts", 0, "when"), [level]))).killer == killer


def test_a_slip_that_changes_words_alone_is_told_from_one_that_changes_what_to_do() -> None:
    without = Bench(open_folder(BASE), checks=(), examples=(), proof=False)
    general_first = {"level": 3}, {"level": 3, "harm": "yes"}
    swapped = [
        Edit("actions", ("actions", 1, "cases", place, "when"), when) for place, when in enumerate(general_first)
    ]
    assert without.tried(a_mutant(*swapped)) == Verdict(a_mutant(*swapped), None, WORDS)
    fewer = Edit("actions", ("actions", 3, "cases", 1, "when"), {"level": 2, "night": "yes"})
    assert without.tried(a_mutant(fewer)) == Verdict(a_mutant(fewer), None)


def test_a_case_that_fits_no_more_finds_a_slip_out(small: Bench) -> None:
    only: list[Example] = [one for one in read_examples(BASE / "cases") if one.file == "late-again.yaml"]
    bench = Bench(small.folder, checks=(), examples=only)
    slip = Edit("actions", ("actions", 2, "cases", 0, "when"), {"level": 1})
    assert bench.tried(a_mutant(slip))[1:] == ("cases", "late-again.yaml")


def test_the_score_counts_each_mutant_once_and_leaves_out_those_that_change_nothing() -> None:
    verdicts = [
        verdict("load"),
        verdict("checks", by="never-true"),
        verdict("checks", "another", "never-true"),
        verdict(SAME),
        verdict(None),
    ]
    assert found(verdicts) == (3, 4)
    assert found_by(verdicts) == [("checks: never-true", 2)]
    lines = [line.split() for line in table(verdicts)]
    assert lines[0] == ["kind", "tried", "found", "load", "checks", "cases", "proof", "kept", "missed"]
    assert lines[1:] == [
        ["a-slip", "3", "2", "1", "1", "0", "0", "0", "1"],
        ["another", "1", "1", "0", "1", "0", "0", "0", "0"],
        ["all", "4", "3", "1", "2", "0", "0", "0", "1"],
    ]


@pytest.mark.parametrize(
    ("known", "missed", "outdated"),
    [
        ({}, 1, []),
        ({"a-slip *": "nobody could tell"}, 0, []),
        ({"another *": "nobody could tell"}, 1, ["another *"]),
        ({"not-tried *": "nobody could tell"}, 1, []),
    ],
)
def test_a_survivor_is_reported_unless_it_was_reviewed(
    known: Mapping[str, str], missed: int, outdated: list[str]
) -> None:
    verdicts = [verdict(None), verdict("load", "another")]
    assert len(unreviewed(verdicts, known)) == missed
    assert out_of_date(verdicts, known) == outdated


@pytest.mark.long
def test_the_reviewed_list_is_short_and_every_entry_says_why_and_names_a_mutant(made: Made) -> None:
    known = reviewed()
    assert len(known) < 10
    verdicts = [Verdict(one, None, by) for mutants in made.values() for one in mutants for by in ("", WORDS)]
    for name, why in known.items():
        assert why.endswith(".")
        assert len(unreviewed(verdicts, {name: why})) < len(verdicts), name
