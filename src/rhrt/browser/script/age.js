// How old this copy is. Past its day, before the day it was built, or taken back, it gives no level.

/** Give the day on this device, as 2026-12-01. */
export const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** Write a day as people do: 1 December 2026. */
export const inWords = (day) => {
  const [year, month, of] = day.split("-").map(Number);
  return `${of} ${MONTHS[month - 1]} ${year}`;
};

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

/** Fill in the places of a sentence. */
const filled = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (_, place) => places[place]);

/** Say why a copy gives no level on a day, in these words; null where it may. */
export const whyNone = ({ built, expires }, day, withdrawn, words) => {
  const places = { built: inWords(built), expires: inWords(expires), today: inWords(day) };
  if (day < built) return filled(words.early, places);
  if (day >= expires) return filled(words.expired, places);
  return withdrawn ? filled(words.withdrawn, places) : null;
};
