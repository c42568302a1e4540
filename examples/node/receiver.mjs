// Receives webhooks, and believes those that deckgen has signed: `npm install standardwebhooks`.
//
//   WEBHOOK_SECRET=whsec_... node receiver.mjs 8080

import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const seen = new Set(); // of ids; several receivers share a table with them

const server = createServer(async (request, response) => {
  let event;
  try {
    // The signature is over the bytes as they came, so nothing parses them before.
    event = webhook.verify(await text(request), request.headers);
  } catch {
    return response.writeHead(400).end();
  }
  const id = request.headers["webhook-id"];
  if (!seen.has(id)) console.log(event.type, event.data.deckId);
  seen.add(id); // an event may come twice
  response.writeHead(204).end();
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
