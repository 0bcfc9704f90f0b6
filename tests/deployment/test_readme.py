"""What the README of the service says of its deployment is so."""

from __future__ import annotations

import re

from rhrt.web import connections
from tests.deployment.conftest import DEPLOYMENT
from tests.test_documentation import blocks
from tests.test_repository import ROOT

WEB = DEPLOYMENT.parent
README = (WEB / "README.md").read_text(encoding="utf-8")
SAID = " ".join(README.split())


def printed(name: str) -> str:
    return (DEPLOYMENT / name).read_text(encoding="utf-8")


def test_every_file_and_heading_that_it_leads_to_is_there() -> None:
    headings = {
        re.sub(r"[^a-z -]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^#+ (.+)", README, re.M)
    }
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert {f"deployment/{path.name}" for path in DEPLOYMENT.iterdir()} <= {*targets}
    assert [one for one in targets if one.removeprefix("#") not in headings and not (WEB / one).exists()] == []


def test_each_file_is_copied_to_where_it_says_itself_that_it_goes() -> None:
    copied = re.findall(r"^cp (\S+) (\S+)", "\n".join(blocks(README, "sh")), flags=re.MULTILINE)
    assert [source for source, _ in copied] == [
        "src/rhrt/web/deployment/rhrt.service", "src/rhrt/web/deployment/nginx.conf"
    ]  # fmt: skip
    for source, target in copied:
        assert target in (ROOT / source).read_text(encoding="utf-8").split("\n\n")[0]


def test_the_options_that_it_names_are_those_of_the_unit() -> None:
    (options,) = re.findall(r"`rhrt serve (--root-path \S+ --origin \S+)`", README)
    assert f"ExecStart=/srv/rhrt/bin/rhrt serve {options}\n" in printed("rhrt.service")
    assert "[Service]" not in README, "the unit stands in its file alone"
    assert "location /rhrt/" not in README, "and so does the server of nginx"


def test_its_numbers_are_those_of_the_files_and_of_the_code() -> None:
    begin, end = connections.SECONDS_TO_BEGIN, connections.SECONDS_TO_END
    assert f"the headers of a request take over {begin:g} seconds, the rest and its answer over {end:g}" in SAID
    assert f"the answer is not read within {begin:g}." in SAID
    size = connections.LARGEST_HEAD // 1024
    assert f"Over {connections.MOST_HEADERS} headers, or over {size} KiB of them and the address" in SAID
    assert f"{connections.MOST} connections are held" in SAID
    assert "one address ask 20 times a second, and 100 times at once" in SAID
    assert "rate=20r/s" in printed("nginx.conf")
    assert "burst=100 nodelay" in printed("nginx.conf")
    assert f"for up to {'ten' * (connections.SECONDS_TO_STOP == 10)} seconds" in SAID
