"""A rulebook as it stood in a revision of a git repository, named as git does: `REVISION:FOLDER`."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rhrt.faults import BadInput, Fault
from rhrt.files import LARGEST
from rhrt.rulebook.folder import RulebookFolder, open_folder
from rhrt.rulebook.load import bundled

_SECONDS = 60


@contextmanager
def opened(name: str) -> Iterator[RulebookFolder]:
    """Open a rulebook by id, by folder, or as it stood in a revision. Raises BadInput with every fault.

    The files of a revision lie in a folder of their own, and only while this is open.
    """
    if name.startswith("-"):
        what = "A rulebook has no name that begins with a hyphen."
        raise BadInput([Fault(name[:200], what, "Write ./ before the name of a folder.")])
    if name in bundled() or ":" not in name or _is_folder(name):
        yield open_folder(name)
        return
    with TemporaryDirectory(prefix="rhrt-") as folder:
        try:
            _write(_archive(name), Path(folder))
            found = open_folder(folder)
        except BadInput as bad:
            faults = [fault._replace(where=fault.where.replace(folder, name)) for fault in bad.faults]
            raise BadInput(faults) from bad
        yield found


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _archive(name: str) -> bytes:
    """Give the folder of a revision as git packs it."""
    revision, _, folder = name.partition(":")
    if not revision or not folder or "\0" in name:
        what = "This is neither a folder nor a revision with a folder."
        raise BadInput([Fault(name[:200], what, "Write REVISION:FOLDER, such as HEAD~3:rules/my-area.")])
    _git(name, "There is no git repository here.", "Go into one, or name a folder.", "rev-parse", "--git-dir")
    there = ("rev-parse", "--verify", "--quiet")
    remedy = "See which there are with: git log --oneline"
    _git(name, f"There is no revision '{revision[:80]}' here.", remedy, *there, f"{revision}^{{commit}}")
    missing = f"There is no folder '{folder[:120]}' in that revision."
    remedy = f"See which there are with: git ls-tree -d -r --name-only {revision[:80]}"
    found = _git(name, missing, remedy, *there, name).decode().strip()
    tree = _git(name, missing, remedy, *there, f"{found}^{{tree}}").decode().strip()
    return _git(name, "That folder could not be read.", "Try: git fsck", "archive", "--format=tar", tree)


def _git(name: str, what: str, remedy: str, *arguments: str) -> bytes:
    """Run git, never through a shell. Raises BadInput with what and remedy where it fails."""
    git = shutil.which("git")
    if git is None:
        raise BadInput(
            [Fault(name[:200], "A revision needs git, which is not installed.", "Install it, or name a folder.")]
        )
    try:
        run = subprocess.run([git, *arguments], capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise BadInput([Fault(name[:200], what, remedy)]) from error
    return run.stdout


def _write(archive: bytes, folder: Path) -> None:
    """Write the files of an archive, and no links: these could point anywhere."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        for member in packed:
            path = PurePosixPath(member.name)
            held = packed.extractfile(member) if member.isfile() else None
            if held is None or path.is_absolute() or ".." in path.parts:
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(held.read(LARGEST + 1))
