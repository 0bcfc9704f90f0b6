// <rhrt-prompt>: the element that a host puts into a form. README.md beside this file documents it.

const sheet = new CSSStyleSheet(); // not a <style>: a host with a strict policy allows none
sheet.replaceSync(SERVED.style);

/** The properties that are attributes: those with a text, and those that are there or not. */
const TEXTS = { name: "name", rulebook: "rulebook", endpoint: "endpoint", watch: "watch", defaultValue: "value" };
const SWITCHES = { commitFirst: "commit-first", disabled: "disabled", required: "required" };

class RhrtPrompt extends HTMLElement {
  static formAssociated = true;

  static observedAttributes = ["name", "rulebook", "endpoint", "commit-first", "watch", "value", "required"];

  #internals = this.attachInternals();

  #custom = ""; // what the host says is wrong

  #root = this.attachShadow({ mode: "open" });

  #prompt = new Prompt(this, this.#root, {
    carry: () => this.#carry(),
    marked: () => this.#marked(),
    suggested: () => this.#tell("rhrt-suggestion", { suggestion: this.#prompt.suggestion, status: this.#prompt.status }),
  });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#internals.role = "group";
    this.#internals.ariaLabel = TITLE;
    // What is typed and chosen inside is not yet marked when these are heard, or never is: the host hears of what is.
    for (const type of ["input", "change"]) this.#root.addEventListener(type, (event) => event.stopPropagation());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.#takeIn();
  }

  connectedCallback() {
    this.#prompt.start();
  }

  disconnectedCallback() {
    this.#prompt.stop();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "value") this.#prompt.takeDefault();
    if (!this.isConnected || !this.#prompt.started) return;
    if (name === "name" || name === "required") this.#carry();
    else if (name === "commit-first") this.#prompt.show();
    else if (name === "watch") this.#prompt.watch();
    else if (name !== "value") this.#prompt.start();
  }

  // --- What a form asks of its fields ---

  formResetCallback() {
    this.#prompt.reset();
  }

  formDisabledCallback(disabled) {
    this.#prompt.disabled = disabled;
  }

  /** Take what the browser kept: a text or, in some browsers, the fields. It keeps "" where nothing was marked here. */
  formStateRestoreCallback(state) {
    const text = isText(state) ? state : state?.get(`${this.#name}-record`);
    if (!text) return;
    this.#prompt.takeOrSay(text);
    this.#marked(); // by the practitioner, earlier: a framework that keeps the value itself hears of it in no other way
  }

  /** The record of what was marked, as the form sends it. README.md says what it takes. */
  get value() {
    return this.#prompt.text;
  }

  set value(value) {
    this.#prompt.take(value);
  }

  get type() {
    return this.localName;
  }

  get form() { return this.#internals.form; }

  get labels() { return this.#internals.labels; }

  get validity() { return this.#internals.validity; }

  get validationMessage() { return this.#internals.validationMessage; }

  get willValidate() { return this.#internals.willValidate; }

  checkValidity() { return this.#internals.checkValidity(); }

  reportValidity() { return this.#internals.reportValidity(); }

  setCustomValidity(message) {
    this.#custom = `${message}`;
    this.#judge();
  }

  focus(options) {
    (this.#root.querySelector("input, button, summary") ?? this.#root).focus?.(options);
  }

  // --- Inside: it never reads the properties above, for a host may have put its own over them ---

  /** Take in what a host set before this script was there. It would hide the properties of the same name for ever. */
  #takeIn() {
    for (const property of [...Object.keys(TEXTS), ...Object.keys(SWITCHES), "value"]) {
      if (!Object.hasOwn(this, property)) continue;
      const own = this[property];
      delete this[property];
      if (property === "value") this.#prompt.takeOrSay(own);
      else this[property] = own;
    }
  }

  /** A click on a label of the host's comes as one on the element itself, from where the label stands. */
  #clicked(event) {
    const at = this.getRootNode().elementFromPoint?.(event.clientX, event.clientY);
    if (event.composedPath()[0] === this && at !== this) this.focus();
  }

  get #name() {
    return this.getAttribute("name") || "rhrt";
  }

  #marked() {
    const { record, status } = this.#prompt;
    this.#tell("rhrt-change", { record, status });
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Put the fields into the host's form, and what the browser may restore. */
  #carry() {
    const { status, record, text, suggestion, dirty } = this.#prompt;
    const fields = new FormData();
    const set = (field, value) => fields.set(`${this.#name}-${field}`, value ?? "");
    set("status", status);
    set("record", text);
    set("receipt", suggestion && JSON.stringify(suggestion.receipt));
    set("level", suggestion?.level);
    set("route", suggestion?.route);
    set("urgency", suggestion?.urgency);
    set("own-level", record.judgement?.level);
    set("own-reason", record.judgement?.reason);
    this.#internals.setFormValue(fields, dirty ? text : "");
    this.#judge();
  }

  /** Say to the form whether this may be sent. Where no suggestion can be had, nothing is asked for. */
  #judge() {
    const [words, at] = (this.hasAttribute("required") && this.#prompt.missing) || [];
    const anchor = at ?? this.#root.querySelector("input") ?? undefined;
    const wrong = { valueMissing: Boolean(words), customError: Boolean(this.#custom) };
    this.#internals.setValidity(wrong, this.#custom || words, anchor);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail: structuredClone(detail), bubbles: true, composed: true }));
  }
}

for (const [property, attribute] of Object.entries(TEXTS)) {
  Object.defineProperty(RhrtPrompt.prototype, property, {
    configurable: true,
    enumerable: true,
    get() { return this.getAttribute(attribute) ?? ""; },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}
for (const [property, attribute] of Object.entries(SWITCHES)) {
  Object.defineProperty(RhrtPrompt.prototype, property, {
    configurable: true,
    enumerable: true,
    get() { return this.hasAttribute(attribute); },
    set(value) { this.toggleAttribute(attribute, Boolean(value)); },
  });
}

if (!customElements.get("rhrt-prompt")) customElements.define("rhrt-prompt", RhrtPrompt);
