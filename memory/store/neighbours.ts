import { splitTerms } from "./indexed-text.js";
import type { Prepared } from "./prepared.js";
import type { Candidate } from "./ranked-search.js";

/** How many turns before and after a record are given with it. */
const turnsBefore = 3;
const turnsAfter = 2;

/** The records around one turn of a conversation, with the cosine that the caller knows for each. */
export function neighboursOf(
  prepared: Prepared,
  turn: { namespace: number; conversation: string; position: number },
  cosineOf: (record: number) => number | undefined,
): Candidate["neighbours"] {
  const rows = prepared
    .sql(
      `SELECT id, position, terms FROM memory_records WHERE namespace = ? AND conversation = ?
       AND position BETWEEN ? AND ? AND position <> ? ORDER BY position, id`,
    )
    .all(
      turn.namespace,
      turn.conversation,
      turn.position - turnsBefore,
      turn.position + turnsAfter,
      turn.position,
    ) as { id: number; position: number; terms: string }[];
  return rows.map((row) => {
    const cosine = cosineOf(row.id);
    return {
      offset: row.position - turn.position,
      terms: splitTerms(row.terms),
      ...(cosine === undefined ? {} : { cosine }),
    };
  });
}
