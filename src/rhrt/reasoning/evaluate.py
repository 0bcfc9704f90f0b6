"""The small evaluator: from a compiled rulebook and a record, both plain data, to what follows.

It reads the compiled form (see `compiled`) and nothing else, imports nothing of rhrt, and shares no logic with the
plain evaluator: it counts. An alternative of a rule holds for a fact once as many fields have a value that it wants
as it names. It is written to be carried over to JavaScript line by line: lists, dicts (there a Map), words, whole
numbers. Whatever has an order is a list, or a dict made in the order of one; nothing is asked to be true but a
comparison, for an empty list is true there.
"""

from typing import Any

Data = dict[str, Any]

FORM = 1
"""The version of the compiled form that is read here."""

MARKS = [["present", "present"], ["absent", "absent"], ["not_known", "not-known"]]
ANSWERS = ["yes", "no", "not-known"]


class Matcher:
    """Rules about one kind of fact, by what each of their alternatives wants in each field."""

    def __init__(self, rules: list[Data]) -> None:
        self.rules = rules
        self._rule_of: list[int] = []
        self._named: list[int] = []
        self._wanting: dict[str, dict[str | int, list[int]]] = {}
        for place, rule in enumerate(rules):
            for alternative in rule["when"]:
                for field, words in alternative:
                    wanting = self._wanting.setdefault(field, {})
                    for word in words:
                        wanting.setdefault(word, []).append(len(self._rule_of))
                self._rule_of.append(place)
                self._named.append(len(alternative))

    def fired(self, fact: Data) -> list[Data]:
        """Give the rules that hold for a fact, in order. A field that is missing is an error."""
        left = self._named.copy()
        for field, wanting in self._wanting.items():
            for alternative in wanting.get(fact[field], []):
                left[alternative] -= 1
        holding = [False] * len(self.rules)
        for alternative, rule in enumerate(self._rule_of):
            if left[alternative] == 0:
                holding[rule] = True
        return [rule for place, rule in enumerate(self.rules) if holding[place]]


class Evaluator:
    """A compiled rulebook, ready to evaluate. Raises ValueError for a form that is not read here."""

    def __init__(self, compiled: Data) -> None:
        if compiled["form"] != FORM:
            raise ValueError("This form of a compiled rulebook is not known here.")
        self._known = compiled
        self._signs = {sign["id"]: sign for sign in compiled["indicators"]}
        self._asked = {question["id"]: question["values"] for question in compiled["questions"]}
        self._names = {follow_up["id"]: follow_up["names"] for follow_up in compiled["follow_ups"]}
        self._rules = {about: Matcher(rules) for about, rules in compiled["rules"].items()}

    def evaluate(self, written: Data) -> Data:
        """Give what follows from a record as people write it. Raises ValueError where it names what is not known.

        `level` is 0, `route` and `urgency` are "" where there is none. `lacks` names what a whole answer needs and
        this one has not: it is then not to be shown. A reason has the `answer` from which it comes, or "".
        """
        record = self._read(written)
        concluded = self._concluded(record)
        applying = self._applying(record, concluded["situation"])
        afterwards = self._rules["afterwards"].fired(concluded["situation"])
        return {
            **concluded,
            "afterwards": [rule["id"] for rule in afterwards],
            "prompts": [id_ for id_ in applying if id_ not in self._names],
            "follow_ups": self._follow_ups(record, applying),
        }

    def _read(self, written: Data) -> Data:
        """Give a record with every question answered, everything in the rulebook's order."""
        said, follow_ups = written.get("situation") or {}, written.get("follow_ups") or {}
        circumstances, marks = written.get("circumstances") or [], written.get("indicators") or {}
        age_band = (written.get("child") or {}).get("age_band") or "not-stated"
        own = (written.get("judgement") or {}).get("level") or 0
        mark_of: dict[str, str] = {}
        for key, mark in MARKS:
            for id_ in marks.get(key) or []:
                _expect(id_ in self._signs and mark_of.setdefault(id_, mark) == mark, "indicators")
        for id_, answer in said.items():
            _expect(id_ in self._asked and answer in self._asked[id_], "situation")
        for id_, answer in follow_ups.items():
            _expect(id_ in self._names and answer in ANSWERS, "follow_ups")
        for id_ in circumstances:
            _expect(id_ in self._known["circumstances"], "circumstances")
        _expect(age_band in ["not-stated", *self._known["age_bands"]], "child")
        _expect(own in [0, *self._known["levels"]], "judgement")
        return {
            "age_band": age_band,
            "marks": {mark: [id_ for id_ in self._signs if mark_of.get(id_) == mark] for _, mark in MARKS},
            "circumstances": circumstances,
            "answers": {id_: said.get(id_, values[0]) for id_, values in self._asked.items()},
            "own": own,
            "follow_ups": {id_: follow_ups[id_] for id_ in self._names if id_ in follow_ups},
        }

    def _facts(self, record: Data) -> list[list[Data]]:
        """Give the facts of each thing recorded: one, or for a follow-up question one for each thing it names."""
        bare = {"indicator": "none", "mark": "none", "level": 0, "basis": "not-stated", "heading": "not-stated"}
        bare = {**bare, "asked": "none", "answer": "none", "names": "none", "age_band": record["age_band"]}
        things: list[list[Data]] = []
        for mark, ids in record["marks"].items():
            for id_ in ids:
                sides = {side: self._signs[id_][side] for side in ["level", "basis", "heading"]}
                things.append([{**bare, "indicator": id_, "mark": mark, **sides}])
        for id_, answer in record["answers"].items():
            things.append([{**bare, "asked": id_, "answer": answer}])
        if record["own"] > 0:
            things.append([{**bare, "asked": "judgement", "answer": f"level-{record['own']}"}])
        for id_, answer in record["follow_ups"].items():
            things.append([{**bare, "asked": id_, "answer": answer, "names": name} for name in self._names[id_]])
        return things

    def _recorded(self, record: Data) -> Data:
        """Give what the things recorded come to: the level, the findings, the answers that are reasons."""
        level, found = 0, dict.fromkeys(self._known["findings"]["recorded"], "no")
        told: list[Data] = []
        traced: list[Data] = []
        for facts in self._facts(record):
            fired = [self._rules["recorded"].fired(fact) for fact in facts]
            traced += [_traced(fact, rules) for fact, rules in zip(facts, fired, strict=True)]
            gravest: list[Data] = []
            for rule in self._together(fired):
                if rule["gives"] == "finding":
                    found[rule["id"]] = "yes"
                else:
                    level = max(level, rule["level"])
                if rule["gives"] == "judgement" and (len(gravest) == 0 or rule["level"] > gravest[0]["level"]):
                    gravest = [rule]
            told += [{**rule, "answer": facts[0]["asked"]} for rule in gravest]
        return {"level": level, "found": found, "told": told, "traced": traced}

    def _together(self, fired: list[list[Data]]) -> list[Data]:
        """Give the rules that any of the facts of one thing fired, in order, each once."""
        if len(fired) == 1:
            return fired[0]
        names = [rule["name"] for rules in fired for rule in rules]
        return [rule for rule in self._rules["recorded"].rules if rule["name"] in names]

    def _concluded(self, record: Data) -> Data:
        """Give the level and what follows from it, with the reasons, and with the rules that each fact fired."""
        recorded = self._recorded(record)
        answers = {**record["answers"], **recorded["found"]}
        judged = self._rules["answers"].fired(answers)
        own = [rule for rule in judged if rule["gives"] == "judgement"]
        level = max([recorded["level"], *[rule["level"] for rule in own]])
        found = dict.fromkeys(self._known["findings"]["answers"], "no")
        for id_ in _given(judged, "finding"):
            found[id_] = "yes"
        situation = {"level": level, **answers, **found}
        last = self._rules["situation"].fired(situation)
        steps: dict[str, str] = {}
        for rule in last:
            if rule["gives"] == "step":
                steps.setdefault(rule["id"], rule["name"])
        routes, urgencies = _given(last, "route"), _given(last, "urgency")
        missing = {"an urgency": len(urgencies) == 0, "a next step": len(steps) == 0}
        missing["a route"] = level > 0 and len(routes) == 0
        reasons = [[rule["name"], ""] for rule in own if rule["level"] == level]
        reasons += [[rule["name"], rule["answer"]] for rule in recorded["told"] if rule["level"] in [0, level]]
        reasons += [[f"indicator/{id_}", ""] for id_ in self._at(level, record)]
        return {
            "level": level,
            "route": routes[0] if len(routes) > 0 else "",
            "urgency": urgencies[0] if len(urgencies) > 0 else "",
            "harm": situation["harm"] == "yes",
            "findings": [id_ for id_, said in {**recorded["found"], **found}.items() if said == "yes"],
            "reasons": [{"rule": rule, "answer": answer} for rule, answer in reasons],
            "steps": list(steps.values()),
            "lacks": [name for name, is_missing in missing.items() if is_missing],
            "situation": situation,
            "fired": [*recorded["traced"], _traced(answers, judged), _traced(situation, last)],
        }

    def _at(self, level: int, record: Data) -> list[str]:
        """Give the signs present at a level."""
        return [id_ for id_ in record["marks"]["present"] if self._signs[id_]["level"] == level]

    def _applying(self, record: Data, situation: Data) -> list[str]:
        """Give the prompts that apply, follow-up questions among them, the lowest rank first."""
        signs = len(self._at(situation["level"], record))
        under = {self._signs[id_]["under"]: True for id_ in record["marks"]["present"]}
        headings = len([heading for heading in under if heading != ""])
        counted = {
            "signs_at_level": ["none", "one", "several"][min(signs, 2)],
            "headings_recorded": ["none", "one", "two", "several"][min(headings, 3)],
        }
        fact = {**situation, "age_band": record["age_band"], **counted}
        possible = [one["id"] for one in self._known["prompts"] if _possible(one, record)]
        return [id_ for id_ in possible if len(self._rules["prompt"].fired({**fact, "prompt": id_})) > 0]

    def _follow_ups(self, record: Data, applying: list[str]) -> list[Data]:
        """Give the follow-up questions that were answered, then the first that apply and could change a step."""
        answered = record["follow_ups"]
        asked = [{"id": id_, "answer": answer} for id_, answer in answered.items()]
        most = len(asked) + self._known["most_follow_ups"]
        for id_ in self._names:
            if id_ in applying and id_ not in answered and len(asked) < most:
                tried = [{**record, "follow_ups": {**answered, id_: answer}} for answer in ANSWERS]
                yes, no, not_known = [self._concluded(one)["steps"] for one in tried]
                if yes != no or no != not_known:
                    asked.append({"id": id_, "answer": "not-asked"})
        return asked


def _possible(prompt: Data, record: Data) -> bool:
    """Say whether a prompt is possible of what was recorded: always, where it names nothing."""
    present, absent = record["marks"]["present"], record["marks"]["absent"]
    return (
        len(prompt["indicators"]) + len(prompt["absent"]) + len(prompt["circumstances"]) == 0
        or any(id_ in present for id_ in prompt["indicators"])
        or any(id_ in record["circumstances"] for id_ in prompt["circumstances"])
        or any(one["id"] in absent and not any(id_ in present for id_ in one["unless"]) for one in prompt["absent"])
    )


def _given(rules: list[Data], kind: str) -> list[str]:
    return [rule["id"] for rule in rules if rule["gives"] == kind]


def _traced(fact: Data, rules: list[Data]) -> Data:
    return {"fact": fact, "rules": [rule["name"] for rule in rules]}


def _expect(known: bool, part: str) -> None:
    if not known:
        raise ValueError(f"The record has something under '{part}' that this rulebook does not know.")
