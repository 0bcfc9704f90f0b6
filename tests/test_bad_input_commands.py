"""A command that is called wrongly says so in a sentence: never a traceback, never a part answer."""

from __future__ import annotations

import copy
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, assess
from rhrt.present.receipt import differences, same
from tests.bad_input import assert_whole_sentences, refused
from tests.conftest import the_rest_long
from tests.tree import WORDS, commands

NO_RULEBOOK = "There is no such rulebook. Name a folder, or one of: herefordshire-2020."
NOT_A_PAIR = "is not a question and an answer. Write it as --situation QUESTION=ANSWER."
NO_WORDS = "WORDS: There are no words to look for. Say what worries you in plain words."
TOO_MANY_WORDS = "WORDS: These are too many words. Use 2,000 characters at most. For a story: rhrt spot FILE.\n"
NO_ANSWER = "This is not an answer with a receipt. Keep one with: rhrt assess RECORD --format json > answer.json"
RECEIPT_ALONE = (
    "standard input: This is a receipt alone. Replay the whole answer that it came with. "
    "Keep one with: rhrt assess RECORD --format json > answer.json"
)
KEYS = "This should hold keys with values. Write them as 'key: value'."
UNKNOWN = "Find it by plain words: rhrt find WORDS."
STATES_NOTHING = "'family-history-and-wellbeing' states nothing, so it cannot be recorded. Leave it out."

# The words of a command line, and what should be said.
CALLS: Mapping[str, tuple[list[str], str]] = {
    "present, unknown": (
        ["assess", "--present", "persistant-absense"],
        "--present: There is no indicator 'persistant-ab",
    ),
    "present, near": (["assess", "--present", "persistant-absense"], "Did you mean persistent-absence,"),
    "present, like no other": (
        ["assess", "--present", "zzzz"],
        f"--present: There is no indicator 'zzzz'. {UNKNOWN}",
    ),
    "present, empty": (["assess", "--present", ""], f"--present: There is no indicator ''. {UNKNOWN}"),
    "present, states nothing": (
        ["assess", "--present", "family-history-and-wellbeing"],
        f"--present: {STATES_NOTHING}",
    ),
    "present, two ids in one": (
        ["assess", "--present", "persistent-absence,poor-stimulation"],
        "--present: There is no",
    ),
    "present, an escape": (["assess", "--present", "\x1b[2J"], r"--present: There is no indicator '\x1b[2J'."),
    "situation, no equals sign": (["assess", "--situation", "consent"], f"--situation: 'consent' {NOT_A_PAIR}"),
    "situation, empty": (["assess", "--situation", ""], f"--situation: '' {NOT_A_PAIR}"),
    "situation, no question": (["assess", "--situation", "=given"], f"--situation: '=given' {NOT_A_PAIR}"),
    "situation, no answer": (["assess", "--situation", "consent="], f"--situation: 'consent=' {NOT_A_PAIR}"),
    "follow-up, no equals sign": (
        ["assess", "--follow-up", "missing"],
        "--follow-up: 'missing' is not a question and an answer. Write it as --follow-up ID=ANSWER.",
    ),
    "follow-up, near question": (
        ["assess", "--follow-up", "mising=yes"],
        "--follow-up: There is no follow-up question 'mising'. Did you mean missing?",
    ),
    "follow-up, unknown answer": (
        ["assess", "--follow-up", "missing=maybe"],
        "--follow-up: There is no answer to missing 'maybe'. Write one of: yes, no, not-known.",
    ),
    "follow-up, not asked": (["assess", "--follow-up", "missing=not-asked"], "Leave out what was not asked."),
    "follow-up, a thought": (
        ["assess", "--follow-up", "one-sign-alone=yes"],
        "--follow-up: There is no follow-up question 'one-sign-alone'.",
    ),
    "situation, unknown question": (
        ["assess", "--situation", "consnt=given"],
        "--situation: There is no question 'consnt'",
    ),
    "situation, near question": (["assess", "--situation", "consnt=given"], "Did you mean consent?"),
    "situation, unknown answer": (
        ["assess", "--situation", "consent=gven"],
        "no answer to consent 'gven'. Write one of: not-sought, given,",
    ),
    "situation, yes": (
        ["assess", "--situation", "consent=yes"],
        "--situation: There is no answer to consent 'yes'. Write",
    ),
    "situation, two equals signs": (["assess", "--situation", "consent==given"], "no answer to consent '=given'."),
    "situation, true": (
        ["assess", "--situation", "immediate_danger=true"],
        "Write one of: not-asked, yes, no, not-known.",
    ),
    "situation, one good and one bad": (
        ["assess", "--situation", "consent=given", "--situation", "out_of_hours=maybe"],
        "--situation: There is no answer to out_of_hours 'maybe'. Write one of: not-asked, no, yes.",
    ),
    "situation, two answers": (
        ["assess", "--situation", "immediate_danger=yes", "--situation", "immediate_danger=no"],
        "--situation: 'immediate_danger' is answered twice. Keep one of the two.",
    ),
    "situation, the same answer twice": (
        ["picture", "--situation", "consent=given", "--situation", "consent=given"],
        "--situation: 'consent' is answered twice. Keep one of the two.",
    ),
    "follow-up, two answers": (
        ["assess", "--follow-up", "missing=yes", "--follow-up", "missing=no"],
        "--follow-up: 'missing' is answered twice. Keep one of the two.",
    ),
    "because, empty": (["assess", "--because", ""], "$.judgement.reason: There is no reason ''."),
    "judgement, two levels": (
        ["assess", "--judgement", "4", "--judgement", "1"],
        "--judgement: This is given twice. Keep one of the two.",
    ),
    "rulebook, unknown": (["assess", "--rulebook", "nope"], f"nope: {NO_RULEBOOK}"),
    "rulebook, near": (["assess", "--rulebook", "hereford-2020"], "Did you mean herefordshire-2020?"),
    "rulebook, empty": (["assess", "--rulebook", ""], f"rulebook: {NO_RULEBOOK}"),
    "rulebook, a file": (["assess", "--rulebook", __file__], f"{__file__}: {NO_RULEBOOK}"),
    "rulebook, another folder": (
        ["assess", "--rulebook", str(Path(__file__).parent / "web")],
        "/web/rulebook.yaml: This file of the rulebook is missing.",
    ),
    "rulebook, with a NUL": (["assess", "--rulebook", "a\0b"], NO_RULEBOOK),
    "rulebook, too long": (["assess", "--rulebook", "x" * 5_000], NO_RULEBOOK),
    "rulebook, for find": (["find", "sad", "--rulebook", "nope"], f"nope: {NO_RULEBOOK}"),
    "rulebook, for show": (["show", "persistent-absence", "--rulebook", "nope"], f"nope: {NO_RULEBOOK}"),
    "rulebook, for a new record": (["record", "new", "--rulebook", "nope"], f"nope: {NO_RULEBOOK}"),
    "rulebook show, unknown": (["rulebook", "show", "nope"], f"nope: {NO_RULEBOOK}"),
    "rulebook show, empty": (["rulebook", "show", ""], f"rulebook: {NO_RULEBOOK}"),
    "show, unknown": (["show", "zzzz"], f"ID: There is no indicator 'zzzz'. {UNKNOWN}"),
    "show, near": (["show", "young-carers"], "Did you mean young-carer,"),
    "show, near a sign": (["show", "young-carer-adverse"], "Did you mean young-carer-adverse-impact,"),
    "show, empty": (["show", ""], f"ID: There is no indicator ''. {UNKNOWN}"),
    "show, 1 MB": (["show", "x" * 1_000_000], f"ID: There is no indicator '{'x' * 80}'. {UNKNOWN}"),
    "find, empty": (["find", ""], NO_WORDS),
    "find, only spaces": (["find", " ", "\t\n"], NO_WORDS),
    "find, a story": (["find", *["zz"] * 700, "lack of food"], TOO_MANY_WORDS),
    "find, one more than can be read": (["find", "x" * 2_001], TOO_MANY_WORDS),
    "find, 1 MB": (["find", "x" * 1_000_000], TOO_MANY_WORDS),
}


@pytest.mark.parametrize(("words", "says"), CALLS.values(), ids=CALLS)
def test_a_command_given_bad_words_says_which_and_what_to_do(words: list[str], says: str) -> None:
    message = refused(*words)
    assert_whole_sentences(message)
    assert says in message


def test_an_option_of_which_one_counts_is_refused_where_it_is_given_twice() -> None:
    """By every command that has one: what was said first is never dropped without a word."""
    tried = set()
    for name, command in commands():
        for option in command.params:
            if isinstance(option, click.Option) and not (option.multiple or option.is_flag):
                values = option.type.choices if isinstance(option.type, click.Choice) else ("1",)
                twice = [word for value in (values[0], values[-1]) for word in (option.opts[-1], value)]
                message = refused(*name.split(), *WORDS.get(name, []), *twice)
                assert message == f"{option.opts[-1]}: This is given twice. Keep one of the two.\n", name
                tried.add(f"{name} {option.opts[-1]}")
    assert {"assess --judgement", "serve --key-file", "rulebook test --examples", "record new --rulebook"} <= tried


# The words of a command line that click itself refuses, and what should be said.
USAGE: Mapping[str, tuple[list[str], str]] = {
    "no command": ([], "assess    Suggest a level, a route and next steps for a record."),
    "an unknown command": (["asses"], "There is no command 'asses'. Did you mean assess or ask?"),
    "a command like no other": (
        ["zz"],
        "There is no command 'zz'. Write one of: ask, assess, picture, find, spot, show,",
    ),
    "an empty command": ([""], "There is no command ''. Write one of: ask, assess,"),
    "an unknown option of rhrt": (["--nope"], "No such option '--nope'."),
    "an unknown option of assess": (["assess", "--presnt", "x"], "Did you mean '--present'?"),
    "an unknown form": (["assess", "--format", "xml"], "'xml' is not one of 'text', 'markdown', 'html', 'json'."),
    "an empty form": (["assess", "--format", ""], "'' is not one of 'text', 'markdown', 'html', 'json'."),
    "no form": (["assess", "--format"], "Option '--format' requires an argument."),
    "no id": (["assess", "--present"], "Option '--present' requires an argument."),
    "two records": (["assess", "a.yaml", "b.yaml"], "Got unexpected extra argument (b.yaml)"),
    "nothing to show": (["show"], "Missing argument 'ID'."),
    "two to show": (["show", "persistent-absence", "b"], "Got unexpected extra argument (b)"),
    "nothing to find": (["find"], "Missing argument 'WORDS...'."),
    "none to be shown": (["find", "sad", "--limit", "0"], "0 is not in the range 1<=x<=50."),
    "a limit in words": (["find", "sad", "--limit", "ten"], "'ten' is not a valid integer"),
    "markdown from find": (["find", "sad", "--format", "markdown"], "'markdown' is not one of 'text', 'json'."),
    "nothing to replay": (["replay"], "Missing argument 'FILE|-'."),
    "no schema": (["schema"], "Choose from:\n\trecord,"),
    "an unknown schema": (["schema", "recrd"], "'recrd' is not one of 'record', 'suggestion', 'case',"),
    "nothing to do with a record": (["record"], "new  Print a new record with notes"),
    "something unknown to do with a record": (["record", "nw"], "No such command 'nw'."),
    "something unknown to do with a rulebook": (
        ["rulebook", "shw"],
        "There is no command 'shw'.",
    ),
}


@pytest.mark.parametrize(("words", "says"), USAGE.values(), ids=USAGE)
def test_a_command_called_wrongly_says_how_to_call_it(words: list[str], says: str) -> None:
    message = refused(*words)
    assert says in message
    assert "--help" in message or "requires an argument" in message


# What standard input holds, the options, and what should be said, and where.
BOTH: Mapping[str, tuple[bytes, list[str], str]] = {
    "an unknown id beside a file": (
        b"indicators: {present: [zz]}",
        ["--present", "yy"],
        f"input:1:24: There is no indicator 'zz'. {UNKNOWN}\n--present: There is no indicator 'yy'. {UNKNOWN}\n",
    ),
    "an id absent in the file": (
        b"indicators:\n  absent: [persistent-absence]\n",
        ["--present", "persistent-absence"],
        "standard input:2:12: 'persistent-absence' is marked both present and absent.",
    ),
    "an answer beside a file": (
        b"situation: {consent: given}",
        ["--situation", "consent=zz"],
        "--situation: There is no answer to consent 'zz'.",
    ),
    "danger in the file, none beside it": (
        b"situation: {immediate_danger: yes}",
        ["--situation", "immediate_danger=no"],
        "standard input:1:13: The record says immediate_danger: yes, and this command was told no. Keep one of",
    ),
    "danger in the file, not asked beside it": (
        b"situation: {immediate_danger: yes}",
        ["--situation", "immediate_danger=not-asked"],
        "standard input:1:13: The record says immediate_danger: yes, and this command was told not-asked. Keep",
    ),
    "not known in the file, answered beside it": (
        b"follow_ups: {missing: not-known}",
        ["--follow-up", "missing=yes"],
        "standard input:1:14: The record says missing: not-known, and this command was told yes. Keep one of the",
    ),
    "another level beside a file": (
        b"judgement: {level: 4}",
        ["--judgement", "1"],
        "standard input:1:13: The record says level: 4, and this command was told 1. Keep one of the two.",
    ),
    "another reason beside a file": (
        b"judgement: {level: 4, reason: knows-more}",
        ["--because", "childs-own-view"],
        "standard input:1:23: The record says reason: knows-more, and this command was told childs-own-view.",
    ),
    "what is no answer in the file, and one beside it": (
        b"situation: {immediate_danger: [yes]}",
        ["--situation", "immediate_danger=no"],
        "The record says immediate_danger: ['yes'], and this command was told no. Keep one of the two.",
    ),
    "two that differ": (
        b"situation: {immediate_danger: yes, consent: given}",
        ["--situation", "immediate_danger=no", "--situation", "consent=refused"],
        "standard input:1:36: The record says consent: given, and this command was told refused.",
    ),
    "a list for a record": (b"- a\n", ["--present", "persistent-absence"], f"standard input:1:1: {KEYS}"),
    "0 for the indicators": (
        b"indicators: 0\n",
        ["--present", "persistent-absence"],
        f"standard input:1:1: {KEYS}",
    ),
    "false for those present": (
        b"indicators: {present: false}\n",
        ["--present", "persistent-absence"],
        ":1:14: This shoul",
    ),
    "no words for the situation": (
        b"situation: ''\n",
        ["--situation", "consent=given"],
        f"standard input:1:1: {KEYS}",
    ),
}


@pytest.mark.parametrize(("stdin", "options", "says"), BOTH.values(), ids=BOTH)
def test_a_fault_of_an_option_and_one_of_a_file_are_told_apart(stdin: bytes, options: list[str], says: str) -> None:
    message = refused("assess", "-", *options, stdin=stdin)
    assert_whole_sentences(message)
    assert says in message


def test_find_refuses_standard_input_that_is_not_utf_8() -> None:
    message = refused("find", "-", stdin=b"mum drinking\nno caf\xe9\n")
    assert message == "standard input:2:7: This is not UTF-8 text (byte 0xe9). Save the file as UTF-8.\n"


@pytest.mark.parametrize("stdin", [b"", b"\n", b"  \n\t\n"])
def test_find_refuses_standard_input_without_a_word(stdin: bytes) -> None:
    said = "standard input: There are no words to look for. Say what worries you in plain words.\n"
    assert refused("find", "-", stdin=stdin) == said


def test_find_refuses_3_mb_of_standard_input() -> None:
    assert "This is larger than 2 MB." in refused("find", "-", stdin=b"mum drinking\n" * 250_000)


def test_find_refuses_a_line_that_is_too_long_and_says_which() -> None:
    message = refused("find", "-", stdin=b"mum drinking\n" + b"x" * 2_001 + b"\n")
    assert message == TOO_MANY_WORDS.replace("WORDS:", "standard input:2:1:")


ODD_WORDS: Mapping[str, tuple[str, str]] = {
    "only punctuation": ("?!,.", "Nothing fits “?!,.”. That does not mean there is no concern."),
    "an emoji": ("👶", "Nothing fits “👶”."),
    "half a character": ("\udcff", r"Nothing fits “\udcff”."),
    "an escape": ("\x1b[2J;", r"Nothing fits “\x1b[2J;”."),
    "one word, as long as can be": ("x" * 2_000, f"Nothing fits “{'x' * 200}”."),
    "words, as many as can be": ("drinking " * 221 + "mum misuses", "parental-substance-escalating"),
    "the language of the index": ('NEAR(drinking AND "NOT* OR :^', "To record one: rhrt assess --present ID."),
}


@pytest.mark.parametrize(("words", "says"), ODD_WORDS.values(), ids=ODD_WORDS)
def test_find_takes_odd_words_and_never_says_that_all_is_well(words: str, says: str) -> None:
    result = CliRunner().invoke(main, ["find", words])
    assert (result.exit_code, result.stderr) == (0, "")
    assert says in result.stdout


Answer = dict[str, Any]


@pytest.fixture
def answer(rulebook: Rulebook) -> Answer:
    """Give an answer as `rhrt assess --format json` prints it."""
    record = Record.model_validate({"indicators": {"present": ["persistent-absence"]}, "judgement": {"level": 3}})
    return assess(record, rulebook).model_dump(mode="json")


def change(answer: Answer, *path: str, to: object) -> Answer:
    """Change one part of an answer."""
    *parents, last = path
    part = answer
    for parent in parents:
        part = part[parent]
    part[last] = to
    return answer


RECORD = ("receipt", "record")
# What is done to an answer, and what should be said.
TAMPERED: Mapping[str, tuple[Callable[[Answer], object], str]] = {
    "no receipt": (lambda answer: {key: answer[key] for key in answer if key != "receipt"}, NO_ANSWER),
    "the receipt alone": (lambda answer: answer["receipt"], RECEIPT_ALONE),
    "a list": (lambda answer: [answer], NO_ANSWER),
    "an empty object": (lambda _: {}, NO_ANSWER),
    "null": (lambda _: None, NO_ANSWER),
    "receipt null": (lambda answer: change(answer, "receipt", to=None), NO_ANSWER),
    "receipt a list": (lambda answer: change(answer, "receipt", to=[]), NO_ANSWER),
    "receipt a word": (lambda answer: change(answer, "receipt", to="record"), NO_ANSWER),
    "record a list": (lambda answer: change(answer, *RECORD, to=[]), NO_ANSWER),
    "record null": (lambda answer: change(answer, *RECORD, to=None), NO_ANSWER),
    "rulebook a number": (lambda answer: change(answer, "receipt", "rulebook", to=3), NO_ANSWER),
    "rulebook unknown": (
        lambda answer: change(answer, "receipt", "rulebook", to="hereford-2020"),
        "$.receipt.rulebook: No rulebook called 'hereford-2020' comes with rhrt. Did you mean herefordshire-2020?",
    ),
    "rulebook a folder": (
        lambda answer: change(answer, "receipt", "rulebook", to=".."),
        "To use a folder, choose it with --rulebook.",
    ),
    "record for another rulebook": (
        lambda answer: change(answer, *RECORD, "rulebook", to="other"),
        "$.receipt.record.rulebook: This record is for the rulebook 'other', not 'herefordshire-2020'.",
    ),
    "record with an unknown id": (
        lambda answer: change(answer, *RECORD, "indicators", "present", to=["persistent-absense"]),
        "$.receipt.record.indicators.present[0]: There is no indicator 'persistent-absense'. Did",
    ),
    "record with a name in it": (
        lambda answer: change(answer, *RECORD, "child", "name", to="Sam"),
        "$.receipt.record.child.name: The key 'name' is not known here.",
    ),
    "record with a surrogate": (
        lambda answer: change(answer, *RECORD, "circumstances", to=["\ud800"]),
        r"$.receipt.record.circumstances[0]: There is no circumstance '\ud800'.",
    ),
    "record with level 9": (
        lambda answer: change(answer, *RECORD, "judgement", "level", to=9),
        "$.receipt.record.judgement.level: There is no Level 9. Write one of: 1, 2, 3, 4.",
    ),
    "record with an infinite level": (
        lambda answer: change(answer, *RECORD, "judgement", "level", to=float("inf")),
        "$.receipt.record.judgement.level: This should be a whole number.",
    ),
    "record with 20 000 unknown ids": (
        lambda answer: change(
            answer, *RECORD, "indicators", "absent", to=[f"a{number}" for number in range(20_000)]
        ),
        "There may be more. Mend these first.",
    ),
}


@pytest.mark.parametrize(("tamper", "says"), TAMPERED.values(), ids=TAMPERED)
def test_replay_refuses_what_is_not_an_answer_of_its_own(
    tamper: Callable[[Answer], object], says: str, answer: Answer
) -> None:
    message = refused("replay", "-", stdin=json.dumps(tamper(answer)).encode())
    assert_whole_sentences(message)
    assert says in message


KEPT: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", f"answer.json: {NO_ANSWER}"),
    "YAML": (lambda: b"receipt: {}\n", f"answer.json: {NO_ANSWER}"),
    "JSON cut short": (lambda: b'{"receipt": {', f"answer.json: {NO_ANSWER}"),
    "100 000 square brackets": (lambda: b"[" * 100_000, f"answer.json: {NO_ANSWER}"),
    "100 000 receipts": (lambda: b'{"receipt":' * 100_000, f"answer.json: {NO_ANSWER}"),
    "an answer that nests too deep": (
        lambda: b'{"receipt": {"rulebook": "x", "record": {}}, "level": ' + b"[" * 900 + b"]" * 900 + b"}",
        f"answer.json: {NO_ANSWER}",
    ),
    "a number of 10 000 digits": (lambda: b'{"level": ' + b"9" * 10_000 + b"}", f"answer.json: {NO_ANSWER}"),
    "50 MB": (lambda: b" " * 50_000_000, "answer.json: This is larger than 2 MB. Check that it is the right file."),
    "UTF-16": (lambda: "{}".encode("utf-16"), "answer.json:1:1: This is not UTF-8 text (byte 0xff)."),
    "bytes of every kind": (lambda: bytes(range(256)), "answer.json:2:118: This is not UTF-8 text (byte 0x80)."),
}


@pytest.mark.parametrize(("content", "says"), KEPT.values(), ids=KEPT)
def test_replay_refuses_a_file_that_holds_no_answer(
    content: Callable[[], bytes], says: str, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(content())
    message = refused("replay", str(file))
    assert_whole_sentences(message)
    assert says in message


DOUBLED: Mapping[str, tuple[str, str, str]] = {
    "the level, first": ("{", '{"level": 1, ', "The key 'level' is written twice. It is first"),
    "the harm": ('"harm": false', '"harm": true, "harm": false', "The key 'harm' is written twice."),
    "the steps, emptied first": (
        '"actions": [',
        '"actions": [], "actions": [',
        "The key 'actions' is written twice.",
    ),
    "within a reason": ('"wording": ', '"wording": "x", "wording": ', "The key 'wording' is written twice."),
    "by an escape": ('"harm": ', '"har\\u006d": true, "harm": ', "The key 'harm' is written twice."),
}


@pytest.mark.parametrize(("plain", "doubled", "says"), DOUBLED.values(), ids=DOUBLED)
def test_replay_refuses_a_key_that_is_written_twice_and_says_where(
    plain: str, doubled: str, says: str, answer: Answer
) -> None:
    text = json.dumps(answer)
    assert plain in text
    for written in (text, json.dumps(answer, indent="\t")):
        message = refused("replay", "-", stdin=written.replace(plain, doubled, 1).encode())
        assert_whole_sentences(message)
        assert re.match(rf"standard input:\d+:\d+: {says}", message)


CHANGED: Mapping[str, tuple[Callable[[Answer], object], str]] = {
    "level": (lambda answer: change(answer, "level", to=1), "level: 1 then, 3 now"),
    "level NaN": (lambda answer: change(answer, "level", to=float("nan")), "level: NaN then, 3 now"),
    "notice": (lambda answer: change(answer, "notice", to="\ud800\x1b[2J"), r"notice: \ud800\x1b[2J then,"),
    "reasons": (
        lambda answer: change(answer, "reasons", to=[None, 3]),
        "reasons: null, 3 then, indicator/persistent-abs",
    ),
    "no reasons": (
        lambda answer: change(answer, "reasons", to=[]),
        "reasons: none then, indicator/persistent-absence",
    ),
    "an unknown part": (lambda answer: change(answer, "zz", to=1), "zz: 1 then, nothing now"),
    "level with a point": (lambda answer: change(answer, "level", to=3.0), "level: 3.0 then, 3 now"),
    "level a word": (lambda answer: change(answer, "level", to="3"), 'level: "3" then, 3 now'),
    "harm a number": (lambda answer: change(answer, "harm", to=0), "harm: 0 then, false now"),
    "level left out": (lambda answer: [answer.pop("level"), answer][1], "level: nothing then, 3 now"),
    "another order": (
        lambda answer: dict(reversed(answer.items())),
        "order: review_by, notice, receipt, judgement, ",
    ),
    "words of a reason": (
        lambda answer: [answer["reasons"][0].update(wording="x"), answer][1],
        "reasons, indicator/persistent-absence, wording: x then, Short term exclusions",
    ),
    "the number of a step": (
        lambda answer: [answer["actions"][2]["contact"].update(number="0"), answer][1],
        "actions, contact-chat, contact, number: 0 then, (01432) 260261 now",
    ),
    "the second of two steps": (
        lambda answer: [answer["actions"].insert(1, answer["actions"][0]), answer][1],
        "actions: seek-consent, seek-consent (2), ",
    ),
    "a long text, changed at its end": (
        lambda answer: change(answer, "notice", to=answer["notice"] + " " + "x" * 100_000),
        f"numbers. {'x' * 89}… then, …",
    ),
    "ids of the record doubled": (
        lambda answer: change(answer, *RECORD, "indicators", "present", to=["persistent-absence"] * 2),
        "receipt, record, indicators, present: persistent-absence, persistent-absence (2) then,",
    ),
    "an answer of the record left out": (
        lambda answer: [answer["receipt"]["record"]["situation"].pop("consent"), answer][1],
        "receipt, record, situation, consent: nothing then, not-sought now",
    ),
    "circumstances of the record left empty": (
        lambda answer: change(answer, *RECORD, "circumstances", to=None),
        "receipt, record, circumstances: null then, [] now",
    ),
    "edition": (
        lambda answer: change(answer, "receipt", "edition", to=[1]),
        "receipt, edition: [1] then, 1 - 11/20 now",
    ),
    "hash null": (
        lambda answer: change(answer, "receipt", "rulebook_sha256", to=None),
        "  It was made by the rulebook herefordshire-2020, edition 1 - 11/20, with no hash. Asked now: herefordsh",
    ),
    "no hash": (
        lambda answer: [answer["receipt"].pop("rulebook_sha256"), answer][1],
        "  It was made by the rulebook herefordshire-2020, edition 1 - 11/20, with no hash. Asked now: herefordsh",
    ),
    "hash a number, and no edition": (
        lambda answer: [answer["receipt"].pop("edition"), change(answer, "receipt", "rulebook_sha256", to=3)][1],
        "the rulebook herefordshire-2020, of an edition that it does not say, with no hash. Asked now: herefordshi",
    ),
    "hash and edition of 100 000 letters": (
        lambda answer: [answer["receipt"].update(edition="e" * 100_000, rulebook_sha256="f" * 100_000), answer][1],
        f"the rulebook herefordshire-2020, edition {'e' * 80}, hash ffffffffffff. Asked now: ",
    ),
}


@pytest.mark.parametrize(("tamper", "says"), CHANGED.values(), ids=CHANGED)
def test_replay_says_what_was_changed_in_an_answer(
    tamper: Callable[[Answer], object], says: str, answer: Answer
) -> None:
    result = CliRunner().invoke(main, ["replay", "-"], input=json.dumps(tamper(answer)).encode())
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("Different: this record no longer gives this answer.\n")
    assert says in result.stdout
    assert max(map(len, result.stdout.splitlines())) < 400


def test_replay_shows_no_more_differences_than_can_be_read(answer: Answer) -> None:
    many = change(answer, "zz", to={f"a{number}": 1 for number in range(20_000)}) | {str(n): n for n in range(500)}
    result = CliRunner().invoke(main, ["replay", "-"], input=json.dumps(many).encode())
    assert (result.exit_code, result.stderr) == (1, "")
    assert len(result.stdout.splitlines()) == 102
    assert result.stdout.endswith("  There is more.\n")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give where each value of a document stands that is no list or object."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if parts is None:
        yield path
        return
    for key, part in parts:
        yield from leaves(part, (*path, key))


def test_every_leaf_of_an_answer_that_is_another_is_found_and_named(answer: Answer) -> None:
    """Not by the command, which would assess hundreds of times, but by what it compares with."""
    every = list(leaves(answer))
    assert len(every) > 150
    for *parents, last in every:
        other = copy.deepcopy(answer)
        part: Any = other
        for parent in parents:
            part = part[parent]
        part[last] = 7 if part[last] is None else None
        assert not same(other, answer)
        said = list(differences(other, answer))
        assert said, (*parents, last)
        assert said[0].startswith(str(parents[0] if parents else last))


# The words of a command line, what standard input holds, and what should be said: in a process of its own.
PROCESSES: Mapping[str, tuple[list[str], bytes, str]] = {
    "an unknown id": (
        ["assess", "-"],
        b"indicators: {present: [zz]}",
        "standard input:1:24: There is no indicator 'zz'.",
    ),
    "no input": (["assess", "-"], b"", "standard input:1:1: There is nothing here."),
    "a bomb": (
        ["assess", "-"],
        b"a: &a [x]\nb: [*a]\n",
        "standard input:1:4: Aliases (* and &) are not used here.",
    ),
    "a tag": (
        ["assess", "-"],
        b"a: !!python/object/apply:os.abort []\n",
        "standard input:1:4: Tags (!) are not used",
    ),
    "deep nesting": (["assess", "-"], b"[" * 1_000_000, "standard input:1:21: Lists and mappings nest deeper"),
    "a missing file": (["assess", "absent.yaml"], b"", "absent.yaml: There is no such file. Check the name"),
    "half a character for a name": (["assess", "\udcff.yaml"], b"", r"\udcff.yaml: There is no such file."),
    "an unknown command": (["asses"], b"", "There is no command 'asses'. Did you mean assess or ask?"),
    "words that are not UTF-8": (
        ["find", "-"],
        b"\xff\n",
        "standard input:1:1: This is not UTF-8 text (byte 0xff).",
    ),
    "a deep answer": (["replay", "-"], b"[" * 1_000_000, f"standard input: {NO_ANSWER}"),
}


@pytest.mark.parametrize("name", the_rest_long(PROCESSES, "an unknown id", "deep nesting", "an unknown command"))
def test_the_program_itself_refuses_with_exit_code_2(name: str, tmp_path: Path) -> None:
    words, stdin, says = PROCESSES[name]
    program = [sys.executable, "-c", "from rhrt_cli.main import main; main(prog_name='rhrt')", *words]
    done = subprocess.run(program, input=stdin, capture_output=True, cwd=tmp_path, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode()
    assert says in message
    assert "Traceback" not in message


@pytest.mark.parametrize("stdin", ["<&-", "0> /dev/null"], ids=["closed", "only to be written"])
@pytest.mark.parametrize("command", the_rest_long(["assess", "find", "replay"], "assess"))
def test_standard_input_that_cannot_be_read_is_refused(command: str, stdin: str) -> None:
    program = f"exec {shlex.quote(sys.executable)} -c 'from rhrt_cli.main import main; main()' {command} - {stdin}"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "standard input: There is nothing to read. Send it a file, or name the file instead.\n"
