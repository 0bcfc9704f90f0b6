"""A new rulebook: small, whole and safe, made of the templates in the folder `starter`.

A template is a file of the rulebook with words such as $top in it, in its name too. One whose name holds $level is
written once for each level between the first and the last. Those in `parts` go into others.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from rhrt.faults import BadInput, Fault
from rhrt.files import no_folder
from rhrt.parser import parse, read
from rhrt.rulebook.ids import KEBAB, kebab
from rhrt.rulebook.load import bundled, digest
from rhrt.rulebook.model import Rulebook
from rhrt.rulebook.read import read_rulebook
from rhrt.steward.write.fill import held, is_leftover, write_listed
from rhrt.steward.write.transcription import digest as digest_of_wordings

FEWEST_LEVELS, MOST_LEVELS, USUAL_LEVELS = 2, 6, 4
"""How many levels a new rulebook can have, and has unless somebody says otherwise."""

UNFINISHED = "not-finished-by-rhrt.txt"
"""The list of what is written, which a folder holds until all of it is."""

_STARTER = Path(__file__).parent / "starter"


class Start(NamedTuple):
    """What is asked of somebody who starts a rulebook."""

    id: str
    title: str
    area: str
    levels: int


def start_in(folder: Path) -> Start:
    """Give what fits the name of a folder; words are empty where the name has no letters to make them of."""
    name = kebab(folder.absolute().name)
    area = " ".join(word.capitalize() for word in name.split("-") if not word.isdigit())
    return Start(name, f"{area} levels of need" if area else "", area, USUAL_LEVELS)


def faults_of(start: Start) -> Iterator[Fault]:
    """Give every fault of what somebody gave, each at its option."""
    if not KEBAB.match(start.id):
        what = f"'{start.id[:80]}' is not a plain name."
        yield Fault("--id", what, "Use small letters and hyphens, such as my-area-2026.")
    elif start.id in bundled():
        yield Fault("--id", f"A rulebook '{start.id}' comes with rhrt.", "Give yours a name of its own.")
    for option, words in (("--title", start.title), ("--area", start.area)):
        if not words.strip():
            yield Fault(option, "There are no words here.", f"Write {option} and a few words.")
        elif not words.isprintable():
            yield Fault(option, "There is a character here that text may not hold.", "Write plain words.")
    if not FEWEST_LEVELS <= start.levels <= MOST_LEVELS:
        few = abs(start.levels) < 100
        what = f"A new rulebook cannot have {start.levels} levels." if few else "That is too many."
        yield Fault("--levels", what, f"Write a number from {FEWEST_LEVELS} to {MOST_LEVELS}.")


def refuse_taken(folder: Path) -> None:
    """Raise BadInput unless a folder is empty, is not there, or holds only what a run that was stopped left."""
    try:
        if (folder / UNFINISHED).is_file():
            held(folder, UNFINISHED)
            return
        what = no_folder(folder)
        taken = folder.is_file() or (folder.is_dir() and not all(is_leftover(path) for path in folder.iterdir()))
    except BadInput:
        raise
    except (OSError, ValueError):
        return  # writing to it says what is wrong
    if taken:
        raise BadInput([Fault(str(folder), "There is something here already.", "Name a new folder, or empty it.")])
    if what:
        raise BadInput([Fault(str(folder), f"This is {what}, not a folder.", "Name a new folder.")])


def write_new(folder: Path, start: Start) -> Rulebook:
    """Write a new rulebook to a folder that is empty or is not there, and give it.

    Raises BadInput with every fault of `start`, or where the folder is taken or cannot be written to.
    """
    if faults := [*faults_of(start)]:
        raise BadInput(faults)
    refuse_taken(folder)
    files = files_of(start, f"{date.today():%Y-%m}")
    contents = {name: text for name, text in files.items() if not name.startswith("cases/")}
    rulebook = read_rulebook(folder, contents, digest(contents))
    try:
        write_listed(folder, files, UNFINISHED)
        (folder / UNFINISHED).unlink()
    except BadInput:
        raise
    except (OSError, ValueError) as error:
        _empty(folder)
        what = f"A rulebook cannot be written here: {getattr(error, 'strerror', None) or 'it is no name'}."
        raise BadInput([Fault(str(folder)[:200], what, "Name a folder that you may write to.")]) from None
    return rulebook


def files_of(start: Start, month: str) -> dict[str, bytes]:
    """Give what each file of a new rulebook holds, by its name; `month` is put where a source says when."""
    between = _between(start.levels)
    words = _words(start, between, month)
    names = (template.relative_to(_STARTER).as_posix() for template in _STARTER.rglob("*.yaml"))
    own = [(name, between if "$level" in name else [{}]) for name in names if not name.startswith("parts/")]
    filled = [(name, {**words, **level}) for name, levels in own for level in levels]
    files = {Template(name).substitute(said): _filled(name, said) for name, said in filled}
    return dict(sorted(files.items()))


def _between(levels: int) -> list[dict[str, Any]]:
    """Name each level between the first and the last."""
    named: Any = read(_STARTER / "parts" / "names.yaml").value
    names = enumerate(named["between"][: levels - 2], 2)
    return [{"level": level, "name": name, "slug": kebab(name)} for level, name in names]


def _words(start: Start, between: Sequence[Mapping[str, Any]], month: str) -> dict[str, Any]:
    """Give what stands in the templates for each word with a dollar sign, but for those of one level."""
    top, below = start.levels, start.levels - 1
    words: dict[str, Any] = {
        # As JSON, whose words in quotes are YAML's too, whatever they hold.
        **{key: json.dumps(getattr(start, key), ensure_ascii=False) for key in ("id", "title", "area")},
        "month": month,
        "top": top,
        "below": below,
        "between": below if below == 2 else f"{{at_least: 2, at_most: {below}}}",
        "rungs": ", ".join([*(f"example-sign-{one['slug']}" for one in between), "example-child-in-need"]),
        "levels_above_1": ", ".join(map(str, range(2, top + 1))),
        "level_rules": ", ".join(f"level/{one['level']}" for one in between),
    }
    words["levels_between"] = "\n\n".join(_part("level", {**words, **one}) for one in between)
    for name in ("route", "clause"):
        words[f"{name}_between"] = _part(name, words) if between else ""
    return words


def _part(name: str, words: Mapping[str, Any]) -> str:
    return _template(f"parts/{name}.yaml").substitute(words).rstrip("\n")


def _template(name: str) -> Template:
    return Template((_STARTER / name).read_text(encoding="utf-8"))


def _filled(name: str, words: Mapping[str, Any]) -> bytes:
    """Fill in a template. A file of indicators says the digest of its wordings."""
    template = _template(name)
    if not name.startswith("indicators/"):
        return re.sub(r"\n{3,}", "\n\n", template.substitute(words)).encode()  # where a part is left out
    written: Any = parse(name, template.substitute(words, digest="").encode()).value
    return template.substitute(words, digest=digest_of_wordings(written["indicators"], written["level"])).encode()


def _empty(folder: Path) -> None:
    """Take away what was written, and nothing else."""
    with suppress(OSError, ValueError):
        for path in [*held(folder, UNFINISHED), folder / UNFINISHED]:
            path.unlink(missing_ok=True)
        for path in folder.iterdir():
            path.rmdir()
