// Asks the service by the exchange code of the official sandbox of CDS Hooks: node made.cjs URL HOOK CONTEXT TOKEN.
import callServices from "./sandbox/src/retrieve-data-helpers/service-exchange.js";

const [url, hook, context, token] = process.argv.slice(2);
const { services } = await (await fetch(`${url}/cds-services`)).json();
const service = services.find((one) => one.hook === hook);
const address = `${url}/cds-services/${service.id}`;
const state = {
  hookState: { currentHook: service.hook },
  fhirServerState: {
    currentFhirServer: "https://launch.smarthealthit.org/v/r4/fhir",
    accessToken: token ? { access_token: token, expires_in: 300 } : null,
  },
  patientState: { currentPatient: { id: "smart-1288992" }, currentUser: "", defaultUser: "Practitioner/COREPRACTITIONER1" },
  cdsServicesState: { configuredServices: { [address]: service } },
};
const entries = Object.entries(JSON.parse(context)).map(([key, value]) => ({ key, value }));
const stored = [];
await callServices((action) => stored.push(action), state, address, entries);
console.log(JSON.stringify({ services, ...stored[0] }));
