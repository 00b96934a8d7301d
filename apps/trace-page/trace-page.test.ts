import { expect, it } from "vitest";
import { traceAccount } from "../traces/trace-account.js";
import { type TraceLine, traceLineSchema } from "../traces/trace-line.js";
import { tracePage } from "./trace-page.js";

const hostile = `</p><script>alert("x")</script>\u0000 ${"ש".repeat(3)} ${"w".repeat(3_000)}`;

/** The lines of one turn in which every text is hostile. */
function lines(): TraceLine[] {
  const run = (id: string, name: string, output: object, more: object = {}) => ({
    v: 1,
    type: "chain",
    id,
    parent: "root",
    trace: "root",
    name,
    startedAt: "2026-01-02T03:04:05.000Z",
    ms: 5,
    metadata: { thread_id: hostile, langgraph_node: name, character: "anna", method: "macm" },
    output,
    ...more,
  });
  const memory = {
    id: "life/1",
    kind: "life",
    text: hostile,
    thinking: hostile,
    emotion: hostile,
    score: 1,
    parts: { lexical: 1, dense: -0.5, priors: 0, support: 0.5 },
    source: { kind: "import", key: "1", paragraphs: [1, 2] },
  };
  return [
    { v: 1, type: "character", id: "anna", name: hostile },
    {
      v: 1,
      type: "passage",
      id: "anna/story/1-2",
      name: hostile,
      character: "anna",
      paragraphs: [1, 2],
      text: hostile,
    },
    run("a", "__start__", { said: [{ name: hostile, text: hostile }], people: [{ id: hostile }] }),
    run("b", "reflect", { reflection: { keyElements: [hostile], asksForMemory: true, queries: [hostile] } }),
    run("c", "recall", { recollection: { memories: [memory], nothingRelevant: true } }),
    run("d", "think", { faults: { thinking: hostile } }),
    run("e", "respond", { answer: hostile }, { error: hostile }),
    {
      ...run("f", hostile, {}),
      type: "llm",
      parent: "e",
      metadata: { role: hostile, ls_model_name: hostile },
      messages: [
        { role: "system", content: hostile },
        { role: "human", content: hostile },
      ],
      text: hostile,
    },
  ].map((line) => traceLineSchema.parse(line));
}

it("every text of a trace is data: no markup of it reaches the page", async () => {
  const page = await tracePage(
    traceAccount({ lines: lines(), problems: [{ line: 3, reason: hostile }], bytes: 1 }),
  );
  expect(page.match(/<script/gu)).toHaveLength(2);
  expect(page).not.toContain("\u0000");
  expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\u2400");
});

it("a turn that was cut off says so, and shows what there is", async () => {
  const page = await tracePage(traceAccount({ lines: lines().slice(0, 5), problems: [], bytes: 1 }));
  expect(page).toContain("The file ends before this turn did");
  expect(page).toContain("these only come nearest");
});
