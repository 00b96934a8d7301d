import { type HomeSnapshot, type StoredRow, stimulusMarks } from "../home-snapshot.js";
import { markOf } from "../message-marks.js";
import type { Violation } from "../violation.js";

/** No message is in two turns, no episode and no part of the story in two memories of a kind, no text twice in one place. */
export function nothingTwice(snapshot: HomeSnapshot): Violation[] {
  const seen = new Map<string, string>();
  const found: Violation[] = [];
  const once = (thing: string, { namespace, key }: StoredRow): void => {
    const place = `${namespace.join("/")} ${key}`;
    const before = seen.get(thing);
    if (before !== undefined)
      found.push({ invariant: "no memory twice", what: `${thing}: in ${before} and in ${place}` });
    seen.set(thing, place);
  };
  for (const row of snapshot.under("turns"))
    for (const number of stimulusMarks(row)) once(`message ${markOf(number)}`, row);
  for (const row of [...snapshot.under("life"), ...snapshot.under("with")]) {
    const { kind, source, hash } = row.value as { kind: string; source: unknown; hash: string };
    once(`${kind} memory of ${JSON.stringify(source)}`, row);
    once(`text ${hash} in ${row.namespace.join("/")}`, row);
  }
  return found;
}
