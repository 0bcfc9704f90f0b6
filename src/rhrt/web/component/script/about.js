// The questions that matter for what was marked, and, for whoever wants to, the child's age and circumstances.

class About {
  constructor(prompt) {
    this.prompt = prompt;
    this.questions = make("div");
    this.optional = make("div");
    this.asked = partOf(prompt, "About the situation", this.questions);
    this.asked.hidden = true;
    this.element = make("div", {}, this.asked, this.optional);
  }

  known(rulebook) {
    const words = "Age and circumstances (optional)";
    this.optional.replaceChildren(opening(words, () => this.#optional(rulebook)));
    this.band = this.boxes = null;
  }

  /** Show the questions that matter, beside those that are asked first and stand above. */
  matter(questions) {
    const first = new Set(this.prompt.served.first.map(({ id }) => id));
    const wanted = questions.filter(({ id }) => !first.has(id));
    keep(this.questions, wanted.map((question) => [question.id, () => aboutSituation(this.prompt, question)]));
    this.asked.hidden = !wanted.length;
  }

  sync() {
    const { marked } = this.prompt;
    show(this.element, "data-question", (id) => marked.situation[id]);
    const details = this.optional.firstChild;
    if (details && !this.band && (marked.band !== null || marked.circumstances.size)) details.open = true; // it is seen
    if (this.band) this.band.value = marked.band ?? "";
    for (const box of this.boxes ?? []) box.checked = marked.circumstances.has(box.value);
  }

  #optional(rulebook) {
    const { prompt } = this;
    const id = fresh("age");
    this.band = make("select", { id, onchange: () => {
      prompt.marked.band = this.band.value || null;
      prompt.changed();
    } }, make("option", { value: "" }, "Not given"), rulebook.age_bands.map((band) =>
      make("option", { value: band.id }, band.title)));
    const box = ({ id: value, title }) =>
      make("label", {}, make("input", { type: "checkbox", value, onchange: ({ target }) => {
        prompt.marked.circumstances[target.checked ? "add" : "delete"](value);
        prompt.changed();
      } }), make("span", {}, title));
    const boxes = make("fieldset", {}, make("legend", {}, "Are any of these true?"),
      make("div", { class: "choices down" }, rulebook.circumstances.map(box)));
    this.boxes = boxes.querySelectorAll("input");
    queueMicrotask(() => this.sync());
    return [make("p", { class: "hint" }, "These do not change the level. The age can change what to do first."),
      make("label", { class: "select", for: id }, "How old is the child?"), this.band, boxes];
  }
}
