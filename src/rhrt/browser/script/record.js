// What a practitioner recorded, read against the rulebook: ids known, in the rulebook's order, each once.

import { BadRecord } from "./faults.js";

const KEYS = ["rulebook", "child", "indicators", "circumstances", "situation", "follow_ups", "judgement"];
const MARKS = ["present", "absent", "not_known"];
const FOLLOW_UP_ANSWERS = ["yes", "no", "not-known"];

/** Reads records against one rulebook, as `record.check` does. */
export class Reader {
  #book;

  #signs; // by id: its place among those that can be recorded, or null where it cannot be

  #aliases;

  #retired;

  #questions;

  constructor(rulebook) {
    this.#book = rulebook;
    let place = 0;
    this.#signs = new Map(rulebook.indicators.map((one) => [one.id, one.recordable === false ? null : place++]));
    this.#aliases = new Map(Object.entries(rulebook.aliases));
    this.#retired = new Map(Object.entries(rulebook.retired));
    this.#questions = new Map(rulebook.questions.map((one) => [one.id, one.values]));
  }

  /** Give a record as it is evaluated; throws BadRecord where it has what the rulebook does not know. */
  read(written) {
    const said = shaped(written, "record", KEYS);
    const child = shaped(said.child, "child", ["age_band"]);
    const marks = shaped(said.indicators, "indicators", MARKS);
    const own = shaped(said.judgement, "judgement", ["level", "reason"]);
    const [present, absent, notKnown] = MARKS.map((mark) => this.#ids(words(marks[mark], mark)));
    this.#refuseConflicts({ present, absent, not_known: notKnown });
    const book = this.#book;
    const record = {
      age_band: known(child.age_band, book.age_bands, "age band"),
      present,
      absent,
      not_known: notKnown,
      circumstances: this.#circumstances(words(said.circumstances, "circumstances")),
      answers: this.#answers(answered(said.situation, "situation")),
      judgement: this.#level(own.level),
      reason: known(own.reason, book.difference.reasons.map((one) => one.id), "reason"),
      follow_ups: this.#followUps(answered(said.follow_ups, "follow_ups")),
    };
    if (word(said.rulebook, "rulebook") !== null && said.rulebook !== book.id) {
      throw new BadRecord(`This record is for the rulebook '${cut(said.rulebook)}', not '${book.id}'.`);
    }
    return record;
  }

  #ids(ids) {
    const current = ids.map((id) => this.#current(id));
    return [...new Set(current)].sort((one, other) => this.#signs.get(one) - this.#signs.get(other));
  }

  /** Give the id of a sign as the rulebook has it now. */
  #current(id) {
    const current = this.#aliases.get(id) ?? id;
    const place = this.#signs.get(current);
    if (place === null) throw new BadRecord(`'${id}' states nothing, so it cannot be recorded.`);
    if (place !== undefined) return current;
    if (!this.#retired.has(id)) throw new BadRecord(`There is no indicator '${cut(id)}'.`);
    const until = this.#retired.get(id);
    throw new BadRecord(`'${id}' was in the framework until edition ${until} and has been taken out.`);
  }

  #refuseConflicts(marks) {
    const seen = new Map();
    for (const [mark, ids] of Object.entries(marks)) {
      for (const id of ids) {
        if (seen.has(id)) throw new BadRecord(`'${cut(id)}' is marked both ${seen.get(id)} and ${mark}.`);
        seen.set(id, mark);
      }
    }
  }

  #circumstances(given) {
    const ids = this.#book.circumstances.map((one) => one.id);
    for (const id of given) known(id, ids, "circumstance");
    return ids.filter((id) => given.includes(id));
  }

  /** Give an answer to each question: what was answered, or its first value. */
  #answers(given) {
    for (const [id, answer] of given) {
      known(id, [...this.#questions.keys()], "question");
      refuseAnswer(id, answer, this.#questions.get(id));
    }
    return Object.fromEntries([...this.#questions].map(([id, values]) => [id, given.get(id) ?? values[0]]));
  }

  #followUps(given) {
    for (const [id, answer] of given) {
      known(id, this.#book.follow_ups, "follow-up question");
      refuseAnswer(id, answer, FOLLOW_UP_ANSWERS);
    }
    const asked = this.#book.follow_ups.filter((id) => given.has(id));
    return Object.fromEntries(asked.map((id) => [id, given.get(id)]));
  }

  #level(level = null) {
    if (level !== null && !Number.isSafeInteger(level)) throw new BadRecord("'level' is not a whole number.");
    const levels = this.#book.levels.map((one) => one.level);
    if (level !== null && !levels.includes(level)) throw new BadRecord(`There is no Level ${level}.`);
    return level;
  }
}

/** Give a record as plain data in one fixed form: what the receipt keeps and hashes. */
export const documentOf = (record, rulebook) => ({
  rulebook,
  child: { age_band: record.age_band },
  indicators: { present: record.present, absent: record.absent, not_known: record.not_known },
  circumstances: record.circumstances,
  situation: record.answers,
  follow_ups: record.follow_ups,
  judgement: record.judgement === null ? null : { level: record.judgement, reason: record.reason },
});

/** Take an object that has no other than these keys; one that is left out, or left empty, has none. */
const shaped = (value, name, keys) => {
  const own = name === "record" ? value : (value ?? {});
  const isObject = typeof own === "object" && own !== null && !Array.isArray(own);
  if (!isObject) throw new BadRecord(`'${name}' is not an object.`);
  const other = Object.keys(own).find((key) => !keys.includes(key));
  if (other !== undefined) throw new BadRecord(`'${cut(other)}' is not known in '${name}'.`);
  return own;
};

const word = (value, name) => {
  if ((value ?? null) === null || typeof value === "string") return value ?? null;
  throw new BadRecord(`'${name}' is not a word.`);
};

const words = (value, name) => {
  const list = value ?? [];
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list;
  throw new BadRecord(`'${name}' is not a list of words.`);
};

const answered = (value, name) => {
  const given = value ?? {};
  const isObject = typeof given === "object" && !Array.isArray(given);
  if (!isObject || !Object.values(given).every((one) => typeof one === "string")) {
    throw new BadRecord(`'${name}' has something that is not an answer.`);
  }
  return new Map(Object.entries(given));
};

const known = (value, ids, kind) => {
  const one = word(value, kind);
  if (one !== null && !ids.includes(one)) throw new BadRecord(`There is no ${kind} '${cut(one)}'.`);
  return one;
};

const refuseAnswer = (id, answer, values) => {
  if (!values.includes(answer)) throw new BadRecord(`There is no answer to ${cut(id)} '${cut(answer)}'.`);
};

const cut = (text) => Array.from(text).slice(0, 80).join("");
