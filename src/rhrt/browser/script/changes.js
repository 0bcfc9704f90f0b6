// What would change the level of a record: the smallest changes, each true when tried.

const NOTHING = { present: [], absent: [], situation: {}, follow_ups: {} };

/** What can change the level by one rulebook. */
export class Changes {
  #conclusions;

  #level; // of each sign, by its id

  #order; // the place of each sign that can be recorded

  #ladders;

  #raising;

  #settling;

  #means; // what a yes to each follow-up question means

  constructor(rulebook, conclusions) {
    const recordable = rulebook.indicators.filter((one) => one.recordable !== false);
    this.#conclusions = conclusions;
    this.#level = new Map(rulebook.indicators.map((one) => [one.id, one.level]));
    this.#order = new Map(recordable.map((one, place) => [one.id, place]));
    this.#ladders = rulebook.ladders;
    this.#raising = rulebook.changes.raising;
    this.#settling = new Map(rulebook.changes.settling.map(([level, ...judging]) => [level, judging]));
    this.#means = new Map(rulebook.prompts.map((one) => [one.id, one.if_yes]));
  }

  /** Give the smallest changes that raise a level, then the smallest that lowers it; each has been tried. */
  of(record, level) {
    const unknown = record.not_known.map((id) => ({ ...NOTHING, present: [id] }));
    const raising = this.#raising.filter(([own]) => own > level);
    const answers = raising.map(([, situation]) => ({ ...NOTHING, situation }));
    for (const [id, answer] of Object.entries(record.follow_ups)) {
      if (answer === "not-known") answers.push({ ...NOTHING, follow_ups: { [id]: "yes" } });
    }
    return [
      ...this.#thatRaise(unknown, record, level),
      ...this.#rungsThatRaise(record, level),
      ...this.#thatRaise(answers, record, level),
      ...this.#lower(record, level),
    ];
  }

  #thatRaise(others, record, level) {
    const told = new Set();
    const found = [];
    for (const other of others) {
      const key = [...other.present, ...Object.keys(other.situation), ...Object.keys(other.follow_ups)].join();
      if (told.has(key)) continue;
      const after = this.#levelWith(other, record);
      if (after <= level) continue;
      told.add(key);
      found.push(change("up", after, other));
    }
    return found;
  }

  #rungsThatRaise(record, level) {
    const found = [];
    for (const id of this.#rungsAbove(record, level)) {
      // One sign more: where it was marked absent, both are looked at, as `Conclusions.beyond` does.
      const after = this.#conclusions.of({ ...record, present: this.#sorted([...record.present, id]) }).level;
      if (after > level) found.push(change("up", after, { ...NOTHING, present: [id] }));
    }
    return found;
  }

  /** Give the next rung above each sign at the level on each of its ladders, but what is not known already. */
  #rungsAbove(record, level) {
    const signs = record.present.filter((id) => this.#level.get(id) === level);
    const rungs = new Set(signs.flatMap((id) => this.#nextRungs(id)));
    return [...rungs].filter((id) => !record.not_known.includes(id));
  }

  #nextRungs(id) {
    const ladders = this.#ladders.filter((one) => one.rungs.includes(id) || one.strength === id);
    const isAbove = (one) => this.#order.has(one) && this.#level.get(one) > this.#level.get(id);
    return ladders.map((ladder) => ladder.rungs.find(isAbove)).filter((rung) => rung !== undefined);
  }

  #lower(record, level) {
    const other = this.#downward(record, level);
    if (!other.absent.length && !Object.keys({ ...other.situation, ...other.follow_ups }).length) return [];
    const after = this.#levelWith(other, record);
    return after < level ? [change("down", after, other)] : [];
  }

  /** Give the one change that could lower the level: every reason for it would have to go. */
  #downward(record, level) {
    const [answers, named] = this.#settling.get(level);
    const judged = answers.filter(([id, wanted]) => wanted.includes(record.answers[id]));
    const told = Object.keys(record.follow_ups).filter(
      (id) => record.follow_ups[id] === "yes" && this.#means.get(id).some((one) => named.includes(one)),
    );
    return {
      present: [],
      absent: record.present.filter((id) => this.#level.get(id) === level),
      situation: Object.fromEntries(judged.map(([id, , other]) => [id, other])),
      follow_ups: Object.fromEntries(told.map((id) => [id, "no"])),
    };
  }

  #levelWith(other, record) {
    return this.#conclusions.of(this.#applied(other, record)).level;
  }

  /** Make the record that a change describes. */
  #applied(other, record) {
    const without = (ids) => ids.filter((id) => !other.present.includes(id) && !other.absent.includes(id));
    return {
      ...record,
      present: this.#sorted([...without(record.present), ...other.present]),
      absent: this.#sorted([...without(record.absent), ...other.absent]),
      not_known: without(record.not_known),
      answers: { ...record.answers, ...other.situation },
      follow_ups: { ...record.follow_ups, ...other.follow_ups },
    };
  }

  #sorted(ids) {
    return ids.sort((one, other) => this.#order.get(one) - this.#order.get(other));
  }
}

const change = (direction, level, other) => ({ direction, level: level || null, ...other });
