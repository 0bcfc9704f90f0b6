"""All that the search by words reads in a browser, as data: see `script/search`."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from rhrt.browser.index import index_data
from rhrt.browser.packed import letters, packed, ranks
from rhrt.faults import BadInput
from rhrt.rulebook.model import Indicator, Rulebook
from rhrt.search import find, spot
from rhrt.search.english import english
from rhrt.search.find import Search


def search_data(rulebook: Rulebook) -> dict[str, Any]:
    """Give all that the search by words in a rulebook reads."""
    signs = _signs(rulebook)
    number = {one.id: place for place, one in enumerate(signs)}
    strengths = (place for place, one in enumerate(signs) if rulebook.level[one.level].strengths)
    return {
        "signs": [[one.id, one.n, one.level, one.heading, one.wording] for one in signs],
        "strengths": [*strengths],
        "concerns": _concerns(rulebook, number),
        "english": {name: read for name, read in english().items() if name != "about"},
        "index": index_data(rulebook),
        "telling": _telling(),
        "usual": spot.USUAL,
        "notice": spot.NOTICE,
        "nothing": spot.NOTHING,
        "refused": {
            "words": _refused(find.refuse_too_many, find.LONGEST_QUERY),
            "text": _refused(spot.refuse_too_long, spot.LONGEST),
        },
    }


def _signs(rulebook: Rulebook) -> list[Indicator]:
    """Give the signs by their numbers in the index, and after them what else stands on a ladder."""
    known = [one for one in rulebook.indicators if one.recordable]
    rungs = {id_ for ladder in rulebook.ladders for id_ in ladder.rungs}
    return known + [one for one in rulebook.indicators if not one.recordable and one.id in rungs]


def _concerns(rulebook: Rulebook, number: dict[str, int]) -> list[list[Any]]:
    """Give each concern: its id, its title and the numbers of its signs."""
    titles = {one.id: one.title for one in rulebook.ladders}
    return [
        [id_, titles.get(id_) or rulebook.indicator[signs[0]].wording, [number[sign] for sign in signs]]
        for id_, signs in Search(rulebook).concerns.items()
    ]


def _telling() -> dict[str, Any]:
    """Give the features of telling as sequences of words, and their weights in the same order."""
    weights: dict[str, int] = from_json((files("rhrt.search") / "telling.json").read_bytes())
    rank = ranks(feature.split(" ") for feature in weights)
    ordered = sorted(weights, key=lambda feature: [rank[word] for word in feature.split(" ")])
    least = min(weights.values())
    features = [[rank[word] for word in feature.split(" ")] for feature in ordered]
    above = letters(weights[feature] - least for feature in ordered)
    return {"features": packed([features], rank), "least": least, "above": above}


def _refused(refuse: Callable[[str, str], None], most: int) -> dict[str, Any]:
    """Give how many characters are read at most, and what is said of more."""
    try:
        refuse("x" * (most + 1), "")
    except BadInput as refusal:
        (fault,) = refusal.faults
        return {"most": most, "what": fault.what, "remedy": fault.remedy}
    raise AssertionError(f"{most} characters are not the most that is read")
