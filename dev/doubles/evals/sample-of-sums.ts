import type { Sample, SampleStatus } from "../../../evals/core/contract.js";

/** A sample of the sums instrument: right, wrong, or ended otherwise. */
export function sampleOf(
  method: string,
  character: string,
  item: number,
  { repeat = 1, ended = 1 as 0 | 1 | SampleStatus, model = "m", at = "2026-01-01" } = {},
): Sample {
  const answered = typeof ended === "number";
  const session = `${method}-${model}-${character}-${item}-${repeat}-${at}`;
  return {
    key: `${session}/0`,
    session,
    instrument: "sums",
    character,
    condition: { method, model, framing: "friend", arm: "" },
    item: String(item),
    position: 0,
    repeat,
    status: answered ? "answered" : ended,
    reason: null,
    question: "",
    reply: "",
    answer: null,
    shown: null,
    keyShown: null,
    data: null,
    scores: answered ? { right: ended } : null,
    mind: null,
    promptHash: null,
    usage: { voice: { calls: 1, reasks: 0, inputTokens: 1_000, outputTokens: 100 } },
    cachedCalls: 0,
    latencyMs: 100 * item,
    degraded: [],
    at,
  };
}
