import { type KnownTerm, lengthsNear, nearestTerm } from "./nearest-term.js";
import type { Prepared } from "./prepared.js";
import type { SearchScope } from "./search-scope.js";

/**
 * For each term that no record of the scope holds, the nearest one that some record of it does: a question never
 * learns a word from namespaces that it may not search.
 */
export function mendSpelling(
  prepared: Prepared,
  scope: SearchScope,
  terms: readonly string[],
): Map<string, string> {
  const mended = new Map<string, string>();
  for (const term of new Set(terms)) {
    const lengths = lengthsNear(term);
    if (lengths === null) continue;
    const known = termsOfLength(prepared, scope, lengths);
    if (known.some((entry) => entry.term === term)) continue;
    const nearest = nearestTerm(term, known);
    if (nearest !== null) mended.set(term, nearest);
  }
  return mended;
}

function termsOfLength(
  prepared: Prepared,
  scope: SearchScope,
  { from, to }: { from: number; to: number },
): KnownTerm[] {
  if (scope.namespaces === null) {
    return prepared
      .sql(
        `SELECT term, sum(documents) AS documents FROM memory_terms
         WHERE length(term) BETWEEN ? AND ? GROUP BY term`,
      )
      .all(from, to) as KnownTerm[];
  }
  return prepared
    .sql(
      `SELECT term, sum(documents) AS documents FROM memory_terms
       WHERE length(term) BETWEEN ? AND ? AND namespace IN (SELECT value FROM json_each(?)) GROUP BY term`,
    )
    .all(from, to, JSON.stringify([...scope.namespaces])) as KnownTerm[];
}
