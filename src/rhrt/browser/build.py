"""A rulebook as files that any web server, a share or a memory stick can hold: page, prompt, scripts and data.

The same rulebook, built on the same day, gives the same bytes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from rhrt.browser.bundle import bundled, in_order
from rhrt.browser.rulebook import rulebook_data
from rhrt.browser.said import said_data
from rhrt.browser.search import search_data
from rhrt.present.html import Prose, templates
from rhrt.present.outline import if_worse_numbers, say
from rhrt.rulebook import dates
from rhrt.rulebook.model import Rulebook
from rhrt.web.api.rulebooks import emergency_numbers
from rhrt.web.component import FRAME
from rhrt.web.component.module import module_of

HERE = Path(__file__).parent

LONGEST = 365
"""For how many days a copy may be used at most: a downloaded page lives for years."""

PAGE, PROMPT, WORKER, LEARN = "page.js", "rhrt-prompt.js", "worker.js", "script/learn.js"

SEARCH = "script/search.js"
"""The module of the search: it is fetched when somebody first types, and the first answer does not wait for it."""

_INSTALLED = 'import "./install.js";\n'
"""The line of the page that keeps it for when there is no signal: one file can be kept by no worker."""

_PAGES = templates(HERE / "page")


class Copy(NamedTuple):
    """One copy of a rulebook: the day it is built, for how many days it gives levels, and what may take it back.

    `withdrawn` is the name of a list beside the page: JSON, the hashes of rulebooks that are to be used no more.
    """

    rulebook: Rulebook
    built: date
    days: int = LONGEST
    withdrawn: str | None = None

    @property
    def expires(self) -> date:
        """The first day on which it gives no level."""
        return self.built + timedelta(self.days)

    @property
    def holds(self) -> str:
        """What people read of what it holds, and of how old it is."""
        named = {name: getattr(self.rulebook, name) for name in ("title", "area", "edition")}
        days = {name: dates.in_words(getattr(self, name).isoformat()) for name in ("built", "expires")}
        return say("copy", "holds", **named, **days)

    def data(self) -> dict[str, Any]:
        """Give what the scripts know of it."""
        return {
            "built": self.built.isoformat(),
            "expires": self.expires.isoformat(),
            "withdrawn": self.withdrawn,
            "sha256": self.rulebook.sha256,
        }


def folder_of(copy: Copy, rendered: Mapping[str, str]) -> dict[str, str]:
    """Give the files of a folder, by their names; `rendered` are the pages that show the rulebook itself."""
    modules = _modules(copy)
    used = {*in_order(modules, PAGE), *in_order(modules, SEARCH)}
    files = {
        "index.html": _page(copy),
        "page.css": _read("page/page.css"),
        "icon.svg": (FRAME / "prompt.svg").read_text("utf-8"),
        "app.webmanifest": json.dumps(_manifest(), indent=2) + "\n",
        **{name: modules[name] for name in sorted(used)},
        **{f"rulebook/{name}": text for name, text in rendered.items()},
    }
    version = sha256(json.dumps(files).encode()).hexdigest()[:12]
    return files | {WORKER: _filled(WORKER, version=version, files=_as_is(json.dumps(sorted(files))))}


def single_of(copy: Copy) -> str:
    """Give one page that holds all of it, and asks for nothing."""
    modules = _modules(copy)
    modules[LEARN] = 'import { search } from "./search.js";\nexport const learn = async () => search();\n'
    modules[PAGE] = modules[PAGE].replace(_INSTALLED, "")
    return _page(copy, bundled(modules, PAGE))


def _modules(copy: Copy) -> dict[str, str]:
    """Give every module by its name."""
    rulebook = copy.rulebook
    data = {
        "rulebook": rulebook_data(rulebook),
        "said": said_data(rulebook),
        "words": search_data(rulebook),
        "copy": copy.data(),
    }
    scripts = (path for path in (HERE / "script").rglob("*.js"))
    return {
        **{path.relative_to(HERE).as_posix(): path.read_text("utf-8") for path in scripts},
        **{f"data/{name}.js": f"export const {name} = {_in_script(one)};\n" for name, one in data.items()},
        PROMPT: module_of((rulebook,), local=True).content.decode(),
        **{name: _read(f"page/{name}") for name in (PAGE, "install.js")},
    }


def _in_script(data: Any) -> str:
    """Write data as JavaScript, with nothing in it that would end a script in a page."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _page(copy: Copy, script: str | None = None) -> str:
    """Write the page: one that asks for its files, or one that has the script in itself."""
    rulebook, look = copy.rulebook, _read("page/page.css")
    return _filled(
        "index.html",
        rulebook=rulebook,
        prose=Prose(rulebook).html,
        holds=copy.holds,
        emergency=" or ".join(dict.fromkeys(one["number"] for one in emergency_numbers(rulebook))),
        numbers=if_worse_numbers(rulebook),
        single=script is not None,
        look=_as_is(look),
        script=_as_is(script or ""),
        policy=_policy(copy, script, look),
    )


def _policy(copy: Copy, script: str | None, look: str) -> str:
    """Give what the page allows itself: its own files, or what stands in it by its hash; and no connection."""
    if script is not None:
        return f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(look)}; img-src data:; {_NOWHERE}"
    own = " ".join(f"{kind}-src 'self';" for kind in ("script", "style", "img", "manifest", "worker"))
    asked = " connect-src 'self';" * bool(copy.withdrawn)
    return f"default-src 'none'; {own}{asked} {_NOWHERE}"


_NOWHERE = "base-uri 'none'; form-action 'none'"


def _as_is(text: str) -> Markup:
    """Give a text of ours that is no HTML: a script, or a look."""
    return Markup(text)  # noqa: S704 - nothing in it is anybody else's


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _manifest() -> dict[str, Any]:
    """Describe the page as an app for a telephone."""
    return {
        "name": "Think through a worry about a child",
        "short_name": "Level of need",
        "lang": "en-GB",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }


def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _filled(name: str, **places: Any) -> str:
    return _PAGES.get_template(name).render(places)
