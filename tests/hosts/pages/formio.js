import { Formio } from "@formio/js";
import "./rhrt-component.js";
import { children, draft, send } from "./harness.js";

const prompts = children.map(({ name, label }) => ({
  type: "rhrt", key: name, label, watch: "story",
  conditional: { show: true, when: "about", eq: "true" }, clearOnHide: false,
}));
const components = [
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
