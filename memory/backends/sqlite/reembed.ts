import type { Embedder } from "../embedder.js";
import { denseTextOf } from "../indexed-text.js";
import { vectorBytes } from "../unit-vector.js";
import type { Connection } from "./connection.js";
import { clearSpace, readSpace, setSpace } from "./embedding-space.js";
import { readMeta, writeMeta } from "./meta.js";

/** Texts embedded and committed at once: what a kill can cost. */
const batchSize = 64;

/**
 * Embeds the whole store with another model. The new vectors grow beside the old ones and replace them in one
 * transaction at the end: until then the store stays one of the old model, and a run that was cut short is continued.
 * @throws SimulacraError model_failed; what was embedded until then is kept
 */
export async function reembed(
  connection: Connection,
  embedder: Embedder,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<void> {
  connection.writing(() => {
    if (readMeta(connection, "reembedding") === embedder.model) return;
    connection.sql("DELETE FROM memory_vectors_next").run();
    writeMeta(connection, "reembedding", embedder.model);
  });
  let after = 0;
  for (;;) {
    const batch = missing(connection, after);
    report(connection, onProgress);
    if (batch.length === 0) {
      if (finish(connection, embedder.model)) return;
      after = 0;
      continue;
    }
    after = batch[batch.length - 1]!.id;
    const vectors = await embedder.documents(batch.map(({ text }) => text));
    connection.writing(() => {
      batch.forEach(({ id, text }, index) => {
        const value = connection.value<string>("SELECT value FROM memory_records WHERE id = ?", id);
        if (value === undefined || denseTextOf(value) !== text) return;
        connection
          .sql("INSERT OR REPLACE INTO memory_vectors_next(record, vector) VALUES (?, ?)")
          .run(id, vectorBytes(vectors[index]!));
      });
    });
  }
}

/** Puts the new vectors in the old ones' place; false where records came in meanwhile that have none. */
function finish(connection: Connection, model: string): boolean {
  return connection.writing(() => {
    if (readSpace(connection)?.model === model) return true;
    if (missing(connection, 0).length > 0) return false;
    const bytes = connection.value<number>("SELECT length(vector) FROM memory_vectors_next LIMIT 1");
    connection.database.exec(`
      DROP TABLE memory_vectors;
      ALTER TABLE memory_vectors_next RENAME TO memory_vectors;
      CREATE TABLE memory_vectors_next(record INTEGER PRIMARY KEY, vector BLOB NOT NULL);
      DELETE FROM memory_pending;`);
    writeMeta(connection, "reembedding", null);
    if (bytes === undefined) clearSpace(connection);
    else setSpace(connection, { model, dimensions: bytes / 4 });
    return true;
  });
}

function missing(connection: Connection, after: number): { id: number; text: string }[] {
  const rows = connection
    .sql(
      `SELECT r.id, r.value FROM memory_records r WHERE r.terms IS NOT NULL AND r.id > ?
       AND NOT EXISTS (SELECT 1 FROM memory_vectors_next n WHERE n.record = r.id) ORDER BY r.id LIMIT ?`,
    )
    .all(after, batchSize) as { id: number; value: string }[];
  return rows.map(({ id, value }) => ({ id, text: denseTextOf(value) ?? "" }));
}

function report(
  connection: Connection,
  onProgress: ((done: number, total: number) => void) | undefined,
): void {
  if (!onProgress) return;
  const done = connection.value<number>("SELECT count(*) FROM memory_vectors_next") ?? 0;
  const total = connection.value<number>("SELECT count(*) FROM memory_records WHERE terms IS NOT NULL") ?? 0;
  onProgress(done, total);
}
