// Answers lines on standard input with lines on standard output, for the tests in Python.
//
// {"rulebook": DATA}: takes it, and says "ready". {"records": [...]}: the SHA-256 of each document, or of each
// refusal. {"record": ...}: the document itself, or {"refused": NAME, "message": ...}. {"time": [...]}: the
// milliseconds of each.

import { createHash } from "node:crypto";
import { createInterface } from "node:readline";

const { makeEngine } = await import(process.argv[2]);

let engine = null;

const text = (record) => {
  try {
    return JSON.stringify(engine.assess(record));
  } catch (error) {
    return JSON.stringify({ refused: error.name, message: error.message });
  }
};

const hashed = (record) => createHash("sha256").update(text(record)).digest("hex");

const timed = (record) => {
  const start = performance.now();
  text(record);
  return performance.now() - start;
};

const taken = (rulebook) => {
  try {
    engine = makeEngine(rulebook);
    return JSON.stringify("ready");
  } catch (error) {
    return JSON.stringify({ refused: error.name, message: error.message });
  }
};

const answer = (asked) => {
  if ("rulebook" in asked) return taken(asked.rulebook);
  if ("records" in asked) return JSON.stringify(asked.records.map(hashed));
  return "time" in asked ? JSON.stringify(asked.time.map(timed)) : text(asked.record);
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${answer(JSON.parse(line))}\n`);
}
