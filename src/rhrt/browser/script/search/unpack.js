// Reads whole numbers and words as `rhrt.browser.packed` writes them.

const LETTERS = Array.from({ length: 92 }, (_, place) => String.fromCharCode(35 + place))
  .filter((letter) => !"\\<".includes(letter));
const VALUES = new Map(LETTERS.map((letter, value) => [letter, value]));
const BASE = LETTERS.length;

/** The letters before these stand for a number alone, and with one more after them; the rest, with two more. */
const [ONE, TWO] = [60, 84];

/** Read whole numbers. */
export const numbersOf = (letters) => {
  const numbers = [];
  let place = 0;
  const next = () => {
    place += 1;
    return VALUES.get(letters[place - 1]);
  };
  while (place < letters.length) {
    const first = next();
    if (first < ONE) numbers.push(first);
    else if (first < TWO) numbers.push(ONE + (first - ONE) * BASE + next());
    else numbers.push(ONE + (TWO - ONE + (first - TWO) * BASE + next()) * BASE + next());
  }
  return numbers;
};

/** Read words that are written as how much each shares with the one before, and the rest. */
export const frontCoded = (written) => {
  let before = "";
  return (written.match(/[A-Z][^A-Z]*/g) ?? []).map((word) => {
    before = before.slice(0, word.charCodeAt(0) - 65) + word.slice(1);
    return before;
  });
};

/** Read the words of sequences, and the groups of them: each a sequence of places among the words. */
export const unpacked = ({ words, groups, shared, own, rest }) => {
  const [sames, owns, numbers] = [shared, own, rest].map(numbersOf);
  let [sequence, place] = [0, 0];
  const read = (before) => {
    const [same, more] = [sames[sequence], owns[sequence]];
    const next = [...before.slice(0, same), ...numbers.slice(place, place + more)];
    if (more && same < before.length) next[same] += before[same];
    sequence += 1;
    place += more;
    return next;
  };
  const group = (length) => {
    let before = [];
    return Array.from({ length }, () => (before = read(before)));
  };
  return { words: words.split(" "), groups: groups.map(group) };
};

/** Give the value of a number in steps: that of the last step that begins at it or before it. */
export const stepAt = ([numbers, values], number) => {
  let [least, most] = [0, numbers.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (numbers[middle] <= number) least = middle;
    else most = middle - 1;
  }
  return values[least];
};
