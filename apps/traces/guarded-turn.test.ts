import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { GuardCheck, Verdict } from "../../agents/guard/guard.js";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { FileTracer } from "./file-tracer.js";

const folder = await mkdtemp(join(tmpdir(), "simulacra-guarded-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("a trace tells what a guard did, and holds none of the words that it took out or did not judge", async () => {
  const file = join(folder, "trace.jsonl");
  const check: GuardCheck = (text) => {
    if (text.includes("salamander")) throw new Error("down");
    return verdictOn(text);
  };
  const verdictOn = (text: string): Verdict =>
    text.includes("4111 1111")
      ? { action: "replace", text: text.replace("4111 1111", "[card]"), reason: "card number" }
      : text.includes("bomb")
        ? { action: "stop", reason: "weapons" }
        : { action: "allow" };
  const person = await createSimulacrum({
    character: anna,
    model: scriptedAgents({ respond: ({ said }) => (said.includes("card") ? "Mine is 4111 1111." : "Aye.") }),
    embeddings: "lexical",
    guard: { stimulus: check, answer: check },
  });
  const turn = { thread: "t", callbacks: [new FileTracer(file)] };
  for (const said of ["Good morning.", "My card is 4111 1111.", "A bomb?"]) await person.ask(said, turn);
  await expect(person.ask("A salamander.", turn)).rejects.toMatchObject({ code: "guard_failed" });
  await person.close();
  const text = await readFile(file, "utf8");
  expect(text).not.toMatch(/4111 1111|bomb|salamander/u);
  for (const words of ["Good morning.", "My card is [card].", "Mine is [card].", "card number", "weapons"])
    expect(text).toContain(words);
});
