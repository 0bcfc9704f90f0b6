// Mending the spelling of a word that nobody uses: to one that is typed or sounds like it, and to no other.
// As `rhrt.search.spelling`.

/** A word may be a slip for another if it is long enough, and of plain letters. */
const DOUBTFUL = /^[A-Za-z]{4,}$/;

/** Make what mends words: `used`, the words that may be meant, the most used first; and English ones that stand. */
export const makeSpelling = ([used, standing], sounds) => {
  const known = new Set([...used, ...standing]);
  const order = new Map(used.map((word, place) => [word, place]));
  let byKey = null;

  /** Give the word that was meant, or the word as it is where none is near enough. */
  const mended = (word) => {
    if (known.has(word) || !DOUBTFUL.test(word)) return word;
    byKey ??= wordsByKey();
    const near = new Set([...keys(word)].flatMap((key) => byKey.get(key) ?? []));
    const meant = [...near].map((other) => [slipBetween(word, other), order.get(other), other]);
    const least = meant.filter(([slip]) => slip).sort((one, other) => one[0] - other[0] || one[1] - other[1])[0];
    return least ? least[2] : word;
  };

  const wordsByKey = () => {
    const found = new Map();
    for (const word of order.keys()) {
      for (const key of keys(word)) {
        const having = found.get(key);
        if (having) having.push(word);
        else found.set(key, [word]);
      }
    }
    return found;
  };

  /** Give what a word has in common with one that is typed or sounds like it. */
  const keys = (word) => {
    if (!DOUBTFUL.test(word)) return new Set();
    const without = Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1));
    return new Set([word, `/${sound(word)}`, ...without]);
  };

  /** Say how one word may be a slip for another: 1 typed, 2 heard, 3 one letter for another; 0 for not at all. */
  const slipBetween = (word, other) => {
    if (word[0] === other[0] && typed(word, other)) return 1;
    if (Math.abs(word.length - other.length) < 2 && sound(word) === sound(other)) return 2;
    const changed = word.length === other.length && differences(word, other) === 1;
    return changed && word[0] === other[0] ? 3 : 0;
  };

  /** Give roughly how a word sounds: its consonants, those that sound alike as one. */
  const sound = (word) => {
    let heard = word;
    for (const [written, as] of sounds) heard = heard.split(written).join(as);
    return (heard.slice(0, 1) + heard.slice(1).replace(/[aeiouyhw]/g, "")).replace(/(.)\1+/g, "$1");
  };

  return { mended };
};

const differences = (word, other) => [...word].filter((letter, place) => letter !== other[place]).length;

/** Say whether one letter is left out, put in or swapped with its neighbour. */
const typed = (word, other) => {
  const shorter = Math.min(word.length, other.length);
  let start = 0;
  while (start < shorter && word[start] === other[start]) start += 1;
  if (start === shorter) return Math.abs(word.length - other.length) < 2;
  const [rest, others] = [word.slice(start), other.slice(start)];
  if (rest.slice(1) === others || rest === others.slice(1)) return true;
  return rest.slice(0, 2) === [...others.slice(0, 2)].reverse().join("") && rest.slice(2) === others.slice(2);
};
