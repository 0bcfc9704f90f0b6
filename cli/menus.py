"""Putting a question with questionary: arrows or numbers to choose, and Enter."""

from shutil import get_terminal_size

import click
import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from questionary.prompts.common import InquirerControl
from rhrt_cli.asking import show_notice
from rhrt_cli.options import printable

from rhrt.interview.questions import WAYS, Choice, Question, Reply
from rhrt.present.terminal import wrap

SKIP = "+skip"
"""The value of the choice that a menu adds to skip a question; no other choice has it."""

ENTER_FOR_NONE = "Space to choose, Enter to go on."
ENTER_FOR_ONE = "Enter to choose one. For several: Space on each, then Enter."

_ROOM_FOR_LEAD = 8
"""The columns before the words of a choice: the pointer, the number, and the edge of the screen."""
_LOOK = questionary.Style([("answer", "nobold noinherit"), ("highlighted", "bold"), ("instruction", "nobold")])


class Menus:
    """Puts a question as a menu, or as a line to type on."""

    def __init__(self) -> None:
        click.echo()

    def show(self, text: str) -> None:
        """Show a text, one screen at a time."""
        for screen in _screens(text):
            click.echo(f"\n{screen}")
            questionary.press_any_key_to_continue("Any key to go on.", erase_when_done=True).unsafe_ask()

    def put(self, question: Question) -> Reply:
        """Put a question; keep a line of it on the screen where the answer is for the record."""
        show_notice(question)
        answer = _ask(question)
        if question.recorded:
            click.echo("\n".join(wrap(f"{question.words} {question.said(answer.chosen)}")))
        return answer


def _screens(text: str) -> list[str]:
    """Cut a text, between its sections where they fit, into parts that a screen can hold with a line below."""
    room = max(get_terminal_size().lines - 3, 1)
    screens: list[list[str]] = [[]]
    for section in text.strip("\n").split("\n\n"):
        lines = ["", *section.splitlines()]
        if screens[-1] and len(screens[-1]) + len(lines) > room:
            screens.append([])
        for line in lines if screens[-1] else lines[1:]:
            if len(screens[-1]) >= room:
                screens.append([])
            screens[-1].append(line)
    return ["\n".join(screen) for screen in screens]


def _ask(question: Question) -> Reply:
    asked = _as_menu(question)
    bindings = asked.application.key_bindings
    if isinstance(bindings, KeyBindings):
        bindings.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError))
        bindings.add("<sigint>", eager=True)(lambda event: event.app.exit(exception=KeyboardInterrupt))
    given = asked.unsafe_ask()
    if not question.choices:
        return Reply(typed=given.strip())
    chosen = given if isinstance(given, list) else [given]
    return Reply(tuple(value for value in chosen if value != SKIP))


def _as_menu(question: Question) -> questionary.Question:
    words = "\n" + _indented(question.words)
    choices = [
        questionary.Choice(
            _in_a_menu(choice), choice.value, checked=question.many and choice.value in question.start
        )
        for choice in question.choices
    ]
    if not choices:
        how = _help(question, f"Enter alone: {question.skip}.") + "\n>"
        return questionary.text(words, qmark="", instruction=how, erase_when_done=True)
    if question.many:
        how = _help(question, ENTER_FOR_NONE if question.skip else ENTER_FOR_ONE)
        many = questionary.checkbox(words, choices, qmark="", instruction=how, style=_LOOK, erase_when_done=True)
        return many if question.skip else _at_least_one(many)
    rest = _at_rest(question)
    if rest == SKIP:
        choices.append(questionary.Choice(question.skip, SKIP))
    return questionary.select(
        words,
        choices,
        default=next(iter(question.start), rest),
        qmark="",
        style=_LOOK,
        use_shortcuts=len(choices) <= len(InquirerControl.SHORTCUT_KEYS),
        use_jk_keys=False,
        instruction=_help(
            question, "Arrows or a number, then Enter." if len(choices) < 10 else "Arrows, then Enter."
        ),
        erase_when_done=True,
    )


def _at_least_one(asked: questionary.Question) -> questionary.Question:
    """Have Enter take what the cursor stands on where nothing was chosen; a way elsewhere only by itself."""
    bindings, controls = asked.application.key_bindings, asked.application.layout.find_all_controls()
    control = next(one for one in controls if isinstance(one, InquirerControl))

    def enter(event: KeyPressEvent) -> None:
        chosen = [choice.value for choice in control.get_selected_values() or [control.get_pointed_at()]]
        event.app.exit(result=[value for value in chosen if value not in WAYS] or chosen[:1])

    if isinstance(bindings, KeyBindings):
        bindings.add("enter", eager=True)(enter)
    return asked


def _at_rest(question: Question) -> str | None:
    """Give the choice for whoever only presses Enter: to skip, where that is possible, by a choice or one added."""
    if question.skip is None:
        return question.rest
    return next((choice.value for choice in question.choices if choice.words == question.skip), SKIP)


def _help(question: Question, keys: str) -> str:
    return "\n" + _indented(f"{printable(question.help)} {keys}".strip())


def _indented(text: str) -> str:
    """Break text over lines that begin one column in, as the choices do."""
    return "\n".join(wrap(text, " "))


def _in_a_menu(choice: Choice) -> str:
    """Break a choice, and what is said below it, over lines that hang under the first."""
    lead = " " * _ROOM_FOR_LEAD
    return "\n".join([*wrap(choice.words, lead), *wrap(printable(choice.hint), lead)]).strip()
