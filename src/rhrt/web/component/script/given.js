// What a host or the browser gives back: read whole, or refused in words. Never taken apart, never dropped in silence.

const REFUSED = "This is no record for <rhrt-prompt>:";

const refuse = (what) => {
  throw new TypeError(`${REFUSED} ${what}.`);
};

const isText = (value) => typeof value === "string";
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const TEXT = [isText, "a text"];
const IDS = [(value) => Array.isArray(value) && value.every(isText), "a list of ids"];
const ANSWERS = [(value) => isPlain(value) && Object.values(value).every(isText), "answers by the ids of questions"];
const FOLLOWED = [
  (value) => isPlain(value) && Object.values(value).every((answer) => CAN_TELL.some(([own]) => own === answer)),
  "yes, no or not-known by the ids of questions",
];

/** A record's shape: what each part of it is, and the words for that. What is null is as left out. */
const SHAPE = {
  rulebook: TEXT,
  child: { age_band: TEXT },
  indicators: { present: IDS, absent: IDS, not_known: IDS },
  circumstances: IDS,
  situation: ANSWERS,
  follow_ups: FOLLOWED,
  judgement: { level: [Number.isInteger, "a whole number"], reason: TEXT },
};

/** Raise TypeError where a value has not this shape. */
const fit = (value, shape, where) => {
  if (value === null || value === undefined) return;
  const [is, words] = Array.isArray(shape) ? shape : [isPlain, "an object"];
  if (!is(value)) refuse(`${where} is not ${words}`);
  if (Array.isArray(shape)) return;
  for (const [key, part] of Object.entries(value)) {
    if (!Object.hasOwn(shape, key)) refuse(`${where}.${key} is not known`);
    fit(part, shape[key], `${where}.${key}`);
  }
};

/** Make a plain copy: frameworks give objects that only look plain. A text is JSON, as the form's fields are. */
const plain = (value, where) => {
  try {
    return JSON.parse(isText(value) ? value : JSON.stringify(value));
  } catch {
    return refuse(`${where} is not JSON`);
  }
};

/** Read a record, what holds one as `record`, or the JSON of either; null and "" are nothing marked. Raises TypeError. */
const given = (value) => {
  if (value === null || value === undefined || value === "") return new Marked();
  const whole = plain(value, "it");
  if (!isPlain(whole)) refuse("it is not an object");
  const wrapped = Object.hasOwn(whole, "record");
  const held = wrapped ? whole.record : whole;
  const record = isText(held) ? plain(held, "record") : held;
  fit(record, SHAPE, "record");
  const { present, absent, not_known: unknown } = record?.indicators ?? {};
  const ids = [present, absent, unknown].flatMap((list) => [...new Set(list)]);
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) refuse(`“${twice}” is marked in two ways`);
  return Marked.of(record, wrapped && whole.committed === true);
};
