// What somebody does with a client that was generated in TypeScript: from a table to files, and to a link.
// Started with the server's address, a key, a table and the secret of webhooks.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { Webhook } from "standardwebhooks";
import { client } from "./client/client.gen.js";
import { formDataBodySerializer } from "./client/client/index.js";
import * as deckgen from "./client/index.js";

const [url, key, table, secret] = process.argv.slice(2) as [string, string, string, string];
const context = { businessContext: "How did newspaper revenue develop?" };
client.setConfig({ baseUrl: url, auth: () => key });

async function events(jobId: string): Promise<deckgen.JobEvent[]> {
  const seen: deckgen.JobEvent[] = [];
  const { stream } = await deckgen.followJob({ path: { jobId } });
  for await (const event of stream) if (event) seen.push(event);
  return seen;
}

async function asJson(webhookUrl: string): Promise<void> {
  const csvData = await readFile(table, "utf8");
  const body = { deckId: "ts-json", userId: "bob", context, csvData, webhookUrl };
  const { data, error } = await deckgen.requestDeck({ body });
  assert(data, JSON.stringify(error));
  const last = (await events(data.jobId)).at(-1);
  assert(last?.kind === "job.completed");
  assert(!last.data.warnings?.length);
  const read = await deckgen.getDeck({ path: { deckId: data.deckId } });
  assert(read.data?.deck?.facts[0]?.sql);
}

async function asForm(): Promise<void> {
  const file = new File([await readFile(table)], basename(table), { type: "text/csv" });
  const body: deckgen.GenerateForm = { deckId: "ts-form", userId: "bob", context, csvData: file, priority: 7 };
  const { data, error } = await client.post<deckgen.RequestDeckResponses, deckgen.RequestDeckErrors>({
    ...formDataBodySerializer,
    url: "/api/ai/generate-async",
    security: [{ scheme: "bearer", type: "http" }],
    body,
    headers: { "Content-Type": null },
  });
  assert(data, JSON.stringify(error));
  assert.equal((await events(data.jobId)).at(-1)?.kind, "job.completed");
  const read = await deckgen.getDeck({ path: { deckId: "ts-form" } });
  assert.equal(read.data?.deck?.source?.name, basename(table));
}

async function begins(file: Blob | File | undefined, magic: string): Promise<void> {
  assert(file);
  assert.equal(await file.slice(0, magic.length).text(), magic);
}

async function files(): Promise<void> {
  const path = { deckId: "ts-form" };
  await begins((await deckgen.getPptx({ path })).data, "PK");
  const pdf = await deckgen.getPdf({ path });
  await begins(pdf.data, "%PDF-");
  const tag = pdf.response?.headers.get("ETag") ?? "";
  const again = await deckgen.getPdf({ path, headers: { "If-None-Match": tag } });
  assert.equal(again.response?.status, 304);
}

async function link(): Promise<void> {
  const created = await deckgen.createShare({ path: { deckId: "ts-form" }, body: { expiresInDays: 1 } });
  const token = created.data?.url.split("/").at(-1) ?? "";
  await begins((await deckgen.getSharedPdf({ path: { token } })).data, "%PDF-");
}

async function many(): Promise<void> {
  const csvData = `a,b\n${"1,2\n".repeat(20_000)}${"\u0000\u0001".repeat(75_000)}`;
  const { data } = await deckgen.requestDeck({ body: { deckId: "ts-broken", userId: "bob", csvData } });
  assert(data);
  assert.equal((await events(data.jobId)).at(-1)?.kind, "job.failed");
  const found = await deckgen.findJobs({ query: { status: ["failed"], user: "bob" } });
  const job = found.data?.jobs.find((one) => one.deckId === "ts-broken");
  assert(job?.error);
  const filter = { deck: "ts-broken", code: [job.error.code] };
  const counted = await deckgen.retryJobs({ body: { ...filter, dryRun: true } });
  assert(counted.data && "count" in counted.data);
  const retried = await deckgen.retryJobs({ body: { ...filter, count: counted.data.count } });
  assert(retried.data && "changed" in retried.data);
  assert.equal(retried.data.changed, 1);
}

async function unknown(): Promise<void> {
  const { error } = await deckgen.getJob({ path: { jobId: "00000000-0000-0000-0000-000000000000" } });
  assert(error);
  assert.equal(error.code satisfies deckgen.ErrorCode | string, "job_not_found");
  assert.equal((await fetch(url + error.type)).status, 200);
  // A later release may answer with a code that this client does not know.
  ({ ...error, code: "of_tomorrow" }) satisfies deckgen.Problem;
}

const told = Promise.withResolvers<deckgen.Notification>();
const receiver = createServer(async (request, response) => {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  const headers = request.headers as Record<string, string>;
  told.resolve(new Webhook(secret).verify(Buffer.concat(parts).toString(), headers) as deckgen.Notification);
  response.writeHead(204).end();
});
await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
await asJson(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
assert.equal((await told.promise).type, "job.completed");
receiver.close();
await asForm();
await files();
await link();
await many();
await unknown();
console.log("all done");
