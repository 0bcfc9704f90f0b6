"""How the package is built: from nothing, and with a snapshot and a search index of each rulebook."""

import sys
from pathlib import Path
from shutil import rmtree

from setuptools.command.build_py import build_py


class BuildWithSnapshots(build_py):
    """Builds the package, then reads each of its rulebooks once and keeps the result beside the files."""

    def run(self) -> None:
        """Build. A rulebook with a fault fails the build."""
        if self.editable_mode:
            super().run()
            return
        if Path(self.build_lib).exists():  # what has been withdrawn since the last build would still be installed
            rmtree(self.build_lib)
        super().run()
        sys.path.insert(0, str(Path(__file__).parents[1]))
        from rhrt.rulebook.load import load_rulebook
        from rhrt.rulebook.snapshot import write_snapshot
        from rhrt.search.kept import write_index

        for file in sorted(Path(self.build_lib, "rhrt", "rules").glob("*/rulebook.yaml")):
            rulebook = load_rulebook(file.parent)
            write_snapshot(file.parent, rulebook)
            write_index(file.parent, rulebook)
