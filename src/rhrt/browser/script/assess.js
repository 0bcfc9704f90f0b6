// The one way in: from a record and a rulebook to the whole document, checked by two evaluators.

import { Conclusions } from "./conclude.js";
import { Documents } from "./document.js";
import { NotWhole } from "./faults.js";
import { Reader } from "./record.js";

const FORM = 1; // the version of the data that is read here

/** Make one rulebook ready to assess: `assess(record)` gives the document, or throws and gives none. */
export const makeEngine = (data) => {
  if (data.form !== FORM) throw new Error("This form of a rulebook is not known here.");
  const reader = new Reader(data);
  const conclusions = new Conclusions(data);
  const documents = new Documents(data, conclusions);
  const read = (written) => {
    const record = reader.read(written);
    const concluded = conclusions.of(record);
    if (concluded.lacks.length) throw refused(concluded.lacks);
    return [record, concluded];
  };
  return {
    /** Give the document of a record as written; throws BadRecord, EvaluatorsDiffer or NotWhole. */
    assess(written) {
      return JSON.parse(JSON.stringify(documents.of(...read(written)))); // a copy: who alters it alters no other
    },

    /** Give the level, how soon, and the steps alone, of a record that is only tried; throws as `assess` does. */
    told(written) {
      return documents.told(read(written)[1]);
    },
  };
};

const refused = (lacks) =>
  new NotWhole(
    `The rulebook gives no whole answer here. It lacks ${lacks.join(" and ")}. To find where: rhrt rulebook check`,
  );
