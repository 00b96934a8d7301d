import { type Missing, withoutMissing } from "./missing-values.js";
import { mean, sumOfSquares, varies } from "./moments.js";
import { logGamma } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** How far two independent groups lie apart, a minus b. */
export interface EffectSizes {
  /** Difference of the means in pooled standard deviations. */
  readonly cohenD: OrUndefined<number>;
  /** Cohen's d without its bias in small samples. */
  readonly hedgesG: OrUndefined<number>;
  /** The same by the usual approximation 1 - 3/(4 df - 1). */
  readonly hedgesGApproximate: OrUndefined<number>;
  /** Chance that a value of a is larger than one of b, minus the reverse; -1 to 1. */
  readonly cliffDelta: number;
}

function standardisedDifference(a: readonly number[], b: readonly number[]): OrUndefined<number> {
  if (a.length < 2 || b.length < 2) return undefinedBecause("too-few");
  if (!varies(a) && !varies(b)) return undefinedBecause("no-variance");
  const spread = (varies(a) ? sumOfSquares(a) : 0) + (varies(b) ? sumOfSquares(b) : 0);
  return (mean(a) - mean(b)) / Math.sqrt(spread / (a.length + b.length - 2));
}

/**
 * Effect sizes of two independent groups. Cohen's d = (ma - mb)/sp with the pooled variance; Hedges' g = d J,
 * J = G(df/2) / (sqrt(df/2) G((df-1)/2)); Cliff's delta = (#(a > b) - #(a < b)) / (na nb).
 * Missing values are left out. Cohen 1988; Hedges 1981; Cliff 1993.
 * Undefined: `empty`; d and g `too-few` (a group of one), `no-variance`.
 */
export function effectSizes(
  first: readonly Missing<number>[],
  second: readonly Missing<number>[],
): OrUndefined<EffectSizes> {
  const [a, b] = [withoutMissing(first), withoutMissing(second)];
  if (a.length === 0 || b.length === 0) return undefinedBecause("empty");
  const cohenD = standardisedDifference(a, b);
  const df = a.length + b.length - 2;
  const corrected = (factor: () => number) => (isUndefined(cohenD) ? cohenD : cohenD * factor());
  let balance = 0;
  for (const x of a) for (const y of b) balance += Math.sign(x - y);
  return {
    cohenD,
    hedgesG: corrected(() => Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2)),
    hedgesGApproximate: corrected(() => 1 - 3 / (4 * df - 1)),
    cliffDelta: balance / (a.length * b.length),
  };
}
