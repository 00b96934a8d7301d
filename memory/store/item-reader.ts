import type { Item, SearchItem } from "@langchain/langgraph-checkpoint";
import { terms } from "../ranking/terms.js";
import { documentFrequency, lexicalSearch } from "./lexical-search.js";
import { decodeNamespace, encodeNamespace } from "./namespace.js";
import type { Prepared } from "./prepared.js";
import { type SearchScope, searchScope } from "./search-scope.js";
import { meetsFilter } from "./value-filter.js";
import type { VectorIndex } from "./vector-index.js";

interface ItemRow {
  path: string;
  key: string;
  value: string;
  created: number;
  updated: number;
}

const itemColumns = `SELECT n.path, r.key, r.value, r.created, r.updated FROM memory_records r
  JOIN memory_namespaces n ON n.id = r.namespace`;

/** What a search of LangGraph's store interface asks for, with the question as a vector where it has one. */
export interface ItemSearch {
  prefix: readonly string[];
  filter?: Record<string, unknown>;
  limit: number;
  offset: number;
  query?: string;
  question?: Float32Array;
}

/** One item; null where nothing is stored under the key. */
export function readItem(prepared: Prepared, namespace: readonly string[], key: string): Item | null {
  const row = prepared
    .sql(`${itemColumns} WHERE n.path = ? AND r.key = ?`)
    .get(encodeNamespace(namespace), key) as ItemRow | undefined;
  return row ? asItem(row) : null;
}

/** Namespaces in which something is stored. */
export function readNamespaces(prepared: Prepared): string[][] {
  const rows = prepared.sql("SELECT path FROM memory_namespaces").all() as { path: string }[];
  return rows.map(({ path }) => decodeNamespace(path));
}

/**
 * Items under a prefix. With a question by meaning, nearest first, then those without vector; with a query but no
 * vector by words, best first, matches only (score in [0, 1)); otherwise in the order in which they came.
 */
export function searchItems(prepared: Prepared, vectors: VectorIndex, search: ItemSearch): SearchItem[] {
  const scope = searchScope(prepared, [search.prefix]);
  if (search.question)
    return page(prepared, byMeaning(prepared, vectors, scope, search, search.question), search);
  if (search.query) return page(prepared, byWords(prepared, scope, search.query), search);
  return page(prepared, inOrder(prepared, scope), search);
}

interface Found {
  id: number;
  score?: number;
}

function* byMeaning(
  prepared: Prepared,
  vectors: VectorIndex,
  scope: SearchScope,
  search: ItemSearch,
  question: Float32Array,
): Generator<Found> {
  vectors.refresh();
  // With a filter nobody knows how many of the nearest pass it: then all are put in order.
  const wanted = search.filter ? vectors.size : search.offset + search.limit;
  for (const { id, cosine } of vectors.nearest(question, wanted, scope.indexed, true))
    yield { id, score: cosine };
  for (const found of inOrder(prepared, scope)) if (!vectors.has(found.id)) yield found;
}

function byWords(prepared: Prepared, scope: SearchScope, query: string): Found[] {
  const frequency = documentFrequency(prepared, scope, terms(query));
  const found = lexicalSearch(prepared, scope, frequency, { limit: scope.documents, superseded: true });
  return found.map(({ id, score }) => ({ id, score: score / (1 + score) }));
}

function inOrder(prepared: Prepared, scope: SearchScope): Found[] {
  return prepared
    .sql("SELECT id FROM memory_records WHERE namespace IN (SELECT value FROM json_each(?)) ORDER BY id")
    .all(JSON.stringify([...scope.namespaces])) as Found[];
}

function page(
  prepared: Prepared,
  found: Iterable<Found>,
  { filter, limit, offset }: ItemSearch,
): SearchItem[] {
  const items: SearchItem[] = [];
  const find = prepared.sql(`${itemColumns} WHERE r.id = ?`);
  let passed = 0;
  if (limit <= 0) return items;
  for (const { id, score } of found) {
    if (!filter && passed < offset) {
      passed += 1;
      continue;
    }
    const item = asItem(find.get(id) as ItemRow);
    if (filter && !meetsFilter(item.value, filter)) continue;
    passed += 1;
    if (passed > offset || !filter) items.push(score === undefined ? item : { ...item, score });
    if (items.length >= limit) break;
  }
  return items;
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
