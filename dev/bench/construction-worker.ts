import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { characterSchema } from "../../data/index.js";
import { constructMemories } from "../../graphs/memory-construction/construct-memories.js";
import { SqliteMemoryStore } from "../../memory/index.js";
import { resolveChatModel, resolveEmbeddings } from "../../models/index.js";

// Constructs the memories of FOLDER/story.md and prints how long it took: a process of its own, so that it can be killed.
const [folder = "", embeddingName = "lexical", concurrency = "16"] = process.argv.slice(2);
const character = characterSchema.parse({
  id: "ada",
  name: "Ada",
  profile: {},
  personality: { traits: ["I count things twice."] },
  story: await readFile(join(folder, "story.md"), "utf8"),
  source: { origin: "benchmark", licence: "none" },
});
const model = await resolveChatModel("openai:stub", { concurrency: Number(concurrency) });
const { embeddings, id } = await resolveEmbeddings(embeddingName);
const store = await SqliteMemoryStore.open({
  path: join(folder, "memory.sqlite"),
  embeddings,
  embeddingModel: id,
});
const start = performance.now();
const report = await constructMemories({ character, model, store });
const ms = performance.now() - start;
await store.close();
if (report.failed.length > 0) throw new Error(JSON.stringify(report.failed[0]));
process.stdout.write(JSON.stringify({ ms, ...report }));
