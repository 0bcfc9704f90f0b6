// Concerns: found by plain words or in a list, then marked yes, no or not known. No level is shown with any.

const MARKS = [["present", "Yes"], ["absent", "No"], ["not-known", "Not known"]];
const IN_VIEW = 6; // of what was found; the rest on request
const OFFERED = 4; // of what fits the host's own field
const PAUSE = 1200; // milliseconds without typing before the host's own field is read
const ENOUGH = 12; // letters, before that field says anything

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
    this.lists = make("div");
    this.list = make("ul", { class: "concerns" });
    this.title = make("h4", { tabindex: "-1" }, "Marked so far");
    this.kept = make("div", { class: "kept", hidden: true }, this.title, this.list);
    const heading = fresh("title");
    this.element = make("section", { "aria-labelledby": heading },
      make("h3", { id: heading }, "What worries you about the child?"),
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
    keep(this.list, [...marks.keys()].map((id) => [id, () => this.#row(id, { out: true })]));
    show(this.element, "data-concern", (id) => marks.get(id));
  }

  /** Say that the host's own field is read, where it is. */
  watched(field) {
    this.reads.hidden = !field;
  }

  clear() {
    this.#forget();
    this.offered.replaceChildren();
  }

  /** Offer what fits the words of the host's own field. They are used and forgotten. */
  async offer(text) {
    if (text.trim().length < ENOUGH) return this.offered.replaceChildren();
    try {
      const { candidates } = await this.#spot(text);
      if (this.offered.matches(":focus-within")) return undefined; // never move what somebody is at
      const left = candidates.filter(({ indicator }) => !this.prompt.marked.marks.has(indicator));
      this.offered.replaceChildren();
      if (left.length) {
        const close = ["Close this", () => this.offered.replaceChildren()];
        this.offered.append(make("h4", {}, "From what you wrote: is any of this so?"), ...this.#results(left, OFFERED, close, true));
      }
      this.sync();
    } catch {
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
    return make("form", { class: "search", role: "search", onsubmit: find },
      make("label", { for: this.input.id }, "Say it in a few words"),
      make("p", { class: "hint", id: hint }, "One worry at a time. Leave out names. Your words are not kept."),
      make("div", { class: "words" }, this.input, make("button", { type: "submit" }, "Find")));
  }

  #spot(text) {
    return this.prompt.service.post("v1/spot", { text: text.slice(-4000), rulebook: this.prompt.served.id });
  }

  async #find(words) {
    this.found.replaceChildren();
    try {
      const { candidates } = await this.#spot(words);
      if (this.input.value !== words) return;
      this.notice.textContent = candidates.length
        ? "Which of these have you seen, or been told? Nearest first."
        : "Nothing fits those words. That does not mean there is no concern. Try other words, or choose from the list.";
      const close = ["Close this, and look for another", () => this.#forget()];
      if (candidates.length) this.found.append(...this.#results(candidates, IN_VIEW, close));
    } catch {
      this.notice.textContent = "The search does not answer just now. Choose from the list, or talk to somebody.";
    }
    this.sync();
  }

  /** Make the list of what was found: some in view, the rest on request. `said`: with the words that each fits. */
  #results(candidates, view, [words, away], said = false) {
    const row = (one) => this.#row(one.indicator, { wording: one.wording, said: said ? one.because?.[0] : null });
    const list = make("ul", { class: "concerns" }, candidates.slice(0, view).map(row));
    const rest = candidates.slice(view);
    const more = quiet(`Show ${rest.length} more`, () => {
      const rows = rest.map(row);
      list.append(...rows);
      more.remove();
      this.sync();
      rows[0].querySelector("input").focus();
    });
    const closing = quiet(words, () => {
      away();
      this.input.focus(); // the button that was pressed is gone
    });
    return [list, make("p", { class: "buttons" }, rest.length ? more : null, closing)];
  }

  /** Make one concern with its marks. `said`: the words it fits. `out`: it can be taken out. `alone`: without its ladders. */
  #row(id, { wording = this.wordings.get(id) ?? id, said = null, out = false, alone = out } = {}) {
    this.wordings.set(id, wording);
    const mark = (value) => {
      this.prompt.marked.marks.set(id, value);
      this.prompt.changed();
    };
    const group = radios(`“${wording}”`, MARKS, mark, { data: { "data-concern": id, class: "concern" } });
    if (out) group.lastChild.append(quiet("take out", () => this.#takeOut(id), `“${wording}”`));
    const wrote = said && make("p", { class: "hint" }, `You wrote: “${said}”`);
    return make("li", {}, wrote, group, alone ? null : this.#degrees(id));
  }

  #takeOut(id) {
    const within = this.list.contains(this.element.getRootNode().activeElement);
    this.prompt.marked.marks.delete(id);
    this.prompt.changed();
    if (within) (this.kept.hidden ? this.input : this.title).focus(); // the button that was pressed is gone
  }

  #degrees(id) {
    const ladders = this.rulebook?.ladders.filter(({ rungs }) => rungs.includes(id)) ?? [];
    if (!ladders.length) return null;
    const order = new Map(this.rulebook.indicators.map((one) => [one.id, one.level]));
    const rungs = [...new Set(ladders.flatMap((ladder) => ladder.rungs))];
    rungs.sort((one, other) => order.get(one) - order.get(other));
    return opening("Compare with milder and graver signs", () => [this.#ladder(rungs)], { class: "degrees" });
  }

  #ladder(rungs) {
    const list = make("ol", { class: "concerns ladder" }, rungs.map((id) => this.#row(id, { alone: true })));
    queueMicrotask(() => this.sync());
    return make("div", {}, make("p", { class: "hint" }, "The mildest is first. Mark what fits best."), list);
  }

  #listOf({ title, entries }) {
    return opening(title, () => {
      queueMicrotask(() => this.sync());
      const [ladders, alone] = ["ladder", "indicator"].map((kind) => entries.filter((entry) => entry.kind === kind));
      const rungs = new Map(this.rulebook.ladders.map((ladder) => [ladder.id, ladder.rungs]));
      const opened = ladders.map(({ id, words }) => opening(words, () => [this.#ladder(rungs.get(id))]));
      const rows = alone.map(({ id }) => this.#row(id, { alone: true }));
      return rows.length ? [...opened, make("ul", { class: "concerns" }, rows)] : opened;
    });
  }
}
