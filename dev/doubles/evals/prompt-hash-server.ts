import { FaultyModelServer } from "../models/faulty-model-server.js";
import { replyByHash } from "./stand-in-model.js";

// A model server for measuring, in a process of its own: the same prompt always gets the same reply, whatever came between.
// Argument: latency in milliseconds. Told anything over IPC, it says how many chat requests it has seen.

const latencyMs = Number(process.argv[2] ?? 0);
let seen = 0;
const server = await FaultyModelServer.choosing((request) => {
  seen++;
  // Prompts need not be kept.
  server.requests.length = 0;
  return { reply: replyByHash(request), latencyMs };
});
process.send?.({ baseURL: server.baseURL });
process.on("message", () => process.send?.({ seen }));
process.on("disconnect", () => process.exit());
