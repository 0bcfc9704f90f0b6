"""What one record comes to in two rulebooks at once: every pair of situations that records can meet.

The argument is that of `rhrt.rulebook.situations`, for pairs. A record that both rulebooks read marks ids that both
read, and gives answers that both know.

- Each id is a link from an indicator of the old rulebook to one of the new. What its mark comes to is a pair of
  signs. Pairs join as signs do, so links can be taken one at a time. Links that share an indicator are taken
  together, since a record may not mark one indicator in two ways.
- Whether the indicators present at the highest level are the same in both joins too: see `Pair.joined`.
- An answer that is not given is the default of each rulebook, and the two defaults may differ. A question that only
  one rulebook asks cannot be answered where the other must read the record: it stays at its default.
- Answers that no condition of either rulebook tells apart make one kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from math import prod
from typing import NamedTuple, get_args

from rhrt.rulebook.compare.asked import asked, kind_of
from rhrt.rulebook.model import Mark, Rulebook
from rhrt.rulebook.situations import NOTHING, Marks, Signs, Situations

MOST_SITUATIONS = 2_000_000
"""How many pairs of situations are looked at, at the most."""

MOST_LINKED = 5
"""How many links may share indicators before all ways of marking them are too many to look at."""


class TooMany(Exception):  # noqa: N818 - named for what it is
    """There are too many pairs of situations to look at each. The message says of what there are too many."""


class Link(NamedTuple):
    """An indicator of the old rulebook with one of the new, and the id by which a record names both."""

    id: str
    old: str
    new: str


class Pair(NamedTuple):
    """What the same marks come to in each rulebook.

    `same`: the ids of the indicators present at the highest level are the same in both.
    """

    old: Signs
    new: Signs
    same: bool

    def joined(self, other: Pair) -> Pair:
        """Give what both together come to. The two must be of links that share no indicator.

        The highest stand at the higher level of the two, or are those of both where the levels are equal. Where
        one part is higher in one rulebook and not in the other, some indicator is highest in only one of them.
        """
        higher = _order(self.old.level, other.old.level), _order(self.new.level, other.new.level)
        same = {
            (1, 1): self.same,
            (-1, -1): other.same,
            (0, 0): self.same and other.same,
        }.get(higher, False)
        return Pair(self.old.joined(other.old), self.new.joined(other.new), same)


BLANK = Pair(NOTHING, NOTHING, True)


def _order(one: int, other: int) -> int:
    return (one > other) - (one < other)


class Answers(NamedTuple):
    """One kind of answer to every question, as each rulebook reads it; `options` how many it stands for."""

    kinds: tuple[int, ...]
    said: Mapping[str, str]
    old: tuple[str, ...]
    new: tuple[str, ...]
    options: int


Ways = Mapping[Pair, Marks]
"""What some marks can come to, each with the fewest marks that come to it."""


class Together:
    """Two rulebooks side by side. What it gives raises TooMany where there are too many pairs of situations."""

    def __init__(self, old: Situations, new: Situations) -> None:
        self.old, self.new = old, new
        self.read_as = _links(old.rulebook, new.rulebook)
        self.asked = tuple(asked(old, new))

    @cached_property
    def marks(self) -> Ways:
        """What the marks of a record can come to."""
        return self.marks_without(())

    def marks_without(self, left_out: Collection[tuple[str, Mark]]) -> Ways:
        """Give what the marks of a record can come to that makes none of those left out."""
        reached: dict[Pair, Marks] = {BLANK: ()}
        self._refuse_more_than_can_be_looked_at(reached)
        for ways in _distinct(self._ways_of(links, left_out) for links in self._sharing):
            for pair, marks in list(reached.items()):
                for given, further in ways.items():
                    both = pair.joined(given)
                    if both not in reached or len(marks) + len(further) < len(reached[both]):
                        reached[both] = (*marks, *further)
            self._refuse_more_than_can_be_looked_at(reached)
        return dict(sorted(reached.items(), key=lambda one: len(one[1])))

    @property
    def options(self) -> int:
        """How many ways of answering there are, all answers told apart."""
        return prod(sum(map(len, asked.kinds)) for asked in self.asked)

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """One of each kind of answers."""
        return tuple(self._answers(kinds) for kinds in product(*[range(len(asked.kinds)) for asked in self.asked]))

    def reads(self, marked: Iterable[tuple[str, Mark]]) -> bool:
        """Say whether both rulebooks read all the ids, and neither reads one indicator as marked in two ways."""
        marks = [(self.read_as.get(id_), mark) for id_, mark in marked]
        for side in ("old", "new"):
            read = {(getattr(link, side), mark) for link, mark in marks if link}
            if len({id_ for id_, _ in read}) < len(read):
                return False
        return all(link for link, _ in marks)

    def pair_of(self, marked: Iterable[tuple[str, Mark]]) -> Pair:
        """Give what marks come to, worked out from all of them at once."""
        links = [(self.read_as[id_], mark) for id_, mark in marked]
        old = _all_of(self.old, [(link.old, mark) for link, mark in links])
        new = _all_of(self.new, [(link.new, mark) for link, mark in links])
        present = [link for link, mark in links if mark == "present"]
        top = highest(self.old, (link.old for link in present)), highest(self.new, (link.new for link in present))
        return Pair(old, new, top[0] == top[1])

    def kinds_of(self, given: Mapping[str, str]) -> tuple[int, ...] | None:
        """Give the kind of the answer to each question, or None where either rulebook does not know one."""
        kinds = [kind_of(asked, given.get(asked.id)) for asked in self.asked]
        known = [kind for kind in kinds if kind is not None]
        if len(known) < len(kinds) or not given.keys() <= {asked.id for asked in self.asked}:
            return None
        return tuple(known)

    def _refuse_more_than_can_be_looked_at(self, reached: Ways) -> None:
        if len(reached) * prod(len(asked.kinds) for asked in self.asked) > MOST_SITUATIONS:
            raise TooMany(f"There are more than {MOST_SITUATIONS:,} pairs of situations to look at.")

    @cached_property
    def _sharing(self) -> tuple[tuple[Link, ...], ...]:
        """The links, those together that share an indicator."""
        groups: list[tuple[set[str], list[Link]]] = []
        for link in dict.fromkeys(self.read_as.values()):
            ids, links = {link.old, link.new}, [link]
            for group in [group for group in groups if group[0] & ids]:
                groups.remove(group)
                ids, links = ids | group[0], [*group[1], *links]
            groups.append((ids, links))
        return tuple(tuple(links) for _, links in groups)

    def _ways_of(self, links: tuple[Link, ...], left_out: Collection[tuple[str, Mark]]) -> Ways:
        """Give what marks of links that share indicators can come to, the fewest marks for each."""
        if len(links) > MOST_LINKED:
            raise TooMany(
                f"More than {MOST_LINKED} ids are read as '{links[0].old}', or share an indicator with it."
            )
        ways: dict[Pair, Marks] = {}
        choices = [[None, *(mark for mark in get_args(Mark) if (link.id, mark) not in left_out)] for link in links]
        for chosen in product(*choices):
            marked = tuple((link.id, mark) for link, mark in zip(links, chosen, strict=True) if mark)
            pair = self.pair_of(marked)
            if self.reads(marked) and pair != BLANK and len(marked) < len(ways.get(pair, (*marked, None))):
                ways[pair] = marked
        return ways

    def _answers(self, kinds: tuple[int, ...]) -> Answers:
        chosen = {asked.id: asked.kinds[kind] for asked, kind in zip(self.asked, kinds, strict=True)}
        first = {id_: options[0] for id_, options in chosen.items()}
        return Answers(
            kinds,
            {id_: option.said for id_, option in first.items() if option.said is not None},
            tuple([first[id_].old or "" for id_ in self.old.rulebook.questions]),
            tuple([first[id_].new or "" for id_ in self.new.rulebook.questions]),
            prod(map(len, chosen.values())),
        )


def read_as(rulebook: Rulebook, id_: str) -> str | None:
    """Give the indicator that a rulebook reads an id as, or None where it cannot be recorded there."""
    current = id_ if id_ in rulebook.position else rulebook.aliases.get(id_)
    return current if current in rulebook.position else None


def highest(situations: Situations, present: Iterable[str]) -> frozenset[str]:
    """Give the ids at the highest level of some."""
    known = situations.rulebook.indicator
    levels = {id_: known[id_].level for id_ in present}
    top = max(levels.values(), default=0)
    return frozenset(id_ for id_, level in levels.items() if level == top)


def _all_of(situations: Situations, marked: Iterable[tuple[str, Mark]]) -> Signs:
    signs = NOTHING
    for id_, mark in marked:
        signs = signs.joined(situations.signs_of(id_, mark))
    return signs


def _links(old: Rulebook, new: Rulebook) -> Mapping[str, Link]:
    """Give the link for each id that both rulebooks read. Ids for the same two indicators have one link."""
    links: dict[tuple[str, str], Link] = {}
    named: dict[str, Link] = {}
    for id_ in dict.fromkeys((*old.position, *new.position, *old.aliases, *new.aliases)):
        before, after = read_as(old, id_), read_as(new, id_)
        if before is not None and after is not None:
            named[id_] = links.setdefault((before, after), Link(id_, before, after))
    return named


def _distinct(ways: Iterable[Ways]) -> Iterator[Ways]:
    """Leave out ways that cannot add anything.

    Signs joined with themselves stay as they are. So of links whose marks come to the same, no more are needed than
    there are things that they come to.
    """
    seen: dict[frozenset[tuple[Pair, int]], int] = {}
    for own in ways:
        looks = frozenset((pair, len(marks)) for pair, marks in own.items())
        seen[looks] = seen.get(looks, 0) + 1
        if seen[looks] <= len(own):
            yield own
