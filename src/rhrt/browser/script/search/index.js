// The index of the search by words, made again from its phrases, and the features of words. As `rhrt.search.index`.
// What Python works out by logarithms and powers is looked up here in steps.

import { inOrder } from "./characters.js";
import { wordsOf } from "./english.js";
import { frontCoded, stepAt, unpacked } from "./unpack.js";

const FIGURES = /^[0-9]+$/;
const [LIGHTEST, FEW] = [200, 5];
const SMOOTH = 12;

/**
 * Make the index. `places` gives the place of each feature. By it there is what the feature weighs (`weights`),
 * which phrases have it (those of `phrases`, from `starts` on), and how far it speaks for which signs (`points` and
 * `signs`, from `speaks` on). Of each phrase there is its sign (`whose`) and what divides its score (`sizes`).
 */
export const makeIndex = (data) => {
  const { words, groups } = unpacked(data.phrases);
  const whose = Uint16Array.from(groups.flatMap((group, number) => group.map(() => number)));
  const had = havingOf(groups.flat(), words);
  const weights = weightsOf(had, whose, groups.length, data.weights);
  const { starts } = had.having;
  return {
    ordinary: groups.length - 1,
    whose,
    places: had.places,
    weights,
    ...had.having,
    sizes: sizesOf(had, whose.length, weights, data.sizes),
    ...speaksOf(had, whose, groups.length, data.speaks),
    isCommon: (place) => weights[place] <= LIGHTEST && starts[place + 1] - starts[place] >= FEW,
    spelling: data.spelling.map(frontCoded),
  };
};

/** Give the place of each feature, save pairs that one phrase alone has; and by it the phrases that have it. */
const havingOf = (all, words) => {
  const no = words.indexOf("no");
  const keys = all.map((stems) => keysOf(stems, no, words.length));
  const times = new Map();
  for (const own of keys) for (const key of own) times.set(key, (times.get(key) ?? 0) + 1);
  const kept = [...times.keys()].filter((key) => key < words.length || times.get(key) > 1);
  const placeOf = new Map(kept.map((key, place) => [key, place]));
  const starts = new Int32Array(kept.length + 1);
  for (const [place, key] of kept.entries()) starts[place + 1] = starts[place] + times.get(key);
  const [phrases, next] = [new Int32Array(starts[kept.length]), starts.slice()];
  for (const [phrase, own] of keys.entries()) {
    for (const key of own) {
      const place = placeOf.get(key);
      if (place !== undefined) {
        phrases[next[place]] = phrase;
        next[place] += 1;
      }
    }
  }
  const places = new Map(kept.map((key, place) => [named(key, words), place]));
  return { places, isPair: kept.map((key) => (key < words.length ? 0 : 1)), having: { starts, phrases } };
};

/** Give the features of a phrase, each once, as numbers: a word's own, or one made of two. */
const keysOf = (stems, no, words) => {
  const keys = [];
  const add = (key) => {
    if (!keys.includes(key)) keys.push(key);
  };
  for (const one of stems) if (one !== no) add(one);
  for (let apart = 1; apart <= 2; apart += 1) {
    for (let place = apart; place < stems.length; place += 1) {
      const [one, other] = [stems[place - apart], stems[place]];
      if (one !== no || other !== no) add(words * (1 + Math.min(one, other)) + Math.max(one, other));
    }
  }
  return keys;
};

const named = (key, words) => {
  if (key < words.length) return words[key];
  const [one, other] = [words[Math.floor(key / words.length) - 1], words[key % words.length]];
  return inOrder(one, other).join(" ");
};

/** Call `each` for every feature, with its place, the signs it is said of, and how often it is said of each. */
const forEachCounted = ({ having: { starts, phrases }, isPair }, whose, groups, each) => {
  const often = new Int32Array(groups);
  for (let place = 0; place < isPair.length; place += 1) {
    const signs = [];
    for (let at = starts[place]; at < starts[place + 1]; at += 1) {
      const sign = whose[phrases[at]];
      if (!often[sign]) signs.push(sign);
      often[sign] += 1;
    }
    each(place, signs, often);
    for (const sign of signs) often[sign] = 0;
  }
};

/** Weigh each feature by the number of signs it would be said of, were it said of each as often. */
const weightsOf = (had, whose, groups, steps) => {
  const weights = new Uint16Array(had.isPair.length);
  forEachCounted(had, whose, groups, (place, signs, often) => {
    const total = had.having.starts[place + 1] - had.having.starts[place];
    const squares = signs.reduce((sum, sign) => sum + often[sign] * often[sign], 0);
    weights[place] = stepAt(steps[had.isPair[place]], (total * total) / squares);
  });
  return weights;
};

/** Give by what the score of each phrase is divided. */
const sizesOf = ({ having: { starts, phrases } }, many, weights, steps) => {
  const squares = new Array(many).fill(0);
  for (const [place, weight] of weights.entries()) {
    for (let at = starts[place]; at < starts[place + 1]; at += 1) squares[phrases[at]] += weight * weight;
  }
  return Uint16Array.from(squares, (square) => stepAt(steps, square));
};

/** Give how far each feature speaks for signs. */
const speaksOf = (had, whose, groups, steps) => {
  const { starts, phrases } = had.having;
  const lengths = new Int32Array(groups);
  for (const phrase of phrases) lengths[whose[phrase]] += 1;
  const every = phrases.length + had.isPair.length;
  const [speaks, signsFor, points] = [new Int32Array(had.isPair.length + 1), [], []];
  forEachCounted(had, whose, groups, (place, signs, often) => {
    const usual = starts[place + 1] - starts[place] + 1;
    for (const sign of signs) {
      const more = (often[sign] * every + SMOOTH * usual) / (usual * (lengths[sign] + SMOOTH));
      const point = sign < groups - 1 ? stepAt(steps[had.isPair[place]], more) : 0;
      if (point) {
        signsFor.push(sign);
        points.push(point);
      }
    }
    speaks[place + 1] = points.length;
  });
  return { speaks, signs: Uint16Array.from(signsFor), points: Uint16Array.from(points) };
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
