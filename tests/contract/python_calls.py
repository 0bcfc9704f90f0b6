"""Makes every call of the API with a client of openapi-python-client: `python -m tests.contract.python_calls URL`.

A key may follow. The client, `rhrt_client`, must be on the path: `tests.contract.openapi` makes it.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from typing import Any

CALL = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
RECORD: dict[str, Any] = {"indicators": {"present": ["lack-of-food"]}, "situation": {"immediate_danger": "no"}}


def main(url: str, key: str = "") -> None:
    """Make each call, and look at what came back as what it came back."""
    made = import_module("rhrt_client")
    client = made.AuthenticatedClient(base_url=url, token=key) if key else made.Client(base_url=url)
    models = import_module("rhrt_client.models")
    called = set()

    def ask(name: str, kind: str, **given: Any) -> Any:
        """Call an operation by its name. What is answered is of this class."""
        called.add(name)
        answer = import_module(f"rhrt_client.api.{name}").sync_detailed(client=client, **given)
        assert answer.status_code == 200, answer
        if kind:
            assert type(answer.parsed).__name__ == kind, type(answer.parsed)
        return answer.parsed if kind else answer.content.decode()

    def a(kind: str, document: dict[str, Any]) -> Any:
        """Make what is sent. With several rulebooks the class of the first is numbered."""
        return (getattr(models, kind, None) or getattr(models, f"{kind}1")).from_dict(document)

    assert ask("api.assessments", "SuggestionDocument", body=a("Record", RECORD)).level == 3
    assert ask("api.prompt", "PromptDocument", body=a("Record", RECORD)).suggestion.level == 3
    first = ask("api.rulebooks", "RulebooksDocument").rulebooks[0].id
    signs = ask("api.rulebook", "RulebookDocument", id=first).indicators
    assert "lack-of-food" in {sign.id for sign in signs}
    assert ask("api.indicators", "Found", q="always hungry").indicators
    assert ask("api.spotted", "Spotted", body=models.SpottedBody(text="He is always hungry.")).concerns
    assert ask("api.health", "Health").status == "ok"
    assert "rhrt_requests_total" in ask("api.metrics", "")
    hook = ask("cds_hooks.services", "Services").services[0].hook
    context = {**RECORD, "text": "He is always hungry.", "userId": "Practitioner/7"}
    body = {"hook": hook, "hookInstance": CALL, "context": context}
    cards = ask("cds_hooks.service", "Cards", body=a("HookRequest", body)).cards
    assert cards[0].extension.alt_rhrt.level == 3
    assert cards[-1].extension.alt_rhrt.notice
    outcome = {
        "card": cards[0].uuid,
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": cards[0].suggestions[0].uuid}],
        "outcomeTimestamp": "2026-01-31T09:30:00Z",
    }
    ask("cds_hooks.feedback", "Noted", body=a("Feedback", {"feedback": [outcome]}))
    assert called == {*operations()}, "each operation is called"


def operations() -> list[str]:
    """Give each operation that the client has; every module of it is imported."""
    package = import_module("rhrt_client")
    found = [one.name for one in pkgutil.walk_packages(package.__path__, "rhrt_client.")]
    for name in found:
        import_module(name)
    return [name.removeprefix("rhrt_client.api.") for name in found if name.count(".") == 3 and ".api." in name]


if __name__ == "__main__":
    main(*sys.argv[1:])
