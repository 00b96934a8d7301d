import type { PowerOptions } from "./paired-t-power.js";
import { binomialCdf, binomialPmf, normalQuantile } from "./special-functions.js";
import { type OrUndefined, type Undefined, undefinedBecause } from "./undefined-because.js";

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
