// Hearing what a text tells, and what it sets apart: what is denied, past and over, or about somebody else.
// As `rhrt.search.hearing`.

import { wordsOf } from "./english.js";
import { makePatterns } from "./patterns.js";

const REPORTED = "reported";
const QUOTES = ["\"", "'", "“", "‘"];

/** How many words before a denial are told by themselves: fewer only say who. */
const SUBJECT = 5;

/** How many words a clause has at most that points to the one before it, and one that says only when. */
const [POINTING, TIME] = [8, 4];

/** Reasons that hold for the clause before as well. */
const BEFORE = new Map([
  ["denied before", "denied"], ["past before", "past"], ["others before", "others"], ["reported before", REPORTED],
]);

/** Make what hears sentences as read. */
export const makeHearing = (english, stem) => {
  const lists = makeLists(english, stem);

  /** Give what each sentence of a text, as read, tells and sets apart. */
  const hear = (read) => {
    const heard = [];
    for (const clauses of read) heard.push(sentence(clauses, heard.at(-1)));
    const looked = read.some((clauses) => clauses.some((clause) => lists.confirming(clause.words)));
    const believed = looked || tellsNoMore(heard);
    for (const one of heard) one.settle(believed);
    return heard;
  };

  /** Say whether a text tells nothing beside denials that it reports. */
  const tellsNoMore = (heard) => {
    const told = heard.flatMap((one) => one.told.flatMap((clause) => clause.words));
    return told.filter((word) => !lists.passedOver.has(word)).length < 2;
  };

  const sentence = (clauses, before) => {
    const heard = new Heard(lists, isAsked(clauses.at(-1)), isQuoted(clauses[0]));
    const lasting = clauses.some((clause) => lists.lasting(clause.words));
    for (const clause of clauses) {
      let why = apartWhole(clause.words, heard.last, lasting);
      if (BEFORE.has(why)) {
        why = BEFORE.get(why);
        reachBack(why, heard, before);
      }
      if (why || heard.asked) heard.take(clause, why === "denied" && heard.spoken ? REPORTED : why);
      else takeDenial(clause, heard);
      heard.spoken = heard.spoken || isSaid(clause.words);
    }
    close(heard, before, clauses, lasting);
    return heard;
  };

  /** Set apart what was and is over, and what was supposed and proved to be nothing. */
  const close = (heard, before, clauses, lasting) => {
    for (const [why, begun, closes] of [
      ["past", isOver, lists.mended],
      ["denied", lists.supposed, lists.proved],
    ]) {
      const closing = clauses.map((clause) => closes(clause.words));
      const any = closing.some(Boolean);
      if (why === "past" && (lasting || !(any || heard.apart.some((one) => one.why === "past")))) continue;
      if (why === "past" || any) heard.takeApart(begun, why);
      if (closing[0] && before) before.takeApart(begun, why);
    }
  };

  /** Say whether words tell what was, and nothing that is. */
  const isOver = (words) => {
    const was = words.some((word) => lists.was.has(word) || word.endsWith("ed"));
    return was && !hasAny(words, lists.present);
  };

  /** Set apart the clause before, or the sentence before where the clause begins its own. */
  const reachBack = (why, heard, before) => {
    if (heard.told.length) {
      if (!(why === "denied" && lists.hasNo(heard.told.at(-1).words))) heard.setApart(heard.told.pop(), why);
    } else if (before && !heard.apart.length && (before.asked || before.namesHarm())) {
      before.takeBack(why);
    }
  };

  /** Take in a clause with the denial in it set apart, and with what stands before and after it told. */
  const takeDenial = (clause, heard) => {
    const [begins, end, reason] = denied(clause.words, heard.last);
    if (reason === null) {
      heard.take(clause, null);
      return;
    }
    const start = begins >= SUBJECT ? begins : 0;
    if (start) heard.told.push(clause.part(0, start));
    const why = heard.spoken ? REPORTED : reason;
    heard.setApart(clause.part(start, end), why);
    if (end < clause.words.length) heard.told.push(clause.part(end));
    heard.last = why;
  };

  /** Say why a whole clause is set apart; with "before", the one before it is too. */
  const apartWhole = (words, last, lasting) => {
    const same = ["who", "whose", "which"].includes(words[0]);
    const goes = same || (["and", "or"].includes(words[0]) && goesWith(words.slice(1)));
    if (last === "others" && goes) return "others";
    if (lists.ofOthers(words)) return withBefore("others", words);
    if (hasAny(words, lists.reporting)) return words.length <= 3 ? "reported before" : REPORTED;
    const lasts = lasting || lists.mattering(words);
    for (const [why, within] of [...lists.whole, ...(lasts ? [] : lists.passing)]) {
      if (within(words)) return why === "denied" && isSaid(words) ? REPORTED : withBefore(why, words);
    }
    return null;
  };

  /** Say whether words only say of what stands before them that it is denied, or past. */
  const withBefore = (why, words) => {
    const first = words.find((word) => !lists.joining.has(word)) ?? "";
    const pointing = lists.pointing.has(first) && words.length <= POINTING;
    const onlyWhen = why === "past" && words.length <= TIME;
    return [...BEFORE.values()].includes(why) && (pointing || onlyWhen) ? `${why} before` : why;
  };

  /** Say whether some words have the subject of those before them. */
  const goesWith = (words) => words.length > 0 && !hasAny(words.slice(0, 2), lists.subjects);

  /** Give where a denial begins and ends in a clause, and whether it is said or only reported. */
  const denied = (words, last) => {
    if (["denied", REPORTED].includes(last) && goesOn(words)) return [0, words.length, last];
    const start = lists.guarding(words) ? null : denial(words);
    if (start === null) return [0, 0, null];
    return [start, endOf(words, start), isReported(words, start) ? REPORTED : "denied"];
  };

  /** Say whether words go on with what was denied before them. */
  const goesOn = (words) => {
    const harms = words.filter(lists.denied);
    if (words[0] === "or") return harms.length > 0 && !hasAny(words, lists.missed);
    return goesWith(words) && words.every((word) => harms.includes(word) || lists.passedOver.has(word));
  };

  /** Give where a denial ends: with its clause, or before somebody who does something else. */
  const endOf = (words, start) => {
    for (let place = start + 3; place < words.length - 2; place += 1) {
      if (lists.subjects.has(words[place]) && !lists.leading.has(words[place - 1])) return place;
    }
    return words.length;
  };

  /** Say whether a denial is what somebody says, of themselves or of others: save a professional, who looked. */
  const isReported = (words, start) => {
    if (isSaid(words.slice(0, start))) return true;
    return hasAny(words.slice(Math.max(0, start - 2)), lists.own) && !hasAny(words, lists.looking);
  };

  /** Say whether words are what somebody says, save a professional. */
  const isSaid = (words) => {
    const said = words.findIndex((word) => lists.saying.has(word));
    return said !== -1 && !hasAny(words.slice(0, said), lists.professional);
  };

  /** Give where a no stands with nothing but light words between it and what can be denied. */
  const denial = (words) => {
    for (const [start, word] of words.entries()) {
      if (lists.denying.has(word)) {
        const rest = words.slice(start + 1);
        const heavy = rest.findIndex(lists.heavy);
        const light = heavy === -1 ? rest.length : heavy;
        if (light < rest.length && lists.denied(rest[light])) return start;
        if (hasAny(rest.slice(0, light), lists.ending)) return start;
      }
    }
    return lists.foundNone(words) && !hasAny(words, lists.missed) ? 0 : null;
  };

  return { hear, isDeniable: lists.denied };
};

/** What one sentence tells, as its clauses, and what it sets apart. `last`: why the clause before was, if so. */
class Heard {
  told = [];

  apart = [];

  last = null;

  constructor(lists, asked, spoken) {
    Object.assign(this, { lists, asked, spoken });
  }

  /** Take in the next clause. */
  take(clause, why) {
    if (why) this.setApart(clause, why);
    else this.told.push(clause);
    this.last = why;
  }

  /** Set words apart. */
  setApart(clause, why) {
    this.apart.push({ clause, why });
  }

  /** Say whether something is told that can be denied. */
  namesHarm() {
    return this.told.some((clause) => clause.words.some(this.lists.denied));
  }

  /** Set apart all that is told, save a no, which no other no denies. */
  takeBack(why) {
    for (const clause of this.told) {
      if (!(why === "denied" && this.lists.hasNo(clause.words))) this.setApart(clause, why);
    }
    this.told = this.told.filter((clause) => this.apart.every((one) => one.clause !== clause));
  }

  /** Set apart some of what is told. */
  takeApart(begun, why) {
    for (const clause of this.told) if (begun(clause.words)) this.setApart(clause, why);
    this.told = this.told.filter((clause) => !begun(clause.words));
  }

  /** Take the denials that are reported as denied, if they are believed, or else as told. */
  settle(believed) {
    if (!believed) {
      this.told.push(...this.apart.filter((one) => one.why === REPORTED).map((one) => one.clause));
      this.told.sort((one, other) => one.places[0][0] - other.places[0][0]);
      this.apart = this.apart.filter((one) => one.why !== REPORTED);
    }
    this.apart = this.apart.map((one) => (one.why === REPORTED ? { clause: one.clause, why: "denied" } : one));
  }
}

/** Say whether a sentence begins with a quotation mark. */
const isQuoted = (first) => QUOTES.includes(first.text.slice(0, first.places[0][0]).slice(-1));

const isAsked = (last) => last.text[last.places.at(-1)[1]] === "?";

const hasAny = (words, list) => words.some((word) => list.has(word));

/** The lists of words, and the patterns: each says whether it stands in some words. */
const makeLists = (english, stem) => {
  const list = (name) => wordsOf(english, name);
  const patterns = (name) => makePatterns(english[name]);
  const [denying, passedOver, deniable] = ["denying", "passed_over", "deniable"].map(list);
  const [others, otherPeople, touching] = ["others", "other_people", "touching"].map(patterns);
  const stems = new Set([...deniable].filter((word) => !word.endsWith("*")).map(stem));
  const beginnings = new Set([...deniable].filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1)));
  const longest = Math.max(...[...beginnings].map((one) => one.length));
  const begins = (word) => {
    for (let end = 1; end <= Math.min(word.length, longest); end += 1) {
      if (beginnings.has(word.slice(0, end))) return true;
    }
    return false;
  };
  const remembered = new Map();

  /** Say whether a word is for something that can be denied. */
  const denied = (word) => {
    if (!remembered.has(word)) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(word, deniable.has(word) || begins(word) || stems.has(stem(word)));
    }
    return remembered.get(word);
  };

  return {
    denying,
    passedOver,
    denied,
    ending: list("ending"),
    reporting: list("reporting"),
    saying: list("saying"),
    professional: list("professional"),
    own: list("own"),
    looking: list("looking"),
    missed: list("missed"),
    subjects: list("subjects"),
    leading: list("leading"),
    joining: list("joining"),
    pointing: list("pointing"),
    was: list("was"),
    present: list("present"),
    lasting: patterns("lasting"),
    mattering: patterns("mattering"),
    mended: patterns("mended"),
    supposed: patterns("supposed"),
    proved: patterns("proved"),
    guarding: patterns("guarding"),
    confirming: patterns("confirming"),
    foundNone: patterns("found_none"),
    whole: [
      ["denied", patterns("clearing")],
      ["denied before", patterns("clearing_before")],
      ["others before", patterns("others_before")],
      ["past", patterns("past_surely")],
    ],
    passing: [
      ["past before", patterns("past_before")],
      ["past", patterns("past")],
    ],
    /** Say whether words are about others, who do nothing to the child and witness nothing. */
    ofOthers: (words) => others(words) || (otherPeople(words) && !touching(words)),
    /** Say whether there is a no in words. */
    hasNo: (words) => hasAny(words, denying),
    /** Say whether a no does not reach past a word. */
    heavy: (word) => !passedOver.has(word) || denied(word),
  };
};

/** How many words it is remembered of whether they can be denied. */
const MOST_REMEMBERED = 10_000;
