"""One rulebook, ready to assess: what was concluded, with all that stands beside it."""

from rhrt.reasoning.changes import Changes
from rhrt.reasoning.conclude import Conclusions
from rhrt.reasoning.questions import Questions
from rhrt.reasoning.whole import refused
from rhrt.record import CheckedRecord
from rhrt.rulebook.model import Rulebook
from rhrt.suggestion import Suggestion


class Engine:
    """One rulebook, ready to assess: a program makes it, and hands it on."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.conclusions = Conclusions(rulebook)
        self.questions = Questions(self.conclusions)
        self.changes = Changes(self.conclusions)

    def suggest(self, record: CheckedRecord) -> Suggestion:
        """Suggest from a checked record. Raises EvaluatorsDiffer and NotWhole, for whatever part of the answer."""
        conclusions, explained = self.conclusions, self.conclusions.explanations
        decision = conclusions.decide(record)
        _, conclusion, reasons, also_recorded = decision
        if conclusion.lacks:
            raise refused(conclusion.lacks)
        level = conclusion.level
        deciding = [reason.indicator for reason in reasons if reason.indicator]
        applying = self.questions.applying(record, conclusion)
        return Suggestion(
            level=level or None,
            route=conclusion.route,
            urgency=conclusion.urgency,
            harm=conclusion.harm,
            reasons=reasons,
            actions=conclusion.actions,
            also_recorded=also_recorded,
            strengths=tuple([one for one in (*reasons, *also_recorded) if one.level in explained.strengths]),
            questions=explained.questions(record),
            follow_ups=self.questions.follow_ups(record, decision, applying),
            could_be=explained.could_be(record, level),
            would_change=tuple(self.changes.of(record, decision)),
            prompts=self.questions.prompts(record, applying),
            afterwards=conclusions.afterwards(conclusion),
            neighbours=explained.neighbours(deciding),
            undefined=explained.undefined(deciding),
            circumstances=explained.circumstances(record),
            services=explained.services(record, level),
            judgement=explained.agreement(record, level),
            receipt=explained.receipt(record, conclusions.inference.evaluated_by),
            record=record,
            rulebook=self.rulebook,
        )
