"""`python -m tests.contract.openapi`: public linters of the API's description, and clients that are made of it.

It needs npm, Node 20.19 or later and the extra `contract`. Both are tried with one rulebook and with two, without
a key and with one. Each client is compiled, and makes every call of a real server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from tests.server import serving

HERE = Path(__file__).parent
KEY = "0123456789abcdef0123456789abcdef"
OTHER = str(HERE.parent / "frameworks" / "marram-2025")
BOTH = ("--rulebook", "herefordshire-2020", "--rulebook", OTHER)
SERVED: dict[str, tuple[Sequence[str], str]] = {
    "one rulebook": ((), ""),
    "one rulebook, and a key": ((), KEY),
    "two rulebooks": (BOTH, ""),
    "two rulebooks, and a key": (BOTH, KEY),
}
"""What is served, and the key that it wants."""


@contextmanager
def installed() -> Iterator[Path]:
    """Install what comes from npm in a folder of its own."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "npm"
        shutil.copytree(HERE / "npm", folder)
        run(folder, "npm", "install", "--silent", "--no-audit", "--no-fund")
        yield folder


def run(folder: Path, *command: str, **more: str) -> str:
    """Run a command in a folder and give what it prints. Raises RuntimeError with all that it said."""
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "NO_COLOR": "1", **more}
    done = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def lint(folder: Path, description: Any) -> None:
    """Lint a description: what is only warned of is refused too."""
    (folder / "openapi.json").write_text(json.dumps(description), encoding="utf-8")
    strict = ("--fail-severity", "hint")
    run(folder, "npx", "--no-install", "spectral", "lint", "--ruleset", "spectral.yaml", *strict, "openapi.json")
    run(folder, "npx", "--no-install", "redocly", "lint", "--config", "redocly.yaml", "openapi.json")


def must_find_fault(folder: Path, description: Any) -> None:
    """See that each linter finds a fault where there is one. Raises RuntimeError where it does not."""
    nothing = {name: part for name, part in description.items() if name not in ("security", "tags")}
    for wrong in (nothing, {"detail": "The key is missing."}):
        try:
            lint(folder, wrong)
        except RuntimeError:
            continue
        raise RuntimeError("A description that is wrong was found right.")


def typescript(folder: Path, url: str, key: str) -> list[str]:
    """Make a client in TypeScript, compile it, and make every call. Give what was called."""
    run(folder, "npx", "--no-install", "openapi-typescript", "openapi.json", "--output", "schema.d.ts")
    run(folder, "npx", "--no-install", "tsc", "--project", ".")
    called: list[str] = json.loads(run(folder, "node", "made/calls.js", url, key))
    return called


def python(folder: Path, url: str, key: str) -> None:
    """Make a client in Python, compile it, and make every call."""
    shutil.rmtree(folder / "client", ignore_errors=True)
    here = Path(sys.executable).parent
    maker = (str(here / "openapi-python-client"), "generate", "--path", "openapi.json", "--output-path", "client")
    run(folder, *maker, "--fail-on-warning", PATH=f"{here}{os.pathsep}{os.environ['PATH']}")
    run(folder, sys.executable, "-W", "error", "-m", "compileall", "-q", "client")
    path = os.pathsep.join((str(folder / "client"), str(HERE.parents[1])))
    run(folder, sys.executable, "-m", "tests.contract.python_calls", url, key, PYTHONPATH=path)


def operations(description: Any) -> list[str]:
    """Give each operation of a description."""
    return sorted(f"{method} {path}" for path, methods in description["paths"].items() for method in methods)


def main() -> int:
    """Try all; give the exit code."""
    with installed() as folder:
        key_file = folder / "key.txt"
        key_file.write_text(KEY, encoding="utf-8")
        for name, (options, key) in SERVED.items():
            with serving(*options, *(("--key-file", str(key_file)) if key else ())) as server:
                headers = {"Authorization": f"Bearer {key}"} if key else {}
                description = httpx2.get(f"{server.url}/v1/openapi.json", headers=headers).json()
                must_find_fault(folder, description)
                lint(folder, description)
                called = typescript(folder, server.url, key)
                if called != operations(description):
                    raise RuntimeError(f"Not every operation was called: {called}")
                python(folder, server.url, key)
            print(f"{name}: no fault by either linter; both clients make all {len(called)} calls.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
