import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LexicalEmbeddings } from "../models/lexical-embeddings.js";
import { openPassageIndex } from "./passage-index.js";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "passages-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const story = ["My father built boats from larch.", "In winter the ferry froze in.", "I keep bees now."]
  .map((sentence) => sentence.repeat(12))
  .join("\n\n");

/** Counts the times that a whole story was embedded. */
class CountingEmbeddings extends LexicalEmbeddings {
  stories = 0;
  override embedDocuments(texts: string[]): Promise<number[][]> {
    this.stories += 1;
    return super.embedDocuments(texts);
  }
}

async function ask(embeddings: CountingEmbeddings, folder = home): Promise<string | undefined> {
  const index = await openPassageIndex({ story, embeddings, embeddingModel: "lexical", home: folder });
  return (await index.nearest("the ferry in winter", 1))[0]?.text;
}

it("is saved and used again, and made anew where it is damaged", async () => {
  const embeddings = new CountingEmbeddings();
  const found = await ask(embeddings);
  expect(found).toContain("ferry froze");
  expect(await ask(embeddings)).toBe(found);
  expect(embeddings.stories).toBe(1);
  const [folder = ""] = await readdir(join(home, "passages"));
  await writeFile(join(home, "passages", folder, "docstore.json"), "{");
  expect(await ask(embeddings)).toBe(found);
  expect(embeddings.stories).toBe(2);
  expect(await ask(embeddings)).toBe(found);
  expect(embeddings.stories).toBe(2);
});

it("may be opened by several at once", async () => {
  const embeddings = new CountingEmbeddings();
  const found = await Promise.all([1, 2, 3, 4].map(() => ask(embeddings)));
  expect(new Set(found).size).toBe(1);
  expect(await readdir(join(home, "passages"))).toHaveLength(1);
  const before = embeddings.stories;
  await ask(embeddings);
  expect(embeddings.stories).toBe(before);
});

it("serves where it cannot be saved", async () => {
  const file = join(home, "file");
  await writeFile(file, "");
  expect(await ask(new CountingEmbeddings(), file)).toContain("ferry froze");
});
