import type { CandidateRequest } from "../memory-store.js";
import type { Connection } from "./connection.js";
import type { SearchScope } from "./search-scope.js";

/**
 * Ids of the first or last indexed records of the scope that were told within the spans. Every record of the scope is
 * looked at (about 1 ms for a thousand), so it is for questions that name a time.
 */
export function toldSearch(
  connection: Connection,
  scope: SearchScope,
  { spans, order, limit }: NonNullable<CandidateRequest["told"]>,
  superseded: boolean,
): number[] {
  const within = spans
    ? `AND EXISTS (SELECT 1 FROM json_each(:spans) span
       WHERE told >= span.value ->> 0 AND told < span.value ->> 1)`
    : "";
  const rows = connection
    .sql(
      `SELECT id FROM (
         SELECT id, 1000 * unixepoch(value ->> '$.at', 'subsec') AS told FROM memory_records
         WHERE namespace IN (SELECT value FROM json_each(:namespaces)) AND terms IS NOT NULL
         ${superseded ? "" : "AND superseded = 0"}
       ) WHERE told IS NOT NULL ${within}
       ORDER BY told ${order === "first" ? "ASC" : "DESC"}, id LIMIT :limit`,
    )
    .all({
      namespaces: JSON.stringify([...scope.namespaces]),
      limit,
      ...(spans && { spans: JSON.stringify(spans.map(({ from, to }) => [from, to])) }),
    });
  return (rows as { id: number }[]).map(({ id }) => id);
}
