// Answers lines of JSON, each ["find" or "spot", words, limit], by the search that the data in a file makes.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { makeSearch } from "../../src/rhrt/browser/script/search/search.js";

const search = makeSearch(JSON.parse(readFileSync(process.argv[2], "utf8")));

for await (const line of createInterface({ input: process.stdin })) {
  const [ask, words, limit] = JSON.parse(line);
  const began = performance.now();
  let answer;
  try {
    answer = JSON.stringify(search[ask](words, limit));
  } catch (error) {
    if (error.name !== "BadInput") throw error;
    answer = JSON.stringify({ refused: error.faults });
  }
  process.stdout.write(`${(performance.now() - began).toFixed(3)} ${answer}\n`);
}
