// How far each clause of a text sounds like telling a worry that is so now: a sum of weights, in whole numbers.
// As `rhrt.search.telling`.

import { numbersOf, unpacked } from "./unpack.js";

/** How many hundredths of a clause count at least; up to which sum; and how much more it takes to count in full. */
const [LEAST, LOWEST, RANGE] = [30, -160, 240];

/** Make what hears telling. */
export const makeTelling = (data, isDeniable) => {
  const weights = weightsOf(data);

  /** Give, for each word by where it begins, how many hundredths of what its clause tells count. */
  const telling = (sentences) => {
    const counted = new Map();
    const features = featuresOf(sentences);
    for (const [number, clause] of sentences.flat().entries()) {
      let total = 0;
      for (const feature of features[number]) total += weights.get(feature) ?? 0;
      const over = Math.min(Math.max(total - LOWEST, 0), RANGE);
      const share = LEAST + Math.floor(((100 - LEAST) * over) / RANGE);
      for (const [start] of clause.places) counted.set(start, share);
    }
    return counted;
  };

  /** Give the features of each clause: of its own words, and of those before and after it. */
  const featuresOf = (sentences) => {
    const read = sentences.flatMap((sentence) => sentence.map((clause, place) => [wordsRead(clause), place === 0]));
    return read.map(([words, begins], place) => {
      const features = new Set([...runs(words, 3), ...pairs(words)]);
      if (place) for (const run of runs(read[place - 1][0], 2)) features.add(`${begins ? "<" : "<<"} ${run}`);
      if (place + 1 < read.length) {
        const [following, ends] = read[place + 1];
        for (const run of runs(following, 2)) features.add(`${ends ? ">" : ">>"} ${run}`);
      }
      return features;
    });
  };

  /** Give the words of a clause between marks of where it begins and ends; what can be denied is one word. */
  const wordsRead = (clause) => ["^", ...clause.words.map(kind), "$"];

  const kind = (word) => {
    if (isDeniable(word)) return "#";
    if (/^[0-9]+$/.test(word)) return /^(?:19|20)..$/.test(word) ? "YEAR" : "0";
    return word;
  };

  return { telling };
};

/** Give the weight of each feature. */
const weightsOf = ({ features, least, above }) => {
  const { words, groups: [sequences] } = unpacked(features);
  const weights = numbersOf(above).map((number) => least + number);
  return new Map(sequences.map((one, place) => [one.map((word) => words[word]).join(" "), weights[place]]));
};

/** Give each run of words, up to some length; of single words not the marks. */
const runs = (words, longest) => {
  const found = words.slice(1, -1);
  for (let length = 2; length <= longest; length += 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      found.push(words.slice(start, start + length).join(" "));
    }
  }
  return found;
};

/** Give each two words with one or two between. */
const pairs = (words) =>
  [2, 3].flatMap((apart) => words.slice(apart).map((other, place) => `${words[place]} .. ${other}`));
