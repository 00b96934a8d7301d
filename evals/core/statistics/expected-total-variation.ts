import { sum } from "./moments.js";
import { binomialPmf } from "./special-functions.js";

/**
 * The total variation to expect between a distribution and the answers of n people drawn from it at random: what sampling
 * alone takes from a perfect simulation. Exact, so that nothing need be drawn: each option's count is binomial, and
 * E|X - np| = 2 m (1 - p) P(X = m) with m = floor(np) + 1 (De Moivre 1730; Diaconis & Zabell 1991).
 * @param shares a distribution (sums to 1)
 * @param n people drawn, 1 or more
 */
export function expectedTotalVariation(shares: readonly number[], n: number): number {
  const deviations = shares.map((p) => {
    const m = Math.floor(n * p) + 1;
    return p <= 0 || m > n ? 0 : (2 * m * (1 - p) * binomialPmf(m, n, p)) / n;
  });
  return sum(deviations) / 2;
}
