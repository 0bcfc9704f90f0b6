// What is thrown where there is no answer to show, and no part of one.

/** A record names what the rulebook does not know; the message is one plain sentence. */
export class BadRecord extends Error {
  name = "BadRecord";
}

/** The two evaluators did not agree, or one of them failed: no level may be shown. */
export class EvaluatorsDiffer extends Error {
  name = "EvaluatorsDiffer";
}

/** The rulebook does not say how soon, what to do, or where to go: half an answer is not shown. */
export class NotWhole extends Error {
  name = "NotWhole";
}
