// What is inside the element: what is marked, the parts that show it, the asking. A host can put nothing over it.

const SLOW = 600; // milliseconds before a suggestion that no longer fits what is marked is taken out of view
const TITLE = "What does the guidance suggest?";
const PLACE = new URL(".", import.meta.url);

class Prompt {
  marked = new Marked();

  dirty = false; // something was marked here, or given but by the attribute `value`: that one counts no more

  started = null; // with which rulebook and service it began

  #element;

  #root;

  #host; // hears `carry`: the fields change, `marked`: something was marked, and `suggested`

  #answer = null; // the service's answer for what is marked now, or null

  #failure = null;

  #refused = false; // what was given back was no record, where nobody could be told so

  #asking = null;

  #busy = false;

  #disabled = false;

  #watching = new AbortController();

  constructor(element, root, host) {
    this.#element = element;
    this.#root = root;
    this.#host = host;
  }

  // --- What the element asks for ---

  /** Begin, or go on after the element was moved or put back: only another rulebook or service begins anew. */
  start() {
    const [id, endpoint] = ["rulebook", "endpoint"].map((name) => this.#element.getAttribute(name));
    const started = JSON.stringify([id, endpoint]);
    if (started === this.started) return this.#goOn();
    this.started = started;
    this.stop();
    this.served = id ? SERVED.rulebooks.find((one) => one.id === id) : SERVED.rulebooks[0];
    if (!this.served) return this.#unserved();
    const service = endpoint ? new URL(endpoint.replace(/\/*$/, "/"), document.baseURI) : PLACE;
    this.ask = endpoint || !LOCAL ? (path, ...more) => ask(new URL(path, service), ...more) : LOCAL;
    this.said = ringing(this.served.ring);
    this.rulebook = null;
    this.#build();
    this.#learn();
    this.watch();
    if (!this.dirty) return this.reset(); // the default may fit now
    this.#mustFit();
    return this.#renew();
  }

  stop() {
    this.#watching.abort();
    this.#asking?.abort();
    this.#busy = false;
  }

  /** Take what a host gives back. Raises TypeError where it is no record of this rulebook, and leaves what is marked. */
  take(value, dirty = true) {
    const marked = given(value);
    const other = this.#otherRulebook(marked);
    if (other) refuse(other);
    this.dirty = dirty;
    if (this.#refused || !marked.equals(this.marked)) this.#restore(marked);
  }

  /** Take it where nobody is told of a TypeError: before the element was ready, from its attribute or the browser. */
  takeOrSay(value, dirty = true) {
    try {
      this.take(value, dirty);
    } catch (error) {
      this.dirty = dirty;
      this.#say(error.message);
      this.#renew();
    }
  }

  takeDefault() {
    if (!this.dirty) this.takeOrSay(this.#element.getAttribute("value"), false);
  }

  reset() {
    this.dirty = false;
    this.#restore(new Marked());
    this.takeDefault();
  }

  /** Say in the heading which child this is about, where the host says so. */
  entitle() {
    const label = this.#element.getAttribute("label");
    if (!this.result) return;
    this.child.lang = this.#element.closest("[lang]")?.lang ?? ""; // the words are the host's
    this.child.replaceChildren(label ?? "");
    this.heading.replaceChildren(this.child, label ? `: ${TITLE}` : TITLE);
    this.result.element.setAttribute("aria-label", label ? `Suggestion, ${label}` : "Suggestion");
  }

  set disabled(disabled) {
    this.#disabled = disabled;
    if (this.frame) this.frame.disabled = disabled;
  }

  get record() {
    return this.marked.record(this.served?.id ?? this.marked.rulebook);
  }

  get text() {
    return JSON.stringify(this.record);
  }

  get suggestion() {
    return this.#shown?.suggestion ?? null;
  }

  /** How soon, where that does not depend on what is still to be checked. */
  get urgency() {
    return this.#shown?.urgency;
  }

  get status() {
    if (this.marked.empty || !this.served) return "empty";
    if (this.#failure) return "unavailable";
    return this.#shown ? "suggested" : "waiting";
  }

  /** Give what is still to be done before a suggestion is shown, and where; null where it is, or none can be had. */
  get missing() {
    if (!this.served || this.#failure || this.#shown) return null;
    if (this.#busy) return ["Wait for the suggestion."];
    if (!this.#answer || !this.#enough) return ["Answer the questions, or mark what you have seen, until there is a suggestion."];
    return this.rulebook && [CHOOSE, this.result.own.first.querySelector("input")];
  }

  // --- What the parts ask for ---

  /** Take in that something was marked: tell the host, and ask what is suggested now. */
  changed() {
    this.dirty = true;
    this.#refused = false;
    this.again();
    this.#host.marked();
  }

  /** Ask what is suggested for what is marked. */
  again() {
    this.#answer = this.#failure = null;
    this.marked.rulebook = this.served.id;
    this.#busy = !this.marked.empty;
    this.#sync();
    this.#ask();
  }

  /** Take the practitioner's own level, given before the suggestion was seen. */
  commit(level) {
    Object.assign(this.marked, { level, committed: true });
    this.result.element.focus(); // the button that was pressed goes away
    this.changed();
  }

  show(answered = false) {
    if (!this.result || this.#busy) return;
    const shown = this.#shown;
    if (this.#answer) this.about.matter(this.#answer.questions);
    if (this.#answer || this.marked.empty) this.followUps.matter(this.#answer?.suggestion.follow_ups ?? []);
    if (this.#failure) this.result.fail(whyNot(this.#failure), () => this.again());
    else if (shown) this.result.suggest(shown);
    else if (this.#answer && this.#enough) this.result.ask();
    else if (this.#refused) this.result.refuse();
    else this.result.wait();
    this.#sync();
    if (answered && (shown || this.#failure)) this.#host.suggested();
  }

  /** Read the host's own field, where the host named one and while it is there, when its writer pauses. */
  watch() {
    this.#watching.abort();
    const { signal } = this.#watching = new AbortController();
    const id = this.#element.getAttribute("watch");
    const root = this.#element.getRootNode();
    let field;
    let pause;
    const read = () => {
      clearTimeout(pause);
      pause = setTimeout(() => field && this.concerns.offer(field.value), PAUSE);
    };
    const look = () => {
      const found = id && root.getElementById?.(id);
      if (found === field) return;
      field = isText(found?.value) ? found : null;
      this.concerns.watched(field);
      read();
    };
    if (!this.concerns) return;
    root.addEventListener("input", ({ target }) => target === field && read(), { capture: true, signal });
    const looking = new MutationObserver(look); // a host adds its field later, puts another there, or gives it the id
    looking.observe(root, { childList: true, subtree: true, attributeFilter: ["id"] });
    signal.onabort = () => {
      clearTimeout(pause);
      looking.disconnect();
    };
    look();
  }

  // --- Inside ---

  #goOn() {
    this.watch();
    this.show();
    this.#host.carry();
    if (this.served && !this.#answer && !this.#failure && !this.#busy) this.#ask();
  }

  #restore(marked) {
    this.marked = marked;
    this.#refused = false;
    this.#renew();
  }

  /** Show what the host wrote inside the element: nothing is known of its rulebook. */
  #unserved() {
    this.danger = this.concerns = this.about = this.followUps = this.result = this.frame = null;
    this.#answer = this.#failure = null;
    this.#root.replaceChildren(make("slot"));
    this.#host.carry();
  }

  /** Leave out what was marked by another rulebook: under the same names it may mean something else. */
  #mustFit() {
    const other = !this.marked.empty && this.#otherRulebook(this.marked);
    if (other) this.#say(`${REFUSED} ${other}.`);
  }

  #otherRulebook({ rulebook }) {
    const other = this.served && rulebook && rulebook !== this.served.id;
    return other && `record.rulebook is “${rulebook}”, and this asks by “${this.served.id}”`;
  }

  /** Say to the host's developer, and to whoever fills in the form, that what was given back cannot be used. */
  #say(why) {
    if (why !== this.why) console.error(why);
    this.why = why;
    this.marked = new Marked();
    this.#refused = true;
  }

  #build() {
    this.child = make("bdi", { id: fresh("child") });
    this.danger = new Danger(this);
    this.concerns = new Concerns(this);
    this.about = new About(this);
    this.followUps = new FollowUps(this);
    this.result = new Result(this);
    const parts = [this.danger, this.concerns, this.about, this.followUps, this.result].map(({ element }) => element);
    const origin = `${this.served.title}, ${this.served.area}, edition ${this.served.edition}`;
    this.frame = make("fieldset", { class: "frame", role: "none" },
      this.heading = make("h2"), make("p", { class: "hint" }, origin), parts);
    this.frame.disabled = this.#disabled;
    this.#root.replaceChildren(make("div", { class: "prompt", lang: "en-GB", dir: "ltr" }, this.frame));
    this.entitle();
  }

  /** Ask for the rulebook: its lists, levels and words. Until it is there, the rest works without. */
  async #learn() {
    if (this.rulebook || this.learning) return;
    const { served } = this;
    this.learning = true;
    try {
      const rulebook = await this.ask(`v1/rulebooks/${encodeURIComponent(served.id)}`);
      if (served !== this.served) return;
      this.rulebook = rulebook;
      for (const part of [this.concerns, this.about, this.result.own]) part.known(rulebook);
      this.show();
    } catch {
      // It is asked for again with the next change.
    } finally {
      this.learning = false;
    }
  }

  #renew() {
    if (!this.result) return this.#host.carry();
    this.concerns.clear();
    this.result.own.clear();
    return this.again();
  }

  async #ask() {
    this.#asking?.abort();
    this.#busy = !this.marked.empty;
    this.result.busy(this.#busy);
    if (!this.#busy) return this.show();
    const asking = new AbortController();
    this.#asking = asking;
    const slow = setTimeout(() => this.result.wait("Looking up what the guidance suggests…"), SLOW);
    try {
      const answer = await this.ask("v1/prompt", this.record, asking.signal);
      if (!asking.signal.aborted) this.#answer = answer;
    } catch (error) {
      if (!asking.signal.aborted) this.#failure = error;
    } finally {
      clearTimeout(slow);
    }
    if (asking.signal.aborted) return undefined;
    this.result.busy(this.#busy = false);
    this.#learn();
    return this.show(true);
  }

  /** Give the answer that may be shown: there is enough to go by, and the own level came first if it is to. */
  get #shown() {
    return this.#answer && this.#enough && !this.#first ? this.#answer : null;
  }

  get #enough() {
    const { suggestion, emergency } = this.#answer;
    const asked = this.served.first.every(({ id }) => id in this.marked.situation);
    const { marks, followUps } = this.marked;
    return emergency || suggestion.level !== null || marks.size > 0 || Object.keys(followUps).length > 0 || asked;
  }

  get #first() {
    return this.#element.hasAttribute("commit-first") && !this.marked.committed;
  }

  #sync() {
    if (this.danger) {
      show(this.danger.element, "data-question", (id) => this.marked.situation[id]);
      for (const part of [this.danger, this.concerns, this.about, this.followUps, this.result.own]) part.sync();
    }
    this.#host.carry();
  }
}

/** Say why there is no suggestion, in words for whoever waits for one. Only faults of what was marked are laid to it. */
const whyNot = (error) => {
  const kept = "What you marked is kept, and goes with the form.";
  const { status, problem } = error;
  if (status !== 422) {
    const said = status >= 500 && isText(problem?.detail) && problem.detail;
    return [said || "The service does not answer. Do not wait for it.", kept];
  }
  const faults = Array.isArray(problem?.faults) ? problem.faults.filter((one) => isText(one?.what)).map(inWords) : [];
  return ["The service cannot use what was marked.", ...faults, kept];
};

/** Say what is wrong and what to do: here a sign is taken out. Other remedies may be for whoever programs. */
const inWords = ({ what, where, remedy }) => {
  const can = isText(remedy) && !/rhrt |v1/.test(remedy) ? remedy : "";
  return `${what} ${isText(where) && where.includes("indicators") ? "Take it out, under “Marked so far”." : can}`.trim();
};
