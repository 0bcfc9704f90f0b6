// On the host's page: holds the prompt in an iframe, listens to nobody else, and carries its fields in the form.

const frame = document.querySelector("iframe");
const service = new URL(frame.dataset.prompt, location.href); // on your page: "https://rhrt.example.org/prompt"

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== service.origin) return;
  if (data.type === "rhrt-height") frame.height = data.height;
  if (data.type === "rhrt-value") Object.entries(data.fields).forEach(([name, value]) => carry(name, value));
});
frame.addEventListener("load", () => frame.contentWindow.postMessage({ type: "rhrt-hello" }, service.origin));
frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups"; // no more than the prompt needs
frame.src = service;

function carry(name, value) {
  const form = frame.closest("form");
  const field = form.elements[name] ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}
