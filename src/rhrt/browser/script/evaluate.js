// The evaluator of the compiled form: from a compiled rulebook and a record that was read, to what follows.
//
// It reads the compiled form and nothing else, and shares no logic with the plain evaluator: it counts. An
// alternative of a rule holds for a fact once as many fields have a value that it wants as it names. It is
// `reasoning/evaluate.py`, line by line, but for the reading (`record.js`) and for what it remembers.

const FORM = 1; // the version of the compiled form that is read here
const MOST = 2000; // how many things of a kind are remembered before that memory is emptied

/** Rules about one kind of fact, by what each of their alternatives wants in each field. */
class Matcher {
  #ruleOf = [];

  #named = [];

  #wanting = new Map();

  constructor(rules) {
    this.rules = rules;
    rules.forEach((rule, place) => {
      for (const alternative of rule.when) {
        for (const [field, words] of alternative) this.#want(field, words);
        this.#ruleOf.push(place);
        this.#named.push(alternative.length);
      }
    });
  }

  /** Give the rules that hold for a fact, in order; a field that is missing is an error. */
  fired(fact) {
    const left = this.#named.slice();
    for (const [field, wanting] of this.#wanting) {
      const value = fact[field];
      if (value === undefined) throw new Error(`A fact has no '${field}'.`);
      const alternatives = wanting.get(value);
      if (alternatives !== undefined) for (const alternative of alternatives) left[alternative] -= 1;
    }
    const holding = new Set(); // in order, as the alternatives are
    for (let at = left.indexOf(0); at >= 0; at = left.indexOf(0, at + 1)) holding.add(this.#ruleOf[at]);
    return Array.from(holding, (place) => this.rules[place]);
  }

  #want(field, words) {
    if (!this.#wanting.has(field)) this.#wanting.set(field, new Map());
    const wanting = this.#wanting.get(field);
    for (const word of words) {
      if (!wanting.has(word)) wanting.set(word, []);
      wanting.get(word).push(this.#ruleOf.length);
    }
  }
}

/** A compiled rulebook, ready to evaluate. */
export class Evaluator {
  #known;

  #signs;

  #names;

  #rules = {};

  #prompts; // the rule of each prompt by itself: of all of them, no other can hold for its fact

  #remembered = new Map(); // what one thing recorded gives, by the thing and the age

  #answered = new Map(); // what all answers to questions give

  #concluded = new Map(); // what follows, by the level and the answers

  constructor(compiled) {
    if (compiled.form !== FORM) throw new Error("This form of a compiled rulebook is not known here.");
    this.#known = compiled;
    this.#signs = new Map(compiled.indicators.map((sign) => [sign.id, sign]));
    this.#names = new Map(compiled.follow_ups.map((followUp) => [followUp.id, followUp.names]));
    for (const [about, rules] of Object.entries(compiled.rules)) this.#rules[about] = new Matcher(rules);
    this.#prompts = new Map(compiled.rules.prompt.map((rule) => [rule.id, new Matcher([rule])]));
  }

  /**
   * Give what follows from a record that was read.
   *
   * `level` is 0, `route` and `urgency` are "" where there is none. `lacks` names what a whole answer needs and
   * this one has not. A reason is a rule with the answer it comes from, or "". `fired` has the rules of each fact.
   */
  evaluate(record) {
    const recorded = this.#recorded(record);
    const answers = { ...record.answers, ...recorded.found };
    const key = `${recorded.level} ${JSON.stringify(answers)}`;
    const { own, fired, ...follows } = kept(this.#concluded, key, () => this.#conclude(recorded.level, answers));
    const { level } = follows;
    const reasons = [
      ...own.filter((rule) => rule.level === level).map((rule) => [rule.name, ""]),
      ...recorded.told.filter(([rule]) => [0, level].includes(rule.level)).map(([rule, id]) => [rule.name, id]),
      ...this.#at(level, record).map((id) => [`indicator/${id}`, ""]),
    ];
    return { ...follows, reasons, fired: [...recorded.traced, ...fired] };
  }

  /** Give what follows from the level and the findings of what was recorded, with all answers. */
  #conclude(gravest, answers) {
    const judged = this.#rules.answers.fired(answers);
    const own = judged.filter((rule) => rule.gives === "judgement");
    const level = Math.max(gravest, ...own.map((rule) => rule.level));
    const found = this.#unfound("answers");
    for (const id of given(judged, "finding")) found[id] = "yes";
    const situation = { level, ...answers, ...found };
    const last = this.#rules.situation.fired(situation);
    const steps = new Map();
    for (const rule of last) {
      if (rule.gives === "step" && !steps.has(rule.id)) steps.set(rule.id, rule.name);
    }
    const [routes, urgencies] = [given(last, "route"), given(last, "urgency")];
    const missing = [
      ["an urgency", urgencies.length === 0],
      ["a next step", steps.size === 0],
      ["a route", level > 0 && routes.length === 0],
    ];
    return {
      own,
      level,
      route: routes.length > 0 ? routes[0] : "",
      urgency: urgencies.length > 0 ? urgencies[0] : "",
      harm: situation.harm === "yes",
      steps: [...steps.values()],
      lacks: missing.filter(([, isMissing]) => isMissing).map(([name]) => name),
      situation,
      fired: [names(judged), names(last)],
    };
  }

  /** Give the ids of the prompts that apply, follow-up questions among them, the lowest rank first. */
  applying(record, situation) {
    const signs = this.#at(situation.level, record).length;
    const under = new Set(record.present.map((id) => this.#signs.get(id).under));
    under.delete("");
    const fact = {
      ...situation,
      age_band: record.age_band ?? "not-stated",
      signs_at_level: ["none", "one", "several"][Math.min(signs, 2)],
      headings_recorded: ["none", "one", "two", "several"][Math.min(under.size, 3)],
    };
    const possible = this.#known.prompts.filter((one) => isPossible(one, record)).map((one) => one.id);
    return possible.filter((id) => {
      fact.prompt = id;
      return this.#prompts.get(id).fired(fact).length > 0;
    });
  }

  /** Give the ids of what happens after the next steps. */
  afterwards(situation) {
    return this.#rules.afterwards.fired(situation).map((rule) => rule.id);
  }

  #unfound(about) {
    return Object.fromEntries(this.#known.findings[about].map((id) => [id, "no"]));
  }

  /** Give what the things recorded come to: the level, the findings, the answers that are reasons. */
  #recorded(record) {
    const found = this.#unfound("recorded");
    const all = joined(this.#things(record));
    for (const id of all.found) found[id] = "yes";
    return { ...all, found };
  }

  /** Give what each thing recorded gives; all answers to questions are one. */
  #things(record) {
    const age = record.age_band ?? "not-stated";
    const of = (kind, id, said) =>
      kept(this.#remembered, `${kind} ${id} ${said} ${age}`, () => this.#given(kind, id, said, age));
    const answers = () => joined(Object.entries(record.answers).map(([id, answer]) => of("question", id, answer)));
    return [
      ...record.present.map((id) => of("sign", id, "present")),
      ...record.absent.map((id) => of("sign", id, "absent")),
      ...record.not_known.map((id) => of("sign", id, "not-known")),
      kept(this.#answered, `${age} ${JSON.stringify(record.answers)}`, answers),
      ...(record.judgement === null ? [] : [of("own", "judgement", `level-${record.judgement}`)]),
      ...Object.entries(record.follow_ups).map(([id, answer]) => of("follow-up", id, answer)),
    ];
  }

  /** Give what one thing recorded gives. */
  #given(kind, id, said, age) {
    const fired = this.#facts(kind, id, said, age).map((fact) => this.#rules.recorded.fired(fact));
    let [level, gravest] = [0, []];
    const together = this.#together(fired);
    for (const rule of together) {
      if (rule.gives !== "finding") level = Math.max(level, rule.level);
      if (rule.gives === "judgement" && (gravest.length === 0 || rule.level > gravest[0].level)) gravest = [rule];
    }
    const told = gravest.map((rule) => [rule, id]);
    return { level, found: given(together, "finding"), told, traced: fired.map(names) };
  }

  /** Give the facts of one thing recorded: one, or for a follow-up question one for each thing it names. */
  #facts(kind, id, said, age) {
    const sides = { level: 0, basis: "not-stated", heading: "not-stated" };
    const bare = { indicator: "none", mark: "none", ...sides, asked: "none", answer: "none", names: "none" };
    if (kind === "sign") {
      const { level, basis, heading } = this.#signs.get(id);
      return [{ ...bare, age_band: age, indicator: id, mark: said, level, basis, heading }];
    }
    const asked = { ...bare, age_band: age, asked: id, answer: said };
    return kind === "follow-up" ? this.#names.get(id).map((name) => ({ ...asked, names: name })) : [asked];
  }

  /** Give the rules that any of the facts of one thing fired, in order, each once. */
  #together(fired) {
    const every = new Set(fired.flat());
    return this.#rules.recorded.rules.filter((rule) => every.has(rule));
  }

  /** Give the signs present at a level. */
  #at(level, record) {
    return record.present.filter((id) => this.#signs.get(id).level === level);
  }
}

/** Give what was made for a key before, or make it; a memory that is full is emptied. */
const kept = (memory, key, make) => {
  if (memory.has(key)) return memory.get(key);
  const made = make();
  if (memory.size >= MOST) memory.clear();
  memory.set(key, made);
  return made;
};

/** Give what several things give together. */
const joined = (things) => ({
  level: Math.max(0, ...things.map((one) => one.level)),
  found: things.flatMap((one) => one.found),
  told: things.flatMap((one) => one.told),
  traced: things.flatMap((one) => one.traced),
});

/** Say whether a prompt is possible of what was recorded: always, where it names nothing. */
const isPossible = (prompt, record) =>
  prompt.indicators.length + prompt.absent.length + prompt.circumstances.length === 0 ||
  prompt.indicators.some((id) => record.present.includes(id)) ||
  prompt.circumstances.some((id) => record.circumstances.includes(id)) ||
  prompt.absent.some(
    (one) => record.absent.includes(one.id) && !one.unless.some((id) => record.present.includes(id)),
  );

const given = (rules, kind) => rules.filter((rule) => rule.gives === kind).map((rule) => rule.id);

const names = (rules) => rules.map((rule) => rule.name);
