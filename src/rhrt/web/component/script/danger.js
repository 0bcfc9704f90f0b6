// Danger is asked first. What to do at once came with this script, so it is said even if the service is gone.

/** Make one question about the situation. */
const questionOf = (prompt, question) =>
  radios(question.question, question.answers.map(({ value, words }) => [value, words]), (value) => {
    prompt.marked.situation[question.id] = value;
    prompt.changed();
  }, { hint: question.why, data: { "data-question": question.id } });

class Danger {
  constructor(prompt) {
    this.prompt = prompt;
    this.alarms = new Map();
    const asked = (question) => {
      const alarm = make("div", { role: "alert" });
      this.alarms.set(question, alarm);
      return [questionOf(prompt, question), alarm];
    };
    const title = fresh("title");
    this.element = make("section", { "aria-labelledby": title },
      make("h3", { id: title }, "First, is anybody in danger?"),
      prompt.served.first.map(asked));
  }

  /** Lead to a question, for whoever asked to be led there. */
  focus(id) {
    this.element.querySelector(`[data-question="${CSS.escape(id)}"] input`).focus();
  }

  sync() {
    const { marked, said } = this.prompt;
    const told = new Set(); // a step that two dangers share is said once
    for (const [question, alarm] of this.alarms) {
      const advice = question.alarms[marked.situation[question.id]];
      const key = advice ? question.id : "";
      if (alarm.dataset.told !== key) alarm.replaceChildren(...(advice ? [adviceOf(advice, said, told)] : []));
      alarm.dataset.told = key;
      for (const step of advice?.steps ?? []) told.add(step.text);
    }
  }
}

const adviceOf = (advice, said, told) => {
  const steps = advice.steps.filter((step) => !told.has(step.text));
  return make("div", { class: "urgent" },
    make("p", { class: "headline" }, said(advice.headline)),
    make("ol", {}, steps.map((step) => itemOf(step, said))));
};
