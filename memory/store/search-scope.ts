import { prefixRange } from "./namespace.js";
import type { Prepared } from "./prepared.js";

/** The namespaces that a search covers, by their number in the file. */
export interface SearchScope {
  /** Null where the search covers the whole store. */
  namespaces: ReadonlySet<number> | null;
  /** Those that it leaves out; empty where it covers all. */
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
export function searchScope(prepared: Prepared, prefixes: readonly (readonly string[])[]): SearchScope {
  const all = prepared.sql("SELECT id, documents FROM memory_namespaces").all() as NamespaceRow[];
  const inside = new Set<number>();
  for (const prefix of prefixes) {
    const { path, from, to } = prefixRange(prefix);
    const rows = prepared
      .sql("SELECT id, documents FROM memory_namespaces WHERE path = ? OR (path >= ? AND path < ?)")
      .all(path, from, to) as NamespaceRow[];
    for (const row of rows) inside.add(row.id);
  }
  let documents = 0;
  let allDocuments = 0;
  const outside: number[] = [];
  for (const row of all) {
    allDocuments += row.documents;
    if (inside.has(row.id)) documents += row.documents;
    else outside.push(row.id);
  }
  return { namespaces: outside.length === 0 ? null : inside, outside, documents, allDocuments };
}

/** How many records lie under any of the prefixes, indexed or not. */
export function countRecords(prepared: Prepared, prefixes: readonly (readonly string[])[]): number {
  const { namespaces } = searchScope(prepared, prefixes);
  const rows = prepared.sql("SELECT id, records FROM memory_namespaces").all() as {
    id: number;
    records: number;
  }[];
  return rows.reduce((sum, { id, records }) => sum + (namespaces?.has(id) === false ? 0 : records), 0);
}
