"""The fields of a transparency record, with what is true of rhrt whatever the rulebook.

Those about the tool itself are in `transparency_tool`, and the risks in `transparency_risks`.
"""

from __future__ import annotations

from rhrt.steward.render.transparency_parts import DATA_PROTECTION, DEPLOYER, Field, Part
from rhrt.steward.render.transparency_risks import RISKS
from rhrt.steward.render.transparency_tool import TOOL

_METADATA = Part(
    "About this record",
    (
        Field("0.1", "Standard version", ("3.0",)),
        Field("0.2", "Organisation", (), DEPLOYER, "its full name"),
        Field("0.3", "Function", ("Children's safeguarding and early help.",)),
        Field("0.4", "Capability", ("Rule-based decision support. No machine learning.",)),
        Field("0.5", "Phase", (), DEPLOYER, "pilot, in use, or retired, and since when"),
        Field("0.6", "Region", ("{area}, the area of the rulebook.",)),
        Field("0.7", "Dates of this record", (), DEPLOYER, "when it was completed, and each date of change"),
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
            DEPLOYER,
            "where it is used here, since when, and why",
        ),
        Field("Website", "Website", (), DEPLOYER, "the address of a page that says more"),
        Field("Contact", "Contact email", (), DEPLOYER, "the address of the team that answers questions"),
    ),
)

_OWNER = Part(
    "Tier 2, part 1: owner and responsibility",
    (
        Field("1.1", "Organisation", (), DEPLOYER, "its full name"),
        Field("1.2", "Team", (), DEPLOYER, "the team that is responsible for the tool"),
        Field("1.3", "Senior responsible owner", (), DEPLOYER, "the title of the role"),
        Field(
            "1.4",
            "Third parties",
            (
                "rhrt is free software under the MIT licence. It runs on the organisation's own computers, and "
                "needs no supplier and no network.",
            ),
            DEPLOYER,
            "whether anybody supplies, hosts or supports it",
        ),
        Field("1.4.1", "Name of the third party", (), DEPLOYER, "the name, or none"),
        Field("1.4.2", "Companies House number", (), DEPLOYER, "the number, or none"),
        Field("1.4.3", "Role of the third party", (), DEPLOYER, "what they do, or none"),
        Field("1.4.4", "Type of procurement", (), DEPLOYER, "the procedure, or none"),
        Field(
            "1.4.5",
            "Access of third parties to data",
            ("rhrt gives nobody access to data.",),
            DEPLOYER,
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
                "framework prints, and answers up to {questions} questions about the situation. At most {most} of "
                "{follow_ups} follow-up questions are asked before the answer: those that could change what to do.",
                "The level is the highest level among the signs that are present. Some answers set a level "
                "themselves: they are the practitioner's own judgement. Age never does, and with some signs it "
                "puts advice first. Nothing is counted, added up or weighed. "
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
            DEPLOYER,
            "what benefit is expected here, and how it is measured",
        ),
        Field("2.3", "How it was done before", (), DEPLOYER, "how levels of need were decided until now"),
        Field(
            "2.4",
            "Alternatives considered",
            (
                "A score was rejected: it would give single signs a weight that nobody could check. A model that "
                "learns from past cases was rejected: it would need children's records, and nobody could check "
                "it against the framework clause by clause.",
            ),
            DEPLOYER,
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
                "opened or closed by it.",
                "What it asks first: {asked_first}",
            ),
            DEPLOYER,
            "at which step of which process it is used, and by whom",
        ),
        Field(
            "3.2",
            "What it tells the person who decides",
            (
                "A level, a route, how soon to act and the next steps in order, with whom to ring; the reasons "
                "in the words of the framework; what is not known and could make it higher; and at most {prompts} "
                "prompts to think again. Every answer says: “{notice}”",
            ),
        ),
        Field("3.3", "How often it is used", (), DEPLOYER, "how many people use it, and how often"),
        Field(
            "3.4",
            "Human decisions and review",
            (
                "A person decides every time. Their own judgement is asked for and stands beside the suggestion. "
                "Where the two differ, rhrt shows both with reasons and blocks nothing.",
                "Where their level is higher, it says: “{higher}”",
                "Where their level is lower, it says: “{lower}”",
            ),
            DEPLOYER,
            "who reviews decisions, and how often",
        ),
        Field(
            "3.5",
            "Training",
            ("The rulebook comes with {cases} worked cases that trainers can use.",),
            DEPLOYER,
            "what training people must have before they use it",
        ),
        Field(
            "3.6",
            "Appeal and review",
            (
                "The suggestion binds nobody, so any user can go by their own judgement at once. {policy}",
                "An answer carries a receipt. With it the answer can be given again later, and checked.",
            ),
            DEPLOYER,
            "how a family can ask for a decision to be looked at again, and whom they tell",
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
            DATA_PROTECTION,
            "the data protection and the equality impact assessment, with dates and links",
        ),
        Field("5.2", "Risks and what lessens them", RISKS, DEPLOYER, "local risks, and who owns each"),
    ),
)

PARTS = (_METADATA, _TIER_1, _OWNER, _RATIONALE, _DECISION, TOOL, _IMPACT)
"""The parts of the record, in order."""
