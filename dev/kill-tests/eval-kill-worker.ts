import { join } from "node:path";
import { Ledger } from "../../evals/core/ledger.js";
import { ReplyCache } from "../../evals/core/reply-cache.js";
import { lockRun } from "../../evals/core/run-lock.js";
import { runSums, simulacraOver } from "../doubles/evals/sums-run.js";
import { ITEMS, METHODS, PEOPLE, REPEATS } from "./eval-kill-plan.js";

// One process of an evaluation that may be killed: FOLDER BASE_URL [hold]. Two runs in one ledger: questionnaire items
// (sessions of one) and sessions of several items. Ends with 0 when nothing is left to do.
const [folder = "", baseURL = "", hold] = process.argv.slice(2);
try {
  const release = lockRun(folder);
  if (hold) {
    process.send?.("held");
    await new Promise((resolve) => process.once("message", resolve));
  }
  const ledger = new Ledger(join(folder, "ledger.sqlite"));
  const cache = new ReplyCache(join(folder, "replies.sqlite"));
  const subjects = await simulacraOver(baseURL, { concurrency: 8, cache });
  process.send?.("begun");
  const run = { ledger, subjects, people: PEOPLE, methods: METHODS, repeats: REPEATS, concurrency: 8 };
  for (const together of [false, true]) await runSums({ ...run, items: ITEMS, together });
  await subjects.close();
  cache.close();
  ledger.close();
  release();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
