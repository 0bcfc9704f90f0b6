// This copy: its data, how old it is, and the answers of its prompt.

import { copy } from "../data/copy.js";
import { rulebook } from "../data/rulebook.js";
import { said } from "../data/said.js";
import { today, whyNone } from "./age.js";
import { answersOf } from "./answers.js";
import { learn } from "./learn.js";

const ONLY_THAT = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };

/** Ask the list that stands beside the page, where one was named, whether this rulebook was withdrawn. */
const asked = async () => {
  try {
    return (await (await fetch(copy.withdrawn, ONLY_THAT)).json()).includes(copy.sha256);
  } catch {
    return false; // there is no signal: it is asked again when there is
  }
};

let withdrawn = copy.withdrawn ? asked() : Promise.resolve(false);
if (copy.withdrawn) addEventListener("online", () => (withdrawn = asked()));

/** Say why this copy gives no level today, or give null. */
export const stale = async () => whyNone(copy, today(), await withdrawn, said.words.copy);

/** Answer what the prompt asks. */
export const LOCAL = answersOf({ rulebook, said }, learn, stale);
