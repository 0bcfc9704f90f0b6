// Concerns: found by plain words or in a list, then marked yes, no or not known. No level is shown with any.

const MARKS = [["present", "Yes"], ["absent", "No"], ["not-known", "Not known"]];
const LONGEST = 120; // letters of what somebody wrote that are shown to them again
const WHY = { denied: "denied", past: "past", others: "about somebody else" };
const IN_VIEW = 6; // of what was found; the rest on request
const OFFERED = 4; // of what fits the host's own field
const PAUSE = 1200; // milliseconds without typing before the host's own field is read
const ENOUGH = 12; // letters, before that field says anything

const quote = (words) => `“${words.length > LONGEST ? words.slice(0, LONGEST - 1) + "…" : words}”`;

class Concerns {
  constructor(prompt) {
    this.prompt = prompt;
    this.wordings = new Map();
    this.input = make("input", { type: "search", id: fresh("words"), autocomplete: "off", maxlength: 500 });
    this.found = make("div", { class: "found" });
    this.offered = make("div", { class: "found" });
    this.reads = make("p", { class: "hint", hidden: true },
      "What you write in this form is looked through for signs that may fit. It is not kept.");
    this.notice = make("p", { role: "status", class: "notice" });
    this.lists = make("div", { class: "lists" });
    this.list = make("ul", { class: "concerns" });
    this.title = make("h4", { tabindex: "-1" }, "Marked so far");
    this.kept = make("div", { class: "kept", hidden: true }, this.title, this.list);
    this.element = partOf(prompt, "What worries you about the child?",
      this.reads, this.offered, this.#search(), this.notice, this.found, this.lists, this.kept);
  }

  /** Take in the rulebook: now there are lists to choose from. */
  known(rulebook) {
    this.rulebook = rulebook;
    for (const { id, wording } of rulebook.indicators) this.wordings.set(id, wording);
    this.lists.replaceChildren(opening("Or choose from a list", () => rulebook.lists.map((list) => this.#listOf(list))));
    this.list.replaceChildren();
  }

  sync() {
    const { marks } = this.prompt.marked;
    this.kept.hidden = !marks.size;
    keep(this.list, [...marks.keys()].map((id) => [id, () => this.#row(id, true)]));
    show(this.element, "data-concern", (id) => marks.get(id));
  }

  /** Say that the host's own field is read, where it is. */
  watched(field) {
    this.reads.hidden = !field;
  }

  clear() {
    this.#forget();
    this.offered.replaceChildren();
    this.text = null; // that of the host's field for which concerns were offered last
  }

  /** Offer what fits the words of the host's own field. They are used and forgotten. */
  async offer(text) {
    if (text === this.text) return undefined; // another field with the same words
    this.text = text;
    if (text.trim().length < ENOUGH) return this.offered.replaceChildren();
    try {
      const { concerns, apart } = await this.#spot(text);
      if (this.offered.matches(":focus-within")) return undefined; // never move what somebody is at
      const { marks } = this.prompt.marked;
      const left = concerns.filter(({ signs }) => !signs.some(({ indicator }) => marks.has(indicator)));
      this.offered.replaceChildren();
      if (left.length) {
        const close = ["Close this", () => this.offered.replaceChildren()];
        this.offered.append(make("h4", {}, "From what you wrote: is any of this so?"), ...this.#results(left, OFFERED, close));
      }
      if (apart.length) this.offered.append(this.#apart(apart));
      this.sync();
    } catch {
      this.text = null;
      this.offered.replaceChildren(); // the field is the host's: the search below says when the service is gone
    }
    return undefined;
  }

  /** Forget the words that were looked for, and what was found. */
  #forget() {
    this.input.value = this.notice.textContent = "";
    this.found.replaceChildren();
  }

  #search() {
    const hint = fresh("hint");
    this.input.setAttribute("aria-describedby", hint);
    const find = (event) => {
      event.preventDefault();
      if (this.input.value.trim()) this.#find(this.input.value);
    };
    return make("form", { class: "search", role: "search", "aria-labelledby": this.prompt.child.id, onsubmit: find },
      make("label", { for: this.input.id }, "Say it in a few words"),
      make("p", { class: "hint", id: hint }, "Leave out names. Your words are not kept."),
      make("div", { class: "words" }, this.input, make("button", { type: "submit" }, "Find")));
  }

  #spot(text) {
    return this.prompt.ask("v1/spot", { text: text.slice(-4000), rulebook: this.prompt.served.id });
  }

  async #find(words) {
    this.found.replaceChildren();
    try {
      const { concerns, apart, notice } = await this.#spot(words);
      if (this.input.value !== words) return;
      const none = `${notice} Try other words, or choose from the list.`;
      this.notice.textContent = concerns.length ? "Which of these have you seen, or been told? Nearest first." : none;
      const close = ["Close this, and look for another", () => this.#forget()];
      if (concerns.length) this.found.append(...this.#results(concerns, IN_VIEW, close, true));
      if (apart.length) this.found.append(this.#apart(apart));
    } catch {
      this.notice.textContent = "The search does not answer just now. Choose from the list, or talk to somebody.";
    }
    this.sync();
  }

  #apart(apart) {
    const words = apart.map((one) => `${quote(one.words)} (${WHY[one.why]})`).join("; ");
    return make("p", { class: "hint" }, `Set apart: ${words}. If one is a worry, say it in other words.`);
  }

  /** Make the list of what was found: some in view, the rest on request. `open`: the first stands open. */
  #results(concerns, view, [words, away], open = false) {
    const row = (one) => this.#concern(one, open && one === concerns[0]);
    const list = make("ul", { class: "concerns" }, concerns.slice(0, view).map(row));
    const rest = concerns.slice(view);
    const more = quiet(`Show ${rest.length} more`, () => {
      const rows = rest.map(row);
      list.append(...rows);
      more.remove();
      this.sync();
      rows[0].querySelector("summary, input").focus();
    });
    const closing = quiet(words, () => {
      away();
      this.input.focus(); // the button that was pressed is gone
    });
    return [list, make("p", { class: "buttons" }, rest.length ? more : null, closing)];
  }

  /** Make a concern that was found: the words that suggest it, and its signs, the best-fitting first. */
  #concern({ title, signs, because }, open) {
    for (const { indicator, wording } of signs) this.wordings.set(indicator, wording);
    const wrote = `You wrote: ${because.map(quote).join("; ")}`;
    const [first, ...others] = signs.map(({ indicator }) => indicator);
    if (!others.length) return make("li", {}, this.#group(first, false, wrote));
    const ladder = () => [this.#ladder([first, ...others], "The nearest is first. Mark what fits best.")];
    return make("li", {}, opening([title, make("span", { class: "meaning" }, wrote)], ladder, open));
  }

  #row(id, out = false) {
    return make("li", {}, this.#group(id, out));
  }

  /** Make the marks of one sign. `out`: it can be taken out. */
  #group(id, out = false, hint = null) {
    const wording = this.wordings.get(id) ?? id;
    const mark = (value) => {
      this.prompt.marked.marks.set(id, value);
      this.prompt.changed();
    };
    const group = radios(`“${wording}”`, MARKS, mark, { hint, data: { "data-concern": id, class: "concern" } });
    if (out) group.lastChild.append(quiet("take out", () => this.#takeOut(id), `“${wording}”`));
    return group;
  }

  #takeOut(id) {
    const within = this.list.contains(this.element.getRootNode().activeElement);
    this.prompt.marked.marks.delete(id);
    this.prompt.changed();
    if (within) (this.kept.hidden ? this.input : this.title).focus(); // the button that was pressed is gone
  }

  #ladder(rungs, hint = "The mildest is first. Mark what fits best.") {
    const list = make("ol", { class: "concerns ladder" }, rungs.map((id) => this.#row(id)));
    queueMicrotask(() => this.sync());
    return make("div", {}, make("p", { class: "hint" }, hint), list);
  }

  #listOf({ title, entries }) {
    return opening(title, () => {
      queueMicrotask(() => this.sync());
      const [ladders, alone] = ["ladder", "indicator"].map((kind) => entries.filter((entry) => entry.kind === kind));
      const rungs = new Map(this.rulebook.ladders.map((ladder) => [ladder.id, ladder.rungs]));
      const opened = ladders.map(({ id, words }) => opening(words, () => [this.#ladder(rungs.get(id))]));
      const rows = alone.map(({ id }) => this.#row(id));
      return rows.length ? [...opened, make("ul", { class: "concerns" }, rows)] : opened;
    });
  }
}
