"""Modules of JavaScript as one script, for a page that can load none: each in a function of its own, in order."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)


def in_order(modules: Mapping[str, str], first: str) -> list[str]:
    """Give the names of a module and of all that it imports, each after what it needs."""
    ordered: dict[str, None] = {}

    def take(name: str) -> None:
        if name not in ordered:
            for needed in imported(name, modules[name]):
                take(needed)
            ordered[name] = None

    take(first)
    return list(ordered)


def imported(name: str, module: str) -> Iterator[str]:
    """Give the names of the modules that one imports."""
    return (_beside(name, path) for _, path in _IMPORT.findall(module))


def bundled(modules: Mapping[str, str], first: str) -> str:
    """Give a module with all that it imports as one script."""
    return "const MODULES = {};\n" + "".join(_alone(name, modules[name]) for name in in_order(modules, first))


def _alone(name: str, module: str) -> str:
    exported = ", ".join(_EXPORT.findall(module))
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(name, *found.groups()), module))
    return f'MODULES["{name}"] = (() => {{\n{body}return {{ {exported} }};\n}})();\n'


def _taken(name: str, names: str | None, path: str) -> str:
    taken = " ".join((names or "").replace(" as ", ": ").split())
    return f'const {{ {taken} }} = MODULES["{_beside(name, path)}"];\n' if taken else ""


def _beside(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))
