import { SqliteMemoryStore } from "../../../memory/backends/sqlite/sqlite-memory-store.js";
import { installLifeMemories } from "../../../memory/life-story.js";
import { withAudience } from "../../../memory/ownership.js";
import type { MemoryRecord } from "../../../memory/record.js";
import { SimulacrumMemory } from "../../../memory/simulacrum-memory.js";
import { LexicalEmbeddings } from "../../../models/index.js";
import { exampleCharacter } from "../data/example-character.js";

/** Ada, who paints lighthouses, and has been told secrets by Ben, by Carla, and by both of them together. */
export const ada = exampleCharacter({
  memories: [
    {
      key: "001",
      content: "My father kept the lamp of the Skerry lighthouse until the winter of 1981.",
      thinking: "Somebody has to stay awake.",
      emotion: "I was proud of him.",
      summary: "Father kept the lamp.",
      paragraphs: [1, 2],
    },
    {
      key: "002",
      content: "I paint the lighthouses of the northern coast white every third summer.",
      thinking: "Salt eats everything.",
      emotion: "Content.",
      summary: "Paints.",
    },
  ],
});

export const secrets = {
  ben: "Ben: I buried the brass compass under the pear tree.",
  carla: "Carla: I burned the letters from Lisbon in the stove.",
  both: "Ben: We two sank the green dinghy on purpose.",
};

/** A real store with the life story, three confidences, a transcript and a mood. */
export async function memoryWithConfidences(): Promise<SimulacrumMemory> {
  const embeddings = new LexicalEmbeddings();
  const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings, embeddingModel: "lexical" });
  await installLifeMemories(store, ada);
  const told: [string[], string][] = [
    [["ben"], secrets.ben],
    [["carla"], secrets.carla],
    [["ben", "carla"], secrets.both],
  ];
  for (const [index, [audience, text]] of told.entries()) {
    const record: MemoryRecord = {
      kind: "short",
      text,
      content: text,
      audience,
      source: { kind: "thread", thread: `t${index}`, turns: [1, 1] },
      at: "2026-05-01T10:00:00.000Z",
      recallCount: 0,
      hash: `hash-${index}`,
    };
    await store.put(withAudience(audience, "short"), `t${index}#1`, record);
  }
  await store.put(["turns", "t1"], "1", { text: secrets.carla }, false);
  await store.put(["moods"], "carla", { valence: -0.5 }, false);
  return new SimulacrumMemory({
    store,
    self: { name: ada.name },
    embeddings,
    baseline: { valence: 0, arousal: 0.3 },
    ranking: { hashedVectors: true },
    clock: () => new Date("2026-06-01T10:00:00Z"),
  });
}
