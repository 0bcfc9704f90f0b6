// What follows from a record, concluded by two evaluators that must agree before anybody has it.

import { Evaluator } from "./evaluate.js";
import { EvaluatorsDiffer } from "./faults.js";
import { Plain } from "./plain.js";

const PARTS = ["level", "route", "urgency", "harm", "reasons", "steps", "lacks", "fired"];

/** What follows by one rulebook: the compiled form for one evaluator, and all else for the other. */
export class Conclusions {
  #evaluator;

  #plain;

  constructor({ compiled, ...written }) {
    [this.#evaluator, this.#plain] = loudly(() => [new Evaluator(compiled), new Plain(written)]);
  }

  /** Conclude from a record that was read; throws EvaluatorsDiffer. */
  of(record) {
    const [one, other] = loudly(() => [this.#evaluator.evaluate(record), this.#plain.evaluate(record)]);
    for (const part of PARTS) agreed(one[part], other[part], part);
    return { ...one, plainly: other.situation };
  }

  /** Give the ids of the prompts that apply, the lowest rank first. */
  applying(record, { situation, plainly }) {
    return both(
      () => this.#evaluator.applying(record, situation),
      () => this.#plain.applying(record, plainly),
      "prompts",
    );
  }

  /** Give the ids of what happens after the next steps. */
  afterwards({ situation, plainly }) {
    return both(() => this.#evaluator.afterwards(situation), () => this.#plain.afterwards(plainly), "afterwards");
  }
}

const both = (ask, askPlainly, part) => agreed(loudly(ask), loudly(askPlainly), part);

const agreed = (one, other, part) => {
  if (same(one, other)) return one;
  throw new EvaluatorsDiffer(`The two evaluators differ on ${part}.`);
};

/** Say whether two values, or lists of them, are the same in type, number and order. */
const same = (one, other) => {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((own, place) => same(own, other[place]));
};

/** Turn whatever an evaluator throws into the one error that shows no level. */
const loudly = (ask) => {
  try {
    return ask();
  } catch (error) {
    throw new EvaluatorsDiffer(`An evaluator failed: ${error.message}`);
  }
};
