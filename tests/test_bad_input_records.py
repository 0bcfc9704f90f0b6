"""A record that cannot be used is refused with its place and what to do: never a traceback, never a part answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Record, Rulebook, assess
from rhrt.faults import BadInput
from rhrt.parser import parse
from tests.bad_input import assert_whole_sentences, marked, refused
from tests.conftest import a_third_quick

ILL_FORMED = "This is not well-formed YAML. Check the indents, quotes and brackets"
KEYS = "This should hold keys with values. Write them as 'key: value'."
LIST = "This should be a list. Write each entry on its own line after a dash."
WORDS = "These should be words. Write words, in quotes if they look like a number."
NOTHING = "There is nothing here. Write a word, or remove the line."
NUMBER = "This should be a whole number. Write a number such as 2."
LEVELS = "Write one of: 1, 2, 3, 4."
ALIASES = "Aliases (* and &) are not used here. Write the value out in full."
TAGS = "Tags (!) are not used here. Remove the word that begins with '!'."
UNKNOWN = "Find it by plain words: rhrt find WORDS."
STATES_NOTHING = "'family-history-and-wellbeing' states nothing, so it cannot be recorded. Leave it out."
BOMB = "a: ▶&a [x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))

# What is written, with ▶ where a fault should be reported, and what should be said of it.
TEXTS: Mapping[str, tuple[str, str]] = {
    # Nothing, or not YAML
    "empty": ("▶", "There is nothing here. Write at least one entry."),
    "only comments": ("▶# notes\n# and more notes\n", "There is nothing here. Write at least one entry."),
    "only a document mark": ("▶---\n", KEYS),
    "a control character": ("child:\n  age_band: a▶\ab\n", "a character here that text may not hold. Remove it."),
    "a NUL": ("child:\n  age_band: a▶\0b\n", "a character here that text may not hold. Save the file as UTF-8."),
    "a tab for an indent": ("child:\n▶\tage_band: 5-9\n", "There is a tab here, where YAML takes spaces alone."),
    "an unclosed square bracket": ("indicators:\n  present: [a, b\n▶", f"{ILL_FORMED} from line 2 on."),
    "an unclosed curly bracket": ("child: {age_band: 5-9\n\n▶", f"{ILL_FORMED} from line 1 on."),
    "an unclosed double quote": ('child: {}\nrulebook: "abc\nsituation: {}\n▶', f"{ILL_FORMED} from line 2 on."),
    "an unclosed single quote": ("rulebook: 'abc\n▶", f"{ILL_FORMED} from line 1 on."),
    "JSON cut short": ('{"child": {"age_band": "5-9"\n▶', f"{ILL_FORMED} from line 1 on."),
    "two colons on a line": ("child: age_band▶: 5-9\n", "A colon stands here inside a value, as after a key."),
    "a line indented too little": ("child:\n  age_band: 5-9\n ▶situation: {}\n", ILL_FORMED),
    "an at sign": ("rulebook: ▶@home\n", ILL_FORMED),
    "a surrogate in JSON": ('{"rulebook": "\\u▶d800"}', ILL_FORMED),
    "a directive": ("# notes\n▶%YAML 1.1\n---\nchild: {}\n", "Directives (%) are not used here. Remove the line."),
    # YAML that could do harm, or that does not mean what it seems to
    "a bomb of aliases": (BOMB, ALIASES),
    "an anchor": ("child: ▶&child {age_band: 5-9}\n", ALIASES),
    "an alias": ("child: {age_band: ▶*five}\n", ALIASES),
    "a merge key": ("child:\n  ▶<<: {age_band: 5-9}\n", "The key '<<' is not known here. Remove it"),
    "a merge key with an alias": ("child:\n  <<: ▶*child\n", ALIASES),
    "a tag that runs a command": ("child: ▶!!python/object/apply:os.system [echo]\n", TAGS),
    "a tag that names a type": ("child: {age_band: ▶!!str 5-9}\n", TAGS),
    "a tag of one's own": ("rulebook: ▶!mine herefordshire-2020\n", TAGS),
    "a key twice": (
        "child: {}\nsituation: {}\n▶child: {}\n",
        "The key 'child' is written twice. It is first written on line 1. Keep one of the two.",
    ),
    "a key twice in JSON": ('{"child": {},\n ▶"child": {}}', "It is first written on line 1. Keep one of the two."),
    "an answer twice": ("situation:\n  consent: given\n  ▶consent: refused\n", "It is first written on line 2."),
    "two documents": ("child: {}\n▶---\nchild: {}\n", "There is more than one document here. Keep one to a file."),
    "a list for a key": ("situation: {▶[consent]: given}\n", "A list or mapping stands where a key should be."),
    "nesting 21 deep": (f"child: {'[' * 19}▶[{']' * 20}\n", "nest deeper than 20 levels. Check the brackets"),
    "nesting 10 deep under a wrong key": (f"▶chld: {'[' * 10}{']' * 10}\n", "Did you mean child"),
    # The wrong thing in a place
    "a list for a record": ("▶- persistent-absence\n", KEYS),
    "a number for a record": ("▶3\n", KEYS),
    "words for a record": ("▶He seems sad\n", KEYS),
    "null for a record": ("▶null\n", KEYS),
    "a number for the rulebook": ("▶rulebook: 2020\n", WORDS),
    "a list for the rulebook": ("▶rulebook: [herefordshire-2020]\n", WORDS),
    "words for the child": ("▶child: 5-9\n", KEYS),
    "a list for the child": ("▶child: [5-9]\n", KEYS),
    "a number for the age band": ("child: {▶age_band: 7}\n", WORDS),
    "a list for the indicators": ("▶indicators: [persistent-absence]\n", KEYS),
    "a word for those present": ("indicators: {▶present: persistent-absence}\n", LIST),
    "a mapping for those absent": ("indicators:\n  ▶absent:\n    persistent-absence: yes\n", LIST),
    "a number for those not known": ("indicators:\n  ▶not_known: 3\n", LIST),
    "numbers for ids": ("indicators: {present: [▶72, ▶107]}\n", WORDS),
    "a list for an id": ("indicators: {present: [▶[persistent-absence]]}\n", WORDS),
    "a dash with nothing after it": ("indicators:\n  present:\n    -▶\n    - persistent-absence\n", NOTHING),
    "a word for the circumstances": ("▶circumstances: young-carer\n", LIST),
    "a number for a circumstance": ("circumstances: [young-carer, ▶3]\n", WORDS),
    "a list for the situation": ("▶situation: [consent]\n", KEYS),
    "a list for an answer": ("situation: {▶consent: [given]}\n", WORDS),
    "nothing for an answer": ("situation:\n  ▶consent:\n", NOTHING),
    "a number for an answer": ("situation: {▶immediate_danger: 1}\n", WORDS),
    "true for yes": (
        "situation: {▶immediate_danger: true}\n",
        "Write one of the words that may stand here, in place of true or false.",
    ),
    "a list for the follow-up questions": ("▶follow_ups: [missing]\n", KEYS),
    "a word for the follow-up questions": ("▶follow_ups: yes\n", KEYS),
    "a number for the answer to a follow-up question": ("follow_ups: {▶missing: 1}\n", WORDS),
    "true for yes to a follow-up question": (
        "follow_ups: {▶missing: true}\n",
        "Write one of the words that may stand here, in place of true or false.",
    ),
    "nothing for the answer to a follow-up question": ("follow_ups:\n  ▶missing:\n", NOTHING),
    "an unknown follow-up question": (
        "follow_ups:\n  ▶home-alon: yes\n",
        "There is no follow-up question 'home-alon'. Did you mean home-alone",
    ),
    "a thought for a follow-up question": (
        "follow_ups: {▶not-on-the-list: yes}\n",
        "There is no follow-up question 'not-on-the-list'.",
    ),
    "a follow-up question answered with what is not asked": (
        "follow_ups: {▶missing: not-asked}\n",
        "There is no answer to missing 'not-asked'. Write one of: yes, no, not-known. Leave out what was",
    ),
    "a follow-up question answered in other words": (
        "follow_ups: {▶missing: maybe, ▶home-alone: Yes}\n",
        "There is no answer to missing 'maybe'. Write one of: yes, no, not-known.",
    ),
    "a follow-up question answered twice": (
        "follow_ups:\n  missing: yes\n  ▶missing: no\n",
        "It is first written on line 2. Keep one of the two.",
    ),
    "a number for the judgement": ("▶judgement: 3\n", KEYS),
    # Keys, ids and answers that are not known
    "an unknown key": ("▶indicatrs: {}\n", "The key 'indicatrs' is not known here. Did you mean indicators?"),
    "a key like no other": ("▶zzzz: {}\n", "The key 'zzzz' is not known here. Remove it, or check its spelling."),
    "a key of another place": ("▶age_band: 5-9\n", "The key 'age_band' is not known here. It belongs under"),
    "a child's name": ("child: {▶name: Sam}\n", "The key 'name' is not known here."),
    "an unknown key of the child": ("child:\n  ▶ageband: 5-9\n", "Did you mean age_band?"),
    "an unknown mark": ("indicators: {▶not-known: []}\n", "Did you mean not_known?"),
    "an unknown key of the judgement": ("judgement: {▶lvl: 3}\n", "Did you mean level?"),
    "an unknown id": ("indicators:\n  present:\n    - ▶persistant-absense\n", "Did you mean persistent-absence,"),
    "an id like no other": ("indicators: {absent: [▶zzzz]}\n", f"There is no indicator 'zzzz'. {UNKNOWN}"),
    "an empty id": ("indicators: {present: [▶'']}\n", f"There is no indicator ''. {UNKNOWN}"),
    "an id that leaves the degree open": (
        "indicators: {not_known: [▶young-carer]}\n",
        "Did you mean young-carer-adverse-impact, young-carer-significant-impact or young-carer-some-",
    ),
    "three unknown ids": ("indicators: {present: [▶a, persistent-absence, ▶b], absent: [▶c]}\n", UNKNOWN),
    "an id that states nothing": ("indicators: {present: [▶family-history-and-wellbeing]}\n", STATES_NOTHING),
    "an id present and absent": (
        "indicators:\n  present: [persistent-absence]\n  absent: [▶persistent-absence]\n",
        "'persistent-absence' is marked both present and absent. Keep one of the two.",
    ),
    "an id absent and not known": (
        "indicators:\n  not_known: [▶persistent-absence]\n  absent: [persistent-absence]\n",
        "'persistent-absence' is marked both absent and not_known. Keep one of the two.",
    ),
    "an emoji": ("indicators: {present: [▶👶🏽]}\n", f"There is no indicator '👶🏽'. {UNKNOWN}"),
    "an id after an emoji": ("# 👶🏽\nindicators: {present: [▶👶, ▶zzzz]}\n", UNKNOWN),
    "letters from right to left": ("indicators: {present: [▶טיפול]}\n", "There is no indicator 'טיפול'."),
    "a mark that turns text round": ("indicators: {present: [▶a\u202eb]}\n", r"There is no indicator 'a\u202eb'."),
    "an escape for the terminal": ('{"indicators": {"present": [▶"\\u001b[2J"]}}', r"no indicator '\x1b[2J'."),
    "a line break in an id": ('{"indicators": {"present": [▶"a\\nb"]}}', r"There is no indicator 'a\nb'."),
    "an unknown age band": ("child: {▶age_band: 5-10}\n", "There is no age band '5-10'. Did you mean 5-9?"),
    "an age in words": ("child: {▶age_band: toddler}\n", "Write one of: unborn, under-2, 2-4, 5-9,"),
    "an unknown circumstance": ("circumstances: [▶yung-carer]\n", "Did you mean young-carer?"),
    "a circumstance like no other": ("circumstances:\n  - ▶zz\n", "Write one of: disabled, special-educational-"),
    "an unknown question": ("situation: {▶consnt: given}\n", "no question 'consnt'. Did you mean consent?"),
    "a question like no other": ("situation: {▶zz: given}\n", "Write one of: immediate_danger, medical_emergency,"),
    "an unknown answer": ("situation: {▶consent: gven}\n", "There is no answer to consent 'gven'. Write one of:"),
    "maybe for yes or no": ("situation: {▶immediate_danger: maybe}\n", "Write one of: not-asked, yes, no, not-"),
    "yes for an answer that is not yes or no": ("situation: {▶consent: yes}\n", "Write one of: not-sought, given,"),
    "an empty answer": ("situation: {▶immediate_danger: ''}\n", "Write one of: not-asked, yes, no, not-known."),
    "an unknown rulebook": ("▶rulebook: herefordshire-2021\n", "Did you mean herefordshire-2020?"),
    "a rulebook like no other": ("child: {}\n▶rulebook: zz\n", "Write one of: herefordshire-2020."),
    "an empty rulebook": ("▶rulebook: ''\n", "Write one of: herefordshire-2020."),
    "a folder for a rulebook": ("▶rulebook: ..\n", "To use a folder, choose it with --rulebook."),
    # Levels
    "level 0": ("judgement:\n  ▶level: 0\n", f"There is no Level 0. {LEVELS}"),
    "level 5": ("judgement: {▶level: 5}\n", f"There is no Level 5. {LEVELS}"),
    "level -1": ("judgement: {▶level: -1}\n", f"There is no Level -1. {LEVELS}"),
    "level true": ("judgement: {▶level: true}\n", NUMBER),
    "level in quotes": ('judgement: {▶level: "3"}\n', NUMBER),
    "level 3.5": ("judgement: {▶level: 3.5}\n", NUMBER),
    "level 3.0": ("judgement: {▶level: 3.0}\n", NUMBER),
    "level 1e400": ("judgement: {▶level: 1e400}\n", NUMBER),
    "level in hexadecimal": ("judgement: {▶level: 0x3}\n", NUMBER),
    "level NaN": ('{"judgement": {▶"level": NaN}}', NUMBER),
    "level of 18 digits": (f"judgement: {{▶level: {'9' * 18}}}\n", LEVELS),
    "level of 10 000 digits": (f"judgement: {{▶level: {'9' * 10_000}}}\n", NUMBER),
    # Several at once
    "five faults of form": (
        "▶levl: 1\nchild: {▶nme: x, ▶age_band: 3}\nindicators: {present: [▶1]}\njudgement: {▶level: high}\n",
        "Did you mean",
    ),
    "six faults of content": (
        "child: {▶age_band: 5-10}\nindicators: {present: [▶zz], absent: [▶family-history-and-wellbeing]}\n"
        "circumstances: [▶a]\nsituation: {▶consent: x}\njudgement: {▶level: 9}\n",
        LEVELS,
    ),
}  # fmt: skip

# Bytes, the place at which a fault should be reported (empty: only the file is named), and what should be said.
BYTES: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "not UTF-8": (
        lambda: b"child:\n  age_band: \xff\n",
        ":2:13",
        "not UTF-8 text (byte 0xff). Save the file as UTF-8.",
    ),
    "a surrogate in UTF-8": (lambda: b"rulebook: \xed\xa0\x80\n", ":1:11", "not UTF-8 text (byte 0xed)."),
    "UTF-16": (lambda: "child: {}\n".encode("utf-16"), ":1:1", "Save the file as UTF-8."),
    "UTF-16 without its mark": (lambda: "child: {}\n".encode("utf-16-le"), ":1:2", "Save the file as UTF-8."),
    "UTF-32": (lambda: "child: {}\n".encode("utf-32"), ":1:1", "Save the file as UTF-8."),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ":1:1", "Save the file as UTF-8."),
    "every byte below 128": (lambda: bytes(range(128)), ":1:1", "a character here that text may not hold."),
    "50 MB": (lambda: b"a: " + b"x" * 50_000_000, "", "This is larger than 2 MB. Check that it is the right file."),
    "100 000 square brackets": (lambda: b"[" * 100_000, ":1:21", "nest deeper than 20 levels. Check the brackets"),
    "100 000 curly brackets": (lambda: b"{a: " * 100_000, ":1:81", "nest deeper than 20 levels."),
    "100 000 dashes": (lambda: b"- " * 100_000, ":1:41", "nest deeper than 20 levels."),
    "100 000 directives": (
        lambda: b"".join(b"%%TAG !a%d! x\n" % number for number in range(100_000)) + b"--- {}",
        ":1:1",
        "Directives (%) are not used here.",
    ),
    "a key twice, 100 000 times": (
        lambda: b"child: {}\n" * 100_000,
        ":2:1",
        "There may be more. Mend these first.",
    ),
    "100 000 keys": (
        lambda: _lines("k{}: 1\n"),
        "",
        "There are more than 50000 entries. Check that it is the right",
    ),
    "100 000 ids": (lambda: b"indicators:\n  present:\n" + _lines("  - a{}\n"), "", "more than 50000 entries."),
    "40 000 keys": (lambda: _lines("k{}: 1\n", 40_000), ":100:1", "There may be more. Mend these first."),
    "40 000 ids": (
        lambda: b"indicators:\n  present:\n" + _lines("  - a{}\n", 40_000),
        ":102:5",
        "There may be more.",
    ),
    "40 000 numbers": (
        lambda: b"indicators:\n  present:\n" + _lines("  - {}\n", 40_000),
        ":3:5",
        "There may be more.",
    ),
    "40 000 questions": (lambda: b"situation:\n" + _lines("  k{}: yes\n", 40_000), ":2:3", "There may be more."),
    "an id of 1 MB": (lambda: b"indicators: {present: [" + b"x" * 1_000_000 + b"]}", ":1:24", UNKNOWN),
    "an answer of 1 MB": (
        lambda: b"situation: {consent: " + b"x" * 1_000_000 + b"}",
        ":1:13",
        "Write one of: not-sought",
    ),
    "a rulebook of 1 MB": (lambda: b"rulebook: " + b"x" * 1_000_000, ":1:1", "Write one of: herefordshire-2020."),
    "a key of 1 MB": (lambda: b"k" * 1_000_000 + b": 1\n", ":1:1000001", ILL_FORMED),
}


def _lines(line: str, count: int = 100_000) -> bytes:
    return "".join(map(line.format, range(count))).encode()


texts = pytest.mark.parametrize(("text", "says"), TEXTS.values(), ids=TEXTS)
contents = pytest.mark.parametrize(("content", "place", "says"), a_third_quick(BYTES))


@texts
def test_a_bad_record_from_standard_input_is_refused_at_its_place(text: str, says: str) -> None:
    text, places = marked(text)
    message = refused("assess", "-", stdin=text.encode())
    assert_whole_sentences(message)
    assert says in message
    assert sorted(line.split(": ")[0] for line in message.splitlines()) == sorted(
        f"standard input:{place}" for place in places
    )


@texts
def test_a_bad_record_in_a_file_is_refused_with_the_name_of_the_file(text: str, says: str, tmp_path: Path) -> None:
    text, places = marked(text)
    file = tmp_path / "record.yaml"
    file.write_bytes(text.encode())
    message = refused("assess", str(file), "--format", "json")
    assert says in message
    assert all(f"{file}:{place}: " in message for place in places)


@contents
def test_a_record_of_bad_bytes_is_refused_at_its_place(content: Callable[[], bytes], place: str, says: str) -> None:
    message = refused("assess", "-", stdin=content())
    assert_whole_sentences(message)
    assert f"standard input{place}:" in message
    assert says in message


@contents
def test_a_file_of_bad_bytes_is_refused_at_its_place(
    content: Callable[[], bytes], place: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(content())
    message = refused("assess", str(file))
    assert f"{file}{place}:" in message
    assert says in message


NAMES: Mapping[str, tuple[str, str]] = {
    "missing": ("absent.yaml", "There is no such file. Check the name and the folder."),
    "in a file": ("record.yaml/record.yaml", "There is no such file. Check the name and the folder."),
    "a folder": (".", "This is a folder, not a file. Name a file in it."),
    "with a NUL": ("re\0cord.yaml", "This file cannot be opened. Check its name"),
    "too long": ("x" * 500, "This file cannot be opened. Check its name"),
    "half a character": ("record\udcff.yaml", "There is no such file. Check the name and the folder."),
}


@pytest.mark.parametrize(("name", "says"), NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("command", ["assess", "replay"])
def test_a_file_that_cannot_be_read_is_refused(command: str, name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text("child: {}\n", "utf-8")
    message = refused(command, f"{tmp_path}/{name}")
    assert_whole_sentences(message)
    assert says in message


DATA: Mapping[str, tuple[object, str]] = {
    "a list": ([], f"$: {KEYS}"),
    "None": (None, f"$: {KEYS}"),
    "bytes": (b"child: {}", f"$: {KEYS}"),
    "an unknown key": (
        {"indicatrs": {}},
        "$.indicatrs: The key 'indicatrs' is not known here. Did you mean indicators?",
    ),
    "a key that is a number": ({3: {}}, "$[3]: This does not fit here."),
    "a key of 1 MB": ({"k" * 1_000_000: {}}, f"$.{'k' * 60}: The key"),
    "a word for a list": ({"indicators": {"present": "persistent-absence"}}, f"$.indicators.present: {LIST}"),
    "a number for an id": ({"indicators": {"absent": ["x", 3]}}, f"$.indicators.absent[1]: {WORDS}"),
    "a surrogate for an id": ({"indicators": {"present": ["\ud800"]}}, "$.indicators.present[0]: "),
    "an infinite level": ({"judgement": {"level": float("inf")}}, f"$.judgement.level: {NUMBER}"),
    "level True": ({"judgement": {"level": True}}, f"$.judgement.level: {NUMBER}"),
    "a level of 5 000 digits": ({"judgement": {"level": 10**5000}}, "$.judgement.level: "),
    "an unknown id": ({"indicators": {"present": ["zz"]}}, "$.indicators.present[0]: There is no indicator 'zz'."),
    "another rulebook": ({"rulebook": "x" * 500}, f"$.rulebook: This record is for the rulebook '{'x' * 80}', not"),
}


@pytest.mark.parametrize(("data", "says"), DATA.values(), ids=DATA)
def test_a_bad_record_given_in_python_is_refused_at_its_path(data: object, says: str, rulebook: Rulebook) -> None:
    with pytest.raises(BadInput) as refusal:
        assess(Record.model_validate(data), rulebook)
    assert says in str(refusal.value)
    assert len(str(refusal.value)) < 1_000


GOOD: Mapping[str, str] = {
    "with a byte order mark": "\ufeffindicators: {present: [persistent-absence]}\n",
    "with an id repeated": "indicators: {present: [persistent-absence, persistent-absence]}\n",
    "with an id repeated 40 000 times": "indicators:\n  present:\n" + "  - persistent-absence\n" * 40_000,
    "in JSON": '{"indicators": {"present": ["persistent-absence"]}}',
    "with Windows line ends": "indicators:\r\n  present:\r\n    - persistent-absence\r\n",
    "with keys left empty": "child:\nsituation:\nindicators:\n  absent:\n  present: [persistent-absence]\n",
    "after a document mark": "---\nindicators: {present: [persistent-absence]}\n...\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_an_unusual_but_good_record_is_assessed(text: str) -> None:
    result = CliRunner().invoke(main, ["assess", "-", "--format", "json"], input=text.encode())
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert [reason["indicator"] for reason in answer["reasons"]] == ["persistent-absence"]


def test_lists_may_nest_ten_deep() -> None:
    assert parse("a file", b"[" * 10 + b"]" * 10).value == [[[[[[[[[[]]]]]]]]]]
