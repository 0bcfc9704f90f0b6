// Answers lines of JSON in Node, for test_equal_prompts.py. While it answers, it asks for the documents of other
// records, each by a line, and waits for them.

import { readSync, writeSync } from "node:fs";
import { outline } from "../../src/rhrt/browser/script/outline.js";
import { prompted } from "../../src/rhrt/browser/script/prompted.js";

const chunk = Buffer.alloc(1 << 16);
let rest = Buffer.alloc(0);

const read = () => {
  const parts = [rest];
  let end = rest.indexOf(10);
  while (end < 0) {
    const length = readSync(0, chunk);
    if (!length) process.exit();
    const part = Buffer.from(chunk.subarray(0, length));
    end = part.indexOf(10);
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  const line = whole.indexOf(10);
  rest = whole.subarray(line + 1);
  return JSON.parse(whole.subarray(0, line).toString());
};

const write = (value) => {
  const line = Buffer.from(`${JSON.stringify(value)}\n`);
  for (let at = 0; at < line.length;) at += writeSync(1, line, at);
};

const assess = (record) => {
  write({ assess: record });
  const { document, error } = read();
  if (error) throw Object.assign(new Error(), { name: error });
  return document;
};

let data;
const ways = {
  data: (given) => void (data = given),
  described: () => data.described,
  prompted: ({ record, document }) => prompted(record, document, data, assess),
  outline: ({ document, more, today }) => outline(document, data, { more, today }),
  times: ({ record, document, count }) => {
    const known = new Map();
    const remembered = (other) => {
      const key = JSON.stringify(other);
      if (!known.has(key)) known.set(key, assess(other));
      return known.get(key);
    };
    const once = () => prompted(record, document, { ...data }, remembered); // nothing tried is known
    once();
    const start = process.hrtime.bigint();
    for (let time = 0; time < count; time += 1) once();
    return { milliseconds: Number(process.hrtime.bigint() - start) / 1e6 / count, tried: known.size };
  },
};

for (;;) {
  const [way, given] = read();
  let answer;
  try {
    answer = JSON.stringify(ways[way](given)) ?? "null";
  } catch (error) {
    answer = JSON.stringify(error.stack);
    write({ failed: answer });
    continue;
  }
  write({ answer });
}
