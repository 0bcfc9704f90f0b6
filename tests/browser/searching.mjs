// Answers lines of JSON, each what is asked and its arguments, by the search that the data in a file makes.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { makeIndex } from "../../src/rhrt/browser/script/search/index.js";
import { makeReading, wordsIn } from "../../src/rhrt/browser/script/search/reading.js";
import { makeSearch } from "../../src/rhrt/browser/script/search/search.js";
import { numbersOf, stepAt } from "../../src/rhrt/browser/script/search/unpack.js";

const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const search = makeSearch(data);
const { stem } = makeReading(data.english);

const index = () => {
  const { places, whose, sizes, weights, starts, phrases, speaks, signs, points, isCommon } = makeIndex(data.index);
  const uses = [...places].map(([feature, place]) => [
    feature,
    weights[place],
    [...(isCommon(place) ? [] : phrases.slice(starts[place], starts[place + 1]))],
    [...signs.slice(speaks[place], speaks[place + 1])].map((sign, at) => [sign, points[speaks[place] + at]]),
  ]);
  return { whose: [...whose], sizes: [...sizes], uses };
};

const asked = {
  find: search.find,
  spot: search.spot,
  index,
  words: (text) => wordsIn(text).map((word) => [word, stem(word)]),
  numbers: numbersOf,
  steps: (steps, numbers) => JSON.parse(numbers).map((number) => stepAt(JSON.parse(steps), number)),
  known: (text) => text.replace(/\p{Cn}/gu, ""),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [ask, ...rest] = JSON.parse(line);
  const began = performance.now();
  let answer;
  try {
    answer = JSON.stringify(asked[ask](...rest));
  } catch (error) {
    if (error.name !== "BadInput") throw error;
    answer = JSON.stringify({ refused: error.faults });
  }
  process.stdout.write(`${(performance.now() - began).toFixed(3)} ${answer}\n`);
}
