import { createHash } from "node:crypto";
import type { PutOperation } from "@langchain/langgraph-checkpoint";
import type { Character, LifeMemory } from "../data/character.js";
import type { MemoryStore } from "./backends/memory-store.js";
import { LIFE } from "./ownership.js";
import type { MemoryRecord } from "./record.js";
import { textHash } from "./write-gate.js";

/** Where a store notes which prebuilt memories it holds. */
const NOTE = { namespace: ["life-story"], key: "prebuilt" };

/** A prebuilt memory of the life story as it lies in the store. What the author did not know stays unknown. */
export function lifeRecord(memory: LifeMemory): MemoryRecord {
  const { content, thinking, emotion, summary, importance, valence, arousal, paragraphs, key } = memory;
  return {
    kind: "life",
    text: content,
    content,
    thinking,
    emotion,
    summary,
    ...(importance !== undefined && { importance }),
    ...(valence !== undefined && { valence }),
    ...(arousal !== undefined && { arousal }),
    audience: [],
    source: { kind: "import", key, ...(paragraphs && { paragraphs }) },
    recallCount: 0,
    hash: textHash(content),
  };
}

/**
 * Puts the character's prebuilt memories into the store: once, and again only where they changed. Memories that the
 * author took out are removed; those built from the story (`remember`) are left alone.
 * @returns how many were written
 */
export async function installLifeMemories(store: MemoryStore, character: Character): Promise<number> {
  const hash = createHash("sha256").update(JSON.stringify(character.memories)).digest("hex");
  const note = await store.get(NOTE.namespace, NOTE.key);
  if (note?.value.hash === hash) return 0;
  const before: unknown = note?.value.keys;
  const keys = character.memories.map(({ key }) => key);
  const puts: PutOperation[] = character.memories.map((memory) => ({
    namespace: [...LIFE],
    key: memory.key,
    value: lifeRecord(memory),
  }));
  for (const gone of Array.isArray(before)
    ? before.filter((key) => typeof key === "string" && !keys.includes(key))
    : []) {
    puts.push({ namespace: [...LIFE], key: String(gone), value: null });
  }
  puts.push({ namespace: NOTE.namespace, key: NOTE.key, value: { hash, keys }, index: false });
  await store.batch(puts);
  return keys.length;
}
