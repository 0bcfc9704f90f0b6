// What the prompt asks of a service, answered here. Nothing that is typed or marked leaves the page.

import { makeEngine } from "./assess.js";
import { prompted } from "./prompted.js";

/** Refuse as a service does: with a status, and words for whoever fills in the form. */
const refuse = (status, detail, faults = []) => {
  throw Object.assign(new Error(detail), { status, problem: { detail, faults } });
};

/**
 * Give the function that answers. `data` is the rulebook's; `learn` gives the search when it is first needed;
 * `stale` says why this copy gives no level, or null.
 */
export const answersOf = (data, learn, stale) => {
  const engine = makeEngine(data.rulebook);
  let search = null;

  const suggested = async (record) => {
    const why = await stale();
    if (why) refuse(503, why);
    let document;
    try {
      document = engine.assess(record);
    } catch (error) {
      const { name, faults } = error;
      if (name === "BadRecord") refuse(422, error.message, faults ?? [{ what: error.message }]);
      return refuse(503, data.said.advice);
    }
    return prompted(record, document, data.said, (other) => engine.told(other));
  };

  const spotted = async ({ text, limit }) => {
    search ??= learn();
    return (await search).spot(text, limit);
  };

  return async (path, asked) => {
    if (path === "v1/prompt") return suggested(asked);
    if (path === "v1/spot") return spotted(asked);
    return data.said.described;
  };
};
