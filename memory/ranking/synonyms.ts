import { termOf } from "./terms.js";
import { synonymGroups } from "./word-lists.js";

let byTerm: ReadonlyMap<string, readonly string[]> | undefined;

/** Terms that mean nearly the same in talk about a life; empty for a word without a group. */
export function synonymsOf(term: string): readonly string[] {
  byTerm ??= index();
  return byTerm.get(term) ?? [];
}

function index(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const group of synonymGroups) {
    const stems = [...new Set(group.flatMap((word) => termOf(word) ?? []))];
    for (const stem of stems) {
      const others = stems.filter((other) => other !== stem);
      found.set(stem, [...new Set([...(found.get(stem) ?? []), ...others])]);
    }
  }
  return found;
}
