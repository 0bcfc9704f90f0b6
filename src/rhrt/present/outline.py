"""What is said to a person, in order, whatever form it then takes. The words are in `words.json`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from rhrt.files import json_of
from rhrt.rulebook import dates
from rhrt.rulebook.deeds import only_forbids, short_name
from rhrt.rulebook.kinds import NOT_ASKED, Source
from rhrt.rulebook.model import Contact, Rulebook
from rhrt.suggestion import Change, FollowUp, NextStep, Reason, ShownPrompt, Suggestion

WORDS: Mapping[str, Mapping[str, str]] = json_of(Path(__file__).with_name("words.json").read_text("utf-8"))
"""Every sentence that rhrt says of its own, with named places to fill in: see `say`."""

READY = WORDS["ready"]
"""What to have ready, and to ask, when somebody is to be rung."""

_FIRST_SENTENCE = re.compile(r"(?<=[.?!]) ")

IF_YES = WORDS["if_yes"]
"""What each thing that a follow-up question can name means for whoever answers yes."""


def say(group: str, sentence: str, /, **given: object) -> str:
    """Fill in a sentence of `words.json`."""
    return WORDS[group][sentence].format_map(given)


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
    """A headline, the lines under it, the sections, and the small print; above the headline, what not to do."""

    headline: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    urgent: bool
    held_back: tuple[str, ...]
    do_not: tuple[str, ...] = ()


PROMPTS_IN_VIEW = 2
"""How many prompts and follow-up questions are shown unasked: each further one makes all of them less heeded."""


def outline(suggestion: Suggestion, more: bool = False, today: date | None = None) -> Outline:
    """Say what a suggestion says: headline, next steps, reasons, then the rest.

    Unless `more` is asked for, what is not needed at once is held back, and only named. Where `today` is told, it
    is for a screen: it is also said that the rulebook is past its review, and the receipt is held back too. A
    document that people keep is never told it.
    """
    rulebook = suggestion.rulebook
    sections = (*_sections(suggestion, more), *(_further(suggestion) if more else ()), _if_worse(rulebook))
    return Outline(
        headline(suggestion),
        tuple(_lines(suggestion)),
        tuple(section for section in sections if section.items),
        tuple(_small_print(suggestion, more, today)),
        _is_emergency(suggestion),
        () if more else tuple(_held_back(suggestion)),
        tuple(step.text for step in suggestion.actions if only_forbids(step.text)),
    )


def further(said: Outline, whole: Outline) -> Iterator[Section]:
    """Give what the whole outline says beyond one that holds back: whole sections, and the rest of others."""
    shown = {section.title: section.items for section in said.sections}
    for section in whole.sections:
        items = tuple(_rest(section.items, shown.get(section.title, ())))
        title = section.title
        if title in shown:
            title = say("sections", "continued", title=title)
        if items:
            yield section._replace(title=title, items=items)


def headline(suggestion: Suggestion) -> str:
    """Say what to do first: the first of the numbered steps, in one sentence; or, to check what could change it."""
    if checks_first(suggestion):
        return say("lines", "check_first")
    first = next(_steps(suggestion), None)
    return _FIRST_SENTENCE.split(first.text)[0].rstrip(".") if first else suggested(suggestion)


def suggested(suggestion: Suggestion) -> str:
    """Say the level in one line."""
    if suggestion.level is None:
        return say("lines", "no_level_suggested")
    return say("lines", "suggested", level=suggestion.level, name=suggestion.level_name)


def cite(rulebook: Rulebook, source: Source) -> str:
    """Name a source as a person would look it up."""
    form = "page" if source.page else "section"
    return say("sources", form, document=_short(rulebook, source), section=source.section, page=source.page)


def _short(rulebook: Rulebook, source: Source) -> str:
    """Give what a source's document is called for short."""
    return next(document.short for document in rulebook.documents if document.id == source.document)


def review(rulebook: Rulebook, today: date | None = None) -> Iterator[str]:
    """Say by when the framework was to be reviewed, where it says so; on a day after that, that it is past it."""
    if rulebook.review_by is None:
        return
    past = today is not None and dates.past(rulebook.review_by, today)
    yield say("small_print", "past_review" if past else "review", day=dates.in_words(rulebook.review_by))


HOURS = "out_of_hours"
"""The question that says whether those who answer at other hours are the ones to ring."""


def ring(rulebook: Rulebook, contact: Contact, hours: str = NOT_ASKED, named_in: str = "") -> str:
    """Say whom to ring; while it was not asked whether it is out of hours, with who answers at other hours.

    Somebody who is named in the text before is named for short.
    """
    known = shortly if short_name(contact) in named_in else attrgetter("reached")
    said = say("steps", "ring" if contact.number else "contact", whom=known(contact))
    other = rulebook.contact.get(contact.otherwise or "") if hours == NOT_ASKED else None
    return say("steps", "otherwise", said=said, other=known(other)) if other else said


def shortly(contact: Contact) -> str:
    """Say how to reach somebody who is named for short."""
    return contact.reached.replace(contact.name, short_name(contact), 1)


def _rest(items: tuple[Item, ...], shown: tuple[Item, ...]) -> Iterator[Item]:
    """Give what of some items has not been shown: whole items, and further details of one."""
    details = {item.text: item.details for item in shown}
    for item in items:
        rest = tuple(detail for detail in item.details if detail not in details.get(item.text, ()))
        if rest or item.text not in details:
            yield item._replace(details=rest)


def _lines(suggestion: Suggestion) -> Iterator[str]:
    yield suggested(suggestion)
    soon = "how_soon_unchecked" if checks_first(suggestion) else "how_soon"
    yield say("lines", soon, urgency=suggestion.urgency_name)
    if suggestion.level:
        yield say("lines", "route", route=suggestion.route_name)
    elif not _is_emergency(suggestion):
        yield suggestion.rulebook.no_level
    if suggestion.could_be.level and suggestion.could_be.level > (suggestion.level or 0):
        yield say("lines", "could_be", level=suggestion.could_be.level)


def checks_first(suggestion: Suggestion) -> bool:
    """Say whether something is to be answered before the steps are taken: where nothing urgent is to be done."""
    unasked = any(question.answer == NOT_ASKED for question in suggestion.questions)
    return (unasked or bool(suggestion.first_check)) and _nothing_urgent(suggestion)


def _is_emergency(suggestion: Suggestion) -> bool:
    return suggestion.urgency in {urgency.id for urgency in suggestion.rulebook.urgencies[:1]}


def _nothing_urgent(suggestion: Suggestion) -> bool:
    return suggestion.urgency == suggestion.rulebook.urgencies[-1].id


def _sections(suggestion: Suggestion, more: bool) -> Iterator[Section]:
    rulebook = suggestion.rulebook
    unasked = [question for question in suggestion.questions if question.answer == NOT_ASKED]
    follow_ups = _follow_ups(suggestion, more)
    first = (*(Item(f"{one.question} {one.why}") for one in unasked), *follow_ups)
    intro = [say("intros", "before_steps")] if _nothing_urgent(suggestion) else []
    title = say("sections", "first" if intro else "check")
    intro += filter(None, [_same_deeds(suggestion)])
    yield Section(title, first, " ".join(intro) or None)
    forbidden = [step.text for step in suggestion.actions if only_forbids(step.text)]
    yield Section(say("sections", "steps"), tuple(_steps(suggestion)), " ".join(forbidden) or None, numbered=True)
    ready = READY.values() if _calls(suggestion).keys() & {*rulebook.if_worse_contacts} else ()
    yield Section(say("sections", "ready"), tuple(map(Item, ready)))
    yield Section(say("sections", "why"), tuple(_why(suggestion, more)))
    prompts = suggestion.prompts if more else suggestion.prompts[: _room_for_prompts(suggestion)]
    yield Section(say("sections", "prompts"), tuple(_prompt(prompt, more) for prompt in prompts))
    could_be = suggestion.could_be.because
    unknown = (Item(say("reasons", "not_known", level=one.level, wording=one.wording)) for one in could_be)
    yield Section(say("sections", "not_known"), tuple(unknown))
    yield _judgement(suggestion, more)


def _held_back(suggestion: Suggestion) -> Iterator[str]:
    """Name what is there on request, without working out what it says."""
    more = len(suggestion.prompts) - _room_for_prompts(suggestion)
    held_back = {
        "afterwards": suggestion.afterwards or _calls(suggestion),
        "changes": True,
        "also": suggestion.also_recorded or any(_answered(suggestion)),
        "circumstances": suggestion.circumstances,
        "services": suggestion.services,
        "prompts": more > 0,
    }
    yield from (say("held_back", name, more=more) for name, is_there in held_back.items() if is_there)


def _further(suggestion: Suggestion) -> Iterator[Section]:
    """Give what is there on request."""
    lower = [reason for reason in suggestion.also_recorded if reason not in suggestion.strengths]
    also = (*(_reason(suggestion.rulebook, reason) for reason in lower), *_answered(suggestion))
    yield Section(say("sections", "also"), also)
    if suggestion.strengths != suggestion.reasons:
        strengths = tuple(_reason(suggestion.rulebook, reason) for reason in suggestion.strengths)
        yield Section(say("sections", "strengths"), strengths, say("intros", "strengths"))
    disagree = (Item(say("afterwards", "disagree"), (suggestion.rulebook.difference.policy,)),)
    afterwards = (*(Item(one.text) for one in suggestion.afterwards), *disagree)
    yield Section(say("sections", "afterwards"), afterwards if _calls(suggestion) else afterwards[:-1])
    changes = tuple(_change(change, suggestion.rulebook) for change in suggestion.would_change)
    yield Section(say("sections", "changes"), changes)
    circumstances = (
        Item(one.title, (say("reasons", "guidance", guidance="; ".join(one.guidance)),) if one.guidance else ())
        for one in suggestion.circumstances
    )
    yield Section(say("sections", "circumstances"), tuple(circumstances))
    services = (Item(f"{one.name}. {one.what}", (one.check,) if one.check else ()) for one in suggestion.services)
    yield Section(say("sections", "services"), tuple(services), say("intros", "services"))


def _if_worse(rulebook: Rulebook) -> Section:
    return Section(say("sections", "if_worse"), (Item(rulebook.if_worse, (if_worse_line(rulebook),)),))


def if_worse_line(rulebook: Rulebook) -> str:
    """Say in one line whom to ring if things get worse."""
    called = (rulebook.contact[id_] for id_ in rulebook.if_worse_contacts)
    return "; ".join(f"{short_name(one)}: {one.number or one.hours}" for one in called)


def if_worse_numbers(rulebook: Rulebook) -> list[str]:
    """Say whom to ring if things get worse, and how to reach each: also what to show where rhrt cannot answer."""
    return [rulebook.contact[id_].reached for id_ in rulebook.if_worse_contacts]


def _steps(suggestion: Suggestion) -> Iterator[Item]:
    """Give what is to be done, in order. Steps that are one call are told as one, where the first one stands."""
    rulebook, calls = suggestion.rulebook, _calls(suggestion)
    hours = dict(zip(suggestion.record.questions, suggestion.record.answers, strict=True)).get(HOURS, NOT_ASKED)
    for step in suggestion.actions:
        call = calls.get(step.contact.id, []) if step.contact else []
        if len(call) < 2 and not only_forbids(step.text):
            yield _step(rulebook, step, hours)
        elif call and step is call[0]:
            yield _call(rulebook, call, hours)


def _calls(suggestion: Suggestion) -> dict[str, list[NextStep]]:
    """Give the steps that are calls, by whom they ring."""
    calls: dict[str, list[NextStep]] = {}
    for step in suggestion.actions:
        if step.contact and step.contact.number:
            calls.setdefault(step.contact.id, []).append(step)
    return calls


def _call(rulebook: Rulebook, steps: list[NextStep], hours: str) -> Item:
    """Tell several steps as one call: when, then what to say and ask in it, in order."""
    contact = next(step.contact for step in steps if step.contact)
    whens = [step.when for step in steps if step.when]
    timed = [when for when in whens if not when.startswith(say("steps", "before"))]
    when = (*timed, *whens, "")[0]
    text = say("steps", "one_call", whom=short_name(contact), when=when[:1].lower() + when[1:] or "now")
    said = " ".join(step.text for step in steps)
    other = [say("steps", "when", when=one) for one in dict.fromkeys(whens) if one != when and one not in said]
    who = [say("steps", "who", who=one) for one in dict.fromkeys(step.who for step in steps) if one != "You"]
    return Item(text, (ring(rulebook, contact, hours, text), *[step.text for step in steps], *other, *who))


def _step(rulebook: Rulebook, step: NextStep, hours: str) -> Item:
    details = [say("steps", "when", when=step.when)] if tells_when(step) else []
    if step.who != "You":
        details.append(say("steps", "who", who=step.who))
    if step.contact:
        details.append(ring(rulebook, step.contact, hours, step.text))
    return Item(step.text, tuple(details))


def tells_when(step: NextStep) -> bool:
    """Say whether a step has a time that its text does not tell."""
    return bool(step.when and step.when.lower() not in step.text.lower())


def _follow_ups(suggestion: Suggestion, more: bool) -> Iterator[Item]:
    """Give the follow-up questions to ask, with what a yes means: once for two that follow one another."""
    told, rulebook = bool(_same_deeds(suggestion)), suggestion.rulebook
    asked = suggestion.first_check
    deeds = [_deed(rulebook, one) for one in asked]
    for place, (one, deed) in enumerate(zip(asked, deeds, strict=True)):
        after_the_same = deed in deeds[max(0, place - 1) : place]
        said = [_deed(rulebook, one, "this_or_before") if after_the_same else deed]
        if told or deed in deeds[place + 1 : place + 2]:
            said = []
        yield Item(one.question, (*said, one.why) if more else tuple(said))


def _deed(rulebook: Rulebook, asked: FollowUp, form: str = "if_yes") -> str:
    doubted = rulebook.follow_up[asked.id].if_not_known in asked.if_yes
    return say("follow_up", f"{form}_in_doubt" if doubted else form, deeds=if_yes(asked.if_yes))


def _same_deeds(suggestion: Suggestion) -> str | None:
    """Say what a yes to any of several follow-up questions means, where it means the same for each."""
    deeds = {_deed(suggestion.rulebook, asked) for asked in suggestion.first_check}
    return deeds.pop() if len(suggestion.first_check) > 1 and len(deeds) == 1 else None


def _room_for_prompts(suggestion: Suggestion) -> int:
    """Give how many prompts are shown beside the follow-up questions: one fewer where something cannot wait."""
    return max(0, PROMPTS_IN_VIEW - len(suggestion.first_check) - (not _nothing_urgent(suggestion)))


def if_yes(named: Iterable[str]) -> str:
    """Say what a yes to a follow-up question means."""
    return ", and ".join(IF_YES[one] for one in named)


def _answered(suggestion: Suggestion) -> Iterator[Item]:
    """Give each follow-up question that was answered, where the answer is not itself a reason."""
    reasons = {reason.answer for reason in suggestion.reasons}
    for one in suggestion.follow_ups:
        if one.answer != NOT_ASKED and one.id not in reasons:
            yield Item(f"“{one.question}”", (say("follow_up", "answered", answer=one.answer.replace("-", " ")),))


def _reason(rulebook: Rulebook, reason: Reason) -> Item:
    if reason.indicator is None:
        form, text = "answer_with_level" if reason.level else "answer", reason.wording
    else:
        form, text = "numbered_sign" if reason.n else "sign", f"“{reason.wording}”"
    source = (_short if reason.n else cite)(rulebook, reason.source)
    return Item(text, (say("reasons", form, level=reason.level, source=source, n=reason.n),))


def _why(suggestion: Suggestion, more: bool) -> Iterator[Item]:
    """Give each reason with its words of degree; for more, the rungs above it and what to weigh, not count."""
    rulebook = suggestion.rulebook
    undefined = {one.indicator: one.words for one in suggestion.undefined}
    for reason in suggestion.reasons:
        item = _reason(rulebook, reason)
        details = [*item.details]
        above = (n.graver for n in suggestion.neighbours if n.indicator == reason.indicator and n.graver)
        graver = dict.fromkeys(say("reasons", "graver", level=rung.level, wording=rung.wording) for rung in above)
        details += graver if more else ()
        if reason.indicator in undefined:
            words = ", ".join(f"“{word}”" for word in undefined[reason.indicator])
            details.append(say("reasons", "judge", words=words))
        yield Item(item.text, tuple(details))
    if undefined and more:
        yield Item(say("reasons", "guides", guides=rulebook.degree.guides))


def _prompt(prompt: ShownPrompt, more: bool) -> Item:
    consider = tuple(say("reasons", "look", level=rung.level, wording=rung.wording) for rung in prompt.consider)
    return Item(prompt.text, (prompt.why, *consider) if more else ())


def _change(change: Change, rulebook: Rulebook) -> Item:
    so = [f"“{rulebook.indicator[id_].wording}”" for id_ in change.present]
    not_so = [f"“{rulebook.indicator[id_].wording}”" for id_ in change.absent]
    asked = [f"{rulebook.field[id_].question} {answer}" for id_, answer in change.situation.items()]
    asked += [f"{rulebook.follow_up[id_].text} {answer}" for id_, answer in change.follow_ups.items()]
    said = {"so": so, "several_not_so" if len(not_so) > 1 else "not_so": not_so, "answers": asked}
    parts = [say("change", form, said=", ".join(words)) for form, words in said.items() if words]
    return Item(say("change", "whole", level=_level(change.level), parts=", and ".join(parts)))


def _level(level: int | None) -> str:
    return say("lines", "level" if level else "no_level", level=level)


def _judgement(suggestion: Suggestion, more: bool) -> Section:
    title, own = say("sections", "judgement"), suggestion.judgement
    if own is None:
        return Section(title, ())
    if own.agrees:
        return Section(title, (Item(say("judgement", "agrees", level=own.level)),))
    text = say("judgement", "differs", own=own.level, given=_level(suggestion.level))
    reasons = (one.text for one in suggestion.rulebook.difference.reasons if one.id == own.reason)
    reason = [say("judgement", "reason", reason=one) for one in reasons]
    return Section(title, (Item(text, tuple(filter(None, (*reason, own.said, own.policy if more else None)))),))


def _small_print(suggestion: Suggestion, more: bool, today: date | None) -> Iterator[str]:
    """Give the notice, and what a document that people keep needs: the review, and the receipt."""
    rulebook = suggestion.rulebook
    kept = more or today is None
    yield rulebook.notice
    if kept or (today and rulebook.review_by and dates.past(rulebook.review_by, today)):
        yield from review(rulebook, today)
    if kept:
        receipt = suggestion.receipt
        yield say("small_print", "receipt", evaluators=" and ".join(receipt.evaluated_by), **receipt.as_dict())
