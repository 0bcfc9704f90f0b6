// The features of words: what signs are found by. As `features` and `stems` of `rhrt.search.index`.

import { inOrder } from "./characters.js";
import { wordsOf } from "./english.js";

const FIGURES = /^[0-9]+$/;

/** Make what gives the features of words. */
export const makeFeatures = (english, stem) => {
  const [light, nos] = [wordsOf(english, "light"), wordsOf(english, "nos")];

  /** Give the stems of the words that carry meaning, and the pairs of those that stand near; each once. */
  const features = (words) => {
    const each = stems(words);
    const pairs = [1, 2].flatMap((apart) => pairsOf(each, apart));
    return [...new Set([...each.filter((one) => one !== "no"), ...pairs])];
  };

  /** Give the stems of the words that carry meaning, in order; every no is the same one. */
  const stems = (words) =>
    words
      .filter((word) => word.length > 1 && !light.has(word) && !FIGURES.test(word))
      .map((word) => (nos.has(word) ? "no" : stem(word)));

  return { features, stems };
};

const pairsOf = (each, apart) =>
  each.slice(apart)
    .map((other, place) => [each[place], other])
    .filter(([one, other]) => one !== "no" || other !== "no")
    .map(([one, other]) => inOrder(one, other).join(" "));
