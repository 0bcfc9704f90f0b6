"""Fetching GOV.UK Frontend, with an npm of our own in place of the real one, and serving what was fetched."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tarfile
from base64 import b64encode
from pathlib import Path

import pytest
import rhrt_cli.govuk
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from rhrt_cli.main import main

from rhrt import BadInput, Rulebook
from rhrt.web.application import application
from rhrt.web.govuk import INTEGRITY, SCRIPT, STYLES, VERSION, taken_from
from rhrt.web.settings import Settings

CSS = (
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
    ".govuk-body{font-family:GDS Transport,arial,sans-serif;color:#0b0c0c}"
    ".govuk-footer__crest{width:1px;background-image:url(/assets/images/govuk-crest.svg);height:2px;"
    "mask-image:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
)
JS = "export function initAll(){}//# sourceMappingURL=govuk-frontend.min.js.map\n"
PACKED = {
    "govuk-frontend.min.css": CSS,
    "govuk-frontend.min.js": JS,
    "assets/images/govuk-crest.svg": "<svg/>",
    "assets/fonts/light.woff2": "x",
}
NPM = """#!{python}
import shutil, sys
words = sys.argv[1:]
assert words[:2] == ["pack", "govuk-frontend@{version}"], words
assert "--ignore-scripts" in words
shutil.copy({archive!r}, words[words.index("--pack-destination") + 1])
"""


def archive() -> bytes:
    """Pack what stands for the package, with fonts and pictures that are not to be taken."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as opened:
        for name, text in PACKED.items():
            member = tarfile.TarInfo(f"package/dist/govuk/{name}")
            member.size = len(text)
            opened.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def integrity(content: bytes) -> str:
    return f"sha512-{b64encode(hashlib.sha512(content).digest()).decode()}"


def npm(folder: Path, program: str) -> str:
    """Put a program called npm in a folder. Give the folders to look for programs in."""
    folder.mkdir()
    (folder / "npm").write_text(program, encoding="utf-8")
    (folder / "npm").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an archive that npm will fetch, taken for the one published."""
    content = archive()
    (tmp_path / "govuk-frontend.tgz").write_bytes(content)
    program = NPM.format(python=sys.executable, version=VERSION, archive=str(tmp_path / "govuk-frontend.tgz"))
    monkeypatch.setenv("PATH", npm(tmp_path / "bin", program))
    monkeypatch.setattr(rhrt_cli.govuk, "taken_from", lambda given: taken_from(given, integrity(content)))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["govuk", *words])


class TestFetching:
    def test_the_styles_and_the_script_are_taken_and_nothing_else(self, fetched: Path) -> None:
        result = run(str(fetched / "new" / "govuk"))
        assert result.exit_code == 0, result.output
        assert f"govuk-frontend {VERSION} is in" in result.output
        assert "rhrt serve --govuk" in result.output
        assert sorted(path.name for path in (fetched / "new" / "govuk").iterdir()) == [STYLES, SCRIPT]

    def test_the_typeface_and_the_crest_are_left_out_and_the_rest_stays(self, fetched: Path) -> None:
        run(str(fetched / "govuk"))
        styles = (fetched / "govuk" / STYLES).read_text(encoding="utf-8")
        assert styles.strip() == (
            ".govuk-body{font-family:Arial,Helvetica,sans-serif;color:#0b0c0c}"
            ".govuk-footer__crest{width:1px;height:2px;}"
        )
        assert (fetched / "govuk" / SCRIPT).read_text(encoding="utf-8") == "export function initAll(){}"

    def test_it_can_be_fetched_again_into_the_same_folder(self, fetched: Path) -> None:
        assert [run(str(fetched / "govuk")).exit_code for _ in range(2)] == [0, 0]

    def test_an_archive_that_is_not_the_one_published_is_refused_and_nothing_is_written(
        self, fetched: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rhrt_cli.govuk, "taken_from", taken_from)
        result = run(str(fetched / "govuk"))
        assert result.exit_code == 2
        assert f"This is not govuk-frontend {VERSION} as published" in result.stderr
        assert not (fetched / "govuk").exists()

    def test_the_hash_of_the_one_published_is_pinned(self) -> None:
        assert INTEGRITY.startswith("sha512-cXIQxm5PHCsbic47")
        with pytest.raises(BadInput, match="Do not use it"):
            taken_from(b"anything else")

    def test_where_npm_fails_its_words_are_passed_on(self, fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = f"#!{sys.executable}\nimport sys\nsys.exit('no such package, and \\x1b[31mred')\n"
        monkeypatch.setenv("PATH", npm(fetched / "failing", program))
        result = run(str(fetched / "govuk"))
        assert result.exit_code == 2
        assert "npm could not fetch it: no such package" in result.stderr
        assert "\x1b" not in result.stderr

    def test_where_npm_fetches_nothing_it_is_said(self, fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", npm(fetched / "idle", f"#!{sys.executable}\n"))
        assert "npm could not fetch it" in run(str(fetched / "govuk")).stderr

    def test_where_npm_never_ends_it_is_stopped(self, fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", npm(fetched / "slow", f"#!{sys.executable}\nimport time\ntime.sleep(60)\n"))
        monkeypatch.setattr(rhrt_cli.govuk, "_LONGEST", 0.2)
        assert "npm took too long" in run(str(fetched / "govuk")).stderr

    def test_without_npm_it_says_that_the_pages_work_all_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        result = run(str(tmp_path / "govuk"))
        assert result.exit_code == 2
        assert "npm is not installed. Install npm, or do without" in result.stderr

    def test_a_folder_that_cannot_be_is_refused(self, fetched: Path) -> None:
        (fetched / "file").write_text("", encoding="utf-8")
        result = run(str(fetched / "file" / "govuk"))
        assert result.exit_code == 2
        assert "cannot be written there" in result.stderr


class TestServing:
    def test_the_pages_ask_for_the_files_under_names_with_their_version_and_hash(
        self, fetched: Path, rulebook: Rulebook
    ) -> None:
        run(str(fetched / "govuk"))
        settings = Settings(rulebooks=(rulebook,), govuk=fetched / "govuk", root_path="/below")
        with TestClient(application(settings)) as client:
            page = client.get("/below/check").text
            (styles,) = re.findall(r'href="(/below/check/govuk-frontend-[^"]*)"', page)
            assert VERSION in styles
            assert "plain-" not in page
            script = page.split('<script type="module" src="')[1].split('"')[0]
            begun = client.get(script)
            assert begun.headers["content-type"] == "text/javascript; charset=utf-8"
            (imported,) = re.findall(r'from "\./([^"]*)"', begun.text)
            assert client.get(f"/below/check/{imported}").text == "export function initAll(){}"
            for name, content in ((styles, client.get(styles).content), (imported, b"export function initAll(){}")):
                assert name.rpartition(".")[0].endswith(f".min-{hashlib.sha256(content).hexdigest()[:12]}")

    def test_a_folder_that_lacks_a_file_is_refused_before_anybody_is_served(
        self, tmp_path: Path, rulebook: Rulebook
    ) -> None:
        with pytest.raises(BadInput, match="Fill the folder: rhrt govuk FOLDER"):
            application(Settings(rulebooks=(rulebook,), govuk=tmp_path))
