import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { afterEach, expect, it } from "vitest";
import { tinyLines, withFile } from "../../dev/doubles/evals/tiny-file.js";
import { resolveChatModel } from "../../models/index.js";
import type { Sample } from "../core/contract.js";
import { Ledger } from "../core/ledger.js";
import { SubjectOpener } from "../core/open-subjects.js";
import { pendingSessions } from "../core/pending-sessions.js";
import { runSessions } from "../core/run-sessions.js";
import { Subjects } from "../core/subjects.js";
import simbench from "./instrument.js";
import { settings } from "./settings.js";

/** Whoever listens to tokens makes LangChain ask for a stream. */
class TokenListener extends BaseCallbackHandler {
  readonly name = "listener";
  readonly lc_prefer_streaming = true;
  override handleLLMNewToken(): void {}
}

let server: Server | undefined;
let child: ChildProcess | undefined;
afterEach(() => {
  server?.close();
  child?.kill();
  server = undefined;
  child = undefined;
});

/** A server of OpenAI's protocol whose first token has these chances; asked for none, it gives none. */
async function serving(
  chances: Readonly<Record<string, number>>,
): Promise<{ baseURL: string; bodies: object[] }> {
  const bodies: object[] = [];
  const alternatives = Object.entries(chances).map(([token, chance]) => ({
    token,
    logprob: Math.log(chance),
    bytes: null,
  }));
  const started = createServer(async (request, response) => {
    const body: { logprobs?: boolean } = JSON.parse(await text(request));
    bodies.push(body);
    const logprobs = body.logprobs
      ? {
          content: [
            { ...alternatives[0], top_logprobs: alternatives },
            { token: ".", logprob: 0, top_logprobs: [] },
          ],
        }
      : null;
    const base = { id: "1", created: 1, model: "stub" };
    const usage = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 };
    response.setHeader("content-type", "application/json");
    const message = { role: "assistant", content: "A." };
    const choices = [{ index: 0, message, logprobs, finish_reason: "stop" }];
    response.end(JSON.stringify({ ...base, object: "chat.completion", choices, usage }));
  });
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  server = started;
  return { baseURL: `http://127.0.0.1:${(started.address() as AddressInfo).port}/v1`, bodies };
}

const ask = (baseURL: string, { listened = false, way = "logprobs" } = {}): Promise<Sample[]> =>
  withFile(tinyLines, async (data, folder) => {
    const ledger = new Ledger(join(folder, "ledger.sqlite"));
    const opener = new SubjectOpener({
      characters: [],
      chatModel: (name, options) => resolveChatModel(name, { env: { OPENAI_BASE_URL: baseURL }, ...options }),
      embeddings: () => Promise.reject(new Error("nobody embeds here")),
    });
    try {
      const plan = await simbench.plan({
        characters: [],
        methods: ["prompt"],
        models: ["openai:stub"],
        repeats: 1,
        seed: "1",
        framing: "friend",
        settings: settings.parse({ data, way }),
      });
      const subjects = new Subjects((who) => opener.open(who));
      const { sessions } = await pendingSessions(simbench, plan, subjects, ledger);
      await runSessions(sessions, {
        instrument: simbench,
        plan,
        ledger,
        concurrency: 2,
        ...(listened && { callbacks: [new TokenListener()] }),
      });
      return [...ledger.samples()];
    } finally {
      await opener.close();
      ledger.close();
    }
  });

it.each([{ listened: false }, { listened: true }])(
  "chances of the first token come through a whole run, whether somebody listens to its tokens or not (%o)",
  async ({ listened }) => {
    const { baseURL, bodies } = await serving({ A: 0.4, " A": 0.2, B: 0.2, The: 0.1 });
    const samples = await ask(baseURL, { listened });
    expect(bodies[0]).toMatchObject({ logprobs: true, top_logprobs: 20 });
    // Chances come with a whole reply only.
    expect(bodies.some((body) => "stream" in body && body.stream === true)).toBe(false);
    expect(samples.map(({ status, shown }) => [status, shown]).sort()).toEqual([
      ["answered", "A 75 %, B 25 %"],
      ["answered", "A 75 %, B 25 %"],
      ["answered", "A 75 %, B 25 %, C 0 %"],
    ]);
    expect(samples[0]?.scores?.covered).toBeCloseTo(0.8, 6);
    const sure = samples.find(({ character }) => character === "sure");
    expect(sure?.scores?.score).toBeCloseTo(50, 6);
  },
);

it("a server that gives none leaves the sample unread, and says why", async () => {
  const { baseURL } = await serving({});
  const samples = await ask(baseURL);
  expect(samples.map(({ status }) => status)).toEqual(["unparsable", "unparsable", "unparsable"]);
});

/** The stand-in server lies in a sibling folder of the repository. */
const script = fileURLToPath(new URL("../../../shared/tools/model-server.mjs", import.meta.url));
it.skipIf(!existsSync(script))("the stand-in model server's chances are read for every option", async () => {
  const running = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  child = running;
  const line = await new Promise<string>((resolve) =>
    running.stdout.once("data", (data: Buffer) => resolve(data.toString())),
  );
  const samples = await ask((JSON.parse(line) as { baseURL: string }).baseURL);
  expect(samples.map(({ status }) => status)).toEqual(["answered", "answered", "answered"]);
  for (const { scores } of samples) expect(scores?.covered).toBeCloseTo(1 / 1.05, 6);
});
