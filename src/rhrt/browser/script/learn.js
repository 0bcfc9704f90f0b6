// Where the search comes from: another module, fetched when somebody first types.

/** Give the search. */
export const learn = async () => (await import("./search.js")).search();
