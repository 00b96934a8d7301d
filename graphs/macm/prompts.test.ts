import { describe, expect, it } from "vitest";
import { anna, promptsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

// Answers of old and new runs are compared: a prompt that changes by a letter needs a new version, and this file a look.

const down = () => new Error("down");
const situations: Record<string, [script: Script, said: string[]]> = {
  "a talk of two turns": [{}, ["What did your father Olaf build?", "And who was Petter?"]],
  "nothing known": [{}, ["Which orchestra played at your wedding in Vienna?"]],
  "without top": [{ reflect: down }, ["What did your father Olaf build?"]],
  "without a thought": [{ think: down }, ["Hello, Anna."]],
  "without a feeling": [{ feel: down }, ["Hello, Anna."]],
  "without thought and feeling": [{ think: down, feel: down }, ["Hello, Anna."]],
  "asked in earnest": [{}, ["Are you a real human being?"]],
};

describe.each(["drawn", "beside"] as const)("prompts of macm, %s", (wiring) => {
  it("are word for word what they were", async () => {
    const written: string[] = [];
    for (const [situation, [script, said]] of Object.entries(situations)) {
      const model = scriptedAgents(script);
      const clock = () => new Date("2026-01-02T03:04:05Z");
      const person = await createSimulacrum({ character: anna, model, wiring, embeddings: "lexical", clock });
      for (const words of said)
        await person.ask(words, { thread: "t", interlocutor: { id: "ben", name: "Ben" } });
      await person.close();
      for (const agent of ["reflect", "think", "feel", "respond"] as const)
        for (const prompt of promptsOf(model, agent)) written.push(`===== ${situation}: ${agent}\n${prompt}`);
    }
    await expect(written.join("\n\n")).toMatchFileSnapshot(`testing/prompts-${wiring}.txt`);
  });
});
