"""A folder that rhrt fills: only an empty one, or one that holds exactly what rhrt wrote there before.

Each file is written whole. Before any is, a list names all of them, each with the hash of what is there and of
what is to be there. So whatever stops a run, the next can tell what was written from what somebody else put there.
"""

from collections.abc import Container, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from rhrt.faults import BadInput, Fault
from rhrt.files import TEMPORARY, make_folder, no_folder, write_all, write_whole

LIST = "written-by-rhrt.txt"
"""The file that lists what was written, each with its hash, as `sha256sum --check` reads it."""

_REMEDY = "Move it elsewhere, or name an empty folder."

_Listed = tuple[tuple[str, str], ...]
"""The name of each file below a folder, with a hash that it may have; one may have two while it is written anew."""


def fill(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, and take away what was written there before and is not among them.

    Raises BadInput, and changes nothing, where the folder holds anything that was not written so, or that somebody
    has changed since: their work is never written over. A run that was stopped can be run again.
    """
    try:
        if what := no_folder(folder):
            raise BadInput([Fault(str(folder), f"This is {what}, not a folder.", "Name a folder.")])
        write_listed(folder, {name: text.encode() for name, text in files.items()})
    except BadInput:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be used"
        what = f"This folder cannot be written: {reason}."
        raise BadInput([Fault(str(folder), what, "Name another folder.")]) from None


def write_listed(folder: Path, contents: Mapping[str, bytes], list_name: str = LIST) -> None:
    """Write files by their names below a folder, with a list of them called `list_name`.

    Raises BadInput as `held` does, and OSError or ValueError where they cannot be written; each file is then whole.
    """
    make_folder(folder)
    before = held(folder, list_name)
    listed = tuple((name, sha256(content).hexdigest()) for name, content in contents.items())
    write_whole(folder / list_name, _as_list((*listed, *_listed(folder, list_name))))
    for name in contents:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write_all({folder / name: content for name, content in contents.items()})
    for path in before:
        if path.relative_to(folder).as_posix() not in contents:
            path.unlink()
    write_whole(folder / list_name, _as_list(listed))


def held(folder: Path, list_name: str = LIST) -> list[Path]:
    """Give the files that were written below a folder, and what a run that was killed left half written.

    Raises BadInput where anything else is there, or a file that is not as it was written.
    """
    listed = _listed(folder, list_name)
    paths = _paths(folder, {str(within) for name, _ in listed for within in PurePosixPath(name).parents})
    ours = [path for path in paths if path != folder / list_name or not _is_file(path)]
    if faults := [fault for path in ours if (fault := _strange(path, path.relative_to(folder), listed))]:
        raise BadInput(faults)
    return ours


def is_leftover(path: Path) -> bool:
    """Say whether a path is what a run that was killed left half written."""
    return path.name.startswith(TEMPORARY) and _is_file(path)


def _paths(folder: Path, known: Container[str], within: str = "") -> Iterator[Path]:
    """Give what a folder holds; of a folder within, what it holds where it is one of those known."""
    for path in sorted(folder.iterdir()):
        name = within + path.name
        if name in known and path.is_dir() and not path.is_symlink():
            yield from _paths(path, known, f"{name}/")
        else:
            yield path


def _strange(path: Path, name: Path, listed: _Listed) -> Fault | None:
    if is_leftover(path):
        return None
    if not _is_file(path) or name.as_posix() not in dict(listed):
        return Fault(str(path), "This was not written by rhrt.", _REMEDY)
    if (name.as_posix(), sha256(path.read_bytes()).hexdigest()) in listed:
        return None
    return Fault(str(path), "Somebody has changed this since rhrt wrote it.", _REMEDY)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _listed(folder: Path, list_name: str) -> _Listed:
    """Give each file that was written before, and that a run which was stopped was to write."""
    try:
        text = (folder / list_name).read_text(encoding="utf-8") if _is_file(folder / list_name) else ""
    except UnicodeDecodeError:
        return ()
    split = (line.partition("  ") for line in text.splitlines())
    return tuple((name, digest) for digest, _, name in split)


def _as_list(listed: _Listed) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in listed).encode()
