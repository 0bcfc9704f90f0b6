// Danger is asked first. What to do at once came with this script, so it is said even if the service is gone.

const CAN_TELL = [["yes", "Yes"], ["no", "No"], ["not-known", "Not known"]];

/** Make one question. `kept`: among which answers of what is marked it is kept; `data`: the attribute that has its id. */
const questionOf = (prompt, { id, question, why }, choices, kept, data) =>
  radios(question, choices, (value) => {
    prompt.marked[kept][id] = value;
    prompt.changed();
  }, { hint: why, data: { [data]: id } });

/** Make one question about the situation. */
const aboutSituation = (prompt, question) =>
  questionOf(prompt, question, question.answers.map(({ value, words }) => [value, words]), "situation", "data-question");

const alarmOf = () => make("div", { role: "alert" });

class Danger {
  constructor(prompt) {
    this.prompt = prompt;
    this.alarms = new Map(prompt.served.first.map(({ id }) => [id, alarmOf()]));
    this.element = partOf(prompt, "First, is anybody in danger?",
      prompt.served.first.map((question) => [aboutSituation(prompt, question), this.alarms.get(question.id)]));
  }

  /** Say what to do at once after each answer that is an emergency, here and among the follow-up questions. */
  sync() {
    const { marked, served, said, followUps } = this.prompt;
    const told = new Set(); // a step that two dangers share is said once
    const raise = (alarm, advice) => {
      const steps = advice?.steps.filter(({ text }) => !told.has(text) && told.add(text)) ?? [];
      const key = steps.map(({ text }) => text).join();
      if (alarm.dataset.told !== key) alarm.replaceChildren(...(key ? [adviceOf(advice.headline, steps, said)] : []));
      alarm.dataset.told = key;
    };
    for (const { id, alarms } of served.first) raise(this.alarms.get(id), alarms[marked.situation[id]]);
    for (const [id, alarm] of followUps.alarms) raise(alarm, served.alarms[id][marked.followUps[id]]);
  }
}

const adviceOf = (headline, steps, said) =>
  make("div", { class: "urgent" },
    make("p", { class: "headline" }, said(headline)),
    make("ol", {}, steps.map((step) => itemOf(step, said))));
