import { StrictMode, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { Needs } from "./Needs.jsx";
import { Referral as Example } from "./Referral.jsx";
import { children, draft, example, fieldsOf, listens, send } from "./harness.js";

function Referral() {
  const [needs, setNeeds] = useState(draft);
  const [there, setThere] = useState(true);
  const [off, setOff] = useState(false);
  const [problem, setProblem] = useState("");
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    setProblem((await send(fieldsOf(form.current))).problem ?? "");
  };
  const taken = (name) => (value) => setNeeds((before) => ({ ...before, [name]: value }));

  const fieldNamed = (name) => form.current.querySelector(`rhrt-prompt[name="${name}"]`);
  window.host = {
    held: (name) => Object.fromEntries(Object.entries(fieldsOf(form.current)).filter(([key]) => key.startsWith(`${name}-`))),
    keep: () => Object.fromEntries(children.map(({ name }) => [name, listens ? needs[name] : fieldNamed(name).value])),
    off: () => setOff(true),
    on: () => setOff(false),
    takeOut: () => setThere(false),
    putIn: () => setThere(true),
  };

  return (
    <form ref={form} onSubmit={submit}>
      {problem && <div role="alert">{problem}</div>}
      <label>What has happened?<textarea name="story" /></label>
      <fieldset disabled={off}>
        {example && <Example draft={draft.rhrt} />}
        {there && !example && children.map(({ name, label }) => (
          <Needs key={name} name={name} label={label} value={needs[name] ?? ""} onValue={listens ? taken(name) : () => {}} />
        ))}
      </fieldset>
      <button>Send</button>
      {listens ? <button type="button" onClick={() => setNeeds({})}>Clear</button> : <button type="reset">Clear</button>}
    </form>
  );
}

createRoot(document.querySelector("#app")).render(<StrictMode><Referral /></StrictMode>);
