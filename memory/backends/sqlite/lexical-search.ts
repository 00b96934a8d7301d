import { type KnownTerm, lengthsNear, nearestTerm } from "../nearest-term.js";
import type { Connection } from "./connection.js";
import type { SearchScope } from "./search-scope.js";

/** From how many records on frequent terms are left out of the full-text query (they cost much and tell little). */
const largeStore = 20_000;
/** Share of the records above which a term is frequent there, and how many of the rarest stay in any case. */
const frequentShare = 0.03;
const keptTerms = 3;
/** How many namespaces the full-text query may name. */
const fewPlaces = 50;
/** Weights of own words, of the neighbouring turns' words, and of the place, which only filters. */
const columnWeights = "1.0, 0.4, 0.0";

/**
 * In how many records of the scope each term occurs. Exact for the searched namespaces; terms that occur nowhere
 * are present with 0. Superseded records count.
 */
export function documentFrequency(
  connection: Connection,
  scope: SearchScope,
  terms: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  const rows = connection.sql("SELECT namespace, documents FROM memory_terms WHERE term = ?");
  for (const term of new Set(terms)) {
    let count = 0;
    for (const row of rows.all(term) as { namespace: number; documents: number }[]) {
      if (scope.namespaces.has(row.namespace)) count += row.documents;
    }
    found.set(term, count);
  }
  return found;
}

/** Best record ids of the scope by BM25 over own and neighbours' words, best first, with their (positive) score. */
export function lexicalSearch(
  connection: Connection,
  scope: SearchScope,
  frequency: ReadonlyMap<string, number>,
  options: { limit: number; superseded: boolean },
): { id: number; score: number }[] {
  const asked = tellingTerms(frequency, scope.documents);
  if (asked.length === 0 || scope.documents === 0 || options.limit === 0) return [];
  const { query, filter } = matchExpression(asked, scope, options.superseded);
  const within = filter
    ? `AND EXISTS (SELECT 1 FROM memory_records r WHERE r.id = memory_words.rowid
       AND r.namespace IN (SELECT value FROM json_each(:namespaces)))`
    : "";
  const rows = connection
    .sql(
      `SELECT rowid AS id, bm25(memory_words, ${columnWeights}) AS cost FROM memory_words
       WHERE memory_words MATCH :query ${within} ORDER BY cost, id LIMIT :limit`,
    )
    .all({ query, limit: options.limit, ...(filter ? { namespaces: JSON.stringify(filter) } : {}) });
  return (rows as { id: number; cost: number }[]).map(({ id, cost }) => ({ id, score: -cost }));
}

/** The terms worth asking for: all that occur; in a large store without the frequent ones, but at least three. */
function tellingTerms(frequency: ReadonlyMap<string, number>, documents: number): string[] {
  const known = [...frequency].filter(([, count]) => count > 0).sort((left, right) => left[1] - right[1]);
  if (documents <= largeStore) return known.map(([term]) => term);
  return known
    .filter(([, count], place) => place < keptTerms || count <= documents * frequentShare)
    .map(([term]) => term);
}

/**
 * Full-text query for any of the terms within the scope. Places are words too, by which the index itself can filter:
 * in where the scope is small, out where little lies outside. Hundreds of places are slow there; then `filter` names
 * the namespaces that each found record has to be looked up for.
 */
function matchExpression(
  terms: readonly string[],
  scope: SearchScope,
  superseded: boolean,
): { query: string; filter: readonly number[] | null } {
  const words = `{own near} : (${anyOf(terms)})`;
  const inside = scope.indexed === null ? [] : [...scope.indexed];
  const old = superseded ? [] : ["old"];
  const fewInside = inside.length <= fewPlaces;
  const fewOutside = scope.outside.length <= fewPlaces;
  if (scope.indexed !== null && fewInside && (scope.documents <= scope.allDocuments / 2 || !fewOutside)) {
    const placed = `(${words}) AND ({place} : (${anyOf(inside.map(placeToken))}))`;
    return { query: without(placed, old), filter: null };
  }
  if (!fewOutside) return { query: without(words, old), filter: inside };
  return { query: without(words, [...old, ...scope.outside.map(placeToken)]), filter: null };
}

function without(query: string, places: readonly string[]): string {
  return places.length === 0 ? query : `(${query}) NOT ({place} : (${anyOf(places)}))`;
}

function anyOf(words: readonly string[]): string {
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(" OR ");
}

function placeToken(namespace: number): string {
  return `n${namespace}`;
}

/**
 * For each term that no record of the scope holds, the nearest one that some record of it does: a question never
 * learns a word from namespaces that it may not search. Where the first two letters are both wrong nothing is found.
 */
export function mendSpelling(
  connection: Connection,
  scope: SearchScope,
  terms: readonly string[],
): Map<string, string> {
  const corrected = new Map<string, string>();
  for (const [term, documents] of documentFrequency(connection, scope, terms)) {
    if (documents > 0 || lengthsNear(term) === null) continue;
    const nearest = nearestTerm(term, termsLike(connection, scope, term));
    if (nearest !== null) corrected.set(term, nearest);
  }
  return corrected;
}

/**
 * Terms of about the same length whose beginning could be meant: the same first letter, or one letter added, left out,
 * changed or swapped there.
 */
function termsLike(connection: Connection, scope: SearchScope, term: string): KnownTerm[] {
  const { from, to } = lengthsNear(term) ?? { from: 0, to: 0 };
  const [first = "", second = ""] = term;
  const places = scope.indexed === null ? null : JSON.stringify([...scope.indexed]);
  const within = places === null ? "" : "AND namespace IN (SELECT value FROM json_each(:places))";
  return connection
    .sql(
      `SELECT term, sum(documents) AS documents FROM memory_terms
       WHERE length(term) BETWEEN :from AND :to ${within}
       AND (substr(term, 1, 1) IN (:first, :second) OR substr(term, 2, 1) IN (:first, :second)) GROUP BY term`,
    )
    .all({ from, to, first, second, ...(places === null ? {} : { places }) }) as KnownTerm[];
}
