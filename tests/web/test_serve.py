"""The command `rhrt serve`."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result
from rhrt_cli.main import main


def serve(*options: str) -> Result:
    return CliRunner().invoke(main, ["serve", *options])


def refused(result: Result, where: str) -> str:
    """Look at what every refusal has in common."""
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert where in result.stderr
    return result.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "pip install 'rhrt[web]'" in refused(serve(), "uvicorn")


@pytest.mark.parametrize(
    "origin", ["*", "forms.example.org", "https://forms.example.org/", "null", "https://a b", ""]
)
def test_an_origin_is_a_site_and_nothing_else(origin: str) -> None:
    assert "https://forms.example.org" in refused(serve("--origin", origin), "--origin")


@pytest.mark.parametrize("path", ["rhrt", "/rhrt/", "/", "/a b", "//", "/../x?"])
def test_a_root_path_has_a_slash_before_it_and_none_after(path: str) -> None:
    refused(serve("--root-path", path), "--root-path")


@pytest.mark.parametrize("key", ["", "short", "a key with spaces in it", "schlüssel-schlüssel"])
def test_a_key_that_is_short_or_cannot_be_sent_is_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    said = refused(serve("--key-file", str(tmp_path / "key")), "16 characters or more")
    assert not key or key not in said.replace(str(tmp_path), "")


def test_a_key_file_or_folder_or_rulebook_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused(serve("--key-file", str(tmp_path / "none")), "There is no such file.")
    refused(serve("--govuk", str(tmp_path / "none")), "rhrt govuk FOLDER")
    refused(serve("--rulebook", str(tmp_path / "none")), "There is no such rulebook.")


def test_two_rulebooks_with_one_id_are_refused() -> None:
    two = ("--rulebook", "herefordshire-2020", "--rulebook", "herefordshire-2020")
    assert "Leave one out" in refused(serve(*two), "herefordshire-2020")


def test_a_port_that_is_taken_and_an_address_that_is_none_are_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "--port" in refused(serve("--port", str(port)), f"Port {port} of 127.0.0.1")
    refused(serve("--host", "no such host.invalid", "--port", "0"), "is not free")


def test_it_answers_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(_server: object, sockets: list[socket.socket]) -> None:
        assert sockets[0].getsockname()[1]
        raise KeyboardInterrupt

    (tmp_path / "key").write_text("k" * 16, encoding="utf-8")
    monkeypatch.setattr("uvicorn.Server.run", run)
    options = ("--port", "0", "--root-path", "/rhrt", "--key-file", str(tmp_path / "key"))
    result = serve(*options, "--host", "::1" if socket.has_ipv6 else "127.0.0.1")
    assert result.exit_code == 0, result.output
    assert "/rhrt/check in a browser" in result.output
    assert "Stopped." in result.output


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop every server before it serves."""
    monkeypatch.setattr("uvicorn.Server.run", Mock(side_effect=KeyboardInterrupt))


@pytest.mark.usefixtures("stopped")
def test_pages_that_are_named_where_there_is_a_key_are_said_to_get_no_answer(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 16, encoding="utf-8")
    origin, key = ("--port", "0", "--origin", "https://forms.example.org"), ("--key-file", str(tmp_path / "key"))
    warned = serve(*origin, *key)
    assert warned.exit_code == 0
    assert warned.stderr.count("Warning: --origin and --key-file are given together.") == 1
    assert "Pages in a browser will not be answered, for they cannot send the key" in warned.stderr
    assert "Leave out --key-file." in warned.stderr
    for options in (origin, ("--port", "0", *key)):
        assert serve(*options).stderr == ""


@pytest.mark.usefixtures("stopped")
def test_a_service_that_other_machines_can_reach_with_no_proxy_before_it_is_warned_of() -> None:
    warned = serve("--port", "0", "--host", "0.0.0.0")  # noqa: S104
    assert warned.exit_code == 0
    assert warned.stderr.count("Warning: other machines can reach this service at 0.0.0.0.") == 1
    assert "Let a proxy do both, and name its path with --root-path." in warned.stderr
    for options in (("--host", "0.0.0.0", "--root-path", "/rhrt"), ("--host", "localhost"), ()):  # noqa: S104
        assert serve("--port", "0", *options).stderr == ""
