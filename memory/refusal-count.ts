import type { MemoryTransaction } from "./backends/memory-store.js";
import { places } from "./turn-record.js";
import type { Refusal } from "./write-gate.js";

/** Counts what the write gate refused. */
export async function countRefusal(transaction: MemoryTransaction, refusal: Refusal): Promise<void> {
  const known: unknown = (await transaction.get([...places.refusals], refusal))?.value.count;
  const count = (typeof known === "number" ? known : 0) + 1;
  await transaction.put([...places.refusals], refusal, { count }, false);
}
