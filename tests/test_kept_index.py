"""An index kept in an installed copy is used only where it is whole and of these files; otherwise one is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rhrt import Rulebook, load_rulebook
from rhrt.search import kept
from rhrt.search.index import index_of

SMALL = Path(__file__).parent / "checks" / "base"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(SMALL)


@pytest.fixture(scope="module")
def made(rulebook: Rulebook) -> Any:
    """Give the index, with lists where there were tuples."""
    return json.loads(json.dumps(index_of(rulebook)))


@pytest.fixture
def folder(rulebook: Rulebook, made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the rulebook as in an installed copy, with its index in it."""
    monkeypatch.setattr(kept, "installed_folder", lambda: tmp_path)
    monkeypatch.setattr(kept, "index_of", lambda _: made)
    folder = tmp_path / rulebook.id
    folder.mkdir()
    kept.write_index(folder, rulebook)
    return folder


@pytest.mark.usefixtures("folder")
def test_a_kept_index_is_the_one_that_would_be_made_and_is_not_made_again(
    rulebook: Rulebook, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "index_of", _not_made)
    assert kept.index_for(rulebook) == made


@pytest.mark.usefixtures("folder")
def test_the_index_of_another_rulebook_is_not_taken(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "index_of", lambda _: {"made": 1})
    assert kept.index_for(replace(rulebook, indicators=rulebook.indicators[1:])) == {"made": 1}


SPOILT: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _whole: b"",
    "cut short": lambda whole: whole[:-1],
    "text": lambda _whole: b"This is no index.\n",
    "one letter changed": lambda whole: whole.replace(b"signs", b"sighs", 1),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_index_is_as_none(
    spoil: Callable[[bytes], bytes], rulebook: Rulebook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / kept.NAME
    file.write_bytes(spoil(file.read_bytes()))
    monkeypatch.setattr(kept, "index_of", lambda _: {"made": 1})
    assert kept.index_for(rulebook) == {"made": 1}


def test_without_an_index_one_is_made(rulebook: Rulebook, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / kept.NAME).unlink()
    monkeypatch.setattr(kept, "index_of", lambda _: {"made": 1})
    assert kept.index_for(rulebook) == {"made": 1}


def _not_made(_: Rulebook) -> None:
    raise AssertionError("it is made again")
