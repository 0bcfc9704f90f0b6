"""What a command writes arrives whole and can be read anywhere, or a sentence says that it did not arrive."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import NamedTuple, TextIO

import click
import pytest
from rhrt_cli.main import main

from rhrt.faults import EvaluatorsDiffer
from tests.bad_input import assert_whole_sentences
from tests.conftest import the_rest_long
from tests.tree import COMPLETED, SIGN, WORDS, calls, commands, lay_out

CALLS = calls()
EVERY = pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
ENCODINGS = ("cp1252", "latin-1", "ascii", "utf-16")
FULL = (
    "standard output: Not all of it could be written: No space left on device. Make room, or send it elsewhere.\n"
)
CLOSED = (
    "standard output: Not all of it was written, because what reads it has stopped. "
    "To see all of it, read it to its end or send it to a file.\n"
)
PROGRAM = [sys.executable, "-c", "from rhrt_cli import run; run()"]
LONG = "a" * 300


class Ended(NamedTuple):
    """How a command ended, and the bytes that it wrote."""

    code: object
    out: bytes
    err: bytes


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("laid-out"))


@pytest.fixture
def here(laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that holds what the commands name, and is the one they run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rhrt_cli.govuk._fetched", lambda: b"")
    monkeypatch.setattr("rhrt_cli.govuk.taken_from", lambda _: {"govuk.css": b"p{}"})
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    return Path(copytree(laid_out, tmp_path, dirs_exist_ok=True))


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command as Python does: text streams over bytes, with an encoding that knows no way out."""

    def ended(
        words: list[str], encoding: str = "utf-8", out: TextIO | None = None, err: TextIO | None = None
    ) -> Ended:
        written = [io.BytesIO(), io.BytesIO()]
        streams = [
            given or io.TextIOWrapper(held, encoding=encoding, errors=errors, newline="\n")
            for held, given, errors in zip(written, (out, err), ("strict", "backslashreplace"), strict=True)
        ]
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b""), encoding=encoding))
        with pytest.raises(SystemExit) as end:
            main(words, prog_name="rhrt")
        for stream in streams:
            stream.flush()  # Python does so at its end, and fails where what could not be written is still held
        return Ended(end.value.code or 0, *(held.getvalue() for held in written))

    yield ended
    monkeypatch.undo()


def full() -> TextIO:
    """Open what takes nothing, as a disk that is full does."""
    return Path("/dev/full").open("w", encoding="utf-8")


@pytest.mark.parametrize("words", the_rest_long(CALLS.values(), *[*CALLS.values()][::3]), ids=CALLS)
def test_on_a_full_disk_every_command_says_so_in_a_sentence(words: list[str], here: Path, run: Run) -> None:
    assert here.is_dir()
    with closing(full()) as out:
        ended = run(words, out=out)
    assert ended.code == 2
    said = ended.err.decode()
    assert said.endswith(FULL)
    assert "Traceback" not in said
    assert_whole_sentences(FULL)


def test_every_command_is_among_those_that_are_tried() -> None:
    tried = {name.split(",")[0] for name in CALLS}
    assert {name for name, command in commands() if not isinstance(command, click.Group)} <= tried
    assert {"assess, json", "picture", "rulebook check, github", "--help", "record --help", "--version"} <= {*CALLS}


def test_on_a_full_disk_completion_says_so_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETED.items():
        monkeypatch.setenv(name, value)
    assert b"persistent-absence" in run([]).out
    with closing(full()) as out:
        assert run([], out=out)[::2] == (2, FULL.encode())


def test_where_nothing_can_be_said_the_exit_code_says_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["show", "nope"], ["nope"], ["assess", "--nope"], ["assess", *SIGN]):
        with closing(full()) as both:
            assert run(words, out=both, err=both).code == 2, words

    def differ(*_: object) -> None:
        raise EvaluatorsDiffer("a rule")

    monkeypatch.setattr("rhrt_cli.reading.assess", differ)
    with closing(full()) as err:
        assert run(["assess", *SIGN], err=err).code == 3


def test_a_fault_that_is_not_of_the_output_is_not_called_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("rhrt_cli.reading.assess", broken)
    try:
        said = run(["assess", *SIGN]).err
    except OSError as error:
        said = str(error).encode()
    assert b"standard output" not in said


def test_a_full_disk_is_named_wherever_it_is_met(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rhrt_cli.reading.assess", no_room)
    ended = run(["assess", *SIGN])
    assert ended.code == 2
    assert ended.err == b"rhrt: A file could not be written: No space left on device. Make room, then try again.\n"


def test_a_command_that_ctrl_c_stops_says_so_and_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rhrt_cli.reading.assess", interrupted)
    assert run(["assess", *SIGN]) == (130, b"", b"Stopped.\n")


# Where somebody presses Ctrl-C: while a module is looked for, and in what is done before a command is.
IMPORTED = ("click", "rhrt_cli.commands", "rhrt_cli.output", "rhrt.version", "rhrt.faults", "rhrt_cli.assess",
            "rhrt.record", "rhrt.reasoning.plain")  # fmt: skip
INTERRUPTED = """
import sys
moment = sys.argv.pop(1)
class Finder:
    @staticmethod
    def find_spec(name, *_):
        if name == moment:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder)
from rhrt_cli import run
run()
"""


@pytest.mark.parametrize("module", the_rest_long(IMPORTED, "click", "rhrt.record"))
def test_ctrl_c_while_it_starts_ends_with_130_and_no_traceback(module: str) -> None:
    words = [sys.executable, "-c", INTERRUPTED, module, "assess", *SIGN, "--format", "json"]
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr in {b"", b"Stopped.\n"}


def test_every_moment_of_a_start_at_which_ctrl_c_is_tried_is_one() -> None:
    look = "import sys; from rhrt_cli import run\ntry: run()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", look, "assess", *SIGN], capture_output=True, text=True, check=True)
    assert {*IMPORTED} <= {*done.stderr.split()}


@pytest.mark.parametrize(
    "moment", ["rhrt_cli.main.prepare", "click.Command.parse_args", "rhrt_cli.main.Main.resolve_command"]
)
def test_ctrl_c_before_a_command_is_begun_ends_with_130_too(
    moment: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moment, interrupted)
    assert run(["assess", *SIGN]) == (130, b"", b"Stopped.\n")


def test_ctrl_c_where_the_own_level_is_asked_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("click.termui.visible_prompt_func", interrupted)
    ended = run(["assess", *SIGN, "--commit-first"])
    assert (ended.code, ended.out) == (130, b"")
    assert ended.err.endswith(b"Stopped.\n")


OUTCOMES = {
    "help": (["--help"], FULL),
    "an answer": (["assess", *SIGN], FULL),
    "a page": (["assess", *SIGN, "--format", "html"], FULL),
}


@pytest.mark.parametrize("outcome", the_rest_long(OUTCOMES, "an answer"))
def test_the_program_itself_ends_with_2_and_the_sentence_alone(outcome: str) -> None:
    words, says = OUTCOMES[outcome]
    with closing(full()) as out:
        done = subprocess.run([*PROGRAM, *words], stdout=out, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, says)


def test_where_what_reads_it_has_stopped_it_says_so_and_ends_with_2() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run([*PROGRAM, "assess", *SIGN], stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr.decode()) == (2, CLOSED)
    assert_whole_sentences(CLOSED)


SHUT = {
    "text": ["assess", *SIGN],
    "JSON": ["assess", *SIGN, "--format", "json"],
    "a page": ["assess", *SIGN, "--format", "html"],
    "a replay": ["replay", "answer.json"],
    "a check": ["rulebook", "check", "dale"],
    "a check for machines": ["rulebook", "check", "dale", "--format", "json"],
    "a new record": ["record", "new"],
    "help": ["--help"],
    "a new rulebook": ["rulebook", "new", "a-new-area"],
}


def shut(words: list[str], stream: str, folder: Path) -> Ended:
    """Run the program with a stream that is closed before it begins."""
    command = f"exec {shlex.join([*PROGRAM, *words])} {stream}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=folder, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


STREAMS = [">&-", "<&- >&-"]


@pytest.mark.parametrize("stream", the_rest_long(STREAMS, STREAMS[0]), ids=["alone", "with what is read"])
@pytest.mark.parametrize("words", the_rest_long(SHUT.values(), SHUT["text"], SHUT["help"]), ids=SHUT)
def test_where_standard_output_is_closed_it_says_so_and_ends_with_2(
    words: list[str], stream: str, here: Path
) -> None:
    said = "standard output: It is closed, so nothing could be written. Send it to a terminal or a file.\n"
    assert_whole_sentences(said)
    assert shut(words, stream, here) == (2, b"", said.encode())


@pytest.mark.long
def test_where_standard_output_is_closed_a_refusal_is_the_same(tmp_path: Path) -> None:
    assert shut(["show", "nope"], ">&-", tmp_path) == shut(["show", "nope"], "", tmp_path)
    for both in (">&- 2>&-", ">/dev/full 2>&-"):
        assert shut(["assess", *SIGN], both, tmp_path).code == 2


NOBODY = ["<&-", "0> /dev/null", "< /dev/null"]


@pytest.mark.parametrize("stream", the_rest_long(NOBODY, NOBODY[0]), ids=["closed", "for writing", "empty"])
def test_a_command_that_asks_ends_with_1_where_nobody_can_answer(stream: str, here: Path) -> None:
    for words, says in (
        (["ask"], b"Stopped. Nothing was kept.\n"),
        (["ask", "--plain"], b"Stopped. Nothing was kept.\n"),
        (["assess", *SIGN, "--commit-first"], b"Aborted!\n"),
    ):
        ended = shut(words, stream, here)
        assert ended.code == 1, words
        assert ended.err.endswith(says)
        assert b"Level" not in ended.out
    assert shut(["rulebook", "new", "without-asking"], stream, here).code == 0


@pytest.mark.long
@EVERY
def test_in_any_encoding_every_command_writes_what_it_writes_in_utf_8(
    words: list[str], here: Path, laid_out: Path, run: Run
) -> None:
    expected = run(words)
    for encoding in ENCODINGS:
        os.chdir(copytree(laid_out, here / encoding))
        ended = run(words, encoding)
        assert ended.code == expected.code, encoding
        if is_for_machines(words):
            assert ended.out == expected.out, "it is UTF-8 to the byte"
        else:
            assert plain(ended.out.decode(encoding)) == plain(expected.out.decode())


def is_for_machines(words: list[str]) -> bool:
    form = words[words.index("--format") + 1] if "--format" in words else "text"
    return "--help" not in words and (form != "text" or words[0] in {"picture", "schema", "record"})


def plain(text: str) -> str:
    """Give text as an encoding without curly quotes, dashes and Welsh letters would show it, at any port."""
    return re.sub(r":\d+/", "", text).translate(str.maketrans("“”‘’–ŷ", "\"\"''-y"))


def test_where_only_ascii_is_set_plain_words_are_written(run: Run) -> None:
    ended = run(["assess", *SIGN], "ascii")
    assert ended.code == 0
    assert b'"Short term exclusions' in ended.out
    assert ended.out.isascii()
    refused = run(["show", "“nope” – £"], "ascii")
    assert (refused.code, refused.out) == (2, b"")
    assert refused.err.startswith(b"ID: There is no indicator '\"nope\" - GBP '.")


@pytest.mark.parametrize("encoding", the_rest_long(["ascii", "utf-16"], "utf-16"))
def test_the_program_itself_writes_what_the_encoding_that_is_set_can_show(encoding: str, tmp_path: Path) -> None:
    """To files, in which Python would begin with the mark of an encoding where it is told to write nothing."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    written = {}
    for form in ("text", "json"):
        with (tmp_path / form).open("wb") as out:
            words = [*PROGRAM, "assess", *SIGN, "--format", form]
            done = subprocess.run(words, stdout=out, stderr=subprocess.PIPE, env=environment, check=False)
        written[form] = (tmp_path / form).read_bytes()
        assert done.returncode == 0
    assert "Suggested: Level 3" in written["text"].decode(encoding)
    assert written["json"].startswith(b"{")
    assert json.loads(written["json"].decode("utf-8"))["level"] == 3


def test_where_an_encoding_lacks_a_sign_plain_words_are_written(run: Run) -> None:
    words = ["find", "‘zz’ “zz” – zz—zz… ŵ £ 👶"]
    assert run(words, "cp437").out.startswith(b'Nothing fits "\'zz\' "zz" - zz-zz... w \x9c ?". That does not')
    assert run(words, "latin-1").out.startswith(b'Nothing fits "\'zz\' "zz" - zz-zz... w \xa3 ?".')
    assert run(words, "cp1252").out.startswith(
        b"Nothing fits \x93\x91zz\x92 \x93zz\x94 \x96 zz\x97zz\x85 w \xa3 ?\x94."
    )


def test_names_with_accents_are_shown_and_lose_them_only_where_they_must(here: Path, run: Run) -> None:
    (here / "names.txt").write_text("Siôn Llŷr Zoë has no food in the house", encoding="utf-8")
    for words in (["find", "Siôn Llŷr Zoë"], ["spot", "names.txt"]):
        for encoding, names in (
            ("utf-8", "Siôn Llŷr Zoë"),
            ("latin-1", "Siôn Llyr Zoë"),
            ("ascii", "Sion Llyr Zoe"),
        ):
            ended = run(words, encoding)
            assert ended.code == 0
            assert all(name in ended.out.decode(encoding) for name in names.split()), encoding


def test_what_is_said_beside_the_answer_is_plain_too(run: Run) -> None:
    ended = run(["show", "“nope”"], "latin-1")
    assert ended.code == 2
    assert ended.err.startswith(b"ID: There is no indicator '\"nope\"'.")


def test_half_a_character_is_written_as_an_escape(here: Path, run: Run) -> None:
    assert rb"extra argument (\udcff)" in run(["show", "a", "\udcff"]).err
    (here / "dale").rename(here / "\udcff")
    (here / "\udcff" / "routes.yaml").unlink()
    for form in ("json", "github", "text"):
        ended = run(["rulebook", "check", "\udcff", "--format", form])
        assert ended.code == 1
        assert rb"\udcff" in ended.out


@pytest.mark.parametrize("encoding", the_rest_long(ENCODINGS, "cp1252"))
def test_an_answer_kept_on_another_system_can_be_replayed(encoding: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    kept = tmp_path / "kept.json"
    with kept.open("wb") as out:
        words = [*PROGRAM, "assess", *SIGN, "--format", "json"]
        assert subprocess.run(words, stdout=out, env=environment, check=False).returncode == 0
    assert json.loads(kept.read_bytes().decode("utf-8"))["level"] == 3
    said = subprocess.run([*PROGRAM, "replay", str(kept)], capture_output=True, env=environment, check=False)
    assert (said.returncode, said.stdout.decode(encoding)[:5]) == (0, "Same:")


def test_standard_input_is_read_as_utf_8_whatever_the_locale() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    typed = "\ufeffpas de café\n".encode()
    asked = [*PROGRAM, "ask", "--plain"]
    done = subprocess.run(asked, input=typed, capture_output=True, env=environment, check=False)
    assert "pas de café".encode("latin-1") in done.stdout
    assert b"\xef\xbb\xbf" not in done.stdout


def test_a_level_that_is_no_text_is_refused_without_a_traceback() -> None:
    words = [*PROGRAM, "assess", *SIGN, "--commit-first"]
    done = subprocess.run(words, input=b"\xff\n3\n", capture_output=True, check=False)
    assert done.returncode == 0
    assert b"is not a valid integer" in done.stderr
    assert b"Traceback" not in done.stderr


def named_by() -> dict[str, list[str]]:
    """Give the words that name a file or folder of 300 letters, for each part of a command line that can."""
    called = {}
    for name, command in commands():
        for one in command.params:
            if isinstance(one.type, click.Path) or re.search("PATH|FILE|FOLDER|OLD|NEW", str(one.metavar)):
                words = WORDS.get(name, [])
                if one.opts[0] in words:  # in place of what it names there
                    words = words[: words.index(one.opts[0])]
                words = [*words, one.opts[0], LONG]
                called[f"{name} {one.name}"] = [
                    *name.split(),
                    *(words if one.opts[0][0] == "-" else _before(command, one)),
                ]
    return called


def _before(command: click.Command, named: click.Parameter) -> list[str]:
    """Give a long name as an argument, with a word for each that stands before it and one after it."""
    return [LONG if one is named else "indicator" if one.name == "what" else "dale" for one in command.params
             if isinstance(one, click.Argument) and (one.required or one is named)]  # fmt: skip


NAMED = named_by()
SLOW = ("rulebook render named", "rulebook build to")  # all is written before they are refused


@pytest.mark.parametrize(
    "words", the_rest_long(NAMED.values(), *(NAMED[name] for name in NAMED if name not in SLOW)), ids=NAMED
)
def test_a_name_of_300_letters_is_refused_in_a_sentence(words: list[str], here: Path, run: Run) -> None:
    assert here.is_dir()
    ended = run(words)
    assert (ended.code, ended.out) == (2, b"")
    said = ended.err.decode()
    assert_whole_sentences(said)
    assert "aaaa" in said


def test_every_part_of_a_command_line_that_names_a_file_is_among_them() -> None:
    expected = {"ask save", "ask rulebook_name", "assess record", "serve govuk", "serve key_file", "serve names"}
    expected |= {"rulebook compare cases", "rulebook check since", "rulebook render named", "govuk folder"}
    assert expected <= {*NAMED}
