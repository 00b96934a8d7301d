import type { MemoryTransaction } from "./backends/memory-store.js";
import { recordNamespaces } from "./turn-record.js";
import type { Refusal } from "./write-gate.js";

/** Counts what the write gate refused. */
export async function countRefusal(transaction: MemoryTransaction, refusal: Refusal): Promise<void> {
  const known: unknown = (await transaction.get([...recordNamespaces.refusals], refusal))?.value.count;
  const count = (typeof known === "number" ? known : 0) + 1;
  await transaction.put([...recordNamespaces.refusals], refusal, { count }, false);
}
