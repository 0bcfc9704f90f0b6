import { Formio } from "@formio/js";
import "./rhrt-component.js";
import need from "./need.json";
import { children, draft, send } from "./harness.js";

const prompts = children.map(({ name, label }) => ({
  ...need, key: name, label,
  conditional: { show: true, when: "about", eq: "true" }, clearOnHide: false,
}));
const content = '<rhrt-prompt name="lost"></rhrt-prompt> If a child is in danger, call 999.';
const components = [
  { type: "htmlelement", key: "html", tag: "div", content },
  { type: "textarea", key: "story", label: "What has happened?", input: true },
  { type: "checkbox", key: "about", label: "It is about a child", input: true, defaultValue: true },
  ...prompts,
  { type: "button", action: "submit", key: "send", label: "Send", input: true, disableOnInvalid: false },
  { type: "button", action: "reset", key: "clear", label: "Clear", input: true },
];
const beforeSubmit = async ({ data }, next) => {
  const { problem } = await send(data);
  next(problem ? [{ message: problem }] : null);
};

const form = await Formio.createForm(document.querySelector("#app"), { components }, { hooks: { beforeSubmit } });
form.nosubmit = true;
if (Object.keys(draft).length) await form.setSubmission({ data: draft });

const each = (deed) => children.forEach(({ name }) => deed(form.getComponent(name)));
window.host = {
  held: (name) => form.submission.data[name],
  keep: () => form.submission.data,
  off: () => each((one) => { one.disabled = true; }),
  on: () => each((one) => { one.disabled = false; }),
  takeOut: () => form.getComponent("about").setValue(false),
  putIn: () => form.getComponent("about").setValue(true),
  redraw: () => form.redraw(),
};
