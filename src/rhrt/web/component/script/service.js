// The service that answers. It is asked without cookies and without saying from which page.

const PATIENCE = 5000; // milliseconds: after that the numbers to ring are shown, and not a suggestion
const POLITE = { credentials: "omit", referrerPolicy: "no-referrer" };

/** Ask at an address, with a document if there is one. Raises what a refusal says, with `status` and `problem`. */
const ask = async (address, document, cut) => {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  cut?.addEventListener("abort", () => stop.abort());
  try {
    const headers = { "content-type": "application/json" };
    const sent = document && { method: "POST", headers, body: JSON.stringify(document), cache: "no-store" };
    const answer = await fetch(address, { ...sent, ...POLITE, signal: stop.signal });
    const content = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(), { status: answer.status, problem: content });
    return content;
  } finally {
    clearTimeout(late);
  }
};
