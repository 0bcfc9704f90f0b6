"""rhrt suggests a level of need and a route from what a practitioner recorded about a child, with reasons.

It suggests; a person decides.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rhrt.faults import BadInput, EvaluatorsDiffer, Fault, NoAnswer, NotWhole
    from rhrt.reasoning.assess import assess
    from rhrt.record import Record
    from rhrt.rulebook.load import load_rulebook
    from rhrt.rulebook.model import Rulebook
    from rhrt.suggestion import Suggestion
    from rhrt.version import VERSION as __version__  # noqa: N811 - the name Python expects

__all__ = [
    "BadInput",
    "EvaluatorsDiffer",
    "Fault",
    "NoAnswer",
    "NotWhole",
    "Record",
    "Rulebook",
    "Suggestion",
    "__version__",
    "assess",
    "load_rulebook",
]

_HOMES = {
    **dict.fromkeys(("BadInput", "EvaluatorsDiffer", "Fault", "NoAnswer", "NotWhole"), "rhrt.faults"),
    "Record": "rhrt.record",
    "Rulebook": "rhrt.rulebook.model",
    "Suggestion": "rhrt.suggestion",
    "assess": "rhrt.reasoning.assess",
    "load_rulebook": "rhrt.rulebook.load",
}
"""Where each name lives: it is imported when it is first asked for.

pytest imports `rhrt.testing.plugin`, and this with it, at the start of every run wherever rhrt is installed. With
all names it would take four times as long (`python -m tests.benchmark`).
"""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("rhrt.version").VERSION
    if name not in _HOMES:
        raise AttributeError(f"module 'rhrt' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
