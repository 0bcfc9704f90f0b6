// How well signs fit some words: a small algorithm in whole numbers over the index. As `rhrt.search.words`.
// A sign is its number in the index.

/** How many phrases after the best count, and for how much. */
const NEXT = 3;
const [PART, WHOLE] = [3, 10];

/** Make the search by words in one index. */
export const makeWords = (index, features) => {
  const { whose, sizes, places, weights, starts, phrases, speaks, signs, points } = index;

  /** Give the signs that share a word, and how well each fits; and how well an ordinary day does. */
  const fit = (words) => {
    const used = usedBy(words);
    const fits = new Map();
    for (const [sign, scores] of scoresOf(used)) fits.set(sign, together(scores));
    const ofAnOrdinaryDay = fits.get(index.ordinary) ?? 0;
    fits.delete(index.ordinary);
    for (const [sign, more] of added(used)) fits.set(sign, (fits.get(sign) ?? 0) + more);
    return [fits, ofAnOrdinaryDay];
  };

  /** Give how far each word and pair speaks for signs, without looking at phrases. */
  const speaking = (words) => added(usedBy(words));

  const usedBy = (words) => features(words).filter((one) => places.has(one)).map((one) => places.get(one));

  /** Give the score of each phrase that shares a feature, by the sign that it is of. */
  const scoresOf = (used) => {
    const shared = new Map();
    for (const place of used) {
      const square = weights[place] * weights[place];
      const end = index.isCommon(place) ? 0 : starts[place + 1];
      for (let at = starts[place]; at < end; at += 1) {
        shared.set(phrases[at], (shared.get(phrases[at]) ?? 0) + square);
      }
    }
    const scores = new Map();
    for (const [phrase, square] of shared) {
      const own = scores.get(whose[phrase]);
      const score = Math.floor(square / sizes[phrase]);
      if (own) own.push(score);
      else scores.set(whose[phrase], [score]);
    }
    return scores;
  };

  const added = (used) => {
    const sums = new Map();
    for (const place of used) {
      for (let at = speaks[place]; at < speaks[place + 1]; at += 1) {
        sums.set(signs[at], (sums.get(signs[at]) ?? 0) + points[at]);
      }
    }
    return sums;
  };

  return { fit, speaking };
};

const together = (scores) => {
  scores.sort((one, other) => other - one);
  const next = scores.slice(1, 1 + NEXT).reduce((sum, score) => sum + score, 0);
  return scores[0] + Math.floor((PART * next) / WHOLE);
};
