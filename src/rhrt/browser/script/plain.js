// The second opinion: a plain evaluation of a rulebook, to read in five minutes.
//
// It shares nothing with the evaluator of the compiled form: it reads the rulebook's conditions as they are
// written, and makes facts of its own. It is `reasoning/plain.py`; which prompts apply is worked out here too.

const MOST = 2000; // how many things of a kind are remembered before that memory is emptied

/** A rulebook's rules by the kind of fact they are about, as they are written. */
export class Plain {
  #book;

  #sign;

  #judged; // the level of each judgement, by the name of its rule

  #followUp;

  #byRank;

  #told = new Map(); // what fired of one thing recorded

  #answered = new Map(); // what fired of each answer to a question

  #concluded = new Map(); // what follows from the level and all answers

  constructor(rulebook) {
    this.#book = rulebook;
    this.#sign = new Map(rulebook.indicators.map((one) => [one.id, one]));
    this.#judged = new Map(rulebook.judgements.map((one) => [`judgement/${one.id}`, one.level]));
    this.#followUp = new Map(rulebook.prompts.filter((one) => one.if_yes.length).map((one) => [one.id, one]));
    this.#byRank = [...rulebook.prompts].sort((one, other) => one.rank - other.rank);
  }

  /** Conclude from a record: the level (0: none), what follows from it, and the rules that each fact fired. */
  evaluate(record) {
    const told = this.#recorded(record);
    const perFact = told.flatMap((one) => one.fired);
    const established = new Set(perFact.flat());
    const answers = { ...record.answers, ...this.#found("recorded", established) };
    const [top, deciding] = this.#highest(record);
    const recorded = this.#raised(top, established);
    const concluded = remembered(this.#concluded, recorded + JSON.stringify(answers), () =>
      this.#conclude(recorded, answers),
    );
    const { fired, last, ...follows } = concluded;
    const { level } = follows;
    const reasons = fired.filter((name) => this.#judged.get(name) === level).map((name) => [name, ""]);
    for (const { id, gravest } of told) {
      if (gravest && [0, level].includes(this.#judged.get(gravest))) reasons.push([gravest, id]);
    }
    if (top === level) reasons.push(...deciding.map((id) => [`indicator/${id}`, ""]));
    return { ...follows, reasons, fired: [...perFact, fired, last] };
  }

  /** Give the ids of the prompts that apply, the lowest rank first. */
  applying(record, situation) {
    const counted = this.#counted(record, situation.level);
    const fact = { ...situation, age_band: record.age_band ?? "not-stated", ...counted };
    const possible = this.#byRank.filter((one) => this.#isPossible(one, record));
    const applies = (one) => holds(one.when, { ...fact, prompt: one.id }, this.#highestLevel);
    return possible.filter(applies).map((one) => one.id);
  }

  /** Give the ids of what happens after the next steps. */
  afterwards(situation) {
    return this.#fired("afterwards", situation).map((name) => name.slice("afterwards/".length));
  }

  /** Give what follows from the level of what was recorded, and all answers. */
  #conclude(recorded, answers) {
    const fired = this.#fired("answers", answers);
    const level = this.#raised(recorded, fired);
    const situation = { ...answers, ...this.#found("answers", new Set(fired)), level };
    const last = this.#fired("situation", situation);
    return { level, ...ends(last, level), harm: situation.harm === "yes", situation, fired, last };
  }

  /** Give a level, or the highest that some rules judge, where that is higher. */
  #raised(level, names) {
    return Math.max(level, ...[...names].map((name) => this.#judged.get(name) ?? 0));
  }

  get #highestLevel() {
    return this.#book.levels.length;
  }

  /** Give what fired of each thing recorded. */
  #recorded(record) {
    const { answers, follow_ups: followUps, judgement: own } = record;
    const age = record.age_band ?? "not-stated";
    const of = (kind, id, said) =>
      remembered(this.#told, `${kind} ${id} ${said} ${age}`, () => this.#firedBy(kind, id, said, age));
    const answered = () => Object.keys(answers).map((id) => of("question", id, answers[id]));
    return [
      ...record.present.map((id) => of("mark", id, "present")),
      ...record.absent.map((id) => of("mark", id, "absent")),
      ...record.not_known.map((id) => of("mark", id, "not-known")),
      ...remembered(this.#answered, JSON.stringify([answers, age]), answered),
      ...(own === null ? [] : [of("question", "judgement", `level-${own}`)]),
      ...Object.keys(followUps).map((id) => of("follow-up", id, followUps[id])),
    ];
  }

  /** Give, for each fact of one thing recorded, the names of the rules that hold, and the gravest judgement. */
  #firedBy(kind, id, said, age) {
    const fired = this.#facts(kind, id, said, age).map((fact) => this.#fired("recorded", fact));
    return { id, fired, gravest: this.#gravest(fired.flat()) };
  }

  /** Say what is known of one thing recorded: a follow-up question has a fact for each thing that it names. */
  #facts(kind, id, said, age) {
    if (kind === "mark") return [this.#aboutSign(id, said, age)];
    const named = kind === "follow-up" ? this.#names(id) : ["none"];
    return named.map((name) => about(id, said, name, age));
  }

  #aboutSign(id, mark, age) {
    const { level, basis = "not-stated", heading = "not-stated" } = this.#sign.get(id);
    return { ...about("none", "none", "none", age), indicator: id, mark, level, basis, heading };
  }

  /** Give all that a follow-up question names for a rule. */
  #names(id) {
    const { if_yes: names, if_not_known: unknown } = this.#followUp.get(id);
    return unknown ? [...names, "not-knowing"] : names;
  }

  /** Give the names of the rules that hold for a fact, in the order written. */
  #fired(kind, fact) {
    const holding = this.#book.rules[kind].filter((rule) => holds(rule.when, fact, this.#highestLevel));
    return holding.map((rule) => rule.name);
  }

  /** Say yes or no to each finding of a kind. */
  #found(kind, names) {
    const own = this.#book.findings.filter((one) => one.about === kind);
    return Object.fromEntries(own.map((one) => [one.id, names.has(`finding/${one.id}`) ? "yes" : "no"]));
  }

  /** Give the first of the judgements among some rules that has the highest level, if there is any. */
  #gravest(names) {
    const judged = [...this.#judged.keys()].filter((name) => names.includes(name));
    return judged.find((name) => judged.every((other) => this.#judged.get(other) <= this.#judged.get(name)));
  }

  /** Give the highest level among the signs present, 0 where there are none, and those that have it. */
  #highest(record) {
    const levelOf = (id) => this.#sign.get(id).level;
    const top = record.present.reduce((most, id) => Math.max(most, levelOf(id)), 0);
    return [top, record.present.filter((id) => levelOf(id) === top)];
  }

  /** Say in words how many signs are at a level, and under how many headings concerns stand. */
  #counted(record, level) {
    const present = record.present.map((id) => this.#sign.get(id));
    const strengths = this.#book.levels.filter((one) => one.strengths).map((one) => one.level);
    const concerns = present.filter((one) => !strengths.includes(one.level));
    const headings = new Set(concerns.map((one) => one.shown_under ?? one.heading).filter((heading) => heading));
    const signs = present.filter((one) => one.level === level).length;
    return {
      signs_at_level: signs > 1 ? "several" : signs ? "one" : "none",
      headings_recorded: headings.size > 2 ? "several" : ["none", "one", "two"][headings.size],
    };
  }

  #isPossible(prompt, record) {
    const named = (ids, recorded) => ids.some((id) => recorded.includes(id));
    if (![...prompt.indicators, ...prompt.absent, ...prompt.circumstances].length) return true;
    if (named(prompt.indicators, record.present) || named(prompt.circumstances, record.circumstances)) return true;
    return record.absent.some((id) => prompt.absent.includes(id) && !this.#graverPresent(id, record));
  }

  /** Say whether a higher rung of a ladder on which a sign stands is present. */
  #graverPresent(id, record) {
    const ladders = this.#book.ladders.filter((one) => one.rungs.includes(id) || one.strength === id);
    const { level } = this.#sign.get(id);
    return record.present.some(
      (one) => this.#sign.get(one).level > level && ladders.some((ladder) => ladder.rungs.includes(one)),
    );
  }
}

/** Give what a memory has under a name, once it is made; one that is full starts anew. */
const remembered = (memory, name, make) => {
  if (!memory.has(name)) {
    const made = make();
    if (memory.size >= MOST) memory.clear();
    memory.set(name, made);
  }
  return memory.get(name);
};

/** Make the fact of what was asked; a sign's own sides stand in their place. */
const about = (asked, answer, names, age) => ({
  indicator: "none", mark: "none", level: 0, basis: "not-stated", heading: "not-stated",
  age_band: age, asked, answer, names,
});

/** Say what the rules that hold come to: the first route, urgency, and case of each action, and what lacks. */
const ends = (names, level) => {
  const first = (kind) => names.find((name) => name.startsWith(`${kind}/`))?.slice(kind.length + 1) ?? "";
  const [route, urgency, steps, told] = [first("route"), first("urgency"), [], {}];
  for (const name of names.filter((one) => one.startsWith("action/"))) {
    const code = name.split("/")[1];
    if (!Object.hasOwn(told, code)) steps.push(name);
    told[code] = true;
  }
  const lacks = [];
  if (!urgency) lacks.push("an urgency");
  if (!steps.length) lacks.push("a next step");
  if (level && !route) lacks.push("a route");
  return { route, urgency, steps, lacks };
};

/** Say whether any alternative holds: every field it names has a value that is wanted there. */
const holds = (when, fact, highest) =>
  when.some((conditions) => {
    for (const field in conditions) if (!isWanted(conditions[field], fact[field], highest)) return false;
    return true;
  });

const isWanted = (wanted, value, highest) => {
  if (value === undefined) throw new Error("A fact lacks what a rule looks at.");
  if (Array.isArray(wanted)) return wanted.includes(value);
  if (typeof wanted !== "object") return wanted === value;
  return wanted.at_least <= value && value <= (wanted.at_most ?? highest);
};
