import type { PutOperation } from "@langchain/langgraph-checkpoint";
import { ALL, type MemoryContext, remove } from "./memory-context.js";
import { audienceLabel } from "./ownership.js";
import { memoryId } from "./recalled-memory.js";
import { memoryRecordSchema } from "./record.js";
import { places, type ThreadRecord } from "./turn-record.js";

/** What forgetting a person removed; `threads` are the conversations whose checkpoints have to go as well. */
export interface Forgotten {
  memories: number;
  turns: number;
  threads: string[];
  moods: number;
}

/** Removes everything that was said with this person present, alone or in a group, and the moods towards them. */
export async function forget(
  context: MemoryContext,
  person: string,
  threads: readonly ThreadRecord[],
): Promise<Forgotten> {
  const memories = (await context.store.search(["with"], { limit: ALL })).filter((item) =>
    memoryRecordSchema.parse(item.value).audience.includes(person),
  );
  const puts: PutOperation[] = memories.map((item) => remove(item.namespace, item.key));
  let turns = 0;
  const labels = new Set([audienceLabel([person])]);
  for (const record of threads) {
    labels.add(audienceLabel(record.audience));
    for (const item of await context.store.search(places.turns(record.thread), { limit: ALL })) {
      puts.push(remove(item.namespace, item.key));
      turns++;
    }
    puts.push(remove([...places.threads], record.thread));
  }
  let moods = 0;
  for (const label of labels) {
    if (await context.store.get([...places.moods], label)) {
      puts.push(remove([...places.moods], label));
      moods++;
    }
  }
  const gone = new Set(memories.map((item) => memoryId(item.namespace, item.key)));
  for (const { key } of await context.store.search([...places.due], { limit: ALL }))
    if (gone.has(key)) puts.push(remove([...places.due], key));
  await context.store.batch(puts);
  return { memories: memories.length, turns, threads: threads.map((record) => record.thread), moods };
}
