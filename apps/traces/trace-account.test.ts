import { expect, it } from "vitest";
import { traceAccount } from "./trace-account.js";
import { runLineSchema, TRACE_VERSION } from "./trace-line.js";

/** One node's run, in the given second. */
const node = (second: number, name: string, thread?: string) =>
  runLineSchema.parse({
    v: TRACE_VERSION,
    type: "chain",
    id: `node-${second}`,
    parent: `run-${second}`,
    trace: `run-${second}`,
    name,
    startedAt: new Date(second * 1000).toISOString(),
    ms: 1,
    tags: [],
    metadata: { langgraph_node: name, character: "anna", ...(thread !== undefined && { thread_id: thread }) },
  });

it("puts a consolidation behind the turn that it follows, not in the conversation that was begun last", () => {
  const lines = [
    node(1, "reflect", "bens"),
    node(2, "reflect", "carlas"),
    node(3, "reflect", "bens"),
    node(4, "weigh"),
  ];
  const { conversations } = traceAccount({ lines, problems: [], bytes: 0 });
  expect(conversations.map(({ thread, runs }) => [thread, runs.map(({ kind }) => kind)])).toEqual([
    ["bens", ["turn", "turn", "consolidation"]],
    ["carlas", ["turn"]],
  ]);
});
