// Finding signs by plain words. As `rhrt.search.find`. A sign is its number in the index.

import { wordsIn } from "./reading.js";
import { refuseTooMany } from "./refuse.js";

const FINDABLE = 150;

/** Make the search in one rulebook: how well signs fit words. */
export const makeFits = (words, spelling, called) => {
  /** Give the signs that fit some words of a text, with how well, less what is ordinary. */
  const fits = (part) => {
    const [fit, ordinary] = words.fit(part.map(meant));
    return new Map([...fit].map(([sign, score]) => [sign, score - ordinary]));
  };

  /** Give how far some words speak for signs: enough to choose between the clauses of a sentence. */
  const speaking = (part) => words.speaking(part.map(meant));

  /** Give the signs that fit a query: whoever asks does not tell of an ordinary day. */
  const sought = (query) => words.fit(wordsIn(query).map(meant))[0];

  /** Give what a word stands for: itself, what people also call it, or the word it is a slip for. */
  const meant = (word) => called.get(word) ?? spelling.mended(word);

  return { fits, speaking, sought };
};

/** Make `find(words, limit)`: the signs that fit plain words, best first. It throws BadInput for too many words. */
export const makeFind = (search, data) => (words, limit = 10) => {
  refuseTooMany(words, "words", data.refused.words);
  const fit = search.sought(words);
  const best = [...fit.keys()].sort((one, other) => fit.get(other) - fit.get(one) || one - other);
  const found = best.slice(0, limit).filter((sign) => fit.get(sign) >= FINDABLE);
  return found.map((sign) => document(data.signs[sign], fit.get(sign)));
};

const document = ([indicator, n, level, heading, wording], score) => ({
  indicator, n, level, heading, wording, score,
});
