// How well signs fit some words: a small algorithm in whole numbers over the index. As `rhrt.search.words`.
// A sign is its number in the index.

/** How many phrases after the best count, and for how much. */
const NEXT = 3;
const [PART, WHOLE] = [3, 10];

/** Make the search by words in one index. */
export const makeWords = (index, features) => {
  const { uses } = index;
  const [whose, size] = index.phrases;
  const ordinary = index.signs;

  /** Give the signs that share a word, and how well each fits; and how well an ordinary day does. */
  const fit = (words) => {
    const used = usedBy(words);
    const fits = new Map();
    for (const [sign, scores] of scoresOf(used)) fits.set(sign, together(scores));
    const ofAnOrdinaryDay = fits.get(ordinary) ?? 0;
    fits.delete(ordinary);
    for (const [sign, points] of added(used)) fits.set(sign, (fits.get(sign) ?? 0) + points);
    return [fits, ofAnOrdinaryDay];
  };

  /** Give how far each word and pair speaks for signs, without looking at phrases. */
  const speaking = (words) => added(usedBy(words));

  const usedBy = (words) => features(words).map((feature) => uses.get(feature)).filter(Boolean);

  /** Give the score of each phrase that shares a feature, by the sign that it is of. */
  const scoresOf = (used) => {
    const shared = new Map();
    for (const [weight, phrases] of used) {
      const square = weight * weight;
      for (const phrase of phrases) shared.set(phrase, (shared.get(phrase) ?? 0) + square);
    }
    const scores = new Map();
    for (const [phrase, square] of shared) {
      const own = scores.get(whose[phrase]);
      const score = Math.floor(square / size[phrase]);
      if (own) own.push(score);
      else scores.set(whose[phrase], [score]);
    }
    return scores;
  };

  return { fit, speaking };
};

const added = (used) => {
  const sums = new Map();
  for (const [, , points] of used) {
    for (const [sign, more] of points) sums.set(sign, (sums.get(sign) ?? 0) + more);
  }
  return sums;
};

const together = (scores) => {
  scores.sort((one, other) => other - one);
  const next = scores.slice(1, 1 + NEXT).reduce((sum, score) => sum + score, 0);
  return scores[0] + Math.floor((PART * next) / WHOLE);
};
