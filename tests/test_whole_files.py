"""Files are written whole or not at all, and a run that was stopped, at whatever moment, can be run again."""

from __future__ import annotations

import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import BadInput
from rhrt.files import LARGEST, TEMPORARY, read_bytes, write_all, write_whole
from rhrt.steward.write.fill import LIST, fill
from rhrt.steward.write.start import UNFINISHED, Start, write_new
from tests.bad_input import assert_whole_sentences, refused
from tests.conftest import the_rest_long
from tests.test_ask import NOTHING, piped
from tests.tree import SIGN, lay_out

BEFORE = {"index.html": "old\n", "gone.html": "old\n", "same.html": "same\n"}
AFTER = {"index.html": "new\n", "same.html": "same\n", "added.html": "new\n"}
START = Start("mine", "Thresholds", "The Shire", 2)
OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "os.link", "os.listdir"}
"""What Python tells of before it does it to a file."""


def killed(action: Callable[[], object], at: int) -> bool:
    """Do something in a process of its own, killed before its `at`-th operation on a file; say if it came to it."""
    child = os.fork()
    if not child:
        done = iter(range(at))

        def watch(event: str, _: object) -> None:
            if event in OPERATIONS and next(done, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            action()
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status)


def every_moment(action: Callable[[], object], prepare: Callable[[], object], step: int = 1) -> Iterator[int]:
    """Prepare, and kill an action before its first operation on a file, then again before its second, and so on.

    With a `step`, every so many moments are left out.
    """
    for at in range(0, 10_000, step):
        prepare()
        if not killed(action, at):
            return
        yield at


def holds(folder: Path) -> dict[str, str]:
    """Give what the files of a folder hold, by name."""
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in folder.rglob("*") if path.is_file()}  # fmt: skip


def emptied(folder: Path) -> Path:
    """Take away what is in a folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return folder


def gone(folder: Path) -> None:
    """Take away a folder, where it is there."""
    if folder.exists():
        emptied(folder).rmdir()


class TestAFile:
    def test_killed_at_any_moment_it_holds_what_it_held_or_what_it_is_to_hold(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        found = set()
        moments = 0
        for _ in every_moment(lambda: write_whole(file, b"new" * 1000), lambda: file.write_bytes(b"old" * 500)):
            found.add(file.read_bytes())
            moments += 1
        assert moments > 1
        assert found == {b"old" * 500, b"new" * 1000}
        write_whole(file, b"new")
        assert file.read_bytes() == b"new"

    def test_on_a_full_disk_it_is_as_it_was_and_nothing_is_left(
        self, tmp_path: Path, small_files: Callable[[int], None]
    ) -> None:
        (tmp_path / "file").write_bytes(b"old")
        small_files(1000)
        with pytest.raises(OSError, match="File too large"):
            write_whole(tmp_path / "file", b"x" * 2000)
        assert holds(tmp_path) == {"file": "old"}

    def test_of_several_none_is_written_before_there_is_room_for_all(
        self, tmp_path: Path, small_files: Callable[[int], None]
    ) -> None:
        (tmp_path / "a").write_bytes(b"old")
        small_files(1000)
        with pytest.raises(OSError, match="File too large"):
            write_all({tmp_path / "a": b"new", tmp_path / "b": b"x" * 2000})
        assert holds(tmp_path) == {"a": "old"}

    def test_it_keeps_its_mode_and_a_new_one_is_as_any_or_private(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            for mode in (0o664, 0o600, 0o777):
                (tmp_path / "old").touch()
                (tmp_path / "old").chmod(mode)
                write_whole(tmp_path / "old", b"new", private=True)
                assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == mode
            write_whole(tmp_path / "new", b"new")
            write_whole(tmp_path / "private", b"new", private=True)
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
        assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600

    @pytest.mark.parametrize("there", [True, False])
    def test_a_link_is_followed_and_stays_a_link(self, there: bool, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "link").symlink_to(Path("elsewhere") / "file")
        if there:
            (tmp_path / "elsewhere" / "file").write_bytes(b"old")
        write_whole(tmp_path / "link", b"new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "elsewhere" / "file").read_bytes() == b"new"
        assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["file"]

    def test_a_pipe_a_device_a_folder_a_loop_and_what_may_only_be_read_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "to-device").symlink_to(os.devnull)
        (tmp_path / "loop").symlink_to("loop")
        (tmp_path / "locked").touch()
        for name, says in (
            ("pipe", "it is a pipe or a device"), ("to-device", "it is a pipe or a device"),
            (".", "it is a folder"), ("loop", "Too many levels of symbolic links"),
            ("no/file", "No such file or directory"), ("x" * 300, "File name too long"),
        ):  # fmt: skip
            with pytest.raises(OSError, match=says):
                write_whole(tmp_path / name, b"new")
        monkeypatch.setattr("rhrt.files.os.access", lambda *_: False)  # for root everything may be written
        with pytest.raises(OSError, match="it may only be read"):
            write_whole(tmp_path / "locked", b"new")
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
        assert (tmp_path / "to-device").is_symlink()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["locked", "loop", "pipe", "to-device"]


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """Let no file grow over a number of bytes, as a disk does that fills up in the middle of it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


class TestAFolderThatIsFilled:
    def test_killed_at_any_moment_it_can_be_filled_again(self, tmp_path: Path) -> None:
        folder = tmp_path / "pages"

        def prepare() -> None:
            if folder.exists():
                emptied(folder)
            fill(folder, BEFORE)

        expected = holds_after(tmp_path / "other", BEFORE, AFTER)
        moments = 0
        for _ in every_moment(lambda: fill(folder, AFTER), prepare):
            moments += 1
            for name, text in holds(folder).items():
                if name != LIST and not name.startswith(TEMPORARY):
                    assert text in {BEFORE.get(name), AFTER.get(name)}, "each file is whole"
            fill(folder, AFTER)
            assert holds(folder) == expected, "and nothing is left over"
        assert moments > 10

    @pytest.mark.long
    def test_killed_when_it_was_new_it_can_be_filled_again(self, tmp_path: Path) -> None:
        folder = tmp_path / "pages"
        expected = holds_after(tmp_path / "other", AFTER)
        for _ in every_moment(lambda: fill(folder, AFTER), lambda: gone(folder)):
            fill(folder, AFTER)
            assert holds(folder) == expected

    @pytest.mark.long
    def test_what_somebody_changed_after_a_run_was_stopped_is_left_alone(self, tmp_path: Path) -> None:
        fill(tmp_path / "pages", BEFORE)
        for at in range(100):
            if not killed(lambda: fill(tmp_path / "pages", AFTER), at):
                break
            (tmp_path / "pages" / "same.html").write_text("mine", encoding="utf-8")
            (tmp_path / "pages" / "notes").write_text("mine", encoding="utf-8")
            with pytest.raises(BadInput) as bad:
                fill(tmp_path / "pages", AFTER)
            said = [(Path(fault.where).name, fault.what) for fault in bad.value.faults]
            assert said == [
                ("notes", "This was not written by rhrt."),
                ("same.html", "Somebody has changed this since rhrt wrote it."),
            ]
            (tmp_path / "pages" / "same.html").write_text("same\n", encoding="utf-8")
            (tmp_path / "pages" / "notes").unlink()
        assert at > 10

    def test_on_a_full_disk_every_file_is_as_it_was_and_it_can_be_filled_again(
        self, tmp_path: Path, small_files: Callable[[int], None]
    ) -> None:
        fill(tmp_path, BEFORE)
        small_files(1000)
        with pytest.raises(BadInput, match="This folder cannot be written: File too large"):
            fill(tmp_path, {**AFTER, "long.html": "x" * 2000})
        assert {name: text for name, text in holds(tmp_path).items() if name != LIST} == BEFORE
        fill(tmp_path, AFTER)
        assert holds(tmp_path) == holds_after(tmp_path.parent / f"{tmp_path.name}-other", AFTER)

    def test_a_pipe_in_the_place_of_its_list_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / LIST)
        with pytest.raises(BadInput, match="This was not written by rhrt"):
            fill(tmp_path, AFTER)


def holds_after(folder: Path, *filled: dict[str, str]) -> dict[str, str]:
    """Give what a folder holds that was filled without being stopped."""
    for files in filled:
        fill(folder, files)
    return holds(folder)


class TestANewRulebook:
    @pytest.mark.parametrize("step", the_rest_long([1, 10], 10))
    def test_killed_at_any_moment_it_can_be_started_again(self, step: int, tmp_path: Path) -> None:
        folder = tmp_path / "mine"
        write_new(tmp_path / "whole", START)
        expected = holds(tmp_path / "whole")
        moments = 0
        for moment in every_moment(lambda: write_new(folder, START), lambda: gone(folder), step):
            moments += step
            if moment % 9 == 0:
                write_new(folder, START._replace(title="Another", levels=3))
                assert 'title: "Another"' in (folder / "rulebook.yaml").read_text(encoding="utf-8")
                emptied(folder)
            else:
                write_new(folder, START)
                assert holds(folder) == expected
        assert moments > len(expected)

    def test_a_folder_that_somebody_worked_in_after_a_run_was_stopped_is_left_alone(self, tmp_path: Path) -> None:
        folder = tmp_path / "mine"
        moments = iter(range(0, 10_000, 15))
        while not (folder / "routes.yaml").exists():
            assert killed(lambda: write_new(folder, START), next(moments))
        (folder / "routes.yaml").write_text("mine", encoding="utf-8")
        before = holds(folder)
        message = refused("rulebook", "new", str(folder))
        assert_whole_sentences(message)
        assert "routes.yaml: Somebody has changed this since rhrt wrote it." in message
        assert holds(folder) == before

    def test_on_a_full_disk_nothing_is_left(self, tmp_path: Path, small_files: Callable[[int], None]) -> None:
        small_files(3000)
        with pytest.raises(BadInput, match="A rulebook cannot be written here: File too large"):
            write_new(tmp_path / "mine", START)
        assert not list((tmp_path / "mine").iterdir())

    def test_a_whole_one_holds_no_list_and_is_not_started_again(self, tmp_path: Path) -> None:
        write_new(tmp_path, START)
        assert not (tmp_path / UNFINISHED).exists()
        assert "There is something here already." in refused("rulebook", "new", str(tmp_path))


class TestEachCommandThatWrites:
    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("rhrt_cli.govuk._fetched", lambda: b"")
        monkeypatch.setattr("rhrt_cli.govuk.taken_from", lambda _: {"a.css": b"a{}", "b.js": b"b" * 5000})
        return lay_out(tmp_path)

    def test_styles_are_both_written_or_neither(self, here: Path, small_files: Callable[[int], None]) -> None:
        small_files(1000)
        assert "The files cannot be written there: File too large." in refused("govuk", "styles")
        assert not list((here / "styles").iterdir())

    def test_kept_answers_are_written_whole_and_a_pipe_in_their_place_is_refused(
        self, here: Path, small_files: Callable[[int], None]
    ) -> None:
        file = here / "mine" / "cases" / "kept" / "answers.yaml"
        assert CliRunner().invoke(main, ["rulebook", "test", "mine", "--keep"]).exit_code == 0
        kept = file.read_bytes()
        small_files(50)
        message = refused("rulebook", "test", "mine", "--keep")
        assert "answers.yaml: What was kept cannot be written: File too large. Nothing was changed." in message
        assert_whole_sentences(message)
        assert file.read_bytes() == kept
        assert [path.name for path in file.parent.iterdir()] == ["answers.yaml"]
        file.unlink()
        os.mkfifo(file)
        message = refused("rulebook", "test", "mine", "--keep")
        assert "cannot be written: it is a pipe or a device, not a file. Nothing was changed." in message

    @pytest.mark.parametrize(
        ("kind", "says"),
        [("pipe", "a pipe or a device"), ("device", "a pipe or a device"), ("loop", "a link that leads nowhere"),
         ("dangling", "a link that leads nowhere")],
    )  # fmt: skip
    @pytest.mark.parametrize("below", ["", "/folder"], ids=["itself", "above"])
    def test_what_stands_where_a_folder_is_to_be_is_said(
        self, kind: str, says: str, below: str, here: Path
    ) -> None:
        os.mkfifo(here / "pipe")
        (here / "device").symlink_to(os.devnull)
        (here / "loop").symlink_to("loop")
        (here / "dangling").symlink_to("nowhere")
        for words in (["govuk"], ["rulebook", "new", "--id", "an-area"], ["rulebook", "render", "dale"]):
            message = refused(*words, f"{kind}{below}")
            assert_whole_sentences(message)
            assert "File exists" not in message
            if not below:
                assert f"{says}" in message
        for link in ("loop", "dangling"):
            assert (here / link).is_symlink()
        assert not (here / "nowhere").exists()

    def test_what_stands_where_answers_are_to_be_kept_is_said(self, here: Path) -> None:
        (here / "mine" / "cases" / "kept").touch()
        message = refused("rulebook", "test", "mine", "--keep")
        assert_whole_sentences(message)
        assert "What was kept cannot be written: mine/cases/kept is a file. Nothing was changed." in message

    @pytest.mark.parametrize("name", ["pipe", "device", "a" * 300, ".", "no/folder"])
    def test_a_record_is_not_saved_where_no_file_can_be_and_that_is_said_first(self, name: str, here: Path) -> None:
        os.mkfifo(here / "pipe")
        (here / "device").symlink_to(os.devnull)
        message = refused("ask", "--save", name)
        assert_whole_sentences(message)
        assert message.startswith("--save: '")
        assert "cannot be written: " in message

    def test_a_saved_record_is_private_and_an_old_one_keeps_its_mode(self, here: Path) -> None:
        (here / "old.yaml").touch()
        (here / "old.yaml").chmod(0o664)
        for name in ("new.yaml", "old.yaml"):
            assert f"Saved in {name}." in piped(*NOTHING, "2", options=("--save", name)).output
        assert [stat.S_IMODE((here / name).stat().st_mode) for name in ("new.yaml", "old.yaml")] == [0o600, 0o664]


READERS = {
    "a file of a rulebook": ("actions.yaml", ["rulebook", "show", "dale"]),
    "a file of indicators": ("indicators/level-2.yaml", ["assess", "--rulebook", "dale"]),
    "a worked case": ("cases/doing-well.yaml", ["rulebook", "check", "dale"]),
    "a worked case to try": ("cases/doing-well.yaml", ["rulebook", "test", "dale"]),
    "a case of one's own": ("cases/more.yaml", ["rulebook", "compare", "dale", "dale", "--cases", "dale/cases"]),
    "what was kept": ("cases/kept/answers.yaml", ["rulebook", "test", "dale"]),
}


class TestReading:
    @pytest.mark.parametrize("kind", ["pipe", "device"])
    @pytest.mark.parametrize(("file", "words"), READERS.values(), ids=READERS)
    def test_a_pipe_or_device_in_a_rulebook_is_refused_and_not_waited_for(
        self, file: str, words: list[str], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(lay_out(tmp_path))
        place = tmp_path / "dale" / file
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(place)
        else:
            place.symlink_to("/dev/zero")
        result = CliRunner().invoke(main, words)
        assert result.exit_code in {1, 2}, result.output
        assert f"{Path(file).name}" in result.output
        said = " ".join(result.output.split())
        assert "This is a pipe or a device, not a file. Put a file of text in its place." in said

    @pytest.mark.parametrize("words", [["assess"], ["picture"]])
    def test_a_pipe_that_somebody_names_as_the_record_is_read(self, words: list[str], tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "record")
        text = "indicators: {present: [persistent-absence]}\n"
        writer = Thread(target=(tmp_path / "record").write_text, args=(text, "utf-8"))
        writer.start()
        result = CliRunner().invoke(main, [*words, str(tmp_path / "record")])
        writer.join()
        assert result.exit_code == 0, result.output
        assert result.output == CliRunner().invoke(main, [*words, *SIGN]).output

    def test_a_device_without_an_end_is_too_large(self) -> None:
        assert "This is larger than 2 MB." in refused("assess", "/dev/zero")

    def test_a_file_is_read_to_its_limit_and_no_further(self, tmp_path: Path) -> None:
        (tmp_path / "most").write_bytes(b"x" * LARGEST)
        assert len(read_bytes(tmp_path / "most")) == LARGEST
