import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createColors } from "picocolors";
import { afterAll, expect, it } from "vitest";
import { anna, scriptedAgents } from "../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../graphs/simulacrum/simulacrum.js";
import { explainMind } from "./cli/chat/explain-mind.js";
import { wants } from "./examples/fifth-agent.js";
import { tracePage } from "./trace-page/trace-page.js";
import { FileTracer } from "./traces/file-tracer.js";
import { readTrace } from "./traces/read-trace.js";
import { traceAccount } from "./traces/trace-account.js";

const folder = await mkdtemp(join(tmpdir(), "simulacra-added-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("what an added agent made of a turn, and that it failed, is shown wherever a mind is", async () => {
  const file = join(folder, "trace.jsonl");
  let down = false;
  const person = await createSimulacrum({
    character: anna,
    model: scriptedAgents(),
    embeddings: "lexical",
    agents: {
      add: [
        {
          ...wants,
          act: async () => {
            if (down) throw new Error("down");
            return "A story, I think.";
          },
        },
      ],
      without: ["emotion"],
    },
  });
  const turn = { thread: "t", callbacks: [new FileTracer(file)] };
  const result = await person.ask("Good morning.", turn);
  const why = explainMind(result, person.agents, createColors(false));
  expect(why.slice(why.indexOf("What they want"))[1]).toBe("  A story, I think.");
  expect(why).not.toContain("Felt");
  down = true;
  const second = await person.ask("And now?", turn);
  expect(explainMind(second, person.agents, createColors(false))).toContain(`  ${wants.whenItFails}`);
  await person.close();
  const account = traceAccount(await readTrace(file));
  const runs = account.conversations.flatMap((conversation) => conversation.runs);
  expect(runs.map(({ added }) => added)).toEqual([
    [{ title: "What they want", text: "A story, I think." }],
    [],
  ]);
  expect(runs[0]?.steps.map(({ name, does }) => does ?? name)).toContain("Asks what the other one wants");
  const page = await tracePage(account);
  for (const words of ["A story, I think.", "The agent “wants” failed", "(macm:without=emotion)"])
    expect(page).toContain(words);
});
