// On your page, for each <iframe data-prompt="https://rhrt.example.org/rhrt/prompt">: hands in what your page says of it, and
// takes out its height and its fields. It listens to these iframes and nobody else, and keeps nothing.

const PATIENCE = 3000; // milliseconds: with no answer by then, your own words stand in its place
const PAUSE = 600; // milliseconds without typing, before the watched field is read
const prompts = new Map(); // by iframe

class Prompt {
  fields = new Map(); // by name: those of your form that hold what was marked here

  constructor(iframe) {
    this.iframe = iframe;
    this.service = new URL(iframe.dataset.prompt, location.href);
    iframe.addEventListener("load", () => this.hello());
    iframe.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups"; // no more than the prompt needs
    iframe.height ||= 700; // until it says its own
    iframe.src = this.service;
    this.show(true);
    setTimeout(() => this.show(this.answered), PATIENCE);
  }

  get form() { return this.iframe.closest("form"); }
  get watched() { return document.getElementById(this.iframe.dataset.watch); }
  get record() { return this.own(`${this.attributes.name}-record`); }
  get attributes() { // of the <rhrt-prompt> inside
    const { name, label, commitFirst, required } = this.iframe.dataset;
    const disabled = this.iframe.closest("fieldset:disabled, [data-disabled]") && "";
    return { name: name || "rhrt", label, "commit-first": commitFirst, required, disabled, watch: this.watched && "" };
  }

  own(name) { return this.fields.get(name) ?? this.form?.elements[name]; }
  field(name) { // your own, or a new one at the end of the form, where it is in nobody's way
    const field = this.own(name) ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    if (field.form !== this.form) this.form?.append(field);
    field.style.display = "none"; // also where your style says how a <textarea> is shown
    this.fields.set(name, field);
    return field;
  }

  tell(type, more) { this.iframe.contentWindow?.postMessage({ type, ...more }, this.service.origin); }

  hello() { // with what your server wrote into the field, or the browser gave back to it
    this.missing = false; // whether it is required and open: a service that is gone keeps nobody from sending
    this.said = JSON.stringify(this.attributes);
    this.tell("rhrt-hello", { attributes: this.attributes, value: this.record?.value });
    if (this.watched?.value) this.read();
  }

  look() { // at what changed on your page
    if (!this.iframe.isConnected) return this.fields.forEach((field) => field.remove());
    const said = JSON.stringify(this.attributes);
    if (this.said && this.said !== said) this.tell("rhrt-hello", { attributes: this.attributes });
    this.said &&= said;
  }

  read() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.tell("rhrt-text", { text: this.watched?.value ?? "" }), PAUSE);
  }

  reset() { // to what your server wrote; an <input type="hidden"> does not know that any longer, and is emptied
    const value = this.record?.type === "hidden" ? "" : this.record?.defaultValue;
    this.fields.forEach((field) => { field.value = field === this.record ? value : ""; });
    this.tell("rhrt-reset", { value });
  }

  show(here) { // or else your own words
    const instead = document.getElementById(this.iframe.dataset.fallback);
    if (instead) instead.style.display = here ? "none" : "";
    if (instead) this.iframe.style.display = here ? "" : "none";
  }

  hear({ type, height, fields, marked, missing }) {
    this.show(this.answered = true);
    if (type === "rhrt-height") this.iframe.height = height;
    if (type !== "rhrt-value") return;
    this.missing = missing;
    const own = Object.entries(fields).filter(([name]) => name.startsWith(`${this.attributes.name}-`));
    for (const [name, value] of own) this.field(name).value = value;
    for (const [name, field] of this.fields) field.disabled = !(name in fields); // of a disabled prompt none are sent
    if (marked) for (const event of ["input", "change"]) this.record.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

const each = (fits, deed) => [...prompts.values()].filter(fits).forEach(deed);
const look = () => {
  const found = [...document.querySelectorAll("iframe[data-prompt]")].filter((iframe) => !prompts.has(iframe));
  for (const iframe of found) prompts.set(iframe, new Prompt(iframe));
  each(() => true, (prompt) => prompt.look());
};
new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
look();

addEventListener("message", ({ source, origin, data }) => {
  each(({ iframe, service }) => source === iframe.contentWindow && origin === service.origin, (prompt) => prompt.hear(data));
});
addEventListener("input", ({ target }) => each(({ watched }) => watched === target, (prompt) => prompt.read()));
addEventListener("reset", (event) => setTimeout(() => { // others may have prevented it by then
  if (!event.defaultPrevented) each(({ form }) => form === event.target, (prompt) => prompt.reset());
}));
addEventListener("submit", (event) => {
  if (event.target.noValidate || event.submitter?.formNoValidate) return;
  each(({ form, missing }) => form === event.target && missing, (prompt) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    prompt.iframe.focus();
    prompt.tell("rhrt-report");
  });
}, true);
