// Inside the iframe: takes from the page around it what that says of the prompt, and tells it the height and the fields,
// if that page may know. README.md of the component documents the messages.

const NOT_HERE = "What was filled in before is not here. It does not fit the questions here. Nothing is marked now: mark it again.";
const REQUIRED = "This part of the form is not filled in. Answer the questions until a suggestion is shown.";
const ATTRIBUTES = ["name", "label", "commit-first", "required", "disabled"];

const form = document.querySelector("form");
const prompt = document.querySelector("rhrt-prompt");
const told = document.querySelector("#told"); // what stands in the field that the host watches
const said = document.querySelector("#said");
const heading = document.querySelector("h1");
const first = { words: heading.textContent, title: document.title, attributes: {} };
for (const name of ATTRIBUTES) first.attributes[name] = prompt.getAttribute(name);
const allowed = [location.origin, ...JSON.parse(document.body.dataset.origins)];
let host = null; // the origin of the page around, once it has said hello and is one of those allowed

const tell = (message) => {
  if (host) parent.postMessage(message, host);
};
const height = () => tell({ type: "rhrt-height", height: Math.ceil(document.body.getBoundingClientRect().height) });
const say = (words) => {
  said.textContent = words;
  said.hidden = !words;
};

/** Tell the fields. Those whose status is open are missing where the host requires them. */
const value = (marked = false) => {
  const fields = Object.fromEntries(new FormData(form));
  const open = ["empty", "waiting"].includes(fields[`${prompt.getAttribute("name") ?? "rhrt"}-status`]);
  tell({ type: "rhrt-value", fields, marked, missing: open && prompt.hasAttribute("required") });
};

/** Take the text of the field `rhrt-record`; where it cannot be used, say so to whoever fills in the form. */
const take = (record) => {
  try {
    prompt.value = record ?? "";
    say("");
  } catch (error) {
    console.error(error.message);
    prompt.value = "";
    say(NOT_HERE);
  }
};

const attribute = (name, words) => {
  if (typeof words === "string") prompt.setAttribute(name, words);
  else prompt.removeAttribute(name);
};

/** Take what the host says of the prompt; what it leaves out is as this page was asked for. */
const set = (attributes) => {
  for (const name of ATTRIBUTES) attribute(name, attributes[name] ?? first.attributes[name]);
  attribute("watch", typeof attributes.watch === "string" ? told.id : null);
  const of = attributes.label ? `: ${attributes.label}` : "";
  heading.textContent = first.words + of;
  document.title = first.title + of;
};

const DEEDS = {
  "rhrt-hello": (data) => {
    set(data.attributes ?? {});
    if (Object.hasOwn(data, "value")) take(data.value);
    height();
  },
  "rhrt-reset": (data) => {
    form.reset();
    take(data.value);
  },
  "rhrt-text": (data) => {
    told.value = data.text;
    told.dispatchEvent(new Event("input", { bubbles: true }));
  },
  "rhrt-report": () => {
    say(REQUIRED);
    prompt.focus();
  },
};

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || !allowed.includes(origin) || !Object.hasOwn(DEEDS, data?.type)) return;
  if (data.type === "rhrt-hello") host = origin;
  DEEDS[data.type](data);
  value();
});
new ResizeObserver(height).observe(document.body);
addEventListener("rhrt-change", () => {
  say("");
  value(true);
});
addEventListener("rhrt-suggestion", () => value());
