import { TERMS_VERSION, terms } from "../../ranking/terms.js";
import { joinTerms, splitTerms } from "../indexed-text.js";
import type { Connection } from "./connection.js";
import { readMeta, writeMeta } from "./meta.js";
import { wordsTable } from "./schema.js";

/**
 * Makes the term frequencies and the full-text index again from the records, in one transaction: where the text index
 * is broken, or where the store was indexed by another version of the normaliser.
 */
export function rebuildTextIndex(connection: Connection): void {
  connection.writing(() => {
    const { database } = connection;
    const stale = readMeta(connection, "terms_version") !== String(TERMS_VERSION);
    if (stale) normaliseAgain(connection);
    database.exec("DROP TABLE IF EXISTS memory_words");
    database.exec(wordsTable);
    database.exec("DELETE FROM memory_terms");
    const insert = connection.sql("INSERT INTO memory_words(rowid, own, near, place) VALUES (?, ?, ?, ?)");
    const counts = new Map<number, Map<string, number>>();
    for (const row of database.prepare(everyRecord).all() as IndexedRow[]) {
      insert.run(
        row.id,
        row.terms,
        row.near ?? "",
        row.superseded ? `n${row.namespace} old` : `n${row.namespace}`,
      );
      const counted = counts.get(row.namespace) ?? new Map<string, number>();
      counts.set(row.namespace, counted);
      for (const term of new Set(splitTerms(row.terms))) counted.set(term, (counted.get(term) ?? 0) + 1);
    }
    const add = connection.sql("INSERT INTO memory_terms(term, namespace, documents) VALUES (?, ?, ?)");
    for (const [namespace, counted] of counts)
      for (const [term, count] of counted) add.run(term, namespace, count);
    writeMeta(connection, "terms_version", String(TERMS_VERSION));
  });
}

/** True where the records were indexed by this version of the normaliser. */
export function textIndexIsCurrent(connection: Connection): boolean {
  return readMeta(connection, "terms_version") === String(TERMS_VERSION);
}

interface IndexedRow {
  id: number;
  namespace: number;
  terms: string;
  near: string | null;
  superseded: number;
}

const everyRecord = `
SELECT r.id, r.namespace, r.terms, r.superseded,
  CASE WHEN r.conversation IS NULL THEN NULL ELSE
    (SELECT group_concat(n.terms, char(10)) FROM memory_records n
     WHERE n.namespace = r.namespace AND n.conversation = r.conversation
     AND n.position BETWEEN r.position - 2 AND r.position + 2 AND n.position <> r.position) END AS near
FROM memory_records r WHERE r.terms IS NOT NULL`;

function normaliseAgain(connection: Connection): void {
  const rows = connection.database
    .prepare("SELECT id, value ->> '$.text' AS text FROM memory_records WHERE terms IS NOT NULL")
    .all() as { id: number; text: string }[];
  const update = connection.sql("UPDATE memory_records SET terms = ? WHERE id = ?");
  for (const { id, text } of rows) update.run(joinTerms(terms(text)), id);
}
