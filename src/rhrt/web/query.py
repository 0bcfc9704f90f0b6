"""Reading the query of an address. What is not known is refused, so that a misspelt name is never ignored."""

from __future__ import annotations

from fastapi import Request

from rhrt.faults import BadInput, Fault, nearest, one_of

MOST_TOLD = 20
"""How many faults of an address are told."""


def query(request: Request, *known: str) -> dict[str, str]:
    """Give the parameters of an address. Raises BadInput for one that is not known or is written twice."""
    faults, given = [], dict[str, str]()
    for name, value in request.query_params.multi_items():
        if name not in known:
            remedy = nearest(name, known) or (f"Use {one_of(known)}." if known else "Leave it out.")
            faults.append(Fault(f"query.{name[:60]}", "This parameter is not known here.", remedy))
        elif name in given:
            faults.append(Fault(f"query.{name}", "This parameter is written twice.", "Keep one of the two."))
        given[name] = value
    if faults:
        raise BadInput(faults[:MOST_TOLD])
    return given
