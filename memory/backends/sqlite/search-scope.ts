import { prefixRange } from "../namespace.js";
import type { Connection } from "./connection.js";

/** The namespaces that a search covers, by their number in the file. */
export interface SearchScope {
  /** All of them, also those in which nothing is indexed. */
  namespaces: ReadonlySet<number>;
  /** Those in which something is indexed; null where nothing is indexed outside of them. */
  indexed: ReadonlySet<number> | null;
  /** Namespaces with indexed records that the search leaves out. */
  outside: readonly number[];
  /** Indexed records in the scope, and in the store. */
  documents: number;
  allDocuments: number;
}

interface NamespaceRow {
  id: number;
  documents: number;
}

/** Finds the namespaces under any of the prefixes, compared label by label. */
export function searchScope(connection: Connection, prefixes: readonly (readonly string[])[]): SearchScope {
  const counted = connection
    .sql("SELECT id, documents FROM memory_namespaces WHERE documents > 0")
    .all() as NamespaceRow[];
  const inside = new Set<number>();
  for (const prefix of prefixes) {
    const rows = connection
      .sql("SELECT id, documents FROM memory_namespaces WHERE path BETWEEN ? AND ?")
      .all(...prefixRange(prefix)) as NamespaceRow[];
    for (const row of rows) inside.add(row.id);
  }
  const indexed = counted.filter((row) => inside.has(row.id));
  const outside = counted.filter((row) => !inside.has(row.id));
  return {
    namespaces: inside,
    indexed: outside.length === 0 ? null : new Set(indexed.map(({ id }) => id)),
    outside: outside.map(({ id }) => id),
    documents: sum(indexed),
    allDocuments: sum(counted),
  };
}

function sum(rows: readonly NamespaceRow[]): number {
  return rows.reduce((total, { documents }) => total + documents, 0);
}

/** How many records lie under any of the prefixes, indexed or not. */
export function countRecords(connection: Connection, prefixes: readonly (readonly string[])[]): number {
  const { namespaces } = searchScope(connection, prefixes);
  const rows = connection.sql("SELECT id, records FROM memory_namespaces").all() as {
    id: number;
    records: number;
  }[];
  return rows.reduce((total, { id, records }) => total + (namespaces.has(id) ? records : 0), 0);
}
