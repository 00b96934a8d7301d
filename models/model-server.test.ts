import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HumanMessage } from "@langchain/core/messages";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { callStructured } from "./call-structured.js";
import { callText } from "./call-text.js";
import { resolveChatModel } from "./resolve-chat-model.js";

/** The stand-in server lies in a sibling folder of the repository; without it there is nothing to test here. */
const script = fileURLToPath(new URL("../../shared/tools/model-server.mjs", import.meta.url));
const messages = [new HumanMessage("What do you do in winter?")];
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill();
  child = undefined;
});

async function modelWith(args: string[], options: Parameters<typeof resolveChatModel>[1] = {}) {
  child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) =>
    child?.stdout?.once("data", (data: Buffer) => resolve(data.toString())),
  );
  const { baseURL } = JSON.parse(line) as { baseURL: string };
  return resolveChatModel("openai:stub", { env: { OPENAI_BASE_URL: baseURL }, backoffMs: 20, ...options });
}

describe.skipIf(!existsSync(script))("with the stand-in model server", () => {
  it("tokens come as the server sends them", async () => {
    const model = await modelWith(["--latency", "100", "--token-gap", "20"]);
    const start = performance.now();
    let first = 0;
    let chunks = 0;
    for await (const chunk of await model.stream(messages)) {
      if (chunk.text !== "") first ||= performance.now() - start;
      chunks++;
    }
    const whole = performance.now() - start;
    expect(first).toBeLessThan(whole / 2);
    expect(chunks).toBeGreaterThan(20);
    expect(whole - first).toBeGreaterThan(300);
  });

  it("faults are borne: 500, 429, empty, half a JSON, a cut connection", async () => {
    const model = await modelWith(["--fail", "1:500,2:429,4:empty,6:drop"]);
    expect((await callText({ model, messages, role: "top" })).text).not.toBe("");
    expect((await callText({ model, messages, role: "top" })).text).not.toBe("");
    expect((await callText({ model, messages, role: "top" })).text).not.toBe("");
  });

  it("structured replies come through, also when the first is half", async () => {
    const model = await modelWith(["--fail", "1:half"]);
    const schema = z.object({ keyElements: z.array(z.string()).min(1), valence: z.number().min(-1).max(1) });
    const { value } = await callStructured({ model, messages, role: "top", schema, name: "reflection" });
    expect(value.keyElements.length).toBeGreaterThan(0);
  });

  it("a hanging server and a refused key end in their errors", async () => {
    const model = await modelWith(["--fail", "1:hang,2:401"], { firstTokenTimeoutMs: 200 });
    await expect(callText({ model, messages, role: "top" })).rejects.toMatchObject({ code: "model_timeout" });
    await expect(callText({ model, messages, role: "top" })).rejects.toMatchObject({ code: "missing_key" });
  });
});
