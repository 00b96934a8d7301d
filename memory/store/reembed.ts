import type { Embedder } from "./embedder.js";
import { clearSpace, readSpace, setSpace } from "./embedding-space.js";
import { denseText } from "./indexed-text.js";
import type { Prepared } from "./prepared.js";
import { readMeta, writeMeta } from "./schema.js";
import { vectorBytes } from "./unit-vector.js";

/** Texts embedded and committed at once: what a kill can cost. */
const batchSize = 64;

/**
 * Embeds the whole store with another model. The new vectors grow beside the old ones and replace them in one
 * transaction at the end: until then the store stays one of the old model, and a run that was cut short is continued.
 * @throws SimulacraError model_failed; what was embedded until then is kept
 */
export async function reembed(
  prepared: Prepared,
  embedder: Embedder,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<void> {
  prepared.writing(() => {
    if (readMeta(prepared, "reembedding") === embedder.model) return;
    prepared.sql("DELETE FROM memory_vectors_next").run();
    writeMeta(prepared, "reembedding", embedder.model);
  });
  let after = 0;
  for (;;) {
    const batch = missing(prepared, after);
    report(prepared, onProgress);
    if (batch.length === 0) {
      if (finish(prepared, embedder.model)) return;
      after = 0;
      continue;
    }
    after = batch[batch.length - 1]!.id;
    const vectors = await embedder.documents(batch.map(({ text }) => text));
    prepared.writing(() => {
      batch.forEach(({ id, text }, index) => {
        const value = prepared.value<string>("SELECT value FROM memory_records WHERE id = ?", id);
        if (value === undefined || textOf(value) !== text) return;
        prepared
          .sql("INSERT OR REPLACE INTO memory_vectors_next(record, vector) VALUES (?, ?)")
          .run(id, vectorBytes(vectors[index]!));
      });
    });
  }
}

/** Puts the new vectors in the old ones' place; false where records came in meanwhile that have none. */
function finish(prepared: Prepared, model: string): boolean {
  return prepared.writing(() => {
    if (readSpace(prepared)?.model === model) return true;
    if (missing(prepared, 0).length > 0) return false;
    const bytes = prepared.value<number>("SELECT length(vector) FROM memory_vectors_next LIMIT 1");
    prepared.database.exec(`
      DROP TABLE memory_vectors;
      ALTER TABLE memory_vectors_next RENAME TO memory_vectors;
      CREATE TABLE memory_vectors_next(record INTEGER PRIMARY KEY, vector BLOB NOT NULL);
      DELETE FROM memory_pending;`);
    writeMeta(prepared, "reembedding", null);
    if (bytes === undefined) clearSpace(prepared);
    else setSpace(prepared, { model, dimensions: bytes / 4 });
    return true;
  });
}

function missing(prepared: Prepared, after: number): { id: number; text: string }[] {
  const rows = prepared
    .sql(
      `SELECT r.id, r.value FROM memory_records r WHERE r.terms IS NOT NULL AND r.id > ?
       AND NOT EXISTS (SELECT 1 FROM memory_vectors_next n WHERE n.record = r.id) ORDER BY r.id LIMIT ?`,
    )
    .all(after, batchSize) as { id: number; value: string }[];
  return rows.map(({ id, value }) => ({ id, text: textOf(value) ?? "" }));
}

function report(prepared: Prepared, onProgress: ((done: number, total: number) => void) | undefined): void {
  if (!onProgress) return;
  const done = prepared.value<number>("SELECT count(*) FROM memory_vectors_next") ?? 0;
  const total = prepared.value<number>("SELECT count(*) FROM memory_records WHERE terms IS NOT NULL") ?? 0;
  onProgress(done, total);
}

function textOf(value: string): string | null {
  return denseText(JSON.parse(value) as Record<string, unknown>);
}
