import type { PutOperation } from "@langchain/langgraph-checkpoint";
import { type MemoryContext, put } from "./memory-context.js";
import { places } from "./turn-record.js";
import type { Refusal } from "./write-gate.js";

/** Operations that count what the write gate refused, to be stored with the rest of what the caller stores. */
export async function countedRefusals(
  context: MemoryContext,
  refusals: readonly Refusal[],
): Promise<PutOperation[]> {
  return Promise.all(
    [...new Set(refusals)].map(async (refusal) => {
      const known: unknown = (await context.store.get([...places.refusals], refusal))?.value.count;
      const more = refusals.filter((one) => one === refusal).length;
      return put(
        [...places.refusals],
        refusal,
        { count: (typeof known === "number" ? known : 0) + more },
        false,
      );
    }),
  );
}
