import { type OrUndefined, undefinedBecause } from "./undefined-because.js";
import type { Missing } from "./values.js";

/** p-values of a family of tests, adjusted, in the order given; null where a test was undefined. */
export interface AdjustedP {
  /** Tests in the family, without the undefined ones. */
  readonly tests: number;
  /** Holm: bounds the chance of any false rejection. */
  readonly holm: readonly Missing<number>[];
  /** Benjamini and Hochberg: bounds the expected share of false rejections. */
  readonly benjaminiHochberg: readonly Missing<number>[];
  readonly rejectedHolm: readonly Missing<boolean>[];
  readonly rejectedBenjaminiHochberg: readonly Missing<boolean>[];
}

/**
 * Adjusts p-values for testing several times. Holm: running maximum of (m - i + 1) p_(i);
 * Benjamini-Hochberg: running minimum from the top of m p_(i) / i; both at most 1; rejected when <= alpha.
 * Null (an undefined test) is not in the family. Holm 1979; Benjamini & Hochberg 1995.
 * Undefined: `out-of-range` for a value that is no probability.
 * @param alpha level of the family, between 0 and 1; default 0.05
 */
export function adjustedP(p: readonly Missing<number>[], alpha = 0.05): OrUndefined<AdjustedP> {
  const family = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (family.some(({ value }) => !(value >= 0 && value <= 1))) return undefinedBecause("out-of-range");
  family.sort((a, b) => a.value - b.value);
  const m = family.length;
  const holm: Missing<number>[] = p.map(() => null);
  const benjaminiHochberg: Missing<number>[] = p.map(() => null);
  let highest = 0;
  for (const [rank, { value, index }] of family.entries()) {
    highest = Math.max(highest, Math.min(1, (m - rank) * value));
    holm[index] = highest;
  }
  let lowest = 1;
  for (const [rank, { value, index }] of [...family.entries()].reverse()) {
    lowest = Math.min(lowest, (m * value) / (rank + 1));
    benjaminiHochberg[index] = lowest;
  }
  // 7 x 0.01 is more than 0.07 in floating point, not on paper.
  const rejected = (values: readonly Missing<number>[]) =>
    values.map((value) => (value === null ? null : value <= alpha + 1e-12));
  return {
    tests: m,
    holm,
    benjaminiHochberg,
    rejectedHolm: rejected(holm),
    rejectedBenjaminiHochberg: rejected(benjaminiHochberg),
  };
}
