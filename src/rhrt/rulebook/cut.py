"""Words that a comment has cut off: in YAML ` #` begins one, in the middle of a sentence too."""

from collections.abc import Iterator

from rhrt.files import Location, Written

_TEXTS = frozenset({
    "area", "by_when", "change", "check", "group", "guides", "higher", "hours", "if_worse", "lower",
    "meaning", "name", "narrative", "no_answer", "no_level", "note", "notice", "number", "policy",
    "printed_heading", "question", "section", "sentence", "set_by", "short", "text", "title", "what", "who", "why",
    "why_not", "wording",
})  # fmt: skip
"""The keys whose words people read."""

_LISTS = frozenset({"also", "guidance", "names", "printed", "synonyms", "words"})
"""The keys of lists whose words people read or search by."""


def cut_off(written: Written) -> Iterator[tuple[Location, str, str]]:
    """Give each text without quotes that a comment follows on its line: where, what is wrong, and what to do.

    Ids, dates and answers may have a comment beside them; so may what stands in quotes.
    """
    for location in sorted(written.commented, key=written.places.__getitem__):
        if is_text(location):
            what = "What stands here after ' #' is not read: it is a comment, and cuts the text off."
            remedy = "Put the whole text in quotes, or the comment on a line of its own."
            yield location, what, remedy


def is_text(location: Location) -> bool:
    """Say whether people read the words at a location of a rulebook's files, or search by them."""
    if location == ("by",) or location[:1] == ("said",):  # of a hand's ways of saying the signs
        return True
    key = next((step for step in reversed(location) if isinstance(step, str)), "")
    return key in (_LISTS if location and isinstance(location[-1], int) else _TEXTS)
