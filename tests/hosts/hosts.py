"""The hosts: where each has its form, and what its page is made of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.hosts.packages import bundled, guide
from tests.hosts.site import free_port, site
from tests.server import serving

HOSTS = {
    "plain HTML": "plain",
    "Form.io": "formio",
    "SurveyJS": "surveyjs",
    "React 18, controlled": "react-18",
    "React 18, not controlled": "react-18?host=uncontrolled",
    "React 19, controlled": "react-19",
    "React 19, not controlled": "react-19?host=uncontrolled",
    "Vue 3": "vue",
}
"""Where each host has its form, on the site."""

_OLD_REACT = ("--alias:react=react-18", "--alias:react-dom=react-dom-18")


class Sites(NamedTuple):
    """Where the service is, and where the forms are."""

    service: str
    forms: str


def script(name: str) -> str:
    """Bundle the script of a host's page, with the code of its guide."""
    with tempfile.TemporaryDirectory() as folder:
        return _SCRIPTS[name](Path(folder))


def _react(version: str) -> Callable[[Path], str]:
    def made(folder: Path) -> str:
        code = {"Needs.jsx": guide("react")[f"Needs.{version}.jsx"]}
        return bundled(folder, "react.jsx", code, *(_OLD_REACT if version == "18" else ()))

    return made


_SCRIPTS: dict[str, Callable[[Path], str]] = {
    "formio": lambda folder: bundled(folder, "formio.js", guide("formio")),
    "surveyjs": lambda folder: bundled(folder, "surveyjs.js", guide("surveyjs")),
    "react-18": _react("18"),
    "react-19": _react("19"),
    "vue": lambda folder: bundled(folder, "vue.js", guide("vue")),
}


@contextmanager
def sites() -> Iterator[Sites]:
    """Run the service and the site that has the forms."""
    port = free_port()
    with serving("--origin", f"http://127.0.0.1:{port}") as served, site(served.url, port, cache(script)) as forms:
        yield Sites(served.url, forms)
