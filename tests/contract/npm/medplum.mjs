// Asks the service as Medplum's client of CDS Hooks does: node medplum.mjs URL KEY HOOK CONTEXT.
globalThis.WebSocket ??= class {}; // Node has it from 22 on; the client only names it
const { MedplumClient, buildCdsRequest } = await import("@medplum/core");

const [url, key, hook, context] = process.argv.slice(2);
const medplum = new MedplumClient({ baseUrl: url, accessToken: undefined, defaultHeaders: key ? { Authorization: `Bearer ${key}` } : {} });
const { services } = await medplum.getCdsServices();
const service = services.find((one) => one.hook === hook);
const user = { resourceType: "Practitioner", id: "7" };
const request = await buildCdsRequest(medplum, user, service, { userId: "Practitioner/7", ...JSON.parse(context) });
const response = await medplum.callCdsService(service.id, request);
console.log(JSON.stringify({ services, request, response }));
