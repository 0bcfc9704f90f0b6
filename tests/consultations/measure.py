"""The share of records below Level 4 that lead to a talk with a social worker, by what is answered.

Four sets. The worked cases that there were before there were follow-up questions: those written since are about
them, and say nothing of how common they are. Vignettes by two hands, of which one had seen no rule. And the
narratives of the search's tests, as far as each tells its signs. `before.yaml` says which of them led to a
consultation before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any, NamedTuple

import yaml

from rhrt import Record, Rulebook, assess
from rhrt.parser import read
from rhrt.reasoning.assess import trace
from rhrt.rulebook.load import DEFAULT, bundled_folder
from rhrt.steward.cases import read_examples
from tests.search_quality.measure import HALVES

HERE = Path(__file__).parent
BEFORE = HERE / "before.yaml"

SEEDS = range(20)
"""Each stands for one way in which one answer in five is *not known*."""

ONE_IN = 5
MOST_POINTS = {"no": 5, "one in five not known": 10}
"""By how many points in a hundred the share may rise, by how the follow-up questions are answered."""

OPEN = "open_to_social_care"
CONSULT = "consult-mash-social-worker"
BEHIND = ("alert", "own_specialist", "in_doubt", "could_be_grave", "could_be_specialist")
"""The findings about one thing recorded that lead to a consultation below Level 4."""

Records = Mapping[str, Record]


class Shares(NamedTuple):
    """Of one set: how many records are below Level 4, and the share of them that leads to a consultation."""

    records: int
    before: float
    by_answers: Mapping[str, float]

    def rise(self, answers: str) -> float:
        """Give by how many points in a hundred the share has risen."""
        return 100 * (self.by_answers[answers] - self.before)


def worked_cases() -> Records:
    """Give every example of the worked cases, by the name of its file and its title."""
    examples = read_examples(bundled_folder() / DEFAULT / "cases")
    return {f"{one.file.removesuffix('.yaml')}: {one.title}": one.record for one in examples}


def vignettes() -> Records:
    """Give the vignettes as records, by their gist."""
    return _vignettes_of("vignettes.yaml")


def by_another_hand() -> Records:
    """Give the vignettes of somebody who had seen no rule, as records, by their gist."""
    return _vignettes_of("another_hand.yaml")


def _vignettes_of(file: str) -> Records:
    return {one["gist"]: _record(one, _answers()) for one in _written(file)["vignettes"]}


def _answers() -> Mapping[str, str]:
    """Give the answers of every vignette and narrative that does not say otherwise."""
    answers: Mapping[str, str] = _written("vignettes.yaml")["answers"]
    return answers


def _written(file: str) -> Any:
    return read(HERE / file).value


def _record(one: Mapping[str, Any], answers: Mapping[str, str]) -> Record:
    own = {key: one[key] for key in (*answers, "consent", "informing_parents") if key in one}
    marks = {mark: one[mark] for mark in ("present", "absent", "not_known") if mark in one}
    return Record.model_validate({
        "child": {"age_band": one.get("age")},
        "indicators": marks,
        "circumstances": one.get("circumstances", []),
        "situation": {**answers, **own},
    })  # fmt: skip


def narratives() -> Records:
    """Give the narratives as records, by their first words: the first sign of each thing told, and no age."""
    found = {}
    for half in HALVES:
        for one in yaml.safe_load((HERE / f"narratives_{half}.yaml").read_text(encoding="utf-8")):
            present = [*dict.fromkeys(right[0] for right in one["told"])]
            told = {"present": present}
            found[f"{one['voice']}: {one['text'][:60]}"] = _record(told, _answers())
    return found


SETS: Mapping[str, Callable[[], Records]] = {
    "worked cases": worked_cases,
    "vignettes": vignettes,
    "another hand": by_another_hand,
    "narratives": narratives,
}


def shares(records: Records, before: Mapping[str, bool], rulebook: Rulebook) -> Shares:
    """Work out the shares of one set, of the records that `before` speaks of."""
    below = below_the_highest(records, before, rulebook)
    by_answers = {
        "not asked": mean(leads(record, rulebook) for record in below.values()),
        "no": mean(leads(answered(record, rulebook, always_no), rulebook) for record in below.values()),
        "one in five not known": mean(_not_known(below, rulebook, seed) for seed in SEEDS),
    }
    return Shares(len(below), mean(before[name] for name in below), by_answers)


def below_the_highest(records: Records, before: Mapping[str, bool], rulebook: Rulebook) -> Records:
    """Give the records that `before` speaks of and that are below the highest level, with no follow-up answered."""
    highest = max(level.level for level in rulebook.levels)
    bare = {name: replace(record, follow_ups={}) for name, record in records.items() if name in before}
    return {name: record for name, record in bare.items() if assess(record, rulebook).level != highest}


def _not_known(below: Records, rulebook: Rulebook, seed: int) -> float:
    answer = one_in_five(seed)
    return mean(leads(answered(record, rulebook, answer), rulebook) for record in below.values())


def leads(record: Record, rulebook: Rulebook) -> bool:
    """Say whether a social worker is asked: at MASH or, on an open case, the child's own with the same meaning."""
    closed = record
    if record.situation.get(OPEN) == "yes":
        closed = replace(record, situation={**record.situation, OPEN: "no"})
    return any(step.code == CONSULT for step in assess(closed, rulebook).actions)


def answered(record: Record, rulebook: Rulebook, answer: Callable[[], str]) -> Record:
    """Answer each follow-up question that is asked, and each that is asked then, until none is left."""
    while True:
        asked = [one.id for one in assess(record, rulebook).follow_ups if one.id not in record.follow_ups]
        if not asked:
            return record
        record = replace(record, follow_ups={**record.follow_ups, **{id_: answer() for id_ in asked}})


def always_no() -> str:
    """Answer no."""
    return "no"


def one_in_five(seed: int) -> Callable[[], str]:
    """Answer *not known* one time in five, and else no; the same at every run."""
    random = Random(seed)
    return lambda: "not-known" if random.randrange(ONE_IN) == 0 else "no"


def causes(
    records: Records, before: Mapping[str, bool], rulebook: Rulebook, answer: Callable[[], str]
) -> Counter[str]:
    """Count what is behind each consultation that there was not before: a sign, or an answer."""
    found: Counter[str] = Counter()
    for name, record in below_the_highest(records, before, rulebook).items():
        told = answered(record, rulebook, answer)
        if not before[name] and leads(told, rulebook):
            found.update(set(_behind(told, rulebook)))
    return found


def _behind(record: Record, rulebook: Rulebook) -> Iterator[str]:
    wanted = {f"finding/{id_}" for id_ in BEHIND}
    for fact, rules in trace(assess(record, rulebook).record, rulebook):
        if "indicator" in fact and wanted & set(rules):
            yield _called(fact)


def _called(fact: Mapping[str, Any]) -> str:
    signs = (fact["indicator"], fact["mark"], fact["age_band"])
    answers = (fact["asked"], fact["answer"])
    return ", ".join(f"{one}" for one in (signs if fact["level"] else answers))


def too_many(found: Mapping[str, Shares]) -> Sequence[str]:
    """Say where the share rises by more than it may."""
    return [
        f"{name}, {answers}: {own.rise(answers):+.1f} points, where at most {most} are right"
        for name, own in found.items()
        for answers, most in MOST_POINTS.items()
        if own.rise(answers) > most
    ]
