"""The fields of a transparency record about the tool: how it is built, what goes in and out, and its data."""

from __future__ import annotations

from rhrt.steward.render.transparency_parts import DATA_PROTECTION, DEPLOYER, Field, Part

_NO_MODEL = "Does not apply: rhrt has no model that learns from data."

TOOL = Part(
    "Tier 2, part 4: the tool",
    (
        Field(
            "4.1.1",
            "How the system is built",
            (
                "A program in Python reads the rules from files that people can read (the rulebook), and applies "
                "them to one record. An inference engine and a second evaluator that shares no logic with it "
                "must agree before anybody sees an answer. If they differ, or the rules give only half an "
                "answer, no level is shown. The user is told whom to ring, and reads: “{no_answer}”",
                "Where the inference engine cannot be installed, another evaluator takes its place. The receipt "
                "says which two agreed.",
            ),
            DEPLOYER,
            "where it runs, and which form or system calls it",
        ),
        Field(
            "4.1.2",
            "What goes in",
            (
                "Signs marked as present, absent or not known; special circumstances; an age band; answers about "
                "the situation and to follow-up questions; and, if the person wishes, their own level. There is no "
                "field for a name, an address or a story. Words typed to find a sign are used and forgotten.",
            ),
        ),
        Field(
            "4.1.3",
            "What comes out",
            (
                "A suggested level, or none; a route; how soon; next steps; reasons; and a receipt, as text, "
                "a page to print, or data for another program.",
            ),
        ),
        Field(
            "4.1.4",
            "Maintenance",
            (
                "The rules are in the rulebook: a change of the framework is a change of those files, not of the "
                "program. {unchecked} numbers to ring have not been checked since they were printed.",
            ),
            DEPLOYER,
            "who looks after the rulebook, who checks the numbers, and when it is next reviewed",
        ),
        Field("4.1.5", "Models", ("None that learns. The rules below stand in for a model.",)),
        Field("4.2.1", "Name", ("rhrt with the rulebook {id}.",)),
        Field("4.2.2", "Version", ("rhrt {version}; rulebook edition {edition}, hash {sha256}.",)),
        Field("4.2.3", "Task", ("To suggest a level of need, a route and next steps, with reasons.",)),
        Field("4.2.4", "Input", ("As in 4.1.2.",)),
        Field("4.2.5", "Output", ("As in 4.1.3.",)),
        Field("4.2.6", "Architecture", ("If-then rules, each of which looks at one fact. No machine learning.",)),
        Field(
            "4.2.7",
            "Performance and testing",
            (
                "{result} They come from the {cases} worked cases of the rulebook.",
                "{encoded} of {clauses} clauses of the framework are encoded in rules. Each of the others says "
                "why it is not.",
                "The rulebook holds {safety} sentences that must be true of every answer: see 5.2.",
                "rhrt has not been evaluated with children's records.",
            ),
            DEPLOYER,
            "what was found when it was tried here, also for different groups of children",
        ),
        Field("4.2.8", "Datasets", ("None. The rules were written from documents, not learned from data.",)),
        Field("4.2.9", "What the documents are for", ("The rules cite these documents:",)),
        Field("4.3", "Development data (4.3.1 to 4.3.9)", (_NO_MODEL,)),
        Field(
            "4.4.1",
            "Sources of data in use",
            ("Only what the person who uses it marks and answers. It looks nothing up.",),
            DEPLOYER,
            "whether the form around it fills in anything from other records",
        ),
        Field(
            "4.4.2",
            "Sensitive attributes",
            (
                "An age band, special circumstances and signs that can speak of health, disability, abuse or "
                "crime. No field of it names a child.",
            ),
            DATA_PROTECTION,
            "whether the record can be tied to a child in the system around it",
        ),
        Field(
            "4.4.3",
            "Processing",
            (
                "The record is read and checked against the rulebook. Nothing is inferred from who the child is: "
                "age and circumstances never set a level.",
            ),
        ),
        Field(
            "4.4.4",
            "Access and storage",
            ("rhrt stores and logs nothing. A record or an answer is kept only where a person saves it.",),
            DATA_PROTECTION,
            "where answers are kept, for how long, and who can see them",
        ),
        Field(
            "4.4.5",
            "Sharing",
            ("rhrt sends nothing to anybody.",),
            DATA_PROTECTION,
            "which agreements cover the form around it",
        ),
    ),
)
