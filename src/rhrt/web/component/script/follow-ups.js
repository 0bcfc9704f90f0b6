// Follow-up questions: what has to be known of what was seen before the steps are right. Asked as they come to apply.

class FollowUps {
  constructor(prompt) {
    this.prompt = prompt;
    this.shown = new Map(); // each question by its id, in the order in which they came
    this.alarms = new Map(Object.keys(prompt.served.alarms).map((id) => [id, alarmOf()]));
    this.news = make("p", { class: "unseen", role: "status" });
    this.questions = make("div", { class: "questions" });
    this.asked = partOf(prompt, ABOUT_SEEN,
      make("p", { class: "hint" }, "They can change what to do first. If you cannot tell, say “Not known”."),
      this.questions);
    this.asked.hidden = true;
    this.element = make("div", {}, this.news, this.asked, [...this.alarms.values()]);
  }

  /**
   * Show those that were answered and those that apply, new ones last. One that no longer applies stays until something
   * else than an answer here is changed, and while somebody is at it: no other may come under their finger.
   */
  matter(asked) {
    const { marked, record } = this.prompt;
    const wanted = new Set([...Object.keys(marked.followUps), ...asked.map(({ id }) => id)]);
    const others = JSON.stringify({ ...record, follow_ups: null, judgement: null });
    for (const child of others === this.others ? [] : [...this.questions.children]) {
      if (!wanted.has(child.dataset.key) && !child.matches(":focus-within")) this.shown.delete(child.dataset.key);
    }
    this.others = others;
    const come = asked.filter(({ id }) => !this.shown.has(id));
    for (const question of come) this.shown.set(question.id, question);
    keep(this.questions, [...this.shown].map(([id, question]) => [id, () => this.#ask(question)]));
    for (const alarm of this.alarms.values()) if (!this.element.contains(alarm)) this.element.append(alarm);
    this.asked.hidden = !this.shown.size;
    this.news.textContent = [come.length ? ABOUT_SEEN : "", ...come.map(({ question }) => question)].join(" ");
  }

  sync() {
    show(this.element, "data-follow-up", (id) => this.prompt.marked.followUps[id]);
  }

  #ask(question) {
    const group = questionOf(this.prompt, question, CAN_TELL, "followUps", "data-follow-up");
    group.lastChild.append(quiet("clear", () => {
      delete this.prompt.marked.followUps[question.id];
      group.querySelector("input").focus(); // the button that was pressed goes away
      this.prompt.changed();
    }, question.question));
    return make("div", {}, group, this.alarms.get(question.id));
  }
}

const ABOUT_SEEN = "A few questions about what you saw";
