import type { Connection } from "./connection.js";

/** How many turns before and after a record are given with it. */
export const turnsBefore = 3;
export const turnsAfter = 2;

/** A record beside another in its conversation; `offset` is its place relative to it. */
export interface Neighbour {
  id: number;
  offset: number;
  terms: readonly string[];
}

/** The records around one turn of a conversation; `split` reads a record's terms as they are stored. */
export function neighboursOf(
  connection: Connection,
  turn: { namespace: number; conversation: string; position: number },
  split: (id: number, lines: string) => readonly string[],
): Neighbour[] {
  const rows = connection
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
  return rows.map(({ id, position, terms }) => ({
    id,
    offset: position - turn.position,
    terms: split(id, terms),
  }));
}
