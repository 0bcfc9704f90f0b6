// Characters as Python counts them: one that JavaScript keeps as a pair is one.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;
const HALF = /[\ud800-\udfff]/;

/** Give how many characters a text has. */
export const lengthOf = (text) => text.length - (HALF.test(text) ? (text.match(PAIRS) ?? []).length : 0);

/** Give a text without its last character. */
export const withoutLast = (text) => (HALF.test(text) ? [...text].slice(0, -1).join("") : text.slice(0, -1));

/** Say whether the last two characters of a text are the same one. */
export const endsTwice = (text) => {
  const characters = HALF.test(text) ? [...text] : text;
  return characters.at(-1) === characters.at(-2);
};

/** Give two texts in the order of their characters' numbers. */
export const inOrder = (one, other) => (precedes(one, other) ? [one, other] : [other, one]);

const precedes = (one, other) => {
  if (!HALF.test(one + other)) return one <= other;
  const [ones, others] = [[...one], [...other]];
  const place = ones.findIndex((character, at) => character !== others[at]);
  if (place === -1) return true;
  return place < others.length && ones[place].codePointAt(0) < others[place].codePointAt(0);
};
