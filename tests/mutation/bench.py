"""What finds a mutant out: loading, quick checks, worked cases, slow checks, the proof, what cases were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rhrt.faults import BadInput, NoAnswer
from rhrt.reasoning.engine import Engine
from rhrt.record import Record
from rhrt.record import check as check_record
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.read import assembled
from rhrt.steward.cases import Example, read_examples
from rhrt.steward.checks import Check, all_checks
from rhrt.steward.folder import RulebookFolder
from rhrt.steward.kept import (
    ALONE,
    Kept,
    Told,
    alone,
    differences,
    of_example,
    other_words,
    read_kept,
    told,
    words_of,
)
from rhrt.steward.prove.promises import general
from rhrt.suggestion import Suggestion
from tests.mutation.mutant import Mutant, mutated
from tests.mutation.same import change, decides, looked_at, with_situations_of

SAME = "the same"
"""What is said of a mutant that gives every answer, in the same words, that the original gives."""

WORDS = "words alone"
"""What is said of a mutant that changes the words of a step, or whose number it gives, and nothing else."""


class Verdict(NamedTuple):
    """What became of a mutant: what found it out (None: nothing), and by which check, case or sentence."""

    mutant: Mutant
    killer: str | None
    by: str = ""


class Bench:
    """One rulebook with its cases and checks, on which its mutants are tried."""

    def __init__(
        self,
        folder: RulebookFolder,
        checks: Sequence[Check] | None = None,
        examples: Sequence[Example] | None = None,
        proof: bool = True,
    ) -> None:
        self.folder = replace(folder, before=folder.rulebook)  # as `rhrt rulebook check --since` has it
        self.examples = read_examples(folder.path / "cases") if examples is None else examples
        self.kept: Kept | None = read_kept(folder.path / "cases") if examples is None else None
        self.proof = proof
        self._decides, self._looked_at = decides(folder.rulebook), looked_at(folder.rulebook)
        self._remarks: dict[str, Counter[str]] = {}
        self._quick: list[Check] = []
        self._slow: list[Check] = []
        for check in all_checks() if checks is None else checks:
            on_its_own = replace(self.folder)
            list(check.module.check(on_its_own))
            (self._slow if {"situations", "sets"} & vars(on_its_own).keys() else self._quick).append(check)
            self._remarks[check.name] = _remarks(check, self.folder)

    def tried(self, mutant: Mutant) -> Verdict:
        """Try a mutant until something finds it out."""
        try:
            written = mutated(self.folder.written, mutant.edits)
            rulebook = assembled(written, mutant.name)
            Engine(rulebook)  # refuses rules that are too many for it
        except BadInput as bad:
            return Verdict(mutant, "load", bad.faults[0].what)
        folder = replace(self.folder, rulebook=rulebook, written=written)
        same = decides(rulebook) == self._decides
        if same:
            with_situations_of(self.folder, folder)
        slow = [] if looked_at(rulebook) == self._looked_at else self._slow
        for killer, found in (
            ("checks", self._checked(folder, self._quick)),
            ("cases", self._as_cases_say(rulebook)),
            ("checks", self._checked(folder, slow)),
            ("proof", self._proven(folder) if self.proof and not same else iter(())),
            ("kept", self._as_kept(rulebook)),
        ):
            if by := next(found, None):
                return Verdict(mutant, killer, by)
        changed = change(self.folder, folder)
        return Verdict(mutant, SAME if changed == "nothing" else None, WORDS if changed == "words" else "")

    def _checked(self, folder: RulebookFolder, checks: Iterable[Check]) -> Iterator[str]:
        """Give each check that remarks on something that it did not remark on in the original."""
        for check in checks:
            if _remarks(check, folder) - self._remarks[check.name]:
                yield check.name

    def _as_cases_say(self, rulebook: Rulebook) -> Iterator[str]:
        """Give each worked case that is not as it says."""
        engine = Engine(rulebook)
        for example in self.examples:
            try:
                told = engine.suggest(check_record(example.record, rulebook))
            except (BadInput, NoAnswer):
                yield example.file
            else:
                if not _as_expected(told, example):
                    yield example.file

    def _as_kept(self, rulebook: Rulebook) -> Iterator[str]:
        """Give all words, each worked case, and each sign, that are not as they were kept."""
        if self.kept is None:
            return
        yield from other_words(self.kept.words, words_of(rulebook))
        engine = Engine(rulebook)
        for example in self.examples:
            before = of_example(self.kept, example.file, example.title)
            if differences(before, _told(engine, example.record)):
                yield example.file
        for id_, before in self.kept.answers[ALONE].items():
            if differences(before, _told(engine, alone(id_))):
                yield id_

    def _proven(self, folder: RulebookFolder) -> Iterator[str]:
        """Give each sentence of every rulebook that is not true; its own sentences are a check."""
        return (one.id for one in general(folder.situations) if one.broken)


def _told(engine: Engine, record: Record) -> Told:
    """Give what a record is told; nothing where it has no answer, which is never what was kept."""
    try:
        return told(engine.suggest(check_record(record, engine.rulebook)))
    except NoAnswer:
        return {}


def _remarks(check: Check, folder: RulebookFolder) -> Counter[str]:
    return Counter(problem.what for problem in check.module.check(folder))


def _as_expected(told: Suggestion, example: Example) -> bool:
    expected = example.expected
    reasons = tuple(one.called for one in told.reasons)
    return (told.level, told.route, told.urgency, told.harm, reasons) == (
        expected.level,
        expected.route,
        expected.urgency,
        expected.harm,
        expected.reasons,
    ) and tuple(step.code for step in told.actions) == expected.actions
