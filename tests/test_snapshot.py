"""A snapshot is used only where it is whole, ours and of these files; otherwise it is as if there were none."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from rhrt import Rulebook, load_rulebook
from rhrt.rulebook import load, snapshot
from rhrt.version import VERSION

SMALL = Path(__file__).parent / "checks" / "base"


class Bomb:
    """Runs a command when it is unpickled."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def bombs(made: Path) -> Mapping[str, bytes]:
    """Give pickles that would make a file: alone, and where a snapshot of ours once had its parts."""
    bomb = Bomb(f"touch '{made}'")
    return {"a pickle": pickle.dumps(bomb), "an old snapshot": pickle.dumps((VERSION, "0", bomb))}


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder of a rulebook that comes with rhrt, in a checkout."""
    folder = tmp_path / "rules" / "an-area"
    copytree(SMALL, folder)
    monkeypatch.setattr(load, "bundled_folder", lambda: tmp_path / "rules")
    load._bundled.cache_clear()
    yield folder
    load._bundled.cache_clear()


@pytest.fixture
def installed(area: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a rulebook as in an installed copy, where a snapshot may be read."""
    monkeypatch.setattr(load, "installed_folder", lambda: area.parent)
    return area


@pytest.fixture
def written() -> Rulebook:
    """Give the rulebook that the files say."""
    return load_rulebook(SMALL)


def same(one: Rulebook | None, other: Rulebook) -> bool:
    return one is not None and all(getattr(one, key) == getattr(other, key) for key in other.__dataclass_fields__)


def test_a_snapshot_gives_the_rulebook_that_the_files_give(
    rulebook: Rulebook, written: Rulebook, tmp_path: Path
) -> None:
    for one in (rulebook, written):
        snapshot.write_snapshot(tmp_path, one)
        kept = snapshot.read_snapshot(tmp_path, one.sha256, load_rulebook)
        assert same(kept, one)
        assert repr(kept.actions if kept else None) == repr(one.actions)


def test_an_installed_rulebook_is_loaded_from_its_snapshot_alone(
    installed: Path, written: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.write_snapshot(installed, written)
    monkeypatch.setattr(load, "_read", None)
    assert same(load_rulebook(installed.name), written)


def test_the_ways_of_saying_signs_are_read_when_a_search_looks_at_them(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.write_snapshot(tmp_path, rulebook)
    read, sealed = list[str](), snapshot.read_sealed

    def noted(path: Path, sha256: str) -> bytes:
        read.append(path.name)
        return sealed(path, sha256)

    monkeypatch.setattr(snapshot, "read_sealed", noted)
    kept = snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook)
    assert kept
    assert read == [snapshot.NAME]
    assert kept.phrases_of(kept.indicator["lack-of-food"]) == rulebook.phrases_of(
        rulebook.indicator["lack-of-food"]
    )
    assert len(kept.ways) == len(rulebook.ways) > 1
    assert read == [snapshot.NAME, snapshot.WAYS], "once"


@pytest.mark.parametrize("content", [b"", b"text", b"[]", b'["ways"]'])
def test_ways_that_are_spoilt_are_read_from_the_files(content: bytes, rulebook: Rulebook, tmp_path: Path) -> None:
    snapshot.write_snapshot(tmp_path, rulebook)
    file = tmp_path / snapshot.WAYS
    file.write_bytes(content)
    kept = snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook)
    assert same(kept, rulebook)
    file.write_bytes(_sealed(b'["ways"]', rulebook.sha256))
    assert same(snapshot.read_snapshot(tmp_path, rulebook.sha256, load_rulebook), rulebook)


def _sealed(content: bytes, sha256: str) -> bytes:
    return snapshot._seal(content, sha256) + b"\n" + content


# What becomes of a snapshot, from its bytes and the hash of the files.
SPOILT: Mapping[str, Callable[[bytes, str], bytes]] = {
    "empty": lambda _whole, _sha256: b"",
    "a line break": lambda _whole, _sha256: b"\n",
    "cut short": lambda whole, _sha256: whole[: len(whole) // 2],
    "cut by one byte": lambda whole, _sha256: whole[:-1],
    "cut after its first line": lambda whole, _sha256: whole.split(b"\n")[0],
    "with a byte more": lambda whole, _sha256: whole + b" ",
    "without its first line": lambda whole, _sha256: whole.split(b"\n")[1],
    "text": lambda _whole, _sha256: b"This is not a snapshot.\n",
    "zeros, as after a crash": lambda whole, _sha256: bytes(len(whole)),
    "not UTF-8": lambda _whole, sha256: _sealed(b'{"Rulebook": ["\xff"]}', sha256),
    "a pickle": lambda _whole, _sha256: pickle.dumps({"a": 1}),
    "a pickle of the rulebook, as once": lambda _whole, sha256: pickle.dumps((VERSION, sha256, SMALL)),
    "of other files": lambda whole, _sha256: _sealed(whole.split(b"\n")[1], "0" * 64),
    "sealed for these files, made from others": lambda whole, sha256: _sealed(
        whole.split(b"\n")[1].replace(sha256.encode(), b"0" * 64), sha256
    ),
    "sealed, and no rulebook": lambda _whole, sha256: _sealed(b"[1, 2]", sha256),
    "sealed, and nothing": lambda _whole, sha256: _sealed(b"", sha256),
    "sealed, and too little": lambda _whole, sha256: _sealed(b'{"Rulebook": ["a"]}', sha256),
    "sealed, and an unknown part": lambda _whole, sha256: _sealed(b'{"system": ["ls"]}', sha256),
    "sealed, and two parts in one": lambda _whole, sha256: _sealed(b'{"Source": [], "Level": []}', sha256),
    "sealed, and a part of no values": lambda _whole, sha256: _sealed(b'{"Source": 3}', sha256),
    "sealed, and nested deep": lambda _whole, sha256: _sealed(b"[" * 100_000, sha256),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_snapshot_is_as_none(
    spoil: Callable[[bytes, str], bytes], installed: Path, written: Rulebook
) -> None:
    snapshot.write_snapshot(installed, written)
    file = installed / snapshot.NAME
    file.write_bytes(spoil(file.read_bytes(), written.sha256))
    assert snapshot.read_snapshot(installed, written.sha256, load_rulebook) is None
    assert same(load_rulebook(installed.name), written)


def test_a_snapshot_with_any_one_bit_changed_is_as_none(tmp_path: Path, written: Rulebook) -> None:
    snapshot.write_snapshot(tmp_path, written)
    file = tmp_path / snapshot.NAME
    whole = file.read_bytes()
    chosen = random.Random(0)
    for place in [*range(66), *(chosen.randrange(len(whole)) for _ in range(200))]:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chosen.randrange(8)]) + whole[place + 1 :])
        assert snapshot.read_snapshot(tmp_path, written.sha256, load_rulebook) is None, place


def test_a_snapshot_by_another_version_or_of_other_parts_is_as_none(
    tmp_path: Path, written: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(snapshot, "VERSION", "0.0.9")
        snapshot.write_snapshot(tmp_path, written)
    assert snapshot.read_snapshot(tmp_path, written.sha256, load_rulebook) is None
    with monkeypatch.context() as other:
        other.setattr(
            snapshot, "_KEYS", {**snapshot._KEYS, "Source": ("section", "document", "page", "facts", "readings")}
        )
        snapshot.write_snapshot(tmp_path, written)
    assert snapshot.read_snapshot(tmp_path, written.sha256, load_rulebook) is None


def test_a_snapshot_that_is_a_folder_is_as_none(installed: Path, written: Rulebook) -> None:
    (installed / snapshot.NAME).mkdir()
    assert same(load_rulebook(installed.name), written)


@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "too large"])
def test_a_snapshot_that_is_no_file_of_a_sensible_size_is_as_none_and_not_waited_for(
    kind: str, installed: Path, written: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LARGEST", 1_000)
    file = installed / snapshot.NAME
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "too large":
        snapshot.write_snapshot(installed, written)
    else:
        file.symlink_to("/dev/zero" if kind == "device" else file)
    assert snapshot.read_snapshot(installed, written.sha256, load_rulebook) is None
    assert same(load_rulebook(installed.name), written)


def test_no_snapshot_of_ours_is_near_the_largest_that_is_read(rulebook: Rulebook, tmp_path: Path) -> None:
    snapshot.write_snapshot(tmp_path, rulebook)
    assert (tmp_path / snapshot.NAME).stat().st_size * 10 < snapshot.LARGEST


def test_a_pickle_among_the_rules_is_never_run(area: Path, written: Rulebook, tmp_path: Path) -> None:
    for content in bombs(tmp_path / "made").values():
        (area / snapshot.NAME).write_bytes(content)
        assert same(load_rulebook(area.name), written)
        assert same(load_rulebook(area), written)
        assert snapshot.read_snapshot(area, written.sha256, load_rulebook) is None
        load._bundled.cache_clear()
    assert not (tmp_path / "made").exists()


def test_in_a_checkout_the_files_are_read_and_no_snapshot_beside_them(area: Path, written: Rulebook) -> None:
    altered = replace(written, if_worse="Wait and see.")
    vars(altered)["sha256"] = written.sha256
    snapshot.write_snapshot(area, altered)
    assert snapshot.read_snapshot(area, written.sha256, load_rulebook) is not None
    assert same(load_rulebook(area.name), written)


def test_nothing_of_ours_unpickles() -> None:
    for path in [*(Path(load.__file__).parents[1]).rglob("*.py")]:
        assert "pickle" not in path.read_text(encoding="utf-8").split(), path


def test_git_shows_a_snapshot_among_the_rules() -> None:
    ignored = (Path(__file__).parents[1] / ".gitignore").read_text(encoding="utf-8")
    assert "snapshot" not in ignored
