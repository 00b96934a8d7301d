import { distance } from "fastest-levenshtein";

/** A word that the store knows, and in how many records it occurs. */
export interface KnownTerm {
  term: string;
  documents: number;
}

/** Shortest words that are mended, and from which length on two errors are forgiven. */
const shortest = 5;
const forgivesTwo = 8;

/** How long the words may be among which {@link nearestTerm} finds one; null where the word is not mended at all. */
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

/** Edit distance in which swapping two neighbouring letters, once, is one error. */
function errorsBetween(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return Number.POSITIVE_INFINITY;
  const edits = distance(left, right);
  return edits >= 2 && edits <= 3 && left.length === right.length
    ? Math.min(edits, swapped(left, right))
    : edits;
}

/** One error where two neighbouring letters changed places, two where one more letter differs; else infinite. */
function swapped(left: string, right: string): number {
  let others = 0;
  let swaps = 0;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] === right[index]) continue;
    if (swaps === 0 && left[index] === right[index + 1] && left[index + 1] === right[index]) {
      swaps = 1;
      index += 1;
    } else others += 1;
  }
  return swaps === 1 && others <= 1 ? 1 + others : Number.POSITIVE_INFINITY;
}
