import type { Connection } from "./connection.js";

/** Where an indexed record stands in its conversation, if it is a turn of one. */
export interface TurnPlace {
  namespace: number;
  conversation: string | null;
  position: number | null;
}

/** The indexed records up to so many turns before and after a place, but not those at it, in their order. */
export function turnsAround(
  connection: Connection,
  { namespace, conversation, position }: TurnPlace,
  before: number,
  after: number,
): { id: number; position: number; terms: string }[] {
  if (conversation === null || position === null) return [];
  return connection
    .sql(
      `SELECT id, position, terms FROM memory_records WHERE namespace = ? AND conversation = ?
       AND position BETWEEN ? AND ? AND position <> ? ORDER BY position, id`,
    )
    .all(namespace, conversation, position - before, position + after, position) as {
    id: number;
    position: number;
    terms: string;
  }[];
}
