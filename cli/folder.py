"""A folder that a command fills: only an empty one, or one that holds exactly what the command wrote before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from rhrt.faults import BadInput, Fault

LIST = "written-by-rhrt.txt"
"""The file that lists what was written, each with its hash, as `sha256sum --check` reads it."""

_REMEDY = "Move it elsewhere, or name an empty folder."


def fill(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, and take away what was written there before and is not among them.

    Raises BadInput, and changes nothing, where the folder holds anything that was not written so, or that somebody
    has changed since: their work is never written over.
    """
    contents = {name: text.encode() for name, text in files.items()}
    try:
        before = _held(folder)
        _write(folder, contents)
        for path in before:
            if path.name not in {*contents, LIST}:
                path.unlink()
    except BadInput:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be used"
        fault = Fault(str(folder), f"This folder cannot be written: {reason}.", "Name another folder.")
    else:
        return
    raise BadInput([fault])


def _held(folder: Path) -> list[Path]:
    """Give what the folder holds. Raises BadInput where any of it is not as it was written."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise BadInput([Fault(str(folder), "This is not a folder.", "Name a folder.")])
    held = sorted(folder.iterdir())
    if faults := list(_strange(held, _listed(folder))):
        raise BadInput(faults)
    return held


def _strange(held: list[Path], listed: Mapping[str, str]) -> Iterator[Fault]:
    for path in held:
        if path.name == LIST and not path.is_symlink() and path.is_file():
            continue
        if path.name not in listed or path.is_symlink() or not path.is_file():
            yield Fault(str(path), "This was not written by rhrt.", _REMEDY)
        elif sha256(path.read_bytes()).hexdigest() != listed[path.name]:
            yield Fault(str(path), "Somebody has changed this since rhrt wrote it.", _REMEDY)


def _listed(folder: Path) -> Mapping[str, str]:
    """Give the hash of each file that was written before."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    split = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in split}


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    lines = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    (folder / LIST).write_text("".join(lines), encoding="utf-8", newline="\n")
