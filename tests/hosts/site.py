"""The site that has the forms, of another origin than the service: with a strict policy where it can."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.browser.sites import answering
from tests.hosts.packages import guide

_SHELL = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A form</title>
<link rel="icon" href="data:,">{scripts}</head><body><main><h1>A form</h1>{body}</main></body></html>"""
_MODULE = '<script type="module" src="{url}/rhrt-prompt.js"></script>'
_HOST = '<script type="module" src="/{name}.js"></script>'
_FORM = """{problem}<form method="post" action="?{query}">
<label for="story">What has happened?</label><textarea id="story" name="story">{story}</textarea>
<fieldset>{prompts}</fieldset><button>Send</button><button type="reset">Clear</button></form>"""
PROBLEM = "Say what has happened"
_PROBLEM = f'<div role="alert"><h2>There is a problem</h2><a href="#story">{PROBLEM}</a></div>'

ONE = [("rhrt", "The child")]
TWO = [("first", "First child"), ("second", "Second child")]

Fields = dict[str, str]


class Form(NamedTuple):
    """A form that needs no framework: the policy and the scripts of its page, and how it writes a prompt."""

    policy: str
    scripts: str
    prompt: str


FORMS = {
    "plain": Form(
        "default-src 'none'; script-src 'self' {url}; connect-src {url}; img-src data:; form-action 'self'",
        _MODULE,
        '<rhrt-prompt name="{name}" label="{label}" value="{value}">In danger, call 999.</rhrt-prompt>',
    ),
    "framed": Form(
        "default-src 'none'; script-src 'self'; frame-src {url}; img-src data:; form-action 'self'",
        '<script type="module" src="/host.js"></script>',
        """<iframe title="{label}" data-label="{label}" data-name="{name}" data-prompt="{url}/prompt"></iframe>
        <textarea name="{name}-record" hidden>{value}</textarea>""",
    ),
}


def written(form: Form, url: str, query: str, sent: Fields | None) -> str:
    """Write the page as its server does: with what was sent, where there is a problem; else what it received."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    if sent and sent.get("story"):
        return _SHELL.format(scripts="", body=f"<h2>Received</h2><pre>{escape(json.dumps(sent))}</pre>")
    values = sent or {f"{name}-record": draft for name, draft in json.loads(asked.get("draft", "{}")).items()}
    prompts = "".join(
        form.prompt.format(url=url, name=name, label=label, value=escape(values.get(f"{name}-record", "")))
        for name, label in (TWO if "two" in asked else ONE)
    )
    problem, story = "" if sent is None else _PROBLEM, escape(values.get("story", ""))
    body = _FORM.format(problem=problem, query=escape(query), story=story, prompts=prompts)
    return _SHELL.format(scripts=form.scripts.format(url=url), body=body)


def hosted(url: str, name: str, first: str) -> str:
    """Write the page of a host that makes its form by script: the prompt's module runs before or after it."""
    head = guide(name.partition("-")[0])["head.html"].replace("https://rhrt.example.org/rhrt", url)
    modules = [head, _HOST.format(name=name)]
    scripts = "".join(reversed(modules) if first == "host" else modules)
    return _SHELL.format(scripts=scripts, body='<div id="app"></div>')


def answered(sent: str) -> str:
    """Say what the server of such a host found in what was sent to it."""
    found = json.loads(sent)
    return json.dumps({"received": found} if found.get("story") else {"problem": PROBLEM})


class Answer(NamedTuple):
    """What the site answers: a media type, a content and a policy."""

    kind: str
    content: str
    policy: str = ""


@dataclass
class Answers:
    """What the site has: the service of its prompts, and the scripts by the names of their pages."""

    url: str
    script: Callable[[str], str]

    def to(self, path: str, query: str, sent: str | None) -> Answer:
        """Answer a request: ``sent`` is what it was sent, if anything."""
        if path in FORMS:
            form, fields = FORMS[path], None if sent is None else dict(parse_qsl(sent, keep_blank_values=True))
            return Answer("text/html", written(form, self.url, query, fields), form.policy.format(url=self.url))
        if sent is not None:
            return Answer("application/json", answered(sent))
        if path.endswith(".js"):
            return Answer("text/javascript", self.script(path.removesuffix(".js")))
        if path == "elsewhere":
            return Answer("text/html", _SHELL.format(scripts="", body="Elsewhere"))
        return Answer("text/html", hosted(self.url, path, parse_qs(query).get("first", ["module"])[0]))


@contextmanager
def site(url: str, port: int, script: Callable[[str], str]) -> Iterator[str]:
    """Serve the pages: a script is asked for by the name of its page."""
    answers = Answers(url, script)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(None)

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def answer(self, sent: str | None) -> None:
            asked = urlsplit(self.path)
            found = answers.to(asked.path.strip("/"), asked.query, sent)
            self.send_response(200)
            self.send_header("Content-Type", f"{found.kind}; charset=utf-8")
            if found.policy:
                self.send_header("Content-Security-Policy", found.policy)
            self.end_headers()
            self.wfile.write(found.content.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with answering(port, Handler) as at:
        yield at
