// <rhrt-prompt>: the element that a host puts into a form. README.md beside this file documents it.

const SLOW = 600; // milliseconds before a suggestion that no longer fits what is marked is taken out of view
const TITLE = "What does the guidance suggest?";
const PLACE = new URL(".", import.meta.url);

const sheet = new CSSStyleSheet(); // not a <style>: a host with a strict policy allows none
sheet.replaceSync(SERVED.style);

class RhrtPrompt extends HTMLElement {
  static formAssociated = true;

  static observedAttributes = ["rulebook", "endpoint", "commit-first", "watch"];

  #internals = this.attachInternals();

  #root = this.attachShadow({ mode: "open" });

  #answer = null; // the service's answer for what is marked now, or null

  #failure = null;

  #asking = null;

  #busy = false;

  #disabled = false;

  #unwatch = () => {};

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#internals.role = "group";
    this.#internals.ariaLabel = TITLE;
    this.marked = new Marked();
  }

  connectedCallback() {
    this.#start();
  }

  disconnectedCallback() {
    this.#unwatch();
    this.#asking?.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after || !this.danger) return;
    if (name === "commit-first") this.#show();
    else if (name === "watch") this.#watch();
    else this.#start();
  }

  // --- What a form asks of its fields ---

  formResetCallback() {
    this.value = null;
  }

  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    if (this.frame) this.frame.disabled = disabled;
  }

  formStateRestoreCallback(state) {
    const { record, committed } = JSON.parse(state);
    this.#restore(Marked.of(record, committed));
  }

  /** What was marked and what is suggested: {status, record, receipt}. Set it to such an object, or null. */
  get value() {
    const receipt = this.#shown?.suggestion.receipt ?? null;
    return { status: this.#status, record: this.marked.record(this.served?.id ?? null), receipt };
  }

  set value(value) {
    this.#restore(Marked.of(value?.record));
  }

  get form() {
    return this.#internals.form;
  }

  focus(options) {
    (this.#root.querySelector("input, button, summary") ?? this.#root).focus?.(options);
  }

  // --- What the parts inside ask for ---

  /** Take in that something was marked: tell the host, and ask what is suggested now. */
  changed() {
    this.#answer = this.#failure = null;
    this.#sync();
    this.#tell("rhrt-change", { record: this.value.record, status: this.#status });
    this.#ask();
  }

  /** Take the practitioner's own level, given before the suggestion was seen. */
  commit(level) {
    Object.assign(this.marked, { level, committed: true });
    this.result.element.focus(); // the button that was pressed goes away
    this.changed();
  }

  // --- Inside ---

  #start() {
    const id = this.getAttribute("rulebook");
    this.served = id ? SERVED.rulebooks.find((one) => one.id === id) : SERVED.rulebooks[0];
    if (!this.served) { // nothing is known of it: what the host wrote inside the element is shown
      this.#root.replaceChildren(make("slot"));
      return;
    }
    const endpoint = this.getAttribute("endpoint");
    this.service = new Service(endpoint ? new URL(endpoint.replace(/\/*$/, "/"), document.baseURI) : PLACE);
    this.said = ringing(this.served.ring);
    this.rulebook = null;
    this.#build();
    this.#learn();
    this.#watch();
    this.#restore(this.marked);
  }

  #build() {
    this.danger = new Danger(this);
    this.concerns = new Concerns(this);
    this.about = new About(this);
    this.result = new Result(this);
    const parts = [this.danger, this.concerns, this.about, this.result].map(({ element }) => element);
    const origin = `${this.served.title}, ${this.served.area}, edition ${this.served.edition}`;
    this.frame = make("fieldset", { class: "frame", role: "none" },
      make("h2", {}, TITLE), make("p", { class: "hint" }, origin), parts);
    this.frame.disabled = this.#disabled;
    this.#root.replaceChildren(make("div", { class: "prompt" }, this.frame));
  }

  /** Ask for the rulebook: its lists, levels and words. Until it is there, the rest works without. */
  async #learn() {
    if (this.rulebook || this.learning) return;
    const { served } = this;
    this.learning = true;
    try {
      const rulebook = await this.service.read(`v1/rulebooks/${encodeURIComponent(served.id)}`);
      if (served !== this.served) return;
      this.rulebook = rulebook;
      for (const part of [this.concerns, this.about, this.result.own]) part.known(rulebook);
      this.#show();
    } catch {
      // It is asked for again with the next change.
    } finally {
      this.learning = false;
    }
  }

  #restore(marked) {
    this.marked = marked;
    this.#answer = this.#failure = null;
    this.concerns?.clear();
    this.#sync();
    if (this.concerns) this.#ask();
  }

  async #ask() {
    this.#asking?.abort();
    this.#busy = !this.marked.empty;
    this.result.busy(this.#busy);
    if (!this.#busy) return this.#show();
    const asking = new AbortController();
    this.#asking = asking;
    const slow = setTimeout(() => this.result.wait("Looking up what the guidance suggests…"), SLOW);
    try {
      const answer = await this.service.post("v1/prompt", this.value.record, asking.signal);
      if (!asking.signal.aborted) this.#answer = answer;
    } catch (error) {
      if (!asking.signal.aborted) this.#failure = error;
    } finally {
      clearTimeout(slow);
    }
    if (asking.signal.aborted) return undefined;
    this.result.busy(this.#busy = false);
    this.#learn();
    return this.#show(true);
  }

  /** Give the answer that may be shown: there is enough to go by, and the own level came first if it is to. */
  get #shown() {
    return this.#answer && this.#enough && !this.#first ? this.#answer : null;
  }

  get #enough() {
    const { suggestion, emergency } = this.#answer;
    const asked = this.served.first.every(({ id }) => id in this.marked.situation);
    return emergency || suggestion.level !== null || this.marked.marks.size > 0 || asked;
  }

  get #first() {
    return this.hasAttribute("commit-first") && !this.marked.committed;
  }

  get #status() {
    if (this.marked.empty) return "empty";
    if (this.#failure) return "unavailable";
    return this.#shown ? "suggested" : "waiting";
  }

  #show(answered = false) {
    if (!this.result || this.#busy) return;
    const shown = this.#shown;
    if (this.#answer) this.about.matter(this.#answer.questions);
    if (this.#failure) this.result.fail(whyNot(this.#failure), () => this.changed());
    else if (shown) this.result.suggest(shown);
    else if (this.#answer && this.#enough) this.result.ask();
    else this.result.wait();
    this.#sync();
    if (answered && (shown || this.#failure)) {
      this.#tell("rhrt-suggestion", { suggestion: shown?.suggestion ?? null, status: this.#status });
    }
  }

  #sync() {
    if (this.danger) {
      show(this.danger.element, "data-question", (id) => this.marked.situation[id]);
      for (const part of [this.danger, this.concerns, this.about, this.result.own]) part.sync();
    }
    this.#carry();
  }

  /** Put the fields into the host's form, and what the browser may restore. */
  #carry() {
    const name = this.getAttribute("name") || "rhrt";
    const { status, record, receipt } = this.value;
    const suggestion = this.#shown?.suggestion;
    const fields = new FormData();
    const set = (field, value) => fields.set(`${name}-${field}`, value ?? "");
    set("status", status);
    set("record", JSON.stringify(record));
    set("receipt", receipt && JSON.stringify(receipt));
    set("level", suggestion?.level);
    set("route", suggestion?.route);
    set("urgency", suggestion?.urgency);
    set("own-level", record.judgement?.level);
    set("own-reason", record.judgement?.reason);
    this.#internals.setFormValue(fields, JSON.stringify({ record, committed: this.marked.committed }));
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail: structuredClone(detail), bubbles: true, composed: true }));
  }

  /** Read the host's own field, where the host named one, when its writer pauses. */
  #watch() {
    this.#unwatch();
    const id = this.getAttribute("watch");
    const field = id && this.getRootNode().getElementById?.(id);
    this.concerns.watched(Boolean(field));
    if (!field) return;
    let pause = 0;
    const read = () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.concerns.offer(field.value), PAUSE);
    };
    field.addEventListener("input", read);
    this.#unwatch = () => {
      clearTimeout(pause);
      field.removeEventListener("input", read);
      this.#unwatch = () => {};
    };
  }
}

/** Say why there is no suggestion, in words for whoever waits for one. */
const whyNot = (error) => {
  const kept = "What you marked is kept, and goes with the form.";
  const { status = 500, problem = {} } = error instanceof Refused ? error : {};
  if (status >= 500) return [problem.detail || "The service does not answer. Do not wait for it.", kept];
  return ["The service cannot use what was marked.", ...(problem.faults ?? []).map(inWords), kept];
};

/** Say what is wrong and what to do, but for a remedy that is a command of rhrt, which nobody can give here. */
const inWords = ({ what, remedy = "" }) => (remedy.includes("rhrt ") ? what : `${what} ${remedy}`.trim());

if (!customElements.get("rhrt-prompt")) customElements.define("rhrt-prompt", RhrtPrompt);
