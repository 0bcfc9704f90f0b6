"""`rhrt rulebook render` writes into a folder of its own and never over anybody's work."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import BadInput
from rhrt.steward.write.fill import LIST, fill
from tests.checks.edits import BASE
from tests.conftest import RULEBOOK_FOLDER

FILES = {"index.html": "<p>é</p>\n", "indicators.csv": "a\r\n"}


def refusal(folder: Path, says: str) -> None:
    """Fill a folder again, and expect to be refused with nothing changed."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(BadInput, match=says):
        fill(folder, {"index.html": "new"})
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_it_writes_all_documents_and_says_where_to_start(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["rulebook", "render", str(BASE), str(tmp_path / "a" / "out")])
    assert (result.exit_code, result.stderr) == (0, "")
    names = {path.name for path in (tmp_path / "a" / "out").iterdir()}
    assert {"index.html", "routes.html", "indicators.csv", "transparency-record.md", LIST} <= names
    assert result.stdout == f"{len(names) - 1} files in {tmp_path / 'a' / 'out'}. Start at index.html.\n"


def test_it_takes_a_folder_as_the_rulebook_and_can_be_run_again(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "area")
    for _ in range(2):
        result = CliRunner().invoke(main, ["rulebook", "render", str(tmp_path / "area"), str(tmp_path / "out")])
        assert result.exit_code == 0, result.stderr


def test_a_rulebook_without_worked_cases_is_written_too(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "area", ignore=shutil.ignore_patterns("cases"))
    result = CliRunner().invoke(main, ["rulebook", "render", str(tmp_path / "area"), str(tmp_path / "out")])
    assert result.exit_code == 0, result.stderr
    assert "0 of 0 examples gave what they expect." in (tmp_path / "out" / "cases.html").read_text(encoding="utf-8")


def test_a_bad_rulebook_or_case_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    shutil.copytree(RULEBOOK_FOLDER, tmp_path / "area")
    (tmp_path / "area" / "cases" / "bad.yaml").write_text("title: [1\n", encoding="utf-8")
    for named, says in (
        (str(tmp_path / "area"), "bad.yaml:2:1: This is not well-formed YAML."),
        ("hereford", "Did you"),
    ):
        result = CliRunner().invoke(main, ["rulebook", "render", named, str(tmp_path / "out")])
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [[], ["a", "b", "c"]], ids=["no folder", "three names"])
def test_it_needs_one_folder_to_write(words: list[str]) -> None:
    result = CliRunner().invoke(main, ["rulebook", "render", *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_what_it_wrote_before_is_written_anew_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    fill(tmp_path, {"index.html": "new"})
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", LIST}
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "new"


def test_the_list_gives_the_hash_of_each_file(tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    lines = (tmp_path / LIST).read_text(encoding="utf-8").splitlines()
    assert lines == [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}" for name, text in FILES.items()]
    assert (tmp_path / "indicators.csv").read_bytes() == b"a\r\n"


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    refusal(tmp_path, r"notes\.txt: This was not written by rhrt\. Move it elsewhere, or name an empty folder\.")


def test_a_document_that_somebody_has_changed_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    (tmp_path / "index.html").write_text("filled in by hand", encoding="utf-8")
    refusal(tmp_path, r"index\.html: Somebody has changed this since rhrt wrote it\.")


def test_a_folder_or_a_link_among_the_files_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path, FILES)
    (tmp_path / "sub").mkdir()
    refusal(tmp_path, "sub: This was not written by rhrt")
    (tmp_path / "sub").rmdir()
    (tmp_path / "index.html").rename(tmp_path.parent / f"{tmp_path.name}-elsewhere.html")
    (tmp_path / "index.html").symlink_to(tmp_path.parent / f"{tmp_path.name}-elsewhere.html")
    refusal(tmp_path, r"index\.html: This was not written by rhrt")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no list\n", b"x  ../outside.txt\n"])
def test_a_list_that_is_none_vouches_for_nothing(content: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill(folder, FILES)
    (tmp_path / "outside.txt").write_text("mine", encoding="utf-8")
    (folder / LIST).write_bytes(content)
    refusal(folder, "This was not written by rhrt")
    assert (tmp_path / "outside.txt").exists()


def test_every_strange_file_is_named_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        fill(tmp_path, FILES)
    assert len(bad.value.faults) == 2


@pytest.mark.parametrize("name", ["file", "file/inside", "\0", "x" * 300])
def test_what_cannot_be_a_folder_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        fill(tmp_path / name, FILES)
    (fault,) = bad.value.faults
    assert "folder" in fault.what
    assert fault.remedy.startswith("Name a")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
