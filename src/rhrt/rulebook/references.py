"""What the files of a rulebook say of one another: ids that exist, ladders that rise, words that are there."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import getitem
from typing import Any, get_args

from rhrt.faults import Fault, nearest
from rhrt.files import Location, Written
from rhrt.rulebook.conditions import About, Vocabulary, answer_vocabulary, vocabulary
from rhrt.rulebook.essentials import Problem, edition_faults, essentials
from rhrt.rulebook.ids import KEBAB
from rhrt.rulebook.kinds import YES, AtLeast, Conditions, SafetySentence, Wanted
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.rules import asked_alone, rules_of
from rhrt.rulebook.written import WAYS

FEWEST_ALSO = 4
"""How many ways of saying it an indicator needs at the least, so that it can be found."""

Known = Collection[object]
"""What may be named somewhere: ids, or levels by their numbers."""

_SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\Z")


def faults_between(rulebook: Rulebook, written: Mapping[str, Written]) -> Iterator[Fault]:
    """Give every fault that shows only when the files are seen together."""
    entries = entries_of(written)
    checks = (
        essentials(rulebook),
        edition_faults(rulebook),
        _ids(entries),
        _indicators(rulebook, entries, written),
        _ways(rulebook, written),
        _ladders(rulebook),
        _services(rulebook),
        _rules(rulebook),
        _alone(rulebook),
        _actions(rulebook),
        _prompts(rulebook),
        _safety(rulebook),
        _blank_words(written),
        _sources(rulebook, written),
        _aliases(rulebook),
        _retired(rulebook),
        _contacts(rulebook),
    )
    retired = {f"'{one.id}' is not known here.": one.what for one in rulebook.retired}
    for check in checks:
        for file, location, what, remedy in check:
            taken_out = retired.get(what)
            told = (taken_out, "Take it out here too, or keep the sign.") if taken_out else (what, remedy)
            yield Fault(written[file].where(location), *told)


Entry = tuple[str, Location, Mapping[str, Any]]


def entries_of(written: Mapping[str, Written]) -> dict[str, list[Entry]]:
    """Gather the entries of each list of a rulebook, with the file and location of each."""
    entries: dict[str, list[Entry]] = {}
    for file, content in written.items():
        for name, value in content.value.items() if isinstance(content.value, dict) else ():
            for index, entry in enumerate(value) if isinstance(value, list) else ():
                if isinstance(entry, dict):
                    entries.setdefault(name, []).append((file, (name, index), entry))
    return entries


def _ids(entries: Mapping[str, list[Entry]]) -> Iterator[Problem]:
    for name, listed in entries.items():
        seen: dict[object, str] = {}
        for file, location, entry in listed:
            key = next((key for key in ("id", "code", "level") if key in entry), None)
            if key is None or (key == "level" and name == "indicators"):
                continue
            value = entry[key]
            if value in seen:
                what = f"'{value}' is already used in {seen[value]}."
                yield file, (*location, key), what, "Give each entry a name of its own."
            seen[value] = f"{file}.yaml"
            snake = name in ("situation", "findings", "judgements")
            if key != "level" and not (_SNAKE if snake else KEBAB).match(str(value)):
                joined = "underscores" if snake else "hyphens"
                what = f"'{value}' is not a plain name."
                yield file, (*location, key), what, f"Use small letters and {joined}."


def _indicators(
    rulebook: Rulebook, entries: Mapping[str, list[Entry]], written: Mapping[str, Written]
) -> Iterator[Problem]:
    file_levels = {file: one.value.get("level") for file, one in written.items() if isinstance(one.value, dict)}
    headings = [heading.id for heading in rulebook.headings]
    bases = [basis.id for basis in rulebook.bases]
    numbers: dict[object, str] = {}
    for file, location, entry in entries.get("indicators", []):
        indicator = rulebook.indicator[entry["id"]]
        for key, known in (("heading", headings), ("shown_under", headings), ("basis", bases)):
            if entry.get(key) is not None and entry[key] not in known:
                yield _unknown(file, (*location, key), entry[key], known)
        if entry.get("level") is not None and file_levels.get(file) is not None:
            what = "This indicator gives a level, and so does its file."
            yield file, (*location, "level"), what, "Keep one of the two."
        if rulebook.level and indicator.level not in rulebook.level:
            remedy = f"Give one of the levels {', '.join(map(str, rulebook.level))}, here or for the file."
            yield file, (*location, "level"), "This indicator has no level of this rulebook.", remedy
        if len({words.strip().lower() for words in indicator.also} - {""}) < FEWEST_ALSO:
            what = f"There are fewer than {FEWEST_ALSO} ways of saying this."
            yield file, (*location, "also"), what, "Add how practitioners would say it, so that it is found."
        if entry.get("n") is not None and entry["n"] in numbers:
            what = f"The number {entry['n']} is also that of '{numbers[entry['n']]}'."
            yield file, (*location, "n"), what, "Give each indicator its own place in the framework."
        numbers[entry.get("n")] = entry["id"]


def _ways(rulebook: Rulebook, written: Mapping[str, Written]) -> Iterator[Problem]:
    hands: dict[str, str] = {}
    for file, ways in zip((name for name in written if name.startswith(WAYS)), rulebook.ways, strict=True):
        if (first := hands.setdefault(ways.by, file)) != file:
            what = f"{first}.yaml is by the same."
            yield file, ("by",), what, "Say who wrote these and not those, or keep both in one file."
        for id_, lines in ways.said.items():
            yield from _ways_of_one(rulebook, file, id_, lines)


def _ways_of_one(rulebook: Rulebook, file: str, id_: str, lines: str) -> Iterator[Problem]:
    location = ("said", id_)
    if id_ not in rulebook.indicator:
        yield _unknown(file, location, id_, rulebook.position)
    elif id_ not in rulebook.position:
        yield file, location, f"'{id_}' cannot be recorded, so nobody looks for it.", "Take it out here."
    if "\n" not in lines:
        what = "These words would be read as one phrase."
        yield file, location, what, f"Write | after '{id_}:', then a phrase a line, each set in."


def _ladders(rulebook: Rulebook) -> Iterator[Problem]:
    for index, ladder in enumerate(rulebook.ladders):
        steps: list[tuple[Location, str]] = []
        if ladder.strength is not None:
            steps.append((("ladders", index, "strength"), ladder.strength))
        steps += ((("ladders", index, "rungs", rung), id_) for rung, id_ in enumerate(ladder.rungs))
        before = 0
        for location, id_ in steps:
            if id_ not in rulebook.indicator:
                yield _unknown("ladders", location, id_, rulebook.indicator)
                continue
            level = rulebook.indicator[id_].level
            if level <= before:
                what = f"'{id_}' is at Level {level}, which is not above the rung before it (Level {before})."
                yield "ladders", location, what, "Order the rungs from the lowest level to the highest."
            before = level
        if len(steps) < 2:
            what = f"The ladder '{ladder.id}' has fewer than two steps."
            yield "ladders", ("ladders", index), what, "Add a rung, or remove the ladder."


def _services(rulebook: Rulebook) -> Iterator[Problem]:
    known: Mapping[str, Mapping[str, Known]] = {
        "topics": {"indicators": rulebook.indicator},
        "services": {"topics": [topic.id for topic in rulebook.topics], "levels": rulebook.level},
        "agencies": {"level": rulebook.level},
    }
    for name, keys in known.items():
        for index, entry in enumerate(getattr(rulebook, name)):
            yield from _not_known("services", (name, index), entry, keys)


_RULES: Mapping[str, tuple[str, str]] = {
    "findings": ("routes", "recorded"),
    "judgements": ("routes", "answers"),
    "routes": ("routes", "situation"),
    "urgencies": ("routes", "situation"),
    "prompts": ("prompts", "prompt"),
    "afterwards": ("afterwards", "afterwards"),
}
"""The lists of rules with lines of conditions: the file of each, and what its rules look at unless they say."""


def _rules(rulebook: Rulebook) -> Iterator[Problem]:
    known: dict[str, Vocabulary] = {about: vocabulary(rulebook, about) for about in get_args(About)}
    known["indicator"] = known["recorded"]
    for name, (file, about) in _RULES.items():
        for index, rule in enumerate(getattr(rulebook, name)):
            if not rule.when:
                what = "There is no condition here, so this never applies."
                yield file, (name, index, "when"), what, "Add one, or write - {} for always."
            for place, conditions in enumerate(rule.when):
                at = (name, index, "when", place)
                yield from _conditions(file, at, conditions, known[getattr(rule, "about", about)])
    yield from _judgements(rulebook)


def _judgements(rulebook: Rulebook) -> Iterator[Problem]:
    for index, judgement in enumerate(rulebook.judgements):
        for place, conditions in enumerate(judgement.when if judgement.about == "recorded" else ()):
            if not {"asked", "names"} & conditions.keys():
                what = "This judgement looks at one thing recorded, and does not say at which answer."
                yield "routes", ("judgements", index, "when", place), what, "Add what was asked, or what it names."
        if judgement.about == "answers" and not judgement.level:
            what = f"The judgement '{judgement.id}' looks at all answers, and gives no level."
            remedy = "Give its level, or write about: recorded, where one answer is the reason for a step."
            yield "routes", ("judgements", index), what, remedy
        if judgement.level:
            yield from _not_known("routes", ("judgements", index), judgement, {"level": rulebook.level})


def _alone(rulebook: Rulebook) -> Iterator[Problem]:
    """Find a question that a finding about one thing looks at, and another rule looks at as well."""
    alone = set(asked_alone(rulebook))
    for rule in rules_of(rulebook):
        if rule.about == "recorded":
            continue
        for place, conditions in enumerate(rule.when):
            for name in (one for one in conditions if one in alone):
                line = () if rule.name.startswith("action/") else (place,)
                what = f"'{name}' is looked at by a finding about one thing recorded, and here as well."
                yield rule.place[0], (*rule.place[1], "when", *line), what, "Ask for the finding here."


def _actions(rulebook: Rulebook) -> Iterator[Problem]:
    known = vocabulary(rulebook, "situation")
    for index, action in enumerate(rulebook.actions):
        if not action.cases:
            what = f"The action '{action.code}' has no case, so it never applies."
            yield "actions", ("actions", index, "cases"), what, "Add a case with 'when' and 'text'."
        for place, case in enumerate(action.cases):
            location = ("actions", index, "cases", place)
            yield from _conditions("actions", (*location, "when"), case.when, known)
            yield from _not_known("actions", location, case, {"contact": rulebook.contact})


def _prompts(rulebook: Rulebook) -> Iterator[Problem]:
    known: dict[str, Known] = dict.fromkeys(("indicators", "absent", "consider"), rulebook.indicator)
    known["circumstances"] = [circumstance.id for circumstance in rulebook.circumstances]
    ranks: dict[int, str] = {}
    for index, prompt in enumerate(rulebook.prompts):
        yield from _not_known("prompts", ("prompts", index), prompt, known)
        if prompt.if_yes and (prompt.id in rulebook.indicator or prompt.id in rulebook.field):
            what = f"'{prompt.id}' is also the id of an indicator or a question."
            yield "prompts", ("prompts", index, "id"), what, "Give a follow-up question an id of its own."
        if prompt.if_not_known and not prompt.if_yes:
            what = f"'{prompt.id}' says what not knowing does, and is no follow-up question."
            yield "prompts", ("prompts", index, "if_not_known"), what, "Say what yes does: if_yes."
        if prompt.rank in ranks:
            what = f"The rank {prompt.rank} is also that of '{ranks[prompt.rank]}'."
            yield "prompts", ("prompts", index, "rank"), what, "Give each prompt a rank of its own."
        ranks[prompt.rank] = prompt.id


def _safety(rulebook: Rulebook) -> Iterator[Problem]:
    known: Mapping[str, Known] = {"basis": [basis.id for basis in rulebook.bases], "indicators": rulebook.indicator}
    for index, sentence in enumerate(rulebook.safety):
        at = ("safety", index)
        yield from _not_known("safety", at, sentence, known)
        for place, conditions in enumerate(sentence.recorded):
            yield from _conditions("safety", (*at, "recorded", place), conditions, vocabulary(rulebook, "recorded"))
        for place, conditions in enumerate(sentence.when):
            yield from _conditions("safety", (*at, "when", place), conditions, vocabulary(rulebook, "situation"))
        yield from _promised(rulebook, at, sentence)


def _promised(rulebook: Rulebook, at: Location, sentence: SafetySentence) -> Iterator[Problem]:
    codes = [action.code for action in rulebook.actions]
    yield from _conditions("safety", (*at, "answer"), sentence.answer, answer_vocabulary(rulebook))
    yield from _not_known(
        "safety", at, sentence, dict.fromkeys(("first", "some", "never", "before", "after"), codes)
    )
    if not (sentence.answer or sentence.first or sentence.some or sentence.never or sentence.after):
        what = f"The sentence '{sentence.id}' asks for nothing."
        yield "safety", at, what, "Write what must hold: answer, first, some, never or after."
    if bool(sentence.before) != bool(sentence.after):
        what = f"The sentence '{sentence.id}' gives only one of before and after."
        yield "safety", at, what, "Write both: the steps that come first, and those that follow them."


def _conditions(file: str, at: Location, conditions: Conditions, known: Vocabulary) -> Iterator[Problem]:
    for name, wanted in conditions.items():
        if name not in known:
            yield _unknown(file, (*at, name), name, known)
        else:
            yield from _wanted(file, (*at, name), wanted, known[name])


def _wanted(file: str, at: Location, wanted: Wanted, known: tuple[str, ...] | range) -> Iterator[Problem]:
    if isinstance(known, range):
        yield from _wanted_level(file, at, wanted, known)
        return
    if isinstance(wanted, int | AtLeast):
        yield file, at, "This is a number, where words are compared.", f"Write one of: {', '.join(known)}."
        return
    if not wanted:
        yield file, at, "There are no words here, so this never holds.", f"Write one of: {', '.join(known)}."
    for word in (wanted,) if isinstance(wanted, str) else wanted:
        if word not in known:
            yield _no_answer(file, at, word, known) if YES in known else _unknown(file, at, word, known)


def _wanted_level(file: str, at: Location, wanted: Wanted, known: range) -> Iterator[Problem]:
    remedy = f"Write a whole number from {known.start} to {known.stop - 1}"
    if isinstance(wanted, str | tuple):
        remedy += ", or {at_least: 2, at_most: 3}."
        yield file, at, "These are words, where a level is compared.", remedy
        return
    numbers = [wanted.at_least, wanted.at_most] if isinstance(wanted, AtLeast) else [wanted]
    for number in numbers:
        if number is not None and number not in known:
            yield file, at, f"'{number}' is not a level.", f"{remedy}."
    if isinstance(wanted, AtLeast) and wanted.at_most is not None and wanted.at_most < wanted.at_least:
        yield file, at, "No level is both of these, so this never holds.", "Write the lower one as at_least."


def _values(written: Mapping[str, Written]) -> Iterator[tuple[str, Location, Any]]:
    for file, content in written.items():
        for location in content.places:
            value: Any = content.value
            yield file, location, reduce(getitem, location, value)


def _blank_words(written: Mapping[str, Written]) -> Iterator[Problem]:
    """Find text that is empty: an action without words, a level without a name, and so on."""
    for file, location, value in _values(written):
        if isinstance(value, str) and not value.strip():
            name = next((str(step) for step in reversed(location) if isinstance(step, str)), file)
            yield file, location, f"There are no words here for '{name}'.", "Write them, or remove the entry."


def _sources(rulebook: Rulebook, written: Mapping[str, Written]) -> Iterator[Problem]:
    known = [document.id for document in rulebook.documents]
    for file, location, value in _values(written):
        if location[-2:] == ("source", "document") and value not in known:
            yield _unknown(file, location, value, known)


def _aliases(rulebook: Rulebook) -> Iterator[Problem]:
    for old, new in rulebook.aliases.items():
        if new not in rulebook.indicator:
            yield _unknown("rulebook", ("aliases", old), new, rulebook.indicator)
        if old in rulebook.indicator:
            what = f"'{old}' is still the id of an indicator."
            yield "rulebook", ("aliases", old), what, "Remove the alias, or rename the indicator."


def _retired(rulebook: Rulebook) -> Iterator[Problem]:
    for index, one in enumerate(rulebook.retired):
        if one.id in rulebook.indicator:
            what = f"'{one.id}' is still the id of an indicator."
            yield "rulebook", ("retired", index, "id"), what, "Take the indicator out, or remove this entry."
        if one.id in rulebook.aliases:
            what = f"'{one.id}' is also an old id of '{rulebook.aliases[one.id]}'."
            yield "rulebook", ("retired", index, "id"), what, "Keep the alias or this entry, and not both."


def _contacts(rulebook: Rulebook) -> Iterator[Problem]:
    yield from _not_known("rulebook", (), rulebook, {"if_worse_contacts": rulebook.contact})
    for index, contact in enumerate(rulebook.contacts):
        yield from _not_known("rulebook", ("contacts", index), contact, {"otherwise": rulebook.contact})


def _not_known(file: str, at: Location, entry: object, known: Mapping[str, Known]) -> Iterator[Problem]:
    """Find what an entry names under some keys, one thing or a list, that is none of those known."""
    for key, there in known.items():
        named = getattr(entry, key)
        is_list = isinstance(named, tuple)
        for place, one in enumerate(named if is_list else (named,)):
            if one is not None and one not in there:
                yield _unknown(file, (*at, key, *((place,) if is_list else ())), one, there)


def _no_answer(file: str, location: Location, word: str, known: Iterable[str]) -> Problem:
    """Refuse what is none of some answers. All are told and none is guessed, as where a record holds it."""
    return file, location, f"'{word[:80]}' is not known here.", f"Write one of: {', '.join(known)}."


def _unknown(file: str, location: Location, word: object, known: Known) -> Problem:
    words = [*map(str, known)]
    remedy = nearest(word, words) or f"Known here: {', '.join(words[:12]) or 'nothing yet'}."
    return file, location, f"'{str(word)[:80]}' is not known here.", remedy
