"""What is said to a person, in order, whatever form it then takes."""

from collections.abc import Iterator
from typing import NamedTuple

from rhrt.rulebook.model import Contact, Rulebook, Source
from rhrt.suggestion import NextStep, NotKnown, OpenQuestion, Reason, Suggestion


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


def outline(suggestion: Suggestion) -> Outline:
    """Say what a suggestion says: headline, next steps, reasons, then the rest."""
    rulebook = suggestion.rulebook
    most_urgent = {urgency.id for urgency in rulebook.urgencies[:1]}
    return Outline(
        headline(suggestion),
        tuple(_lines(suggestion)),
        tuple(section for section in _sections(suggestion) if section.items),
        (rulebook.notice, _receipt(suggestion)),
        suggestion.urgency in most_urgent,
    )


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


def ring(rulebook: Rulebook, contact: Contact) -> str:
    """Say whom to ring, with who answers at other hours."""
    said = f"Ring {contact.name}: {contact.number} ({contact.hours})"
    other = rulebook.contact.get(contact.otherwise or "")
    return f"{said}, or {other.name}: {other.number} ({other.hours})" if other else said


def _lines(suggestion: Suggestion) -> Iterator[str]:
    yield f"How soon: {suggestion.urgency_name}"
    if suggestion.level is None:
        yield suggestion.rulebook.no_level
    else:
        yield f"Route: {suggestion.route_name}"
    if suggestion.could_be.level and suggestion.could_be.level > (suggestion.level or 0):
        yield f"It could be Level {suggestion.could_be.level}: see what is not known, below."


def _sections(suggestion: Suggestion) -> Iterator[Section]:
    rulebook = suggestion.rulebook
    steps = tuple(_step(rulebook, step) for step in suggestion.actions)
    unasked = tuple(_question(q) for q in suggestion.questions if q.answer == "not-asked")
    yield Section("First, check", unasked)
    yield Section("What to do next", steps, numbered=True)
    yield Section("Why", tuple(_reason(rulebook, reason) for reason in suggestion.reasons))
    could_be = tuple(_not_known(one) for one in suggestion.could_be.because)
    yield Section("Not known, and would make it higher", could_be)
    lower = [reason for reason in suggestion.also_recorded if reason not in suggestion.strengths]
    yield Section("Also recorded", tuple(_reason(rulebook, reason) for reason in lower))
    if suggestion.strengths != suggestion.reasons:
        strengths = tuple(_reason(rulebook, reason) for reason in suggestion.strengths)
        yield Section("Going well", strengths, "Strengths are shown. They do not lower a level.")
    yield _judgement(suggestion)
    contacts = [rulebook.contact[id_] for id_ in rulebook.if_worse_contacts]
    numbers = "; ".join(f"{contact.name}: {contact.number} ({contact.hours})" for contact in contacts)
    yield Section("If things get worse", (Item(rulebook.if_worse, (numbers,)),))


def _step(rulebook: Rulebook, step: NextStep) -> Item:
    details = [f"When: {step.when}." if step.when else "", "" if step.who == "You" else f"Who: {step.who}."]
    if step.contact:
        details.append(ring(rulebook, step.contact))
    return Item(step.text, tuple(detail for detail in details if detail))


def _question(question: OpenQuestion) -> Item:
    return Item(f"{question.question} {question.why}")


def _reason(rulebook: Rulebook, reason: Reason) -> Item:
    if reason.indicator is None:
        return Item(reason.wording, (f"Level {reason.level}. {cite(rulebook, reason.source)}",))
    number = f", indicator {reason.n}" if reason.n else ""
    return Item(f"“{reason.wording}”", (f"Level {reason.level}. {cite(rulebook, reason.source)}{number}",))


def _not_known(one: NotKnown) -> Item:
    return Item(f"Level {one.level} if so: “{one.wording}”")


def _judgement(suggestion: Suggestion) -> Section:
    own = suggestion.judgement
    if own is None:
        return Section("Your own judgement", ())
    if own.agrees:
        return Section("Your own judgement", (Item(f"You also judged this to be Level {own.level}."),))
    said = f"Level {suggestion.level}" if suggestion.level else "no level"
    text = f"You judged this to be Level {own.level}. The framework's signs, as recorded, give {said}."
    why = "Either may be right. Talk the difference through, and record why you decided as you did."
    return Section("Your own judgement", (Item(text, (why,)),))


def _receipt(suggestion: Suggestion) -> str:
    receipt = suggestion.receipt
    return (
        f"Receipt: {receipt.rulebook}, edition {receipt.edition}, rulebook {receipt.rulebook_sha256[:12]}, "
        f"record {receipt.record_sha256[:12]}, {receipt.engine}, evaluated by {' and '.join(receipt.evaluated_by)}."
    )
