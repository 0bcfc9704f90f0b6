// What is said to a person, in order, whatever form it then takes: src/rhrt/present/outline.py, of a suggestion's
// document. `data` is what said.py gives; the words are those of words.json.

const NOT_ASKED = "not-asked";
const HOURS = "out_of_hours"; // the question that says whether those who answer at other hours are the ones to ring
const PROMPTS_IN_VIEW = 2; // each further one makes all of them less heeded

const PLACE = /\{(\w+)(?::\.(\d+))?\}/g;

/** Fill in a sentence of words.json. */
const say = ({ words }, group, sentence, given = {}) =>
  words[group][sentence].replace(PLACE, (_, name, length) => String(given[name]).slice(0, length));

/** Give the one of several that has an id. */
const withId = (several, id) => several.find((one) => one.id === id);

/** Give values in order, each once. */
const once = (values) => [...new Set(values)];

const item = (text, details = []) => ({ text, details });

const section = (title, items, intro = null, numbered = false) => ({ title, items, intro, numbered });

/**
 * Say what a suggestion says: headline, next steps, reasons, then the rest. Unless `more` is asked for, what is not
 * needed at once is held back, and only named. Where `today` is told, such as "2026-12-01", it is for a screen.
 */
export const outline = (document, data, { more = false, today = null } = {}) => {
  const sections = [...sectionsOf(document, data, more), ...(more ? furtherOf(document, data) : []), ifWorse(data)];
  return {
    headline: headline(document, data),
    lines: linesOf(document, data),
    sections: sections.filter(({ items }) => items.length),
    small_print: smallPrint(document, data, more, today),
    urgent: isEmergency(document, data),
    held_back: more ? [] : heldBack(document, data),
    do_not: forbidden(document, data),
  };
};

/** Say whether something is to be answered before the steps are taken: where nothing urgent is to be done. */
export const checksFirst = (document, data) =>
  (unasked(document).length > 0 || firstCheck(document).length > 0) && nothingUrgent(document, data);

/** Say whether something must not wait: the first urgency of the rulebook. */
export const isEmergency = (document, { urgencies }) => document.urgency === urgencies[0].id;

const nothingUrgent = (document, { urgencies }) => document.urgency === urgencies[urgencies.length - 1].id;

const unasked = ({ questions }) => questions.filter(({ answer }) => answer === NOT_ASKED);

/** Give the follow-up questions that apply and were not asked: they stand before the steps. */
const firstCheck = (document) => document.follow_ups.filter(({ answer }) => answer === NOT_ASKED);

/** Say what to do first: the first of the numbered steps, in one sentence; or, to check what could change it. */
const headline = (document, data) => {
  if (checksFirst(document, data)) return say(data, "lines", "check_first");
  const [first] = stepsOf(document, data);
  return first ? firstSentence(first.text).replace(/\.+$/, "") : suggested(document, data);
};

const firstSentence = (text) => /^[^]*?[.?!](?= )/.exec(text)?.[0] ?? text;

const suggested = ({ level, level_name: name }, data) =>
  level === null ? say(data, "lines", "no_level_suggested") : say(data, "lines", "suggested", { level, name });

/** Name a source as a person would look it up. */
const cite = (source, data) =>
  say(data, "sources", source.page ? "page" : "section", { ...source, document: short(source, data) });

const short = (source, { documents }) => withId(documents, source.document).short;

/** Say whom to ring; while it was not asked whether it is out of hours, with who answers at other hours. */
const ring = (contact, hours, namedIn, data) => {
  const own = withId(data.contacts, contact.id);
  const known = namedIn.includes(own.short) ? "shortly" : "reached";
  const said = say(data, "steps", contact.number ? "ring" : "contact", { whom: own[known] });
  const other = hours === NOT_ASKED && withId(data.contacts, contact.otherwise);
  return other ? say(data, "steps", "otherwise", { said, other: other[known] }) : said;
};

const linesOf = (document, data) => {
  const { level, could_be: couldBe, urgency, route } = document;
  const soon = checksFirst(document, data) ? "how_soon_unchecked" : "how_soon";
  const lines = [suggested(document, data)];
  lines.push(say(data, "lines", soon, { urgency: withId(data.urgencies, urgency).name }));
  if (level) lines.push(say(data, "lines", "route", { route: withId(data.routes, route).name }));
  else if (!isEmergency(document, data)) lines.push(data.described.no_level);
  if (couldBe.level > level) lines.push(say(data, "lines", "could_be", couldBe)); // null counts as 0
  return lines;
};

const sectionsOf = (document, data, more) => {
  const title = (name) => say(data, "sections", name);
  const waits = nothingUrgent(document, data);
  const asked = unasked(document).map(({ question, why }) => item(`${question} ${why}`));
  const intro = [waits ? say(data, "intros", "before_steps") : null, sameDeeds(document, data)];
  const rings = data.described.if_worse.numbers.some(({ id }) => callsOf(document).has(id));
  const unknown = document.could_be.because.map((one) => item(say(data, "reasons", "not_known", one)));
  const prompts = more ? document.prompts : document.prompts.slice(0, roomForPrompts(document, data));
  return [
    section(title(waits ? "first" : "check"), [...asked, ...followUps(document, data, more)], together(intro)),
    section(title("steps"), stepsOf(document, data), together(forbidden(document, data)), true),
    section(title("ready"), rings ? Object.values(data.words.ready).map((words) => item(words)) : []),
    section(title("why"), why(document, data, more)),
    section(title("prompts"), prompts.map((one) => promptOf(one, data, more))),
    section(title("not_known"), unknown),
    section(title("judgement"), judged(document, data, more)),
  ];
};

const together = (sentences) => sentences.filter(Boolean).join(" ") || null;

/** Name what is there on request. */
const heldBack = (document, data) => {
  const more = document.prompts.length - roomForPrompts(document, data);
  const there = {
    afterwards: document.afterwards.length || callsOf(document).size,
    changes: true,
    also: document.also_recorded.length || answered(document, data).length,
    circumstances: document.circumstances.length,
    services: document.services.length,
    prompts: more > 0,
  };
  return Object.keys(there).filter((name) => there[name]).map((name) => say(data, "held_back", name, { more }));
};

/** Give what is there on request. */
const furtherOf = (document, data) => {
  const { strengths, reasons, afterwards } = document;
  const title = (name) => say(data, "sections", name);
  const lower = document.also_recorded.filter((reason) => !strengths.some((one) => same(one, reason)));
  const also = [...lower.map((reason) => reasonOf(reason, data)), ...answered(document, data)];
  const good = same(strengths, reasons) ? [] : strengths.map((reason) => reasonOf(reason, data));
  const disagree = callsOf(document).size ? [item(say(data, "afterwards", "disagree"), [data.policy])] : [];
  const circumstances = document.circumstances.map((one) => item(one.title, guidance(one, data)));
  const services = document.services.map((one) => item(`${one.name}. ${one.what}`, one.check ? [one.check] : []));
  return [
    section(title("also"), also),
    section(title("strengths"), good, say(data, "intros", "strengths")),
    section(title("afterwards"), [...afterwards.map(({ text }) => item(text)), ...disagree]),
    section(title("changes"), document.would_change.map((change) => changeOf(change, data))),
    section(title("circumstances"), circumstances),
    section(title("services"), services, say(data, "intros", "services")),
  ];
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const guidance = ({ guidance: said }, data) =>
  said.length ? [say(data, "reasons", "guidance", { guidance: said.join("; ") })] : [];

const ifWorse = (data) =>
  section(say(data, "sections", "if_worse"), [item(data.described.if_worse.words, [data.if_worse])]);

/** Give what is to be done, in order. Steps that are one call are told as one, where the first one stands. */
const stepsOf = (document, data) => {
  const calls = callsOf(document);
  const hours = document.receipt.record.situation[HOURS] ?? NOT_ASKED;
  return document.actions.flatMap((step) => {
    const call = calls.get(step.contact?.id) ?? [];
    if (call.length < 2 && !onlyForbids(step, data)) return [stepOf(step, hours, data)];
    return step === call[0] ? [callOf(call, hours, data)] : [];
  });
};

const nameOf = ({ rule, case: number }) => `${rule}/${number}`;

const onlyForbids = (step, data) => data.only_forbid.includes(nameOf(step));

const forbidden = ({ actions }, data) => actions.filter((step) => onlyForbids(step, data)).map(({ text }) => text);

/** Give the steps that are calls, by whom they ring. */
const callsOf = ({ actions }) => {
  const calls = new Map();
  for (const step of actions.filter(({ contact }) => contact?.number)) {
    calls.set(step.contact.id, [...(calls.get(step.contact.id) ?? []), step]);
  }
  return calls;
};

/** Tell several steps as one call: when, then what to say and ask in it, in order. */
const callOf = (steps, hours, data) => {
  const { contact } = steps[0];
  const whens = steps.map((step) => step.when).filter(Boolean);
  const when = whens.find((one) => !one.startsWith(say(data, "steps", "before"))) ?? whens[0] ?? "";
  const whom = withId(data.contacts, contact.id).short;
  const text = say(data, "steps", "one_call", { whom, when: firstSmall(when) || "now" });
  const texts = steps.map((step) => step.text);
  const said = texts.join(" ");
  const others = once(whens).filter((one) => one !== when && !said.includes(one));
  const helpers = once(steps.map((step) => step.who)).filter((who) => who !== "You");
  return item(text, [
    ring(contact, hours, text, data),
    ...texts,
    ...others.map((one) => say(data, "steps", "when", { when: one })),
    ...helpers.map((who) => say(data, "steps", "who", { who })),
  ]);
};

const firstSmall = (text) => {
  const [first = "", ...rest] = text;
  return first.toLowerCase() + rest.join("");
};

const stepOf = (step, hours, data) => {
  const { text, when, who, contact } = step;
  return item(text, [
    ...(data.tell_when.includes(nameOf(step)) ? [say(data, "steps", "when", { when })] : []),
    ...(who === "You" ? [] : [say(data, "steps", "who", { who })]),
    ...(contact ? [ring(contact, hours, text, data)] : []),
  ]);
};

/** Give the follow-up questions to ask, with what a yes means: once for two that follow one another. */
const followUps = (document, data, more) => {
  const told = sameDeeds(document, data) !== null;
  const asked = firstCheck(document);
  const deeds = asked.map((one) => deedOf(one, data));
  return asked.map((one, place) => {
    const afterTheSame = deeds[place - 1] === deeds[place];
    const untold = told || deeds[place + 1] === deeds[place];
    const said = untold ? [] : [deedOf(one, data, afterTheSame ? "this_or_before" : "if_yes")];
    return item(one.question, more ? [...said, one.why] : said);
  });
};

const deedOf = ({ id, if_yes: named }, data, form = "if_yes") => {
  const deeds = named.map((one) => data.words.if_yes[one]).join(", and ");
  return say(data, "follow_up", data.in_doubt.includes(id) ? `${form}_in_doubt` : form, { deeds });
};

/** Say what a yes to any of several follow-up questions means, where it means the same for each. */
const sameDeeds = (document, data) => {
  const deeds = firstCheck(document).map((one) => deedOf(one, data));
  return deeds.length > 1 && once(deeds).length === 1 ? deeds[0] : null;
};

/** Give how many prompts are shown beside the follow-up questions: one fewer where something cannot wait. */
const roomForPrompts = (document, data) =>
  Math.max(0, PROMPTS_IN_VIEW - firstCheck(document).length - !nothingUrgent(document, data));

/** Give each follow-up question that was answered, where the answer is not itself a reason. */
const answered = ({ reasons, follow_ups: followUp }, data) => followUp
  .filter(({ id, answer }) => answer !== NOT_ASKED && !reasons.some((reason) => reason.answer === id))
  .map((one) => {
    const answer = one.answer.replace(/-/g, " ");
    return item(`“${one.question}”`, [say(data, "follow_up", "answered", { answer })]);
  });

const reasonOf = (reason, data) => {
  const { indicator, level, n, wording } = reason;
  const source = (n ? short : cite)(reason.source, data);
  const ofAnswer = level ? "answer_with_level" : "answer";
  const form = indicator === null ? ofAnswer : n ? "numbered_sign" : "sign";
  return item(indicator === null ? wording : `“${wording}”`, [say(data, "reasons", form, { level, source, n })]);
};

/** Give each reason with its words of degree; for more, the rungs above it and what to weigh, not count. */
const why = ({ reasons, neighbours, undefined: undefinedWords }, data, more) => {
  const items = reasons.map((reason) => {
    const { text, details } = reasonOf(reason, data);
    const above = neighbours.filter(({ indicator, graver }) => indicator === reason.indicator && graver);
    const graver = once(above.map((one) => say(data, "reasons", "graver", one.graver)));
    const own = undefinedWords.find(({ indicator }) => indicator === reason.indicator);
    const words = own?.words.map((word) => `“${word}”`).join(", ");
    const judge = own ? [say(data, "reasons", "judge", { words })] : [];
    return item(text, [...details, ...(more ? graver : []), ...judge]);
  });
  const { guides } = data;
  const weigh = undefinedWords.length && more ? [item(say(data, "reasons", "guides", { guides }))] : [];
  return [...items, ...weigh];
};

const promptOf = ({ text, why: because, consider }, data, more) =>
  item(text, more ? [because, ...consider.map((rung) => say(data, "reasons", "look", rung))] : []);

const changeOf = ({ level, present, absent, situation, follow_ups: followUp }, data) => {
  const { indicators, situation: asked, follow_ups: askedAfter } = data.described;
  const signs = (ids) => ids.map((id) => `“${withId(indicators, id).wording}”`);
  const answers = (given, questions) =>
    Object.entries(given).map(([id, answer]) => `${withId(questions, id).question} ${answer}`);
  const parts = [
    ["so", signs(present)],
    [absent.length > 1 ? "several_not_so" : "not_so", signs(absent)],
    ["answers", [...answers(situation, asked), ...answers(followUp, askedAfter)]],
  ];
  const said = parts.filter(([, words]) => words.length)
    .map(([form, words]) => say(data, "change", form, { said: words.join(", ") }));
  return item(say(data, "change", "whole", { level: levelOf(level, data), parts: said.join(", and ") }));
};

const levelOf = (level, data) => say(data, "lines", level ? "level" : "no_level", { level });

const judged = ({ judgement: own, level }, data, more) => {
  if (own === null) return [];
  if (own.agrees) return [item(say(data, "judgement", "agrees", own))];
  const text = say(data, "judgement", "differs", { own: own.level, given: levelOf(level, data) });
  const reason = withId(data.described.difference.reasons, own.reason);
  const because = reason ? say(data, "judgement", "reason", { reason: reason.text }) : null;
  return [item(text, [because, own.said, more ? own.policy : null].filter(Boolean))];
};

/** Give the notice, and what a document that people keep needs: the review, and the receipt. */
const smallPrint = ({ receipt }, data, more, today) => {
  const kept = more || today === null;
  const evaluators = receipt.evaluated_by.join(" and ");
  return [
    data.described.notice,
    ...(kept || isPast(data.review, today) ? review(data, today) : []),
    ...(kept ? [say(data, "small_print", "receipt", { ...receipt, evaluators })] : []),
  ];
};

/** Say by when the framework was to be reviewed, where it says so; on a day after that, that it is past it. */
const review = (data, today) =>
  data.review ? [say(data, "small_print", isPast(data.review, today) ? "past_review" : "review", data.review)] : [];

/** Say whether a year, month or day was over before a day. */
const isPast = (date, today) => Boolean(date?.by && today) && date.by < today.slice(0, date.by.length);
