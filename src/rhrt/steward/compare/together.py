"""What one record comes to in two rulebooks at once: every pair of situations that records can meet.

The argument is that of `rhrt.reasoning.situations`, for pairs. A record that both rulebooks read marks ids that
both read, gives answers that both know (to questions and to follow-up questions), an age band and a level of the
practitioner's own that both know.

- What a thing recorded comes to is a pair of signs. Pairs join as signs do, so things can be taken one at a time.
  Each id of an indicator is a link from one of the old rulebook to one of the new. Links that share an indicator
  are taken together, since a record may not mark one indicator in two ways.
- A child has one age, so each age is taken apart, and ages that neither rulebook tells apart are one.
- Whether the same things are reasons in both too: see `rhrt.steward.compare.pair`.
- An answer that is not given is the default of each rulebook, and the two defaults may differ. A question that only
  one rulebook asks cannot be answered where the other must read the record: it stays at its default.
- Answers that no condition of either rulebook tells apart make one kind, and so do pairs of signs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Literal, NamedTuple, TypeVar, get_args

from rhrt.made_once import made_once
from rhrt.reasoning.facts import Thing
from rhrt.reasoning.signs import AGE, Marks, Signs
from rhrt.reasoning.situations import Situations
from rhrt.rulebook.conditions import JUDGEMENT, level_word
from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS, Mark
from rhrt.rulebook.model import Rulebook
from rhrt.steward.compare.pair import (
    BLANK,
    Heard,
    Joins,
    Kinds,
    Option,
    Pair,
    Read,
    heard,
    is_joined_with_all,
    kept,
    kinds,
    option_of,
    options,
    reason_levels,
    signs_of_all,
)

K = TypeVar("K")

MOST_SITUATIONS = 2_000_000
"""How many pairs of situations are looked at, at the most."""

MOST_JOINED = 200_000
"""How many pairs of signs are worked out at the most, before those that are alike are made one."""

MOST_LINKED = 5
"""How many links may share indicators before all ways of marking them are too many to look at."""


class TooMany(Exception):  # noqa: N818 - named for what it is
    """There are too many pairs of situations to look at each. The message says of what there are too many."""


class Link(NamedTuple):
    """An indicator of the old rulebook with one of the new, and the id by which a record names both."""

    id: str
    old: str
    new: str


Which = Literal["old", "new"]

Way = tuple[tuple[str, str | None], ...]
"""One way of recording something: what is said of each thing. None: a question is left unanswered."""


class Answers(NamedTuple):
    """One kind of answer to every question that is looked at apart, `chosen`, and to all as each rulebook reads it.

    `options` is how many it stands for; `heard` what those looked at alone come to, by the age of the child.
    """

    kinds: tuple[int, ...]
    chosen: tuple[Option, ...]
    said: Mapping[str, str]
    old: tuple[str, ...]
    new: tuple[str, ...]
    options: int
    heard: Mapping[str | None, Heard]


Ways = Mapping[Pair, Marks]
"""What some things recorded can come to, each with the fewest things that come to it."""

LeftOut = Collection[tuple[str, str | None]]
"""What is not recorded, as in a `Way`."""


class Together:
    """Two rulebooks side by side. What it gives raises TooMany where there are too many pairs of situations."""

    def __init__(self, old: Situations, new: Situations) -> None:
        self.old, self.new = old, new
        self.read_as = _links(old.rulebook, new.rulebook)
        self.follow_ups = tuple(id_ for id_ in old.rulebook.follow_up if id_ in new.rulebook.follow_up)
        self.own_levels = tuple(level_word(one) for one in old.rulebook.level if one in new.rulebook.level)
        questions = dict.fromkeys((*old.rulebook.questions, *new.rulebook.questions))
        joined = [id_ for id_ in questions if is_joined_with_all(old, new, id_)]
        self.unasked = {id_: tuple(options(old.rulebook, new.rulebook, id_)) for id_ in joined}
        self.age_kinds = tuple(_age_kinds(old, new))
        self.ages = tuple(kind[0] for kind in self.age_kinds)
        self.asked: Mapping[str, Kinds]
        self.asked = {id_: kinds(old, new, id_, self.ages) for id_ in questions if id_ not in joined}
        first = [kind[:1] for own in self.asked.values() for kind in own]
        by_age = any(len({heard(old, new, one, age) for age in self.ages}) > 1 for one in first)
        self._heard_at = {age: age if by_age else None for age in self.ages}
        self._joins = Joins(old, new)

    @made_once
    def reached(self) -> Ways:
        """What a record can come to."""
        return self.reached_without((), self.ages)

    def reached_without(self, left_out: LeftOut, ages: Sequence[str | None]) -> Ways:
        """Give what a record can come to that holds nothing of what is left out, of a child of one of the ages."""
        found = _fewest(
            ((number, self._heard_at[age]), said)
            for age in ages
            for number, said in self._reached_at(age, left_out).items()
        )
        first = sorted(found.items(), key=lambda one: len(one[1]))
        return {self._joins.pair(number)._replace(age=age): said for (number, age), said in first}

    def _reached_at(self, age: str | None, left_out: LeftOut) -> Mapping[int, Marks]:
        joined, number = self._joins.joined, self._joins.number
        reached: dict[int, Marks] = {number(BLANK): () if age is None else ((AGE, age),)}
        for ways in _distinct(self._ways_of(group, age, left_out) for group in self._groups):
            further = [(number(pair), own) for pair, own in ways.items()]
            reached = _fewest(
                (joined(one, given), (*said, *own)) for given, own in further for one, said in reached.items()
            )
            if len(reached) > MOST_JOINED:
                raise TooMany(f"There are more than {MOST_JOINED:,} pairs of what a record can come to.")
        return reached

    @made_once
    def like(self) -> Mapping[Pair, Pair]:
        """For all that a record can come to, what stands for it: no rule of either rulebook tells the two apart."""
        first: dict[tuple[object, ...], Pair] = {}
        like = {pair: first.setdefault(self._look(pair), pair) for pair in self.reached}
        if len(first) * prod(map(len, self.asked.values())) > MOST_SITUATIONS:
            raise TooMany(f"There are more than {MOST_SITUATIONS:,} pairs of situations to look at.")
        return like

    def _look(self, pair: Pair) -> tuple[object, ...]:
        """Give all that any rule sees of a pair, whatever is answered besides."""
        old, new = self._heard[pair.age]
        return (
            pair.named,
            pair.age,
            *[self.old.seen_of(pair.old.joined(heard)) for heard in old],
            *[self.new.seen_of(pair.new.joined(heard)) for heard in new],
        )

    @made_once
    def _heard(self) -> Mapping[str | None, tuple[Collection[Signs], Collection[Signs]]]:
        """All that the answers looked at apart can come to in each rulebook, by age."""
        return {
            age: ({one.heard[age].old for one in self.answers}, {one.heard[age].new for one in self.answers})
            for age in self._heard_at.values()
        }

    @property
    def options(self) -> int:
        """How many ways of answering there are, all answers told apart."""
        return prod(sum(map(len, own)) for own in self.asked.values())

    @made_once
    def answers(self) -> tuple[Answers, ...]:
        """One of each kind of answers."""
        return tuple(self._answers(places) for places in product(*[range(len(own)) for own in self.asked.values()]))

    def _answers(self, places: tuple[int, ...]) -> Answers:
        chosen = [own[place] for own, place in zip(self.asked.values(), places, strict=True)]
        first = tuple(kind[0] for kind in chosen)
        return Answers(
            places,
            first,
            {one.id: one.said for one in first if one.said is not None},
            self._read_answers("old", self.old.rulebook, first),
            self._read_answers("new", self.new.rulebook, first),
            prod(map(len, chosen)),
            {age: heard(self.old, self.new, first, age) for age in dict.fromkeys(self._heard_at.values())},
        )

    @staticmethod
    def _read_answers(side: Which, rulebook: Rulebook, chosen: Iterable[Option]) -> tuple[str, ...]:
        """Give the answer to each question of a rulebook: the default where it is one of the things joined."""
        read = {one.id: getattr(one, side) for one in chosen}
        return tuple([read.get(id_, answer) for id_, answer in rulebook.unasked.items()])

    def silent(self, question: str) -> Option:
        """Give the option of leaving a question unanswered."""
        return (self.unasked.get(question) or self.asked[question][0])[0]

    # --- One record

    def reads(self, marked: Iterable[Thing]) -> bool:
        """Say whether both rulebooks read all the ids, and neither reads one indicator as marked in two ways."""
        marks = [(self.read_as.get(id_), mark) for id_, mark in marked]
        sides = [{(getattr(link, side), mark) for link, mark in marks if link} for side in ("old", "new")]
        return all(link for link, _ in marks) and all(len(dict(read)) == len(read) for read in sides)

    def things_read(self, said: Marks) -> list[Read] | None:
        """Give what a record says as both read it, the questions that it leaves unanswered too.

        `said` holds no question that is asked apart, and may hold the age. None where either cannot read it.
        """
        given = dict(said)
        marked = [thing for thing in said if thing[0] in self.read_as]
        known = [*self.follow_ups, *self.unasked, JUDGEMENT, AGE]
        if not self.reads(marked) or not all(id_ in known or id_ in self.read_as for id_ in given):
            return None
        if not any(given.get(AGE) in kind for kind in self.age_kinds):
            return None
        if not all(option_of(among, given.get(id_)) for id_, among in self.unasked.items()):
            return None
        answers = [(id_, given.get(id_)) for id_ in self.unasked]
        others = [thing for thing in said if thing[0] in (*self.follow_ups, JUDGEMENT)]
        return [self.read(*thing) for thing in (*marked, *answers, *others)]

    def read(self, id_: str, said: str | None) -> Read:
        """Give one thing that both rulebooks read, as each does."""
        if said and id_ in self.read_as:
            link = self.read_as[id_]
            return (link.old, said), (link.new, said)
        option = option_of(self.unasked.get(id_, ()), said)
        return option.read if option else Option(id_, said, said, said).read

    def pair_of(self, said: Marks) -> Pair | None:
        """Give what a record says comes to, worked out from all of it at once. None where either cannot read it."""
        read = self.things_read(said)
        if read is None:
            return None
        age = self.age_of(said)
        return self._pair(read, age)._replace(age=self._heard_at[age])

    def alone(self, thing: Thing, age: str | None) -> Pair | None:
        """Give what one thing comes to, at an age."""
        return self.pair_of((thing,) if age is None else ((AGE, age), thing))

    def age_of(self, said: Marks) -> str | None:
        """Give the age that stands for that of a record."""
        own = dict(said).get(AGE)
        return next(kind[0] for kind in self.age_kinds if own in kind)

    def kinds_of(self, given: Mapping[str, str]) -> tuple[int, ...] | None:
        """Give the kind of the answer to each question, or None where either rulebook does not know one."""
        places = tuple(
            next((place for place, kind in enumerate(own) if option_of(kind, given.get(id_))), -1)
            for id_, own in self.asked.items()
        )
        return places if given.keys() <= self.asked.keys() and -1 not in places else None

    def _pair(self, read: Sequence[Read], age: str | None) -> Pair:
        before, after = [old for old, _ in read if old], [new for _, new in read if new]
        old, new = signs_of_all(self.old, before, age), signs_of_all(self.new, after, age)
        reasons = reason_levels(self.old, before, age), reason_levels(self.new, after, age)
        levels = {(reasons[0].get(id_, 0), reasons[1].get(id_, 0)) for own in reasons for id_ in own}
        return Pair(old, new, kept(levels, old.level, new.level))

    # --- What can be recorded

    @made_once
    def things(self) -> tuple[Thing, ...]:
        """All that can be said of one thing: each mark, each answer that is joined with the rest, the own level."""
        ways = [way for group in self._groups for way in group if len(way) == 1]
        return tuple(dict.fromkeys((id_, own) for ((id_, own),) in ways if own is not None))

    @made_once
    def _groups(self) -> tuple[tuple[Way, ...], ...]:
        """The ways of recording each thing, those together that exclude each other."""
        return (
            *(tuple(self._marking(links)) for links in self._sharing),
            *(((), *(((id_, own),) for own in FOLLOW_UP_ANSWERS)) for id_ in self.follow_ups),
            *(tuple(((id_, option.said),) for option in among) for id_, among in self.unasked.items()),
            ((), *(((JUDGEMENT, own),) for own in self.own_levels)),
        )

    @made_once
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

    def _marking(self, links: tuple[Link, ...]) -> Iterator[Way]:
        """Give the ways of marking links that share indicators."""
        if len(links) > MOST_LINKED:
            raise TooMany(
                f"More than {MOST_LINKED} ids are read as '{links[0].old}', or share an indicator with it."
            )
        for chosen in product((None, *get_args(Mark)), repeat=len(links)):
            said = tuple((link.id, mark) for link, mark in zip(links, chosen, strict=True) if mark)
            if self.reads(said):
                yield said

    def _ways_of(self, group: Sequence[Way], age: str | None, left_out: LeftOut) -> Ways:
        """Give what ways come to that hold nothing of what is left out, the fewest things for each."""
        return _fewest(
            (self._pair([self.read(*one) for one in way], age), tuple((id_, own) for id_, own in way if own))
            for way in group
            if not any(one in left_out for one in way)
        )


def read_as(rulebook: Rulebook, id_: str) -> str | None:
    """Give the indicator that a rulebook reads an id as, or None where it cannot be recorded there."""
    current = id_ if id_ in rulebook.position else rulebook.aliases.get(id_)
    return current if current in rulebook.position else None


def _links(old: Rulebook, new: Rulebook) -> Mapping[str, Link]:
    """Give the link for each id that both rulebooks read. Ids for the same two indicators have one link."""
    links: dict[tuple[str, str], Link] = {}
    named: dict[str, Link] = {}
    for id_ in dict.fromkeys((*old.position, *new.position, *old.aliases, *new.aliases)):
        before, after = read_as(old, id_), read_as(new, id_)
        if before is not None and after is not None:
            named[id_] = links.setdefault((before, after), Link(id_, before, after))
    return named


def _age_kinds(old: Situations, new: Situations) -> Iterable[tuple[str | None, ...]]:
    """Give the ages that both know, those together that neither tells apart; not stated stands first."""
    known = {band.id for band in new.rulebook.age_bands}
    ages = (None, *(band.id for band in old.rulebook.age_bands if band.id in known))
    kinds: dict[tuple[str | None, str | None], list[str | None]] = {}
    for age in ages:
        kinds.setdefault((old.age_like(age), new.age_like(age)), []).append(age)
    return map(tuple, kinds.values())


def _fewest(ways: Iterable[tuple[K, Marks]]) -> dict[K, Marks]:
    """Give for all that ways come to the first that says the fewest things."""
    found: dict[K, Marks] = {}
    for one, said in ways:
        if one not in found or len(said) < len(found[one]):
            found[one] = said
    return found


def _distinct(ways: Iterable[Ways]) -> Iterator[Ways]:
    """Leave out ways that cannot add anything.

    Signs joined with themselves stay as they are. So of things that come to the same, no more are needed than there
    are signs that they come to.
    """
    seen: dict[frozenset[tuple[Pair, int]], int] = {}
    for own in ways:
        looks = frozenset((pair, len(marks)) for pair, marks in own.items())
        seen[looks] = seen.get(looks, 0) + 1
        if seen[looks] <= len(own):
            yield own
