"""The guides of hosts hold no code that is not tried, and the table of the README is what the tests say."""

from __future__ import annotations

import re

import pytest

from tests.hosts.hosts import HOSTS
from tests.hosts.matrix import BLOCK, CELLS, COLUMNS, OTHERS, README, table
from tests.hosts.packages import GUIDES, guide


@pytest.mark.parametrize("path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem)
def test_each_block_of_code_in_a_guide_has_the_name_by_which_it_is_tried(path: object) -> None:
    text = (GUIDES / str(path)).read_text(encoding="utf-8")
    assert len(guide((GUIDES / str(path)).stem)) == len(re.findall(r"^```\w", text, flags=re.MULTILINE)) > 0


def test_each_guide_is_of_a_host_in_the_matrix_and_each_host_has_one() -> None:
    assert {path.stem for path in GUIDES.glob("*.md")} == {host.guide for host in HOSTS.values()} - {""}


def test_every_cell_of_the_matrix_is_tried_and_the_readme_says_what_was_found() -> None:
    assert {host for host, _ in OTHERS} <= set(HOSTS)
    assert {what for _, what in OTHERS} <= set(COLUMNS)
    assert len(CELLS) == len(HOSTS) * len(COLUMNS)
    assert BLOCK.findall(README.read_text(encoding="utf-8")) == [table(set(CELLS))]
