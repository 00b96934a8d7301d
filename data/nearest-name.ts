import { distance } from "fastest-levenshtein";

/** Names less alike than this are no slip of the hand: half of the letters may differ. */
const FARTHEST = 0.5;

/** 0 for the same name or the beginning of one, 1 for nothing in common; letter case aside. */
export function unlikeness(asked: string, known: string): number {
  const [a, b] = [asked.slice(0, 200).toLowerCase(), known.toLowerCase()];
  if (a !== "" && b.startsWith(a)) return 0;
  return distance(a, b) / Math.max(a.length, b.length, 1);
}

/** The name that was probably meant; undefined where none is near, so that nothing far-fetched is proposed. */
export function nearestName(asked: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, unlike: unlikeness(asked, name) }))
    .filter(({ unlike }) => unlike <= FARTHEST)
    .sort((a, b) => a.unlike - b.unlike);
  return nearest?.name;
}

/** " Did you mean NAME?", or nothing where none is near. */
export function didYouMean(asked: string, names: readonly string[]): string {
  const nearest = nearestName(asked, names);
  return nearest === undefined ? "" : ` Did you mean ${nearest}?`;
}
