import { createApp } from "vue/dist/vue.esm-bundler.js";
import { mounted } from "./mounted.js";
import needs from "./needs.html";
import saved from "./saved.html";
import { children, draft, fieldsOf, listens, send } from "./harness.js";

const template = `
  <form ref="form" @submit.prevent="submit">
    <div v-if="problem" role="alert">{{ problem }}</div>
    <label>What has happened?<textarea name="story"></textarea></label>
    <fieldset :disabled="off"><template v-if="there">${listens ? needs : saved}</template></fieldset>
    <button>Send</button> <button type="button" @click="needs = {}">Clear</button>
  </form>`;
const Referral = {
  template,
  data: () => ({ children, draft, needs: draft, there: true, off: false, problem: "" }),
  methods: {
    async submit() {
      this.problem = (await send(fieldsOf(this.$refs.form))).problem ?? "";
    },
  },
};

const referral = mounted(createApp(Referral));
window.host = {
  held: (name) => Object.fromEntries(Object.entries(fieldsOf(referral.$refs.form)).filter(([key]) => key.startsWith(`${name}-`))),
  keep: () => ({ ...referral.needs }),
  off: () => { referral.off = true; },
  on: () => { referral.off = false; },
  takeOut: () => { referral.there = false; },
  putIn: () => { referral.there = true; },
};
