import type { Item, ListNamespacesOperation, SearchItem } from "@langchain/langgraph-checkpoint";
import { terms } from "../../ranking/terms.js";
import { decodeNamespace, encodeNamespace, listNamespaces, prefixRange } from "../namespace.js";
import { meetsFilter } from "../value-filter.js";
import type { Connection } from "./connection.js";
import { documentFrequency, lexicalSearch } from "./lexical-search.js";
import { searchScope } from "./search-scope.js";
import type { VectorIndex } from "./vector-index.js";

interface ItemRow {
  id: number;
  path: string;
  key: string;
  value: string;
  created: number;
  updated: number;
}

const columns = "SELECT r.id, n.path, r.key, r.value, r.created, r.updated FROM memory_namespaces n";
const items = `${columns} JOIN memory_records r ON r.namespace = n.id`;
// CROSS JOIN: the namespaces first, so that the rows come in the order of listings by themselves.
const listed = `${columns} CROSS JOIN memory_records r ON r.namespace = n.id
  WHERE n.path BETWEEN ? AND ? ORDER BY n.path, r.key`;

/** What a search of LangGraph's store interface asks for, with the question as a vector where it has one. */
export interface ItemSearch {
  prefix: readonly string[];
  filter?: Record<string, unknown> | undefined;
  limit: number;
  offset: number;
  query?: string | undefined;
  question?: Float32Array | undefined;
}

/** One item; null where nothing is stored under the key. */
export function readItem(connection: Connection, namespace: readonly string[], key: string): Item | null {
  const row = connection
    .sql(`${items} WHERE n.path = ? AND r.key = ?`)
    .get(encodeNamespace(namespace), key) as ItemRow | undefined;
  return row ? asItem(row) : null;
}

/** An item as it lies in the file. */
export type StoredItem = Pick<Item, "namespace" | "key" | "value">;

/** Everything under a prefix, for a migration. */
export const storedUnder = (connection: Connection, prefix: readonly string[]): StoredItem[] =>
  (connection.sql(listed).all(...prefixRange(prefix)) as ItemRow[]).map(asItem);

/** Namespaces in which something is stored, as a listing wants them. */
export function readNamespaces(connection: Connection, operation: ListNamespacesOperation): string[][] {
  const prefix = operation.matchConditions?.find(({ matchType }) => matchType === "prefix")?.path ?? [];
  const known = prefix.includes("*") ? prefix.slice(0, prefix.indexOf("*")) : prefix;
  const rows = connection
    .sql("SELECT path FROM memory_namespaces WHERE path BETWEEN ? AND ? AND records > 0")
    .all(...prefixRange(known)) as { path: string }[];
  return listNamespaces(
    rows.map(({ path }) => decodeNamespace(path)),
    operation,
  );
}

/**
 * Items under a prefix. With a question by meaning, nearest first, then those without vector; with a query but no
 * vector by words, best first, matches only (score in [0, 1)); otherwise by namespace and key.
 */
export function searchItems(connection: Connection, vectors: VectorIndex, search: ItemSearch): SearchItem[] {
  const { filter, limit, offset, query, question } = search;
  if (limit <= 0) return [];
  if (question) return page(byMeaning(connection, vectors, search, question), search);
  if (query) return page(byWords(connection, search.prefix, query), search);
  if (filter) return page(inOrder(connection, search.prefix), search);
  const rows = connection.sql(`${listed} LIMIT ? OFFSET ?`);
  return (rows.all(...prefixRange(search.prefix), limit, offset) as ItemRow[]).map(asItem);
}

/** A found record, read only where it is looked at. */
interface Found {
  item(): Item;
  score?: number;
}

function* byMeaning(
  connection: Connection,
  vectors: VectorIndex,
  { prefix, filter, offset, limit }: ItemSearch,
  question: Float32Array,
): Generator<Found> {
  vectors.refresh();
  const scope = searchScope(connection, [prefix]);
  // With a filter nobody knows how many of the nearest pass it: then all are put in order.
  const wanted = filter ? vectors.size : offset + limit;
  for (const { id, cosine } of vectors.nearest(question, wanted, scope.indexed, true))
    yield { item: () => itemOf(connection, id), score: cosine };
  yield* inOrder(connection, prefix, (id) => !vectors.has(id));
}

function* byWords(connection: Connection, prefix: readonly string[], query: string): Generator<Found> {
  const scope = searchScope(connection, [prefix]);
  const frequency = documentFrequency(connection, scope, terms(query));
  const found = lexicalSearch(connection, scope, frequency, { limit: scope.documents, superseded: true });
  for (const { id, score } of found) yield { item: () => itemOf(connection, id), score: score / (1 + score) };
}

function* inOrder(
  connection: Connection,
  prefix: readonly string[],
  wanted: (id: number) => boolean = () => true,
): Generator<Found> {
  const rows = connection.sql(listed).iterate(...prefixRange(prefix));
  for (const row of rows as IterableIterator<ItemRow>) if (wanted(row.id)) yield { item: () => asItem(row) };
}

function page(found: Iterable<Found>, { filter, limit, offset }: ItemSearch): SearchItem[] {
  const shown: SearchItem[] = [];
  let skipped = 0;
  for (const { item, score } of found) {
    if (filter && !meetsFilter(item().value, filter)) continue;
    if (skipped < offset) skipped += 1;
    else shown.push(score === undefined ? item() : { ...item(), score });
    if (shown.length >= limit) break;
  }
  return shown;
}

function itemOf(connection: Connection, id: number): Item {
  return asItem(connection.sql(`${items} WHERE r.id = ?`).get(id) as ItemRow);
}

function asItem(row: ItemRow): Item {
  return {
    namespace: decodeNamespace(row.path),
    key: row.key,
    value: JSON.parse(row.value) as Record<string, unknown>,
    createdAt: new Date(row.created),
    updatedAt: new Date(row.updated),
  };
}
