// The concerns that a text tells of: each with its signs, the best-fitting first, and the words that suggest it.
// As `rhrt.search.spot`. A sign is its number in the index; a concern, its place in the data.

import { wordsOf } from "./english.js";
import { refuseTooMany } from "./refuse.js";

const [ENOUGH, FEW] = [300, 8];
const BY_ITSELF = 500;
const MOST_REASONS = 2;
const SHORTEST = 3;

/** Make `spot(text, limit)`. It throws BadInput where the text is too long to be read whole. */
export const makeSpot = ({ sentences, hear, telling, stems }, search, data) => {
  const contrast = wordsOf(data.english, "contrast");
  const strengths = new Set(data.strengths);
  const concerns = data.concerns.map(([id, title, signs]) => ({ id, title, signs }));

  /** Give the concerns that a text suggests, likeliest first, and what it sets apart. */
  const spot = (text, limit = data.usual) => {
    refuseTooMany(text, "text", data.refused.text);
    const read = sentences(text);
    const [heard, shares] = [hear(read), telling(read)];
    const each = heard.map((one) => fitsApart(one.apart));
    const told = heard
      .map((one, place) => one.told.length && makeTold(one.told, beside(one.told, each[place]), shares))
      .filter(Boolean);
    const apart = each.flat();
    const fits = whole(told, apart.map(([, fit]) => fit));
    const offered = ranked(fits).slice(0, limit);
    return {
      concerns: offered.map((concern) => concernOf(concern, fits, told)),
      apart: shown(apart),
      notice: offered.length ? data.notice : data.nothing,
    };
  };

  /** Give what one sentence tells, and how well signs fit it. */
  const makeTold = (told, against, shares) => {
    const long = told.filter((one) => one.words.length >= SHORTEST);
    const clauses = long.length ? long : told;
    const speaking = clauses.map((one) => search.speaking(one.words));
    const shareOf = clauses.map((one) => shares.get(one.places[0][0]));
    const words = told.flatMap((one) => one.words);
    const few = Math.min(new Set(stems(words)).size + 2, FEW);
    const fits = new Map();
    for (const [sign, fit] of search.fits(words)) {
      const share = shareOf[bestFor(speaking, sign)];
      fits.set(sign, Math.floor((fit * share * FEW) / (100 * few)) - (against.get(sign) ?? 0));
    }
    return { fits, wordsFor: (sign) => clauses[bestFor(speaking, sign)].written };
  };

  /** Give what was set apart, each with the signs that fit it. */
  const fitsApart = (apart) =>
    apart.map((one) => [one, new Map([...search.fits(one.clause.words)].filter(([, score]) => score > 0))]);

  /** Give how far what a sentence sets apart speaks against signs of the same concern, unless it says "but". */
  const beside = (told, apart) => {
    const against = new Map();
    if (!apart.length || told.some((clause) => clause.words.some((word) => contrast.has(word)))) return against;
    for (const { signs } of concerns) {
      const most = Math.max(...apart.flatMap(([, fits]) => signs.map((sign) => fits.get(sign) ?? 0)));
      for (const sign of signs) against.set(sign, Math.max(most, against.get(sign) ?? 0));
    }
    return against;
  };

  /** Give how well each sign fits the whole text: its best sentence, and half the second where that fits at all. */
  const whole = (told, apart) => {
    const against = new Map();
    for (const [sign, score] of apart.flatMap((fit) => [...fit])) {
      against.set(sign, Math.max(score, against.get(sign) ?? 0));
    }
    const fits = new Map();
    for (const sign of new Set(told.flatMap((one) => [...one.fits.keys()]))) {
      if (!strengths.has(sign)) {
        const [best, second] = [...told.map((one) => one.fits.get(sign) ?? 0).sort(falling), 0];
        const score = best + Math.floor(Math.max(0, second) / 2);
        fits.set(sign, best >= BY_ITSELF ? score : score - (against.get(sign) ?? 0));
      }
    }
    return fits;
  };

  /** Give the concerns that fit well enough, also beside the best, best first; each brings a sign not yet shown. */
  const ranked = (fits) => {
    const left = new Set(concerns.filter(({ signs }) => signs.some((sign) => fits.has(sign))));
    const [found, seen] = [[], new Set()];
    let enough = ENOUGH;
    while (left.size) {
      const scores = [...left].map(({ signs }) => ofConcern(signs, fits, seen));
      const first = [...left][firstMost(scores)];
      const most = scores[firstMost(scores)];
      if (most < enough) break;
      if (!found.length) enough = Math.max(enough, Math.floor(most / 4));
      found.push(first);
      left.delete(first);
      for (const sign of first.signs) seen.add(sign);
    }
    return found;
  };

  const concernOf = ({ id, title, signs }, fits, told) => {
    const best = [...signs].sort((one, other) => (fits.get(other) ?? 0) - (fits.get(one) ?? 0));
    return { concern: id, title, signs: best.map(asData), because: because(best[0], told) };
  };

  const asData = (sign) => {
    const [indicator, n, , heading, wording] = data.signs[sign];
    return { indicator, n, heading, wording };
  };

  return spot;
};

const falling = (one, other) => other - one;

/** Give the place of the greatest; of equals, the first. */
const firstMost = (scores) =>
  scores.reduce((first, score, place) => (score > scores[first] ? place : first), 0);

/** Give the place of the clause that speaks most for a sign; of equals, the first. */
const bestFor = (speaking, sign) => firstMost(speaking.map((points) => points.get(sign) ?? 0));

const ofConcern = (signs, fits, seen) => {
  const scores = signs.filter((sign) => !seen.has(sign)).map((sign) => fits.get(sign) ?? 0);
  const [best, second] = [...scores.sort(falling), 0, 0];
  return best + Math.floor(Math.max(0, second) / 3);
};

/** Give the words of the sentences that a sign fits best, in the order told. */
const because = (sign, told) => {
  const fit = (one) => one.fits.get(sign) ?? 0;
  const best = told.filter((one) => fit(one) > 0).sort((one, other) => fit(other) - fit(one));
  const chosen = new Set(best.filter((one) => fit(one) * 2 >= fit(best[0])).slice(0, MOST_REASONS));
  return [...new Set(told.filter((one) => chosen.has(one)).map((one) => one.wordsFor(sign)))];
};

/** Give what is set apart and fits a sign, each once: its words, and why. */
const shown = (apart) => {
  const found = new Map();
  for (const [{ clause, why }, fits] of apart) {
    const words = clause.written;
    if (fits.size) found.set(`${why} ${words}`, { words, why });
  }
  return [...found.values()];
};
