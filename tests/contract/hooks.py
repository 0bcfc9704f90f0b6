"""`python -m tests.contract.hooks`: clients of CDS Hooks that others wrote ask a real server, and get their cards.

It needs npm and Node 20 or later. Medplum's client comes from npm. The official sandbox is on no registry: its
exchange code is read from GitHub, or from a clone that `RHRT_SANDBOX` names, at one commit and by hash. Nothing of
it is kept here. Where neither can be had, the sandbox is not tried: that is said, and the exit code is 3, not 0.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2

from tests.contract.openapi import installed, run
from tests.server import serving

COMMIT = "3b7e25546771c6e7fc5e360aa7db6eb64af0b8b6"
"""The commit of github.com/cds-hooks/sandbox."""

FILES = Path(__file__).parent / "npm" / "sandbox.sha256"
"""Its exchange code and all that it imports, each with its hash, as `sha256sum` writes it."""

HOOKS = ("alt.rhrt.safeguarding-referral-draft", "safeguarding-referral-draft")
CONTEXT = {"indicators": {"present": ["lack-of-food"]}, "situation": {"immediate_danger": "not-known"},
           "text": "Mum is drinking more."}  # fmt: skip
LEFT_OUT = 3
"""The exit code where the sandbox could not be had."""


def faults(part: Any, where: str = "$") -> Iterator[str]:
    """Find what the specification says no JSON of CDS Hooks may have: null, or empty."""
    if part in (None, "", [], {}):
        yield where
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from faults(value, f"{where}.{key}")


def see_discovery(services: list[dict[str, Any]]) -> None:
    """See that each service is described as the specification has it."""
    assert not [*faults(services)]
    assert {service["hook"] for service in services} == set(HOOKS)
    for service in services:
        assert {"hook", "description", "id"} <= set(service)


def see_cards(cards: list[dict[str, Any]]) -> None:
    """See that cards are as the specification has them, and those of the context."""
    assert not [*faults(cards)]
    assert len(cards) == 3, cards
    for card in cards:
        assert {"summary", "indicator", "source"} <= set(card)
        assert len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"]
        assert ("suggestions" in card) == ("selectionBehavior" in card)
        assert all(reason["code"] and reason["display"] for reason in card.get("overrideReasons", ()))
        assert all(suggestion["label"] for suggestion in card.get("suggestions", ()))
        assert re.fullmatch("[0-9a-f-]{36}", card["uuid"])
    assert cards[0]["summary"].endswith("Suggested: Level 3, Intensive.")


def by_medplum(folder: Path) -> None:
    """Ask by Medplum's client."""
    for hook in HOOKS:
        with serving() as server:
            told = json.loads(run(folder, "node", "medplum.mjs", server.url, "", hook, json.dumps(CONTEXT)))
        see_discovery(told["services"])
        assert told["request"]["context"]["userId"]
        see_cards(told["response"]["cards"])
    print("Medplum's client: it finds the service and gets its cards, by both names of the hook.")


def sandbox(folder: Path) -> bool:
    """Fetch the sandbox's exchange code; say whether it could be had. Raises RuntimeError where it is another."""
    for hashed, name in map(str.split, FILES.read_text(encoding="utf-8").splitlines()):
        content = _file(name)
        if content is None:
            return False
        if sha256(content).hexdigest() != hashed:
            raise RuntimeError(f"{name} of the sandbox is not the file that was looked at.")
        path = folder / "sandbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return True


def _file(name: str) -> bytes | None:
    if clone := os.environ.get("RHRT_SANDBOX"):
        return subprocess.run(
            ["git", "-C", clone, "show", f"{COMMIT}:{name}"], check=True, capture_output=True
        ).stdout
    try:
        answer = httpx2.get(f"https://raw.githubusercontent.com/cds-hooks/sandbox/{COMMIT}/{name}", timeout=20)
    except httpx2.HTTPError:
        return None
    return answer.content if answer.status_code == 200 else None


def by_sandbox(folder: Path) -> None:
    """Ask by the sandbox's own code."""
    bundled = ("--bundle", "--platform=node", "--format=esm", "--loader:.pem=text", "--outfile=made/sandbox.mjs")
    head = (
        "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
    )
    run(folder, "npx", "--no-install", "esbuild", "sandbox.mjs", *bundled, head, "--log-level=warning")
    for hook in HOOKS:
        for token in ("", "a-token"):
            with serving() as server:
                asked = ("made/sandbox.mjs", server.url, hook, json.dumps(CONTEXT), token)
                told = json.loads(run(folder, "node", *asked))
            assert told["responseStatus"] == 200, told
            assert {"userId", "patientId"} <= set(told["request"]["context"])
            assert ("fhirAuthorization" in told["request"]) == bool(token)
            see_cards(told["response"]["cards"])
    print(
        "The official sandbox's exchange code: it gets its cards, by both names of the hook, with a token or not."
    )


def main() -> int:
    """Ask by each client; give the exit code."""
    with installed() as folder:
        by_medplum(folder)
        if not sandbox(folder):
            print(
                "NOT TRIED: the official sandbox. GitHub does not answer from here: name a clone by RHRT_SANDBOX."
            )
            return LEFT_OUT
        by_sandbox(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
