// What the search by words knows of English: lists of words and patterns, as data.

/** Give a list of words. */
export const wordsOf = (english, name) => new Set(english[name].join(" ").split(" "));
