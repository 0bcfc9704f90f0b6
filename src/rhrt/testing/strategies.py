"""How hypothesis makes records of a rulebook, and whole rulebooks."""

from collections.abc import Iterator

from hypothesis import strategies as st

from rhrt.rulebook.kinds import FOLLOW_UP_ANSWERS
from rhrt.rulebook.model import Rulebook
from rhrt.testing.making import SIZES, made
from rhrt.testing.properties import MARKS, Written


def records(rulebook: Rulebook, most: int = 8) -> st.SearchStrategy[Written]:
    """Make records of a rulebook, as people write them, with up to `most` indicators marked.

    Marks of every kind, any answers, the rulebook, an age band, circumstances, answers to follow-up questions and
    the practitioner's own judgement: each may be left out.
    """
    return st.fixed_dictionaries(
        {"indicators": _marks(sorted(rulebook.position), most), "situation": _answers(rulebook)},
        optional={
            "rulebook": st.just(rulebook.id),
            "child": st.sampled_from([{}, *({"age_band": band.id} for band in rulebook.age_bands)]),
            "circumstances": _some([circumstance.id for circumstance in rulebook.circumstances], 3),
            "follow_ups": _follow_ups(rulebook),
            "judgement": st.sampled_from([*_judged(rulebook)]),
        },
    )


def _follow_ups(rulebook: Rulebook) -> st.SearchStrategy[dict[str, str]]:
    answered = [(id_, answer) for id_ in rulebook.follow_up for answer in FOLLOW_UP_ANSWERS]
    return st.lists(st.sampled_from(answered), max_size=3).map(dict) if answered else st.just({})


def _judged(rulebook: Rulebook) -> Iterator[Written]:
    """Give every judgement that a practitioner can record: no level or any, without a reason and with each."""
    for level in ({}, *({"level": level.level} for level in rulebook.levels)):
        yield level
        yield from ({**level, "reason": reason.id} for reason in rulebook.difference.reasons)


def _marks(ids: list[str], most: int) -> st.SearchStrategy[dict[str, list[str]]]:
    """Mark a few indicators, or many."""
    if not ids:
        return st.just({mark: [] for mark in MARKS})
    # A list of pairs rather than a dictionary: hypothesis makes it smaller with more success.
    one = st.tuples(st.sampled_from(ids), st.sampled_from(MARKS))
    marked = (st.lists(one, max_size=min(2, most)) | st.lists(one, max_size=most)).map(dict)
    return marked.map(lambda marks: {mark: [id_ for id_, own in marks.items() if own == mark] for mark in MARKS})


def _answers(rulebook: Rulebook) -> st.SearchStrategy[dict[str, str]]:
    """Answer a question or two, or any number: in a record full of answers, each hides what another does."""
    every = [(question.id, value) for question in rulebook.situation for value in question.values]
    answers = {question.id: st.sampled_from(question.values) for question in rulebook.situation}
    if not every:
        return st.just({})
    return st.lists(st.sampled_from(every), max_size=2).map(dict) | st.fixed_dictionaries({}, optional=answers)


def _some(ids: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True, max_size=most) if ids else st.just([])


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """Make small rulebooks of all that the model allows, as `making` does.

    Each field is made of bytes of its own, so that hypothesis finds out quickly which of them a failure needs.
    """
    return st.fixed_dictionaries(
        {name: st.binary(min_size=size, max_size=size) for name, size in SIZES.items()}
    ).map(made)
