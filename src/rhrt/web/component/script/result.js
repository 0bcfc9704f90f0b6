// The suggestion: a headline that is read out when it changes, what to do, why, and the practitioner's own judgement.

const OWN = "Your own judgement"; // the outline's section that this script shows beside the question

/** Write one point and what belongs under it. */
const itemOf = ({ text, details }, said) =>
  make("li", {}, said(text), details.map((detail) => make("p", { class: "detail" }, said(detail))));

/** Write a question that stands above and was not answered as a way to it. */
const wayTo = (prompt, { text }) => {
  const open = prompt.frame.querySelectorAll("fieldset:is([data-question], [data-follow-up]):not([data-chosen])");
  const question = [...open].find((one) => text.startsWith(one.firstChild.textContent));
  return question && make("li", {}, quiet(question.firstChild.textContent, () => question.querySelector("input").focus()));
};

const sectionOf = ({ title, intro, items, numbered }, prompt) =>
  make("div", { class: numbered ? "part steps" : "part" },
    make("h4", {}, title),
    intro ? make("p", { class: "detail" }, prompt.said(intro)) : null,
    make(numbered ? "ol" : "ul", {}, items.map((item) => wayTo(prompt, item) ?? itemOf(item, prompt.said))));

/** Leave under each point but a next step what is said first; the rest is there on request. */
const inShort = (section) =>
  section.numbered ? section : { ...section, items: section.items.map((item) => ({ ...item, details: item.details.slice(0, 1) })) };

/** Give what of some sections is not in view: whole sections, whole points, and further details of a point. */
const notIn = (view, sections) => {
  const shown = new Map(view.map((section) => [section.title, new Map(section.items.map((item) => [item.text, item.details]))]));
  const rest = (section) => section.items.flatMap((item) => {
    const seen = shown.get(section.title)?.get(item.text);
    const details = item.details.filter((detail) => !seen?.includes(detail));
    return seen && !details.length ? [] : [{ ...item, details }];
  });
  const titled = ({ title }) => (shown.has(title) ? `${title}, continued` : title);
  return sections.map((section) => ({ ...section, numbered: false, title: titled(section), items: rest(section) }))
    .filter(({ title, items }) => items.length && !title.startsWith(OWN));
};

class Result {
  constructor(prompt) {
    this.prompt = prompt;
    this.status = make("div", { role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.parts = make("div");
    this.more = make("div");
    this.print = make("div", { class: "print" });
    this.numbers = this.#numbers();
    this.own = new Own(prompt);
    this.element = make("section", { class: "result", tabindex: "-1" },
      this.status, this.own.first, this.parts, this.own.element, this.more, this.print, this.numbers);
  }

  /** Show a suggestion. */
  suggest({ suggestion, outline, more }) {
    const { prompt } = this;
    const view = outline.sections.filter(({ title }) => title !== OWN).map(inShort);
    this.#say(outline.urgent ? "headline urgent" : "headline", outline.headline, outline.lines, outline.do_not);
    this.#hold(() => {
      keep(this.parts, view.map((section) => [JSON.stringify(section), () => sectionOf(section, prompt)]));
      this.#further(outline, notIn(view, more.sections));
      keep(this.print, outline.small_print.map((line) => [line, () => make("p", {}, line)]));
    });
    this.numbers.hidden = true;
    this.own.beside(suggestion.judgement);
    this.element.toggleAttribute("data-urgent", outline.urgent);
  }

  /** Ask for the practitioner's own level, before one is shown. */
  ask() {
    this.#empty();
    this.own.before();
    this.#say("headline", "Before you see the suggestion", ["Say which level you would give. Then it is shown."]);
  }

  /** Say that none can be given, and whom to ring. */
  fail(why, again) {
    this.#empty();
    const retry = make("button", { type: "button", onclick: again }, "Try again");
    this.#say("headline", "No suggestion can be given now", why);
    keep(this.parts, [["again", () => make("p", { class: "buttons" }, retry)]]);
    this.numbers.classList.add("failed");
  }

  /** Say that what was given back cannot be shown. */
  refuse() {
    this.#empty();
    this.#say("headline", "What was filled in before is not here", ["It does not fit the questions here. Nothing is marked now: mark it again."]);
  }

  /** Say that there is something to wait for, or nothing yet. */
  wait(words = null) {
    this.#empty();
    if (words) this.#say("waiting", null, [words]);
    else this.status.replaceChildren();
  }

  busy(busy) {
    this.element.setAttribute("aria-busy", busy);
  }

  #say(look, headline, lines, doNot = []) {
    const { said } = this.prompt;
    const key = JSON.stringify([look, headline, lines, doNot]);
    keep(this.status, [[key, () => make("div", { class: look }, doNot.map((line) => make("p", { class: "do-not" }, said(line))),
      headline ? make("h3", {}, said(headline)) : null, lines.map((line) => make("p", {}, said(line))))]]);
  }

  #empty() {
    this.#hold(() => [this.parts, this.more, this.print].forEach((part) => part.replaceChildren()));
    this.own.hide();
    this.numbers.hidden = false;
    this.numbers.classList.remove("failed");
    this.element.removeAttribute("data-urgent");
  }

  /** Change what is shown. Whoever was at something that went away is left at the result, not lost. */
  #hold(change) {
    const at = this.element.getRootNode().activeElement;
    const within = at && at !== this.element && this.element.contains(at);
    change();
    if (within && !this.element.contains(at)) this.element.focus({ preventScroll: true });
  }

  #further(outline, sections) {
    const key = JSON.stringify(sections);
    if (this.more.dataset.key === key && this.more.firstChild) return;
    const open = this.more.querySelector("details")?.open ?? false;
    const words = outline.held_back.length ? `More: ${outline.held_back.join(", ")}` : "More";
    const details = opening(words, () => sections.map((section) => sectionOf(section, this.prompt)));
    this.more.replaceChildren(...(sections.length ? [details] : []));
    this.more.dataset.key = key;
    details.open = open;
  }

  #numbers() {
    const { served, said } = this.prompt;
    const one = ({ name, number, hours }) => make("li", {}, said(number ? `${name}: ${number} (${hours})` : `${name} (${hours})`));
    return make("div", { class: "numbers" }, make("p", {}, said(served.if_worse)), make("ul", {}, served.numbers.map(one)));
  }
}
