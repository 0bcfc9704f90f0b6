"""What of a request may be named in logs and metrics: nothing that the caller wrote."""

from __future__ import annotations

from starlette.types import Scope

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""Methods that are named; any other word is the caller's."""


def template(scope: Scope) -> str:
    """Give the address as the code writes it, such as `/v1/rulebooks/{id}`; never the path that was asked for."""
    return str(getattr(scope.get("route"), "path", "(none)"))


def method(scope: Scope) -> str:
    """Give the method, if it is one of HTTP's."""
    return scope["method"] if scope["method"] in METHODS else "(other)"
