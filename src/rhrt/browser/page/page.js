// The page around the prompt: what it says of its own age, printing, and being there without a signal.

import "./install.js";
import "./rhrt-prompt.js";
import { stale } from "./script/here.js";

const of = (id) => document.getElementById(id);

stale().then((why) => {
  if (!why) return;
  of("age").textContent = why;
  of("age").className = "old";
});
for (const button of [of("print"), of("anew")]) button.hidden = false;
of("print").addEventListener("click", () => print());
