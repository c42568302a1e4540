// From a table to a deck over HTTP alone: `npm install eventsource`, with Node 22.12 or newer.
//
//   node deck.mjs http://localhost:3000 sales.csv "Which regions grew?" [https://you.example/decks]
//
// The last one is told of the ends of both jobs: receiver.mjs. DECKGEN_API_KEY is sent where keys are asked for.

import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { EventSource } from "eventsource";

const [url, table, question, webhookUrl] = process.argv.slice(2);
const { DECKGEN_API_KEY: key } = process.env;
const context = { businessContext: question };
const userId = "node";

// fetch, with the key.
function fetchWithKey(path, options = {}) {
  const headers = { ...options.headers, ...(key && { Authorization: `Bearer ${key}` }) };
  return fetch(new URL(path, url), { ...options, headers });
}

// What is refused has a code for programs, and a sentence for people.
async function request(path, options) {
  const answer = await fetchWithKey(path, options);
  if (answer.ok) return answer;
  const { code, detail } = await answer.json();
  throw new Error(`${code}: ${detail}`);
}

// The text of a CSV goes along in JSON.
async function askWithText(deckId) {
  const csvData = await readFile(table, "utf8");
  const body = JSON.stringify({ deckId, userId, context, csvData, webhookUrl });
  const headers = { "Content-Type": "application/json" };
  return (await request("/api/ai/generate-async", { method: "POST", headers, body })).json();
}

// A file, which may be a workbook or Parquet too, goes as a form. fetch gives it its Content-Type.
async function askWithFile(deckId) {
  const body = new FormData();
  const fields = { deckId, userId, context: JSON.stringify(context), webhookUrl };
  for (const [name, value] of Object.entries(fields)) if (value) body.set(name, value);
  body.set("csvData", await openAsBlob(table), basename(table));
  return (await request("/api/ai/generate-async", { method: "POST", body })).json();
}

// The job's last event. A stream that breaks off is gone on with by EventSource itself; one that is refused is not.
async function follow({ statusUrl }) {
  const events = new EventSource(new URL(`${statusUrl}/events`, url), { fetch: fetchWithKey });
  try {
    return await new Promise((resolve, reject) => {
      for (const end of ["job.completed", "job.failed", "job.cancelled"]) {
        events.addEventListener(end, ({ data }) => resolve(JSON.parse(data)));
      }
      events.addEventListener("step.completed", ({ data }) => console.log(JSON.parse(data).data.step));
      events.addEventListener("error", ({ message }) => {
        if (events.readyState === EventSource.CLOSED) reject(new Error(message));
      });
    });
  } finally {
    events.close();
  }
}

for (const [deckId, ask] of [["from-text", askWithText], ["from-file", askWithFile]]) {
  const submitted = await ask(deckId);
  const { kind, data } = await follow(submitted);
  if (kind !== "job.completed") throw new Error(`${kind} ${data.code ?? ""} ${data.message ?? ""}`);
  const { deck } = await (await request(submitted.deckUrl)).json();
  console.log(`${deckId}: ${deck.slides.length} slides, ${deck.facts.length} facts`);
}
