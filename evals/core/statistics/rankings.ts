import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/**
 * Two rankings of the same labels, strongest first, as the places of each label; labels are never compared as text.
 * Undefined: `different-items` when they do not hold the same labels, or one twice.
 */
export function placesOfLabels(
  first: readonly string[],
  second: readonly string[],
): OrUndefined<{ readonly x: number[]; readonly y: number[] }> {
  const places = new Map(second.map((label, place) => [label, place]));
  const y = first.map((label) => places.get(label)).filter((place) => place !== undefined);
  const same =
    first.length === second.length && y.length === first.length && new Set(y).size === second.length;
  return same ? { x: first.map((_, place) => place), y } : undefinedBecause("different-items");
}
