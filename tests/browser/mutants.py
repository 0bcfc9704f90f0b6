"""Slips in the scripts, one at a time: whether each is found out by what the scripts are held against.

`python -m tests.browser.mutants` tries 250, with 1000 behind it more. A slip is found out where any document is
another than Python's, or there is none. Those that can change nothing are listed, each with its reason.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pydantic_core import to_json

from rhrt import Rulebook, load_rulebook
from rhrt.browser.rulebook import encoded, rulebook_data
from rhrt.record import check
from rhrt.steward.cases import read_examples
from rhrt.testing.making import seeded
from rhrt.testing.properties import Written
from tests.browser.node import program
from tests.browser.scripted import SCRIPTS, Python
from tests.browser.test_equal_documents import FOLDERS, NO_RECORD, REFUSED, chosen_records, every_answer
from tests.conftest import RULEBOOK_FOLDER

USUAL = 250
FILES = ("evaluate", "plain", "record", "conclude", "questions", "changes", "document")
SLIPS = (
    (" === ", " !== "), (" !== ", " === "), (" && ", " || "), (" || ", " && "), (" > ", " >= "), (" < ", " <= "),
    (" >= ", " > "), (" <= ", " < "), (" + ", " - "), (" ?? ", " && "), (".some(", ".every("),
    (".every(", ".some("),
    ('"yes"', '"no"'), ('"not-known"', '"no"'), ('"present"', '"absent"'), ("[0, level]", "[level]"),
    ("Math.max", "Math.min"), ("true", "false"), ("false", "true"), ("filter(", "filter((one) => true || "),
    (" || null", ""), ("...", ""), (".slice(0, ", ".slice(1, "), ("-= 1", "-= 2"),
)  # fmt: skip
"""What a hand that slips would write in place of what stands there."""

_SAID = re.compile(r"^\s*(//|/\*\*|\*|import |export class |throw )")
"""Lines of which no slip is tried: comments, imports and the words of errors."""

NEVER_LESS = "a rung above, or a judgement of the level itself, is looked at again: it must raise the level"
EQUIVALENT: dict[tuple[str, str], str] = {
    (
        "plain.js",
        "(one) => this.#sign.get(one).level >= level && ladders.some((ladder) => ladder.rungs.includes(one)),",
    ): "the rungs of a ladder rise, and the sign itself is marked absent",
    ("plain.js", "told[code] = false;"): "it is asked whether there is one, not what it is",
    ("plain.js", "if (memory.size > MOST) memory.clear();"): "one more is remembered",
    ("evaluate.js", "if (memory.size > MOST) memory.clear();"): "one more is remembered",
    (
        "changes.js",
        'if (after >= level) found.push(change("up", after, { ...NOTHING, present: [id] }));',
    ): NEVER_LESS,
    ("changes.js", "const raising = this.#raising.filter(([own]) => own >= level);"): NEVER_LESS,
    (
        "changes.js",
        "const key = [...other.present, Object.keys(other.situation), ...Object.keys(other.follow_ups)].join();",
    ): "a list in a list is joined the same",
    (
        "changes.js",
        "const key = [other.present, ...Object.keys(other.situation), ...Object.keys(other.follow_ups)].join();",
    ): "a list in a list is joined the same",
    ("document.js", "return { level: own, agrees: false, reason, said: own >= level ? higher : lower, policy };"): (
        "where both are the same they agree, and that was said before"
    ),
    ("conclude.js", "if (!Array.isArray(one) && !Array.isArray(other)) return one === other;"): (
        "both are lists or neither is: a list and none would be told apart by its length"
    ),
}
"""Why a slip can change no document, by its file and the line as it then stands."""


class Slip(NamedTuple):
    """One slip: a file, the place in its text, what stands there and what would."""

    file: str
    at: int
    before: str
    after: str

    @property
    def made(self) -> str:
        """The file with the slip in it."""
        text = (SCRIPTS / self.file).read_text("utf-8")
        return text[: self.at] + self.after + text[self.at + len(self.before) :]

    @property
    def line(self) -> str:
        """The line as it then stands."""
        made = self.made
        return made[made.rfind("\n", 0, self.at) + 1 : made.find("\n", self.at)].strip()


def slips() -> Iterator[Slip]:
    """Give every slip that is tried."""
    for file in (f"{name}.js" for name in FILES):
        text = (SCRIPTS / file).read_text("utf-8")
        for before, after in SLIPS:
            for found in re.finditer(re.escape(before), text):
                start = text.rfind("\n", 0, found.start()) + 1
                if not _SAID.match(text[start : text.find("\n", found.start())]):
                    yield Slip(file, found.start(), before, after)


class Held:
    """Rulebooks and records with the documents of Python, as one input for the scripts and what they are to say."""

    def __init__(self) -> None:
        self._asked: list[bytes] = []
        self._wanted: list[object] = []
        for folder in FOLDERS.values():
            rulebook = load_rulebook(folder)
            cases = [json.loads(check(one.record, rulebook).content()) for one in read_examples(folder / "cases")]
            self._hold(rulebook, [*cases, *every_answer(rulebook), *chosen_records(rulebook, 3, 250)])
        refused = [*REFUSED.values(), *NO_RECORD.values()]
        self._hold(load_rulebook(RULEBOOK_FOLDER), [])
        self._asked.append(to_json({"records": refused}))
        self._wanted.append(json.loads(self._said(SCRIPTS)[-1]))  # tests hold them against Python's
        for rulebook in map(seeded, range(25)):
            self._hold(rulebook, [*chosen_records(rulebook, 3, 15)])

    def _hold(self, rulebook: Rulebook, records: list[Written]) -> None:
        python = Python()
        python.know(rulebook)
        self._asked += [b'{"rulebook":%b}' % encoded(rulebook_data(rulebook)), to_json({"records": records})]
        self._wanted += ["ready", [sha256(python.expected(one)).hexdigest() for one in records]]

    def by(self, scripts: Path) -> bool:
        """Say whether these scripts give every document."""
        try:
            said = self._said(scripts)
        except subprocess.TimeoutExpired:
            return False
        return len(said) == len(self._wanted) and all(
            json.loads(one) == wanted for one, wanted in zip(said, self._wanted, strict=True)
        )

    def _said(self, scripts: Path) -> list[bytes]:
        """Give what these scripts say. Raises TimeoutExpired where they say nothing for two minutes."""
        asked = b"\n".join(self._asked) + b"\n"
        words = program("equal.mjs", (scripts / "assess.js").as_uri())
        return subprocess.run(words, input=asked, capture_output=True, timeout=120, check=False).stdout.splitlines()


def main() -> None:
    """Try slips, and say which were not found out. Ends with 1 where there is one that nobody has reviewed."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    held = Held()
    assert held.by(SCRIPTS), "without a slip all is the same"
    every = [*slips()]
    chosen = Random(15).sample(every, min(many, len(every)))
    missed = [one for one in chosen if lives(one, held)]
    left = [one for one in missed if (one.file, one.line) not in EQUIVALENT]
    for one in left:
        print(f"{one.file}: {one.before.strip()} as {one.after.strip() or 'nothing'}: {one.line}")
    found, equal = len(chosen) - len(missed), len(missed) - len(left)
    print(f"{found} of {len(chosen)} slips are found out; {equal} can change nothing.")
    sys.exit(bool(left))


def lives(slip: Slip, held: Held) -> bool:
    """Say whether nobody would find out a slip."""
    with TemporaryDirectory() as folder:
        scripts = Path(folder) / "script"
        shutil.copytree(SCRIPTS, scripts)
        (scripts / slip.file).write_text(slip.made, encoding="utf-8")
        return held.by(scripts)


if __name__ == "__main__":
    main()
