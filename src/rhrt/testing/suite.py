"""All that is tried of one rulebook, without pytest: its worked cases, the properties, and a session of marking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test

from rhrt.case import Example, read_examples
from rhrt.engine.assess import assess, ready
from rhrt.faults import BadInput, NoAnswer, NotWhole
from rhrt.rulebook.load import DEFAULT, bundled, bundled_folder, load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion
from rhrt.testing.kept import ALONE, Kept, Told, alone, differences, of_example, read_kept, told
from rhrt.testing.properties import PROPERTIES, Property, sentence
from rhrt.testing.session import session_of
from rhrt.testing.strategies import records
from rhrt.testing.variations import MARKS, Written

EXAMPLES = 200
"""How many records are tried for each property, where nobody asks for more."""

STEPS = 30
"""The most steps in one session of marking."""

SESSION = "a_session_of_marking_and_undoing_gives_the_answer_of_its_marks"
"""What a session of marking checks, named as a property is."""


SIGNS = "each_sign_alone_is_told_what_was_kept_of_it"
"""What is checked of each indicator, where answers were kept."""

KEEP = "Is that right? Then keep it: rhrt rulebook test --keep, with the same folder."
"""What is said of an answer that is not as it was kept."""


class Result(NamedTuple):
    """What came of trying one thing: how many records were tried, and what was not so (None: all was).

    `record` is the smallest record found for which it was not so.
    """

    kind: str
    name: str
    sentence: str
    tried: int
    failure: str | None = None
    record: Written | None = None


class Check(NamedTuple):
    """One thing to try: a worked case, a property, or a session. `run` takes how many records to try."""

    kind: str
    name: str
    run: Callable[[int], Result]


class Loaded(NamedTuple):
    """A rulebook that the engine takes, and its worked cases: their examples, what was kept, and their folder."""

    rulebook: Rulebook
    examples: list[Example]
    kept: Kept | None = None
    cases: Path = Path("cases")


def load(id_or_path: str | None = None) -> Loaded:
    """Load a rulebook and read its worked cases. Raises BadInput with every fault."""
    rulebook = load_rulebook(id_or_path)
    named = id_or_path or DEFAULT
    folder = bundled_folder() / named if named in bundled() else Path(named)
    ready(rulebook)  # refused here, and once, where the rules go beyond what the engine is safe with
    cases = folder / "cases"
    return Loaded(rulebook, read_examples(cases), read_kept(cases), cases)


def checks(loaded: Loaded) -> list[Check]:
    """Give all that there is to try, worked cases first."""
    rulebook, examples, kept, _ = loaded
    cases = [
        Check(
            "case", _named(one), partial(_try_case, rulebook, one, None if kept is None else of_example(kept, one))
        )
        for one in examples
    ]
    properties = [Check("property", one.__name__, partial(_try_property, rulebook, one)) for one in PROPERTIES]
    signs = [Check("sign", SIGNS, partial(_try_signs, rulebook, kept[ALONE]))] if kept and ALONE in kept else []
    return [*cases, *signs, *properties, Check("session", SESSION, partial(_try_session, rulebook))]


def explained(result: Result, named: str | None) -> list[str]:
    """Say in lines what was not so, with the smallest record for which it was not, as `rhrt assess` reads it."""
    lines = (result.failure or "").splitlines()
    if result.record is None:
        return lines
    written = yaml.safe_dump(result.record, sort_keys=False, allow_unicode=True).splitlines()
    how = f"rhrt assess FILE{f' --rulebook {named}' if named else ''}"
    return [*lines, f"The smallest record for which it is not so; to see its answer: {how}", "", *written, ""]


def _try_case(rulebook: Rulebook, example: Example, kept: Told | None, _: int = 1) -> Result:
    """Say where a worked case does not give what it says, or is told something else than was kept."""
    result = Result("case", _named(example), f"{_named(example)}.", 1)
    try:
        suggestion = assess(example.record, rulebook)
    except (BadInput, NoAnswer) as error:
        return result._replace(failure=f"{error}")
    answer = _as_expected(suggestion)
    wrong = [
        f"{part}: expected {_in_words(wanted)}; given {_in_words(answer[part])}"
        for part, wanted in example.expected.as_dict().items()
        if wanted != answer[part]
    ]
    if kept is not None and not wrong and (changed := differences(kept, told(suggestion))):
        wrong = [*changed, KEEP]
    return result._replace(failure="\n".join(wrong) or None)


def _try_signs(rulebook: Rulebook, kept: Mapping[str, Told], _: int = 1) -> Result:
    """Say which signs, alone, are told something else than was kept."""
    result = Result("sign", SIGNS, SIGNS.replace("_", " ").capitalize() + ".", len(rulebook.position))
    wrong = [
        f"{id_}: {difference}"
        for id_ in rulebook.position
        for difference in _since_kept(rulebook, id_, kept.get(id_, {}))
    ]
    return result._replace(failure="\n".join([*wrong, KEEP]) if wrong else None)


def _since_kept(rulebook: Rulebook, id_: str, kept: Told) -> list[str]:
    try:
        return differences(kept, told(assess(alone(id_), rulebook)))
    except NotWhole as none:
        return [f"{none}"]


def _named(example: Example) -> str:
    return f"{Path(example.file).stem}: {example.title}"


def _as_expected(suggestion: Suggestion) -> dict[str, object]:
    """Give the parts of an answer that a worked case names, as it names them."""
    return {
        "level": suggestion.level,
        "route": suggestion.route,
        "urgency": suggestion.urgency,
        "harm": suggestion.harm,
        "reasons": tuple(one.indicator or one.rule.removeprefix("judgement/") for one in suggestion.reasons),
        "actions": tuple(step.code for step in suggestion.actions),
    }


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value or "none")


def _try_property(rulebook: Rulebook, tried: Property, examples: int = EXAMPLES) -> Result:
    """Try a property on generated records, the same at every run, and keep the smallest for which it fails."""
    count = 0
    last: Written = {}

    def try_one(record: Written) -> None:
        nonlocal count, last
        count, last = count + 1, record
        tried(rulebook, record)

    failure = _failure(_settings(examples)(given(records(rulebook))(try_one)))
    result = Result("property", tried.__name__, sentence(tried), count, failure)
    return result._replace(record=_plain(rulebook, last)) if failure else result


def _try_session(rulebook: Rulebook, examples: int = EXAMPLES) -> Result:
    """Drive sessions of marking: one for every ten records that a property is tried on."""
    machine, count = session_of(rulebook), max(examples // 10, 1)
    with_steps = settings(_settings(count), stateful_step_count=STEPS)
    failure = _failure(partial(run_state_machine_as_test, machine, settings=with_steps))
    said = SESSION.replace("_", " ").capitalize() + "."
    result = Result("session", SESSION, said, count, failure)
    return result._replace(record=_plain(rulebook, machine.last)) if failure else result


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )


def _failure(run: Callable[[], object]) -> str | None:
    """Run a trial, and say what was not so. An error of any kind is a failure: no answer may end in one."""
    try:
        run()
    except (AssertionError, NoAnswer) as error:
        return f"{error}"
    except Exception as error:
        return f"This ended in an error, {type(error).__name__}: {error}"
    return None


def _plain(rulebook: Rulebook, record: Written) -> Written:
    """Write a record without what is empty, as `rhrt assess` reads it."""
    marks = {mark: ids for mark in MARKS if (ids := record.get("indicators", {}).get(mark))}
    others = {key: record[key] for key in ("child", "circumstances", "situation", "judgement") if record.get(key)}
    return {"rulebook": rulebook.id, **({"indicators": marks} if marks else {}), **others}
