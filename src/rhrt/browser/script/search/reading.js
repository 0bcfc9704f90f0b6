// Reading a text: its sentences, the clauses in them and their words. As `rhrt.search.reading`.

import { endsTwice, lengthOf, withoutLast } from "./characters.js";
import { wordsOf } from "./english.js";

/** What Python counts as a space: more, and less, than `\s` is here. */
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const LETTERS = "(?:[\\p{L}\\p{N}][\\u0300-\\u036f]*)+";
const PIECE = new RegExp(
  `(?<word>${LETTERS}(?:['’]${LETTERS})*(?:/[0-9]+)?|#)` +
    `|(?<end>[.!?]+(?=[${SPACE}"'”’)]|$)|\\n)|(?<pause>[,;:()]|—|(?<dash>[-–]+(?=[${SPACE}])))`,
  "gu",
);
const SPACE_AT_END = new RegExp(`[${SPACE}]$`, "u");
const MARKS = /[\u0300-\u036f]/g;
const AGE = /^[0-9]+\/(12|52|40)$/;
const AGES = { 12: "months", 52: "weeks", 40: "antenatal" };
const ASCII = /^[\0-\x7f]*$/;

/** How many words a clause has at most: what is dictated may have no stops. */
const LONGEST_CLAUSE = 40;

/** What stands after a word that was written with an accent, such as a name: it is no slip for another. */
const ACCENTED = "\u0300";

const ENDINGS = ["ingly", "edly", "ing", "ed", "ly", "ness", "ment"];
const VOWELS = /[aeiouy]/;

/** Some words that stand together, each as read, with where it begins and ends in the text. */
class Clause {
  constructor(text, words, places) {
    Object.assign(this, { text, words, places });
  }

  /** The clause as it was written. */
  get written() {
    return this.text.slice(this.places[0][0], this.places.at(-1)[1]);
  }

  /** Give some of its words. */
  part(start, end) {
    return new Clause(this.text, this.words.slice(start, end), this.places.slice(start, end));
  }
}

/** Make what reads a text. */
export const makeReading = (english) => {
  const joining = wordsOf(english, "joining");
  const forms = new Map();
  for (const [word, own] of Object.entries(english.forms)) for (const form of own.split(" ")) forms.set(form, word);

  /** Give the sentences of a text, each as its clauses. */
  const sentences = (text) => {
    const read = [];
    let [clauses, words, places] = [[], [], []];
    const close = () => {
      if (words.length) clauses.push(new Clause(text, words, places));
      [words, places] = [[], []];
    };
    for (const piece of pieces(text)) {
      const word = piece.groups.word && plain(piece.groups.word);
      if (!word || joining.has(word) || words.length === LONGEST_CLAUSE) close();
      if (word) {
        words.push(word);
        places.push([piece.index, piece.index + piece[0].length]);
      }
      if (piece.groups.end && clauses.length) {
        read.push(clauses);
        clauses = [];
      }
    }
    close();
    return clauses.length ? [...read, clauses] : read;
  };

  /** Give what is common to the forms of a word: "bruises", "bruised" and "bruising" have one stem. */
  const stem = (written) => {
    let word = written.endsWith(ACCENTED) ? written.slice(0, -1) : written;
    word = forms.get(word) ?? singular(word);
    for (const ending of ENDINGS) {
      const kept = word.slice(0, -ending.length);
      if (word.endsWith(ending) && lengthOf(kept) > 2 && VOWELS.test(kept)) {
        const twice = lengthOf(kept) > 3 && endsTwice(kept) && !/[sl]$/.test(kept);
        word = twice ? withoutLast(kept) : kept;
        break;
      }
    }
    if (lengthOf(word) > 3 && word.endsWith("e")) word = word.slice(0, -1);
    return lengthOf(word) > 2 && word.endsWith("y") ? `${word.slice(0, -1)}i` : word;
  };

  return { sentences, stem };
};

/** Give the words of a text, without its sentences. */
export const wordsIn = (text) =>
  [...pieces(text)].map((piece) => piece.groups.word && plain(piece.groups.word)).filter(Boolean);

/** Give the pieces of a text; a dash is one only after a space. */
const pieces = function* (text) {
  for (const piece of text.matchAll(PIECE)) {
    if (!piece.groups.dash || SPACE_AT_END.test(text.slice(0, piece.index).slice(-1))) yield piece;
  }
};

/** Give a word as it is read: in small letters, without apostrophes and accents; of an age, what it counts. */
export const plain = (word) => {
  const age = AGE.exec(word);
  if (age) return AGES[age[1]];
  if (word === "#") return "fracture";
  const read = (ASCII.test(word) ? word : word.normalize("NFKD").replace(MARKS, "")).toLowerCase();
  const bare = read.replace(/['’]/g, "");
  return ASCII.test(word.replace(/’/g, "")) ? bare : bare + ACCENTED;
};

const singular = (word) => {
  if (word.endsWith("ies") && lengthOf(word) > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|zes|hes)$/.test(word)) return word.slice(0, -2);
  return lengthOf(word) > 3 && word.endsWith("s") && !"sui".includes(word.at(-2)) ? word.slice(0, -1) : word;
};
