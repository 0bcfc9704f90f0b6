// The practitioner's own level: asked before the suggestion where the host wants that, else beside it.

const NOT_SAID = "none";
const CHOOSE = "Choose a level, or “I would rather not say”.";

class Own {
  constructor(prompt) {
    this.prompt = prompt;
    this.first = make("div", { hidden: true });
    this.element = make("div", { class: "own", hidden: true });
  }

  known(rulebook) {
    this.levels = rulebook.levels;
    this.reasons = rulebook.difference.reasons;
    this.first.replaceChildren();
    this.element.replaceChildren();
  }

  hide() {
    this.first.hidden = this.element.hidden = true;
  }

  /** Ask before the suggestion is shown. Nothing is taken until the button is pressed. */
  before() {
    if (!this.levels) return;
    this.first.hidden = false;
    if (!this.first.children.length) this.#before();
  }

  /** Ask beside the suggestion, and where the two differ say what to weigh, and ask for a reason. */
  beside(judgement) {
    if (!this.levels) return;
    this.first.hidden = true;
    this.element.hidden = false;
    if (!this.element.children.length) this.#beside();
    const differs = judgement && !judgement.agrees;
    const lines = differs ? [judgement.said, judgement.policy] : [];
    keep(this.said, lines.filter(Boolean).map((line) => [line, () => make("p", {}, this.prompt.said(line))]));
    this.difference.hidden = !differs;
    this.sync();
  }

  sync() {
    const { level, reason, committed } = this.prompt.marked;
    show(this.element, "data-own", () => (level === null ? (committed ? NOT_SAID : null) : String(level)));
    if (this.reason) this.reason.value = reason ?? "";
  }

  /** Forget what was chosen and not yet taken. An answer that comes meanwhile leaves it. */
  clear() {
    for (const radio of this.first.querySelectorAll("input")) radio.checked = false;
  }

  #choices(meaning) {
    const levels = this.levels.map((one) => [String(one.level), `Level ${one.level}, ${one.name}`, meaning ? one.meaning : null]);
    return [...levels, [NOT_SAID, "I would rather not say"]];
  }

  #before() {
    let chosen = null;
    const wrong = make("p", { class: "wrong", role: "alert" });
    const group = radios("Which level would you give?", this.#choices(true), (value) => { chosen = value; }, { inline: false });
    const take = () => {
      if (!group.querySelector("input:checked")) {
        wrong.textContent = CHOOSE;
        return group.querySelector("input").focus();
      }
      wrong.textContent = "";
      return this.prompt.commit(chosen === NOT_SAID ? null : Number(chosen));
    };
    this.first.append(group, wrong, make("button", { type: "button", onclick: take }, "Show the suggestion"));
  }

  #beside() {
    const { prompt } = this;
    const judged = (value) => {
      prompt.marked.level = value === NOT_SAID ? null : Number(value);
      if (value === NOT_SAID) prompt.marked.reason = null;
      prompt.marked.committed = true;
      prompt.changed();
    };
    const id = fresh("reason");
    this.reason = make("select", { id, onchange: () => {
      prompt.marked.reason = this.reason.value || null;
      prompt.changed();
    } }, make("option", { value: "" }, "Not given"), this.reasons.map((one) => make("option", { value: one.id }, one.text)));
    this.said = make("div");
    this.difference = make("div", { class: "difference", hidden: true }, this.said,
      make("label", { class: "select", for: id }, "Why do you see it differently? (optional)"), this.reason);
    this.element.append(make("h4", {}, OWN),
      radios("Which level would you give? (optional)", this.#choices(false), judged, { data: { "data-own": "" } }),
      this.difference);
  }
}
