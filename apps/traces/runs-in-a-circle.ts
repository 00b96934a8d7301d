import type { RunLine } from "./trace-line.js";

/**
 * Ids of runs that are, by way of their parents, a part of themselves: no program writes such lines, but a file may have
 * been edited or put together by hand. What merely lies within such a run is not among them.
 */
export function runsInACircle(runs: readonly Pick<RunLine, "id" | "parent">[]): ReadonlySet<string> {
  const parents = new Map(runs.map(({ id, parent }) => [id, parent]));
  const circle = new Set<string>();
  const seen = new Set<string>();
  for (const { id } of runs) {
    const way: string[] = [];
    let at: string | null | undefined = id;
    while (at != null && !seen.has(at)) {
      seen.add(at);
      way.push(at);
      at = parents.get(at);
    }
    // The way came back to a place on itself: from there on it is the circle.
    const back = at == null ? -1 : way.indexOf(at);
    if (back >= 0) for (const one of way.slice(back)) circle.add(one);
  }
  return circle;
}
