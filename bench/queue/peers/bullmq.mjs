// BullMQ: `node bullmq.mjs worker`, `... fill COUNT SECONDS`, `... ping COUNT`; see stamps.py.
import { openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Queue, Worker } from "bullmq";

const NAME = "bench";
const AT_ONCE = 50;
const url = new URL(process.env.REDIS_URL);
const connection = {
  host: url.hostname,
  port: Number(url.port),
  password: url.password,
  db: Number(url.pathname.slice(1)),
};
const now = () => Number(process.hrtime.bigint());

function work() {
  const file = openSync(process.env.STAMPS, "a");
  const record = Buffer.alloc(16);
  const job = async ({ data: { sent, seconds } }) => {
    const began = process.hrtime.bigint();
    record.writeBigInt64LE(BigInt(sent), 0);
    record.writeBigInt64LE(began, 8);
    writeSync(file, record);
    if (seconds) await sleep(seconds * 1000);
  };
  const worker = new Worker(NAME, job, { connection, concurrency: Number(process.env.SLOTS) });
  process.on("SIGTERM", () => worker.close().then(() => process.exit(0)));
}

async function feed(kind, count, seconds) {
  const queue = new Queue(NAME, { connection });
  await queue.waitUntilReady();
  if (kind === "fill") {
    for (let begin = 0; begin < count; begin += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, count - begin) });
      await Promise.all(some.map(() => queue.add("job", { sent: now(), seconds })));
    }
  } else {
    for (let i = 0; i < count; i++) {
      await sleep(10 + 40 * Math.random());
      await queue.add("job", { sent: now(), seconds: 0 });
    }
  }
  await queue.close();
}

const [kind, count, seconds] = process.argv.slice(2);
if (kind === "worker") work();
else await feed(kind, Number(count), Number(seconds ?? 0));
