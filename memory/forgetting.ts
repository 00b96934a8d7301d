import type { MemoryContext } from "./memory-context.js";
import { audienceOfLabel, isAmong, storedLabels } from "./ownership.js";
import { allItems, talkNamespaces } from "./pages.js";
import { memoryId } from "./recalled-memory.js";
import { memoryRecordSchema } from "./record.js";
import type { Transcript } from "./transcript.js";
import { recordNamespaces, type ThreadRecord } from "./turn-record.js";

/** What forgetting a person removed; `threads` are the conversations that are gone. */
export interface Forgotten {
  memories: number;
  turns: number;
  threads: ThreadRecord[];
  moods: number;
  /** Records of the person. */
  relationships: number;
}

/**
 * Removes everything that was said with this person present, alone or in a group, the moods towards them, and what is
 * known of them.
 */
export async function forget(
  context: MemoryContext,
  { threads, relationships }: Transcript,
  person: string,
): Promise<Forgotten> {
  const shared = await namespacesWith(context, person);
  return context.transact(async (transaction) => {
    const gone: Forgotten = {
      memories: 0,
      turns: 0,
      threads: await threads.of(person, transaction),
      moods: 0,
      relationships: await relationships.forget(transaction, person),
    };
    for (const namespace of shared)
      for (const { key, namespace: place, value } of await allItems(transaction, namespace)) {
        if (!isAmong(person, memoryRecordSchema.parse(value).audience)) continue;
        await transaction.delete(place, key);
        await transaction.delete([...recordNamespaces.due], memoryId(place, key));
        gone.memories++;
      }
    const labels = new Set(storedLabels([person]));
    for (const record of gone.threads) {
      for (const label of storedLabels(record.audience)) labels.add(label);
      for (const { namespace, key } of await allItems(transaction, recordNamespaces.turns(record.thread))) {
        await transaction.delete(namespace, key);
        gone.turns++;
      }
      await threads.remove(transaction, record);
    }
    for (const label of labels) {
      if (!(await transaction.get([...recordNamespaces.moods], label))) continue;
      await transaction.delete([...recordNamespaces.moods], label);
      gone.moods++;
    }
    return gone;
  });
}

/** Namespaces of what was said with this person, or may have been: a long label does not tell who was there. */
async function namespacesWith({ store }: MemoryContext, person: string): Promise<string[][]> {
  const labels = await talkNamespaces(store);
  return labels.filter(([, label = ""]) => {
    const audience = audienceOfLabel(label);
    return audience === null || isAmong(person, audience);
  });
}
