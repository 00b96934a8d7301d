import { randomUUID } from "node:crypto";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { Sample } from "./contract.js";
import type { sessionGraph } from "./session-graph.js";
import { type SessionParts, SUBJECT } from "./session-state.js";

/** Supersteps of an item in the session graph. */
const STEPS = 4;

/**
 * Runs one session from its first item in a new thread, and gives its samples: one for every item, whatever happened.
 * @throws what stopped the run (an aborted signal); failures of subjects are samples, not errors
 */
export async function runSession(
  graph: ReturnType<typeof sessionGraph>,
  parts: SessionParts,
  config: Pick<RunnableConfig, "signal" | "callbacks"> = {},
): Promise<readonly Sample[]> {
  const { session, instrument, scope } = parts;
  const thread = `eval-${randomUUID()}`;
  const { method } = session.condition;
  try {
    const end = await scope.run(() =>
      graph.invoke(
        { thread },
        {
          ...config,
          context: { parts },
          recursionLimit: STEPS * session.items.length + 1,
          runName: `${instrument.name} session`,
          tags: [`instrument:${instrument.name}`, `method:${method}`],
          metadata: { instrument: instrument.name, method, repeat: session.repeat },
        },
      ),
    );
    return end.samples;
  } finally {
    await parts.subject.end(`${thread}/${SUBJECT}`);
    for (const [seat, party] of Object.entries(parts.parties)) await party.end(`${thread}/${seat}`);
  }
}
