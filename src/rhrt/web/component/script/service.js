// The service that answers. It is asked without cookies and without saying from which page.

const PATIENCE = 5000; // milliseconds: after that the numbers to ring are shown, and not a suggestion

class Refused extends Error {
  constructor(status, problem) {
    super(problem?.title);
    Object.assign(this, { status, problem: problem ?? {} });
  }
}

class Service {
  constructor(base) {
    this.base = base;
  }

  read(path) {
    return this.#ask(path, { method: "GET" });
  }

  post(path, document, signal) {
    const headers = { "content-type": "application/json" };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(document), cache: "no-store" }, signal);
  }

  async #ask(path, request, signal) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    signal?.addEventListener("abort", () => stop.abort());
    try {
      const polite = { credentials: "omit", referrerPolicy: "no-referrer", signal: stop.signal };
      const answer = await fetch(new URL(path, this.base), { ...request, ...polite });
      const content = await answer.json();
      if (!answer.ok) throw new Refused(answer.status, content);
      return content;
    } finally {
      clearTimeout(late);
    }
  }
}
