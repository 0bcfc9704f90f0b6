// What the prompt for forms is answered: `prompted` of src/rhrt/web/api/assessments.py, and which questions matter.

import { checksFirst, isEmergency, outline } from "./outline.js";

const MOST_OUTCOMES = 500; // so many are kept of a rulebook; the oldest is let go of for one more

/**
 * Give a suggestion's document, in words, in more words, and the questions that are worth asking. `data` is what
 * said.py gives. `assess` gives of another record the level, the urgency and the actions, as its document has them;
 * an error named NotWhole says that there is none.
 */
export const prompted = (record, document, data, assess) => ({
  suggestion: document,
  outline: outline(document, data),
  more: outline(document, data, { more: true }),
  questions: data.described.situation.filter((one) => one.ask_first || matters(one.id, record, data, assess)),
  emergency: isEmergency(document, data),
  urgency: checksFirst(document, data) ? null : document.urgency,
});

/** Say whether some answer to a question would change the level, the urgency, or what to do, by trying each. */
export const matters = (id, record, data, assess) => {
  const { values } = data.values.find((one) => one.id === id);
  const unasked = Object.fromEntries(data.values.map((field) => [field.id, field.values[0]]));
  const decides = { ...record, rulebook: null, circumstances: [] }; // what decides nothing is left out
  const situations = values.map((value) => ({ ...unasked, ...record.situation, [id]: value }));
  return new Set(situations.map((situation) => outcome({ ...decides, situation }, data, assess))).size > 1;
};

const outcomes = new WeakMap(); // what was tried, by the rulebook's data

/** Give what would be told, as text; nothing where the rulebook has no whole answer. */
const outcome = (record, data, assess) => {
  if (!outcomes.has(data)) outcomes.set(data, new Map());
  const known = outcomes.get(data);
  const key = JSON.stringify(record);
  if (!known.has(key)) {
    if (known.size >= MOST_OUTCOMES) known.delete(known.keys().next().value);
    known.set(key, told(record, assess));
  }
  return known.get(key);
};

const told = (record, assess) => {
  try {
    const { level, urgency, actions } = assess(record);
    const steps = actions.map(({ code, text, when, contact }) => [code, text, when, contact]);
    return JSON.stringify([level, urgency, steps]);
  } catch (error) {
    if (error.name !== "NotWhole") throw error;
    return "";
  }
};
