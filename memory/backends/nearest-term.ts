import { distance } from "fastest-levenshtein";

/** A word that the store knows, and in how many records it occurs. */
export interface KnownTerm {
  term: string;
  documents: number;
}

/** Shortest words that are corrected, and from which length on two errors are forgiven. */
const shortest = 5;
const forgivesTwo = 8;

/** How long the words may be among which {@link nearestTerm} finds one; null where the word is not corrected at all. */
export function lengthsNear(term: string): { from: number; to: number } | null {
  if (term.length < shortest || !/^\p{L}+$/u.test(term)) return null;
  const errors = allowedErrors(term);
  return { from: Math.max(term.length - errors, 3), to: term.length + errors };
}

/**
 * The known word that a misspelt one most likely is: fewest errors (one letter missing, added, changed, or two
 * neighbouring letters swapped), then the same first letter, then the more frequent one. Null where none is near.
 */
export function nearestTerm(term: string, known: Iterable<KnownTerm>): string | null {
  const allowed = allowedErrors(term);
  let best: { errors: number; firstLetter: boolean; entry: KnownTerm } | undefined;
  for (const entry of known) {
    const errors = errorsBetween(term, entry.term);
    if (errors > allowed || errors === 0) continue;
    const found = { errors, firstLetter: entry.term[0] === term[0], entry };
    if (!best || isNearer(found, best)) best = found;
  }
  return best?.entry.term ?? null;
}

type Found = { errors: number; firstLetter: boolean; entry: KnownTerm };

function isNearer(left: Found, right: Found): boolean {
  if (left.errors !== right.errors) return left.errors < right.errors;
  if (left.firstLetter !== right.firstLetter) return left.firstLetter;
  if (left.entry.documents !== right.entry.documents) return left.entry.documents > right.entry.documents;
  return left.entry.term < right.entry.term;
}

function allowedErrors(term: string): 1 | 2 {
  return term.length >= forgivesTwo ? 2 : 1;
}

/** Edit distance in which swapping two neighbouring letters is one error (optimal string alignment). */
function errorsBetween(left: string, right: string): number {
  const edits = distance(left, right);
  // Each swap saves one edit, and there are no more than half as many swaps as edits.
  return edits <= 1 || edits > 4 ? edits : alignment(left, right);
}

function alignment(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = left[row - 1] === right[column - 1] ? 0 : 1;
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + changed);
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length]!;
}
