"""What `rhrt rulebook build` writes: the files. tests/browser/test_built.py looks at them as a browser does."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rhrt_cli.main import main

from rhrt import Rulebook, load_rulebook
from rhrt.browser.build import PAGE, SEARCH, Copy, folder_of, single_of
from rhrt.browser.bundle import bundled, in_order
from tests.checks.edits import BASE

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return load_rulebook(BASE)


@pytest.fixture(scope="module")
def files(small: Rulebook) -> dict[str, str]:
    return folder_of(Copy(small, DAY), {"index.html": "the rulebook"})


@pytest.fixture(scope="module")
def single(small: Rulebook) -> str:
    return single_of(Copy(small, DAY, days=30))


def data(files: dict[str, str], name: str) -> Any:
    return json.loads(re.sub(r"^export const \w+ = |;\n$", "", files[f"data/{name}.js"]))


def test_a_folder_holds_the_page_the_prompt_and_every_module_that_they_import(files: dict[str, str]) -> None:
    assert {"index.html", "page.css", "rhrt-prompt.js", "app.webmanifest", "worker.js", "rulebook/index.html"} <= {
        *files
    }
    scripts = {name for name in files if name.endswith(".js")} - {"worker.js"}
    assert {*in_order(files, PAGE), *in_order(files, SEARCH)} == scripts


def test_a_folder_needs_no_search_before_somebody_types(files: dict[str, str]) -> None:
    assert [name for name in in_order(files, PAGE) if "search" in name or "words" in name] == []


def test_a_copy_says_for_how_long_and_of_what_it_is(files: dict[str, str], small: Rulebook) -> None:
    held = {"built": "2026-12-01", "expires": "2027-12-01", "withdrawn": None, "sha256": small.sha256}
    assert data(files, "copy") == held
    assert data(files, "rulebook")["compiled"]["rulebook"]["sha256"] == small.sha256
    assert "was made on 1 December 2026, and gives suggestions until 1 December 2027." in files["index.html"]


def test_a_page_may_run_its_own_files_and_connect_to_nothing(files: dict[str, str], small: Rulebook) -> None:
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', files["index.html"])[0]
    assert "default-src &#39;none&#39;; script-src &#39;self&#39;" in policy
    assert "connect-src" not in policy
    listed = folder_of(Copy(small, DAY, withdrawn="withdrawn.json"), {})
    assert "connect-src &#39;self&#39;" in listed["index.html"]
    assert data(listed, "copy")["withdrawn"] == "withdrawn.json"


def test_a_worker_keeps_the_files_of_its_build_and_has_another_name_for_another(
    files: dict[str, str], small: Rulebook
) -> None:
    kept, listed = re.findall(r'KEPT = "(.*)";\nconst FILES = (.*);', files["worker.js"])[0]
    assert {*json.loads(listed)} == files.keys() - {"worker.js"}
    other = folder_of(Copy(small, DAY, days=30), {"index.html": "the rulebook"})
    assert kept not in other["worker.js"]


def test_one_file_runs_what_its_policy_names_by_hash_and_imports_nothing(single: str) -> None:
    (script,) = re.findall(r"<script type=\"module\">(.*)</script>", single, flags=re.DOTALL)
    (hash_,) = re.findall(r"script-src &#39;sha256-([^&]*)&#39;", single)
    assert b64decode(hash_.replace("&#43;", "+")) == sha256(script.encode()).digest()
    assert re.findall(r"^import |import\(", script, flags=re.MULTILINE) == []
    assert single.count("<script") == single.count("</script") == 1
    assert "<!--" not in single


def test_modules_in_one_script_take_each_from_its_own() -> None:
    modules = {
        "a.js": 'import { two as one } from "./in/b.js";\nimport "./c.js";\nexport const a = one + 1;\n',
        "in/b.js": 'import { c } from "../c.js";\nexport const two = c * 2;\nconst own = 1;\nexport class Own {}\n',
        "c.js": "export const c = 1;\n",
    }
    assert in_order(modules, "a.js") == ["c.js", "in/b.js", "a.js"]
    script = bundled(modules, "a.js")
    assert 'const { two: one } = MODULES["in/b.js"];' in script
    assert "return { two, Own };" in script
    with pytest.raises(KeyError):
        in_order({"a.js": 'import "./gone.js";\n'}, "a.js")


def test_the_command_writes_both_forms_and_refuses_what_it_cannot(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    asked = ["rulebook", "build", str(page), "--rulebook", str(BASE), "--single"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    assert "is written. Open it in a browser.\nThis copy holds" in result.output
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    result = CliRunner().invoke(main, ["rulebook", "build", str(page), "--rulebook", str(BASE)])
    assert result.exit_code == 2
    assert result.output.endswith(": This is a file, not a folder. Name a folder.\n")
    result = CliRunner().invoke(main, [*asked, "--withdrawn", "withdrawn.json"])
    assert result.exit_code == 2
    assert "One file asks for nothing, so it cannot be taken back." in result.output
    for name in ("https://example.org/list.json", "../list.json", "/list.json", ""):
        result = CliRunner().invoke(main, ["rulebook", "build", str(tmp_path / "x"), "--withdrawn", name])
        assert (result.exit_code, (tmp_path / "x").exists()) == (2, False)
        assert "Write it as withdrawn.json." in result.output
