import {
  binomialCdf,
  binomialPmf,
  logGamma,
  lowerGamma,
  normalCdf,
  normalQuantile,
  studentQuantile,
} from "./special-functions.js";
import { type OrUndefined, type Undefined, undefinedBecause } from "./undefined-because.js";

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

/** Shares of all pairs with yes in the first condition only (`p10`) and in the second only (`p01`). */
export interface Discordance {
  readonly p10: number;
  readonly p01: number;
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** Why nothing can be planned with these shares, or null. */
function notPlannable({ p10, p01 }: Discordance, alpha: number): Undefined | null {
  if (!isShare(p10) || !isShare(p01) || p10 + p01 > 1 + 1e-12 || !(alpha > 0 && alpha < 1))
    return undefinedBecause("out-of-range");
  return p10 + p01 === 0 ? undefinedBecause("no-discordant-pairs") : null;
}

/**
 * Pairs needed for McNemar's test to reach `power`, by Connor's normal approximation:
 * n = (z_{1-alpha/2} sqrt(psi) + z_power sqrt(psi - delta^2))^2 / delta^2, psi = p10 + p01, delta = p10 - p01,
 * rounded up. Connor 1987. Undefined: `no-effect` (p10 = p01, or a one-sided test against the effect),
 * `no-discordant-pairs`, `out-of-range`.
 */
export function pairsForMcnemar(
  shares: Discordance,
  power: number,
  { alpha = 0.05, alternative = "two-sided" }: PowerOptions = {},
): OrUndefined<{ readonly nContinuous: number; readonly n: number }> {
  const impossible = notPlannable(shares, alpha);
  if (impossible) return impossible;
  if (!(power > 0 && power < 1)) return undefinedBecause("out-of-range");
  const psi = shares.p10 + shares.p01;
  const delta = shares.p10 - shares.p01;
  const against = (alternative === "greater" && delta < 0) || (alternative === "less" && delta > 0);
  if (delta === 0 || against) return undefinedBecause("no-effect");
  const z = -normalQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
  // psi - delta^2 is 0 at most by rounding when every pair differs the same way.
  const spread = Math.sqrt(Math.max(0, psi - delta ** 2));
  const nContinuous = (z * Math.sqrt(psi) + normalQuantile(power) * spread) ** 2 / delta ** 2;
  return { nContinuous, n: Math.ceil(nContinuous - 1e-9) };
}

/**
 * The exact power of the exact McNemar test with `n` pairs: discordant pairs are binomial(n, psi), of these first-only
 * binomial(m, p10/psi); rejected when the exact p <= alpha. `size` is the same where both shares are psi/2: the true
 * level of this cautious test. O'Brien 2002. Undefined: `no-discordant-pairs`, `out-of-range`.
 */
export function mcnemarPower(
  shares: Discordance,
  n: number,
  { alpha = 0.05, alternative = "two-sided" }: PowerOptions = {},
): OrUndefined<{ readonly power: number; readonly size: number }> {
  const impossible = notPlannable(shares, alpha);
  if (impossible) return impossible;
  if (!Number.isInteger(n) || n < 1) return undefinedBecause("out-of-range");
  const psi = Math.min(1, shares.p10 + shares.p01);
  const level = (alternative === "two-sided" ? alpha / 2 : alpha) + 1e-12;
  let power = 0;
  let size = 0;
  // The largest smaller count that is rejected among m discordant pairs; it never falls as m grows.
  let critical = -1;
  for (let m = 0; m <= n; m++) {
    while (critical + 1 <= m && binomialCdf(critical + 1, m, 0.5) <= level) critical++;
    if (critical < 0) continue;
    const rejected = (first: number) => {
      const few = alternative === "greater" ? 0 : binomialCdf(critical, m, first);
      const many = alternative === "less" ? 0 : binomialCdf(critical, m, 1 - first);
      return few + many;
    };
    const chance = binomialPmf(m, n, psi);
    power += chance * rejected(shares.p10 / (shares.p10 + shares.p01));
    size += chance * rejected(0.5);
  }
  return { power, size };
}
