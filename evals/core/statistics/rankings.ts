import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/**
 * Two rankings of the same labels, strongest first, as the ranks of each label (from 0); labels are never compared as text.
 * Undefined: `different-items` when they do not hold the same labels, or one twice.
 */
export function ranksOfLabels(
  first: readonly string[],
  second: readonly string[],
): OrUndefined<{ readonly x: number[]; readonly y: number[] }> {
  const ranks = new Map(second.map((label, rank) => [label, rank]));
  const y = first.map((label) => ranks.get(label)).filter((rank) => rank !== undefined);
  const same =
    first.length === second.length && y.length === first.length && new Set(y).size === second.length;
  return same ? { x: first.map((_, rank) => rank), y } : undefinedBecause("different-items");
}
