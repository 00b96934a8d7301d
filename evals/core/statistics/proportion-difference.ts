import type { Confidence, Interval } from "./interval.js";
import { isCountOf, wilsonInterval } from "./proportion-interval.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** Successes and the number they are counted among. */
export type CountOf = readonly [successes: number, n: number];

/**
 * The difference of two independent shares, first minus second, between -1 and 1, with Newcombe's interval
 * from the Wilson limits l, u of each: d - sqrt((p1-l1)^2 + (u2-p2)^2) to d + sqrt((u1-p1)^2 + (p2-l2)^2).
 * Newcombe 1998, method 10. Undefined: `empty` when a side has n = 0, `out-of-range`.
 */
export function proportionDifference(
  first: CountOf,
  second: CountOf,
  options: Confidence = {},
): OrUndefined<{ readonly difference: number; readonly newcombe: Interval }> {
  if (!isCountOf(...first) || !isCountOf(...second)) return undefinedBecause("out-of-range");
  if (first[1] === 0 || second[1] === 0) return undefinedBecause("empty");
  const [p1, p2] = [first[0] / first[1], second[0] / second[1]];
  const [low1, high1] = wilsonInterval(...first, options);
  const [low2, high2] = wilsonInterval(...second, options);
  const difference = p1 - p2;
  return {
    difference,
    newcombe: [
      difference - Math.hypot(p1 - low1, high2 - p2),
      difference + Math.hypot(high1 - p1, p2 - low2),
    ],
  };
}
