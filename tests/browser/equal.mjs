// Answers lines on standard input with lines on standard output, for the tests in Python.
//
// {"rulebook": DATA}: takes it, and says "ready". {"records": [...]}: the SHA-256 of each document, or of each
// refusal. {"record": ...}: the document itself, or {"refused": NAME, "message": ...}. {"time": [...]}: the
// milliseconds of each. {"spoil": ...}: alters all of one document, and says how much it tried to alter.

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

/** Alter every word of a document, and lengthen every list, where that can be done. */
const spoilt = (value) => {
  let tried = 0;
  for (const [key, own] of Object.entries(value ?? {})) {
    if (typeof own === "object") tried += spoilt(own);
    else tried += 1;
    try {
      if (Array.isArray(own)) own.push("spoilt");
      else if (typeof own === "string") value[key] = "spoilt";
    } catch {
      // It is frozen.
    }
  }
  return tried;
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
  if ("spoil" in asked) return JSON.stringify(spoilt(engine.assess(asked.spoil)));
  return "time" in asked ? JSON.stringify(asked.time.map(timed)) : text(asked.record);
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${answer(JSON.parse(line))}\n`);
}
