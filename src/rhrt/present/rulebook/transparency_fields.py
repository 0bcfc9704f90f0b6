"""The fields of a transparency record, with what is true of rhrt whatever the rulebook.

A word in {braces} is filled in from the rulebook. `who` and `what` say who has to add what.
"""

from __future__ import annotations

from typing import NamedTuple

from rhrt.present.rulebook.transparency_risks import RISKS


class Field(NamedTuple):
    """One field of the standard."""

    number: str
    name: str
    said: tuple[str, ...] = ()
    who: str = ""
    what: str = ""


class Part(NamedTuple):
    """One part of the standard."""

    title: str
    fields: tuple[Field, ...]


_DEPLOYER = "the deploying organisation"
_NO_MODEL = "Does not apply: rhrt has no model that learns from data."

_METADATA = Part(
    "About this record",
    (
        Field("0.1", "Standard version", ("3.0",)),
        Field("0.2", "Organisation", (), _DEPLOYER, "its full name"),
        Field("0.3", "Function", ("Children's safeguarding and early help.",)),
        Field("0.4", "Capability", ("Rule-based decision support. No machine learning.",)),
        Field("0.5", "Phase", (), _DEPLOYER, "pilot, in use, or retired, and since when"),
        Field("0.6", "Region", ("{area}, the area of the rulebook.",)),
        Field("0.7", "Dates of this record", (), _DEPLOYER, "when it was completed, and each date of change"),
    ),
)

_TIER_1 = Part(
    "Tier 1: for the public",
    (
        Field("Name", "Name of the tool", ("rhrt, with the rulebook {title} of {area}, edition {edition}.",)),
        Field(
            "Description",
            "What it is, how it is used and why",
            (
                "rhrt helps people who work with children and are worried about one. They mark what they have "
                "seen on a list of signs. rhrt suggests a level of need, from {levels}. It also suggests where "
                "the concern goes, how soon, and what to do next.",
                "It gives its reasons in the words of the local framework, so that anybody can check them. It "
                "suggests. A person decides.",
            ),
            _DEPLOYER,
            "where it is used here, since when, and why",
        ),
        Field("Website", "Website", (), _DEPLOYER, "the address of a page that says more"),
        Field("Contact", "Contact email", (), _DEPLOYER, "the address of the team that answers questions"),
    ),
)

_OWNER = Part(
    "Tier 2, part 1: owner and responsibility",
    (
        Field("1.1", "Organisation", (), _DEPLOYER, "its full name"),
        Field("1.2", "Team", (), _DEPLOYER, "the team that is responsible for the tool"),
        Field("1.3", "Senior responsible owner", (), _DEPLOYER, "the title of the role"),
        Field(
            "1.4",
            "Third parties",
            (
                "rhrt is free software under the MIT licence. It runs on the organisation's own computers, and "
                "needs no supplier and no network.",
            ),
            _DEPLOYER,
            "whether anybody supplies, hosts or supports it",
        ),
        Field("1.4.1", "Name of the third party", (), _DEPLOYER, "the name, or none"),
        Field("1.4.2", "Companies House number", (), _DEPLOYER, "the number, or none"),
        Field("1.4.3", "Role of the third party", (), _DEPLOYER, "what they do, or none"),
        Field("1.4.4", "Type of procurement", (), _DEPLOYER, "the procedure, or none"),
        Field(
            "1.4.5",
            "Access of third parties to data",
            ("rhrt gives nobody access to data.",),
            _DEPLOYER,
            "the terms for whoever hosts it or the form around it",
        ),
    ),
)

_RATIONALE = Part(
    "Tier 2, part 2: description and rationale",
    (
        Field(
            "2.1",
            "Detailed description",
            (
                "A practitioner records which signs are present, absent or not known, out of {indicators} that the "
                "framework prints, and answers up to {questions} questions about the situation.",
                "The level is the highest level among the signs that are present. Some answers set a level "
                "themselves: they are the practitioner's own judgement. Nothing is counted, added up or weighed. "
                "Signs of what goes well are shown and never lower a level.",
                "From the level and the answers follow one route ({routes}), how soon to act, and which of "
                "{actions} actions to take. Where nothing gives a level, rhrt says: “{no_level}”",
                "The levels of this rulebook:",
            ),
        ),
        Field(
            "2.2",
            "Benefits",
            (
                "Each suggestion quotes the sign and names the clause behind it. The same record gives the same "
                "answer every time. What is not known is carried to the answer as a question to ask.",
            ),
            _DEPLOYER,
            "what benefit is expected here, and how it is measured",
        ),
        Field("2.3", "How it was done before", (), _DEPLOYER, "how levels of need were decided until now"),
        Field(
            "2.4",
            "Alternatives considered",
            (
                "A score was rejected: it would give single signs a weight that nobody could check. A model that "
                "learns from past cases was rejected: it would need children's records, and could not give its "
                "reasons as rules.",
            ),
            _DEPLOYER,
            "which other tools or ways of working were looked at",
        ),
    ),
)

_DECISION = Part(
    "Tier 2, part 3: the decision",
    (
        Field(
            "3.1",
            "Place in the decision",
            (
                "rhrt is used before a person decides whether and where to refer a concern. Nothing is sent, "
                "opened or closed by it. Danger now is asked about first, and answered first.",
            ),
            _DEPLOYER,
            "at which step of which process it is used, and by whom",
        ),
        Field(
            "3.2",
            "What it tells the person who decides",
            (
                "A level, a route, how soon to act and the next steps in order, with whom to ring; the reasons "
                "in the words of the framework; what is not known and could make it higher; and at most three "
                "prompts to think again. Every answer says: “{notice}”",
            ),
        ),
        Field("3.3", "How often it is used", (), _DEPLOYER, "how many people use it, and how often"),
        Field(
            "3.4",
            "Human decisions and review",
            (
                "A person decides every time. Their own judgement is asked for and stands beside the suggestion. "
                "Where the two differ, rhrt shows both with reasons and blocks nothing.",
                "Where their level is higher, it says: “{higher}”",
                "Where their level is lower, it says: “{lower}”",
            ),
            _DEPLOYER,
            "who reviews decisions, and how often",
        ),
        Field(
            "3.5",
            "Training",
            ("The rulebook comes with {cases} worked cases that trainers can use.",),
            _DEPLOYER,
            "what training people must have before they use it",
        ),
        Field(
            "3.6",
            "Appeal and review",
            (
                "The suggestion binds nobody, so any user can go by their own judgement at once. {policy}",
                "An answer carries a receipt. With it the answer can be given again later, and checked.",
            ),
            _DEPLOYER,
            "how a family can ask for a decision to be looked at again, and whom they tell",
        ),
    ),
)

_SYSTEM = Part(
    "Tier 2, part 4: the tool",
    (
        Field(
            "4.1.1",
            "How the system is built",
            (
                "A program in Python reads the rules from files that people can read (the rulebook), and applies "
                "them to one record. An inference engine and a second evaluator that shares no logic with it "
                "must agree before anybody sees an answer. If they differ, no level is shown, and the user "
                "reads: “{no_answer}”",
                "Where the inference engine cannot be installed, the second evaluator answers alone, and the "
                "receipt says so.",
            ),
            _DEPLOYER,
            "where it runs, and which form or system calls it",
        ),
        Field(
            "4.1.2",
            "What goes in",
            (
                "Signs marked as present, absent or not known; special circumstances; an age band; answers about "
                "the situation; and, if the person wishes, their own level. There is no field for a name, an "
                "address or a story. Words typed to find a sign are used and forgotten.",
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
            _DEPLOYER,
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
                "{result} They come from {cases} worked cases with stories that were made up.",
                "{encoded} of {clauses} clauses of the framework are encoded in rules. Each of the others says "
                "why it is not.",
                "The rulebook holds {safety} sentences that must be true of every answer: see 5.2.",
                "rhrt has not been evaluated with children's records.",
            ),
            _DEPLOYER,
            "what was found when it was tried here, also for different groups of children",
        ),
        Field("4.2.8", "Datasets", ("None. The rules were written from documents, not learned from data.",)),
        Field("4.2.9", "What the documents are for", ("The rules cite these documents:",)),
        Field("4.3", "Development data (4.3.1 to 4.3.9)", (_NO_MODEL,)),
        Field(
            "4.4.1",
            "Sources of data in use",
            ("Only what the person who uses it marks and answers. It looks nothing up.",),
            _DEPLOYER,
            "whether the form around it fills in anything from other records",
        ),
        Field(
            "4.4.2",
            "Sensitive attributes",
            (
                "An age band, special circumstances and signs that can speak of health, disability, abuse or "
                "crime. Nothing in the record identifies a child.",
            ),
            "the data protection officer",
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
            "the data protection officer",
            "where answers are kept, for how long, and who can see them",
        ),
        Field(
            "4.4.5",
            "Sharing",
            ("rhrt sends nothing to anybody.",),
            "the data protection officer",
            "which agreements cover the form around it",
        ),
    ),
)

_IMPACT = Part(
    "Tier 2, part 5: risks and impact",
    (
        Field(
            "5.1",
            "Impact assessments",
            (),
            "the data protection officer",
            "the data protection and the equality impact assessment, with dates and links",
        ),
        Field("5.2", "Risks and what lessens them", RISKS, _DEPLOYER, "local risks, and who owns each"),
    ),
)

PARTS = (_METADATA, _TIER_1, _OWNER, _RATIONALE, _DECISION, _SYSTEM, _IMPACT)
"""The parts of the record, in order."""
