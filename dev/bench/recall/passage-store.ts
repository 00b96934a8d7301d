import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import {
  SqliteMemoryStore,
  type SqliteMemoryStoreOptions,
} from "../../../memory/backends/sqlite/sqlite-memory-store.js";

/** Share of the passages that belong to somebody else and may not be found. */
const foreignShare = 0.05;

/** Writes passages to an open store and closes it. */
export async function fill(store: SqliteMemoryStore, passages: readonly string[]): Promise<void> {
  const batch = 500;
  for (let start = 0; start < passages.length; start += batch) {
    await store.batch(
      passages.slice(start, start + batch).map((text, index) => {
        const place = start + index;
        const foreign = place % Math.round(1 / foreignShare) === 0;
        return {
          namespace: foreign ? ["with", "somebody", "long"] : ["life"],
          key: String(place),
          value: { kind: "life", text, content: text, audience: [], hash: String(place) },
        };
      }),
    );
  }
  await store.close();
}

/** Deletes the HNSW index of a store and has it made again. */
export async function rebuildIndex(settings: SqliteMemoryStoreOptions): Promise<void> {
  rmSync(`${settings.path}.hnsw`, { force: true });
  rmSync(`${settings.path}.hnsw.json`, { force: true });
  const store = await SqliteMemoryStore.open(settings);
  await store.buildIndex();
  await store.close();
}

/** SQLite's own full-text search with its own stemming: what one gets without more thought. */
export class PlainFullText {
  private readonly database = new Database(":memory:");

  constructor(passages: readonly string[]) {
    this.database.exec("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize = 'porter unicode61')");
    const insert = this.database.prepare("INSERT INTO plain(text) VALUES (?)");
    this.database.transaction(() => {
      for (const text of passages) insert.run(text);
    })();
  }

  /** The 200 best for any of the question's words. */
  search(question: string): unknown[] {
    const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
    return this.database
      .prepare("SELECT rowid, text FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 200")
      .all(words.map((word) => `"${word}"`).join(" OR "));
  }

  close(): void {
    this.database.close();
  }
}
