"""All that is tried of one rulebook, without pytest: its worked cases, the properties, and a session of marking."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test

from rhrt.faults import BadInput, NoAnswer, NotWhole
from rhrt.reasoning.assess import assess, ready
from rhrt.rulebook.load import folder_of, load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.steward.cases import Example, in_short, in_words, read_examples
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
    told_of,
    words_of,
)
from rhrt.suggestion import Suggestion
from rhrt.testing.properties import MARKS, PROPERTIES, Property, Written, as_sentence, sentence
from rhrt.testing.session import session_of
from rhrt.testing.strategies import records

EXAMPLES = 200
"""How many records are tried for each property, where nobody asks for more."""

STEPS = 30
"""The most steps in one session of marking."""

SESSION = "a_session_of_marking_and_undoing_gives_the_answer_of_its_marks"
"""What a session of marking checks, named as a property is."""

SIGNS = "each_sign_alone_is_told_what_was_kept_of_it"
"""What is checked of each indicator, where answers were kept."""

WORDS = "the_words_told_and_the_cases_they_were_told_to_are_as_they_were_kept"
"""What is checked of the words that were kept, each once whatever the number of cases that were told them."""

DECIDES = ("level", "route", "urgency", "harm")
"""The parts of an answer by which somebody acts, and whose failures are told first."""

MOST_NAMED = 3
"""How many examples, of those in which the same is not so, are named."""

KEEP = "Is that right? Then keep it: rhrt rulebook test --keep, with the same folder."
"""What is said of an answer that is not as it was kept."""

Severity = Literal["none", "decides", "expected", "kept"]
"""How grave it is that something is not as it should be, the gravest first."""


class Amiss(NamedTuple):
    """One thing that is not as it should be, in words, and in which examples, and of which signs alone, it is so.

    `weight` says whether there is no answer, or another (the level, the route, the urgency, harm), or one that is
    not as a case expects otherwise, or not as it was kept.
    """

    weight: Severity
    what: str
    of: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Say in how many examples it is so, and of how many signs alone, and name a few."""
        kinds = (("example", self.of), ("sign alone", self.alone))
        return " and ".join(_counted(kind, names) for kind, names in kinds if names)


class Result(NamedTuple):
    """What came of trying one thing: how many records were tried, and what was not so (None: all was).

    `record` is the smallest record found for which it was not so. `differs` says each thing that was not so of a
    worked case, or of what was kept, on its own.
    """

    kind: str
    name: str
    sentence: str
    tried: int
    failure: str | None = None
    record: Written | None = None
    differs: tuple[Amiss, ...] = ()


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

    @property
    def kept_checks(self) -> int:
        """How many checks there are of what was kept; they follow those of the cases."""
        return len([*_checks_of_kept(self)])


def load(id_or_path: str | None = None, with_kept: bool = True) -> Loaded:
    """Load a rulebook and read its worked cases, and what was kept of them. Raises BadInput with every fault."""
    rulebook = load_rulebook(id_or_path)
    ready(rulebook)  # refused here, and once, where the rules go beyond what the engine is safe with
    cases = folder_of(id_or_path) / "cases"
    return Loaded(rulebook, read_examples(cases), read_kept(cases) if with_kept else None, cases)


def checks(loaded: Loaded) -> list[Check]:
    """Give all that there is to try, worked cases first."""
    rulebook, examples, kept, _ = loaded
    cases = [Check("case", one.named, partial(_try_case, rulebook, one, kept)) for one in examples]
    properties = [Check("property", one.__name__, partial(_try_property, rulebook, one)) for one in PROPERTIES]
    session = Check("session", SESSION, partial(_try_session, rulebook))
    return [*cases, *_checks_of_kept(loaded), *properties, session]


def as_expected(loaded: Loaded) -> list[Result]:
    """Give each worked case that does not give what it says."""
    results = [_try_case(loaded.rulebook, example, None) for example in loaded.examples]
    return [result for result in results if result.failure]


def _checks_of_kept(loaded: Loaded) -> Iterator[Check]:
    if kept := loaded.kept:
        yield Check("words", WORDS, partial(_try_words, loaded, kept))
    if kept and ALONE in kept.answers:
        yield Check("sign", SIGNS, partial(_try_signs, loaded.rulebook, kept.answers[ALONE]))


def explained(result: Result, named: str | None) -> list[str]:
    """Say in lines what was not so, with the smallest record for which it was not, as `rhrt assess` reads it."""
    lines = (result.failure or "").splitlines()
    if result.record is None:
        return lines
    written = yaml.safe_dump(result.record, sort_keys=False, allow_unicode=True).splitlines()
    how = f"rhrt assess FILE{f' --rulebook {named}' if named else ''}"
    return [*lines, f"The smallest record for which it is not so; to see its answer: {how}", "", *written, ""]


def _try_case(rulebook: Rulebook, example: Example, kept: Kept | None, _: int = 1) -> Result:
    """Say where a worked case does not give what it says, or is told something else than was kept."""
    named = example.named
    result = Result("case", named, f"{named}.", 1)
    try:
        suggestion = assess(example.record, rulebook)
    except NotWhole as none:
        return result._replace(failure=f"{none}", differs=(Amiss("none", f"{none}", (named,)),))
    except (BadInput, NoAnswer) as error:
        return result._replace(failure=f"{error}", differs=(Amiss("decides", f"{error}", (named,)),))
    wrong = [*_unexpected(example, suggestion)]
    if kept and not wrong:
        before = of_example(kept, example.file, example.title)
        wrong = [Amiss("kept", what, (named,)) for what in differences(before, told(suggestion))]
    return result._replace(failure=_failed(wrong, in_which=False), differs=tuple(wrong))


def _unexpected(example: Example, suggestion: Suggestion) -> Iterator[Amiss]:
    """Give what of an answer is not as a worked case expects."""
    answer, of = in_short(suggestion).as_dict(), (example.named,)
    for part, wanted in example.expected.as_dict().items():
        given = answer[part]
        if wanted == given:
            continue
        if isinstance(wanted, tuple) and isinstance(given, tuple):
            yield from (Amiss("expected", f"{part}: {what}", of) for what in _listed(wanted, given))
        else:
            yield Amiss("decides", f"{part}: expected {in_words(wanted)}; given {in_words(given)}", of)


def _listed(wanted: tuple[str, ...], given: tuple[str, ...]) -> Iterator[str]:
    """Say what of a list is missing, and what is there and was not expected, each on its own."""
    missing, further = [one for one in wanted if one not in given], [one for one in given if one not in wanted]
    yield from (f"expected {one}, which is not given" for one in missing)
    yield from (f"given {one}, which is not expected" for one in further)
    if not missing and not further:
        yield f"expected in this order, {in_words(wanted)}; given {in_words(given)}"


def _try_signs(rulebook: Rulebook, kept: Mapping[str, Told], _: int = 1) -> Result:
    """Say which signs, alone, are told something else than was kept."""
    found: dict[tuple[Severity, str], list[str]] = {}
    for id_ in rulebook.position:
        for one in _since_kept(rulebook, id_, kept.get(id_, {})):
            found.setdefault(one, []).append(id_)
    wrong = [Amiss(*one, alone=tuple(ids)) for one, ids in found.items()]
    return _of_kept("sign", SIGNS, len(rulebook.position), wrong)


def _try_words(loaded: Loaded, kept: Kept, _: int = 1) -> Result:
    """Say which words are others than were kept, and which cases were kept and are no longer there."""
    there = {(Path(one.file).stem, one.title) for one in loaded.examples}
    before = [(file, title) for file, title, _ in kept.each() if file != ALONE]
    gone = [f"{file}: {title}" for file, title in before if (file, title) not in there]
    wrong = [Amiss("kept", "This was kept, and is no longer there.", tuple(gone))] if gone else []
    for name, changed in other_words(kept.words, words_of(loaded.rulebook)).items():
        examples, signs = told_of(kept, name)
        wrong += [Amiss("kept", what, examples, signs) for what in changed]
    return _of_kept("words", WORDS, len(kept.words), wrong)


def _of_kept(kind: str, name: str, tried: int, wrong: list[Amiss]) -> Result:
    return Result(kind, name, as_sentence(name), tried, _failed(wrong), differs=tuple(wrong))


def _failed(wrong: list[Amiss], in_which: bool = True) -> str | None:
    """Say in lines what was not so, `in_which` each, and how to keep it where it was only kept otherwise."""
    lines = [f"{one.what} In {one.where}." if in_which else one.what for one in wrong]
    if any(one.weight == "kept" for one in wrong):
        lines.append(KEEP)
    return "\n".join(lines) or None


def _counted(kind: str, names: Sequence[str]) -> str:
    """Count things, and name a few of them."""
    several = kind.replace("example", "examples").replace("sign", "signs")
    named = "; ".join(names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{len(names)} {kind if len(names) == 1 else several} ({named}{more})"


def _since_kept(rulebook: Rulebook, id_: str, kept: Told) -> list[tuple[Severity, str]]:
    try:
        differing = differences(kept, told(assess(alone(id_), rulebook)))
    except NotWhole as none:
        return [("none", f"{none}")]
    return [("decides" if what.split(":")[0] in DECIDES else "kept", what) for what in differing]


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
    result = Result("session", SESSION, as_sentence(SESSION), count, failure)
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
    kept = ("child", "circumstances", "situation", "follow_ups", "judgement")
    others = {key: record[key] for key in kept if record.get(key)}
    return {"rulebook": rulebook.id, **({"indicators": marks} if marks else {}), **others}
