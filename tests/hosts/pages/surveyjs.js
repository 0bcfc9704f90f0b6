import { Model } from "survey-core";
import "survey-js-ui";
import "./rhrt-question.js";
import { children, draft, send } from "./harness.js";

const survey = new Model({
  showTitle: false,
  completeText: "Send",
  pages: [
    { elements: [
      { type: "comment", name: "story", title: "What has happened?" },
      ...children.map(({ name, label }) => ({ type: "rhrt", name, title: label })),
    ] },
    { elements: [{ type: "text", name: "worker", title: "Who are you?" }] },
  ],
});
survey.data = draft;
survey.onServerValidateQuestions.add(async (sender, options) => {
  if (sender.isLastPage) {
    const { problem } = await send(sender.data);
    if (problem) options.errors.worker = problem;
  }
  options.complete();
});
survey.render(document.querySelector("#app"));

window.host = {
  held: (name) => survey.data[name],
  keep: () => survey.data,
  off: () => { survey.readOnly = true; },
  on: () => { survey.readOnly = false; },
  takeOut: () => survey.nextPage(),
  putIn: () => survey.prevPage(),
};
