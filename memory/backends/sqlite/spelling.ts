import { type KnownTerm, lengthsNear, nearestTerm } from "../nearest-term.js";
import type { Connection } from "./connection.js";
import { documentFrequency } from "./lexical-search.js";
import type { SearchScope } from "./search-scope.js";

/**
 * For each term that no record of the scope holds, the nearest one that some record of it does: a question never
 * learns a word from namespaces that it may not search. Where the first two letters are both wrong nothing is found.
 */
export function mendSpelling(
  connection: Connection,
  scope: SearchScope,
  terms: readonly string[],
): Map<string, string> {
  const mended = new Map<string, string>();
  for (const [term, documents] of documentFrequency(connection, scope, terms)) {
    if (documents > 0 || lengthsNear(term) === null) continue;
    const nearest = nearestTerm(term, termsLike(connection, scope, term));
    if (nearest !== null) mended.set(term, nearest);
  }
  return mended;
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
