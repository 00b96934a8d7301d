import type { Prepared } from "./prepared.js";
import type { SearchScope } from "./search-scope.js";

/** From how many records on frequent terms are left out of the full-text query (they cost much and tell little). */
const largeStore = 20_000;
/** Share of the records above which a term is frequent there, and how many of the rarest stay in any case. */
const frequentShare = 0.03;
const keptTerms = 3;
/** Weights of own words, of the neighbouring turns' words, and of the place, which only filters. */
const columnWeights = "1.0, 0.4, 0.0";

/**
 * In how many records of the scope each term occurs. Exact for the searched namespaces; terms that occur nowhere
 * are present with 0. Superseded records count.
 */
export function documentFrequency(
  prepared: Prepared,
  scope: SearchScope,
  terms: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  const rows = prepared.sql("SELECT namespace, documents FROM memory_terms WHERE term = ?");
  for (const term of new Set(terms)) {
    let count = 0;
    for (const row of rows.all(term) as { namespace: number; documents: number }[]) {
      if (scope.namespaces === null || scope.namespaces.has(row.namespace)) count += row.documents;
    }
    found.set(term, count);
  }
  return found;
}

/** Best record ids of the scope by BM25 over own and neighbours' words, best first, with their (positive) score. */
export function lexicalSearch(
  prepared: Prepared,
  scope: SearchScope,
  frequency: ReadonlyMap<string, number>,
  options: { limit: number; superseded: boolean },
): { id: number; score: number }[] {
  const asked = tellingTerms(frequency, scope.documents);
  if (asked.length === 0 || scope.documents === 0 || options.limit === 0) return [];
  const query = matchExpression(asked, scope, options.superseded);
  const rows = prepared
    .sql(
      `SELECT rowid AS id, bm25(memory_words, ${columnWeights}) AS cost FROM memory_words
       WHERE memory_words MATCH ? ORDER BY cost, id LIMIT ?`,
    )
    .all(query, options.limit) as { id: number; cost: number }[];
  return rows.map(({ id, cost }) => ({ id, score: -cost }));
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
 * Full-text query for any of the terms within the scope. The places are a filter by words of their own; where few
 * records lie outside the scope, it is shorter to take those away.
 */
function matchExpression(terms: readonly string[], scope: SearchScope, superseded: boolean): string {
  let query = `{own near} : (${anyOf(terms)})`;
  const without: string[] = superseded ? [] : ["old"];
  if (scope.namespaces !== null) {
    if (scope.documents <= scope.allDocuments / 2) {
      query = `(${query}) AND ({place} : (${anyOf([...scope.namespaces].map(placeToken))}))`;
    } else {
      without.push(...scope.outside.map(placeToken));
    }
  }
  return without.length === 0 ? query : `(${query}) NOT ({place} : (${anyOf(without)}))`;
}

function anyOf(words: readonly string[]): string {
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(" OR ");
}

function placeToken(namespace: number): string {
  return `n${namespace}`;
}
