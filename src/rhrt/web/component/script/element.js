// <rhrt-prompt>: the element that a host puts into a form. README.md beside this file documents it.

/** Make the look for a document. No style element: a host with a strict policy allows none. */
const lookIn = (view) => {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(SERVED.style);
  return [sheet];
};

const look = lookIn(window);
const warned = new WeakSet(); // the forms of which it was said that two prompts in it have one name

/** The properties that are attributes: those with a text, and those that are there or not. */
const TEXTS = { name: "name", rulebook: "rulebook", endpoint: "endpoint", watch: "watch", defaultValue: "value" };
const SWITCHES = { commitFirst: "commit-first", disabled: "disabled", required: "required" };
const ATTRIBUTES = { ...TEXTS, ...SWITCHES };

class RhrtPrompt extends HTMLElement {
  static formAssociated = true;

  static observedAttributes = [...Object.values(ATTRIBUTES), "label"];

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
    this.#root.adoptedStyleSheets = look;
    this.#internals.role = "group";
    // What is typed and chosen inside is not yet marked when these are heard, or never is: the host hears of what is.
    for (const type of ["input", "change"]) this.#root.addEventListener(type, (event) => event.stopPropagation());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.#takeIn();
  }

  connectedCallback() {
    this.#prompt.start();
    this.#entitle();
    queueMicrotask(() => this.#warn());
  }

  /** What is moved within a page is put back at once, and goes on. */
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#prompt.stop());
  }

  adoptedCallback() {
    const view = this.ownerDocument.defaultView;
    if (view) this.#root.adoptedStyleSheets = lookIn(view);
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "value") this.#prompt.takeDefault();
    if (name === "label") this.#entitle();
    else if (this.isConnected && this.#prompt.started) this.#prompt.start();
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
    for (const property of ["value", ...Object.keys(ATTRIBUTES)]) {
      if (!Object.hasOwn(this, property)) continue;
      const own = this[property];
      delete this[property];
      if (property === "value") this.#prompt.takeOrSay(own);
      else this[property] = own;
    }
    this.#prompt.takeDefault(); // nobody tells an element that is being made of its attributes
  }

  /** A click on a label of the host's comes as one on the element itself, from where the label stands. */
  #clicked(event) {
    const at = this.getRootNode().elementFromPoint?.(event.clientX, event.clientY);
    if (event.composedPath()[0] === this && at !== this) this.focus();
  }

  /** Say which child it is about, to eyes and ears, where the host says so. A label of the host's names it too. */
  #entitle() {
    const label = this.getAttribute("label");
    this.#prompt.entitle();
    this.#internals.ariaLabel = label ? `${label}: ${TITLE}` : this.#internals.labels.length ? null : TITLE;
  }

  #warn() {
    const { form } = this.#internals;
    const same = [...(form?.elements ?? [])].filter((one) => #internals in one && one.#name === this.#name);
    if (same.length < 2 || warned.has(form)) return;
    warned.add(form);
    console.warn(`Two <rhrt-prompt> of one form have the name “${this.#name}”. Give each a name of its own.`);
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
    const { status, record, text, suggestion, urgency, dirty } = this.#prompt;
    const fields = new FormData();
    const set = (field, value) => fields.set(`${this.#name}-${field}`, value ?? "");
    set("status", status);
    set("record", text);
    set("receipt", suggestion && JSON.stringify(suggestion.receipt));
    set("level", suggestion?.level);
    set("route", suggestion?.route);
    set("urgency", urgency);
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

for (const [property, attribute] of Object.entries(ATTRIBUTES)) {
  const whether = property in SWITCHES;
  Object.defineProperty(RhrtPrompt.prototype, property, {
    configurable: true,
    enumerable: true,
    get() { return whether ? this.hasAttribute(attribute) : this.getAttribute(attribute) ?? ""; },
    set(value) {
      if (whether ? value : (value ?? null) !== null) this.setAttribute(attribute, whether ? "" : value);
      else this.removeAttribute(attribute);
    },
  });
}

if (!customElements.get("rhrt-prompt")) customElements.define("rhrt-prompt", RhrtPrompt);
