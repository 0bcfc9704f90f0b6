// What every page of a host shares: what it was asked to show, and the way to its server.
const asked = new URLSearchParams(location.search);

export const children = asked.has("two")
  ? [{ name: "first", label: "First child" }, { name: "second", label: "Second child" }]
  : [{ name: "rhrt", label: "The child" }];
export const draft = JSON.parse(asked.get("draft") ?? "{}");
export const listens = asked.get("host") !== "uncontrolled";

export const example = asked.get("host") === "example";

export const send = async (fields) => {
  const answer = await fetch("/received", { method: "POST", body: JSON.stringify(fields) });
  const outcome = await answer.json();
  if (outcome.received) {
    const received = document.createElement("pre");
    received.textContent = JSON.stringify(outcome.received);
    document.querySelector("main").append(received);
  }
  return outcome;
};

export const fieldsOf = (form) => Object.fromEntries(new FormData(form));
