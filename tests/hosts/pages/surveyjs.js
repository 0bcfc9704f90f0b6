import { Model } from "survey-core";
import "survey-js-ui";
import "./rhrt-question.js";
import need from "./need.json";
import { children, draft, send } from "./harness.js";

const survey = new Model({
  completeText: "Send",
  elements: [
    { type: "comment", name: "story", title: "What has happened?" },
    ...children.map(({ name, label }) => ({ ...need, name, title: label })),
  ],
});
survey.data = draft;
survey.addNavigationItem({ id: "clear", title: "Clear", action: () => survey.clear() });
survey.onServerValidateQuestions.add(async (sender, options) => {
  const { problem } = sender.isLastPage ? await send(sender.data) : {};
  if (problem) options.errors.story = problem;
  options.complete();
});
survey.render(document.querySelector("#app"));

window.host = {
  held: (name) => survey.data[name],
  keep: () => survey.data,
  off: () => { survey.readOnly = true; },
  on: () => { survey.readOnly = false; },
  takeOut: () => {
    survey.addNewPage("more").addNewQuestion("text", "worker");
    survey.nextPage();
  },
  putIn: () => survey.prevPage(),
  redraw: () => survey.render(),
};
