// The search by words, made when it is first asked for.

import { words } from "../data/words.js";
import { makeSearch } from "./search/search.js";

let made = null;

/** Give the search. */
export const search = () => (made ??= makeSearch(words));
