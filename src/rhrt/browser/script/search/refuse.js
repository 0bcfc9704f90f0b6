// Refusing what cannot be read whole.

import { lengthOf } from "./characters.js";

/** What somebody wrote cannot be used; `faults` says where, what is wrong and what to do. */
export class BadInput extends Error {
  constructor(faults) {
    super(faults.map(({ where, what, remedy }) => `${where}: ${what} ${remedy}`).join("\n"));
    this.name = "BadInput";
    this.faults = faults;
  }
}

/** Throw BadInput for a text of more characters than are read. */
export const refuseTooMany = (text, where, { most, what, remedy }) => {
  if (lengthOf(text) > most) throw new BadInput([{ where, what, remedy }]);
};
