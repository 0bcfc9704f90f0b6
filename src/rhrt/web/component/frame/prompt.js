// Inside the iframe: tells the page around it how high the prompt is and what it carries, if that page may know.

const form = document.querySelector("form");
const allowed = [location.origin, ...JSON.parse(document.body.dataset.origins)];
let host = null; // the origin of the page around, once it has said hello and is one of those allowed

const tell = (message) => {
  if (host) parent.postMessage(message, host);
};
const height = () => tell({ type: "rhrt-height", height: Math.ceil(document.body.getBoundingClientRect().height) });
const value = () => tell({ type: "rhrt-value", fields: Object.fromEntries(new FormData(form)) });

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || !allowed.includes(origin) || data?.type !== "rhrt-hello") return;
  host = origin;
  height();
  value();
});
new ResizeObserver(height).observe(document.body);
addEventListener("rhrt-change", value);
addEventListener("rhrt-suggestion", value);
