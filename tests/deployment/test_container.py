"""The container file that comes with rhrt: no engine builds it here, so its steps are tried one by one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment.conftest import DEPLOYMENT
from tests.server import Server
from tests.test_packaging import expected_of, wheel_of
from tests.test_repository import ROOT

FILE = DEPLOYMENT / "Containerfile"
STEPS = re.sub(
    r"\\\n\s*", "", re.sub(r"^#.*\n", "", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
).splitlines()


def steps(name: str) -> list[str]:
    """Give what stands after each step of a name."""
    return [one.partition(" ")[2].strip() for one in STEPS if one.startswith(f"{name} ")]


def test_each_base_is_pinned_by_its_version_and_of_the_python_that_the_tests_run_on() -> None:
    bases = [one.split()[0] for one in steps("FROM")]
    assert len(bases) == 2
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    for base in bases:
        assert re.fullmatch(rf"docker\.io/library/python:{re.escape(python)}\.\d+-(slim-)?bookworm", base), base


def test_what_runs_is_nobody_and_is_looked_after() -> None:
    (user,) = steps("USER")
    assert all(int(one) > 0 for one in user.split(":"))
    assert "curl" not in FILE.read_text(encoding="utf-8")
    (kept,) = [one for one in steps("ENV") if "PIP_NO_CACHE_DIR=1" in one]
    assert "PIP_CONSTRAINT=tests/constraints.txt" in kept


def test_the_file_says_that_nobody_built_it() -> None:
    said = " ".join(FILE.read_text(encoding="utf-8").replace("\n#", "").split())
    assert "Nobody has built this where it was written" in said
    assert "Its base is pinned by version and not by digest" in said
    readme = (DEPLOYMENT.parent / "README.md").read_text(encoding="utf-8")
    assert "Nobody has built it where it was written" in " ".join(readme.split())


def test_what_is_copied_is_enough_to_build_the_wheel_of_the_checkout(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    for one in steps("COPY"):
        *sources, target = one.split()
        for source in () if one.startswith("--from=") else sources:
            _copy(ROOT / source, copied / target / (source if target == "./" else ""))
    assert {*expected_of(ROOT)} <= {*wheel_of(copied, tmp_path / "unpacked")}
    for named in re.findall(r"--requirement (\S+)|PIP_\w*CONSTRAINT=(\S+)", FILE.read_text(encoding="utf-8")):
        assert (copied / "".join(named)).is_file()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    else:
        shutil.copy(source, target)


def test_its_command_is_one_that_rhrt_takes_and_its_health_check_tells_up_from_down(service: Server) -> None:
    entry, options = json.loads(steps("ENTRYPOINT")[0]), json.loads(steps("CMD")[0])
    assert entry == ["/srv/rhrt/bin/rhrt", "serve", "--host", "0.0.0.0"]  # noqa: S104
    assert options == ["--root-path", "/rhrt"], "so it does not warn: a proxy is meant to stand before it"
    (check,) = [json.loads(one.partition("CMD ")[2]) for one in steps("HEALTHCHECK")]
    assert check[0] == "/srv/rhrt/bin/python"
    port = service.url.split(":")[2].split("/")[0]
    assert check[2].count("127.0.0.1:8000/") == 1
    for asked, code in ((port, 0), ("9", 1)):
        command = [sys.executable, check[1], check[2].replace("127.0.0.1:8000", f"127.0.0.1:{asked}")]
        assert subprocess.run(command, capture_output=True, check=False).returncode == code


@pytest.mark.parametrize("step", steps("RUN"))
def test_what_runs_at_build_is_what_the_checks_run_too(step: str) -> None:
    """The environment of .ci/run, and the wheel that it tries, are made so."""
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "--no-deps --require-hashes --no-binary durable-rules --requirement .ci/durable-rules.txt" in checks
    assert step.startswith("python -m venv /srv/rhrt && /srv/rhrt/bin/pip install --no-deps --require-hashes")
    assert step.endswith("/srv/rhrt/bin/pip install '.[web]'")
