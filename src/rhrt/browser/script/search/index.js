// The index of the search by words, made again from its phrases, and the features of words. As `rhrt.search.index`.
// What Python works out by logarithms and powers is looked up here in steps.

import { inOrder } from "./characters.js";
import { wordsOf } from "./english.js";
import { frontCoded, stepAt, unpacked } from "./unpack.js";

const FIGURES = /^[0-9]+$/;
const [LIGHTEST, FEW] = [200, 5];
const SMOOTH = 12;

/** Make the index: for each phrase its sign and size; for each feature its weight, phrases, and what it speaks for. */
export const makeIndex = (data) => {
  const { words, groups } = unpacked(data.phrases);
  const signs = groups.length - 1;
  const whose = groups.flatMap((group, number) => group.map(() => number));
  const { having, featuresOf } = featuresHaving(groups.flat(), words);
  const sizes = new Array(groups.length).fill(0);
  for (const [phrase, sign] of whose.entries()) sizes[sign] += featuresOf[phrase].length;
  const every = sizes.reduce((sum, size) => sum + size, 0) + having.size;
  const [uses, squares] = [new Map(), new Array(whose.length).fill(0)];
  for (const [feature, phrases] of having) {
    const kind = feature.includes(" ") ? 1 : 0;
    const counts = counted(phrases, whose);
    const weight = stepAt(data.weights[kind], evenly(phrases.length, counts));
    const usual = phrases.length + 1;
    const points = [...counts]
      .filter(([sign]) => sign < signs)
      .map(([sign, count]) => [sign, (count * every + SMOOTH * usual) / (usual * (sizes[sign] + SMOOTH))])
      .map(([sign, more]) => [sign, stepAt(data.speaks[kind], more)])
      .filter(([, point]) => point);
    for (const phrase of phrases) squares[phrase] += weight * weight;
    uses.set(feature, [weight, weight > LIGHTEST || phrases.length < FEW ? phrases : [], points]);
  }
  const size = squares.map((square) => stepAt(data.sizes, square));
  return { signs, phrases: [whose, size], uses, spelling: data.spelling.map(frontCoded) };
};

const counted = (phrases, whose) => {
  const counts = new Map();
  for (const phrase of phrases) counts.set(whose[phrase], (counts.get(whose[phrase]) ?? 0) + 1);
  return counts;
};

/** Give the number of signs that a feature would be said of, were it said of each as often. */
const evenly = (total, counts) => {
  let squares = 0;
  for (const often of counts.values()) squares += often * often;
  return (total * total) / squares;
};

/** Give the phrases that have each feature, save pairs that stand in one alone; and the features of each phrase. */
const featuresHaving = (phrases, words) => {
  const no = words.indexOf("no");
  const keys = phrases.map((stems) => keysOf(stems, no, words.length));
  const times = new Map();
  for (const own of keys) for (const key of own) times.set(key, (times.get(key) ?? 0) + 1);
  const having = new Map();
  const featuresOf = keys.map((own) => own.filter((key) => key < words.length || times.get(key) > 1));
  for (const [phrase, own] of featuresOf.entries()) {
    for (const key of own) {
      if (having.has(key)) having.get(key).push(phrase);
      else having.set(key, [phrase]);
    }
  }
  return { having: new Map([...having].map(([key, own]) => [named(key, words), own])), featuresOf };
};

/** Give the features of a phrase, each once, as numbers: a word's own, or one made of two. */
const keysOf = (stems, no, words) => {
  const keys = new Set(stems.filter((one) => one !== no));
  for (const apart of [1, 2]) {
    for (let place = apart; place < stems.length; place += 1) {
      const [one, other] = [stems[place - apart], stems[place]];
      if (one !== no || other !== no) keys.add(words * (1 + Math.min(one, other)) + Math.max(one, other));
    }
  }
  return [...keys];
};

const named = (key, words) => {
  if (key < words.length) return words[key];
  const [one, other] = [words[Math.floor(key / words.length) - 1], words[key % words.length]];
  return inOrder(one, other).join(" ");
};

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
