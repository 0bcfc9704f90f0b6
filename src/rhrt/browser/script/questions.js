// The prompts that apply to a record, and those of them that are follow-up questions to ask first.

const ANSWERS = ["yes", "no", "not-known"];

/** The prompts of one rulebook. */
export class Questions {
  #conclusions;

  #asked;

  #most;

  constructor(rulebook, conclusions) {
    this.#conclusions = conclusions;
    this.#asked = rulebook.follow_ups;
    this.#most = rulebook.most_follow_ups;
  }

  /** Give the ids of the prompts that apply: those only shown, by rank, and follow-up questions, in their order. */
  applying(record, concluded) {
    const every = this.#conclusions.applying(record, concluded);
    const asked = this.#asked.filter((id) => every.includes(id));
    return { shown: every.filter((id) => !this.#asked.includes(id)), asked };
  }

  /** Give each follow-up question that was answered, then the first that apply and could change a step. */
  followUps(record, asked) {
    const answered = Object.entries(record.follow_ups);
    const unasked = [];
    for (const id of asked) {
      if (unasked.length === this.#most) break;
      if (!Object.hasOwn(record.follow_ups, id) && this.#changesAStep(record, id)) unasked.push([id, "not-asked"]);
    }
    return [...answered, ...unasked];
  }

  #changesAStep(record, id) {
    const answered = (answer) => ({ ...record, follow_ups: { ...record.follow_ups, [id]: answer } });
    const steps = ANSWERS.map((answer) => this.#conclusions.of(answered(answer)).steps.join());
    return new Set(steps).size > 1;
  }
}
