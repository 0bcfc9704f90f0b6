"""The hosts: what each is called, where it has its form, and what its page is made of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rhrt.web.demonstration import HERE as DEMONSTRATION
from tests.hosts.packages import bundled, guide
from tests.hosts.servers import running
from tests.hosts.site import site
from tests.hosts.visit import InFormio, InFrames, Visit, WithServer
from tests.server import free_port, serving


class Host(NamedTuple):
    """A host: its name in the matrix, its guide, where its form is, and how a person visits it."""

    name: str
    guide: str
    at: str
    visit: type[Visit] = Visit


HOSTS = {
    "plain-html": Host("Plain HTML", "", "forms/plain"),
    "iframe": Host("An iframe", "", "forms/framed", InFrames),
    "django": Host("Django", "server", "django", WithServer),
    "flask": Host("Flask", "server", "flask", WithServer),
    "form-io": Host("Form.io", "formio", "forms/formio", InFormio),
    "surveyjs": Host("SurveyJS", "surveyjs", "forms/surveyjs"),
    "react-18-controlled": Host("React 18, controlled", "react", "forms/react-18"),
    "react-18-not-controlled": Host("React 18, not controlled", "react", "forms/react-18?host=uncontrolled"),
    "react-19-controlled": Host("React 19, controlled", "react", "forms/react-19"),
    "react-19-not-controlled": Host("React 19, not controlled", "react", "forms/react-19?host=uncontrolled"),
    "vue-3": Host("Vue 3", "vue", "forms/vue"),
}

_OLD_REACT = ("--alias:react=react-18", "--alias:react-dom=react-dom-18")


def script(name: str) -> str:
    """Give the script of a host's page, bundled with the code of its guide."""
    with tempfile.TemporaryDirectory() as folder:
        return _SCRIPTS[name](Path(folder))


def _react(version: str) -> Callable[[Path], str]:
    def made(folder: Path) -> str:
        code = guide("react")
        code["Needs.jsx"] = code[f"Needs.{version}.jsx"]
        return bundled(folder, "react.jsx", code, *(_OLD_REACT if version == "18" else ()))

    return made


_SCRIPTS: dict[str, Callable[[Path], str]] = {
    "host": lambda _: (DEMONSTRATION / "static" / "host.js").read_text(encoding="utf-8"),
    "formio": lambda folder: bundled(folder, "formio.js", guide("formio")),
    "surveyjs": lambda folder: bundled(folder, "surveyjs.js", guide("surveyjs")),
    "react-18": _react("18"),
    "react-19": _react("19"),
    "vue": lambda folder: bundled(folder, "vue.js", guide("vue")),
}


class Sites:
    """The sites that have the forms. Those of Django and Flask run once they are asked for."""

    def __init__(self, service: str, forms: str, ports: dict[str, int], end: ExitStack) -> None:
        self.service = service
        self.at = {"forms": forms}
        self._ports = ports
        self._end = end

    def url(self, place: str) -> str:
        """Give the address of a form: `forms/vue`, or `django`."""
        name, _, path = place.partition("/")
        if name not in self.at:
            folder = Path(self._end.enter_context(tempfile.TemporaryDirectory()))
            self.at[name] = self._end.enter_context(running(name, folder, self._ports[name], self.service))
        return f"{self.at[name]}/{path}".rstrip("/")


@contextmanager
def sites() -> Iterator[Sites]:
    """Run the service and the sites that have the forms."""
    ports = {name: free_port() for name in ("forms", "django", "flask")}
    origins = [part for port in ports.values() for part in ("--origin", f"http://127.0.0.1:{port}")]
    with ExitStack() as end:
        served = end.enter_context(serving(*origins))
        forms = end.enter_context(site(served.url, ports["forms"], cache(script)))
        yield Sites(served.url, forms, ports, end)
