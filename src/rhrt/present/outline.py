"""What is said to a person, in order, whatever form it then takes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from rhrt.rulebook import dates
from rhrt.rulebook.model import NOT_ASKED, Contact, Rulebook, Source
from rhrt.suggestion import Change, FollowUp, NextStep, NotKnown, OpenQuestion, Reason, ShownPrompt, Suggestion


class Item(NamedTuple):
    """One point, and what belongs under it."""

    text: str
    details: tuple[str, ...] = ()


class Section(NamedTuple):
    """A heading with its points. `numbered`: they are to be done in order."""

    title: str
    items: tuple[Item, ...]
    intro: str | None = None
    numbered: bool = False


class Outline(NamedTuple):
    """A headline, the lines under it, the sections, and the small print."""

    headline: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    urgent: bool
    held_back: tuple[str, ...]


PROMPTS_IN_VIEW = 3
"""How many prompts are shown unasked: each further one makes all of them less heeded."""


def outline(suggestion: Suggestion, more: bool = False, today: date | None = None) -> Outline:
    """Say what a suggestion says: headline, next steps, reasons, then the rest.

    Unless `more` is asked for, what is not needed at once is held back, and only named. Where `today` is told, it
    is also said that the rulebook is past its review. A document that people keep is never told it.
    """
    rulebook = suggestion.rulebook
    most_urgent = {urgency.id for urgency in rulebook.urgencies[:1]}
    sections = (*_sections(suggestion, more), *(_further(suggestion) if more else ()), _if_worse(rulebook))
    return Outline(
        headline(suggestion),
        tuple(_lines(suggestion)),
        tuple(section for section in sections if section.items),
        (rulebook.notice, *review(rulebook, today), _receipt(suggestion)),
        suggestion.urgency in most_urgent,
        () if more else tuple(_held_back(suggestion)),
    )


def further(said: Outline, whole: Outline) -> Iterator[Section]:
    """Give what the whole outline says beyond one that holds back: whole sections, and the rest of others."""
    shown = {section.title: section.items for section in said.sections}
    for section in whole.sections:
        items = tuple(_rest(section.items, shown.get(section.title, ())))
        title = f"{section.title}, continued" if section.title in shown else section.title
        if items:
            yield section._replace(title=title, items=items)


def headline(suggestion: Suggestion) -> str:
    """Say the level in one line."""
    if suggestion.level is None:
        return "No level suggested"
    return f"Suggested: Level {suggestion.level}, {suggestion.level_name}"


def cite(rulebook: Rulebook, source: Source) -> str:
    """Name a source as a person would look it up."""
    document = next(document for document in rulebook.documents if document.id == source.document)
    page = f", page {source.page}" if source.page else ""
    return f"{document.short}, {source.section}{page}"


def review(rulebook: Rulebook, today: date | None = None) -> Iterator[str]:
    """Say by when the framework was to be reviewed, where it says so; on a day after that, that it is past it."""
    if rulebook.review_by is None:
        return
    past = today is not None and dates.past(rulebook.review_by, today)
    newer = " This rulebook is past its review: ask whether there is a newer one." if past else ""
    yield f"The review of the framework was set for {dates.in_words(rulebook.review_by)}.{newer}"


IF_YES: Mapping[str, str] = {
    "danger": "call 999",
    "medical": "get medical help at once",
    "harm": "treat it as significant harm",
    "police": "tell the police",
    "consult": "take advice before you talk to the family",
}
"""What each thing that a follow-up question can name means for whoever answers yes."""

_BEFORE_STEPS = "Answer these before you take the steps below. The answers can change them."
_BESIDE_STEPS = "The answers can change the steps below."  # steps that are urgent do not wait for them

HOURS = "out_of_hours"
"""The question that says whether those who answer at other hours are the ones to ring."""


def ring(rulebook: Rulebook, contact: Contact, hours: str = NOT_ASKED) -> str:
    """Say whom to ring; while it was not asked whether it is out of hours, with who answers at other hours."""
    said = f"{'Ring' if contact.number else 'Contact'} {contact.reached}"
    other = rulebook.contact.get(contact.otherwise or "") if hours == NOT_ASKED else None
    return f"{said}, or {other.reached}" if other else said


def _rest(items: tuple[Item, ...], shown: tuple[Item, ...]) -> Iterator[Item]:
    """Give what of some items has not been shown: whole items, and further details of one."""
    details = {item.text: item.details for item in shown}
    for item in items:
        rest = tuple(detail for detail in item.details if detail not in details.get(item.text, ()))
        if rest or item.text not in details:
            yield item._replace(details=rest)


def _lines(suggestion: Suggestion) -> Iterator[str]:
    unchecked = bool(suggestion.first_check) and _nothing_urgent(suggestion)
    yield f"How soon: {suggestion.urgency_name}{'. Check what is below first.' if unchecked else ''}"
    if suggestion.level is None:
        yield suggestion.rulebook.no_level
    else:
        yield f"Route: {suggestion.route_name}"
    if suggestion.could_be.level and suggestion.could_be.level > (suggestion.level or 0):
        yield f"It could be Level {suggestion.could_be.level}: see what is not known, below."


def _nothing_urgent(suggestion: Suggestion) -> bool:
    return suggestion.urgency == suggestion.rulebook.urgencies[-1].id


def _sections(suggestion: Suggestion, more: bool) -> Iterator[Section]:
    rulebook = suggestion.rulebook
    hours = dict(zip(suggestion.record.questions, suggestion.record.answers, strict=True)).get(HOURS, NOT_ASKED)
    steps = tuple(_step(rulebook, step, hours) for step in suggestion.actions)
    unasked = [question for question in suggestion.questions if question.answer == NOT_ASKED]
    follow_ups = (_follow_up(rulebook, one) for one in suggestion.first_check)
    first = (*map(_question, unasked), *follow_ups)
    yield Section("First, check", first, _BEFORE_STEPS if _nothing_urgent(suggestion) else _BESIDE_STEPS)
    yield Section("What to do next", steps, numbered=True)
    yield Section("Why", tuple(_why(suggestion, more)))
    prompts = suggestion.prompts if more else suggestion.prompts[:PROMPTS_IN_VIEW]
    yield Section("Think again", tuple(_prompt(prompt, more) for prompt in prompts))
    could_be = tuple(_not_known(one) for one in suggestion.could_be.because)
    yield Section("Not known, and would make it higher", could_be)
    lower = [reason for reason in suggestion.also_recorded if reason not in suggestion.strengths]
    also = (*(_reason(rulebook, reason) for reason in lower), *_answered(suggestion))
    yield Section("Also recorded", also)
    if suggestion.strengths != suggestion.reasons:
        strengths = tuple(_reason(rulebook, reason) for reason in suggestion.strengths)
        yield Section("Going well", strengths, "Strengths are shown. They do not lower a level.")
    yield _judgement(suggestion)


def _held_back(suggestion: Suggestion) -> Iterator[str]:
    """Name what is there on request, without working out what it says."""
    if suggestion.afterwards:
        yield "what happens next"
    yield "what would change this"
    if suggestion.circumstances:
        yield "what to be alert to"
    if suggestion.services:
        yield "services"
    if len(suggestion.prompts) > PROMPTS_IN_VIEW:
        yield f"{len(suggestion.prompts) - PROMPTS_IN_VIEW} more to think about"


def _further(suggestion: Suggestion) -> Iterator[Section]:
    """Give what is there on request."""
    yield Section("What happens next", tuple(Item(one.text) for one in suggestion.afterwards))
    changes = tuple(_change(change, suggestion.rulebook) for change in suggestion.would_change)
    yield Section("What would change this", changes)
    circumstances = (
        Item(one.title, (f"Guidance: {'; '.join(one.guidance)}.",) if one.guidance else ())
        for one in suggestion.circumstances
    )
    yield Section("Be alert to", tuple(circumstances))
    services = (Item(f"{one.name}. {one.what}", (one.check,) if one.check else ()) for one in suggestion.services)
    yield Section("Services", tuple(services), "Check that each is still there before you offer it.")


def _if_worse(rulebook: Rulebook) -> Section:
    return Section("If things get worse", (Item(rulebook.if_worse, ("; ".join(if_worse_numbers(rulebook)),)),))


def if_worse_numbers(rulebook: Rulebook) -> list[str]:
    """Say whom to ring if things get worse, and how to reach each: also what to show where rhrt cannot answer."""
    return [rulebook.contact[id_].reached for id_ in rulebook.if_worse_contacts]


def _step(rulebook: Rulebook, step: NextStep, hours: str) -> Item:
    details = [f"When: {step.when}." if step.when else "", "" if step.who == "You" else f"Who: {step.who}."]
    if step.contact:
        details.append(ring(rulebook, step.contact, hours))
    return Item(step.text, tuple(detail for detail in details if detail))


def _question(question: OpenQuestion) -> Item:
    return Item(f"{question.question} {question.why}")


def _follow_up(rulebook: Rulebook, asked: FollowUp) -> Item:
    doubted = rulebook.follow_up[asked.id].if_not_known in asked.if_yes
    lead = "If yes, or you do not know" if doubted else "If yes"
    return Item(asked.question, (f"{lead}: {if_yes(asked.if_yes)}. {asked.why}",))


def if_yes(named: Iterable[str]) -> str:
    """Say what a yes to a follow-up question means."""
    return ", and ".join(IF_YES[one] for one in named)


def _answered(suggestion: Suggestion) -> Iterator[Item]:
    """Give each follow-up question that was answered, where the answer is not itself a reason."""
    reasons = {reason.answer for reason in suggestion.reasons}
    for one in suggestion.follow_ups:
        if one.answer != NOT_ASKED and one.id not in reasons:
            yield Item(f"“{one.question}”", (f"You answered: {one.answer.replace('-', ' ')}.",))


def _reason(rulebook: Rulebook, reason: Reason) -> Item:
    if reason.indicator is None:
        level = f"Level {reason.level}. " if reason.level else ""
        return Item(reason.wording, (f"{level}{cite(rulebook, reason.source)}",))
    number = f", indicator {reason.n}" if reason.n else ""
    return Item(f"“{reason.wording}”", (f"Level {reason.level}. {cite(rulebook, reason.source)}{number}",))


def _why(suggestion: Suggestion, more: bool) -> Iterator[Item]:
    """Give each reason with the rung above it and its words of degree; last, what to weigh instead of a number."""
    rulebook = suggestion.rulebook
    undefined = {one.indicator: one.words for one in suggestion.undefined}
    for reason in suggestion.reasons:
        item = _reason(rulebook, reason)
        details = [*item.details]
        above = (n.graver for n in suggestion.neighbours if n.indicator == reason.indicator and n.graver)
        graver = dict.fromkeys(f"Graver, Level {rung.level}: “{rung.wording}”" for rung in above)
        details += [*graver] if more else [*graver][:1]
        if reason.indicator in undefined:
            words = ", ".join(f"“{word}”" for word in undefined[reason.indicator])
            details.append(f"Needs your judgement: {words}.")
        yield Item(item.text, tuple(details))
    if undefined:
        yield Item(f"Where a word needs your judgement: {rulebook.degree.guides}")


def _prompt(prompt: ShownPrompt, more: bool) -> Item:
    consider = tuple(f"Look at Level {rung.level}: “{rung.wording}”" for rung in prompt.consider)
    return Item(prompt.text, (prompt.why, *(consider if more else consider[:1])))


def _change(change: Change, rulebook: Rulebook) -> Item:
    level = f"Level {change.level}" if change.level else "no level"
    so = [f"“{rulebook.indicator[id_].wording}”" for id_ in change.present]
    not_so = [f"“{rulebook.indicator[id_].wording}”" for id_ in change.absent]
    asked = [f"{rulebook.field[id_].question} {answer}" for id_, answer in change.situation.items()]
    asked += [f"{rulebook.follow_up[id_].text} {answer}" for id_, answer in change.follow_ups.items()]
    parts = []
    if so:
        parts.append(f"if this were so: {', '.join(so)}")
    if not_so:
        parts.append(f"if {'these were' if len(not_so) > 1 else 'this were'} not so: {', '.join(not_so)}")
    if asked:
        parts.append(f"if the answer were: {', '.join(asked)}")
    return Item(f"It would be {level} {', and '.join(parts)}.")


def _not_known(one: NotKnown) -> Item:
    return Item(f"Level {one.level} if so: “{one.wording}”")


def _judgement(suggestion: Suggestion) -> Section:
    own = suggestion.judgement
    if own is None:
        return Section("Your own judgement", ())
    if own.agrees:
        return Section("Your own judgement", (Item(f"You also judged this to be Level {own.level}."),))
    given = f"Level {suggestion.level}" if suggestion.level else "no level"
    text = f"You judged this to be Level {own.level}. The framework's signs, as recorded, give {given}."
    reasons = (one.text for one in suggestion.rulebook.difference.reasons if one.id == own.reason)
    details = (*(f"Your reason: {reason}" for reason in reasons), own.said, own.policy)
    return Section("Your own judgement", (Item(text, tuple(detail for detail in details if detail)),))


def _receipt(suggestion: Suggestion) -> str:
    receipt = suggestion.receipt
    return (
        f"Receipt: {receipt.rulebook}, edition {receipt.edition}, rulebook {receipt.rulebook_sha256[:12]}, "
        f"record {receipt.record_sha256[:12]}, {receipt.engine}, evaluated by {' and '.join(receipt.evaluated_by)}."
    )
