import { logGamma, lowerGamma, normalCdf, studentQuantile } from "./special-functions.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** Which way an effect is looked for. */
export type Alternative = "two-sided" | "greater" | "less";

export interface PowerOptions {
  /** Level of the test. @default 0.05 */
  alpha?: number | undefined;
  /** `greater` expects the first of the two to be larger. @default "two-sided" */
  alternative?: Alternative | undefined;
}

/** Simpson's rule on 1,000 equal steps. */
function integral(f: (x: number) => number, from: number, to: number): number {
  const steps = 1000;
  const width = (to - from) / steps;
  let total = f(from) + f(to);
  for (let step = 1; step < steps; step++) total += (step % 2 === 1 ? 4 : 2) * f(from + step * width);
  return (total * width) / 3;
}

/**
 * P(T > t) of the noncentral t, which no library at hand has: T = (Z + delta) / S with Z normal and S^2 chi-squared
 * divided by its df, so the chance is the mean of P(Z > t s - delta) over the density of S. That probability falls from
 * 1 to 0 within 9/t round delta/t: below it the distribution of S is enough, and only the fall is integrated.
 */
function noncentralUpperTail(t: number, df: number, delta: number): number {
  if (t < 0) return 1 - noncentralUpperTail(-t, df, -delta);
  if (t === 0) return normalCdf(delta);
  const half = df / 2;
  const constant = Math.LN2 + half * Math.log(half) - logGamma(half);
  const density = (s: number) =>
    s > 0 ? Math.exp(constant + (df - 1) * Math.log(s) - half * s * s) : df === 1 ? Math.exp(constant) : 0;
  // Outside of this S has no mass that a double could show.
  const reach = 10 / Math.sqrt(2 * df);
  const within = (s: number) => Math.min(1 + reach, Math.max(0, 1 - reach, s));
  const [from, to] = [within((delta - 9) / t), within((delta + 9) / t)];
  const fall = integral((s) => density(s) * normalCdf(delta - t * s), from, to);
  return lowerGamma(half, half * from * from) + fall;
}

function powerOf(dz: number, n: number, alpha: number, alternative: Alternative): number {
  const df = n - 1;
  const delta = dz * Math.sqrt(n);
  const tails = alternative === "two-sided" ? 2 : 1;
  const critical = studentQuantile(1 - alpha / tails, df);
  const upper = alternative === "less" ? 0 : noncentralUpperTail(critical, df, delta);
  const lower = alternative === "greater" ? 0 : noncentralUpperTail(critical, df, -delta);
  return Math.min(1, upper + lower);
}

const isLevel = (value: number): boolean => value > 0 && value < 1;

/**
 * The chance that the paired t-test finds an effect of `dz` (mean difference by the standard deviation of the
 * differences) with `n` pairs: noncentral t with n - 1 degrees of freedom and noncentrality dz sqrt n; the two-sided
 * power counts both tails. Cohen 1988. Undefined: `too-few` (n < 2), `out-of-range`.
 */
export function pairedTPower(
  dz: number,
  n: number,
  { alpha = 0.05, alternative = "two-sided" }: PowerOptions = {},
): OrUndefined<number> {
  if (!isLevel(alpha) || !Number.isFinite(dz)) return undefinedBecause("out-of-range");
  return n >= 2 ? powerOf(dz, n, alpha, alternative) : undefinedBecause("too-few");
}

/** The smallest number of pairs that reaches a power. */
export interface PairsNeeded {
  readonly n: number;
  readonly powerAtN: number;
  /** Power with one pair less; absent at the smallest possible n, which is 2. */
  readonly powerBelow?: number;
}

/**
 * The smallest number of pairs, at least 2, with which the paired t-test reaches `power`.
 * Undefined: `no-effect` (dz = 0, or a one-sided test against the effect), `out-of-range` (power not between alpha and 1).
 */
export function pairsForPower(
  dz: number,
  power: number,
  { alpha = 0.05, alternative = "two-sided" }: PowerOptions = {},
): OrUndefined<PairsNeeded> {
  if (!isLevel(alpha) || !(power > alpha && power < 1) || !Number.isFinite(dz))
    return undefinedBecause("out-of-range");
  const against = (alternative === "greater" && dz < 0) || (alternative === "less" && dz > 0);
  if (dz === 0 || against) return undefinedBecause("no-effect");
  const powerAt = (n: number) => powerOf(dz, n, alpha, alternative);
  let enough = 2;
  while (powerAt(enough) < power) {
    enough *= 2;
    // Beyond this no study could be run, and n would lose its last digit.
    if (enough > 2 ** 40) return undefinedBecause("too-many");
  }
  let tooFew = enough === 2 ? 1 : enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (powerAt(middle) < power) tooFew = middle;
    else enough = middle;
  }
  const found = { n: enough, powerAtN: powerAt(enough) };
  return enough === 2 ? found : { ...found, powerBelow: powerAt(enough - 1) };
}
