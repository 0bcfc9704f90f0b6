// The search by words in one rulebook: signs by a few words, and concerns in what somebody told.
// It gives what `rhrt.search` gives, from the data that `rhrt.browser.search` makes.

import { makeFeatures, makeIndex } from "./index.js";
import { makeFind, makeFits } from "./find.js";
import { makeHearing } from "./hearing.js";
import { makeReading } from "./reading.js";
import { makeSpelling } from "./spelling.js";
import { makeSpot } from "./spot.js";
import { makeTelling } from "./telling.js";
import { makeWords } from "./words.js";

/** Make the search: `find(words, limit)` and `spot(text, limit)`, as the service gives them. */
export const makeSearch = (data) => {
  const { sentences, stem } = makeReading(data.english);
  const { hear, isDeniable } = makeHearing(data.english, stem);
  const { telling } = makeTelling(data.telling, isDeniable);
  const { features, stems } = makeFeatures(data.english, stem);
  const index = makeIndex(data.index);
  const spelling = makeSpelling(index.spelling, data.english.sounds);
  const search = makeFits(makeWords(index, features), spelling, new Map(Object.entries(data.index.called)));
  return {
    find: makeFind(search, data),
    spot: makeSpot({ sentences, hear, telling, stems }, search, data),
  };
};
