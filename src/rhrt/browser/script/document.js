// The whole document of an answer, as the service gives it: key by key, in order.

import { Changes } from "./changes.js";
import { Questions } from "./questions.js";
import { documentOf } from "./record.js";
import { sha256 } from "./sha256.js";

/** What one rulebook says of all that can be in an answer. */
export class Documents {
  #book;

  #conclusions;

  #questions;

  #changes;

  #indicator;

  #prompt;

  #judgement;

  #step;

  #asked = new Map(); // the words of each question of the situation, by its id

  constructor(rulebook, conclusions) {
    this.#book = rulebook;
    this.#conclusions = conclusions;
    this.#questions = new Questions(rulebook, conclusions);
    this.#changes = new Changes(rulebook, conclusions);
    this.#indicator = byId(rulebook.indicators);
    this.#prompt = byId(rulebook.prompts);
    this.#judgement = byId(rulebook.judgements);
    this.#asked = byId(rulebook.questions);
    const contacts = byId(rulebook.contacts);
    this.#step = new Map(rulebook.actions.flatMap((action) => this.#steps(action, contacts)));
  }

  /** Give what of the document says what to do. */
  told({ level, urgency, steps }) {
    return { level: level || null, urgency, actions: steps.map((rule) => this.#step.get(rule)) };
  }

  /** Give the document of what was concluded, whole, from a record that was read. */
  of(record, concluded) {
    const book = this.#book;
    const { level } = concluded;
    const reasons = concluded.reasons.map(([rule, answer]) => this.#reason(rule, answer));
    const deciding = reasons.filter((one) => one.indicator !== null).map((one) => one.indicator);
    const others = record.present.filter((id) => !deciding.includes(id)).map((id) => this.#reasonOfIndicator(id));
    const strengths = book.levels.filter((one) => one.strengths).map((one) => one.level);
    const { shown, asked } = this.#questions.applying(record, concluded);
    return {
      level: level || null,
      level_name: level ? book.levels.find((one) => one.level === level).name : null,
      route: concluded.route || null,
      urgency: concluded.urgency,
      harm: concluded.harm,
      reasons,
      actions: concluded.steps.map((rule) => this.#step.get(rule)),
      also_recorded: others,
      strengths: [...reasons, ...others].filter((one) => strengths.includes(one.level)),
      questions: this.#open(record),
      follow_ups: this.#questions.followUps(record, asked).map((one) => this.#followUp(...one, record)),
      could_be: this.#couldBe(record, level),
      would_change: this.#changes.of(record, level),
      prompts: shown.map((id) => this.#shown(id, record)),
      afterwards: this.#afterwards(concluded),
      neighbours: deciding.flatMap((id) => this.#neighbours(id)),
      undefined: deciding.flatMap((id) => this.#undefined(id)),
      circumstances: this.#sourced(book.circumstances.filter((one) => record.circumstances.includes(one.id))),
      services: this.#services(record, level),
      judgement: this.#agreement(record, level),
      receipt: this.#receipt(record),
      notice: book.notice,
      review_by: book.review_by,
    };
  }

  #source(place) {
    return this.#book.sources[place];
  }

  #sourced(parts) {
    return parts.map((one) => ({ ...one, source: this.#source(one.source) }));
  }

  #steps(action, contacts) {
    return action.cases.map((one, place) => {
      const step = {
        code: action.code,
        text: one.text,
        who: action.who,
        contact: one.contact ? contacts.get(one.contact) : null,
        when: one.when,
        rule: `action/${action.code}`,
        case: place + 1,
        source: this.#source(action.source),
      };
      return [`action/${action.code}/${place + 1}`, step];
    });
  }

  // --- Reasons ---

  #reason(rule, answer) {
    const [kind, id] = rule.split("/");
    if (kind === "indicator") return this.#reasonOfIndicator(id);
    return answer === "" ? this.#reasonOfJudgement(id) : this.#reasonOfAnswer(id, answer);
  }

  #reasonOfIndicator(id) {
    const { n = null, level, heading = null, wording, source } = this.#indicator.get(id);
    const rule = `indicator/${id}`;
    return { indicator: id, answer: null, n, level, heading, wording, rule, source: this.#source(source) };
  }

  #reasonOfJudgement(id) {
    const { level, wording, source } = this.#judgement.get(id);
    const rule = `judgement/${id}`;
    const none = { indicator: null, answer: null, n: null };
    return { ...none, level, heading: null, wording, rule, source: this.#source(source) };
  }

  #reasonOfAnswer(id, asked) {
    const reason = this.#reasonOfJudgement(id);
    const followUp = this.#book.follow_ups.includes(asked) ? this.#prompt.get(asked) : null;
    return {
      ...reason,
      answer: asked,
      level: reason.level || null,
      wording: reason.wording.replaceAll("{question}", () => this.#words(asked)),
      source: followUp ? this.#source(followUp.source) : reason.source,
    };
  }

  // --- What is asked ---

  /** Give what to ask: first questions that were not asked, and whatever is not known. */
  #open(record) {
    const isOpen = ({ id, ask_first: isFirst, values }) => {
      const answer = record.answers[id];
      return (answer === "not-asked" && isFirst) || (answer === "not-known" && values.includes("yes"));
    };
    return this.#book.questions.filter(isOpen).map(({ id, question, why, source }) => ({
      field: id, question, why, answer: record.answers[id], source: this.#source(source),
    }));
  }

  #shown(id, record) {
    const { text, why, consider, basis, source } = this.#prompt.get(id);
    const rungs = this.#notPresent(consider, record);
    return { id, text, why, consider: rungs, basis, rule: `prompt/${id}`, source: this.#source(source) };
  }

  #followUp(id, answer, record) {
    const { text, why, if_yes, consider, basis, source } = this.#prompt.get(id);
    const rungs = this.#notPresent(consider, record);
    const asked = { id, question: text, why, if_yes, answer, consider: rungs, basis };
    return { ...asked, rule: `prompt/${id}`, source: this.#source(source) };
  }

  #notPresent(consider, record) {
    return consider.filter((id) => !record.present.includes(id)).map((id) => this.#rung(id));
  }

  /** Give the level if all that is not known turned out to be so; it is never below the level suggested. */
  #couldBe(record, level) {
    const asked = { ...record.answers, ...record.follow_ups };
    const isUnknown = (id) => asked[id] === "not-known";
    const settings = this.#book.settings.filter(([id]) => isUnknown(id));
    const answers = settings.map(([id, own]) => ({ id, level: own, wording: this.#words(id) }));
    const signs = record.not_known.map((id) => this.#indicator.get(id));
    const unknown = [...answers, ...signs.map(({ id, level: own, wording }) => ({ id, level: own, wording }))];
    const because = unknown.filter((one) => one.level > level);
    because.sort((one, other) => other.level - one.level);
    return { level: Math.max(level, ...because.map((one) => one.level)) || null, because };
  }

  /** Give the words of a question, or of a follow-up question; none where it is neither. */
  #words(id) {
    const followUp = this.#book.follow_ups.includes(id) ? this.#prompt.get(id).text : undefined;
    return followUp ?? this.#asked.get(id)?.question ?? "";
  }

  // --- What stands beside it ---

  #afterwards(concluded) {
    const ids = this.#conclusions.afterwards(concluded);
    const following = this.#book.afterwards.filter((one) => ids.includes(one.id));
    const rule = (id) => `afterwards/${id}`;
    return following.map(({ id, text, source }) => ({ id, text, rule: rule(id), source: this.#source(source) }));
  }

  #rung(id) {
    const { level, wording } = this.#indicator.get(id);
    return { indicator: id, level, wording };
  }

  /** Give the neighbouring rungs of a sign, on each ladder where it stands. */
  #neighbours(id) {
    const { level } = this.#indicator.get(id);
    const ladders = this.#book.ladders.filter((one) => one.rungs.includes(id) || one.strength === id);
    return ladders.map((ladder) => {
      const rungs = ladder.rungs.map((rung) => this.#rung(rung));
      const milder = rungs.filter((rung) => rung.level < level).at(-1) ?? null;
      const graver = rungs.find((rung) => rung.level > level) ?? null;
      return { indicator: id, ladder: ladder.id, title: ladder.title, milder, graver };
    });
  }

  #undefined(id) {
    const { undefined: words } = this.#indicator.get(id);
    return words ? [{ indicator: id, words }] : [];
  }

  /** Give the services of a level: by topic of what was recorded, then those offered whatever the topic. */
  #services(record, level) {
    const isMet = (topic) => topic.indicators.some((id) => record.present.includes(id));
    const topics = this.#book.topics.filter(isMet).map((topic) => topic.id);
    const offered = this.#book.services.filter((service) => service.levels.includes(level));
    const matching = offered.filter((service) => service.topics.some((topic) => topics.includes(topic)));
    return this.#sourced([...matching, ...offered.filter((service) => !service.topics.length)]);
  }

  /** Set the practitioner's own level, where they gave one, beside the one suggested. */
  #agreement(record, level) {
    const { judgement: own, reason } = record;
    const { higher, lower, policy } = this.#book.difference;
    if (own === null) return null;
    if (own === level) return { level: own, agrees: true, reason, said: null, policy: null };
    return { level: own, agrees: false, reason, said: own > level ? higher : lower, policy };
  }

  /** Give what gave an answer. */
  #receipt(record) {
    const book = this.#book;
    const document = documentOf(record, book.id);
    const asked = Object.keys(record.follow_ups);
    return {
      rulebook: book.id,
      edition: book.edition,
      rulebook_sha256: book.sha256,
      engine: book.engine,
      evaluated_by: [...book.evaluated_by],
      record_sha256: sha256(JSON.stringify(document)),
      questions_sha256: Object.fromEntries(asked.map((id) => [id, sha256(this.#prompt.get(id).text)])),
      record: document,
    };
  }
}

const byId = (parts) => new Map(parts.map((one) => [one.id, one]));
