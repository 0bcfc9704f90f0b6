"""The folder of a rulebook as its steward sees it: the rulebook, its files line by line, and its cases.

It can be opened as it stood in a revision of a git repository, named as git does: `REVISION:FOLDER`. FOLDER is seen
from the top of the repository, or from where one stands where it begins with `./` or `../`. Nothing after the colon
is the top itself. A revision alone is the rulebook at the top or, if there is none, where one is.
"""

import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rhrt.faults import BadInput, Fault
from rhrt.files import LARGEST, Location, Written, is_folder
from rhrt.made_once import made_once
from rhrt.parser import read
from rhrt.reasoning.sets import SituationSets
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.load import bundled, contents_of, digest, folder_of
from rhrt.rulebook.model import Clause, Rulebook
from rhrt.rulebook.read import assembled, read_files
from rhrt.rulebook.references import Entry, entries_of
from rhrt.steward.cases import read_each
from rhrt.steward.clauses import accounted


@dataclass(frozen=True)
class RulebookFolder:
    """One rulebook with all that its folder holds. `written` and `cases` are by name, without `.yaml`.

    `before` is an earlier state of the rulebook, where there is one to compare with.
    """

    path: Path
    rulebook: Rulebook
    written: Mapping[str, Written]
    cases: Mapping[str, Written]
    before: Rulebook | None = None

    @made_once
    def situations(self) -> Situations:
        """Every situation that the rulebook can meet."""
        return Situations(self.rulebook)

    @made_once
    def sets(self) -> SituationSets:
        """The same, by what is true of them."""
        return SituationSets(self.situations)

    @made_once
    def clauses(self) -> tuple[Clause, ...]:
        """Each clause of the framework, as the folder accounts for it."""
        return accounted(self.written["coverage"])

    def entries(self, name: str) -> list[Entry]:
        """Give each entry of a list of the rulebook, with its file and its location there."""
        return entries_of(self.written).get(name, [])

    def where(self, file: str, location: Location) -> str:
        """Say where something stands, as `file:line:column`."""
        return (self.written.get(file) or self.cases[file]).where(location)


def open_folder(id_or_path: str | Path | None = None, before: Rulebook | None = None) -> RulebookFolder:
    """Open the folder of a rulebook, by id or path. Raises BadInput with every fault of every file."""
    path = folder_of(id_or_path)
    contents = contents_of(path)
    written = read_files(path, contents)
    rulebook, cases = assembled(written, digest(contents)), read_each(sorted(path.glob("cases/*.yaml")), read)
    by_name = {f"cases/{file.stem}": case for file, case in cases.items()}
    return RulebookFolder(path, rulebook, written, by_name, before)


_SECONDS = 60

_NAMED = re.compile(r"(?P<revision>(?:[^:{]|\{[^}]*\})+):(?P<folder>.*)", re.DOTALL)
"""A revision and a folder. A date in braces, as in `main@{12:30}`, may hold a colon."""


@contextmanager
def opened(name: str) -> Iterator[RulebookFolder]:
    """Open a rulebook by id, by folder, or as it stood in a revision. Raises BadInput with every fault.

    The files of a revision lie in a folder of their own, and only while this is open.
    """
    if name.startswith("-"):
        what = "A rulebook has no name that begins with a hyphen."
        raise BadInput([Fault(name[:200], what, "Write ./ before the name of a folder.")])
    tree = None if name in bundled() or is_folder(Path(name)) else _tree(name)
    if tree is None:
        yield open_folder(name)
        return
    with TemporaryDirectory(prefix="rhrt-") as folder:
        try:
            _write(_archive(name, tree), Path(folder))
            found = open_folder(folder)
        except BadInput as bad:
            faults = [fault._replace(where=fault.where.replace(folder, name)) for fault in bad.faults]
            raise BadInput(faults) from bad
        yield found


def _tree(name: str) -> str | None:
    """Give git's name for the folder of a revision that holds a rulebook, or None where no revision is named."""
    if ":" in name:
        return _folder_of_revision(name)
    for folder in (f"{name}:", f"{name}:./"):
        if name and _found("rev-parse", "--verify", "--quiet", f"{folder}rulebook.yaml"):
            return _folder_of_revision(folder)
    if name and _found("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
        what = "That revision has no rulebook, neither at the top of the repository nor where you are."
        raise BadInput([Fault(name[:200], what, f"Name its folder: {name[:80]}:FOLDER. {_where_to_look(name)}")])
    return None


def _folder_of_revision(name: str) -> str:
    named = _NAMED.fullmatch(name)
    if not named or "\0" in name:
        what = "This is neither a folder nor a revision with a folder."
        raise BadInput([Fault(name[:200], what, "Write REVISION:FOLDER, such as HEAD~3:rules/my-area.")])
    revision, folder = named.groups()
    _git(name, "There is no git repository here.", "Go into one, or name a folder.", "rev-parse", "--git-dir")
    there = ("rev-parse", "--verify", "--quiet")
    remedy = "See which there are with: git log --oneline"
    _git(name, f"There is no revision '{revision[:80]}' here.", remedy, *there, f"{revision}^{{commit}}")
    missing, remedy = f"There is no folder '{folder[:120]}' in that revision.", _where_to_look(revision)
    asked = f"{name}/" if folder in (".", "..") else name  # git knows ./ and ../ and no lone dots
    found = _git(name, missing, remedy, *there, asked).decode().strip()
    tree = _git(name, missing, remedy, *there, f"{found}^{{tree}}").decode().strip()
    nothing = "There is no rulebook.yaml in that folder, as it stood then."
    _git(name, nothing, f"Name the folder that holds it. {remedy}", *there, f"{tree}:rulebook.yaml")
    return tree


def _where_to_look(revision: str) -> str:
    return f"See which there are with: git ls-tree -d -r --full-tree --name-only {revision[:80]}"


def _archive(name: str, tree: str) -> bytes:
    """Give a folder as git packs it: all of it, wherever in the repository one stands."""
    what, remedy = "Git could not read that folder.", "See what is damaged with: git fsck"
    of = _git(name, what, remedy, "rev-parse", "--absolute-git-dir").decode().rstrip("\n")
    return _git(name, what, remedy, f"--git-dir={of}", "archive", "--format=tar", tree)


def _found(*arguments: str) -> bool:
    try:
        return bool(_git("", "", "", *arguments))
    except BadInput:
        return False


def _git(name: str, what: str, remedy: str, *arguments: str) -> bytes:
    """Run git, never through a shell. Raises BadInput with what and remedy where it fails."""
    git = shutil.which("git")
    if git is None:
        what = "A revision needs git, which is not installed."
        raise BadInput([Fault(name[:200], what, "Install it, or name a folder.")])
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
            if held and not path.is_absolute() and ".." not in path.parts:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(held.read(LARGEST + 1))
