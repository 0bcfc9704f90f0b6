"""Whichever parser there is, the same is read, and the same is refused, in the same words at the same place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from yaml.scanner import ScannerError

from rhrt import parser as reading_yaml
from rhrt.faults import BadInput
from rhrt.parser import PARSER, Slower, parse
from tests.bad_input import marked
from tests.conftest import CASES, RULEBOOK_FOLDER, the_rest_long
from tests.test_bad_input_records import BYTES, GOOD, TEXTS

ROOT = Path(__file__).parents[1]


class GivesUpEarly(Slower):
    """A parser that refuses thirty open brackets before it has told of one, as libyaml 0.2.6 does a thousand."""

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803 - PyYAML's name
        if self.flow_level >= 30:
            raise ScannerError("while scanning", self.get_mark(), "exceeded the depth", self.get_mark())
        super().fetch_flow_collection_start(TokenClass)


PARSERS = {"PyYAML's own": Slower, "one that gives up early": GivesUpEarly, "the usual one": PARSER}

parsers = pytest.mark.parametrize("_with", PARSERS.values(), ids=PARSERS, indirect=True)


@pytest.fixture
def _with(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the parser that a test names."""
    monkeypatch.setattr(reading_yaml, "PARSER", request.param)


def said(content: bytes) -> str:
    """Give what is said of a text that should be refused."""
    with pytest.raises(BadInput) as refusal:
        parse("file", content)
    return str(refusal.value)


def reading(parser: type[yaml.CSafeLoader | Slower], content: bytes, monkeypatch: pytest.MonkeyPatch) -> object:
    """Give what a parser reads, with the place of each part, or what is said where it is refused."""
    monkeypatch.setattr(reading_yaml, "PARSER", parser)
    try:
        written = parse("file", content)
    except BadInput as bad:
        return str(bad)
    return written.value, dict(written.places)


DEEP = "Lists and mappings nest deeper than 20 levels. Check the brackets and indents."
MANY = 100_000

# What nests too deep, and the column of its twenty-first opening, on the first line.
NESTED: Mapping[str, tuple[Callable[[], str], int]] = {
    "square brackets": (lambda: "[" * MANY, 21),
    "just deep enough to be refused before it is told": (lambda: "[" * 31, 21),
    "curly brackets": (lambda: "{a: " * MANY, 81),
    "JSON": (lambda: '{"a": ' * MANY, 121),
    "JSON, both kinds": (lambda: '[{"a":' * MANY, 61),
    "dashes": (lambda: "- " * MANY, 41),
    "closed again": (lambda: "[" * 40 + "]" * 40, 21),
    "brackets, and then what is no YAML": (lambda: "[" * 25 + "@", 21),
    "after brackets in quotes": (lambda: '[\'[[[[\', "]\\"[[", ' + "[" * MANY, 38),
    "above brackets in a comment": (lambda: "[" * 22 + " # ]]]]]]\n" + "]" * 22, 21),
}


@pytest.mark.parametrize(("text", "column"), NESTED.values(), ids=NESTED)
@parsers
@pytest.mark.usefixtures("_with")
def test_deep_nesting_is_refused_where_it_becomes_too_deep(text: Callable[[], str], column: int) -> None:
    assert said(text().encode()) == f"file:1:{column}: {DEEP}"


# Many brackets that open nothing, or are closed again.
BRACKETS: Mapping[str, tuple[str, object]] = {
    "in single quotes": (f"a: '{'[' * 25}'\n", {"a": "[" * 25}),
    "in double quotes": (f'{{"a": "\\"{"{" * 2000}"}}\n', {"a": '"' + "{" * 2000}),
    "in a comment": (f"# {'[' * 2000}\na: b\n", {"a": "b"}),
    "after a word": (f"a: b{'[' * 2000}\n", {"a": "b" + "[" * 2000}),
    "in a text of several lines": (f"a: |-\n  {'[' * 2000}\n  {'{' * 25}\n", {"a": "[" * 2000 + "\n" + "{" * 25}),
    "beside one another": (f"[{'[], ' * 2000}]\n", [[]] * 2000),
    "twenty deep": ("[" * 20 + "]" * 20, None),
}


@pytest.mark.parametrize(("text", "value"), BRACKETS.values(), ids=BRACKETS)
@parsers
@pytest.mark.usefixtures("_with")
def test_brackets_that_do_not_nest_too_deep_are_read(text: str, value: object) -> None:
    found = parse("file", text.encode()).value
    assert value is None or found == value


@parsers
@pytest.mark.usefixtures("_with")
def test_what_stands_before_nesting_is_refused_first() -> None:
    assert said(b"a: *b\nc: " + b"[" * MANY).startswith("file:1:4: Aliases (* and &) are not used here.")
    assert said(b"a: 1\na: 2\nc: [}\n") == (
        "file:2:1: The key 'a' is written twice. It is first written on line 1. Keep one of the two.\n"
        "file:3:5: This is not well-formed YAML. Check the indents, quotes and brackets."
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [("é: b\n\nc: \x01", "3:4"), ("a: '\ufeff'", "1:5"), ("é\r\n\u2028\x7f", "3:1"), ("\x00", "1:1")],
)
@parsers
@pytest.mark.usefixtures("_with")
def test_a_character_that_is_no_text_is_refused_at_its_place(text: str, place: str) -> None:
    assert said(text.encode()).startswith(f"file:{place}: There is a character here that text may not hold.")


@pytest.mark.parametrize("escape", ["\\ud800", "\\uDFFF", "\\U0000d800", "\\U00110000", "\\UFFFFFFFF"])
@parsers
@pytest.mark.usefixtures("_with")
def test_half_a_character_is_refused_at_its_place(escape: str) -> None:
    assert said(f'{{"a": "é {escape}"}}'.encode()).startswith("file:1:12: This is not well-formed YAML.")


@parsers
@pytest.mark.usefixtures("_with")
def test_tabs_between_words_are_read_as_spaces_are() -> None:
    assert parse("file", b'{\n\t"a":\t[1,\t2\t],\n\t"b": "c"\t}\n').value == {"a": [1, 2], "b": "c"}
    assert parse("file", b"a: b\tc \t\nd:\te\n").value == {"a": "b\tc", "d": "e"}
    assert parse("file", b"a: '\\ud800    '\nb: \\u    dead\n").value == {"a": "\\ud800    ", "b": "\\u    dead"}


TAB = "There is a tab here, where YAML takes spaces alone. Write spaces in its place."
NO_BREAK = (
    "There is a no-break space (U+00A0) here, which YAML takes for a letter. "
    "Write an ordinary space in its place, or put the words in quotes."
)
COLON = (
    "A colon stands here inside a value, as after a key. "
    "Put the whole value in quotes. If it is a key, check its indent."
)

# What people write and cannot see, or do not think of. The mark is where it is told.
UNSEEN: Mapping[str, tuple[str, str]] = {
    "a tab before a key": ("a:\n▶\tb: 1\n", TAB),
    "a tab before the first key": ("▶\ta: 1\n", TAB),
    "a tab after spaces": ("a:\n  ▶\tb: 1\n", TAB),
    "a tab after other keys": ("a:\n  b: 1\n▶\tc: 2\n", TAB),
    "a tab before the next key of a mapping": ("a:\n  b: 1\n  ▶\tc: 2\n", TAB),
    "a tab before a dash": ("a:\n▶\t- x\n", TAB),
    "a tab after a dash": ("a:\n  -▶\tb: 1\n    c: 2\n", TAB),
    "a tab in lines of text": ("a: |\n▶\tx\n", TAB),
    "a tab before a comment": ("a: 1\n▶\t# c\nb: 2\n", TAB),
    "a tab, in the lines of Windows": ("é: 1\r\n▶\tb: 2\r\n", TAB),
    "a no-break space before a key": ("a:\n▶\u00a0\u00a0b: 1\n", NO_BREAK),
    "a no-break space in an indent": ("a:\n ▶\u00a0b: 1\n  c: 2\n", NO_BREAK),
    "a no-break space after a colon": ("▶a:\u00a0b\nc: d\n", NO_BREAK),
    "a no-break space after the last colon": ("s:\n  ▶a:\u00a0yes\n", NO_BREAK),
    "a no-break space after a dash": ("a:\n  ▶-\u00a0x\n  -\u00a0y\n", NO_BREAK),
    "a no-break space after words": ("a: ▶b\u00a0\n", NO_BREAK),
    "a no-break space before a colon": ("▶a\u00a0: b\n", NO_BREAK),
    "a no-break space before a comment": ("a: ▶b\u00a0# c\n", NO_BREAK),
    "a colon in a value": ("text: Ring first▶: then write\nb: 1\n", COLON),
    "a colon in a value in brackets": ("a: {b: c▶: d}\n", COLON),
    "a colon in an entry": ("a:\n  - say: this▶: that\n", COLON),
    "a colon in the next line of a value": ("a: some words\n  that go on▶: here\n", COLON),
    "a colon after a quotation": ("a: 'b'▶: c\n", COLON),
    "a colon in a value after a no-break space": ("a: Level\u00a03▶: ring\n", COLON),
    "a colon in JSON with tabs": ('{\n\t"a": b▶: c\n}\n', COLON),
}


@pytest.mark.parametrize(("text", "what"), UNSEEN.values(), ids=UNSEEN)
@parsers
@pytest.mark.usefixtures("_with")
def test_what_people_write_without_seeing_it_is_named_where_it_stands(text: str, what: str) -> None:
    content, (place,) = marked(text)
    assert said(content.encode()) == f"file:{place}: {what}"


@parsers
@pytest.mark.usefixtures("_with")
def test_a_no_break_space_between_words_or_in_quotes_is_read() -> None:
    text = "a: Level\u00a03\nb: 'x:\u00a0y'\nc: \"\u00a0z\"\n# \u00a0\nd: x #\u00a0y\n"
    read = {"a": "Level\u00a03", "b": "x:\u00a0y", "c": "\u00a0z", "d": "x"}
    assert parse("file", text.encode()).value == read


@parsers
@pytest.mark.usefixtures("_with")
@pytest.mark.parametrize("text", ["a: [\n", "a: 'b\n", "a: @b\n", "a: b\u00a0c\nd: [}\n"])
def test_what_is_ill_formed_for_another_cause_is_not_laid_to_these(text: str) -> None:
    assert "This is not well-formed YAML." in said(text.encode())


SLOW = {"50 MB", "100 000 keys", "100 000 ids", "40 000 keys", "40 000 ids", "40 000 numbers", "40 000 questions"}
QUICK = {name: content for name, (content, *_) in BYTES.items() if name not in SLOW}
RECORDS = {**{name: marked(text)[0] for name, (text, _) in TEXTS.items()}, **GOOD}
RULES = [
    *RULEBOOK_FOLDER.glob("*.yaml"),
    *RULEBOOK_FOLDER.glob("indicators/*.yaml"),
    *RULEBOOK_FOLDER.glob("ways/*.yaml"),
]


LONGEST = "with an id repeated 40 000 times"
SHORTER = (RECORDS[name] for name in RECORDS if name != LONGEST)


@pytest.mark.parametrize("text", the_rest_long(RECORDS.values(), *SHORTER), ids=RECORDS)
def test_a_record_is_read_or_refused_as_by_the_slower_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading(PARSER, text.encode(), monkeypatch) == reading(Slower, text.encode(), monkeypatch)


@pytest.mark.parametrize("content", the_rest_long(QUICK.values(), *[*QUICK.values()][::3]), ids=QUICK)
def test_bad_bytes_are_refused_as_by_the_slower_parser(
    content: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reading(PARSER, content(), monkeypatch) == reading(Slower, content(), monkeypatch)


@pytest.mark.parametrize("path", the_rest_long([*RULES, *CASES[:3]], *RULES[::3]), ids=lambda path: path.name)
def test_a_rulebook_is_read_as_by_the_slower_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading(PARSER, path.read_bytes(), monkeypatch) == reading(Slower, path.read_bytes(), monkeypatch)


WITHOUT = "import sys; sys.modules['yaml._yaml'] = None; import yaml; assert not yaml.__with_libyaml__; "


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        pytest.param(
            ["assess", "rules/example-record.yaml", "--format", "json", "--rulebook", str(RULEBOOK_FOLDER)],
            b"",
            marks=pytest.mark.long,
        ),
        (["assess", "-"], b"indicators: {present: [zz]}\nchild: {"),
        pytest.param(["assess", "-"], b"[" * MANY, marks=pytest.mark.long),
    ],
    ids=["a record and a rulebook", "a bad record", "brackets"],
)
def test_a_program_without_libyaml_says_the_same(words: list[str], stdin: bytes) -> None:
    run = "from rhrt_cli.main import main; main(prog_name='rhrt')"
    usual, slower = (
        subprocess.run(
            [sys.executable, "-c", f"{before}{run}", *words],
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            check=False,
        )
        for before in ("", WITHOUT)
    )
    assert (slower.returncode, slower.stdout, slower.stderr) == (usual.returncode, usual.stdout, usual.stderr)
    assert usual.stdout.startswith(b"{") if usual.returncode == 0 else usual.returncode == 2
