"""rhrt suggests a level of need and a route from what a practitioner recorded about a child, with reasons.

It suggests; a person decides.
"""

from rhrt.engine.assess import assess
from rhrt.faults import BadInput, EvaluatorsDiffer, Fault
from rhrt.record import Record
from rhrt.rulebook.load import load_rulebook
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion
from rhrt.version import VERSION as __version__  # noqa: N811 - the name Python expects

__all__ = [
    "BadInput",
    "EvaluatorsDiffer",
    "Fault",
    "Record",
    "Rulebook",
    "Suggestion",
    "__version__",
    "assess",
    "load_rulebook",
]
