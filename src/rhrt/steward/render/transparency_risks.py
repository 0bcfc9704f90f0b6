"""The risks of using rhrt, each with what lessens it. Each is true whatever the rulebook."""

from __future__ import annotations

RISKS = (
    "The suggestion is too low and is believed. What is not known never lowers a level and is shown as a "
    "question. Nothing recorded gives no level, which is not the lowest level. A level of their own that is "
    "higher is never lowered by rhrt.",
    "The suggestion is too high, and a family is referred without need. Each reason quotes the sign, so that a "
    "person can see that it does not fit, and say so.",
    "Time is lost while a child is in danger. Asked first: {asked_first} Every answer says: “{if_worse}”",
    "The suggestion is taken for a decision. It is worded as one to check, and the person's own judgement is "
    "asked for.",
    "The framework or a number to ring is out of date. Every answer names the edition, and 4.1.4 counts the "
    "numbers that nobody has checked.",
    "The program is wrong. Two evaluators must agree before anybody sees a level, and the worked cases were run "
    "again for this record: see 4.2.7.",
    "A child can be identified. There is no field for a name or a story, and nothing is kept or sent.",
    "The list of signs is taken for all that matters. Where nothing on it was seen, rhrt says: “{no_level}”",
)
"""Each risk, then what lessens it."""
