"""`rhrt rulebook add indicator`: the lines of a new indicator, and not a byte of anything else."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rhrt_cli.main import main

from rhrt import load_rulebook
from rhrt.faults import BadInput
from rhrt.parser import parse, read
from rhrt.rulebook.ids import suggested
from rhrt.rulebook.model import WrittenIndicator
from rhrt.steward.write.add import Draft, addition, as_written, as_yaml, make, with_indicator
from rhrt.steward.write.start import Start, write_new
from rhrt.steward.write.transcription import digest
from tests.bad_input import assert_whole_sentences, refused
from tests.conftest import RULEBOOK_FOLDER, a_third_quick
from tests.test_rulebook_new import terminal

FILES = sorted((RULEBOOK_FOLDER / "indicators").glob("*.yaml"))
WAYS = ("says it one way", "says it two ways", "says it three ways", "says it four ways")
LEVEL_2 = "indicators/level-2-early-help.yaml"
GOOD = {
    "--level": "2",
    "--heading": "health",
    "--wording": "Frequent headaches without a cause",
    "--id": "frequent-headaches",
}


def entry(**more: Any) -> WrittenIndicator:
    return WrittenIndicator(**{"id": "brand-new", "wording": "A new one: as printed", "also": WAYS, **more})


def called(folder: Path, options: dict[str, str], also: tuple[str, ...] = WAYS) -> list[str]:
    """Give the words of a command line that adds an indicator to a folder."""
    pairs = [*options.items(), *(("--also", way) for way in also)]
    return ["rulebook", "add", "indicator", str(folder), *(word for pair in pairs for word in pair)]


def added(folder: Path, options: dict[str, str], also: tuple[str, ...] = WAYS) -> Result:
    result = CliRunner().invoke(main, called(folder, options, also))
    assert result.exit_code == 0, result.output
    return result


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changes(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Give the lines taken away and the lines added."""
    lines = [*ndiff(before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))]
    return tuple([line[2:] for line in lines if line.startswith(mark)] for mark in "-+")  # type: ignore[return-value]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    write_new(tmp_path / "mine", Start("mine", "Thresholds", "The Shire", 4))
    return tmp_path / "mine"


@pytest.fixture
def herefordshire(tmp_path: Path) -> Path:
    return Path(copytree(RULEBOOK_FOLDER, tmp_path / "herefordshire"))


# What is written.


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("n", [None, 500])
def test_the_difference_is_the_new_lines_and_the_line_of_the_digest(path: Path, n: int | None) -> None:
    before = path.read_bytes()
    value: Any = parse("file", before).value
    new = entry(n=n, level=None if value.get("level") else 3)
    after = with_indicator("file", before, new)
    taken, put = changes(before, after)
    assert [line.split(":")[0] for line in taken] == ["wordings_sha256"]
    lines = ["\n", *("  " + line for line in as_yaml(new).splitlines(keepends=True))]
    assert [line for line in put if not line.startswith("wordings_sha256")] == lines
    assert put[0].split("#")[1] == taken[0].split("#")[1], "the comment stays"
    read_again: Any = parse("file", after).value
    assert read_again["indicators"] == [*value["indicators"], as_written(new)]
    assert read_again["wordings_sha256"] == digest(read_again["indicators"], value.get("level"))


def test_every_other_file_is_the_same_to_the_byte_and_the_rulebook_is_whole(herefordshire: Path) -> None:
    before = everything(herefordshire)
    options = {**GOOD, "--level": "4", "--basis": "safety", "--n": "168", "--page": "113", "--id": "brand-new"}
    said = added(herefordshire, options)
    after = everything(herefordshire)
    assert [name for name in after if after[name] != before.get(name)] == ["indicators/level-4-specialist.yaml"]
    rulebook = load_rulebook(herefordshire)
    new = rulebook.indicator["brand-new"]
    assert (new.level, new.basis, new.heading, new.n, new.also) == (4, "safety", "health", 168, WAYS)
    assert (new.printed_heading, new.source.page) == ("Health", 113)
    assert "compromised-safety-is-grave" in said.output


def test_what_is_written_is_shown_first(mine: Path) -> None:
    said = added(mine, GOOD)
    new = (
        "- id: frequent-headaches\n  heading: health\n  printed_heading: Health\n"
        "  wording: Frequent headaches without a cause\n  also:\n    - says it one way\n"
    )
    assert f"{LEVEL_2}:\n\n{new}" in said.output
    assert "Written." in said.output
    assert new.replace("\n", "\n  ").strip() in (mine / LEVEL_2).read_text(encoding="utf-8")


def test_without_a_folder_it_is_the_one_you_are_in(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mine)
    words = called(mine, GOOD)
    words.remove(str(mine))
    assert CliRunner().invoke(main, words).exit_code == 0
    assert "frequent-headaches" in load_rulebook(mine).indicator


def test_one_after_another_can_be_added(mine: Path) -> None:
    for number in ("one", "two", "three"):
        ways = tuple(f"{way} for {number}" for way in WAYS)
        added(mine, {**GOOD, "--wording": f"New {number}", "--id": f"new-{number}"}, ways)
    ids = [one["id"] for one in _indicators(mine / LEVEL_2)]
    assert ids == ["example-sign-early-help", "new-one", "new-two", "new-three"]


def _indicators(path: Path) -> list[dict[str, Any]]:
    value: Any = read(path).value
    listed: list[dict[str, Any]] = value["indicators"]
    return listed


def test_a_file_whose_indicators_give_their_own_level_gets_the_level_in_the_entry(herefordshire: Path) -> None:
    options = {"--level": "3", "--file": "section-8-needs", "--wording": "A new need", "--id": "brand-new"}
    added(herefordshire, options)
    assert _indicators(herefordshire / "indicators" / "section-8-needs.yaml")[-1]["level"] == 3
    assert load_rulebook(herefordshire).indicator["brand-new"].level == 3


# Where it is put.

NUMBERED = """\
# Top.
level: 2
wordings_sha256: {digest}
indicators:
  # The first.
  - id: ten
    n: 10
    wording: 'Ten'   # kept
    also: [a, b,
           c, d]
      # of ten

  # About twenty.

  - {{id: twenty, n: 20, wording: Twenty, also: [e, f, g, h]}}
  - id: thirty
    n: 30
    wording: >-
      Thirty
      # no comment
    also: [i, j, k, l]

# The end.
source: {{document: framework, section: x}}
"""


def numbered(text: str = NUMBERED) -> bytes:
    value: Any = parse("x", text.format(digest="x").encode()).value
    return text.format(digest=digest(value["indicators"], 2)).encode()


@pytest.mark.parametrize(
    ("n", "before", "after"),
    [
        (5, "indicators:\n", "  # The first.\n"),
        (15, "      # of ten\n", "\n  # About twenty.\n"),
        (25, "also: [e, f, g, h]}\n", "  - id: thirty\n"),
        (35, "    also: [i, j, k, l]\n", "\n# The end.\n"),
        (None, "    also: [i, j, k, l]\n", "\n# The end.\n"),
    ],
)
def test_it_stands_in_the_order_of_the_numbers_and_comments_stay_where_they_belong(
    n: int | None, before: str, after: str
) -> None:
    changed = with_indicator("x", numbered(), entry(n=n)).decode()
    start = changed.index("  - id: brand-new")
    new = "".join("  " + line for line in as_yaml(entry(n=n)).splitlines(keepends=True))
    rest = changed.replace(new, "").replace("\n\n\n", "\n\n")
    assert changed[:start].rstrip("\n").endswith(before.rstrip("\n"))
    assert changed[start + len(new) :].lstrip("\n").startswith(after.lstrip("\n"))
    assert [line for line in rest.splitlines() if line and "sha256" not in line] == [
        line for line in numbered().decode().splitlines() if line and "sha256" not in line
    ]
    value: Any = parse("x", changed.encode()).value
    assert value["wordings_sha256"] == digest(value["indicators"], 2)


@pytest.mark.parametrize("n", [None, 5, 15, 25])
def test_other_line_endings_and_a_mark_at_the_start_stay(n: int | None) -> None:
    windows = b"\xef\xbb\xbf" + numbered().replace(b"\n", b"\r\n")
    changed = with_indicator("x", windows, entry(n=n))
    assert changed.startswith(b"\xef\xbb\xbf# Top.\r\n")
    assert changed.count(b"\n") == changed.count(b"\r\n")


def test_a_file_without_a_last_line_break_gets_one() -> None:
    text = "level: 2\nindicators:\n- {id: ten, wording: Ten, also: [a, b, c, d]}"
    changed = with_indicator("x", text.encode(), entry()).decode()
    assert changed.startswith(f"{text}\n\n- id: brand-new\n")


def test_a_file_without_a_digest_gets_none() -> None:
    text = b"level: 2\nindicators:\n  - {id: ten, wording: Ten, also: [a, b, c, d]}\n"
    assert b"sha256" not in with_indicator("x", text, entry())


@pytest.mark.parametrize(
    "text",
    [
        "indicators: [{id: ten, wording: Ten, also: [a, b, c, d]}]\n",
        "indicators: []\n",
        "indicators:\n  - id: ten\n    also: [a, b, c, d]\n    wording: |\n      Ten\n\n# x\n  \n...\n",
        "indicators:\n  -\n    id: ten\n    wording: Ten\n    also: [a, b, c, d]\nlevel: 2\n...\n",
        "{indicators: [{id: ten, wording: Ten, also: [a, b, c, d]}]}\n",
    ],
)
def test_a_file_that_lines_cannot_be_put_into_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="A new indicator cannot be put into this file as it is written") as refusal:
        with_indicator("x", text.encode(), entry())
    assert_whole_sentences(str(refusal.value))


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).map(str.strip).filter(str.isprintable)


@given(wording=WORDS, also=st.lists(WORDS, min_size=4, max_size=6).map(tuple))
def test_any_words_are_read_as_they_were_written(wording: str, also: tuple[str, ...]) -> None:
    new = entry(wording=wording, also=also, n=15)
    value: Any = parse("x", with_indicator("x", numbered(), new)).value
    assert value["indicators"][1] == as_written(new)


# What is refused.


def test_a_wording_that_changed_since_it_was_compared_is_said_and_nothing_is_written(mine: Path) -> None:
    path = mine / LEVEL_2
    path.write_text(path.read_text("utf-8").replace('wording: "Example', 'wording: "An example'), "utf-8")
    before = everything(mine)
    message = refused(*called(mine, GOOD))
    assert "has changed since it was compared with the source. Compare them again, then write: wordings_" in message
    assert f"{LEVEL_2}:8:1: " in message
    assert everything(mine) == before


BAD: dict[str, tuple[dict[str, str], tuple[str, ...], str]] = {
    "a level that is not there": ({"--level": "9"}, WAYS, "--level: There is no Level 9. Write one of: 1, 2"),
    "a level in words": ({"--level": "two"}, WAYS, "--level: There is no Level two."),
    "an empty level": ({"--level": ""}, WAYS, "--level: There is no level here."),
    "a file that is not there": ({"--file": "level-2"}, WAYS, "Did you mean level-2-early-help?"),
    "the file of another level": ({"--file": "level-1-universal"}, WAYS, "--file: No file of indicators for that"),
    "an unknown heading": ({"--heading": "heath"}, WAYS, "--heading: There is no heading 'heath'. Did"),
    "a heading like no other": ({"--heading": "zz"}, WAYS, "Write one of: health, family-and-home."),
    "a basis where there is none": ({"--basis": "significant-harm"}, WAYS, "No indicator at Level 2 has a basis."),
    "an unknown basis": ({"--level": "4", "--basis": "harm"}, WAYS, "--basis: There is no basis 'harm'."),
    "no basis where there is one": ({"--level": "4"}, WAYS, "--basis: This is missing. Write one of: "),
    "an empty wording": ({"--wording": " "}, WAYS, "--wording: There are no words here."),
    "a wording that is not UTF-8": ({"--wording": "a\udcff"}, WAYS, "--wording: There is a character here"),
    "a wording with an escape": ({"--wording": "\x1b[2J"}, WAYS, "--wording: There is a character here"),
    "an id with a capital": ({"--id": "Headaches"}, WAYS, "--id: 'Headaches' is not a plain name."),
    "an id with a line break": ({"--id": "headaches\n"}, WAYS, "is not a plain name."),
    "an id with an underscore": ({"--id": "bad_headaches"}, WAYS, "Use small letters and hyphens."),
    "an id that is taken": ({"--id": "example-strength"}, WAYS, "--id: There is an indicator 'example"),
    "an id with the number of a level": ({"--id": "headaches-2"}, WAYS, "--id: 'headaches-2' names a level"),
    "an id with the word level": ({"--id": "high-level-pain"}, WAYS, "Say the concern and its degree instead."),
    "too few ways": ({}, WAYS[:3], "--also: There are fewer than 4 ways of saying this."),
    "no ways": ({}, (), "--also: This is missing. Write --also and a way of saying it, 4 times or more."),
    "a way said twice": ({}, (*WAYS, WAYS[0].upper()), "--also: 'SAYS IT ONE WAY' is said already."),
    "a way that is the wording": ({"--wording": WAYS[1]}, WAYS, "is said already. Say it in another way."),
    "a way that another has": ({}, (*WAYS, "how mum would say the sign of harm"), "says 'example-serious"),
    "an empty way": ({}, (*WAYS, ""), "--also: There are no words here."),
    "a number that is none": ({"--n": "x"}, WAYS, "--n: 'x' is not a whole number above 0."),
    "a number below one": ({"--n": "0"}, WAYS, "--n: '0' is not a whole number above 0."),
    "a number without end": ({"--n": "9" * 5_000}, WAYS, "is not a whole number above 0."),
    "a page that is none": ({"--page": "ix"}, WAYS, "--page: 'ix' is not a whole number above 0."),
}  # fmt: skip


@pytest.mark.parametrize(("options", "also", "says"), a_third_quick(BAD))
def test_bad_answers_are_refused_and_nothing_is_written(
    options: dict[str, str], also: tuple[str, ...], says: str, mine: Path
) -> None:
    before = everything(mine)
    message = refused(*called(mine, {**GOOD, **options}, also))
    assert says in message
    assert_whole_sentences(message)
    assert everything(mine) == before


def test_a_number_that_is_taken_and_an_alias_are_refused(herefordshire: Path) -> None:
    rulebook = herefordshire / "rulebook.yaml"
    text = rulebook.read_text("utf-8").replace("aliases: {}", "aliases: {old-name: lack-of-food}")
    rulebook.write_text(text, "utf-8")
    message = refused(*called(herefordshire, {**GOOD, "--n": "1", "--id": "old-name"}))
    assert "--n: The number 1 is that of 'development-age-appropriate'." in message
    assert "--id: 'old-name' was the id of 'lack-of-food', and old records use it." in message
    rulebook.write_text(f"{text}\nretired: [{{id: gone, last_edition: '1 - 11/20'}}]\n", "utf-8")
    message = refused(*called(herefordshire, {**GOOD, "--id": "gone"}))
    assert (
        "--id: 'gone' was in the framework until edition 1 - 11/20 and has been taken out. Old records" in message
    )


def test_without_a_terminal_every_missing_option_is_named(mine: Path) -> None:
    message = refused("rulebook", "add", "indicator", str(mine))
    assert [line.split(":")[0] for line in message.splitlines()] == ["--level", "--wording", "--id", "--also"]
    message = refused("rulebook", "add", "indicator", str(mine), "--level", "4", "--wording", "Some bad headaches")
    assert [line.split(":")[0] for line in message.splitlines()] == ["--heading", "--basis", "--id", "--also"]
    assert "--id: This is missing. Write --id and its words, such as some-bad-headaches." in message


@pytest.mark.parametrize("name", ["nowhere", "herefordshire-2020", "a\0b", "n" * 5_000, ""])
def test_only_a_folder_will_do(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    message = refused("rulebook", "add", "indicator", name, *called(Path(), GOOD)[4:])
    assert "There is no such folder. Name the folder of a rulebook." in message
    assert_whole_sentences(message)


def test_a_rulebook_with_a_fault_is_refused_before_anything_is_asked(mine: Path) -> None:
    (mine / "routes.yaml").unlink()
    (mine / LEVEL_2).write_bytes(b"level: 2\nindicators: \xff\n")
    before = everything(mine)
    message = refused(*called(mine, GOOD))
    assert "This is not UTF-8 text" in message
    assert everything(mine) == before


def test_a_change_with_which_the_rulebook_would_have_a_fault_is_not_written(mine: Path) -> None:
    before = everything(mine)
    for bad in (entry(heading="nowhere"), entry(id="example-strength"), entry(also=("a", "a", "b", "c"))):
        with pytest.raises(BadInput) as refusal:
            addition(mine, LEVEL_2, bad)
        assert LEVEL_2 in str(refusal.value)
        assert everything(mine) == before


def test_where_writing_fails_the_file_is_untouched(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(mine)
    change = addition(mine, LEVEL_2, entry())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(BadInput, match="cannot be written: No space left on device"):
            make(change)
    assert everything(mine) == before
    with monkeypatch.context() as patched:
        patched.setattr("rhrt.files.os.access", lambda *_: False)
        result = CliRunner().invoke(main, called(mine, GOOD))
    assert result.exit_code == 2
    assert "it may only be read" in result.stderr
    assert_whole_sentences(result.stderr)
    assert everything(mine) == before


def test_what_somebody_changed_in_the_meantime_is_not_written_over(mine: Path) -> None:
    change = addition(mine, LEVEL_2, entry())
    (mine / LEVEL_2).write_text("mine now", "utf-8")
    with pytest.raises(BadInput, match="Somebody changed this file in the meantime"):
        make(change)
    assert (mine / LEVEL_2).read_text("utf-8") == "mine now"


def test_who_may_read_the_file_stays_as_it_was_and_a_link_stays_a_link(mine: Path, tmp_path: Path) -> None:
    path = mine / LEVEL_2
    real = path.rename(tmp_path / "real.yaml")
    real.chmod(0o664)
    path.symlink_to(real)
    added(mine, GOOD)
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o664
    assert b"frequent-headaches" in real.read_bytes()


# The id that is suggested.


def test_an_id_is_suggested_from_the_words_that_carry_meaning() -> None:
    assert (
        suggested("The child's frequent headaches, at Level 2 and 15% of the time")
        == "childs-frequent-headaches-time"
    )
    assert suggested("Évident café") == "evident-cafe"
    assert suggested("日本") == ""
    for indicator in load_rulebook().indicators:
        assert 1 <= len(suggested(indicator.wording).split("-")) <= 5


def test_an_id_that_is_taken_is_not_suggested(mine: Path) -> None:
    draft = Draft(mine)
    draft.take("wording", "Example strength")
    assert draft.suggestion("id") == ""


# In a terminal.


def test_in_a_terminal_everything_is_asked_and_bad_answers_are_asked_again(mine: Path) -> None:
    person = terminal("add", "indicator", "mine", "--heading", "nowhere", folder=mine.parent)
    for words, answer in (
        ("4. Specialist", ""),
        ("Which level is it at? ", "9"),
        ("There is no Level 9.", ""),
        ("Which level is it at? ", "4"),
        ("There is no heading 'nowhere'.", ""),
        ("2. family-and-home: Family and home", ""),
        ("Under which heading is it printed? ", "2"),
        ("Why does it stand at this level? ", "child-in-need"),
        ("Its wording, exactly as printed: ", "Often very cold at home"),
        ("which never changes [often-very-cold-home]: ", "level-4-cold"),
        ("'level-4-cold' names a level", ""),
        ("which never changes [often-very-cold-home]: ", ""),
        ("Way 1: ", "no heating"),
        ("Way 2: ", "No heating"),
        ("'No heating' is said already.", ""),
        ("Way 2: ", "ice on the inside of the window"),
        ("Way 3: ", "-"),
        ("Way 4: ", "wears a coat in bed"),
        ("Way 5: ", ""),
        ("- id: often-very-cold-home", ""),
        ("Write it? [Y/n]: ", "y"),
        ("need-alone-is-not-harm.", ""),
    ):
        person.expect_exact(words)
        if answer or words.endswith((": ", "? ")):
            person.sendline(answer)
    said = person.read()
    person.close()
    assert person.exitstatus == 0, said
    new = load_rulebook(mine).indicator["often-very-cold-home"]
    assert (new.level, new.heading, new.basis, new.n) == (4, "family-and-home", "child-in-need", None)
    assert new.also == ("no heating", "ice on the inside of the window", "-", "wears a coat in bed")


@pytest.mark.parametrize("answer", ["n\r", "\x04"])
def test_to_say_no_at_the_end_writes_nothing(answer: str, mine: Path) -> None:
    before = everything(mine)
    words = called(Path("mine"), {name: word for name, word in GOOD.items() if name != "--id"})
    person = terminal(*words[1:], folder=mine.parent)
    person.expect_exact("[frequent-headaches-without-cause]: ")
    person.sendline("")
    person.expect_exact("Write it? [Y/n]: ")
    person.send(answer)
    person.expect_exact("Stopped. Nothing was written.")
    person.read()
    person.close()
    assert person.exitstatus == 1
    assert everything(mine) == before


def test_in_a_terminal_with_every_answer_given_nothing_is_asked(mine: Path) -> None:
    person = terminal(*called(Path("mine"), GOOD)[1:], folder=mine.parent)
    person.expect_exact("Written.")
    person.read()
    person.close()
    assert person.exitstatus == 0


def test_a_numbered_framework_is_asked_for_number_and_page(herefordshire: Path) -> None:
    person = terminal(*called(herefordshire, GOOD)[1:], folder=herefordshire)
    for words, answer in (("Enter alone: none): ", "1"), ("The number 1 is that of", None),
                          ("Its number in the framework (Enter alone: none): ", ""),
                          ("The page it is printed on (Enter alone: none): ", "109"),
                          ("Write it? [Y/n]: ", "")):  # fmt: skip
        person.expect_exact(words)
        if answer is not None:
            person.sendline(answer)
    person.expect_exact("Written.")
    person.read()
    new = load_rulebook(herefordshire).indicator["frequent-headaches"]
    assert (new.n, new.source.page) == (None, 109)
