"""A damaged rulebook is refused whole, with the place of every fault and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

import pytest

from rhrt import load_rulebook
from rhrt.faults import BadInput
from rhrt.files import Written
from rhrt.parser import parse
from tests.bad_input import assert_whole_sentences, marked, refused
from tests.conftest import RULEBOOK_FOLDER, a_third_quick, the_rest_long

LEVEL_1 = "indicators/level-1-universal.yaml"
LEVEL_4 = "indicators/level-4-specialist.yaml"
NEEDS = "indicators/section-8-needs.yaml"
POLICE = "when: {danger: yes}\n        text: Make sure the police have been called on 999."
POLICE_CASES = f"""cases:
      - {POLICE}
        by_when: Now, before anything else
        contact: police
"""
ATTENDANCE = (
    "strength: good-attendance\n    rungs: [occasional-truanting, persistent-absence, chronic-non-attendance]"
)
PARENTS = "strength: null\n    rungs: [parent-resists-school-support, chronic-non-attendance]"
SAFETY_NAMED = "- {mark: present, level: 4, basis: safety}"

WORDS = "These should be words. Write words, in quotes if they look like a number."
NUMBER = "This should be a whole number. Write a number such as 2."
CUT = (
    "What stands here after ' #' is not read: it is a comment, and cuts the text off. Put the whole text in quotes"
)
DATE = "is not a month or a day that there is. Write a month such as 2020-11, a day such as 2020-11-21, or a year."
POLICED = "Make sure the police have been called on 999."
FITS = "This does not fit here. Write a word, a list of words, a whole number, or {at_least: 2}."
LEVELS_0 = "Write a whole number from 0 to 4."
NEVER = "There are no words here, so this never holds. Write one of: not-asked, yes, no, not-known."
RISE = "which is not above the rung before it"

# The file, the words that are replaced (once), what takes their place, with ▶ where a fault should be reported,
# and what should be said.
EDITS: Mapping[str, tuple[str, str, str, str]] = {
    # Keys and types
    "a key twice": ("rulebook.yaml", "area: Here", "▶title: x\narea: Here", "The key 'title' is written twice."),
    "a tag": ("rulebook.yaml", "area: Here", "area: ▶!!str Here", "Tags (!) are not used here."),
    "an unknown key": (
        "ladders.yaml",
        "    rungs: [learn",
        "    rungs: []\n    ▶rung: [learn",
        "Did you mean rungs",
    ),
    "a key misspelt": (LEVEL_1, "- id: key-stages-achieved\n", "- ▶idd: key-stages-achieved\n", "Did you mean id"),
    "an unknown key of a source": (
        "routes.yaml",
        "section: Section 13,",
        "▶sectn: Section 13,",
        "Did you mean section",
    ),
    "a missing key": (
        "ladders.yaml",
        '- id: school-attendance\n    title: "Attending school"\n',
        "- ▶id: school-attendance\n",
        "The key 'title' is missing. Add 'title: ...' here.",
    ),
    "an indicator without wording": (
        LEVEL_1,
        "    wording: General development is age appropriate\n",
        "",
        "The key 'wording' is missing. Add 'wording: ...' here.",
    ),
    "a missing key of the rulebook": ("rulebook.yaml", "edition: 1 - 11/20\n", "", "The key 'edition' is missing."),
    "a number for an id": ("ladders.yaml", "id: school-exclusion", "▶id: 12", WORDS),
    "a telephone number without quotes": ("rulebook.yaml", 'number: "999"', "▶number: 999", WORDS),
    "a year without quotes": ("rulebook.yaml", "published: 2020-11", "▶published: 2020", WORDS),
    "a word for a number": (LEVEL_1, "n: 1\n", "▶n: one\n", NUMBER),
    "a list for words": (LEVEL_1, "wording: General", "▶wording: [General]\n    note: x", WORDS),
    "nothing for words": (
        LEVEL_1,
        "wording: General",
        "▶wording:\n    note: x",
        "There is nothing here. Write a word",
    ),
    "a word for a list": ("ladders.yaml", "rungs: [poor", "▶rungs: poor\n    x: [poor", "This should be a list."),
    "a colon in an entry": (
        LEVEL_1,
        "      - on track in the EYFS\n",
        "      - ▶on track: in the EYFS\n",
        "These should be words, not a key with a value. Put them in quotes if a colon stands in them.",
    ),
    "a colon in a text": (
        LEVEL_1,
        "    wording: Achieving education key stages\n",
        "    wording: Achieving▶: education key stages\n",
        "A colon stands here inside a value, as after a key. Put the whole value in quotes.",
    ),
    "a tab for an indent": (
        LEVEL_1,
        "    wording: Achieving education key stages\n",
        "▶\twording: Achieving education key stages\n",
        "There is a tab here, where YAML takes spaces alone.",
    ),
    "a no-break space for an indent": (
        LEVEL_1,
        "    wording: Achieving education key stages\n",
        "   ▶\u00a0wording: Achieving education key stages\n",
        "There is a no-break space (U+00A0) here, which YAML takes for a letter.",
    ),
    "yes for true": ("rulebook.yaml", "strengths: true", "▶strengths: yes", "Write true or false."),
    "strengths above the lowest level": (
        "rulebook.yaml",
        "    source: {document: framework, section: Section 7, facts: [R019]}\n",
        "    source: {document: framework, section: Section 7, facts: [R019]}\n    ▶strengths: true\n",
        "Level 2 is not the lowest, so its signs cannot be strengths. Remove it. Only Level 1 may have it.",
    ),
    "strengths at the highest level": (
        "rulebook.yaml",
        "    name: Specialist\n",
        "    name: Specialist\n    ▶strengths: true\n",
        "Level 4 is not the lowest, so its signs cannot be strengths.",
    ),
    # Words that a comment cuts off
    "a step cut by a comment": (
        "actions.yaml",
        f"        text: {POLICED}",
        f"        ▶text: Make sure #{POLICED}",
        CUT,
    ),
    "a single word cut by a comment": ("rulebook.yaml", "    name: Universal", "    ▶name: Universal\t#yet", CUT),
    "a telephone number cut by a comment": (
        "rulebook.yaml",
        "number: (01432) 260800",
        "▶number: (01432) 260800 #2",
        CUT,
    ),
    "a text that is all comment": ("rulebook.yaml", "why: If so, it goes", "▶why: #1. If so, it goes", CUT),
    "a way of saying it cut by a comment": (
        "rulebook.yaml",
        "      - Family and social relationships\n",
        "      - ▶Family # and social relationships\n",
        CUT,
    ),
    # Dates
    "a month that is not": ("rulebook.yaml", "published: 2020-11", "▶published: 2020-13", DATE),
    "a month in words": ("rulebook.yaml", "published: 2020-11", "▶published: Nov 2020", DATE),
    "a document of a day that is not": (
        "rulebook.yaml",
        "    published: 2023-03",
        "    ▶published: 2023-02-30",
        "'2023-02-30' is not a month or a day that there is.",
    ),
    "a review in a month that is not": ("rulebook.yaml", "{by: 2022-09", "{▶by: 2022-9", DATE),
    "a review set on no date": ("rulebook.yaml", "set_on: 2020-11", "▶set_on: last year", DATE),
    "a review before there was anything to review": (
        "rulebook.yaml",
        "{by: 2022-09",
        "{▶by: 2020-10",
        "The review was due by 2020-10, before this was published (2020-11).",
    ),
    "a review that nobody set": (
        "rulebook.yaml",
        "review: {by: 2022-09, set_by: Herefordshire Safeguarding Children Partnership,",
        "▶review: {by: 2022-09,",
        "The key 'set_by' is missing.",
    ),
    # A promise about a basis
    "a sentence of a basis that is not": (
        "safety.yaml",
        "basis: significant-harm",
        "▶basis: significant-ham",
        "'significant-ham' is not known here. Did you mean significant-harm",
    ),
    "an unknown kind of finding": (
        "routes.yaml",
        "about: recorded\n",
        "▶about: records\n",
        "This word is not one of those allowed. Write recorded, indicator or answers.",
    ),
    # Ids and numbers
    "an id with a capital": (
        "ladders.yaml",
        "id: school-excl",
        "▶id: School-excl",
        "Use small letters and hyphens.",
    ),
    "an id with an underscore": ("ladders.yaml", "id: school-e", "▶id: school_e", "Use small letters and hyphens."),
    "an empty id": ("ladders.yaml", "id: school-exclusion", "▶id: ''", "'' is not a plain name."),
    "a question with a hyphen": (
        "rulebook.yaml",
        "id: consent\n",
        "▶id: con-sent\n",
        "small letters and underscores.",
    ),
    "an id twice in a file": (
        "ladders.yaml",
        "id: school-exclusion",
        "▶id: school-attendance",
        "'school-attendance' is already used in ladders.yaml. Give each entry a name of its own.",
    ),
    "an id twice in two files": (
        NEEDS,
        "id: core-needs",
        "▶id: good-attendance",
        "'good-attendance' is already used in indicators/level-1-universal.yaml.",
    ),
    "a number twice": (
        LEVEL_1,
        "n: 2\n",
        "▶n: 1\n",
        "The number 1 is also that of 'development-age-appropriate'. Give each indicator its own place",
    ),
    "agencies of a level twice": (
        "services.yaml",
        "agencies:\n  - level: 1\n    names:",
        "agencies:\n  - {level: 1, names: [A], source: {document: a, section: b}}\n  - ▶level: 1\n    names:",
        "'1' is already used in services.yaml.",
    ),
    # Ladders
    "an unknown rung": (
        "ladders.yaml",
        ATTENDANCE,
        ATTENDANCE.replace("persistent-absence", "▶persistant-absense"),
        "'persistant-absense' is not known here. Did you mean persistent-absence,",
    ),
    "an unknown strength": (
        "ladders.yaml",
        "strength: good-att",
        "▶strength: good-at",
        "Did you mean good-attendance,",
    ),
    "a ladder that falls": (
        "ladders.yaml",
        ATTENDANCE,
        "rungs: [persistent-absence, ▶occasional-truanting, chronic-non-attendance]",
        f"'occasional-truanting' is at Level 2, {RISE} (Level 3). Order the rungs",
    ),
    "a rung twice": (
        "ladders.yaml",
        ATTENDANCE,
        "rungs: [occasional-truanting, ▶occasional-truanting]",
        f"'occasional-truanting' is at Level 2, {RISE} (Level 2).",
    ),
    "a ladder that does not rise from its strength": (
        "ladders.yaml",
        ATTENDANCE,
        "strength: persistent-absence\n    rungs: [▶persistent-absence]",
        f"'persistent-absence' is at Level 3, {RISE} (Level 3).",
    ),
    "a ladder of one step": (
        "ladders.yaml",
        f'- id: parents-and-school\n    title: "Parents and school working together"\n    {PARENTS}',
        '- ▶id: parents-and-school\n    title: "Parents and school"\n    rungs: [chronic-non-attendance]',
        "The ladder 'parents-and-school' has fewer than two steps. Add a rung, or remove the ladder.",
    ),
    # Words
    "blank wording": (
        LEVEL_1,
        "wording: General",
        "▶wording: ' '\n    note: x",
        "There are no words here for 'wording'.",
    ),
    "a level without a name": (
        "rulebook.yaml",
        "name: Universal",
        "▶name: ''",
        "There are no words here for 'name'.",
    ),
    "a blank synonym": ("synonyms.yaml", "- [boyfriend,", "- [▶'',", "There are no words here for 'synonyms'."),
    # Actions and conditions
    "an action without words": (
        "actions.yaml",
        "text: Make sure the police have been called on 999.",
        "▶text: ''",
        "There are no words here for 'text'. Write them, or remove the entry.",
    ),
    "a case without text": ("actions.yaml", POLICE, "▶when: {danger: yes}", "The key 'text' is missing."),
    "an action without cases": (
        "actions.yaml",
        POLICE_CASES,
        "▶cases: []\n",
        "The action 'call-999-police' has no case, so it never applies. Add a case with 'when' and 'text'.",
    ),
    "an action of an unknown contact": (
        "actions.yaml",
        "contact: police",
        "▶contact: polise",
        "Did you mean police?",
    ),
    "a finding without conditions": (
        "routes.yaml",
        f"when:\n      {SAFETY_NAMED}",
        "▶when: []",
        "There is no condition here, so this never applies. Add one, or write - {} for always.",
    ),
    "a finding on an unknown mark": (
        "routes.yaml",
        "{mark: present, l",
        "{▶mark: presnt, l",
        "Did you mean present",
    ),
    "a finding on an unknown basis": (
        "routes.yaml",
        "basis: significant-harm}",
        "▶basis: signficant-harm}",
        "Did you mean significant-harm?",
    ),
    "a finding on level 5": ("routes.yaml", "level: 4, basis: sig", "▶level: 5, basis: sig", LEVELS_0),
    "a finding on what is not yet known": (
        "routes.yaml",
        "- {open_to_social_care: yes}",
        "- {▶level: 4}",
        "'level' is not known here. Known here: immed",
    ),
    # What else one file says of another
    "an unknown document": ("routes.yaml", "{document: frame", "{▶document: fram", "Did you mean framework?"),
    "an unknown heading": (
        LEVEL_1,
        "heading: learning-e",
        "▶heading: lerning-e",
        "Did you mean learning-education?",
    ),
    "an unknown heading to show under": (
        LEVEL_4,
        "shown_under: family-relationships",
        "▶shown_under: zz",
        "Known here: learning-education, health,",
    ),
    "an unknown basis": (LEVEL_4, "basis: child-in-need", "▶basis: child-in-ned", "Did you mean child-in-need?"),
    "an unknown topic": ("services.yaml", "topics: []", "topics: [▶parentng]", "Did you mean parenting?"),
    "a topic of an unknown indicator": (
        "services.yaml",
        "indicators: [poor-stimulation,",
        "indicators: [▶poor-stimulus,",
        "mean poor-stimulation",
    ),
    "a service of an unknown level": ("services.yaml", "levels: [2]", "levels: [2, ▶7]", "Known here: 1, 2, 3, 4."),
    "agencies of an unknown level": (
        "services.yaml",
        "agencies:\n  - level: 1",
        "agencies:\n  - ▶level: 9",
        "'9' is not known here.",
    ),
    "an unknown contact if it gets worse": ("rulebook.yaml", "mash, edt]", "mash, ▶ed]", "Did you mean edt?"),
    "an unknown contact at other hours": ("rulebook.yaml", "otherwise: edt", "▶otherwise: ed", "Did you mean edt?"),
    "an alias to nowhere": (
        "rulebook.yaml",
        "aliases: {}",
        "aliases: {▶old-name: persistent-absense}",
        "'persistent-absense' is not known here. Did you mean persistent-absence,",
    ),
    "an alias that is still an id": (
        "rulebook.yaml",
        "aliases: {}",
        "aliases: {▶good-attendance: persistent-absence}",
        "'good-attendance' is still the id of an indicator. Remove the alias, or rename the indicator.",
    ),
    "a sign both there and taken out": (
        "rulebook.yaml",
        "aliases: {}",
        "aliases: {}\nretired: [{▶id: good-attendance, last_edition: '0'}]",
        "'good-attendance' is still the id of an indicator. Take the indicator out, or remove this entry.",
    ),
    "a sign both renamed and taken out": (
        "rulebook.yaml",
        "aliases: {}",
        "aliases: {old-name: persistent-absence}\nretired: [{▶id: old-name, last_edition: '0'}]",
        "'old-name' is also an old id of 'persistent-absence'. Keep the alias or this entry, and not both.",
    ),
    "a sign taken out twice": (
        "rulebook.yaml",
        "aliases: {}",
        "retired: [{id: gone, last_edition: '0'}, {▶id: gone, last_edition: '1'}]\naliases: {}",
        "'gone' is already used in rulebook.yaml.",
    ),
    "a sign taken out, nobody knows when": (
        "rulebook.yaml",
        "aliases: {}",
        "retired: [{id: gone, ▶last_edition: ' '}]\naliases: {}",
        "There are no words here for 'last_edition'.",
    ),
    "a judgement of an unknown level": (
        "routes.yaml",
        "id: immediate_danger\n    level: 4",
        "id: immediate_danger\n    ▶level: 5",
        "Known here: 1, 2",
    ),
    "a judgement about all answers without a level": (
        "routes.yaml",
        "judgements:\n  - id: immediate_danger\n    level: 4\n",
        "judgements:\n  - {id: all, wording: w, when: [{harm: yes}], source: {document: framework, section: x}}\n"
        "  - id: immediate_danger\n    level: 4\n",
        "The judgement 'all' looks at all answers, and gives no level. Give its level, or write about: recorded",
    ),
    "a judgement about anything recorded": (
        "routes.yaml",
        "      - {names: [medical, police, consult], answer: yes}",
        "      - ▶{answer: yes}",
        "looks at one thing recorded, and does not say at which answer. Add what was asked, or what it names.",
    ),
    "a question looked at alone, and with others": (
        "routes.yaml",
        "- {open_to_social_care: yes}",
        "- ▶{suspected_significant_harm: yes}",
        "'suspected_significant_harm' is looked at by a finding about one thing recorded, and here as well.",
    ),
    "a finding on a question that is not asked": (
        "routes.yaml",
        "- {asked: medical_emergency, answer: yes}",
        "- {▶asked: medical-emergency, answer: yes}",
        "'medical-emergency' is not known here. Did you mean medical_emergency",
    ),
    "a finding on what no follow-up question can name": (
        "routes.yaml",
        "- {names: police, answer: yes}",
        "- {▶names: polise, answer: yes}",
        "'polise' is not known here. Did you mean police",
    ),
    # Follow-up questions
    "a yes that means nothing known": (
        "prompts.yaml",
        "if_yes: [police]",
        "if_yes: [▶polise]",
        "This word is not one of those allowed. Write danger, medical, harm, police or consult.",
    ),
    "not knowing that means something else": (
        "prompts.yaml",
        "if_not_known: consult",
        "▶if_not_known: danger",
        "This word is not one of those allowed. Write consult.",
    ),
    "not knowing that means something, and yes nothing": (
        "prompts.yaml",
        "    if_yes: [danger]\n",
        "    ▶if_not_known: consult\n",
        "'home-alone' says what not knowing does, and is no follow-up question. Say what yes does: if_yes.",
    ),
    "a follow-up question named like an indicator": (
        "prompts.yaml",
        "- id: missing\n",
        "- ▶id: good-attendance\n",
        "'good-attendance' is also the id of an indicator or a question. Give a follow-up question an id of",
    ),
    "a follow-up question named like a question": (
        "prompts.yaml",
        "- id: missing\n",
        "- ▶id: consent\n",
        "'consent' is also the id of an indicator or a question.",
    ),
    "a follow-up question on the absence of an unknown indicator": (
        "prompts.yaml",
        "absent: [physical-chastisement-without-injury]",
        "absent: [▶physical-chastisment-without-injury]",
        "Did you mean physical-chastisement-without-injury",
    ),
    # Promises about one thing, and about an order
    "a sentence of something that cannot be recorded": (
        "safety.yaml",
        "recorded: [{names: police, answer: yes}]",
        "recorded: [{▶names: polise, answer: yes}]",
        "'polise' is not known here. Did you mean police",
    ),
    "a sentence of an order of unknown steps": (
        "safety.yaml",
        "before: [get-medical-advice]",
        "before: [▶get-medical-advise]",
        "Did you mean get-medical-advice",
    ),
    "no finding of harm": ("routes.yaml", "id: harm\n", "id: harmful\n", "There is no finding 'harm'. Say what"),
    "a finding named like a question": (
        "routes.yaml",
        "id: open\n",
        "▶id: consent\n",
        "'consent' is also a question of the situation",
    ),
    "a finding named level": ("routes.yaml", "id: open\n", "▶id: level\n", "Give the finding another name."),
    "a question with one answer": (
        "rulebook.yaml",
        "values: [not-asked, no, yes]",
        "▶values: [no]",
        "'out_of_hours' has fewer than two answers. Give the answers, the default first.",
    ),
    "levels not numbered from 1": (
        "rulebook.yaml",
        "levels:\n  - level: 1\n",
        "▶levels:\n  - level: 5\n",
        "The levels are not numbered 1, 2, 3 and so on. Number them from 1, the lowest first.",
    ),
    "a level given by file and entry": (
        LEVEL_1,
        "    n: 1\n",
        "    n: 1\n    ▶level: 1\n",
        "gives a level, and so does its file. Keep one of the two.",
    ),
    "a level given by neither": (
        NEEDS,
        "- id: core-needs\n    level: 1\n",
        "- ▶id: core-needs\n",
        "This indicator has no level of this rulebook. Give one of the levels 1, 2, 3, 4, here or for the file.",
    ),
    "an entry of an unknown level": (NEEDS, "    level: 1\n", "    ▶level: 7\n", "no level of this rulebook."),
}

# What takes the place of `{danger: yes}` in the first action, and what should be said.
CONDITIONS: Mapping[str, tuple[str, str]] = {
    "an unknown field": (
        "{▶consnt: given}",
        "'consnt' is not known here. Did you mean consent",
    ),
    "a field like no other": (
        "{▶zz: yes}",
        "'zz' is not known here. Known here: immediate_danger, medical_emergency,",
    ),
    "an unknown value": ("{▶danger: ye}", "'ye' is not known here. Write one of: no, yes."),
    "a value like no other": ("{▶open_to_social_care: qqq}", "Write one of: not-asked, yes, no, not-known."),
    "an unknown value in a list": ("{▶danger: [yes, nope]}", "'nope' is not known here. Write one of: no, yes."),
    "an unknown answer": (
        "{▶open_to_social_care: maybe}",
        "'maybe' is not known here. Write one of: not-asked, yes, no, not-known.",
    ),
    "an empty list": ("{▶open_to_social_care: []}", NEVER),
    "true for yes": ("{▶danger: true}", FITS),
    "nothing": ("{▶danger: null}", FITS),
    "a number for a word": (
        "{▶open_to_social_care: 3}",
        "This is a number, where words are compared. Write one of: not-ask",
    ),
    "at least for a word": ("{▶danger: {at_least: 3}}", "This is a number, where words are compared."),
    "level 5": ("{▶level: 5}", f"'5' is not a level. {LEVELS_0}"),
    "level -1": ("{▶level: -1}", f"'-1' is not a level. {LEVELS_0}"),
    "at least level 7": ("{▶level: {at_least: 7}}", f"'7' is not a level. {LEVELS_0}"),
    "at most level 9": ("{▶level: {at_least: 1, at_most: 9}}", f"'9' is not a level. {LEVELS_0}"),
    "at least more than at most": (
        "{▶level: {at_least: 3, at_most: 2}}",
        "so this never holds. Write the lower one as",
    ),
    "at most alone": ("{▶level: {at_most: 3}}", FITS),
    "at leest": ("{level: {▶at_leest: 3}}", "The key 'at_leest' is not known here. Did you mean at_least?"),
    "atleast": ("{level: {▶atleast: 3}}", "The key 'atleast' is not known here. Did you mean at_least?"),
    "at moast": (
        "{level: {at_least: 2, ▶at_moast: 3}}",
        "The key 'at_moast' is not known here. Did you mean at_most?",
    ),
    "an operator like no other": ("{▶level: {between: 3}}", FITS),
    "a level in words": ("{▶level: four}", "These are words, where a level is compared."),
    "a level in quotes": ("{▶level: '4'}", "These are words, where a level is compared."),
    "a list of levels": ("{▶level: [3, 4]}", FITS),
    "a list of levels in quotes": ("{▶level: ['3', '4']}", "or {at_least: 2, at_most: 3}."),
    "a level and a half": ("{▶level: 3.5}", "These are words, where a level is compared."),
    "a question looked at alone": (
        "{immediate_danger: yes}",
        "'immediate_danger' is looked at by a finding about one thing recorded, and here as well. Ask for the",
    ),
    "a list": ("[danger]", "This should hold keys with values. Write them as 'key: value'."),
}

# What a whole file of the rulebook is made to hold: its content, the place of the fault, and what should be said.
FILES: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", ":1:1", "There is nothing here. Write at least one entry."),
    "a list": (lambda: b"- findings\n", ":1:1", "This should hold keys with values."),
    "words": (lambda: b"What to do\n", ":1:1", "This should hold keys with values."),
    "not UTF-8": (
        lambda: b"findings:\n  - id: \xe9\n",
        ":2:9",
        "This is not UTF-8 text (byte 0xe9). Save the file as",
    ),
    "a bomb": (lambda: b"a: &a [x, x]\nb: &b [*a, *a]\n", ":1:4", "Aliases (* and &) are not used here."),
    "50 MB": (lambda: b"x" * 50_000_000, "", "This is larger than 2 MB. Check that it is the right file."),
    "100 000 brackets": (lambda: b"[" * 100_000, ":1:21", "nest deeper than 20 levels. Check the brackets and"),
    "100 000 entries": (
        lambda: b"findings:\n" + b"  - x\n" * 100_000,
        ":50001:5",
        "There are more than 50000 entries.",
    ),
    "40 000 entries": (lambda: b"findings:\n" + b"  - x\n" * 40_000, ":2:5", "This should hold keys with values."),
    "an unclosed bracket": (lambda: b"findings:\n  - {id: x\n", ":3:1", "quotes and brackets from line 2 on."),
}


@cache
def sound() -> dict[bytes, Written]:
    """Give what each file of the rulebook says, by what it holds."""
    contents = map(Path.read_bytes, RULEBOOK_FOLDER.rglob("*.yaml"))
    return {content: parse("", content) for content in contents}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the rulebook that may be damaged. A file that is not is parsed once for all tests."""

    def parsed(name: str, content: bytes) -> Written:
        known = sound().get(content)
        return parse(name, content) if known is None else known._replace(name=name)

    monkeypatch.setattr("rhrt.rulebook.read.parse", parsed)
    return Path(copytree(RULEBOOK_FOLDER, tmp_path / "rules", ignore=ignore_patterns("cases")))


def damage(file: Path, old: str, new: str) -> list[str]:
    """Replace words in a file once, and give the places marked in the new words, as they are reported."""
    content = file.read_text("utf-8")
    assert old in content
    content, places = marked(content.replace(old, new, 1))
    file.write_text(content, "utf-8")
    return [f"{file}:{place}: " for place in places]


def faults(folder: Path) -> str:
    """Load a rulebook that should be refused, and give what is said of it."""
    with pytest.raises(BadInput) as refusal:
        load_rulebook(folder)
    assert_whole_sentences(str(refusal.value))
    return str(refusal.value)


@pytest.mark.parametrize(("file", "old", "new", "says"), a_third_quick(EDITS))
def test_a_damaged_rulebook_is_refused_at_the_place(file: str, old: str, new: str, says: str, folder: Path) -> None:
    places = damage(folder / file, old, new)
    message = faults(folder)
    assert says in message
    assert str(folder / file) in message
    assert all(place in message for place in places)


def test_a_sentence_of_an_order_needs_both_its_ends(folder: Path) -> None:
    damage(folder / "safety.yaml", "    before: [get-medical-advice]\n", "")
    (place,) = damage(folder / "safety.yaml", "- id: may-be-unwell", "- ▶id: may-be-unwell")
    said = "The sentence 'may-be-unwell-gets-advice' gives only one of before and after. Write both: the steps that"
    assert faults(folder).startswith(f"{place}{said}")


@pytest.mark.parametrize(("new", "says"), a_third_quick(CONDITIONS))
def test_a_condition_that_cannot_be_asked_is_refused_at_its_place(new: str, says: str, folder: Path) -> None:
    places = damage(folder / "actions.yaml", "{danger: yes}", new)
    lines = faults(folder).splitlines()
    assert len(lines) == 1
    assert says in lines[0]
    assert all(lines[0].startswith(place) for place in places)


@pytest.mark.parametrize("name", the_rest_long(FILES, *(name for name in FILES if name != "40 000 entries")))
@pytest.mark.parametrize("file", ["routes.yaml", LEVEL_4])
def test_a_file_of_a_rulebook_that_cannot_be_read_is_refused(file: str, name: str, folder: Path) -> None:
    content, place, says = FILES[name]
    (folder / file).write_bytes(content().replace(b"findings", b"indicators" if file == LEVEL_4 else b"findings"))
    message = faults(folder)
    assert f"{folder / file}{place}: " in message
    assert says in message


def emptied(path: Path) -> Path:
    """Put an empty folder in the place of a file or folder."""
    path.rename(path.parent.parent / "was")
    path.mkdir()
    return path


STRANGE: Mapping[str, tuple[Callable[[Path], object], str, str]] = {
    "a file missing": (lambda folder: (folder / "routes.yaml").unlink(), "routes.yaml", "is missing. Copy it from"),
    "a file too many": (lambda folder: (folder / "zz.yaml").write_text("a: b\n"), "zz.yaml", "Move it elsewhere."),
    "a file misnamed": (
        lambda folder: (folder / "ladder.yaml").write_text("a: b\n"),
        "ladder.yaml",
        "This is not a file of a rulebook. Did you mean ladders?",
    ),
    "a file of another ending": (
        lambda folder: (folder / NEEDS).rename(folder / "indicators" / "needs.yml"),
        "indicators/needs.yml",
        "This file would not be read. Name it needs.yaml.",
    ),
    "a folder for a file": (
        lambda folder: emptied(folder / "routes.yaml"),
        "routes.yaml",
        "This is a folder, not a file.",
    ),
    "no indicators": (
        lambda folder: rmtree(folder / "indicators"),
        "indicators",
        "There are no files of indicators here.",
    ),
    "nothing at all": (emptied, "actions.yaml", "Copy it from another rulebook"),
}


@pytest.mark.parametrize(("change", "name", "says"), STRANGE.values(), ids=STRANGE)
def test_a_folder_that_is_not_a_rulebook_is_refused(
    change: Callable[[Path], object], name: str, says: str, folder: Path
) -> None:
    change(folder)
    message = faults(folder)
    assert f"{folder / name}: " in message
    assert says in message


@pytest.mark.parametrize("written", ["[]", "[could do with help]", "[a, b, A, ' b ', '', a]"])
def test_an_indicator_needs_four_ways_of_saying_it(written: str, folder: Path) -> None:
    listed = re.search(r"(?<=- id: core-needs\n)(.|\n)*?\n\n", (folder / NEEDS).read_text("utf-8"))
    assert listed
    new = f"    level: 1\n    wording: Needs\n    ▶also: {written}\n\n"
    (place,) = damage(folder / NEEDS, listed[0], new)
    message = faults(folder)
    assert f"{place}There are fewer than 4 ways of saying this. Add how practitioners would say it" in message


def test_a_rulebook_without_levels_says_that_first(folder: Path) -> None:
    levels = re.search(r"^levels:\n(  .*\n)+", (folder / "rulebook.yaml").read_text("utf-8"), re.MULTILINE)
    assert levels
    (place,) = damage(folder / "rulebook.yaml", levels[0], "▶levels: []\n")
    message = faults(folder)
    assert message.startswith(f"{place}The levels are not numbered 1, 2, 3 and so on.")


def test_faults_of_form_in_several_files_are_reported_at_once(folder: Path) -> None:
    places = [
        *damage(folder / "rulebook.yaml", "area: Here", "▶title: x\narea: Here"),
        *damage(folder / "ladders.yaml", "strength: null\n", "▶strength: 3\n"),
        *damage(folder / "routes.yaml", "about: recorded\n", "▶about: everything\n"),
        *damage(folder / LEVEL_1, "n: 1\n", "▶n: one\n"),
        *damage(folder / LEVEL_1, "n: 2\n", "▶m: 2\n"),
    ]
    (folder / "actions.yaml").write_bytes(b"\xff")
    (folder / "synonyms.yaml").unlink()
    (folder / "notes.yaml").write_text("a: b\n", "utf-8")
    lines = faults(folder).splitlines()
    others = [f"{folder}/actions.yaml:1:1: ", f"{folder}/synonyms.yaml: ", f"{folder}/notes.yaml: "]
    for place in [*places, *others]:
        assert len([line for line in lines if line.startswith(place)]) == 1, place
    assert len(lines) == 8


def test_faults_between_several_files_are_reported_at_once(folder: Path) -> None:
    places = [
        *damage(folder / "rulebook.yaml", "otherwise: edt", "▶otherwise: edd"),
        *damage(folder / "ladders.yaml", PARENTS, PARENTS.replace("parent-resists", "▶parents-resist")),
        *damage(folder / "routes.yaml", "{mark: present, l", "{▶mark: presnt, l"),
        *damage(folder / "actions.yaml", "contact: police", "▶contact: polise"),
        *damage(folder / "services.yaml", "levels: [2]", "levels: [▶7]"),
        *damage(folder / "synonyms.yaml", "- [boyfriend,", "- [▶'',"),
        *damage(folder / "circumstances.yaml", "{document: framework", "{▶document: framwork"),
        *damage(folder / LEVEL_1, "n: 2\n", "▶n: 1\n"),
        *damage(folder / LEVEL_4, "basis: child-in-need", "▶basis: need"),
        *damage(folder / NEEDS, "id: core-needs", "▶id: Core-needs"),
    ]
    lines = faults(folder).splitlines()
    for place in places:
        assert len([line for line in lines if line.startswith(place)]) == 1, place
    assert len(lines) == len(places)


def test_no_more_faults_are_looked_for_than_anybody_would_read(folder: Path) -> None:
    unknown = ", ".join(f"learning-{number}" for number in range(20_000))
    damage(folder / "ladders.yaml", "rungs: [learning", f"rungs: [{unknown}, learning")
    assert len(faults(folder).splitlines()) == 100


@pytest.mark.parametrize(
    "arguments", [("rulebook", "show"), ("assess", "--rulebook"), ("find", "sad", "--rulebook")]
)
def test_every_command_refuses_a_damaged_rulebook(arguments: tuple[str, ...], folder: Path) -> None:
    (place,) = damage(folder / "actions.yaml", "contact: police", "▶contact: polise")
    assert refused(*arguments, str(folder)) == f"{place}'polise' is not known here. Did you mean police?\n"


def test_an_undamaged_copy_is_loaded(folder: Path) -> None:
    assert load_rulebook(folder).sha256 == load_rulebook().sha256
