"""Real packages from npm, as package-lock.json names them, and a page's script bundled with them."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PLACE = ROOT / ".hosts"
"""Where the packages are kept from one run to the next: git does not look there."""

INSTALL = "These tests need npm, for the hosts that they try. On Debian: apt-get install npm"
NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps")
"""The last option is for two Reacts side by side, each under a name of its own."""

ESBUILD = (
    "--bundle", "--format=esm", "--jsx=automatic", "--loader:.css=empty", "--loader:.html=text",
    '--define:process.env.NODE_ENV="production"', "--define:__VUE_OPTIONS_API__=true",
    "--define:__VUE_PROD_DEVTOOLS__=false", "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false",
)  # fmt: skip

GUIDES = ROOT / "src" / "rhrt" / "web" / "component" / "hosts"
"""The pages that say how each host holds the prompt. Their code is what is tried."""


def installed() -> Path:
    """Give the folder of the packages, installed as the lock file names them. Raises RuntimeError without npm."""
    if not shutil.which("npm"):
        raise RuntimeError(INSTALL)
    PLACE.mkdir(exist_ok=True)
    with _alone():
        if not _as_locked():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, PLACE)
            done = subprocess.run(NPM, cwd=PLACE, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"npm could not install the hosts:\n{done.stderr[-2000:]}")
            shutil.copy(HERE / "package-lock.json", PLACE / "installed.json")
    return PLACE / "node_modules"


def _as_locked() -> bool:
    done = PLACE / "installed.json"
    return done.is_file() and done.read_bytes() == (HERE / "package-lock.json").read_bytes()


@contextmanager
def _alone() -> Iterator[None]:
    """Keep others out: tests run in several processes."""
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def guide(name: str) -> dict[str, str]:
    """Give the code of a guide, by the file name that stands behind the language of each block."""
    text = (GUIDES / f"{name}.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE))


def bundled(folder: Path, page: str, code: dict[str, str], *options: str) -> str:
    """Bundle the script of a page in `pages/` with a guide's code, which it imports as files beside it."""
    packages = installed()
    for name, text in code.items():
        (folder / name).write_text(text, encoding="utf-8")
    for one in (HERE / "pages").iterdir():
        shutil.copy(one, folder)
    command = [str(packages / ".bin" / "esbuild"), page, *ESBUILD, *options]
    environment = os.environ | {"NODE_PATH": str(packages)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
