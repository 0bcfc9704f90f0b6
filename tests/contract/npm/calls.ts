// Makes every call of the API with a client of openapi-typescript and openapi-fetch: node made/calls.js URL KEY.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const [url, key] = process.argv.slice(2);
assert(url);

const called = new Set<string>();
const client = createClient<paths>({ baseUrl: url, headers: key ? { Authorization: `Bearer ${key}` } : {} });
client.use({
  onRequest({ schemaPath, request }) {
    called.add(`${request.method.toLowerCase()} ${schemaPath}`);
  },
});

/** Give what was answered; a problem ends all. */
const had = <T>({ data, error }: { data?: T; error?: unknown }): T => {
  assert.equal(error, undefined, JSON.stringify(error));
  assert(data !== undefined);
  return data;
};

const seen = { indicators: { present: ["lack-of-food" as const] }, situation: { immediate_danger: "no" as const } };
const call = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

const suggestion: components["schemas"]["SuggestionDocument"] = had(await client.POST("/v1/assessments", { body: seen }));
assert.equal(suggestion.level, 3);
assert.equal(had(await client.POST("/v1/prompt", { body: seen })).suggestion.level, 3);
const first = had(await client.GET("/v1/rulebooks")).rulebooks[0];
assert(first);
const rulebook = had(await client.GET("/v1/rulebooks/{id}", { params: { path: { id: first.id } } }));
assert(rulebook.indicators.some(({ id }) => id === "lack-of-food"));
assert(had(await client.GET("/v1/indicators", { params: { query: { q: "always hungry" } } })).indicators.length);
assert(had(await client.POST("/v1/spot", { body: { text: "He is always hungry." } })).concerns.length);
assert.equal(had(await client.GET("/v1/health")).status, "ok");
assert.match(had(await client.GET("/v1/metrics", { parseAs: "text" })), /rhrt_requests_total/);

const hook = had(await client.GET("/cds-services")).services[0]?.hook;
assert.equal(hook, "alt.rhrt.safeguarding-referral-draft");
const context = { ...seen, text: "He is always hungry.", userId: "Practitioner/7", patientId: "12" };
const service = "/cds-services/rhrt-level-of-need";
const { cards } = had(await client.POST(service, { body: { hook, hookInstance: call, context } }));
const [card, last] = [cards[0], cards.at(-1)];
assert(card && last);
const ours = card.extension["alt.rhrt"];
assert(ours && "receipt" in ours && ours.level === 3);
const spotted = last.extension["alt.rhrt"];
assert(spotted && "notice" in spotted);
const accepted = card.suggestions?.[0];
assert(accepted);
const outcome = {
  card: card.uuid,
  outcome: "accepted" as const,
  acceptedSuggestions: [{ id: accepted.uuid }],
  outcomeTimestamp: "2026-01-31T09:30:00Z",
};
had(await client.POST(`${service}/feedback`, { body: { feedback: [outcome] } }));

const refused = await client.POST("/v1/assessments", { body: { indicators: { present: ["lack-of-foo" as "lack-of-food"] } } });
assert.equal(refused.error?.faults[0]?.where, "$.indicators.present[0]");
console.log(JSON.stringify([...called].sort()));
