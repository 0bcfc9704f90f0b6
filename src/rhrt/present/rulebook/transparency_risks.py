"""The risks of using rhrt, each with what lessens it. Each is true whatever the rulebook."""

from __future__ import annotations

RISKS = (
    "The suggestion is too low and is believed. What is not known never lowers a level and is shown as a "
    "question. Nothing recorded gives no level, which is not the lowest level. The user's own, higher level is "
    "the one to go by until it has been talked through.",
    "The suggestion is too high, and a family is referred without need. Each reason quotes the sign, so that a "
    "person can see that it does not fit, and say so.",
    "Time is lost while a child is in danger. Danger is asked about first. Every answer says: “{if_worse}”",
    "The suggestion is taken for a decision. It is worded as one to check, and the person's own judgement is "
    "asked for.",
    "The framework or a number to ring is out of date. Every answer names the edition, and this record counts the "
    "numbers that nobody has checked.",
    "The program is wrong. Two evaluators must agree, and the worked cases are run again after every change.",
    "A child can be identified. There is no field for a name or a story, and nothing is kept or sent.",
    "Signs from the list stand for all signs. The notice and the prompts say that the list does not replace "
    "judgement.",
)
"""Each risk, then what lessens it."""
