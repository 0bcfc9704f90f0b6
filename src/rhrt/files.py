"""Reading and writing files: a bounded number of bytes, text, and JSON; and what a file says, as `parser` reads it.

A file is written whole or not at all: to a temporary one beside it, which then takes its place.
"""

import errno
import json
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import accumulate
from os.path import realpath
from pathlib import Path
from typing import Any, NamedTuple

from rhrt.faults import BadInput, Fault

Location = tuple[str | int, ...]
Value = str | int | bool | None | list["Value"] | dict[str, "Value"]

LARGEST = 2_000_000
"""The largest file that is read, in bytes."""

DEEPEST = 20
"""How deep lists and mappings may nest."""

MOST_FAULTS = 100
"""How many faults of one file or record are looked for: with more, it is the wrong file, or mended in turns."""

NOT_ORDINARY = "a pipe or a device, not a file"
"""What is said of what has a place among files but holds no text that stays."""

TEMPORARY = ".rhrt-"
"""How the name of a file begins that is not yet whole. One is left behind only where a program was killed."""

_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_STEP = dict(zip(b"[]{}", (1, -1, 1, -1), strict=True))


class Written(NamedTuple):
    """What a file says: its `value`, and the line and column (from 1) of each part of it.

    `commented` has each value without quotes that a comment follows on the same line.
    """

    name: str
    value: Value
    places: Mapping[Location, tuple[int, int]]
    commented: frozenset[Location] = frozenset()

    def where(self, location: Sequence[str | int]) -> str:
        """Say where a part stands, as `file:line:column`; for a part that is not there, its parent's place."""
        known = tuple(location)
        while known not in self.places:
            known = known[:-1]
        line, column = self.places[known]
        return f"{self.name}:{line}:{column}"


def read_bytes(path: Path, *, pipes: bool = False) -> bytes:
    """Read a file of bounded size. Raises BadInput where it is missing, unreadable, no ordinary file or too large.

    Reading a pipe waits until somebody writes to it, so one is read only where a person named it: with `pipes`.
    """
    try:
        if not pipes and path.exists() and not (path.is_file() or path.is_dir()):
            raise BadInput([Fault(str(path), f"This is {NOT_ORDINARY}.", "Put a file of text in its place.")])
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        problem = Fault(str(path), "There is no such file.", "Check the name and the folder.")
    except IsADirectoryError:
        problem = Fault(str(path), "This is a folder, not a file.", "Name a file in it.")
    except BadInput:
        raise
    except (OSError, ValueError):
        problem = Fault(str(path), "This file cannot be opened.", "Check its name and that you may read it.")
    else:
        return _bounded(str(path), content)
    raise BadInput([problem])


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all. See `write_all`."""
    write_all({path: content}, private=private)


def write_all(contents: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write files, each whole or not at all, and none of them before there is room for all.

    A link is followed, and a file that is there keeps its mode. A new one that is `private` is to be read by its
    owner only. Raises OSError or ValueError where a file cannot be written, as `target_of` does.
    """
    with ExitStack() as stack:
        targets = {target_of(path): content for path, content in contents.items()}
        ready = [(stack.enter_context(_beside(target, targets[target], private)), target) for target in targets]
        for temporary, target in ready:
            temporary.replace(target)


def make_folder(path: Path) -> None:
    """Make a folder, and those that it is in. Raises OSError that says what stands in its place."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, f"{error.filename} is {no_folder(Path(error.filename))}") from None


def is_folder(path: Path) -> bool:
    """Say whether a folder is there; of a name that none can have, reading it says what is wrong."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def no_folder(path: Path) -> str:
    """Say what stands where a folder should be. Nothing is said of a folder, or where nothing stands."""
    if path.is_dir() or not os.path.lexists(path):
        return ""
    if not path.exists():
        return "a link that leads nowhere"
    return "a file" if path.is_file() else "a pipe or a device"


def target_of(path: Path) -> Path:
    """Give where a file would be written, after links.

    Raises OSError or ValueError where it cannot be: a folder, a pipe or a device is there, or a file that may only
    be read, or there is no folder for it.
    """
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        target = Path(realpath(path))
        target.parent.stat()
        return target
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, f"it is {NOT_ORDINARY}", str(path))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "it may only be read", str(path))
    return Path(realpath(path))


@contextmanager
def _beside(target: Path, content: bytes, private: bool) -> Iterator[Path]:
    """Write what a file is to hold beside it, and take that away again unless it has been put in its place."""
    before = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    mode = (0o600 if private else 0o666) if before is None else before
    temporary = target.parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
        if before is not None:
            temporary.chmod(before)  # whatever this process leaves out of the mode of a new file
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def read_standard_input_bytes() -> bytes:
    """Read a bounded number of bytes from standard input."""
    try:
        return _bounded("standard input", sys.stdin.buffer.read(LARGEST + 1))
    except (AttributeError, OSError):
        remedy = "Send it a file, or name the file instead."
        raise BadInput([Fault("standard input", "There is nothing to read.", remedy)]) from None


def decode(name: str, content: bytes) -> str:
    """Turn bytes into text. Raises BadInput where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_text(name, content, error) from None


def not_text(name: str, content: bytes, error: UnicodeDecodeError) -> BadInput:
    """Say where bytes are not UTF-8."""
    line = content.count(b"\n", 0, error.start) + 1
    column = error.start - content.rfind(b"\n", 0, error.start)
    what = f"This is not UTF-8 text (byte 0x{content[error.start]:02x})."
    return BadInput([Fault(f"{name}:{line}:{column}", what, "Save the file as UTF-8.")])


class DoubledKey(ValueError):  # noqa: N818 - named for what it is
    """A key of JSON, given as its argument, is written twice, so that two readers could read two things."""


def json_of(text: str, constant: Callable[[str], Any] | None = None) -> Any:
    """Read JSON; `constant` reads what is no number of JSON, such as NaN.

    Raises ValueError where it is none (DoubledKey for a key written twice), and RecursionError.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        times = Counter(key for key, _ in pairs)
        raise DoubledKey(next(key for key, count in times.items() if count > 1))
    return value


def too_deep(json: str) -> bool:
    """Say whether JSON nests deeper than `DEEPEST` levels: by its brackets, before anything is made of it."""
    if json.count("[") + json.count("{") <= DEEPEST:
        return False
    brackets = _QUOTED.sub("", json).encode(errors="ignore").translate(None, _NO_BRACKET)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > DEEPEST


def _bounded(name: str, content: bytes) -> bytes:
    if len(content) <= LARGEST:
        return content
    what = f"This is larger than {LARGEST // 1_000_000} MB."
    raise BadInput([Fault(name, what, "Check that it is the right file.")])
