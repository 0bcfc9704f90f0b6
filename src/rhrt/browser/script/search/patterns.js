// Patterns of words, and whether one stands in some words. As `_Patterns` of `rhrt.search.hearing`.

/** How many words `..` stands for at most. */
const MOST_BETWEEN = 4;

/** Make what says whether one of some patterns stands anywhere in words, of which there is one at least. */
export const makePatterns = (written) => {
  const [beginning, open] = [new Map(), []];
  for (const pattern of written) {
    const [first, ...rest] = pattern.split(" ");
    for (const word of first.split("|")) {
      if (word.endsWith("*") || word === "YEAR") {
        open.push([word, ...rest].map(makeElement));
      } else {
        if (!beginning.has(word)) beginning.set(word, []);
        beginning.get(word).push(rest.map(makeElement));
      }
    }
  }

  return (each) => {
    const words = ["START", ...each];
    return words.some((word, start) =>
      (beginning.get(word) ?? []).some((rest) => stands(rest, 0, words, start + 1)) ||
      (start > 0 && open.some((one) => stands(one, 0, words, start))));
  };
};

/** Make one of the words that a pattern is made of, with those that may stand in its place. */
const makeElement = (written) => {
  const wanted = written.split("|");
  const [words, year] = [new Set(wanted), wanted.includes("YEAR")];
  const beginnings = wanted.filter((one) => one.endsWith("*")).map((one) => one.slice(0, -1));
  const begins = (word) => beginnings.some((beginning) => word.startsWith(beginning));
  return {
    between: written === "..",
    end: wanted.includes("END"),
    fits: (word) => words.has(word) || begins(word) || (year && isYear(word)),
  };
};

const isYear = (word) => /^[0-9]{4}$/.test(word) && Number(word) >= 1950 && Number(word) <= 2023;

/** Say whether what is left of a pattern stands in words, from a place on. */
const stands = (pattern, at, words, start) => {
  if (at === pattern.length) return true;
  const element = pattern[at];
  if (element.between) {
    const last = Math.min(start + MOST_BETWEEN, words.length);
    for (let place = start; place <= last; place += 1) if (stands(pattern, at + 1, words, place)) return true;
    return false;
  }
  if (start === words.length) return element.end;
  return element.fits(words[start]) && stands(pattern, at + 1, words, start + 1);
};
